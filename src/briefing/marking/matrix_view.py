"""A matrix as a feedback page shows it: cell by cell what was said, by whom and where; marks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from briefing.corpus import plain
from briefing.keys import ItemResult, Question, Verdict
from briefing.keys.feedback import item_sentence
from briefing.keys.matrix import MatrixKey

MOST = 20
"""Stretches of a cell that are printed; a file could hold two hundred."""


class CellView(Struct, frozen=True):
    """One cell: its name, the verdict, both answers, the words of both, and the reason."""

    name: str
    verdict: str
    word: str
    sign: str
    given: str
    expected: str
    own: tuple[str, ...]
    key: tuple[str, ...]
    text: str


def cell_views(
    question: Question,
    key: MatrixKey,
    items: Sequence[ItemResult],
    given: Mapping[str, Any],
    words: Mapping[Verdict, str],
    signs: Mapping[Verdict, str],
) -> tuple[CellView, ...]:
    """Return what the page shows of each cell, in the order of the key.

    Args:
        question: what was asked.
        key: what is right.
        items: what scoring said about each cell.
        given: the student's cells in compact form.
        words: what each verdict is called.
        signs: the sign of each verdict.
    """
    names = {function.id: function.name for function in question.functions}
    cells = {cell.id: cell for cell in key.cells}
    views = []
    for item in items:
        cell = cells[item.target]
        text = key.index[cell.article].text
        spans = (given.get(cell.id) or {}).get("spans", ())
        views.append(
            CellView(
                name=f"{cell.article} · {names[cell.function]}",
                verdict=str(item.verdict),
                word="not decided" if item.verdict is Verdict.MISSED else words[item.verdict],
                sign=signs[item.verdict],
                given=item.label or "not decided",
                expected=item.expected,
                own=_quotes(text, spans),
                key=_quotes(text, cell.spans),
                text=item_sentence(item, question),
            )
        )
    return tuple(views)


def _quotes(text: str, spans: Iterable[Any]) -> tuple[str, ...]:
    """The words of the first spans, in order; long ones are cut in the middle."""
    quotes = [plain(text[start:end]) for start, end in sorted(map(tuple, spans))[:MOST]]
    return tuple(q if len(q) <= 260 else f"{q[:160]} … {q[-90:]}" for q in quotes if q)
