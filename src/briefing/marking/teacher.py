"""What a teacher wrote beside one open answer, as points; reads cells, never files.

A criterion takes yes or no (`yes_no`), or its points; `points` may be written instead and then counts. What
cannot be read is said and does not count: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.keys.keyfiles import Criterion
from briefing.marking.cells import points
from briefing.marking.kept_rows import UNUSED
from briefing.marking.yes_no import yes_or_no


@dataclass(frozen=True, slots=True)
class TeacherMark:
    """A teacher's mark for one answer.

    Attributes:
        points: what was given; None while the answer waits for its mark.
        note: a sentence for the student, or "".
        given: the points of each criterion as text, "" where none was given.
        problem: what could not be read or does not fit, one sentence for the teacher, or "".
    """

    points: float | None = None
    note: str = ""
    given: tuple[str, ...] = ()
    problem: str = ""


def criterion_column(number: int) -> str:
    """Return the heading of a criterion's column, counted from 1."""
    return f"criterion {number}"


def read_mark(cells: Mapping[str, str], rubric: Sequence[Criterion], most: float) -> TeacherMark:
    """Return the mark in a row of the table.

    Args:
        cells: column → cell.
        rubric: the question's criteria.
        most: what the question is worth.
    """
    # The apostrophe was put there so that no spreadsheet runs the note.
    note = re.sub(r"\A'(?=\s*[=+\-@])", "", cells.get("note", "").strip())
    given: list[str] = []
    found: list[float | None] = []
    problems: list[str] = []
    for number, criterion in enumerate(rubric, 1):
        cell = cells.get(criterion_column(number), "").strip()
        value = _criterion(cell, criterion.points) if cell else None
        if cell and value is None:
            problems.append(
                f"{criterion_column(number)}: “{cell[:20]}” is neither yes or no nor a number from "
                f"0 to {points(criterion.points)}"
            )
        found.append(value)
        given.append("" if value is None else points(value))
    whole = cells.get("points", "").strip()
    total = None
    if whole:
        total = read_points(whole, most)
        if total is None:
            problems.append(f"points: “{whole[:20]}” is not a number from 0 to {points(most)}")
    elif any(value is not None for value in found) and not problems:
        empty = [criterion_column(n) for n, value in enumerate(found, 1) if value is None]
        if empty:
            problems.append(f"{' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty")
        else:
            total = min(most, sum(value or 0 for value in found))
    if problems and total is None:
        return TeacherMark(None, note, tuple(given), f"{UNUSED} yet: {'; '.join(problems)}.")
    added = sum(value or 0 for value in found)
    if whole and total is not None and given and all(given) and abs(added - total) > 1e-9:
        said = f"The criteria add up to {points(added)}; what counts is points, {points(total)}."
        return TeacherMark(total, note, (), said)
    return TeacherMark(total, note, tuple(given))


def _criterion(cell: str, worth: float) -> float | None:
    met = yes_or_no(cell)
    return read_points(cell, worth) if met is None else worth if met else 0.0


def read_points(cell: str, most: float) -> float | None:
    """Return points as a teacher wrote them, such as `2` or `2,5`; None where it is none up to `most`.

    Points have two decimals everywhere: what is finer is rounded here, before anything is added up, by the
    digits that were typed and a half upwards. The marking desk does the same (`deskstore.js`).
    """
    if not re.fullmatch(r"[0-9]{1,4}(?:[.,][0-9]{1,6})?", cell):
        return None
    typed = cell.replace(",", ".")
    if float(typed) > most + 1e-9:
        return None
    whole, _, rest = typed.partition(".")
    hundredths = int(whole + rest[:2].ljust(2, "0"))
    return (hundredths + (rest[2:3] >= "5")) / 100
