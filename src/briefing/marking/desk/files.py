"""Which files the marks of open answers stand in, and writing them whole or not at all; knows no marks.

The first marker's are in the table that `grade` wrote, a second marker's in a table of its own beside it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.answers.disk import SaveFailed, locked_at, replace_file
from briefing.errors import BriefingError
from briefing.marking.open_answers import NAME

_STEM = NAME.removesuffix(".csv")


class DeskRefused(BriefingError):
    """The desk cannot work on a table; nothing was changed."""


def second_table(folder: Path, initials: str) -> Path:
    """Return where a second marker's marks stand.

    Raises:
        DeskRefused: there is no letter or figure in `initials`, or more than twelve.
    """
    plain = re.sub(r"[^a-z0-9]", "", initials.casefold())
    if not 1 <= len(plain) <= 12:
        raise DeskRefused(
            "A second marker is known by initials: one to twelve letters a–z or figures, such as “AK”."
        )
    return folder / f"{_STEM}.second-{plain}.csv"


def refuse_if_open(path: Path) -> None:
    """Look whether a spreadsheet holds the table.

    Raises:
        DeskRefused: it does.
    """
    for lock in (f".~lock.{path.name}#", f"~${path.name}"):
        if (path.parent / lock).exists():
            raise DeskRefused(
                f"{path.name} is open in a spreadsheet, which would overwrite what is entered here: "
                f"close it there, then try again (if it is closed, delete {lock})."
            )


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a table against other desks from reading it until it is written: else one undoes the other.

    Raises:
        DeskRefused: its folder cannot be written to, or another desk does not finish.
    """
    with contextlib.ExitStack() as held:
        if path.parent.is_dir():  # of a folder that is gone it is said what to do, where it is read
            try:
                held.enter_context(locked_at(path.with_name(f".{path.name}.lock"), path))
            except SaveFailed as problem:
                raise _not_saved(path, problem) from problem
        yield


def replace_table(path: Path, data: bytes, seen: bytes | None) -> bool:
    """Write a table unless it is no longer what was `seen`; say whether it was written.

    A folder that is away, as in the moment in which `grade` puts the new one there, is not made: it would be
    in the way of the class's own, with this one table in it.

    Raises:
        DeskRefused: it cannot be written; what stood there still does.
    """
    try:
        now = path.read_bytes() if path.exists() else None
        if now != seen:
            return False
        if now != data:
            replace_file(path, data, folder_too=False)
    except (OSError, SaveFailed) as problem:
        raise _not_saved(path, problem) from problem
    return True


def _not_saved(path: Path, problem: OSError | SaveFailed) -> DeskRefused:
    cause = problem if isinstance(problem, OSError) else problem.__cause__
    busy = isinstance(cause, BlockingIOError)
    why = "another desk is writing it" if busy else getattr(cause, "strerror", None)
    return DeskRefused(
        f"The marks were not saved in {path.name} ({why or 'it cannot be written'}); what was saved "
        "before is untouched. Mend that, then try again."
    )
