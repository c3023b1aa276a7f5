"""List the files below a folder, however nested; opens no hand-in and never follows links.

Only what systems leave behind by themselves is passed over in silence. Everything else is handed on,
so that it gets its row in the gradebook instead of vanishing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from briefing.corpus import is_course
from briefing.marking.hand_ins.cautious import DEVICE, LINK, beginning
from briefing.marking.hand_ins.refs import NothingToMark, Ref, What
from briefing.marking.ours import GRADEBOOK, SENTENCE, is_ours
from briefing.marking.output import MARK

SKIPPED_FOLDERS = frozenset({"__MACOSX"})
"""Not looked into, like every folder whose name begins with a dot (kept versions, checkpoints)."""
LITTER = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", MARK})
"""Files, in small letters, that a system or this course leaves behind; passed over in silence."""
_SIGNED = f"{SENTENCE}\n".encode()
_HAND_INS = (".json", ".ipynb")
_LITTER_STARTS = ("._", "~$", ".~lock.")


def files_below(folder: Path) -> Iterator[Ref]:
    """Yield the files below `folder`, in an order that does not depend on the system.

    Raises:
        NothingToMark: `folder` is not a folder that can be listed, or is the course.
    """
    if not folder.is_dir():
        raise NothingToMark(
            f"There is no folder or zip {folder}; drag the one with the hand-ins onto this window "
            "instead of typing its name."
        )
    if is_course(folder):
        raise NothingToMark(
            f"{folder} is the course itself, not what was handed in: give the zip or folder that your platform "
            "lets you download. (What was answered in this copy of the course is in its folder “work”.)"
        )
    root = folder.resolve()
    try:
        entries = _sorted(str(root))
    except OSError as problem:
        raise NothingToMark(
            f"The folder {folder} cannot be opened ({problem.strerror})."
        ) from problem
    yield from _below(len(str(root)), entries)


def is_litter(name: str) -> bool:
    """Say whether a file of that name is what systems leave behind."""
    return name.lower() in LITTER or name.startswith(_LITTER_STARTS)


def is_hidden(folder: str) -> bool:
    """Say whether a folder of that name is not looked into."""
    return folder.startswith(".") or folder in SKIPPED_FOLDERS


def shown(path: str) -> str:
    """Return a path as text that can be written; names on disk need not be valid Unicode."""
    path = path.replace(os.sep, "/").lstrip("/")
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def holds_hand_ins(folder: Path) -> bool:
    """Say whether more loose files that can be hand-ins lie in a folder than zips and folders.

    Then each zip in it is one student's, too: those of several people a teacher keeps beside one another.
    """
    try:
        entries = _sorted(str(folder))
    except OSError:
        return False
    of_several = loose = 0
    for entry in entries:
        name = entry.name.lower()
        if name.endswith(".zip") or (entry.is_dir() and not is_hidden(entry.name)):
            of_several += 1
        elif name.endswith(_HAND_INS) and not is_litter(name):
            loose += 1
    return loose > of_several


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=attrgetter("name"))


def _below(root: int, entries: list[os.DirEntry[str]]) -> Iterator[Ref]:
    # With each entry, where the path below the output of an earlier marking begins; 0 outside of one.
    waiting = [(entry, 0) for entry in entries[::-1]]
    while waiting:
        entry, made = waiting.pop()
        # No link is followed below the resolved root, so that paths can be compared as text.
        path = shown(entry.path[root:])
        try:
            if entry.is_symlink():
                yield Ref(path, entry.path, problem=LINK, what=What.LINK)
            elif entry.is_dir():
                if not is_hidden(entry.name):
                    inside = _sorted(entry.path)
                    here = len(entry.path) + 1 if _marked_before(inside) else made
                    waiting += [(one, here) for one in inside[::-1]]
            elif is_litter(entry.name) or (made and _is_written(entry.path[made:])):
                continue
            elif entry.is_file():
                yield Ref(path, entry.path)
            else:  # a pipe or a device: opening it could wait for ever
                yield Ref(path, entry.path, problem=DEVICE)
        except OSError as problem:
            yield Ref(path, entry.path, problem=f"It cannot be read ({problem.strerror}).")


def _marked_before(inside: list[os.DirEntry[str]]) -> bool:
    """Say whether a folder is what an earlier marking wrote: by its names, and by what its mark says."""
    if len(inside) < 2:
        return False
    names = {entry.name: entry for entry in inside}
    if not {MARK, GRADEBOOK} <= names.keys():
        return False
    said = beginning(names[MARK].path, len(_SIGNED) + 1)
    return said.replace(b"\r\n", b"\n").startswith(_SIGNED)


def _is_written(below: str) -> bool:
    """Say whether an earlier marking writes files of this path below its output.

    Anything else in it was put there by somebody: were the whole folder passed over, two small files
    would make every hand-in beside them vanish.
    """
    return is_ours(below.replace(os.sep, "/"))
