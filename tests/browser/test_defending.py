"""Where a student says why: beside a mark, and under a sentence's label; kept with the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_annotator_page import click, drag, press, sent, sentences, settle, spans

pytestmark = pytest.mark.browser

ASKS = "Say why: your teacher reads it"
HOSTILE = "</textarea><img src=x onerror=\"window.ran=1\"> = 'why' \u202e"


def field(page: Any) -> Any:
    return page.get_by_label(ASKS)


def test_a_mark_is_defended_in_its_note(mount: Callable[..., Any]) -> None:
    page = mount(spans(why=ASKS))
    drag(page, "64 targets")
    press(page, "1")
    page.get_by_text("Note and edges", exact=True).click()
    field(page).fill(HOSTILE)
    field(page).blur()
    (mark,) = sent(page)["marks"]
    assert mark["note"] == HOSTILE
    assert page.evaluate("window.ran") is None


def test_a_label_is_defended_under_its_sentence_and_a_new_label_keeps_the_reason(
    mount: Callable[..., Any],
) -> None:
    page = mount(sentences(why=ASKS))
    click(page, "Nobody")
    assert page.get_by_text("Say why", exact=True).count() == 0  # nothing to defend yet
    press(page, "2")
    click(page, "Nobody")
    page.get_by_text("Say why", exact=True).click()
    field(page).fill(HOSTILE)
    settle(page)
    field(page).blur()
    assert sent(page)["labels"] == {"s2": {"voice": "outlet", "why": HOSTILE}}
    click(page, "Nobody")
    press(page, "1")
    assert sent(page)["labels"] == {"s2": {"voice": "attributed", "why": HOSTILE}}
    assert field(page).input_value() == HOSTILE
    press(page, "Delete")
    assert sent(page)["labels"] == {}
    press(page, "Control+z")
    assert sent(page)["labels"] == {"s2": {"voice": "attributed", "why": HOSTILE}}
    assert page.evaluate("window.ran") is None


def test_a_reason_has_as_many_characters_as_the_file_takes(mount: Callable[..., Any]) -> None:
    page = mount(sentences(why=ASKS, answer={"labels": {"s1": {"voice": "outlet"}}}))
    click(page, "Officials")
    page.get_by_text("Say why", exact=True).click()
    field(page).focus()
    page.keyboard.insert_text("why " * 200)
    field(page).blur()
    assert sent(page)["labels"]["s1"]["why"] == "why " * 75  # 300, as `Line` of the schema


def test_without_a_teacher_a_mark_has_a_plain_note_and_a_label_none(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans())
    drag(page, "64 targets")
    press(page, "1")
    page.get_by_text("Note and edges", exact=True).click()
    assert page.get_by_label("Note", exact=True).count() == 1
    page = mount(sentences(answer={"labels": {"s1": {"voice": "outlet", "why": "so"}}}, why=""))
    click(page, "Officials")
    assert page.get_by_text("Say why", exact=True).count() == 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_field_reads_well_and_is_reached_by_keyboard(
    mount: Callable[..., Any], dark: bool
) -> None:
    page = mount(sentences(why=ASKS, answer={"labels": {"s1": {"voice": "outlet"}}}), dark=dark)
    click(page, "Officials")
    summary = page.locator("summary", has_text="Say why")
    summary.focus()
    press(page, "Enter", "Tab")
    assert field(page).evaluate("node => node === document.activeElement")
    page.keyboard.type("Because the ministry is named.")
    press(page, "Escape")
    settle(page)
    assert sent(page)["labels"]["s1"]["why"] == "Because the ministry is named."
    colours = field(page).evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    assert colours[0] != colours[1]
