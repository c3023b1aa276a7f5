"""What a feedback page, and a table of open answers, show of tables and cards, as plain values.

Everything a student wrote stays plain text here and is escaped where it is put into the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from briefing.errors import BriefingError
from briefing.keys import Question, QuestionKey, QuestionResult, Verdict
from briefing.keys.asked_cells import CardAsked, Column, Row
from briefing.keys.asked_words import passage
from briefing.keys.cell_feedback import named, value_words
from briefing.keys.own_card import WIDGET, gates_of
from briefing.keys.results import ItemResult

WORDS = {
    Verdict.RIGHT: "right",
    Verdict.NEAR: "close",
    Verdict.WRONG: "not right",
    Verdict.MISSED: "empty",
}
SIGNS = {Verdict.RIGHT: "✓", Verdict.NEAR: "≈", Verdict.WRONG: "✗", Verdict.MISSED: "○"}
SHOWN_CELL = 2_000
"""Code points of a cell that are shown on a page; the file has the rest."""

GATE_LATER = "A gate counts only with the right decision: look at the decision first."
ASKED = {"decision": "Decision", "gate": "Deciding gate", "reason": "Reason"}


class ToldCell(Struct, frozen=True):
    """One cell, decision or gate: what was given, what is right, and why.

    `verdict` is empty where nothing is marked; `printed` says that the table gave the cell itself.
    """

    given: str
    verdict: str = ""
    word: str = ""
    sign: str = ""
    expected: str = ""
    why: str = ""
    printed: bool = False


class RowView(Struct, frozen=True):
    """One row: what it is about, and its cells in the order of the columns."""

    name: str
    quote: str
    cells: tuple[ToldCell, ...]


class TableView(Struct, frozen=True):
    """A table as a page shows it; an own card as labelled boxes with its gates below."""

    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    as_card: bool = False
    gates: tuple[str, ...] = ()


class CardView(Struct, frozen=True):
    """A card as a page shows it: title, words, boxes, what was decided, and the reason given."""

    title: str
    quote: str
    boxes: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, ToldCell], ...]
    reason: str


def table_view(
    question: Question, key: QuestionKey, result: QuestionResult, payload: Mapping[str, Any] | None
) -> TableView:
    """Return a table with what a student entered and what is said of it."""
    entered = (payload or {}).get("rows", {})
    said = {item.target: item for item in result.items}
    rows = []
    for row in question.rows:
        cells = []
        for column in question.columns:
            if column.id in row.given:
                cells.append(ToldCell(value_words(column, row.given[column.id]), printed=True))
                continue
            value = entered.get(row.id, {}).get(column.id)
            given = _given(column, value)
            item = said.get(f"{row.id}:{column.id}")
            if item is None:
                model = _given(column, key.sample.get(row.id, {}).get(column.id))
                cells.append(ToldCell(given, expected=model))
            else:
                cells.append(_told(item, given, question))
        rows.append(RowView(row.name, _quote(question, row), tuple(cells)))
    return TableView(
        tuple(column.name for column in question.columns),
        tuple(rows),
        as_card=question.widget == WIDGET,
        gates=tuple(gate.told for gate in gates_of(question, payload)),
    )


def card_views(
    question: Question, result: QuestionResult, payload: Mapping[str, Any] | None
) -> tuple[CardView, ...]:
    """Return the cards with what a student decided and what is said of it."""
    entered = (payload or {}).get("cards", {})
    said = {item.target: item for item in result.items}
    views = []
    for card in question.cards:
        own = entered.get(card.id, {})
        parts = []
        for part, offered in (("decision", question.decisions), ("gate", question.gates)):
            names = {one.id: one.name for one in offered}
            given = _shortened(names.get(own.get(part, ""), own.get(part, "")))
            item = said.get(card.id if part == "decision" else f"{card.id}:{part}")
            if item is not None:
                parts.append((ASKED[part], _told(item, given, question)))
            elif given or (part == "decision"):
                # With another decision another gate decides, so nothing is said of this one.
                decided = said.get(card.id) if part == "gate" else None
                later = decided is not None and decided.verdict is not Verdict.RIGHT
                parts.append((ASKED[part], ToldCell(given, why=GATE_LATER if later else "")))
        boxes = tuple((box.name, box.text) for box in card.boxes)
        reason = _shortened(own.get("reason", ""))
        views.append(
            CardView(card.title or card.id, _quote(question, card), boxes, tuple(parts), reason)
        )
    return tuple(views)


def answer_words(question: Question, payload: Mapping[str, Any] | None) -> str:
    """Return an answer as plain words for the table of open answers, a line a row or card."""
    payload = payload or {}
    if question.kind == "table":
        lines = []
        for row in question.rows:
            own = payload.get("rows", {}).get(row.id, {})
            cells = [
                f"{column.name}: {value_words(column, own[column.id])}"
                for column in question.columns
                if str(own.get(column.id, "") or "").strip()
            ]
            if cells:
                lines.append(
                    f"{row.name or _quote(question, row)[:80] or row.id}: {'; '.join(cells)}"
                )
        return "\n".join(lines)
    if question.kind == "cards":
        lines = []
        for card in question.cards:
            own = payload.get("cards", {}).get(card.id, {})
            cells = [f"{ASKED[part]}: {own[part]}" for part in ASKED if own.get(part, "").strip()]
            if cells:
                lines.append(f"{card.title or card.id}: {'; '.join(cells)}")
        return "\n".join(lines)
    return str(payload.get("text", ""))


def _told(item: ItemResult, given: str, question: Question) -> ToldCell:
    expected = "" if item.verdict is Verdict.RIGHT else named(item, question)[1]
    return ToldCell(
        given,
        str(item.verdict),
        WORDS.get(item.verdict, ""),
        SIGNS.get(item.verdict, ""),
        expected,
        item.why,
    )


def _given(column: Column, value: Any) -> str:
    """What was entered, or a model: as the column shows values, a text as far as a page shows it."""
    if column.type == "text" and value is not None:
        return _shortened(str(value))
    return value_words(column, value)


def _shortened(text: str) -> str:
    if len(text) <= SHOWN_CELL:
        return text
    return f"{text[:SHOWN_CELL]}… ({len(text):,} characters in all)"


def _quote(question: Question, thing: Row | CardAsked) -> str:
    try:
        return passage(question, thing)[1]
    except BriefingError:
        return ""
