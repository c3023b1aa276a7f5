"""Which files the marks of open answers stand in, and writing them whole or not at all; knows no marks.

The first marker's are in the table that `grade` wrote, a second marker's in a table of its own beside it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from briefing.answers.disk import SaveFailed, replace_file
from briefing.errors import BriefingError
from briefing.marking.open_answers import NAME
from briefing.marking.ours import SECOND

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


def carry_second_marks(out: Path, target: Path) -> None:
    """Copy every second marker's table from a marked folder into the one that will replace it.

    Raises:
        OSError: one cannot be read or written.
    """
    if not out.is_dir():
        return
    for path in sorted(out.iterdir()):
        if SECOND.fullmatch(path.name):
            shutil.copyfile(path, target / path.name)


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


def replace_table(path: Path, data: bytes, seen: bytes | None) -> bool:
    """Write a table unless it is no longer what was `seen`; say whether it was written.

    Raises:
        DeskRefused: it cannot be written; what stood there still does.
    """
    try:
        now = path.read_bytes() if path.exists() else None
        if now != seen:
            return False
        if now != data:
            replace_file(path, data)
    except (OSError, SaveFailed) as problem:
        cause = problem if isinstance(problem, OSError) else problem.__cause__
        why = getattr(cause, "strerror", None) or "it cannot be written"
        raise DeskRefused(
            f"The marks were not saved in {path.name} ({why}); what was saved before is untouched. "
            "Mend that, then try again."
        ) from problem
    return True
