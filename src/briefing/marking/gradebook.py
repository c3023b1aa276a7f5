"""The gradebook: one row a student and exercise, as CSV that a spreadsheet cannot run; no scoring.

A cell that a spreadsheet would take for a formula is shown with an apostrophe before it. An empty
cell is a question that is not answered, cannot be marked or waits for the teacher; 0 is an answer
that earned nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.keys import Status
from briefing.marking.grade import Graded, RowStatus
from briefing.marking.visible import visible

FIRST = ("student", "exercise", "status", "score", "max_score")
LAST = ("reason",)

_FORMULA = re.compile(r"\A[\s\u200c\u200d]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_APART = str.maketrans({"\t": " ", "\r": " ", "\n": " ", ";": ",", '"': "\u201d"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the gradebook; every cell is text already, `questions` by question id."""

    student: str
    exercise: str
    status: RowStatus
    score: str
    max_score: str
    questions: tuple[tuple[str, str], ...]
    reason: str
    path: str = ""


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it and no line of the table is torn by it.

    Where the semicolon or the tab is the separator, a spreadsheet cuts there, and a quotation mark
    at the cut opens a new cell: so none of the three is left (`,` and `”` stand for them).
    """
    tab_first = cell[:1] in ("\t", "\r", "\n")
    cell = visible(cell.translate(_APART))
    return "'" + cell if tab_first or _FORMULA.match(cell) else cell


def points(value: float) -> str:
    """Return points with at most two decimals, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def row(graded: Graded, path: str, *, more: Iterable[str] = ()) -> Row:
    """Return a file's line of the gradebook.

    Args:
        graded: the file's mark.
        path: where the file lies below the marked folder.
        more: further sentences for the reason.
    """
    reasons = [*graded.reasons, *more]
    waiting = [
        f"{name} ({points(result.points)})"
        for name, result in graded.results.items()
        if result.status is Status.TEACHER
    ]
    if waiting:
        reasons.append(f"Waits for the teacher (points): {', '.join(waiting)}.")
    scored = graded.status in (RowStatus.MARKED, RowStatus.PARTLY, RowStatus.EMPTY)
    return Row(
        student=graded.student,
        exercise=graded.exercise,
        status=graded.status,
        score=points(graded.score) if scored else "",
        max_score=points(graded.max_score) if scored else "",
        questions=tuple(
            (name, "" if result.earned is None else points(result.earned))
            for name, result in graded.results.items()
        )
        if scored
        else (),
        reason=" ".join([*reasons, f"File: {path}."] if not scored else reasons),
        path=path,
    )


def sort_key(line: Row) -> tuple[str, str, str, str]:
    """Order by exercise and student, whatever cannot be marked after what can."""
    return (line.exercise or "~", line.student, str(line.status), line.path)


def question_columns(rows: Iterable[Row]) -> list[str]:
    """Return the question ids of all rows: q2 before q10."""
    names = {name for line in rows for name, _ in line.questions}
    return sorted(names, key=lambda name: [int(p) if p.isdigit() else p for p in _parts(name)])


def _parts(name: str) -> list[str]:
    return re.split(r"(\d+)", name)


def gradebook_csv(rows: Sequence[Row]) -> str:
    """Return the gradebook as CSV text, its rows in the order of `sort_key`."""
    questions = question_columns(rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*FIRST, *questions, *LAST])
    for line in sorted(rows, key=sort_key):
        earned = dict(line.questions)
        cells = [line.student, line.exercise, str(line.status), line.score, line.max_score]
        cells += [earned.get(name, "") for name in questions]
        writer.writerow([safe(cell) for cell in (*cells, line.reason)])
    return text.getvalue()
