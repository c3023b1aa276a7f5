"""How far two markers agree on open answers, criterion by criterion; settles nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from briefing.keys.agreement import Agreement, agreement
from briefing.marking.desk.asked import DeskQuestion
from briefing.marking.desk.marks import DeskMark, unread
from briefing.marking.teacher import criterion_column
from briefing.visible import visible

LEAST = 10
"""Below so many answers marked by both, α would say more about chance than about the markers."""

_CELL = "border:1px solid #8a8a8a;padding:6px 9px;text-align:left;vertical-align:top"


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """Agreement on one criterion of one question."""

    question: str
    criterion: str
    found: Agreement

    @property
    def told(self) -> tuple[str, str]:
        """Raw agreement and α, in words."""
        n, raw, alpha = self.found.n, self.found.raw, self.found.alpha
        if raw is None:
            return "none marked by both yet", "–"
        same = f"{round(raw * n)} of {n} the same ({raw:.0%})"
        if n < LEAST:
            return same, f"not given: {n} answers are too few ({LEAST} at least)"
        if alpha is None or self.found.low is None:
            return same, "not defined: all marked alike"
        return same, f"{alpha:.2f} (from {self.found.low:.2f} to {self.found.high:.2f}, n = {n})"


def agreed(
    asked: Sequence[DeskQuestion], first: Mapping[str, DeskMark], second: Mapping[str, DeskMark]
) -> list[CriterionAgreement]:
    """Return the agreement on each criterion; on the points where a question has none.

    Args:
        asked: the questions.
        first: the first marker's marks by row, as they were before anything was settled.
        second: the second marker's marks by row.
    """
    found = []
    for one in asked:
        rows = [seat.row for seat in one.seats if seat.row in first and seat.row in second]
        marks = [(first[row], second[row]) for row in rows]
        for number, criterion in enumerate(one.rubric):
            pairs = [(_level(one, a, number), _level(one, b, number)) for a, b in marks]
            name = f"{number + 1}. {criterion.text}"
            found.append(CriterionAgreement(one.title, name, agreement(pairs)))
        if not one.rubric:
            pairs = [(_whole(one, a), _whole(one, b)) for a, b in marks]
            found.append(CriterionAgreement(one.title, "points", agreement(pairs)))
    return found


def differing(
    asked: DeskQuestion, first: Mapping[str, DeskMark], second: Mapping[str, DeskMark]
) -> list[str]:
    """Return the rows that both markers marked, and not alike."""
    rows = [seat.row for seat in asked.seats if seat.row in first and seat.row in second]
    return [
        row
        for row in rows
        if asked.is_marked(first[row]) and asked.is_marked(second[row])
        if first[row].levels != second[row].levels
    ]


def _level(asked: DeskQuestion, mark: DeskMark, number: int) -> str:
    """Return a criterion's level; "" where something else stands there, which is nobody's judgement."""
    column = criterion_column(number + 1)
    return "" if column in unread(mark, asked.rubric, asked.most) else mark.given[number]


def _whole(asked: DeskQuestion, mark: DeskMark) -> str:
    return "" if "points" in unread(mark, asked.rubric, asked.most) else mark.points


def agreed_html(rows: Sequence[CriterionAgreement], initials: str) -> str:
    """Return the agreement as an escaped table."""
    heads = ("Question", "Criterion", f"You and {initials}", "Krippendorff’s α")
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(words)}</th>' for words in heads)
    lines = []
    for row in rows:
        cells = (row.question, row.criterion, *row.told)
        shown = "".join(f'<td style="{_CELL}">{escape(visible(cell))}</td>' for cell in cells)
        lines.append(f"<tr>{shown}</tr>")
    return (
        f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
