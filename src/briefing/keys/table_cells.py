"""Score the cells of a table; knows no files, no widgets and no points.

A column is scored as one piece: balanced over its right answers, rescaled so that the same answer
throughout earns nothing. Columns weigh by the cells that are asked in them. Columns with a single
asked cell (a card of fields) are scored together with the others of their type.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from briefing.answers.written_numbers import read_number, shown_number
from briefing.keys.balance import HALF, Chances, balanced, chances
from briefing.keys.choices import same_answer
from briefing.keys.own_answers import Answers, OwnShare
from briefing.keys.results import ItemResult, Verdict

GUESSED = (0, 1, 100)
"""Numbers that people put down without counting."""

NOTHING_COUNTED = (
    "By your own labels these numbers are all alike, or all 0 or 100: they show nothing."
)

_SLACK = 1e-9  # what binary fractions may lose
_REMEMBERED = 20_000
_KEPT = 200  # code points of a given cell that a result repeats


@dataclass(frozen=True)
class CellKey:
    """The key of one asked cell that a machine marks.

    Attributes:
        row: the row's id.
        column: the column's id.
        type: of the column.
        right: what is accepted: option ids, numbers or short answers.
        near: option ids that earn half where that helps.
        within: how far a number may be off, in its own unit.
        own: where the number follows from the student's own answer, how.
        options: the ids offered, in order.
        unit: what may stand behind the number.
        why: the reason, one plain sentence, or "".
    """

    row: str
    column: str
    type: Literal["choice", "number", "text"]
    right: tuple[str | float, ...] = ()
    near: tuple[str, ...] = ()
    within: float = 0
    own: OwnShare | None = None
    options: tuple[str, ...] = ()
    unit: str = ""
    why: str = ""

    @property
    def target(self) -> str:
        """How feedback names the cell."""
        return f"{self.row}:{self.column}"

    @property
    def kind(self) -> Hashable:
        """The class it belongs to: cells with the same right answer weigh as one."""
        return frozenset(self.right), self.within

    def credit(self, value: Any) -> float:
        """Return what a value earns: 1, ½ for a near option, or 0."""
        if self.type == "number":
            number = read_number(value, self.unit)
            return float(number is not None and any(self._close(number, r) for r in self.right))
        if not isinstance(value, str):
            return 0.0
        if self.type == "text":
            return float(any(same_answer(value, str(accepted)) for accepted in self.right))
        return 1.0 if value in self.right else HALF if value in self.near else 0.0

    def _close(self, number: float, right: float | str) -> bool:
        return abs(number - float(right)) <= self.within + _SLACK


@dataclass(frozen=True)
class TableKey:
    """The key of a table: its machine-marked cells, row by row."""

    cells: tuple[CellKey, ...]

    @cached_property
    def pieces(self) -> tuple[tuple[int, ...], ...]:
        """Places in `cells` that are scored together."""
        columns: dict[str, list[int]] = {}
        for place, cell in enumerate(self.cells):
            columns.setdefault(cell.column, []).append(place)
        whole = [tuple(places) for places in columns.values() if len(places) > 1]
        alone: dict[str, list[int]] = {}
        for places in columns.values():
            if len(places) == 1:
                alone.setdefault(self.cells[places[0]].type, []).extend(places)
        return (*whole, *(tuple(places) for places in alone.values()))

    @cached_property
    def chances(self) -> Mapping[tuple[int, ...], tuple[Chances, list[Hashable]]]:
        """What the best pattern reaches, and the classes, of pieces that follow from no answer."""
        return {
            piece: _measured([self.cells[place] for place in piece])
            for piece in self.pieces
            if not any(self.cells[place].own for place in piece)
        }

    @cached_property
    def known(self) -> dict[tuple[int, type, Any], tuple[float, ItemResult]]:
        """What was said of a value in a cell: a class has few different ones."""
        return {}


@dataclass(frozen=True, slots=True)
class TableScore:
    """The score (0 to 1), how many cells are right, and what is said of each and of the whole."""

    score: float
    found: int
    items: tuple[ItemResult, ...]
    notes: tuple[str, ...]


def score_table(
    key: TableKey, rows: Mapping[str, Mapping[str, Any]], answers: Answers | None = None
) -> TableScore:
    """Score the cells in `rows` (row id → column id → value) against `key`.

    Args:
        key: what is right.
        rows: what the student entered; anything may stand there.
        answers: the file's other answers, for numbers that follow from them.
    """
    cells = [_settled(cell, answers) for cell in key.cells]
    given = [_entered(rows, cell) for cell in cells]
    said = [_said(key, place, cells[place], value) for place, value in enumerate(given)]
    credits = [credit for credit, _ in said]
    total, notes = 0.0, list[str]()
    for piece in key.pieces:
        if piece in key.chances:
            reached, kinds = key.chances[piece]
        else:
            reached, kinds = _measured([cells[place] for place in piece])
            if reached[0] >= 1:
                notes.append(NOTHING_COUNTED)
        part = _share_labelled([cells[place] for place in piece], answers, notes)
        total += part * len(piece) * balanced([credits[place] for place in piece], kinds, reached)
    items = tuple(item for _, item in said)
    found = sum(item.verdict is Verdict.RIGHT for item in items)
    notes += [
        f"{shown_value(cell.type, value)[:40]!r} is not one of the options ({cell.target})."
        for cell, value in zip(cells, given, strict=True)
        if cell.type == "choice" and value != "" and value not in cell.options
    ]
    return TableScore(total / len(cells) if cells else 0.0, found, items, tuple(notes))


def _share_labelled(cells: Sequence[CellKey], answers: Answers | None, notes: list[str]) -> float:
    """Return for what part of the sentences asked there somebody's own answer has labels, and note it.

    Two labels are quickly counted: with fewer of them, less was worked out.
    """
    own = next((cell.own for cell in cells if cell.own), None)
    if own is None:
        return 1.0
    labelled, asked = own.labelled(answers), len(own.words)
    if 0 < labelled < asked:
        notes.append(
            f"In {own.question} you labelled {labelled} of {asked} sentences. Your numbers earn that part "
            "of the points: label the others, and count again."
        )
    return labelled / asked


def _measured(cells: Sequence[CellKey]) -> tuple[Chances, list[Hashable]]:
    return piece_chances(cells), [cell.kind for cell in cells]


def _said(key: TableKey, place: int, cell: CellKey, value: Any) -> tuple[float, ItemResult]:
    short = len(value) <= _KEPT if isinstance(value, str) else isinstance(value, int | float)
    if cell.own or not short:
        credit = cell.credit(value)
        return credit, _item(cell, value, credit)
    name = (place, type(value), value)
    found = key.known.get(name)
    if found is None:
        credit = cell.credit(value)
        found = credit, _item(cell, value, credit)
        if len(key.known) < _REMEMBERED:
            key.known[name] = found
    return found


def piece_chances(cells: Sequence[CellKey]) -> Chances:
    """Return what the best answer without reading reaches in cells that are scored together."""
    if len(cells) < 2:
        return 0.0, 0.0
    kinds = [cell.kind for cell in cells]
    return chances(([c.credit(v) for c, v in zip(cells, p, strict=True)] for p in _patterns(cells)),
                   kinds)  # fmt: skip


def _patterns(cells: Sequence[CellKey]) -> Iterator[list[Any]]:
    """Yield answers that need no reading: one option, one place or one number throughout."""
    if cells[0].type == "choice":
        for option in dict.fromkeys(option for cell in cells for option in cell.options):
            yield [option] * len(cells)
        for place in range(max(len(cell.options) for cell in cells)):
            yield [cell.options[min(place, len(cell.options) - 1)] for cell in cells]
        return
    # A number that follows from somebody's own labels was worked out, even where two are alike; not
    # where labels were chosen so that one number is right in most cells.
    own = [(float(value), cell.within) for cell in cells if cell.own for value in cell.right]
    for value in sorted({value + more for value, within in own for more in (0, within)}):
        if 2 * sum(cell.credit(value) for cell in cells) > len(cells):
            yield [value] * len(cells)
    # What was never labelled so has 0 and what always was 100: neither is counted. Where that is most of
    # it, as for whoever labels one sentence only, it earns nothing.
    ends = [100.0 if cell.credit(100) else 0.0 for cell in cells]
    if own and 2 * sum(c.credit(v) for c, v in zip(cells, ends, strict=True)) > len(cells):
        yield ends
    values: list[Any] = [value for cell in cells if not cell.own for value in cell.right]
    if cells[0].type == "number":
        # Of numbers that fit several cells within their bounds, one lies at some upper bound.
        values += [
            float(value) + cell.within for cell in cells if not cell.own for value in cell.right
        ]
    for value in dict.fromkeys(values):
        if sum(cell.credit(value) for cell in cells) > 1:  # in a single cell it was read there
            yield [value] * len(cells)
    if cells[0].type == "number":
        for number in GUESSED:
            yield [number] * len(cells)


def _settled(cell: CellKey, answers: Answers | None) -> CellKey:
    """Return a cell with the number that follows from the student's own answer, if it does."""
    if cell.own is None:
        return cell
    share = cell.own.of(answers)
    return CellKey(
        cell.row, cell.column, cell.type, () if share is None else (share,), (), cell.within,
        cell.own, (), cell.unit, cell.why,
    )  # fmt: skip


