"""What somebody probably meant whose command failed, as a line that can be pasted; runs nothing."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from briefing.marking import ours
from briefing.visible import visible

TYPED = "BRIEFING_TYPED"
"""The environment variable in which `start.py` tells how it was called."""
_WRITTEN = frozenset({"--out", "--pages"})
_TABLES = frozenset({"--roster", "--marks"})
_NEEDED = {"grade": "--out", "moodle": "--marked", "canvas": "--marked"}
_DASHES = re.compile(
    r"\A(?:-|[\u2010-\u2015\u2212]|-[-\u2010-\u2015\u2212]|[\u2010-\u2015\u2212]-)(?=[a-z]{2})"
)
"""What stands before the name of an option where two hyphens were meant."""
_PLAIN = re.compile(r"[\w./\\:=@%+-]+")


def typed() -> str:
    """Return how the command line was called: `python3 start.py`, or `briefing`."""
    return os.environ.get(TYPED, "") or "briefing"


def quoted(word: str, *, windows: bool = os.name == "nt") -> str:
    """Return a word as this system's command line takes it for one, whatever is in it."""
    if not windows:
        return shlex.quote(word)
    return word if _PLAIN.fullmatch(word) else f'"{word}"'


def meant(arguments: Sequence[str]) -> str:
    """Return the line that was probably meant, or "" where nothing better is known.

    Words that together are the name of a file are put together; a zip stands for the folder of its name
    and the other way round, where only one of them is there; a folder for the only table in it. A long
    dash stands for the two that it was made of, and an output that was not named for `MARKED`. For
    words with a sign that a terminal would obey, or that nobody sees, no line is known.

    Args:
        arguments: the words after the command's name.
    """
    words = _together(_typed_right(arguments))
    words += _left_out(words)
    better = [_better(at, words) for at in range(len(words))]
    if better == list(arguments) or any(visible(word) != word for word in better):
        return ""  # what cannot be shown as it is cannot be pasted as it is shown
    return " ".join([typed(), *map(quoted, better)])


def _typed_right(arguments: Sequence[str]) -> list[str]:
    """Return words with what word processors, telephones and habit make of them put right."""
    words = [_DASHES.sub("--", word) for word in arguments]
    return [*(word.lower() for word in words[:1]), *words[1:]]


def _left_out(words: Sequence[str]) -> list[str]:
    """Return the option that a command cannot do without, where only that was left out."""
    option = _NEEDED.get(words[0], "") if len(words) > 1 and _there(words[1]) else ""
    if not option or option in {word.partition("=")[0] for word in words}:
        return []
    return [option, "MARKED"]


def _together(words: list[str]) -> list[str]:
    found, at = list[str](), 0
    while at < len(words):
        end = at + 1
        if at and not words[at].startswith("-") and not _there(words[at]):
            for more in range(len(words), at + 1, -1):
                own = words[at:more]
                if not any(w.startswith("--") for w in own) and _there(" ".join(own)):
                    end = more
                    break
        found.append(" ".join(words[at:end]))
        at = end
    return found


def _better(at: int, words: Sequence[str]) -> str:
    word, before = words[at], words[at - 1] if at else ""
    if not at or word.startswith("-") or before in _WRITTEN:
        return word
    path = Path(word)
    if not _there(word):
        stem, dot, suffix = word.rstrip("/\\").rpartition(".")
        if dot and suffix.casefold() == "zip":
            return stem if _there(stem) else word
        zipped = f"{word.rstrip('/' + os.sep)}.zip"
        return zipped if _there(zipped) else word
    first = at == 1
    if path.name == ours.GRADEBOOK and (before == "--marked" or (words[0] == "pages" and first)):
        return str(path.parent)
    if path.is_dir() and (before in _TABLES or (words[0] in ("moodle", "canvas") and first)):
        tables = sorted(path.glob("*.csv"))
        return str(tables[0]) if len(tables) == 1 else word
    return word


def _there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # longer than a path can be, or a sign that none can have
        return False
