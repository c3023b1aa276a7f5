"""Where the course folder is: finds it, never reads from it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from briefing.errors import BriefingError


class CourseNotFound(BriefingError):
    """No course folder was found."""


def is_course(folder: Path) -> bool:
    """Say whether a folder is a course, this one or a copy."""
    return (folder / "seeds" / "SHA256SUMS").is_file()


@cache
def _nearest(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if is_course(folder)), None)


def course_folder() -> Path:
    """Return the course folder.

    `BRIEFING_COURSE` decides where it is set; otherwise the nearest parent of the working directory
    that holds `seeds/SHA256SUMS`, and failing that the nearest parent of this file.

    Raises:
        CourseNotFound: neither place holds `seeds/SHA256SUMS`.
    """
    named = os.environ.get("BRIEFING_COURSE")
    if named:
        folder = Path(named).expanduser().resolve()
        if not is_course(folder):
            raise CourseNotFound(
                f"BRIEFING_COURSE names {folder}, but there is no seeds/SHA256SUMS in it; "
                "set it to the folder that holds the course, or unset it."
            )
        return folder
    found = _nearest(Path.cwd().resolve()) or _nearest(Path(__file__).resolve().parent)
    if found is None:
        raise CourseNotFound(
            "The course folder was not found: no folder above the current one holds "
            "seeds/SHA256SUMS. Start from inside the course folder, or set BRIEFING_COURSE to it."
        )
    return found
