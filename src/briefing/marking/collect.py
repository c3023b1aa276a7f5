"""Find the answers files below a folder, however nested and named; reads, never follows links.

A file is known by what it holds, not by its name: an LMS renames what it collects. A file that was
surely meant as one (its name still says so, or it is damaged) is handed on as well, so that it gets
its row in the gradebook instead of vanishing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.answers.schema import FORMAT, MAX_BYTES
from briefing.errors import BriefingError

SKIPPED_FOLDERS = frozenset({"__MACOSX", "node_modules"})
"""Not looked into, like every folder whose name begins with a dot (kept versions, checkpoints)."""

_MARKERS = tuple(FORMAT.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_NAME = ".answers.json"


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
    """What a search did not open as answers: a count each, filled while searching."""

    others: int = 0
    notebooks: int = 0
    links: int = 0


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
            elif entry.is_dir():
                hidden = entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS
                if not hidden and entry.path != without:
                    waiting += _sorted(entry.path)[::-1]
            elif entry.is_file():
                found = _read(Path(entry.path), shown, left)
                if found:
                    yield found
            else:
                left.others += 1  # a pipe or a device: opening it could wait for ever
        except OSError as problem:
            yield Found(shown, b"", f"It cannot be read ({problem.strerror}).")


def _shown(path: str) -> str:
    """Return a path as text that can be written; names on disk need not be valid Unicode."""
    path = path.replace(os.sep, "/").lstrip("/")
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _read(path: Path, shown: str, left: LeftAlone) -> Found | None:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if any(marker in data for marker in _MARKERS) and path.suffix != ".ipynb":
        return Found(shown, data)
    if path.name.endswith(_NAME):
        return Found(shown, data)
    left.notebooks += path.suffix == ".ipynb"
    left.others += path.suffix != ".ipynb"
    return None
