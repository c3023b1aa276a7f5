"""One answer's marks as a desk shows them, and the cells of the table that they stand in; no files.

A criterion's level is `yes`, `no`, "" (open), or what was typed into the table instead, such as `0.5`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.keys.keyfiles import Criterion
from briefing.marking.carried import BEFORE, SETTLED
from briefing.marking.cells import points
from briefing.marking.kept_rows import as_part, parts
from briefing.marking.open_answers import CHANGED
from briefing.marking.teacher import criterion_column, read_mark, read_points

LATER = "come back"
"""A column of the desk's own: `yes` where the marker wants to come back."""
OWN = (LATER, BEFORE, SETTLED)
MOST_NOTE = 2_000
"""The longest note for a student, in code points."""


@dataclass(frozen=True, slots=True)
class DeskMark:
    """What a marker entered for one answer.

    Attributes:
        given: a level for each criterion.
        points: what stands under `points`; it counts instead of the criteria.
        note: a sentence for the student.
        later: the marker wants to come back.
        looked: the marker looked again at an answer that had changed.
        settled: a disagreement about it is settled.
    """

    given: tuple[str, ...] = ()
    points: str = ""
    note: str = ""
    later: bool = False
    looked: bool = False
    settled: bool = False

    def as_payload(self) -> dict[str, Any]:
        """Return the mark as JSON-ready values."""
        return {
            "given": list(self.given),
            "points": self.points,
            "note": self.note,
            "later": self.later,
            "looked": self.looked,
            "settled": self.settled,
        }

    @property
    def levels(self) -> tuple[str, ...]:
        """What two markers are compared by: the levels, or the points where those count instead."""
        return (self.points,) if self.points or not self.given else self.given

    @property
    def told(self) -> str:
        """The levels in words, such as `yes no -`."""
        return " ".join(level or "-" for level in self.levels)


def blank(criteria: int) -> DeskMark:
    """Return the mark of an answer that nobody has marked."""
    return DeskMark(given=("",) * criteria)


def mark_from(payload: Mapping[str, Any], criteria: int) -> DeskMark:
    """Return the mark that a page sent; what is no mark is taken as open."""
    given = payload.get("given")
    levels = [str(level)[:20] for level in given] if isinstance(given, list) else []
    note = str(payload.get("note", ""))[:MOST_NOTE]
    return DeskMark(
        given=tuple((levels + [""] * criteria)[:criteria]),
        points=str(payload.get("points", ""))[:20],
        note=" ".join(_whole(note).split()),
        later=payload.get("later") is True,
        looked=payload.get("looked") is True,
        settled=payload.get("settled") is True,
    )


def _whole(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def mark_in(cells: Mapping[str, str], rubric: Sequence[Criterion], most: float) -> DeskMark:
    """Return the mark that stands in a row of the table."""
    read = read_mark({**cells, "points": ""}, rubric, most)
    given = []
    for number, criterion in enumerate(rubric):
        value = read.given[number] if number < len(read.given) else ""
        cell = cells.get(criterion_column(number + 1), "").strip()
        named = {points(criterion.points): "yes", "0": "no"}
        given.append(named.get(value, value) if value else cell[:20])
    note = re.sub(r"\A'(?=\s*[=+\-@])", "", cells.get("note", "").strip())
    return DeskMark(
        given=tuple(given),
        points=cells.get("points", "").strip()[:20],
        note=" ".join(note.split()),
        later=bool(cells.get(LATER, "").strip()),
    )


def earned(mark: DeskMark, rubric: Sequence[Criterion], most: float) -> float | None:
    """Return the points that `grade` would read in a mark; None while it waits or cannot be read."""
    cells = {criterion_column(n): level for n, level in enumerate(mark.given, 1)}
    return read_mark({**cells, "points": mark.points}, rubric, most).points


def unread(mark: DeskMark, rubric: Sequence[Criterion], most: float) -> list[str]:
    """Return the columns in which something stands that is no mark."""
    worth = {criterion_column(n): one.points for n, one in enumerate(rubric, 1)}
    entered = dict(zip(worth, mark.given, strict=False))
    odd = [name for name, level in entered.items() if not _is_level(level, worth[name])]
    whole = mark.points and read_points(mark.points, most) is None
    return [*odd, *(["points"] if whole else [])]


def _is_level(level: str, worth: float) -> bool:
    return level in ("", "yes", "no") or read_points(level, worth) is not None


def original(mark: DeskMark, cells: Mapping[str, str]) -> DeskMark:
    """Return what the first marker had entered before anything was settled."""
    before = cells.get(BEFORE, "").split()
    if not before:
        return mark
    levels = tuple("" if level == "-" else level for level in before)
    if len(levels) == len(mark.given):
        return replace(mark, given=levels, points="")
    return replace(mark, points=levels[0])


def is_settled(cells: Mapping[str, str], initials: str, theirs: DeskMark) -> bool:
    """Say whether a disagreement with this marker, as the marks stand now, has been settled."""
    return cells.get(SETTLED, "").strip() == f"{initials}: {theirs.told}"


def put_in(
    cells: dict[str, str], old: DeskMark, new: DeskMark, known: DeskMark, odd: Sequence[str] = ()
) -> list[str]:
    """Write into a row what was changed on the page; return what stood there instead of `known`.

    Args:
        cells: the row, changed in place.
        old: what stands in it.
        new: what the page shows now.
        known: what the page had shown before.
        odd: columns in which something stands that is no mark; `remark` keeps it.
    """
    clashes = []
    replaced = []

    def put(column: str, name: str, was: str, value: str, thought: str) -> None:
        if value == thought:
            return
        if was not in (thought, value) and was:
            clashes.append(f"{name} {was}")
        elif column in odd and cells.get(column, "").strip() != value:
            replaced.append(f"{name} {cells[column].strip()}")
        cells[column] = value

    for number, value in enumerate(new.given):
        name = criterion_column(number + 1)
        put(name, name, old.given[number], value, known.given[number])
    put("points", "points", old.points, new.points, known.points)
    put("note", "note", old.note, new.note, known.note)
    if new.later != known.later:
        cells[LATER] = "yes" if new.later else ""
    remarks = parts(cells)
    if new.looked and not known.looked:
        remarks = [part for part in remarks if CHANGED not in part]
    if clashes or replaced:
        remarks.append(f"Before: {as_part(', '.join([*clashes, *replaced]))}.")
    cells["remark"] = " | ".join(remarks)
    return clashes
