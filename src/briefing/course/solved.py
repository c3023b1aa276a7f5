"""The answer that a key stands for, in compact form, as solution notebooks show it; scores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.keys import Exercise, Question, QuestionKey
from briefing.keys.card_decisions import CardsKey
from briefing.keys.choices import ChoiceKey, ShortKey
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import KeySpan, MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.matrix_words import model_cells
from briefing.keys.own_answers import Answers
from briefing.keys.table_cells import TableKey


def model_answers(asked: Exercise, keys: Mapping[str, QuestionKey]) -> dict[str, dict[str, Any]]:
    """Return a model answer to every question of an exercise, by question id."""
    found: dict[str, dict[str, Any]] = {}
    for question in asked.question:
        found[question.id] = model_answer(question, keys[question.id], found)
    return found


def model_answer(
    question: Question, key: QuestionKey, others: Answers | None = None
) -> dict[str, Any]:
    """Return the answer that earns full marks: the strict reading, the first accepted choice.

    Args:
        question: what is asked.
        key: what is right.
        others: the model answers to the questions before it.
    """
    match key.machine:
        case LabelsKey() as labels:
            return {
                "kind": "labels",
                "article": question.article,
                "attempts": 0,
                "labels": {s.sentence: {question.field: s.label} for s in labels.sentences},
            }
        case MarksKey() as marks:
            return {
                "kind": "marks",
                "article": question.article,
                "attempts": 0,
                "marks": _marks(question, marks),
            }
        case MatrixKey() as matrix:
            return {"kind": "matrix", "cells": model_cells(matrix), "attempts": 0}
        case ChoiceKey() as choice:
            return {"kind": "choice", "chosen": choice.names(choice.accepted[0])}
        case ShortKey() as short:
            return {"kind": "text", "text": short.accepted[0]}
        case TableKey() as table:
            return {"kind": "table", "rows": _rows(table, key.sample, others), "attempts": 0}
        case CardsKey() as cards:
            decided = {
                card.card: {
                    "decision": card.decision,
                    "gate": card.gates[0] if card.gates else "",
                    "reason": "",
                }
                for card in cards.cards
            }
            return {"kind": "cards", "cards": decided, "attempts": 0}
        case _ if question.kind == "table":
            return {"kind": "table", "rows": _rows(TableKey(()), key.sample, None), "attempts": 0}
        case _:
            return {"kind": "text", "text": key.model}


def _rows(
    key: TableKey, sample: Mapping[str, Mapping[str, Any]], others: Answers | None
) -> dict[str, dict[str, Any]]:
    rows = {row: dict(cells) for row, cells in sample.items()}
    for cell in key.cells:
        share = cell.own.of(others) if cell.own else None
        if share is not None:
            rows.setdefault(cell.row, {})[cell.column] = round(share, 1)
    return rows


def _marks(question: Question, key: MarksKey) -> list[dict[str, Any]]:
    required = [span for span in key.ordered if span.status is SpanStatus.REQUIRED]
    return [
        {
            "id": span.id,
            "start": span.start,
            "end": span.end,
            "label": span.label,
            "note": "",
            **({"source": source} if (source := _source(question, span, required)) else {}),
        }
        for span in required
    ]


def _source(question: Question, span: KeySpan, required: list[KeySpan]) -> str:
    """The id of the span that says who is credited, for a says-word in a linked question."""
    if not question.linked or span.label != "cue":
        return ""
    return next(
        (
            other.id
            for other in required
            if other.label == "source"
            and other.sentence == span.sentence
            and (other.who == span.who or not other.who or not span.who)
        ),
        "",
    )
