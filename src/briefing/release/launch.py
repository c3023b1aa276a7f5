"""Where the two versions are published, and the links that launch them on Binder; opens no network.

`binder/repositories.toml` is the one place that says it; the links in README.md follow from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import BriefingError
from briefing.keys.definitions import read_toml

FILE = "binder/repositories.toml"
START = "notebooks/00-start-here.ipynb"

_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}")
_LINK = re.compile(r"\[([^\]]*)\]\(https://mybinder\.org/v2/gh/[^)\s]*\)")


class WrongRepository(BriefingError):
    """Not the owner and name of a repository."""


@dataclass(frozen=True)
class Repositories:
    """`owner/name` of the full course and of the students' version."""

    teachers: str
    students: str


def repositories(course: Path) -> Repositories:
    """Return where the two versions are published.

    Raises:
        DefinitionError: the file is missing or is not TOML.
        WrongRepository: it does not name two repositories.
    """
    told = read_toml(course / FILE)
    teachers, students = (checked(str(told.get(who, ""))) for who in ("teachers", "students"))
    if teachers.lower() == students.lower():
        raise WrongRepository(
            f"{FILE} gives both versions the same repository; students would get the solutions."
        )
    return Repositories(teachers, students)


def checked(repository: str) -> str:
    """Return `owner/name` as it is.

    Raises:
        WrongRepository: it is something else.
    """
    if not _REPOSITORY.fullmatch(repository):
        raise WrongRepository(
            f"{repository[:80]!r} is no repository; write it as owner/name (on GitHub), in {FILE} or "
            "after --repository."
        )
    return repository


def launch_link(repository: str) -> str:
    """Return the address that opens the start page of a repository on mybinder.org.

    Raises:
        WrongRepository: `repository` is not `owner/name`.
    """
    return f"https://mybinder.org/v2/gh/{checked(repository)}/HEAD?urlpath=lab/tree/{START}"


def with_links(page: str, where: Repositories) -> str:
    """Return README.md with its launch links made anew: that for teachers says so in its words."""

    def link(found: re.Match[str]) -> str:
        teachers = "teacher" in found[1].lower()
        return f"[{found[1]}]({launch_link(where.teachers if teachers else where.students)})"

    return _LINK.sub(link, page)
