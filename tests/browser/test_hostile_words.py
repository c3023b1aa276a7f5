"""Hostile words in every place of every widget, live and static: they stay words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bothsides import BothSides

from briefing.widgets import Annotator, Feedback, FeedbackItem, Label
from briefing.widgets.board import BoardQuestion, BoardRow, ProgressBoard
from briefing.widgets.cards import Box, Card, Cards, Offered
from briefing.widgets.choice import Choice
from briefing.widgets.explorer import Explorer, Lane, Place, Record, Reference
from briefing.widgets.handin import HandIn, HandInReceipt
from briefing.widgets.matrix import Matrix
from briefing.widgets.own_card import GateShown, OwnCard
from briefing.widgets.provenance import ProvenanceCard
from briefing.widgets.reader import Reader, ReaderLink, ReaderText
from briefing.widgets.student import StudentCode
from briefing.widgets.table import Column, Option, Row, Table
from briefing.widgets.text import Text

pytestmark = pytest.mark.browser

WORDS = {
    "hostile": (
        "<img src=x onerror=\"window.ran='image'\"></script></textarea></title>"
        "<script>window.ran='script'</script>\"' onfocus=window.ran=1 autofocus x='"
        "\u202egnp.exe\u2066 \u2067<b>bold</b>"
    ),
}


def annotator(words: str) -> Annotator:
    return Annotator(
        words + " and more",
        labels=[Label("a", words[:300], short=words[:300]), "b"],
        title=words[:300],
        marks=[
            {"id": words[:300], "start": 0, "end": 12, "label": "a", "note": words},
            {"id": "m2", "start": 5, "end": 20, "label": "b", "source": words[:300]},
        ],
        sources=["a"],
        other=[{"start": 0, "end": 12, "label": "b", "note": words}],
        other_name=words[:300],
        check=lambda _answer: Feedback(words),
    )


def sentences(words: str) -> Annotator:
    segment = {"id": "t.s01", "part": words[:40], "start": 0, "end": len(words)}
    return Annotator(
        words, labels=[Label("a", words[:300])], mode="sentences", field="voice", segments=[segment],
        answer={"labels": {"t.s01": {"voice": "a"}}}, title=words[:300],
    )  # fmt: skip


def choice(words: str) -> Choice:
    options = [{"id": "a", "text": words, "hint": words}, {"id": "b", "text": words}]
    made = Choice(
        [{"id": "g", "prompt": words, "quote": words, "options": options}],
        title=words, prompt=words, student=words, answer={"chosen": ["a"]},
        check=lambda _answer: Feedback(words),
    )  # fmt: skip
    made.feedback = Feedback(words, [FeedbackItem("a", "wrong", words, "b")]).as_dict(1, 1)
    return made


def table(words: str) -> Table:
    columns = [
        Column("k", words, "choice", (Option("a", words),), hint=words),
        Column("n", words, "number", unit=words),
        Column("t", words, "text", hint=words),
    ]
    answer = {"rows": {"r": {"k": "a", "n": words, "t": words}}}
    made = Table(columns, [Row("r", words, words)], prompt=words, title=words, answer=answer)
    made.feedback = Feedback(words, [FeedbackItem("r:k", "wrong", words, words)]).as_dict(1, 1)
    return made


def cards(words: str) -> Cards:
    offered = [Offered("a", words, words), Offered("b", words)]
    made = Cards(
        [Card("c", words, words, (Box(words, words),))], offered, offered, prompt=words,
        title=words, answer={"cards": {"c": {"decision": "a", "gate": "b", "reason": words}}},
    )  # fmt: skip
    made.feedback = Feedback(words, [FeedbackItem("c", "wrong", words, words)]).as_dict(1, 1)
    return made


def matrix(words: str) -> Matrix:
    name = words[:30].replace("/", "|")
    return Matrix(
        [{"id": name, "text": words, "title": words[:300], "lang": words[:300]}],
        [{"id": "f", "name": words[:300], "hint": words[:300]}],
        prompt=words,
        title=words[:300],
        answer={"cells": {f"{name}/f": {"present": True, "spans": [[0, 12]]}}},
        check=lambda _answer: Feedback(words),
    )


def reader(words: str) -> Reader:
    text = ReaderText(words[:300], words, words[:300])
    return Reader(text, text, [ReaderLink((0, 9), (2, 12), words[:300])], title=words[:300])


def explorer(words: str) -> Explorer:
    lane = Lane("l", words, words)
    record = Record(*[words] * 11, {"r": Place("l", words)})
    return Explorer(
        [record], [Reference("r", words, words)], lanes=[lane], groups={words: words},
        reference="r", about=words, title=words[:300],
    )  # fmt: skip


def own_card(words: str) -> OwnCard:
    columns = [Column("k", words, "choice", (Option("a", words),)), Column("t", words, hint=words)]
    gates = [GateShown(words, words, "fails", words)]
    answer = {"rows": {"r": {"k": "a", "t": words}}}
    return OwnCard(
        columns, Row("r", words, words), lambda _cells: gates, prompt=words, answer=answer
    )


def board(words: str) -> ProgressBoard:
    words = words[:100_000]
    row = BoardRow(words, words, words, words, (BoardQuestion("q", words, "empty", words),))
    return ProgressBoard(lambda: [row], title=words)


def hand_in(words: str) -> HandIn:
    receipt = HandInReceipt(1, "2026-11-22T19:40:00Z", (words,), 5)
    return HandIn(
        lambda: ("x.json", b"{}", receipt), lambda _data: words, place=words, student=words
    )


WIDGETS: dict[str, Callable[[str], Any]] = {
    "annotator": annotator,
    "sentences": sentences,
    "choice": choice,
    "text": lambda words: Text(words, title=words, quote=words),
    "table": table,
    "cards": cards,
    "matrix": matrix,
    "reader": reader,
    "explorer": explorer,
    "own card": own_card,
    "board": board,
    "hand-in": hand_in,
    "student": lambda words: StudentCode(words[:300], propose=lambda: "owl-1234"),
}

# Of our own making there are buttons, fields and lists; the words bring none of these.
FOREIGN = "img, script, iframe, [onerror], [onclick], [onfocus], [autofocus]"


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("name", WIDGETS)
def test_they_stay_words(page: Any, name: str, kind: str) -> None:
    words = WORDS[kind]
    widget = WIDGETS[name](words)
    static = widget.static_html()
    assert "<img" not in static
    assert "<script" not in static
    assert "\u202e" not in static
    page.set_default_timeout(20_000)
    both = BothSides(page, "http://widget.test/")
    frame = both.put(widget)
    page.wait_for_timeout(50)
    # Each control is used once: what it opens is made of the same words.
    for control in frame.locator(".bw-item-button, .bm-cell, .br-link, summary").all()[:6]:
        if control.is_visible():
            control.evaluate("node => node.click()")
    if name == "hand-in":
        with page.expect_download():
            frame.get_by_role("button", name="Download my answers").click()
        frame.locator(".bq-receipt").wait_for()
    page.wait_for_timeout(50)
    assert page.locator(f"main :is({FOREIGN})").count() == 0
    assert page.evaluate("window.ran") is None
    if name not in ("hand-in", "student", "board"):
        shown = str(frame.text_content())
        assert words.strip()[:12].strip("\u202e\u2066") in shown


@pytest.mark.parametrize("kind", WORDS)
def test_they_stay_words_on_a_provenance_card(page: Any, kind: str) -> None:
    page.set_content(f"<main>{ProvenanceCard(*[WORDS[kind]] * 10).static_html()}</main>")
    assert page.locator(f"main :is({FOREIGN})").count() == 0
    assert page.evaluate("window.ran") is None
