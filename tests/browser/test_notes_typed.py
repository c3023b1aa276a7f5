"""A note is being typed: what comes from elsewhere meanwhile takes no letter and no caret from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_annotator_hurry import TOLD, sentences, settle, spans

from briefing.widgets import Feedback

pytestmark = pytest.mark.browser

MARK = {"id": "m1", "start": 0, "end": 9, "label": "source", "note": "known"}
VERDICT = {
    "summary": "Nearly.",
    "items": [{"target": "m1", "verdict": "near", "label": "", "text": "Who are they?"}],
    "key": [],
}


@pytest.fixture(autouse=True)
def quick(page: Any) -> None:
    page.set_default_timeout(15_000)


def check(_answer: Any) -> Feedback:
    return Feedback("")


def open_note(page: Any) -> Any:
    """Go to the first mark's note by keyboard."""
    page.focus(".bw-text")
    page.keyboard.press("n")
    settle(page)
    field = page.locator(".bw-inspector textarea")
    field.focus()
    return field


def kept(page: Any) -> str:
    return str(page.evaluate("window.model.get('answer').marks[0].note"))


def test_feedback_that_arrives_takes_no_letter_and_no_caret(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[MARK], check=check), delay=700, feedback=VERDICT)
    page.click("button.bw-primary")
    field = open_note(page)
    field.evaluate("field => field.setSelectionRange(0, 0)")
    for letter in "They are not ":
        page.keyboard.type(letter)
        page.wait_for_timeout(80)
    assert "Who are they?" in page.inner_text(".bw-inspector")
    assert field.input_value() == "They are not known"
    assert field.evaluate("field => [document.activeElement === field, field.selectionStart]") == [
        True,
        13,
    ]
    page.wait_for_function("window.model.get('answer').marks[0].note === 'They are not known'")


def test_a_composition_is_not_broken_off_by_feedback(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[MARK], check=check), feedback=VERDICT, delay=500)
    page.click("button.bw-primary")
    open_note(page)
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2}
    )
    page.wait_for_timeout(900)
    assert "Who are they?" in page.inner_text(".bw-inspector")
    session.send("Input.insertText", {"text": "日本"})
    page.wait_for_function("window.model.get('answer').marks[0].note.includes('日本')")
    assert kept(page) == "known日本"


def test_a_reason_for_a_label_stays_when_feedback_arrives(mount: Callable[..., Any]) -> None:
    labelled = {"labels": {"t.s03": {"voice": "outlet", "why": "so"}}}
    page = mount(sentences(why="Why?", check=check, answer=labelled), delay=600, feedback=TOLD)
    page.click("button.bw-primary")
    page.focus(".bw-text")
    page.keyboard.press("End")
    settle(page)
    field = page.locator(".bw-inspector textarea")
    field.focus()
    field.evaluate("field => field.setSelectionRange(0, 0)")
    for letter in "and yet ":
        page.keyboard.type(letter)
        page.wait_for_timeout(110)
    assert field.input_value() == "and yet so"
    assert "Because." in page.inner_text(".bw-inspector")


def test_any_letters_are_kept_whole_in_a_note(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[{**MARK, "note": ""}]))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.get_by_text("Note and edges", exact=True).click()
    field = page.locator(".bw-inspector textarea")
    words = "שלום e\u0301 \U0001f469\u200d\U0001f680 \U0001f1f8\U0001f1fe مرحبا"
    field.press_sequentially(words)
    field.blur()
    assert kept(page) == words


def test_a_paste_that_has_no_room_is_refused_whole_and_told(mount: Callable[..., Any]) -> None:
    page = mount(spans(marks=[MARK]))
    field = open_note(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    field.evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData("text/plain", "x".repeat(100_000));
            const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            if (field.dispatchEvent(paste)) document.execCommand("insertText", false, "x".repeat(100_000));
        }"""
    )
    assert field.input_value() == "known"
    told = page.locator(".bw-refused").text_content()
    assert "100,005 characters" in told
    assert "holds 4,000" in told
    field.press("End")
    page.keyboard.type("!")
    assert not page.locator(".bw-refused").is_visible()
    field.blur()
    assert kept(page) == "known!"
