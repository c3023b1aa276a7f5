"""Keyboards that write other letters, keys that are held down, and where the focus goes when a notice goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bothsides import BothSides
from disk_in_memory import Disk
from test_annotator_hurry import labels, marked, sentences, settle, spans
from test_second_view import choice

pytestmark = pytest.mark.browser

MARKS = [
    {"id": "m1", "start": 0, "end": 9, "label": "source", "note": ""},
    {"id": "m2", "start": 21, "end": 25, "label": "cue", "note": ""},
]


@pytest.fixture(autouse=True)
def quick(page: Any) -> None:
    page.set_default_timeout(15_000)


def key(page: Any, key: str, code: str, **more: Any) -> None:
    """A key as a browser tells it with another layout."""
    page.evaluate(
        """what => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { ...what, bubbles: true, cancelable: true })
        )""",
        {"key": key, "code": code, **more},
    )
    settle(page)


@pytest.mark.parametrize(("z", "y"), [("я", "н"), ("ئ", "غ"), ("ז", "ט")])
def test_undo_and_redo_with_a_keyboard_of_other_letters(
    mount: Callable[..., Any], z: str, y: str
) -> None:
    page = mount(spans(marks=MARKS))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.keyboard.press("Delete")
    assert len(marked(page)) == 1
    key(page, z, "KeyZ", ctrlKey=True)
    assert len(marked(page)) == 2
    key(page, y, "KeyY", ctrlKey=True)
    assert len(marked(page)) == 1


def test_walking_and_labelling_with_a_keyboard_of_other_letters(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    page.focus(".bw-text")
    page.keyboard.press("Home")
    key(page, "т", "KeyN")  # n with a Russian layout
    key(page, "é", "Digit2")  # 2 with a French one
    key(page, "\u06f1", "Digit1")  # 1 with a Persian one
    assert labels(page) == {"s02": "outlet", "s03": "attributed"}
    key(page, "!", "Digit1", shiftKey=True)
    assert labels(page) == {"s02": "outlet", "s03": "attributed"}


def test_letters_of_a_latin_layout_are_what_they_say(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=MARKS))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.keyboard.press("Delete")
    key(page, "w", "KeyZ", ctrlKey=True)  # a French keyboard has W where others have Z
    assert len(marked(page)) == 1
    key(page, "z", "KeyW", ctrlKey=True)
    assert len(marked(page)) == 2


def test_an_enter_that_is_held_down_presses_nothing_where_it_leads(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans(marks=MARKS))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.keyboard.press("n")
    settle(page)
    for _ in range(4):
        page.keyboard.down("Enter")
        settle(page)
    page.keyboard.up("Enter")
    assert [label for label, _ in marked(page)] == ["source", "cue"]
    page.keyboard.press("Enter")
    assert [label for label, _ in marked(page)] == ["source", "source"]


def focus_is_inside(page: Any) -> bool:
    return bool(page.evaluate("document.activeElement.closest('.bw') !== null"))


def test_the_focus_stays_in_the_widget_when_a_notice_goes(page: Any) -> None:
    both = BothSides(page, "http://widget.test/")
    frame = both.put(choice(save=Disk()))
    both.cut()
    frame.get_by_label("Alpha").check()
    frame.get_by_role("button", name="Try again").focus(timeout=15_000)
    both.silent = False
    page.keyboard.press("Enter")
    frame.get_by_text("Saved at").first.wait_for()
    assert not frame.get_by_role("button", name="Try again").is_visible()
    assert focus_is_inside(page)


@pytest.mark.parametrize("press", ["Use it", "Keep what is here", "Forget it on this computer"])
def test_the_focus_stays_in_the_widget_when_an_offer_was_answered(page: Any, press: str) -> None:
    both = BothSides(page, "http://widget.test/")
    page.evaluate(
        """() => localStorage.setItem("briefing/ex99/q1/fox", JSON.stringify({
            question: "ex99/q1", student: "fox", by: "p0", when: "2026-11-22T19:40:00Z", saved: false,
            base: "elsewhere", sent: [], answer: { kind: "choice", chosen: ["b"] },
        }))"""
    )
    answer = {"chosen": ["a"]}
    frame = both.put(choice(question="ex99/q1", student="fox", save=Disk(), answer=answer))
    frame.get_by_role("button", name=press).focus()
    page.keyboard.press("Enter")
    assert not frame.get_by_role("button", name=press).is_visible()
    assert focus_is_inside(page)


def test_the_focus_stays_in_the_widget_when_a_remark_was_read(page: Any) -> None:
    both = BothSides(page, "http://widget.test/")
    frame = both.put(choice(question="ex99/q1", save=Disk()))
    page.evaluate(
        """() => document.dispatchEvent(
            new CustomEvent("briefing-changed", { detail: { exercise: "ex99", text: "Look." } })
        )"""
    )
    frame.get_by_role("button", name="All right").focus()
    page.keyboard.press("Enter")
    assert not frame.get_by_role("button", name="All right").is_visible()
    assert focus_is_inside(page)
