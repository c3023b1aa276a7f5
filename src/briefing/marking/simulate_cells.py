"""Made-up answers to tables and cards for a made-up class; nobody real is in it."""

from __future__ import annotations

import random
from typing import Any

from briefing.answers.written_numbers import shown_number
from briefing.keys import Question
from briefing.keys.card_decisions import CardsKey
from briefing.keys.own_answers import Answers
from briefing.keys.table_cells import CellKey, TableKey

WORDS = ("It says so in the text.", "i dont know", "Somebody counted, but nobody says who.")


def made_up_table(
    question: Question,
    key: TableKey | None,
    answers: Answers,
    knows: float,
    skips: float,
    rng: random.Random,
) -> dict[str, Any]:
    """Return a table as a student may fill it in.

    Args:
        question: what is asked.
        key: what is right; None where a teacher marks.
        answers: the student's other answers.
        knows: the chance that a cell is right, 0 to 1.
        skips: the chance that it is left empty.
        rng: where chance comes from.
    """
    cells = {(cell.row, cell.column): cell for cell in key.cells} if key else {}
    rows: dict[str, dict[str, Any]] = {}
    for row, column in question.asked_cells:
        if rng.random() < skips / 2:
            continue
        cell = cells.get((row.id, column.id))
        if cell is not None:
            value = _cell(cell, answers, rng.random() < knows, rng)
        elif column.options:
            value = rng.choice(column.options).id
        else:
            value = rng.choice(WORDS)
        rows.setdefault(row.id, {})[column.id] = value
    return {"kind": "table", "attempts": 0, "rows": rows}


def _cell(cell: CellKey, answers: Answers, knows: bool, rng: random.Random) -> str | float:
    right: list[str | float] = list(cell.right)
    if cell.own:
        share = cell.own.of(answers)
        right = [] if share is None else [round(share)]
    if knows and right:
        return rng.choice(right)
    if cell.type == "choice":
        return rng.choice(cell.options)
    if cell.type == "number":
        near = float(right[0]) if right else 50.0
        wrong = near + rng.choice((-10, -2, 3, 7, 100))
        # Some write a number as words around it, which no machine reads.
        return wrong if rng.random() < 0.8 else f"about {shown_number(wrong)}"
    return rng.choice(WORDS)


def made_up_cards(
    question: Question, key: CardsKey | None, knows: float, skips: float, rng: random.Random
) -> dict[str, Any]:
    """Return decisions on cards as a student may take them; see `made_up_table`."""
    known = {card.card: card for card in key.cards} if key else {}
    decisions = [decision.id for decision in question.decisions]
    gates = [gate.id for gate in question.gates]
    cards = {}
    for asked in question.cards:
        if rng.random() < skips / 2:
            continue
        card = known.get(asked.id)
        right = card is not None and rng.random() < knows
        decision = card.decision if card and right else rng.choice(decisions)
        gate = rng.choice(gates) if gates else ""
        if card and card.gates and right and rng.random() < knows:
            gate = card.gates[0]
        reason = rng.choice(WORDS) if rng.random() < 0.4 else ""
        cards[asked.id] = {"decision": decision, "gate": gate, "reason": reason}
    return {"kind": "cards", "attempts": 0, "cards": cards}
