"""Moodle's grading worksheet as it was downloaded, and which of its columns holds what; fills in nothing.

Source of the form: Moodle's `mod/assign/feedback/offline/importgradeslib.php` and `locallib.php`. A line is
found by the number in `Identifier`; headings are in the site's language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.marking.cells import safe
from briefing.marking.hand_ins.roster import Person, people_in
from briefing.marking.imports.rows import ImportRefused, number
from briefing.marking.marksheet import read_lines
from briefing.marking.yes_no import yes_or_no

_IDENTIFIER = re.compile(r"\D*[^\W\d]\D*\d+")
_GRADE = frozenset(
    {"grade", "bewertung", "note", "calificación", "nota", "valutazione", "cijfer", "ocena"}
    | {"оценка", "оцінка", "qualificació", "karakter", "betyg", "arvosana", "not", "hodnocení"}
)
_MOST = frozenset({"maximum grade", "bestwertung", "note maximale", "calificación máxima"})
_SCALE = frozenset({"scale", "skala", "barème", "escala", "scala", "schaal", "шкала"})
_FEEDBACK = frozenset({"feedback comments", "feedback als kommentar", "commentaires"})


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A grading worksheet.

    Attributes:
        header: its headings.
        body: its lines, each as wide as the headings at least.
        grades: the column of the grades, counted from 0.
        comments: that of the feedback comments; None where there is none.
        possible: what a grade is out of; None where that cannot be read.
    """

    header: Sequence[str]
    body: Sequence[Sequence[str]]
    grades: int
    comments: int | None
    possible: float | None

    @classmethod
    def read(cls, export: Path, grade: str = "", feedback: str = "") -> Worksheet:
        """Read it.

        Args:
            export: the CSV file that "Download grading worksheet" gave.
            grade: the heading of the grades' column, where it is not recognised.
            feedback: the same for the feedback comments.

        Raises:
            ImportRefused: the file is no grading worksheet, no column is that of the grades, or the
                assignment has words for grades.
            MarksheetUnreadable: the file cannot be read.
        """
        lines = read_lines(export)
        header = [cell.strip() for cell in lines[0]] if lines else []
        body = [[*line, *[""] * (len(header) - len(line))] for line in lines[1:]]
        first = [line[0].strip() for line in body]
        if not first or not all(_IDENTIFIER.fullmatch(cell) for cell in first):
            raise ImportRefused(
                f"{export} is not a grading worksheet from Moodle (its first column holds `Participant` and "
                "a number); choose Download grading worksheet in the assignment, and give that file."
            )
        at = _column(header, grade, _GRADE)
        if at is None:
            raise ImportRefused(
                f"{export} has no column that is known to hold grades; say which of these it is: "
                f"{'; '.join(map(safe, header))}."
            )
        # What a grade is out of always stands beside it, or the words of a scale, one on each line.
        beside = body[0][at + 1] if at + 1 < len(header) else ""
        scale = beside.splitlines()
        if len(scale) > 1 or (at + 1 < len(header) and header[at + 1].casefold() in _SCALE):
            raise ImportRefused(
                f"In this assignment Moodle gives no points but words ({safe(', '.join(scale))}), and it would "
                "pass over every number without a word: choose Grade, Type, Point in the assignment's "
                "settings, and download the worksheet again. Nothing was written."
            )
        most = _column(header, "", _MOST)
        possible = number(beside if most is None else body[0][most])
        return cls(header, body, at, _column(header, feedback, _FEEDBACK), possible)

    def people(self) -> list[Person]:
        """Return who stands in it; `Person.line` tells the line, counted from 1."""
        names = [name or f"column {place}" for place, name in enumerate(self.header, 1)]
        names[0] = "Identifier"
        return people_in(names, [dict(zip(names, line, strict=False)) for line in self.body])

    def line(self, person: Person) -> Sequence[str]:
        """Return somebody's line as it stands."""
        return self.body[person.line - 1]

    def locked(self, people: Iterable[Person]) -> list[Person]:
        """Return those whose grade is locked: Moodle would pass over another one."""
        at = self._can_be_changed()
        return [one for one in people if at and yes_or_no(self.line(one)[at]) is False]

    def _can_be_changed(self) -> int:
        """Return the column that says who may still be graded, or 0.

        It stands after what a grade is out of, or one further, and has yes or no in the site's language.
        """
        width = min(map(len, self.body))
        for at in (self.grades + 2, self.grades + 3):
            if at < width and all(
                line[at].isalpha() and yes_or_no(line[at]) is not None for line in self.body
            ):
                return at
        return 0


def _column(header: Sequence[str], wanted: str, known: Collection[str]) -> int | None:
    names = [name.casefold() for name in header]
    if wanted:
        return (
            names.index(wanted.strip().casefold()) if wanted.strip().casefold() in names else None
        )
    return next((at for at, name in enumerate(names) if name in known), None)
