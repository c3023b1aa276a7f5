"""Answers of a file as the plain payloads that scoring takes; places marks, never scores them."""

from __future__ import annotations

from typing import Any

import msgspec

from briefing.answers.schema import (
    Answer,
    Cards,
    Choice,
    FreeText,
    Labels,
    Marks,
    Matrix,
    Table,
)
from briefing.answers.w3c import MarkNotPlaced, mark_from_w3c
from briefing.corpus import Article


def compact(answer: Answer, article: Article | None) -> dict[str, Any]:
    """Return one answer in compact form.

    Args:
        answer: the answer as it stands in the file.
        article: the article that the question is about; None where it is about none.

    Marks that cannot be placed are left out; the payload's `notes` say so, one sentence each.
    """
    match answer:
        case Labels():
            return {
                "kind": "labels",
                "article": answer.article,
                "sha256": answer.sha256,
                "labels": answer.labels,
            }
        case Marks():
            return _marks(answer, article)
        case FreeText():
            return {"kind": "text", "text": answer.text}
        case Choice():
            return {"kind": "choice", "chosen": answer.chosen}
        case Cards():
            return {"kind": "cards", "cards": msgspec.to_builtins(answer.cards)}
        case Table():
            return {"kind": "table", "rows": answer.rows}
        case Matrix():
            return {"kind": "matrix", "cells": msgspec.to_builtins(answer.cells)}


def _marks(answer: Marks, article: Article | None) -> dict[str, Any]:
    marks, notes = [], []
    if article is not None and answer.article == article.id:
        for annotation in answer.marks:
            try:
                mark = mark_from_w3c(annotation, article.text)
            except MarkNotPlaced as problem:
                notes.append(str(problem))
                continue
            marks.append(
                {
                    "id": mark.id,
                    "start": mark.start,
                    "end": mark.end,
                    "label": mark.label,
                    "note": mark.note,
                    "source": mark.source or "",
                }
            )
    return {
        "kind": "marks",
        "article": answer.article,
        "sha256": answer.sha256,
        "marks": marks,
        "notes": notes,
        "given": len(answer.marks),
    }
