"""Points for Moodle: its grading worksheet filled, or a table for its gradebook; sends nothing.

Source of the forms: Moodle's `mod/assign/feedback/offline/importgradeslib.php` and `locallib.php`
(worksheet: a line is found by the number in `Identifier`; `Identifier`, `Grade` and `Last modified
(grade)` must be there, in the site's language; an empty grade is skipped, but feedback is replaced by
whatever stands there) and `grade/import/csv/classes/load_data.php` (gradebook: the user by e-mail, ID
number or user name; an empty grade deletes, and one bad line stops the whole import).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from html import escape
from pathlib import Path

from briefing.marking.cells import counted, own_words, safe
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.imports.rows import (
    Given,
    ImportRefused,
    ImportRow,
    Made,
    ZeroFor,
    assigned,
    inexact,
    written,
)
from briefing.marking.imports.worksheet import Worksheet
from briefing.visible import visible

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
    sheet = Worksheet.read(export, grade, feedback)
    people = sheet.people()
    given, said = assigned(
        people,
        rows,
        export,
        points=points,
        possible=sheet.possible,
        zero_for=zero_for,
        unfinished=unfinished,
        by_name=by_name,
        groups="their points",
        absent=absent,
    )
    graded = [person for person in people if person.line in given and given[person.line].points]
    held = [visible(person.name or person.id) for person in sheet.locked(graded)]
    if held:
        said.append(
            f"{counted(len(held), 'student')}: their grade is locked in Moodle, which will pass these points "
            f"over ({'; '.join(held)})."
        )
    made, filled = [sheet.header], Counter[str]()
    for person in people:
        problem = _inexact(person, "identifier")
        if problem:
            said.append(problem)
            continue
        cell = given.get(person.line, Given(""))
        if cell.points:
            filled[cell.by] += 1
        made.append(_filled(sheet, person, cell))
    return Made(
        _written(made, sheet.comments), filled, safe(sheet.header[sheet.grades]), tuple(said)
    )


def _filled(sheet: Worksheet, person: Person, cell: Given) -> list[str]:
    """Return somebody's line with what they get; all else in it stays, but for what a spreadsheet would run."""
    own = (0, sheet.grades, sheet.comments)
    cells = [
        value if at in own or value == "-" else safe(value)
        for at, value in enumerate(sheet.line(person))
    ]
    if cell.points:
        cells[sheet.grades] = cell.points
    if sheet.comments is not None and cell.feedback:
        cells[sheet.comments] = _html(cell.feedback)
    return cells


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
