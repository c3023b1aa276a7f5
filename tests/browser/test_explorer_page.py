"""The explorer in Chromium, over the course's own evidence: filters, lanes, keyboard, axe."""

import pytest
from bothsides import BothSides

import briefing
from briefing.corpus import evidence
from briefing.corpus.lanes import TOO_LATE

pytestmark = pytest.mark.browser

ALL = len(evidence())


@pytest.fixture
def both(page):
    page.set_default_timeout(10_000)
    return BothSides(page, "http://widget.test/")


def field(frame, name):
    return frame.get_by_label(name)


def ids(frame):
    return frame.locator(".be-id").all_text_contents()


def test_every_row_is_shown_with_its_other_side_its_kind_and_its_date(both):
    frame = both.put(briefing.evidence())
    rows = frame.locator(".be-record")
    assert rows.count() == ALL
    for words in ("The other side, and limits:", "Kind:", "Date:", "Where:"):
        assert frame.locator(".be-name", has_text=words).count() == ALL, words
    assert frame.locator(".be-count").text_content() == f"{ALL} of {ALL} rows."
    assert field(frame, "Lane").is_disabled()
    assert frame.locator(".be-away").count() == 0


def test_beside_an_article_the_rows_lie_in_lanes_and_later_ones_carry_the_line(both):
    frame = both.put(briefing.evidence())
    field(frame, "Dates beside").select_option("002")
    heads = frame.locator(".be-lane").all_text_contents()
    assert [head.split(" (")[0] for head in heads] == ["before", "same day", "later"]
    sizes = [int(head.split("(")[1].rstrip(")")) for head in heads]
    assert sum(sizes) == ALL
    assert frame.locator(".be-note").count() == sizes[2]
    assert set(frame.locator(".be-note").all_text_contents()) == {TOO_LATE}
    said = f"{sizes[0]} before, {sizes[1]} same day, {sizes[2]} later."
    assert said in frame.locator(".be-count").text_content()
    row = frame.locator(".be-record", has=both.page.locator(".be-id", has_text="E20"))
    assert "before: 7 days before" in row.text_content()
    field(frame, "Lane").select_option("same_day")
    assert frame.locator(".be-record").count() == sizes[1]
    field(frame, "Dates beside").select_option("")
    assert frame.locator(".be-record").count() == ALL


def test_kind_group_and_words_narrow_down_and_all_comes_back(both):
    frame = both.put(briefing.evidence("000"))
    field(frame, "Kind of source").select_option("official inquiry")
    wanted = {row["id"] for row in evidence() if row["source_type"] == "official inquiry"}
    assert set(ids(frame)) == wanted
    field(frame, "Filed under").select_option("mirror")
    assert set(ids(frame)) == {r["id"] for r in evidence() if r["article"] == "mirror"} & wanted
    frame.get_by_role("button", name="Show all rows").click()
    assert len(ids(frame)) == ALL
    field(frame, "Words").fill("MONITOR  opposition")
    found = ids(frame)
    assert "E13" in found
    assert 0 < len(found) < ALL
    field(frame, "Words").fill("no such words anywhere")
    assert ids(frame) == []
    assert "does not say that nothing was known" in frame.locator(".be-none").text_content()


def test_the_count_is_said_once_typing_has_paused_and_keys_stay_inside(both):
    frame = both.put(briefing.evidence("000"))
    page = both.page
    page.evaluate(
        "window.leaked = []; document.addEventListener('keydown', e => leaked.push(e.key))"
    )
    field(frame, "Words").focus()
    page.keyboard.type("talbiseh")
    live = frame.locator("> .bw-live")
    assert live.text_content().strip() == ""
    page.wait_for_timeout(700)
    assert f"of {ALL} rows" in live.text_content()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "be-list"
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('.bw').contains(document.activeElement)")
    assert page.evaluate("leaked.filter(key => key !== 'Tab')") == []


@pytest.mark.parametrize(("dark", "width"), [(False, 1100), (True, 1100), (False, 320)])
def test_axe_finds_nothing(both, dark, width):
    from axe_core_python.sync_playwright import Axe

    both.page.set_viewport_size({"width": width, "height": 900})
    if dark:
        both.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    both.put(briefing.evidence("002"))
    both.page.wait_for_timeout(150)
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(both.page, context=".bw", options=rules)
    assert found["passes"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert both.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_static_view_hides_beside_it_and_comes_back(both):
    both.put(briefing.evidence("002"))
    static = both.page.locator("[id^='briefing-static-']")
    assert static.is_hidden()
    both.page.evaluate("window.models.w0.stop()")
    assert static.is_visible()
