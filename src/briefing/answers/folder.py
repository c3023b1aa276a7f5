"""Where a student's work is kept; makes the folder, never touches the files in it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from briefing.corpus import course_folder
from briefing.errors import BriefingError

HOME_NAME = "reading-the-briefing-work"
_NOT_WRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)


class NoWorkFolder(BriefingError):
    """No folder can be written to."""


def work_folder() -> Path:
    """Return the folder for answers, made if need be.

    `BRIEFING_WORK` decides where it is set; else it is `work/` in the course folder, and where that
    cannot be written to, `reading-the-briefing-work` in the home folder.

    Raises:
        NoWorkFolder: none of them can be written to.
    """
    named = os.environ.get("BRIEFING_WORK")
    if named:
        try:
            folder = Path(named).expanduser().absolute()
        except RuntimeError:
            raise NoWorkFolder(
                f"BRIEFING_WORK names {named}, and there is no such home folder; set it to a folder "
                "of your own, or unset it."
            ) from None
        problem = _try(folder)
        if problem:
            raise NoWorkFolder(
                f"BRIEFING_WORK names {folder}, which cannot be written to "
                f"({problem.strerror or problem}); set it to a folder of your own, or unset it."
            )
        return folder
    beside = course_folder() / "work"
    problem = _try(beside)
    # Only a folder that is not ours to write to is given up: on a full disk the work still lies
    # there, and an empty folder elsewhere would look like lost work.
    if problem is None or problem.errno not in _NOT_WRITABLE:
        return beside
    try:
        home = Path.home() / HOME_NAME
    except RuntimeError:  # in some containers a user has neither HOME nor an entry in passwd
        raise NoWorkFolder(
            f"{beside} cannot be written to, and there is no home folder; set BRIEFING_WORK to a "
            "folder of your own."
        ) from None
    problem = _try(home)
    if problem is None or problem.errno not in _NOT_WRITABLE:
        return home
    raise NoWorkFolder(
        f"Neither {beside} nor {home} can be written to; set BRIEFING_WORK to a folder of your own."
    )


def _try(folder: Path) -> OSError | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as problem:
        return problem
