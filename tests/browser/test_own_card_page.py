"""A card of one's own in Chromium: gates are shown and said as one writes, saved like every answer."""

import pytest
from bothsides import BothSides
from disk_in_memory import Disk
from test_matrix_reader import live, reaches

from briefing.corpus import articles
from briefing.course.widget import build
from briefing.keys.definitions import Question
from briefing.keys.own_card import CARD, asked_in_full

pytestmark = pytest.mark.browser

ARTICLE = articles["002"]
SENTENCE = next(s.id for s in ARTICLE.segments if s.part == "body")


@pytest.fixture
def both(page):
    page.set_default_timeout(10_000)
    return BothSides(page, "http://widget.test/")


def card(**more):
    asked = Question("q1", "table", widget="omission", article="002", marked="teacher",
                     title="Your own card", prompt="Write a card.")  # fmt: skip
    return build(asked_in_full(asked), question="ex96/q1", **more)


def field(frame, name):
    return frame.get_by_label(name)


def gate(frame, name):
    return frame.locator(".bo-gate", has_text=name)


def test_the_gates_follow_what_is_written_and_the_answer_is_saved(both):
    disk = Disk()
    frame = both.put(card(save=disk))
    assert frame.locator(".bo-gate").count() == 4
    assert frame.locator(".bo-open").count() == 4
    field(frame, "1 · The sentence").select_option(SENTENCE)
    gate(frame, "The sentence is there (holds)").wait_for()
    field(frame, "of which list").select_option("method_of_count")
    field(frame, "words of your own").fill("zebra*, striped horse")
    gate(frame, "The text does not say it (holds)").wait_for()
    field(frame, "words of your own").fill("zebra*, accusation*")
    gate(frame, "“accusations” in").wait_for()
    field(frame, "4 · Known before").fill("E12")
    gate(frame, "It was known before (too late for this test)").wait_for()
    assert "says nothing about whether it happened" in gate(frame, "known before").text_content()
    field(frame, "Your verdict").select_option("established")
    gate(frame, "The verdict fits the gates (does not hold)").wait_for()
    reaches(frame, lambda: disk.saved and "verdict" in disk.saved[-1]["rows"][CARD])
    assert disk.saved[-1]["rows"][CARD] == {
        "sentence": SENTENCE,
        "category": "method_of_count",
        "words": "zebra*, accusation*",
        "row": "E12",
        "verdict": "established",
    }
    frame.locator(".bw-status", has_text="Saved at").wait_for()
    assert frame.locator(".bq-progress").text_content() == "5 of 10 filled in"


def test_what_changed_in_a_gate_is_said_once_the_hand_rests_and_nothing_else(both):
    frame = both.put(card(save=Disk()))
    field(frame, "4 · Known before").fill("E20")
    gate(frame, "It was known before (holds)").wait_for()
    assert "known before" not in live(frame)
    both.page.wait_for_timeout(1100)
    assert "It was known before: holds. E20" in live(frame)
    assert "The sentence is there" not in live(frame)


def test_what_is_kept_comes_back_with_its_gates_and_nobody_changes_a_model(both):
    rows = {CARD: {"sentence": SENTENCE, "row": "E04", "verdict": "plausible"}}
    frame = both.put(card(answer={"rows": rows}, readonly=True))
    assert gate(frame, "It was known before (with a limit)").count() == 1
    assert frame.locator("select, textarea").count() == 0
    assert "plausible" in frame.text_content()


@pytest.mark.parametrize(("dark", "width"), [(False, 1100), (True, 1100), (False, 320)])
def test_axe_finds_nothing(both, dark, width):
    from axe_core_python.sync_playwright import Axe

    both.page.set_viewport_size({"width": width, "height": 900})
    if dark:
        both.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    rows = {CARD: {"sentence": SENTENCE, "row": "E12", "verdict": "established"}}
    both.put(card(answer={"rows": rows}))
    both.page.wait_for_timeout(150)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(both.page, context=".bw", options=rules)
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert both.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_static_view_hides_beside_it_and_comes_back(both):
    both.put(card())
    static = both.page.locator("[id^='briefing-static-']")
    assert static.is_hidden()
    both.page.evaluate("window.models.w0.stop()")
    assert static.is_visible()
