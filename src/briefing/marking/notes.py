"""A teacher's note for each student: one row for each page, kept always, shown on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path

from msgspec.structs import replace

from briefing.marking import not_here, ours
from briefing.marking.cells import as_typed
from briefing.marking.grade import Graded
from briefing.marking.kept_rows import Cells, Form, KeptRows, digits_of, parts, tables_in
from briefing.marking.marksheet import sheet_lines

NAME = ours.NOTES
NAMES = ("exercise", "student")
NAMELESS = (*NAMES, "note", "remark", "row")
COLUMNS = (*NAMES, "name", *NAMELESS[len(NAMES) :])
FORM = Form(NAME, columns=COLUMNS, needed=(*NAMES, "note"), names=NAMES, typed=("note",))
OWN_NAMES = replaced(FORM, columns=NAMELESS)
"""How the table is laid out where nobody's name is known: a column `name` is then one of the teacher's own."""
Page = tuple[str, str, bool, str]
"""Exercise and student, whether a roster or a path tells who that is, and the name, or ""."""
GONE = "No hand-in of this student was found this time. The note is kept."


@dataclass
class Notes(KeptRows):
    """The notes that a teacher has written so far."""

    form: Form = FORM
    _paths: tuple[Path, ...] = ()

    @classmethod
    def read(cls, *paths: Path) -> Notes:
        """Return what stands in the tables `paths`; a later table wins over an earlier one.

        Raises:
            MarksheetUnreadable: one of them cannot be read.
        """
        book = cls()
        book.take(*paths)
        book._paths = paths
        return book

    def with_note(self, graded: Graded) -> Graded:
        """Return a file's mark with the note for its student."""
        note = self.note(graded.exercise, graded.student, graded.known)
        return replace(graded, note=note) if note else graded

    def note(self, exercise: str, student: str, known: bool) -> str:
        """Return the note for a student, or "".

        Args:
            exercise: the exercise's name.
            student: the student's id, exact.
            known: whether a roster or a path tells who that is.
        """
        if not self.rows:
            return ""
        said = [row["note"] for row in self._rows(exercise, student, known)]
        # The apostrophe was put there so that no spreadsheet runs the note.
        own = [re.sub(r"\A'(?=\s*[=+\-@])", "", note.strip()) for note in said]
        return "\n".join(dict.fromkeys(one for one in own if one))

    def _rows(self, exercise: str, student: str, known: bool) -> list[Cells]:
        return self.of(_mark(exercise, student, known), (exercise, as_typed(student)))

    def table(
        self, pages: Iterable[Page], told: Counter[str] | None = None, *, named: bool = True
    ) -> Iterator[str]:
        """Yield the lines of the table: a row for each page, and every note that there is.

        Args:
            pages: what there is a page for, once each, in the order of the rows.
            told: counts the notes that are for nobody who is here, see `not_here`.
            named: whether anybody's name is known; only then the course has a column for it.
        """
        book = self if named else self._with_own_names()
        columns = COLUMNS if named else NAMELESS
        header = [*columns[:-1], *book.extra, columns[-1]]
        lines = book._lines(pages, Counter() if told is None else told)
        cells = ([line.get(name, "") for name in header] for line in lines)
        return sheet_lines(header, cells, {"note", *book.extra})

    def _with_own_names(self) -> Notes:
        """Return the same with the names that a teacher typed where the course knows none."""
        book = Notes(form=OWN_NAMES)
        book.take(*self._paths)
        return book

    def _lines(self, pages: Iterable[Page], told: Counter[str]) -> Iterator[Cells]:
        used: set[int] = set()
        for exercise, student, sure, name in pages:
            known = self._rows(exercise, student, sure)
            used.update(map(id, known))
            for old in known or [{}]:
                kept = [part for part in parts(old) if part != GONE]
                names = {"exercise": exercise, "student": student}
                names |= {"name": name} if name else {}
                names |= {"row": _mark(exercise, student, sure)}
                yield old | names | {"remark": " | ".join(kept)}
        for old in self.rows:
            if id(old) not in used and self.entries(old).keys() != {"name"}:
                told[not_here.GONE] += bool(old["note"].strip())
                kept = [part for part in parts(old) if part != GONE]
                yield old | {"remark": " | ".join([*kept, GONE])}


def find_notes(out: Path) -> list[Path]:
    """Return the table in `out`, if there is one.

    Raises:
        MarksheetUnreadable: see `tables_in`.
    """
    return tables_in(out, NAME)


def _mark(exercise: str, student: str, known: bool) -> str:
    return f"n{digits_of(exercise, student, *(['known'] if known else []))}"
