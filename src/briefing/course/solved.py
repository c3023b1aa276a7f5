"""The answer that a key stands for, in compact form, as solution notebooks show it; scores nothing."""

from __future__ import annotations

from typing import Any

from briefing.keys import Question, QuestionKey
from briefing.keys.choices import ChoiceKey, ShortKey, option_name
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import KeySpan, MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.matrix_words import model_cells


def model_answer(question: Question, key: QuestionKey) -> dict[str, Any]:
    """Return the answer that earns full marks: the strict reading, the first accepted choice."""
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
            chosen = [
                option_name(choice.groups, group, option)
                for group, option in choice.accepted[0].items()
            ]
            return {"kind": "choice", "chosen": chosen}
        case ShortKey() as short:
            return {"kind": "text", "text": short.accepted[0]}
        case _:
            return {"kind": "text", "text": key.model}


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
