"""Who gets which points in a platform's own list of the class; says who is left out, guesses nobody.

A cell is filled only where it is certain who is meant and what the points are. Whoever handed in
nothing, or something that cannot be marked, keeps what the platform's list had, which is mostly an
empty cell: never a zero, unless the teacher says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from briefing.errors import BriefingError
from briefing.marking.cells import points as shown
from briefing.marking.cells import runs
from briefing.marking.hand_ins.identity import KINDS
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.visible import visible

NOT_ZERO = "what was handed in cannot be marked, which is not zero."
ZeroFor = Literal["missing", "not gradable"]


class ImportRefused(BriefingError):
    """An import that cannot be made: the platform's list is not what it should be."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One student's result, as it is to be imported.

    Attributes:
        name: the name, or "".
        ids: the student's ids by kind (see `hand_ins.roster.ID_KINDS`); `ids_of` finds them.
        code: the code in the answers file, or "".
        score: points earned; None where there are none.
        why: why there are none, or why they may not be all yet, as the end of a sentence; "" where
            the points are whole.
        feedback: a sentence or two for the student.
    """

    name: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    score: float | None = None
    why: str = ""
    feedback: str = ""

    @property
    def called(self) -> str:
        """How a sentence names the student."""
        return visible(self.name or next(iter(self.ids.values()), "") or self.code or "somebody")


@dataclass(frozen=True, slots=True)
class Made:
    """An import file.

    Attributes:
        data: its bytes.
        filled: how many students get points by it.
        sentences: who was left out and why, and what else the teacher should know.
    """

    data: bytes
    filled: int
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What one line of the platform's list gets."""

    points: str
    feedback: str = ""


def ids_of(
    student: str, *, known: bool, layout: Layout, roster: Roster | None
) -> Mapping[str, str]:
    """Return a student's ids by kind, from the roster or from what the path gave.

    Args:
        student: the student's id as the marking has it.
        known: whether that is from a roster or a path, and not the code in the file.
        layout: the layout of what was marked.
        roster: the class list, if there was one.
    """
    if not known:
        return {}
    person = roster.person(student) if roster else None
    return dict(person.ids) if person else dict.fromkeys(KINDS.get(layout, ()), student)


def assigned(
    people: Sequence[Person],
    rows: Iterable[ImportRow],
    *,
    points: float,
    possible: float | None,
    zero_for: Collection[ZeroFor] = (),
    unfinished: bool = False,
) -> tuple[dict[int, Given], list[str]]:
    """Return what each line of a platform's list gets, by `Person.line`, and the sentences.

    Args:
        people: the people on the platform's list.
        rows: the results, one for each student.
        points: what the exercise is out of.
        possible: what the platform's item is out of, where its list says so; points are scaled to it.
        zero_for: who gets a zero instead of nothing.
        unfinished: give points although they may not be all yet.
    """
    roster, given, said = Roster(people), dict[int, Given](), list[str]()
    factor = possible / points if possible and points and possible != points else 1.0
    if factor != 1:
        said.append(
            f"The platform's item is out of {shown(possible or 0)}, the exercise of {shown(points)}: all "
            "points are scaled to it."
        )
    results: dict[int, list[ImportRow]] = {}
    for row in rows:
        match = roster.find(row.ids, row.name)
        if match.person is None and not match.sentence and row.code:
            match = roster.by_code(row.code)
        if match.person is None:
            why = match.sentence or "is not on the platform's list."
            said.append(f"{row.called}: left out; {why}")
        else:
            results.setdefault(match.person.line, []).append(row)
    for person in people:
        if person.line not in results:
            if "missing" in zero_for:
                given[person.line] = Given("0")
            continue
        cell = _cell(results[person.line], factor, zero_for, unfinished)
        if isinstance(cell, Given):
            given[person.line] = cell
        else:
            said.append(f"{visible(person.name or person.id)}: left as it was; {cell}")
    return given, said


def _cell(
    rows: Sequence[ImportRow], factor: float, zero_for: Collection[ZeroFor], unfinished: bool
) -> Given | str:
    """Return what a line gets from the results that go with it, or why it gets nothing.

    A file that has no points does no harm beside one that has.
    """
    scored = [row for row in rows if row.score is not None]
    if len(scored) > 1:
        return "two results go with this line."
    if not scored:
        if "not gradable" in zero_for:
            return Given("0", rows[0].feedback)
        return rows[0].why or NOT_ZERO
    (row,) = scored
    if row.why and not unfinished:
        return row.why
    return Given(shown((row.score or 0) * factor), row.feedback)


def inexact(person: Person, exact: Collection[str]) -> str:
    """Return a sentence where an id must be exact and a spreadsheet would run it; "" otherwise."""
    for kind in exact:
        if runs(person.ids.get(kind, "")):
            return (
                f"{visible(person.name or person.id)}: left out of the file; the {kind} begins with a "
                "sign that a spreadsheet would run, and must be exact. Enter these points by hand."
            )
    return ""


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """Return lines as CSV: commas, UTF-8 without a mark, as the platforms read it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def number(text: str) -> float | None:
    """Return a number as a platform prints it (`20.00`, `20,00`), or None."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1_000_000 else None