def _entered(rows: Mapping[str, Any], cell: CellKey) -> Any:
    row = rows.get(cell.row)
    value = row.get(cell.column) if isinstance(row, Mapping) else None
    return "" if value is None or (isinstance(value, str) and not value.strip()) else value


def _item(cell: CellKey, value: Any, credit: float) -> ItemResult:
    label = shown_value(cell.type, value)
    if cell.own is not None and not cell.right:
        why = f"This number follows from your own answer to {cell.own.question}: answer that first."
        return ItemResult(cell.target, Verdict.NOTE, label=label, why=why)
    expected = shown_value(cell.type, _rounded(cell.right[0]) if cell.own else cell.right[0])
    if value == "":
        verdict = Verdict.MISSED
    else:
        verdict = Verdict.RIGHT if credit == 1 else Verdict.NEAR if credit else Verdict.WRONG
    return ItemResult(cell.target, verdict, label=label, expected=expected, why=cell.why)


def _rounded(share: float | str) -> float:
    return round(float(share), 1)


def shown_value(column: str, value: Any) -> str:
    """Return a cell's value as words: an option's id, a number as the course writes it, a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = read_number(value)
        if number is None:  # too large even to be written out
            return "a number that cannot be read"
        return shown_number(number) if column == "number" else str(value)
    text = str(value)
    return text if len(text) <= _KEPT else f"{text[: _KEPT - 1]}…"
