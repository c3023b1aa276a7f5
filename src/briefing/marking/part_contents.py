"""Read the records and pages of a part of a class; what is not whole, and no file of its own, is refused.

A part may have come over a network, a stick or a shared folder: what stands in it is only taken as the
part's own sums have it, and no link in it leads anywhere.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from briefing.keys import exercise_names
from briefing.marking.part_note import PAGE, PartsDoNotFit
from briefing.marking.records import decoded, read_run
from briefing.marking.register import Entry, Register
from briefing.marking.runs import KeptRuns


def take_in(register: Register, folder: Path, run: str) -> int:
    """Put a run's records into the register and return how many there are.

    Raises:
        PartsDoNotFit: they are damaged, or none of this course's.
    """
    path = KeptRuns(folder).records_of(run)
    known = read_run(path) if is_plain(path) else None
    try:
        if known is None or not all(map(_is_ours, known[1])):
            raise _damaged(folder, f"records/{run}.jsonl")
        register.add(run, known[1])
    except (msgspec.MsgspecError, OverflowError) as problem:
        raise _damaged(folder, f"records/{run}.jsonl") from problem
    return len(known[1])


def _is_ours(line: bytes) -> bool:
    exercise = decoded(line).exercise
    return not exercise or exercise in exercise_names()


def page_in(folder: Path, entry: Entry) -> Path:
    """Return where a page lies, once it is certain that it is the one that was written.

    Raises:
        PartsDoNotFit: it is not.
    """
    path = KeptRuns(folder).pages_of(entry.run) / entry.record.page
    plain = PAGE.fullmatch(entry.record.page) and is_plain(path)
    if not plain or hashlib.sha256(path.read_bytes()).hexdigest() != entry.record.check:
        raise _damaged(folder, f"pages/{entry.run}")
    return path


def is_plain(path: Path) -> bool:
    """Say whether a path is a file, and neither a link nor what would be waited for."""
    return path.is_file() and not path.is_symlink()


def _damaged(folder: Path, what: str) -> PartsDoNotFit:
    return PartsDoNotFit(f"The part {folder} is damaged ({what}); copy it again.")
