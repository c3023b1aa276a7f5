"""A check that a slow kernel answers late: no verdict stands beside what it was not about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bothsides import BothSides
from test_annotator_hurry import FIRST, place, sentences, settle
from test_matrix_reader import cell, matrix
from test_second_view import check_choice, choice
from test_table_cards import CARDS, COLUMNS, DECISIONS, GATES, ROWS

from briefing.widgets import Cards, Choice, Feedback, Group, Option, Text
from briefing.widgets.table import Table

pytestmark = pytest.mark.browser

CHANGED = "Your answer has changed since you asked"


@pytest.fixture(autouse=True)
def quick(page: Any) -> None:
    page.set_default_timeout(15_000)


def told(*items: tuple[str, str]) -> dict[str, Any]:
    return {
        "summary": "That is how it stands.",
        "items": [
            {"target": target, "verdict": "right", "label": "", "text": text} for target, text in items
        ],
        "key": [],
    }  # fmt: skip


def late(page: Any, *items: tuple[str, str]) -> None:
    """What Python found of the answer at the first check arrives only now."""
    page.evaluate(
        "found => window.model.fromPython('feedback', { ...found, check: 1, attempts: 1 })",
        told(*items),
    )


def check(_answer: Any) -> Feedback:
    return Feedback("")


def test_a_choice_that_changed_meanwhile_gets_no_verdict(mount: Callable[..., Any]) -> None:
    options = (Option("a", "Alpha"), Option("b", "Beta"))
    widget = Choice([Group("g", "Which?", options)], check=check)
    page = mount(widget, "choice")
    page.get_by_label("Alpha").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_label("Beta").check()
    late(page, ("a", "Alpha is it."))
    page.locator(".bq-hint", has_text=CHANGED).wait_for()
    assert page.get_by_text("Alpha is it.").count() == 0
    assert not page.locator(".bq-summary").is_visible()
    page.get_by_label("Alpha").check()
    late(page, ("a", "Alpha is it."))
    page.get_by_text("Alpha is it.").wait_for()
    assert CHANGED not in page.inner_text(".bq-check")


def test_a_text_that_is_written_on_meanwhile_gets_no_verdict(mount: Callable[..., Any]) -> None:
    page = mount(Text("Write.", check=check), "text")
    page.get_by_role("textbox").fill("One.")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("textbox").press_sequentially(" Two.")
    late(page, ("", "Well said."))
    page.locator(".bq-hint", has_text=CHANGED).wait_for()
    assert page.get_by_text("Well said.").count() == 0


def test_the_cells_that_stayed_keep_their_verdicts(mount: Callable[..., Any]) -> None:
    page = mount(Table(COLUMNS, ROWS, check=check), "table")
    page.get_by_label("Kind, First").select_option("a")
    page.get_by_label("Why, First").fill("so")
    page.get_by_role("button", name="Check").click()
    page.get_by_label("Kind, First").select_option("b")
    late(page, ("r1:kind", "Of the kind."), ("r1:why", "Of the why."))
    page.locator(".bq-hint", has_text=CHANGED).wait_for()
    assert page.get_by_text("Of the why.").is_visible()
    assert page.get_by_text("Of the kind.").count() == 0


def test_the_cards_that_stayed_keep_their_verdicts(mount: Callable[..., Any]) -> None:
    page = mount(Cards(CARDS, DECISIONS, GATES, check=check), "cards")
    for card in (0, 1):
        page.get_by_label("Accept").nth(card).check()
    page.get_by_role("button", name="Check").click()
    page.get_by_label("Reject").first.check()
    late(page, ("c1", "Of the first."), ("c2", "Of the second."))
    page.locator(".bq-hint", has_text=CHANGED).wait_for()
    assert page.get_by_text("Of the second.").is_visible()
    assert page.get_by_text("Of the first.").count() == 0


def test_a_sentence_that_got_another_label_meanwhile_gets_no_verdict(
    mount: Callable[..., Any],
) -> None:
    labels = {f"t.s0{n}": {"voice": "attributed"} for n in (1, 2)}
    page = mount(sentences(check=check, answer={"labels": labels}))
    page.click("button.bw-primary")
    left, middle, _ = place(page, FIRST)
    page.mouse.click(left + 9, middle)
    page.keyboard.press("2")
    late(page, ("t.s01", "Of the first."), ("t.s02", "Of the second."))
    page.wait_for_selector(".bw-told:visible")
    settle(page)
    assert page.locator(".bw-item-said").all_text_contents() == ["Of the second."]


def test_a_cell_of_the_matrix_that_changed_meanwhile_gets_no_verdict(
    mount: Callable[..., Any],
) -> None:
    cells = {f"a/{one}": {"present": True, "spans": []} for one in ("problem", "cause")}
    page = mount(matrix(answer={"cells": cells}), "matrix")
    page.get_by_role("button", name="Check").click()
    cell(page, "a", "problem").click()
    page.get_by_role("radio", name="no", exact=True).check()
    late(page, ("a/problem", "Of the first."), ("a/cause", "Of the second."))
    page.locator(".bm-told").wait_for()
    assert "Of the second." in page.inner_text(".bm-told")
    assert "Of the first." not in page.inner_text(".bm-told")


def test_a_page_that_comes_back_shows_no_verdict_of_an_answer_before(page: Any) -> None:
    both = BothSides(page, "http://widget.test/")
    widget = choice(check=check_choice)
    frame = both.put(widget)
    frame.get_by_label("Alpha").check()
    frame.get_by_role("button", name="Check").click()
    frame.get_by_text("Alpha names nobody.").wait_for()
    both.open("http://widget.test/")
    frame = both.put(widget)
    assert frame.get_by_text("Alpha names nobody.").is_visible()
    frame.get_by_label("Beta").check()
    frame.get_by_text("Kept in the notebook").wait_for()
    both.open("http://widget.test/")
    frame = both.put(widget)
    assert frame.get_by_label("Beta").is_checked()
    assert frame.get_by_text("Alpha names nobody.").count() == 0
