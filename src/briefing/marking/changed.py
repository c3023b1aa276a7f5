"""The table of marks that a person's decision changed: whose, from what to what, and why; reads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.marking import ours
from briefing.marking.cells import points
from briefing.marking.grade import Change
from briefing.marking.marksheet import sheet_lines

NAME = ours.CHANGED
HEADER = ("student", "exercise", "question", "before", "after", "why")


def changed_lines(changes: Iterable[tuple[str, str, Change]]) -> Iterator[str]:
    """Yield the lines of the table.

    Args:
        changes: student, exercise and what changed, in the order of the rows. An empty `before` is a
            question that no machine could mark.
    """
    return sheet_lines(HEADER, (_cells(*one) for one in changes))


def _cells(student: str, exercise: str, change: Change) -> list[str]:
    before, after = (
        "" if value is None else points(value) for value in (change.before, change.after)
    )
    why = f"By hand: {change.why}" if change.by_hand else change.why
    return [student, exercise, change.question, before, after, why.removesuffix(": ")]
