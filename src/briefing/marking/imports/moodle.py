"""Points for Moodle: its grading worksheet filled, or a table for its gradebook; sends nothing.

Source of the forms: Moodle's `mod/assign/feedback/offline/importgradeslib.php` and `locallib.php`
(worksheet: a line is found by the number in `Identifier`; `Identifier`, `Grade` and `Last modified
(grade)` must be there, in the site's language; an empty grade is skipped, but feedback is replaced by
whatever stands there) and `grade/import/csv/classes/load_data.php` (gradebook: the user by e-mail, ID
number or user name; an empty grade deletes, and one bad line stops the whole import).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path

from briefing.marking.cells import counted, own_words, safe
from briefing.marking.hand_ins.roster import Person, Roster, people_in
from briefing.marking.imports.rows import (
    ImportRefused,
    ImportRow,
    Made,
    ZeroFor,
    assigned,
    inexact,
    number,
    written,
)
from briefing.marking.marksheet import read_lines
from briefing.marking.yes_no import yes_or_no
from briefing.visible import visible

_IDENTIFIER = re.compile(r"\D*[^\W\d]\D*\d+")
_GRADE = frozenset(
    {"grade", "bewertung", "note", "calificación", "nota", "valutazione", "cijfer", "ocena"}
    | {"оценка", "оцінка", "qualificació", "karakter", "betyg", "arvosana", "not", "hodnocení"}
)
_MOST = frozenset({"maximum grade", "bestwertung", "note maximale", "calificación máxima"})
_SCALE = frozenset({"scale", "skala", "barème", "escala", "scala", "schaal", "шкала"})
_FEEDBACK = frozenset({"feedback comments", "feedback als kommentar", "commentaires"})
_BY = {"email": "Email address", "id number": "ID number", "user name": "Username"}


def moodle_worksheet(
    export: Path,
    rows: Iterable[ImportRow],
    *,
    points: float,
    grade: str = "",
    feedback: str = "",
    zero_for: Collection[ZeroFor] = (),
    unfinished: bool = False,
    by_name: bool = False,
    absent: Iterable[ImportRow] = (),
) -> Made:
    """Return the grading worksheet of an assignment, filled, for "Upload grading worksheet".

    Args:
        export: the CSV file that "Download grading worksheet" gave.
        rows: the results.
        points: what the exercise is out of; scaled where `Maximum grade` says something else.
        grade: the heading of the grades' column, where it is not recognised.
        feedback: the same for the feedback comments; where there is none no feedback is written.
        zero_for: who gets a zero instead of nothing.
        unfinished: give points although open answers wait for the teacher's mark.
        by_name: see `assigned`.
        absent: see `assigned`.

    Raises:
        ImportRefused: the file is no grading worksheet, no column is that of the grades, or it is that
            of another assignment or class.
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
    note = _column(header, feedback, _FEEDBACK)
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
    names = [name or f"column {place}" for place, name in enumerate(header, 1)]
    names[0] = "Identifier"
    people = people_in(names, [dict(zip(names, line, strict=False)) for line in body])
    given, said = assigned(
        people,
        rows,
        export,
        points=points,
        possible=possible,
        zero_for=zero_for,
        unfinished=unfinished,
        by_name=by_name,
        groups="their points",
        absent=absent,
    )
    open_to = _can_be_changed(body, at)
    fixed = [p for p in people if open_to and yes_or_no(body[p.line - 1][open_to]) is False]
    held = [visible(p.name or p.id) for p in fixed if p.line in given and given[p.line].points]
    if held:
        said.append(
            f"{counted(len(held), 'student')}: their grade is locked in Moodle, which will pass these points "
            f"over ({'; '.join(held)})."
        )
    made, filled = [header], Counter[str]()
    exact = {0, at, *([note] if note is not None else [])}
    for person in people:
        line = body[person.line - 1]
        problem = _inexact(person, "identifier")
        if problem:
            said.append(problem)
            continue
        cells = [
            value if i in exact or value == "-" else safe(value) for i, value in enumerate(line)
        ]
        cell = given.get(person.line)
        if cell is not None:
            if cell.points:
                filled[cell.by] += 1
                cells[at] = cell.points
            if note is not None and cell.feedback:
                cells[note] = _html(cell.feedback)
        made.append(cells)
    return Made(_written(made, note), filled, safe(header[at]), tuple(said))


