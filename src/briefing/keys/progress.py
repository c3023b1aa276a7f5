"""How far an answer has got: counts what is done of what is asked; knows nothing of right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.corpus import any_article
from briefing.keys import matrix_words
from briefing.keys.definitions import Question
from briefing.keys.keyfiles import asked_sentences


def unfinished(question: Question, payload: Mapping[str, Any] | None) -> str:
    """Say how much of an answer is done, as in "2 of 6 sentences"; empty where all of it is.

    An answer in which nothing of what is asked is done says so: reasons without a decision, or marks in
    other sentences, are "0 of 6". Whether it holds anything at all is `is_empty`'s to say.

    Only questions that ask about certain sentences, cells or cards can be counted; a sentence in
    which something is marked counts as done.

    Args:
        question: what was asked.
        payload: the answer in compact form, or None.
    """
    if payload is not None and question.kind == "matrix":
        return matrix_words.unfinished(question, payload.get("cells", {}))
    if payload is None or question.kind not in ("labels", "marks", "table", "cards"):
        return ""
    if question.kind in ("table", "cards"):
        return _entered(question, payload)
    article = any_article(question.article)
    asked = asked_sentences(question, article)
    if question.kind == "labels":
        asked = asked or tuple(s.id for s in article.sentences)
        labels = payload.get("labels", {})
        done = sum(any(labels.get(name, {}).values()) for name in asked)
    else:
        marks = payload.get("marks", [])
        spans = [article.segment(name).span for name in asked]
        done = sum(any(m["start"] < s.end and s.start < m["end"] for m in marks) for s in spans)
    return f"{done} of {len(asked)} sentences" if done < len(asked) else ""


def _entered(question: Question, payload: Mapping[str, Any]) -> str:
    if question.kind == "cards":
        cards = payload.get("cards", {})
        asked = len(question.cards)
        done = sum(_filled(cards.get(card.id, {}).get("decision")) for card in question.cards)
        return f"{done} of {asked} cards" if done < asked else ""
    rows = payload.get("rows", {})
    cells = [rows.get(row.id, {}).get(column.id) for row, column in question.asked_cells]
    done = sum(map(_filled, cells))
    return f"{done} of {len(cells)} cells" if done < len(cells) else ""


def _filled(value: object) -> bool:
    return value is not None and bool(str(value).strip())
