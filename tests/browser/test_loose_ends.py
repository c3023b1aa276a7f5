"""What is left behind when something goes: a link half made, a view closed, a list drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bothsides import BothSides
from disk_in_memory import Disk
from test_annotator_hurry import marked, settle, spans
from test_other_keyboards import MARKS
from test_second_view import choice, twice
from test_table_cards import table

from briefing.widgets import Annotator, Label
from briefing.widgets.student import StudentCode

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def quick(page: Any) -> None:
    page.set_default_timeout(15_000)


def said(page: Any) -> str:
    return str(page.text_content(".bw-live[role=status]"))


def test_a_mark_that_goes_while_it_is_being_linked_is_linked_with_nothing(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans(marks=MARKS, sources=["source"]))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.keyboard.press("n")
    settle(page)
    page.get_by_role("button", name="Choose in the text").click()
    page.focus(".bw-text")
    page.keyboard.press("Delete")
    settle(page)
    page.locator(".bw-item-button").first.click()
    settle(page)
    assert "Linked" not in said(page)
    assert page.locator(".bw").get_attribute("data-linking") == "no"
    page.focus(".bw-text")
    page.keyboard.press("Control+z")
    assert "Undone: delete" in said(page)
    assert len(marked(page)) == 2


def test_the_static_view_stays_hidden_until_the_last_view_goes(page: Any) -> None:
    both = BothSides(page, "http://widget.test/")
    widget = choice(save=Disk())
    twice(both, widget)
    page.wait_for_timeout(60)
    static = page.locator(f"[id='{widget.static_id}']")
    page.evaluate("() => { models.w0.second = models.w0.stop; }")
    assert not static.is_visible()
    page.evaluate("() => models.w0.stop()")
    assert not static.is_visible()


def test_a_key_without_a_name_as_a_browser_s_autofill_sends_it_is_no_key(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans(marks=MARKS))
    page.focus(".bw-text")
    for where in (".bw-text", ".bw-finder input"):
        page.locator(where).evaluate(
            "node => node.dispatchEvent(new Event('keydown', { bubbles: true, cancelable: true }))"
        )
    assert len(marked(page)) == 2


def test_the_focus_stays_when_another_code_is_taken(page: Any) -> None:
    both = BothSides(page, "http://widget.test/")
    page.evaluate(
        """() => localStorage.setItem("briefing/ex02/q1/owl-1234", JSON.stringify({
            question: "ex02/q1", student: "owl-1234", by: "p0", when: "2026-11-22T19:40:00Z", saved: true,
            base: "x", sent: [], answer: { kind: "choice", chosen: ["b"] },
        }))"""
    )
    frame = both.put(StudentCode("fox-4821", save=lambda code: code))
    frame.get_by_role("button", name="Go on under owl-1234").focus()
    page.keyboard.press("Enter")
    frame.locator(".bq-now", has_text="owl-1234").wait_for()
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.closest('.bw') !== null")


@pytest.mark.parametrize("cell", ["Why, First", "Figure, First, in %"])
def test_a_paste_with_no_room_in_a_cell_is_told_and_leaves_the_caret(page: Any, cell: str) -> None:
    both = BothSides(page, "http://widget.test/")
    frame = both.put(table(save=Disk()))
    field = frame.get_by_label(cell)
    field.press_sequentially("2084")
    field.evaluate(
        """field => {
            field.setSelectionRange(1, 1);
            const data = new DataTransfer();
            data.setData("text/plain", "9".repeat(1_000_000));
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            if (field.dispatchEvent(paste)) document.execCommand("insertText", false, "9".repeat(1_000_000));
        }"""
    )
    assert field.input_value() == "2084"
    assert field.evaluate("field => field.selectionStart") == 1
    assert "Nothing was added" in frame.locator(".bq-below").all_text_contents().__str__()


def test_one_character_is_what_the_eye_takes_for_one(mount: Callable[..., Any]) -> None:
    text = "Cafe\u0301 \U0001f469\u200d\U0001f680 \U0001f1f8\U0001f1fe end"
    page = mount(Annotator(text, labels=[Label("source")], question="ex99/q1", title="Mark it"))
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Select whole words").uncheck()
    page.focus(".bw-text")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("1")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("1")
    found = page.evaluate("window.model.get('answer')")["marks"]
    words = [text[one["start"] : one["end"]] for one in found]
    assert words == ["e\u0301", "\U0001f469\u200d\U0001f680"]
