"""Marks that a teacher sets by hand: they win over a machine's, and survive every marking.

`by-hand.csv` begins as an empty table. Each row that a teacher writes into it stays, whether or not the
student's file is there this time; what cannot be counted is said in `remark`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from briefing.keys import Status
from briefing.marking import ours
from briefing.marking.cells import as_typed
from briefing.marking.cells import points as shown
from briefing.marking.grade import Change, Graded
from briefing.marking.hand_ins import Roster
from briefing.marking.kept_rows import UNUSED, Cells, Form, KeptRows, as_part, digits_of, parts
from briefing.marking.marksheet import write_sheet
from briefing.marking.nobody_found import Here, folded, loose
from briefing.marking.row_status import RowStatus
from briefing.marking.teacher import read_points

NAME = ours.BY_HAND
NAMES = ("student", "exercise", "question")
TYPED = (*NAMES, "points", "reason")
COLUMNS = (*TYPED, "remark", "row")
FORM = Form(NAME, columns=COLUMNS, needed=(*NAMES, "points"), names=NAMES, typed=TYPED)
TWICE = f"{UNUSED}: two rows give different points for this question, keep one."


@dataclass
class ByHand(KeptRows):
    """The marks that a teacher has set by hand so far."""

    form: Form = FORM
    _students: dict[tuple[str, str], list[Cells]] = field(default_factory=dict)
    _listed: dict[tuple[str, str], list[Cells]] = field(default_factory=dict)
    _roster: Roster | None = None

    @classmethod
    def read(cls, *paths: Path, roster: Roster | None = None) -> ByHand:
        """Return what stands in the tables `paths`; a later table wins over an earlier one.

        Args:
            paths: the tables.
            roster: the class list: who is on it may also be named by a name or code that is theirs alone.

        Raises:
            MarksheetUnreadable: one of them cannot be read.
        """
        book = cls()
        book.take(*paths)
        book._roster = roster
        for row in book.rows:
            if not book.mark(row):
                student, exercise = row["student"].strip(), folded(row["exercise"])
                person = roster.meant(student) if roster else ""
                # Somebody whose code is another's id, code or name on the list is not meant by it.
                known = bool(roster and roster.could_be(student))
                if not known or (person != student and as_typed(person) == student):
                    book._students.setdefault((student, exercise), []).append(row)
                if person and (person == student or as_typed(person) != student):
                    book._listed.setdefault((person, exercise), []).append(row)
        return book

    def with_marks(self, graded: Graded) -> Graded:
        """Return a file's mark with the points that were set by hand in it.

        They count for every question, open ones too, and also where the answer is empty or could not
        be marked. A file that cannot be marked at all has no questions to set points for.
        """
        if not self.rows or not graded.results:
            return graded
        results, changes, reasons = dict(graded.results), list(graded.changes), list(graded.reasons)
        for name, result in graded.results.items():
            known = self._rows(graded.student, graded.exercise, name, graded.known)
            if not known:
                continue
            points, problem = _points(known, result.points)
            if points is None:
                reasons.append(f"{name}: {NAME}: {problem}")
                continue
            score = points / result.points if result.points else 0.0
            results[name] = replace(result, status=Status.MARKED, score=score)
            why = known[0].get("reason", "").strip()
            changes = [one for one in changes if one.question != name]
            changes.append(Change(name, result.earned, points, _own(why), by_hand=True))
        if results == graded.results and len(reasons) == len(graded.reasons):
            return graded
        status = graded.status
        if changes and status in (RowStatus.EMPTY, RowStatus.PARTLY):
            left = any(one.status is Status.NOT_GRADABLE for one in results.values())
            status = RowStatus.PARTLY if left else RowStatus.MARKED
        return replace(
            graded, status=status, results=results, changes=tuple(changes), reasons=tuple(reasons)
        )

    def _rows(self, student: str, exercise: str, question: str, known: bool) -> list[Cells]:
        found = self.of(mark_of(student, exercise, question, known), ())
        own = self._students.get((as_typed(student), exercise), ())
        named = self._listed.get((student, exercise), ()) if known else ()
        return found + [row for row in (*own, *named) if folded(row["question"]) == question]

    def table(
        self,
        hand_ins: Iterable[tuple[str, str, bool]],
        worth: Callable[[str], Mapping[str, float]],
        hint: Callable[[str], str] = lambda typed: "",
        others: Iterable[tuple[str, str, RowStatus]] = (),
    ) -> bytes:
        """Return the table with every entry that there is, and what became of each.

        Args:
            hand_ins: exercise and student of each that could be marked, and whether a roster or a
                path tells who that is; in any order.
            worth: returns what each question of an exercise is worth.
            hint: returns a sentence on who is meant by what was typed, or "".
            others: exercise ("" where nobody can tell), student and status of what no points can be set for.
        """
        here = Here(worth, hint)
        sought = {who for row in self.rows for who in self._who(row)}
        nearly = {loose(who) for who in sought}
        told_of: dict[int, tuple[str, str]] = {}
        for exercise, student, status in others if self.rows else ():
            if as_typed(student) in sought:
                here.add(exercise, student, status)
        for exercise, student, sure in hand_ins if self.rows else ():
            if loose(student) in nearly:
                here.add(exercise, student, RowStatus.MARKED)
            for name, most in worth(exercise).items():
                known = self._rows(student, exercise, name, sure)
                if known:
                    told = (mark_of(student, exercise, name, sure), _points(known, most)[1])
                    # Somebody whose code is another's id is not meant by it.
                    told_of |= {id(row): told for row in known if sure or id(row) not in told_of}
        lines = []
        for row in self.rows:
            kept = [part for part in parts(row) if not part.startswith(UNUSED)]
            mark, problem = told_of.get(id(row), (row.get("row", ""), ""))
            if id(row) not in told_of:
                problem = f"{UNUSED}: {here.why(row, self._who(row))}"
            remark = " | ".join(filter(None, (*kept, as_part(problem))))
            lines.append(row | {"remark": remark, "row": mark})
        header = [*COLUMNS[:-1], *self.extra, COLUMNS[-1]]
        cells = ([line.get(name, "") for name in header] for line in lines)
        return write_sheet(header, cells, {*TYPED, *self.extra})

    def _who(self, row: Cells) -> tuple[str, ...]:
        """Return what a row calls its student, and the id of the one on the class list who is called so."""
        typed = row["student"].strip()
        listed = self._roster.meant(typed) if self._roster else ""
        return (typed, as_typed(listed)) if listed else (typed,)


def mark_of(student: str, exercise: str, question: str, known: bool = False) -> str:
    """Return what tells a row from all others, however a spreadsheet changes the code in it.

    `known` is that of `Graded`: an id from a roster is never taken for a code that somebody typed.
    """
    return f"h{digits_of(exercise, question, student, *(['known'] if known else []))}"


def _points(rows: list[Cells], most: float) -> tuple[float | None, str]:
    """Return the points that rows for one question give, and what is wrong with them."""
    cells = {row["points"].strip() for row in rows}
    if len(cells) > 1:
        return None, TWICE
    (cell,) = cells
    if not cell:
        return None, f"{UNUSED} yet: points are empty."
    points = read_points(cell, most)
    if points is None:
        return None, f"{UNUSED}: “{cell[:20]}” is not a number from 0 to {shown(most)}."
    return points, ""


def _own(reason: str) -> str:
    """Return a reason without the apostrophe that keeps a spreadsheet from running it."""
    return re.sub(r"\A'(?=\s*[=+\-@])", "", reason)
