"""Make the students' version in a folder of its own: what the manifest names, searched for leaks first.

Nothing appears under the wanted name before the search has found nothing; foreign work is never
written over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from briefing import __version__
from briefing.authoring.store import cleaned, dumps, read_notebook
from briefing.corpus import course_folder
from briefing.errors import BriefingError
from briefing.marking.output import fresh_folder
from briefing.release.files import course_files
from briefing.release.graded import graded
from briefing.release.launch import launch_link, repositories
from briefing.release.leaks import Leak, find_leaks
from briefing.release.manifest import goes, rule_for

SENTENCE = "The students' version of Reading the Briefing, made by `briefing release`."
SHOWN = 10  # leaks in one message


class ReleaseRefused(BriefingError):
    """The students' version cannot be made from the course as it is."""


@dataclass(frozen=True)
class Summary:
    """What was made.

    Attributes:
        files: the paths that went in, sorted.
        left: the paths that stayed behind by a rule.
        undecided: the paths that no rule names; they stayed behind, too.
    """

    files: tuple[str, ...]
    left: tuple[str, ...]
    undecided: tuple[str, ...]


def make_release(
    out: Path, repository: str = "", report: Callable[[str], None] = lambda _words: None
) -> Summary:
    """Make the students' version in `out`.

    Args:
        out: the folder to make, or to make again.
        repository: `owner/name` of the repository that it will be published as, for the launch link
            on its page; that of `binder/repositories.toml` where it is empty.
        report: told what is being done.

    Raises:
        NothingGraded: this copy of the course has no solutions.
        ReleaseRefused: something graded would be given away, or a notebook is not as it is stored.
        OutputRefused: `out` holds something else or cannot be written; nothing has changed then.
    """
    course = course_folder()
    secret = graded()
    page = students_page(repository or repositories(course).students)
    listed = course_files(course)
    going = [name for name in listed if goes(name)]
    _as_stored(course, going)
    inside = {*going, "README.md"}
    with fresh_folder(out, SENTENCE, inside.__contains__, keep_from=course) as partial:
        for name in going:
            _copy(course / name, partial / name)
        (partial / "README.md").write_text(page, encoding="utf-8", newline="\n")
        report("Searching it for anything graded …")
        found = find_leaks(partial, secret)
        if found:
            raise ReleaseRefused(_told(found))
    return Summary(
        files=tuple(sorted(inside)),
        left=tuple(name for name in listed if rule_for(name) and name not in going),
        undecided=tuple(name for name in listed if not rule_for(name)),
    )


def students_page(repository: str) -> str:
    """Return the README of the students' version.

    Args:
        repository: `owner/name` for its launch link.
    """
    text = files("briefing.release").joinpath("students.md").read_text(encoding="utf-8")
    return text.replace("{launch}", launch_link(repository)).replace("{version}", __version__)


def _as_stored(course: Path, names: list[str]) -> None:
    """Refuse a notebook in which somebody has worked: its outputs are theirs, and may hold a key."""
    for name in names:
        if name.endswith(".ipynb"):
            path = course / name
            if path.read_text(encoding="utf-8") != dumps(cleaned(read_notebook(path))):
                raise ReleaseRefused(
                    f"The notebook {name} was changed since it was stored, for example by running "
                    "and saving it; restore it, or store it anew with `briefing refresh`."
                )


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o755 if os.access(source, os.X_OK) else 0o644)


def _told(found: list[Leak]) -> str:
    more = f"\n  … and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    shown = "".join(f"\n  {leak}" for leak in found[:SHOWN])
    return (
        "The students' version was not made, because it would give graded answers away; take these "
        f"out of the course's files and try again:{shown}{more}"
    )
