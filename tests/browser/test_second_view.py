"""Two views of one model ("Create New View for Cell Output"): each shows what the model has."""

import pytest
from bothsides import BothSides
from disk_in_memory import Disk
from test_table_cards import cards, check_table, reaches, table

from briefing.widgets import Choice, Group, Option, Text
from briefing.widgets.feedback import Feedback, FeedbackItem

pytestmark = pytest.mark.browser


@pytest.fixture
def both(page):
    return BothSides(page, "http://widget.test/")


def twice(both, widget):
    """Show a widget in two views; returns both frames."""
    frames = both.put(widget)
    both.page.evaluate("() => models.w0.again()")
    return frames.first, frames.last


def choice(**more):
    options = (Option("a", "Alpha"), Option("b", "Beta"))
    return Choice([Group("g", "Which?", options)], prompt="Choose.", **more)


def check_choice(_answer):
    return Feedback("Not yet.", [FeedbackItem("a", "wrong", "Alpha names nobody.")])


def test_a_choice_in_either_view_shows_in_the_other(both):
    one, other = twice(both, choice(save=Disk()))
    one.get_by_label("Alpha").check()
    assert other.get_by_label("Alpha").is_checked()
    assert other.get_by_role("button", name="Clear my choice").is_visible()
    other.get_by_label("Beta").check()
    assert one.get_by_label("Beta").is_checked()
    one.get_by_role("button", name="Clear my choice").click()
    assert not other.get_by_label("Beta").is_checked()


def test_what_a_check_said_goes_in_both_views_when_the_choice_changes_in_one(both):
    one, other = twice(both, choice(save=Disk(), check=check_choice))
    one.get_by_label("Alpha").check()
    one.get_by_role("button", name="Check").click()
    other.get_by_text("Alpha names nobody.").wait_for()
    one.get_by_label("Beta").check()
    assert other.get_by_text("Alpha names nobody.").count() == 0
    assert not other.locator(".bq-summary").is_visible()


def test_a_view_that_comes_later_shows_no_reasons_of_an_answer_that_has_changed(both):
    frame = both.put(choice(save=Disk(), check=check_choice))
    frame.get_by_label("Alpha").check()
    frame.get_by_role("button", name="Check").click()
    frame.get_by_text("Alpha names nobody.").wait_for()
    both.page.evaluate("() => models.w0.again()")
    assert frame.last.get_by_text("Alpha names nobody.").is_visible()
    frame.first.get_by_label("Beta").check()
    both.page.evaluate("() => models.w0.again()")
    assert frame.last.get_by_label("Beta").is_checked()
    assert frame.last.get_by_text("Alpha names nobody.").count() == 0


def test_cells_of_a_table_are_the_same_in_both_views_also_while_they_are_typed(both):
    one, other = twice(both, table(save=Disk()))
    one.get_by_label("Kind, First").select_option("b")
    assert other.get_by_label("Kind, First").input_value() == "b"
    one.get_by_label("Figure, First, in %").press_sequentially("2084")
    assert other.get_by_label("Figure, First, in %").input_value() == "2,084"
    assert one.get_by_label("Figure, First, in %").input_value() == "2084"
    other.get_by_label("Why, First").press_sequentially("so it is")
    assert one.get_by_label("Why, First").input_value() == "so it is"
    assert one.locator(".bq-progress").text_content() == "3 of 5 filled in"


def test_a_cell_of_the_other_view_forgets_what_was_said_of_it_and_the_rest_stays(both):
    one, other = twice(both, table(save=Disk(), check=check_table))
    one.get_by_label("Kind, First").select_option("b")
    one.get_by_label("Why, First").fill("so")
    one.get_by_role("button", name="Check").click()
    other.get_by_text("Reason for kind.").wait_for()
    one.get_by_label("Kind, First").select_option("a")
    assert other.get_by_text("Reason for kind.").count() == 0
    assert other.get_by_text("Reason for why.").count() == 1


def test_the_caret_stays_where_somebody_types_when_the_other_view_changes(both):
    disk = Disk()
    one, other = twice(both, table(save=disk))
    why = other.get_by_label("Why, First")
    why.press_sequentially("it says so")
    why.evaluate("field => field.setSelectionRange(2, 2)")
    # By script, so that the focus stays: as a voice command or a second pointer does.
    one.get_by_label("Kind, First").evaluate(
        "field => { field.value = 'b'; field.dispatchEvent(new Event('change')); }"
    )
    both.page.keyboard.type("!")
    assert why.input_value() == "it! says so"
    assert other.get_by_label("Kind, First").input_value() == "b"
    reaches(one, lambda: disk.saved[-1]["rows"].get("r1") == {"kind": "b", "why": "it! says so"})
    assert one.get_by_label("Why, First").input_value() == "it! says so"


def test_cards_are_the_same_in_both_views(both):
    one, other = twice(both, cards(save=Disk()))
    first, mirrored = (frame.locator(".bq-card").first for frame in (one, other))
    first.get_by_label("Accept").check()
    assert mirrored.get_by_label("Accept").is_checked()
    assert "1 of 2 decided" in other.locator(".bq-progress").text_content()
    mirrored.locator("textarea").press_sequentially("because")
    assert first.locator("textarea").input_value() == "because"
    first.get_by_role("button", name="Clear").click()
    assert not mirrored.get_by_label("Accept").is_checked()


def test_a_text_is_the_same_in_both_views_while_it_is_typed(both):
    one, other = twice(both, Text("Write.", save=Disk(), words=(1, 9)))
    one.get_by_role("textbox").press_sequentially("Two words")
    assert other.get_by_role("textbox").input_value() == "Two words"
    assert other.locator(".bq-count").text_content().startswith("2 words")


def test_an_offer_that_one_view_has_answered_is_gone_in_the_other(both):
    both.page.evaluate(
        """() => localStorage.setItem("briefing/ex99/q1/fox", JSON.stringify({
            question: "ex99/q1", student: "fox", by: "p0", when: "2026-11-22T19:40:00Z", saved: false,
            base: "elsewhere", sent: [], answer: { kind: "choice", chosen: ["b"] },
        }))"""
    )
    widget = choice(
        question="ex99/q1", student="fox", save=Disk(), answer={"chosen": ["a"]}, revision=1
    )
    one, other = twice(both, widget)
    assert other.get_by_role("button", name="Use it").is_visible()
    one.get_by_role("button", name="Use it").click()
    assert other.get_by_label("Beta").is_checked()
    assert not other.get_by_role("button", name="Use it").is_visible()
