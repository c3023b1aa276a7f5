"""What a teacher gave goes along when a question's points change: cells in, cells out; reads no files.

A row of the table says itself what it is out of (`max_points`). Where the class's points are others now,
numbers keep their share, and `remark` tells what stood there. Words, and what could not be read, stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.errors import BriefingError
from briefing.keys import definition, exercise_key
from briefing.marking.cells import points
from briefing.marking.kept_rows import as_part
from briefing.marking.rubrics import rubric_for
from briefing.marking.teacher import criterion_column, read_points

BEFORE = "before settling"
"""A column of the desk's: what the first marker had entered before a disagreement was settled."""
SETTLED = "settled with"
"""A column of the desk's: the second marker's initials and marks, once a disagreement is settled."""
STOOD = "Before, out of"
"""How the part of a remark begins that tells what stood in the row when it was out of other points."""
MOST = 9_999
"""More points than any question can have."""


def out_of(cells: Mapping[str, str]) -> float | None:
    """Return what a row says its points are out of; None where that cannot be read."""
    return read_points(cells.get("max_points", "").strip(), MOST)


def carried(cells: Mapping[str, str], exercise: str, question: str, most: float) -> dict[str, str]:
    """Return a row of the table with what was given in it as shares of `most`.

    Args:
        cells: column → cell.
        exercise: the exercise's name.
        question: the question's id.
        most: what the question is worth in the class now.

    A number that was all of a criterion, or of the question, is all of it now. Out of nothing there is no
    share: such a number is taken out of its cell, so that the answer waits for its mark again.
    """
    kept = dict(cells)
    was = out_of(cells)
    if was is None or abs(was - most) < 1e-9:
        return kept
    try:
        key, worth = (
            exercise_key(exercise)[question],
            definition(exercise).questions[question].points,
        )
    except (BriefingError, KeyError):
        return kept
    old, new = (rubric_for(key.rubric, worth, whole) for whole in (was, most))
    columns = [
        (criterion_column(number), one.points, other.points)
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1)
    ]
    told = []
    for name, before, now in (*columns, ("points", was, most)):
        cell = cells.get(name, "").strip()
        share = _share(cell, before, now)
        if share != cell:
            kept[name] = share
            told.append(f"{name} {cell}")
    pairs = [(before, now) for _, before, now in columns]
    if before_settling := cells.get(BEFORE, "").strip():
        kept[BEFORE] = _levels(before_settling, pairs, (was, most))
    initials, colon, theirs = cells.get(SETTLED, "").strip().partition(": ")
    if colon:
        kept[SETTLED] = f"{initials}: {_levels(theirs, pairs, (was, most))}"
    if told:
        said = f"{STOOD} {points(was)}: {as_part(', '.join(told))}."
        kept["remark"] = " | ".join(filter(None, (cells.get("remark", "").strip(), said)))
    kept["max_points"] = points(most)
    return kept


def _share(cell: str, before: float, now: float) -> str:
    """Return what a cell says out of `now` instead of `before`; "" where it cannot be said."""
    value = read_points(cell, before)
    if value is None or before == now:
        return cell
    if not before:
        return ""
    return points(now if value >= before else value * now / before) if value else cell


def _levels(words: str, criteria: Sequence[tuple[float, float]], whole: tuple[float, float]) -> str:
    """Return levels as the desk tells them, such as `yes no 0.5`, or points, in the same way."""
    levels = words.split()
    pairs = criteria if len(levels) == len(criteria) else [whole] * len(levels)
    return " ".join(_share(one, *pair) or "-" for one, pair in zip(levels, pairs, strict=True))
