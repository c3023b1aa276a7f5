"""The table of marks that a person's decision changed: whose, from what to what, and why; reads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.marking import ours
from briefing.marking.cells import points
from briefing.marking.grade import Change
from briefing.marking.marksheet import sheet_lines

NAME = ours.CHANGED
HEADER = ("exercise", "question", "before", "after", "why")


def changed_lines(
    changes: Iterable[tuple[tuple[str, str], str, Change]], *, named: bool
) -> Iterator[str]:
    """Yield the lines of the table.

    Args:
        changes: student and name, exercise and what changed, in the order of the rows. An empty `before`
            is a question that no machine could mark.
        named: whether anybody's name is known; only then there is a column for it.
    """
    rows = ([*own[: 1 + named], *_cells(exercise, change)] for own, exercise, change in changes)
    return sheet_lines([*("student", "name")[: 1 + named], *HEADER], rows)


def _cells(exercise: str, change: Change) -> list[str]:
    before, after = (
        "" if value is None else points(value) for value in (change.before, change.after)
    )
    why = f"By hand: {change.why}" if change.by_hand else change.why
    return [exercise, change.question, before, after, why.removesuffix(": ")]
