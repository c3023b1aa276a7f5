"""Widgets for notebooks: mark a text, choose, write, hand in. They know nothing of the course."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Annotator": "briefing.widgets.annotator",
    "Comparison": "briefing.widgets.comparison",
    "Theirs": "briefing.widgets.comparison",
    "Explorer": "briefing.widgets.explorer",
    "Lane": "briefing.widgets.explorer",
    "GateShown": "briefing.widgets.own_card",
    "OwnCard": "briefing.widgets.own_card",
    "Place": "briefing.widgets.explorer",
    "Record": "briefing.widgets.explorer",
    "Reference": "briefing.widgets.explorer",
    "Label": "briefing.widgets.labels",
    "Feedback": "briefing.widgets.feedback",
    "FeedbackItem": "briefing.widgets.feedback",
    "Function": "briefing.widgets.matrix",
    "MarkingDesk": "briefing.widgets.marking_desk",
    "Matrix": "briefing.widgets.matrix",
    "MatrixText": "briefing.widgets.matrix",
    "ProgressBoard": "briefing.widgets.board",
    "ProvenanceCard": "briefing.widgets.provenance",
    "Reader": "briefing.widgets.reader",
    "ReaderLink": "briefing.widgets.reader",
    "ReaderText": "briefing.widgets.reader",
    "QuestionWidget": "briefing.widgets.question",
    "Choice": "briefing.widgets.choice",
    "Group": "briefing.widgets.choice",
    "Option": "briefing.widgets.choice",
    "Box": "briefing.widgets.cards",
    "Card": "briefing.widgets.cards",
    "Cards": "briefing.widgets.cards",
    "Offered": "briefing.widgets.cards",
    "Column": "briefing.widgets.table",
    "Row": "briefing.widgets.table",
    "Table": "briefing.widgets.table",
    "HandIn": "briefing.widgets.handin",
    "HandInReceipt": "briefing.widgets.handin",
    "Reveal": "briefing.widgets.reveal",
    "RevealText": "briefing.widgets.reveal",
    "StudentCode": "briefing.widgets.student",
    "Text": "briefing.widgets.text",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Import a public name from its home module on first use."""
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'briefing.widgets' has no attribute {name!r}")
