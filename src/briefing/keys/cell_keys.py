"""Keys of tables and cards, from the raw values of a key file; reads no files and scores nothing.

A key that nobody could answer, or that a thoughtless answer would meet, is refused here with one
sentence, instead of marking everybody wrongly by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from briefing.keys.asked_cells import Column
from briefing.keys.card_decisions import CardKey, CardsKey
from briefing.keys.definitions import DefinitionError, Question
from briefing.keys.own_answers import OwnShare
from briefing.keys.table_cells import CellKey, TableKey, piece_chances

Value = str | int | float
Raw = Mapping[str, Mapping[str, Any]]
Made = TypeVar("Made", bound=Struct)
MOST_GUESSED = 0.2
"""The share of a question that answers without reading may earn."""


class CellEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key file says about one cell of a table."""

    right: list[Value] | Value = []
    near: list[str] = []
    within: float = 0
    own: str = ""
    share: list[str] = []
    teacher: bool = False
    model: str = ""
    why: str = ""

    @property
    def accepted(self) -> tuple[Value, ...]:
        """The accepted values; a single one may stand alone."""
        return tuple(self.right) if isinstance(self.right, list) else (self.right,)


class CardEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key file says about one card."""

    decision: str
    gates: list[str] = []
    also: list[str] = []
    why: str = ""
    gate_why: str = ""


def table_entries(question: Question, raw: Raw) -> dict[tuple[str, str], CellEntry]:
    """Return the entries of a table's key by row and column.

    Raises:
        DefinitionError: an entry is wrong, or is about a cell that is not asked.
    """
    asked = {(row.id, column.id) for row, column in question.asked_cells}
    rows = {row.id for row in question.rows}
    columns = {column.id for column in question.columns}
    found = {}
    for row, cells in raw.items():
        for column, value in cells.items():
            if row not in rows:
                raise DefinitionError(f"it has row {row!r}, which the table does not have.")
            if column not in columns:
                raise DefinitionError(
                    f"it has a cell for column {column!r} in row {row}, and the table has no such "
                    f"column (it has {', '.join(sorted(columns))})."
                )
            if (row, column) not in asked:
                raise DefinitionError(
                    f"it has a cell {row}:{column}, which the table prints and does not ask."
                )
            found[row, column] = _converted(value, CellEntry, f"cell {row}:{column}")
    return found


def table_key(question: Question, raw: Raw, own: Callable[[str, list[str]], OwnShare]) -> TableKey:
    """Return the key of a table.

    Args:
        question: what is asked.
        raw: the key file's cells, by row and column.
        own: makes what follows from the answer to another question, from its id and labels.

    Raises:
        DefinitionError: a cell has no key, or its key cannot be met or is met without reading.
    """
    entries = table_entries(question, raw)
    taught = {column for _, column in entries}
    cells = []
    for row, column in question.asked_cells:
        entry = entries.get((row.id, column.id))
        if entry is None:
            # A column of words that no key speaks of is read by the teacher.
            if column.type == "text" and column.id not in taught:
                continue
            raise DefinitionError(
                f"cell {row.id}:{column.id} has no key; give it one, or print it with `given`."
            )
        if entry.teacher:
            if column.type != "text":
                raise DefinitionError(
                    f"cell {row.id}:{column.id} is left to the teacher, but is a {column.type}."
                )
            continue
        cells.append(_cell(f"cell {row.id}:{column.id}", row.id, column, entry, own))
    if not cells:
        raise DefinitionError('no cell is marked by machine; say marked = "teacher".')
    key = TableKey(tuple(cells))
    _refuse_guessing(key)
    return key


def sample_rows(question: Question, raw: Raw) -> dict[str, dict[str, Any]]:
    """Return a good answer to a table: what is right, or the `model` of cells a teacher reads.

    Raises:
        DefinitionError: an entry is wrong, or is about a cell that is not asked.
    """
    rows: dict[str, dict[str, Any]] = {}
    for (row, column), entry in table_entries(question, raw).items():
        value = entry.model or (entry.accepted[0] if entry.accepted else "")
        if value != "":
            rows.setdefault(row, {})[column] = value
    return rows


def _cell(
    where: str,
    row: str,
    column: Column,
    entry: CellEntry,
    own: Callable[[str, list[str]], OwnShare],
) -> CellKey:
    right, options = entry.accepted, tuple(option.id for option in column.options)
    if entry.own:
        if column.type != "number" or right:
            raise DefinitionError(f"{where} has `own`, which is for numbers without `right`.")
    elif not right:
        raise DefinitionError(f"{where} accepts nothing.")
    if column.type == "choice":
        _refuse_strange(where, (*right, *entry.near), options)
    elif entry.near:
        raise DefinitionError(f"{where} has `near`, which is for choices.")
    if column.type == "number" and not all(isinstance(value, int | float) for value in right):
        raise DefinitionError(f"{where} asks for a number and accepts {list(right)}.")
    if entry.within < 0 or (entry.within and column.type != "number"):
        raise DefinitionError(
            f"{where} has `within` = {entry.within}; it is for numbers, 0 or more."
        )
    return CellKey(
        row=row,
        column=column.id,
        type=column.type,
        right=right if column.type == "number" else tuple(map(str, right)),
        near=tuple(entry.near),
        within=entry.within,
        own=own(entry.own, entry.share) if entry.own else None,
        options=options,
        unit=column.unit,
        why=entry.why,
    )


def _refuse_strange(where: str, used: tuple[Value, ...], options: tuple[str, ...]) -> None:
    strange = next((value for value in used if value not in options), None)
    if strange is not None:
        raise DefinitionError(
            f"{where} takes {strange!r} as an answer, which its column does not offer (it offers "
            f"{', '.join(options)})."
        )


def _refuse_guessing(key: TableKey) -> None:
    guessed = 0
    for piece in key.pieces:
        cells = [key.cells[place] for place in piece]
        names = " and ".join(dict.fromkeys(cell.column for cell in cells))
        if len(cells) == 1:
            guessed += cells[0].type == "choice"
        elif piece in key.chances and piece_chances(cells)[1] >= 1:
            raise DefinitionError(
                f"the same answer is right in every cell of {names}, so that it pays without "
                "reading; ask about cells with at least two right answers."
            )
    if guessed > MOST_GUESSED * len(key.cells):
        raise DefinitionError(
            "a single choice among so few cells pays a guess; ask for two choices whose right "
            "answers differ, or for more cells."
        )


def cards_key(question: Question, raw: Raw) -> CardsKey:
    """Return the key of a set of cards.

    Raises:
        DefinitionError: a card has no key, or its key cannot be met or is met without reading.
    """
    decisions = {decision.id for decision in question.decisions}
    gates = {gate.id for gate in question.gates}
    stray = next((card for card in raw if card not in {c.id for c in question.cards}), None)
    if stray is not None:
        raise DefinitionError(f"it has card {stray!r}, which the question does not ask.")
    cards = []
    for asked in question.cards:
        if asked.id not in raw:
            raise DefinitionError(f"card {asked.id} has no key.")
        entry = _converted(raw[asked.id], CardEntry, f"card {asked.id}")
        for what, used, offered in (
            ("decision", (entry.decision, *entry.also), decisions),
            ("gate", tuple(entry.gates), gates),
        ):
            strange = next((one for one in used if one not in offered), None)
            if strange is not None:
                raise DefinitionError(
                    f"card {asked.id} has the {what} {strange!r}, which the question does not offer."
                )
        cards.append(
            CardKey(asked.id, entry.decision, tuple(entry.also), tuple(entry.gates), entry.why,
                    entry.gate_why)
        )  # fmt: skip
    key = CardsKey(tuple(cards))
    if key.decision_chances[1] >= 1:
        raise DefinitionError("the same decision is right for every card; ask about both kinds.")
    if key.gated and key.gate_chances[1] >= 1:
        raise DefinitionError("the same gate decides every card; ask about two gates at least.")
    return key


def _converted(value: Any, made: type[Made], where: str) -> Made:
    try:
        return msgspec.convert(value, made)
    except msgspec.ValidationError as problem:
        raise DefinitionError(f"{where} is wrong: {problem}.") from None