def _can_be_changed(body: Sequence[Sequence[str]], grades: int) -> int:
    """Return the column that says who may still be graded, or 0.

    It stands after what a grade is out of, or one further, and has yes or no in the site's language.
    """
    width = min(map(len, body))
    for at in (grades + 2, grades + 3):
        if at < width and all(
            line[at].isalpha() and yes_or_no(line[at]) is not None for line in body
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


def _inexact(person: Person, kind: str) -> str:
    """Return a sentence where somebody's id cannot stand in a table for Moodle as it is; "" otherwise."""
    if "\\" in person.ids.get(kind, ""):
        return (
            f"{visible(person.name or person.id)}: left out of the file; the {kind} has a \\ in it, which Moodle "
            "reads as a sign of its own. Enter these points by hand."
        )
    return inexact(person, (kind,))


def _written(lines: Iterable[Sequence[str]], html: int | None) -> bytes:
    r"""Return lines as Moodle's CSV, in which no `\` stands.

    Moodle reads a table, writes it anew and reads that (`lib/csvlib.class.php`), both with `\` for an escape
    sign: one at the end of a cell, such as a student's name, would make the next cells part of it, and
    another number the grade. Only ids, grades and comments are taken from a table, and no id with it is let in.

    Args:
        lines: the table.
        html: the column of comments, which are HTML; None where there is none.
    """
    return written(
        [cell.replace("\\", "&#92;" if at == html else "/") for at, cell in enumerate(line)]
        for line in lines
    )


def _html(feedback: str) -> str:
    """Return feedback as Moodle keeps it: as HTML, so that nothing in it is markup but its line ends."""
    return "<br>".join(escape(own_words(line), quote=False) for line in feedback.split("\n"))


def moodle_gradebook(
    export: Path,
    rows: Iterable[ImportRow],
    item: str,
    *,
    points: float,
    by: str = "",
    zero_for: Collection[ZeroFor] = (),
    unfinished: bool = False,
    by_name: bool = False,
    absent: Iterable[ImportRow] = (),
) -> Made:
    """Return a table for "Grades, Import, CSV file": user, points and feedback.

    Who has no points has no line in it, for an empty grade would delete one that is there.

    Args:
        export: a list of the class from Moodle (participants or grades) with e-mail addresses, ID
            numbers or user names.
        rows: the results.
        item: what the column of points is called.
        points: what the exercise is out of.
        by: the kind of id that tells the user: `email`, `id number` or `user name`; by default the one
            that most students have.
        zero_for: who gets a zero instead of nothing.
        unfinished: give points although open answers wait for the teacher's mark.
        by_name: see `assigned`.
        absent: see `assigned`.

    Raises:
        ImportRefused: nobody on the list has an id that Moodle could know, or it is of another class.
        RosterUnreadable: the list names nobody.
        MarksheetUnreadable: the list cannot be read.
    """
    roster = Roster.read(export)
    people = roster.people
    having = {kind: sum(kind in person.ids for person in people) for kind in _BY}
    kind = by or max(having, key=lambda one: having[one])
    if not having.get(kind):
        raise ImportRefused(
            f"Nobody in {export} has an e-mail address, ID number or user name; give Moodle's list of "
            "participants, or fill the grading worksheet instead."
        )
    given, said = assigned(
        people,
        rows,
        export,
        points=points,
        possible=None,
        zero_for=zero_for,
        unfinished=unfinished,
        by_name=by_name,
        groups="no zero",
        absent=absent,
    )
    said = [*roster.left_out, *said]
    made, filled = list[list[str]](), Counter[str]()
    shared = Counter(person.ids.get(kind, "").casefold() for person in people)
    for person in people:
        cell = given.get(person.line)
        if cell is None or not cell.points:
            continue
        problem = _inexact(person, kind)
        own = person.ids.get(kind, "")
        if own and shared[own.casefold()] > 1:  # Moodle would take the last line for all of them
            problem = (
                f"{visible(person.name or own)}: left out of the file; {shared[own.casefold()]:,} people on the list "
                f"have the {kind} {visible(own)}. Enter these points by hand."
            )
        if problem or kind not in person.ids:
            said.append(problem or f"{visible(person.name)}: left out; no {kind} is on the list.")
        else:
            filled[cell.by] += 1
            made.append([person.ids[kind], cell.points, _html(cell.feedback)])
    head = [_BY[kind], own_words(item), "Feedback"]
    return Made(_written([head, *made], 2), filled, own_words(item), tuple(said))
