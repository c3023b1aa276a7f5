"""Which notebooks there are; opens none of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.corpus import course_folder
from briefing.errors import BriefingError

FOLDERS = ("notebooks", "exercises", "solutions")


class UnknownNotebook(BriefingError):
    """No notebook goes by that name."""


def all_notebooks() -> list[Path]:
    """Return every notebook of the course: lessons, exercises, solutions, each in order."""
    course = course_folder()
    return [path for folder in FOLDERS for path in sorted((course / folder).glob("*.ipynb"))]


def find_notebooks(names: Sequence[str]) -> list[Path]:
    """Return the notebooks that `names` mean; all of them for no names.

    A name is a number (`02`), an exercise (`ex02`: the exercise and its solution), a whole stem, or
    a path below the course folder.

    Raises:
        UnknownNotebook: no notebook goes by one of the names.
    """
    known = all_notebooks()
    if not names:
        return known
    course = course_folder()
    chosen: set[Path] = set()
    for name in names:
        plain = Path(name).as_posix().removesuffix(".ipynb")
        found = {
            path
            for path in known
            if plain in (path.stem, path.relative_to(course).as_posix().removesuffix(".ipynb"))
            or path.stem.startswith(f"{plain}-")
        }
        if not found:
            raise UnknownNotebook(
                f"There is no notebook {name!r}; there are: "
                f"{', '.join(path.stem for path in known) or 'none'}."
            )
        chosen |= found
    return [path for path in known if path in chosen]
