"""Find the answers files below a folder, however nested and named; reads, never follows links.

A file is known by what it holds, not by its name: an LMS renames what it collects. Every other file
is handed on as well with the reason why it is none, so that it gets its row in the gradebook instead
of vanishing; only what systems leave behind by themselves is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.answers.schema import FORMAT, MAX_BYTES
from briefing.errors import BriefingError
from briefing.marking.foreign import not_answers
from briefing.marking.output import MARK

SKIPPED_FOLDERS = frozenset({"__MACOSX"})
"""Not looked into, like every folder whose name begins with a dot (kept versions, checkpoints)."""
LITTER = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", MARK})
"""Files, in small letters, that a system or this course leaves behind; passed over in silence."""
_LITTER_STARTS = ("._", "~$", ".~lock.")

_MARKERS = tuple(FORMAT.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_NAME = ".answers.json"
LINK = "Not followed: a link to another place; copy the file itself here."
DEVICE = "Not an answers file: no ordinary file, so it was not opened."


class NothingToMark(BriefingError):
    """The folder to be marked is missing, or cannot be listed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is, or was meant as, an answers file.

    Attributes:
        path: where it lies below the folder, with `/` between the parts.
        data: its bytes (of a file that is too large only the beginning and one byte too many).
        problem: why it could not be read, one sentence, or "".
    """

    path: str
    data: bytes
    problem: str = ""


@dataclass(slots=True)
class LeftAlone:
    """What a search found that is no answers file: a count each, filled while searching."""

    others: int = 0
    notebooks: int = 0
    links: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.others + self.notebooks + self.links


def answers_files(
    folder: Path, left: LeftAlone | None = None, *, without: Path | None = None
) -> Iterator[Found]:
    """Yield the answers files below `folder`, in an order that does not depend on the system.

    Args:
        folder: where to look.
        left: counts what was left alone.
        without: a folder that is not looked into (the output of an earlier marking).

    Raises:
        NothingToMark: `folder` is not a folder that can be listed.
    """
    left = LeftAlone() if left is None else left
    if not folder.is_dir():
        raise NothingToMark(
            f"There is no folder {folder}; give the folder that holds the answers files."
        )
    root = folder.resolve()
    try:
        entries = _sorted(str(root))
    except OSError as problem:
        raise NothingToMark(
            f"The folder {folder} cannot be opened ({problem.strerror})."
        ) from problem
    yield from _below(len(str(root)), entries, left, str(without.resolve()) if without else None)


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _below(
    root: int, entries: list[os.DirEntry[str]], left: LeftAlone, without: str | None
) -> Iterator[Found]:
    waiting = entries[::-1]
    while waiting:
        entry = waiting.pop()
        # No link is followed below the resolved root, so that paths can be compared as text.
        shown = _shown(entry.path[root:])
        try:
            if entry.is_symlink():
                left.links += 1
                yield Found(shown, b"", LINK)
            elif entry.is_dir():
                hidden = entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS
                if not hidden and entry.path != without:
                    inside = _sorted(entry.path)
                    if not _marked_before(inside):
                        waiting += inside[::-1]
            elif _litter(entry.name):
                continue
            elif entry.is_file():
                yield _read(Path(entry.path), shown, left)
            else:
                left.others += 1  # a pipe or a device: opening it could wait for ever
                yield Found(shown, b"", DEVICE)
        except OSError as problem:
            yield Found(shown, b"", f"It cannot be read ({problem.strerror}).")


def _shown(path: str) -> str:
    """Return a path as text that can be written; names on disk need not be valid Unicode."""
    path = path.replace(os.sep, "/").lstrip("/")
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _litter(name: str) -> bool:
    return name.lower() in LITTER or name.startswith(_LITTER_STARTS)


def _marked_before(inside: list[os.DirEntry[str]]) -> bool:
    """Say whether a folder is what an earlier marking wrote."""
    return {MARK, "gradebook.csv"} <= {entry.name for entry in inside}


def _read(path: Path, shown: str, left: LeftAlone) -> Found:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    named = path.name.lower().endswith(_NAME)
    if named or (path.suffix != ".ipynb" and _meant(data)):
        return Found(shown, data)
    left.notebooks += path.suffix == ".ipynb"
    left.others += path.suffix != ".ipynb"
    return Found(shown, b"", not_answers(shown, data))


def _meant(data: bytes) -> bool:
    """Say whether a file begins as JSON and names the format: whether it is whole is seen later."""
    return data[:200].lstrip(_BEFORE)[:1] == b"{" and any(marker in data for marker in _MARKERS)
