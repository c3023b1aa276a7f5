"""What marks and pages depend on besides the hand-ins: the same values in every process; marks nothing.

Tables that people filled in are copied into the work folder first and read from there, so that every
process, and every machine, marks by the same ones whatever is saved meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import briefing
from briefing.corpus import course_folder
from briefing.marking.rules import Counts

ROSTER = "class list"
"""The kind of table that holds the class list."""
RULES = "rules"
"""The kind of file that holds the class's rules."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file that people filled in.

    Attributes:
        kind: what it is for: the name that such a table has in the output, `ROSTER` or `RULES`.
        path: where it lies.
    """

    kind: str
    path: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a class is marked; small, and safe to send to another process.

    Attributes:
        pages: whether feedback pages are made.
        keep: which of several hand-ins of one student counts.
        tables: what people filled in; of two of one kind the later one wins.
        report: whether what a report on the class needs is kept of each file.
    """

    pages: bool = True
    keep: Counts = Counts.LATEST
    tables: tuple[Table, ...] = ()
    report: bool = True

    def of(self, kind: str) -> list[Path]:
        """Return the tables of one kind."""
        return [table.path for table in self.tables if table.kind == kind]

    @property
    def roster(self) -> Path | None:
        """The class list, if there is one."""
        return next(iter(self.of(ROSTER)), None)

    @property
    def digest(self) -> str:
        """What tells these settings, with this version of the course and its keys, from all others."""
        total = hashlib.sha256(course_digest().encode())
        total.update(f"{self.pages} {self.keep} {self.report}".encode())
        for table in self.tables:
            total.update(f"\0{table.kind}\0".encode())
            total.update(hashlib.sha256(table.path.read_bytes()).digest())
        return total.hexdigest()


def course_digest() -> str:
    """Return what tells this course's program, texts, questions and keys from any other version."""
    return _digest_of(course_folder())


@cache
def _digest_of(course: Path) -> str:
    own = Path(briefing.__file__).parent
    found = [("src", own, _below(own, (".py", ".html", ".css")))]
    found += [(name, course / name, _below(course / name)) for name in ("data", "seeds")]
    answers = course / "solutions"
    found.append(("solutions", answers, [*_below(answers / "keys"), *answers.glob("*.csv")]))
    total = hashlib.sha256(briefing.__version__.encode())
    for name, root, paths in found:
        for path in sorted(paths, key=lambda path: path.relative_to(root).as_posix()):
            total.update(f"{name}/{path.relative_to(root).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _below(folder: Path, endings: tuple[str, ...] = ("",)) -> Iterable[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith(endings) and path.is_file()]
