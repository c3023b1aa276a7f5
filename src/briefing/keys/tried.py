"""What a check may give away: reasons where the student has tried, nothing elsewhere.

One label must not buy the whole key. So a sentence without a label, and a sentence in which nothing
is marked, are only counted. The teacher's pages, which come after hand-in, show everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from briefing.corpus import any_article
from briefing.keys import matrix_words
from briefing.keys.definitions import Question
from briefing.keys.marks import MarksKey
from briefing.keys.results import ItemResult, Verdict

CELLS = {"table": ("cell", "cells"), "cards": ("decision or gate", "decisions or gates")}
Stretch = tuple[int, int]


def untried(
    definition: Question, machine: object, payload: Mapping[str, Any], items: Iterable[ItemResult]
) -> tuple[frozenset[int], tuple[Stretch, ...], int]:
    """Return what to keep back: places in `items`, stretches of the text, and how many sentences.

    Args:
        definition: what was asked.
        machine: the question's key; only a `MarksKey` is looked into.
        payload: the answer in compact form.
        items: what scoring said about each sentence or mark, in its order.
    """
    if definition.kind in ("labels", "table", "cards", "matrix"):
        back = frozenset(n for n, item in enumerate(items) if item.verdict is Verdict.MISSED)
        return back, (), len(back)
    if definition.kind != "marks" or not isinstance(machine, MarksKey):
        return frozenset(), (), 0
    marks = [(mark["start"], mark["end"]) for mark in payload.get("marks", [])]
    wanted = [(span.start, span.end) for span in machine.spans]
    empty = tuple(
        sentence
        for sentence in machine.asked or _sentences(definition.article)
        if any(_touch(sentence, span) for span in wanted)
        and not any(_touch(sentence, mark) for mark in marks)
    )
    back = frozenset(
        n
        for n, item in enumerate(items)
        if item.verdict is Verdict.MISSED
        and item.start is not None
        and any(_touch((item.start, item.end or item.start + 1), one) for one in empty)
    )
    return back, empty, len(empty)


def kept_back(kind: str, count: int) -> str:
    """Say how much has not been tried yet; empty where everything has."""
    if not count:
        return ""
    if kind == "matrix":
        return matrix_words.kept_back(count)
    if kind in CELLS:
        one, many = CELLS[kind]
        empty = f"1 {one} is" if count == 1 else f"{count} {many} are"
        return f"{empty} still empty; reasons come where you have tried."
    sentences = "1 sentence has" if count == 1 else f"{count} sentences have"
    what = "label" if kind == "labels" else "mark"
    return f"{sentences} no {what} yet; reasons come where you have tried."


def within(stretch: Stretch, stretches: Iterable[Stretch]) -> bool:
    """Whether `stretch` touches any of `stretches`."""
    return any(_touch(stretch, other) for other in stretches)


def _sentences(article: str) -> list[Stretch]:
    return [(s.span.start, s.span.end) for s in any_article(article).sentences]


def _touch(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]
