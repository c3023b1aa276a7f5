"""The gradebook: one row a student and exercise, as CSV that a spreadsheet cannot run; no scoring.

A cell that a spreadsheet would take for a formula is shown with an apostrophe before it. An empty
cell is a question that is not answered, cannot be marked or waits for the teacher; 0 is an answer
that earned nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefing.marking.cells import points
from briefing.marking.marksheet import sheet_lines
from briefing.marking.register import Entry, Known
from briefing.marking.row_status import RowStatus

FIRST = ("student", "exercise", "status", "score", "max_score")
LAST = ("reason",)


class Row(Struct, frozen=True, gc=False):
    """One line of the gradebook; every cell is text already, `questions` by question id.

    `student` is the roster's or the path's id where there is one (`known`), and else the code in the file.
    """

    student: str
    exercise: str
    status: RowStatus
    score: str
    max_score: str
    questions: tuple[tuple[str, str], ...]
    reason: str
    name: str = ""
    code: str = ""
    handed_in: str = ""
    late: str = ""
    before_late: str = ""
    known: bool = False


def row(entry: Entry) -> Row:
    """Return a file's line of the gradebook."""
    record = entry.record
    scored = record.scored and entry.status is record.status
    own = record.reasons if entry.status is record.status else entry.said
    more = entry.said if entry.status is record.status else ()
    has_points = scored or (entry.status is RowStatus.BY_GROUP and record.max_score > 0)
    file = (f"File: {record.path}.",) if record.path and not scored else ()
    return Row(
        student=record.student,
        exercise=record.exercise,
        status=entry.status,
        score=points(record.score) if has_points else "",
        max_score=points(record.max_score) if has_points else "",
        questions=tuple(
            (name, "" if earned is None else points(earned)) for name, earned in record.earned
        )
        if scored
        else (),
        reason=" ".join((*own, *file, *more)),
        name=record.name,
        code=record.code,
        handed_in=record.handed_in,
        late="" if record.late is None else "yes" if record.late else "no",
        before_late="" if record.before_late is None else points(record.before_late),
        known=record.known,
    )


def in_order(questions: Iterable[str]) -> list[str]:
    """Return question ids in the order of columns: q2 before q10."""
    parts = ((re.split(r"(\d+)", name), name) for name in set(questions))
    return [
        name
        for _, name in sorted(([int(p) if p.isdigit() else p for p in ps], n) for ps, n in parts)
    ]


def gradebook_lines(rows: Iterable[Row], questions: Iterable[str], known: Known) -> Iterator[str]:
    """Yield the gradebook line by line, in the order in which the rows come.

    It is to be written as UTF-8 with a byte order mark: without one Excel garbles names.

    Args:
        rows: its rows.
        questions: the ids of all questions that have a column.
        known: what is known of anybody; only that has a column.
    """
    names = in_order(questions)
    who = [n for n, there in (("name", known.name), ("code", known.code)) if there]
    times = ("handed_in", "late", "before_late")
    when = [name for name in times if getattr(known, name)]
    header = [FIRST[0], *who, *FIRST[1:], *names, *when, *LAST]
    return sheet_lines(header, (_cells(line, who, names, when) for line in rows))


def _cells(line: Row, who: list[str], names: list[str], when: list[str]) -> list[str]:
    earned = dict(line.questions)
    if line.status is RowStatus.NOT_GRADABLE and not line.known and "code" in who:
        # What somebody typed into a damaged file stands in no column in which others have ids.
        line = replace(line, student="", code=line.student)
    return [
        line.student,
        *(getattr(line, name) for name in who),
        line.exercise,
        str(line.status),
        line.score,
        line.max_score,
        *(earned.get(name, "") for name in names),
        *(getattr(line, name) for name in when),
        line.reason,
    ]
