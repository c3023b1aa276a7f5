"""Read the results to import from a gradebook that `briefing grade` wrote; changes nothing.

What the gradebook shows with an apostrophe, so that no spreadsheet runs it, is no exact id any more: such
a student is found by name, or said to be left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from briefing.keys import definition
from briefing.marking import ours
from briefing.marking.cells import runs
from briefing.marking.imports.rows import MAY_BE, NOT_ZERO, WAITS, ImportRefused, ImportRow
from briefing.marking.marksheet import read_sheet
from briefing.marking.notes import Notes, find_notes
from briefing.marking.row_status import NO_FILE, NO_WORK, SCORED, RowStatus

_NEEDED = ("student", "exercise", "status", "score", "max_score", "reason")
_WAITS = "Waits for your mark"
_PASSED = frozenset({RowStatus.OLDER, RowStatus.OTHER, *NO_FILE})
"""Statuses of rows that stand beside the one that counts, or for nothing at all."""


@dataclass(frozen=True, slots=True)
class Results:
    """What is to be imported for one exercise.

    Attributes:
        rows: the results.
        points: what the exercise is out of.
        exercise: the exercise's name.
        absent: those on the class list of whom no file is, whether or not their group handed in.
    """

    rows: tuple[ImportRow, ...]
    points: float
    exercise: str
    absent: tuple[ImportRow, ...] = ()


def results_in(marked: Path, exercise: str, kinds: Sequence[str]) -> Results:
    """Return the results for one exercise from `gradebook.csv`.

    Args:
        marked: the folder that `briefing grade` wrote, or the gradebook itself.
        exercise: the exercise's name; "" where the gradebook has only one.
        kinds: which kinds of ids (see `hand_ins.roster.ID_KINDS`) the gradebook's ids may be.

    Raises:
        ImportRefused: there is no gradebook, or it holds several exercises, or none of that name.
        MarksheetUnreadable: the gradebook or the table of notes cannot be read.
    """
    path = marked / ours.GRADEBOOK if marked.is_dir() else marked
    if not path.is_file():
        raise ImportRefused(
            f"{marked} is no folder that `grade` has written: there is no {ours.GRADEBOOK} in it. Give the "
            "one that you named with --out. Nothing was written."
        )
    _, lines = read_sheet(path, _NEEDED)
    there = sorted({line["exercise"] for line in lines if line["score"]})
    exercise = exercise or (there[0] if len(there) == 1 else "")
    if exercise not in there:
        listed = ", ".join(there) or "no exercise with points"
        raise ImportRefused(f"{path} holds {listed}; say which with --exercise.")
    # A document is of no exercise, and a damaged file can name one that nobody handed in: whoever handed it
    # in did hand something in. (One that names what others handed in is of that, as `grade` has it.)
    read = {line["exercise"] for line in lines if line["status"] != RowStatus.NOT_GRADABLE} - {""}
    own = [line for line in lines if line["exercise"] == exercise or _bare(line, read)]
    notes = Notes.read(*find_notes(path.parent))
    rows = [_row(line, kinds, notes) for line in own if line["status"] not in _PASSED]
    whole = [_number(line["max_score"]) for line in own if line["score"] and not _why(line)]
    absent = [_row(line, kinds, notes) for line in own if line["status"] in NO_FILE]
    whole = whole or _with_what_waits(own, exercise, path.with_name(ours.OPEN_ANSWERS))
    most = max(whole, default=definition(exercise).points)
    return Results(tuple(rows), most, exercise, tuple(absent))


def _with_what_waits(
    lines: Sequence[Mapping[str, str]], exercise: str, open_answers: Path
) -> list[float]:
    """Return what the exercise is out of where everybody's open answers wait: rules can give it other points.

    A question that waits has an empty cell, and so has one that was left empty, whose points are in the row's
    already: where there are both in a row, it comes to too much. So the least of all counts.

    Raises:
        MarksheetUnreadable: the table of open answers cannot be read.
    """
    if not open_answers.is_file():
        return []
    _, answers = read_sheet(open_answers, ("exercise", "question", "max_points"))
    worth = {
        one["question"]: _number(one["max_points"])
        for one in reversed(answers)  # marks of nobody who is here stand last
        if one["exercise"] == exercise
    }
    sums = [
        _number(line["max_score"]) + sum(most for name, most in worth.items() if not line.get(name))
        for line in lines
        if line["score"] and _why(line) == WAITS
    ]
    return [min(sums)] if sums else []


def _bare(line: Mapping[str, str], read: Set[str]) -> bool:
    """Say whether a line is somebody's file that can be of any exercise; `read` are those that others have."""
    said_who = line["student"] or line.get("name")
    return bool(
        line["status"] == RowStatus.NOT_GRADABLE and line["exercise"] not in read and said_who
    )


def _row(line: Mapping[str, str], kinds: Sequence[str], notes: Notes) -> ImportRow:
    pointless = line["status"] not in SCORED or not line["score"]
    # The code has a column of its own where the student is known otherwise; alone it is no id, and
    # nobody gets points by it, nor is kept from a zero. (A file that cannot be read has no code, and whose
    # is not known has nothing but that: where anybody is known, there is the column.)
    unread = line["status"] == RowStatus.NOT_GRADABLE
    codeless = line["status"] in NO_WORK and ("code" in line or not unread)
    known = line["student"] and (line.get("code") or codeless) and not _shielded(line["student"])
    ids = dict.fromkeys(kinds, line["student"]) if known else {}
    name, code = line.get("name", ""), line.get("code", "") or line["student"]
    student = line["student"][1:] if _shielded(line["student"]) else line["student"]
    # Who is known by more than the code in the file has that code in a column of its own.
    note = notes.note(line["exercise"], student, bool(line.get("code")))
    if pointless:
        return ImportRow(name, ids, code, None, _why(line), note=note)
    score, most = line["score"], line["max_score"]
    said = f"{score} of {most} points. The feedback page explains each answer."
    return ImportRow(name, ids, code, _number(score), _why(line), said, note, _number(most))


def _shielded(cell: str) -> bool:
    return cell.startswith("'") and runs(cell[1:])


def _why(line: Mapping[str, str]) -> str:
    if _WAITS in line["reason"]:
        return WAITS
    match line["status"]:
        case RowStatus.MARKED:
            return ""
        case RowStatus.PARTLY:
            return "one answer could not be marked, and that is not zero."
        case RowStatus.EMPTY:
            return "nothing is answered in what was handed in."
        case RowStatus.NOT_GRADABLE:
            return NOT_ZERO
        case RowStatus.PERHAPS:
            return MAY_BE
    return f"its status is “{line['status']}”."


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
