"""The explorer by its values: no record without its other side, lanes as the date rule has them."""

import re

import pytest

import briefing
from briefing.corpus import articles, evidence, timing
from briefing.corpus.articles import UnknownArticle
from briefing.corpus.evidence_page import UnknownRow
from briefing.corpus.lanes import TOO_LATE
from briefing.widgets.explorer import Explorer, Lane, Place, Record, Reference

HOSTILE = '</td><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
LANES = (Lane("before", "before"), Lane("later", "later", "Too late."))


def record(number=1, **more):
    given = {"id": f"R{number}", "topic": "The ferry", "finding": "It sank.", "counter": "It did not.",
             "kind": "news report"}  # fmt: skip
    return Record(**(given | more))


@pytest.mark.parametrize("lacking", ["id", "finding", "counter", "kind"])
def test_no_record_is_shown_without_its_other_side_and_its_kind(lacking):
    with pytest.raises(ValueError, match=f"lacks its {lacking}"):
        record(**{lacking: " "})


def test_what_does_not_fit_together_is_refused():
    day = Reference("a", "Courier", "5 March 2031")
    with pytest.raises(ValueError, match="share an id"):
        Explorer([record(), record()])
    with pytest.raises(ValueError, match="no reference 'b'"):
        Explorer([record()], [day], reference="b")
    with pytest.raises(ValueError, match="unknown reference"):
        Explorer([record(places={"b": Place("before", "")})], [day], lanes=LANES)
    with pytest.raises(ValueError, match="unknown lane"):
        Explorer([record(places={"a": Place("soon", "")})], [day], lanes=LANES)


def test_the_static_view_is_the_whole_table_by_lane_with_the_line_on_later_rows():
    rows = [
        record(1, places={"a": Place("later", "2 days later")}),
        record(2, places={"a": Place("before", "1 day before")}, doubt="Not sure.", side="a union"),
    ]
    shown = Explorer(rows, [Reference("a", "Courier", "5 March")], lanes=LANES, reference="a")
    html = shown.static_html()
    assert html.count("<tr>") == 3
    assert html.count("It did not.") == html.count("The other side, and limits:") == 2
    assert html.index("R2") < html.index("R1")  # before stands first
    assert html.count("Too late.") == 1
    assert "1 day before" in html
    assert "news report; a union" in html
    assert "Not sure." in html
    assert html == shown.static_html()
    assert not re.search(r"<[^>]*\s(class|role|aria-|data-|on\w+)", html)
    assert "Too late." not in Explorer(rows, shown.references, lanes=LANES).static_html()


def test_in_a_lane_what_is_nearest_stands_first():
    rows = [record(n, places={"a": Place("before", "", days)}) for n, days in ((1, -9), (2, -2))]
    html = Explorer(
        rows, [Reference("a", "Courier", "5 March")], lanes=LANES, reference="a"
    ).static_html()
    assert html.index("R2") < html.index("R1")


def test_everything_is_escaped():
    rows = [record(1, **dict.fromkeys(("topic", "finding", "counter", "kind", "side", "date", "where",
            "address", "doubt"), HOSTILE), places={"a": Place("later", HOSTILE)})]  # fmt: skip
    shown = Explorer(
        rows, [Reference("a", HOSTILE, HOSTILE)], lanes=[Lane("later", HOSTILE, HOSTILE)],
        reference="a", about=HOSTILE, title=HOSTILE,
    )  # fmt: skip
    html = shown.static_html()
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html


def test_the_course_s_explorer_holds_every_row_with_its_lane_beside_every_article():
    shown = briefing.evidence()
    assert {one.id for one in shown.records} == {row["id"] for row in evidence()}
    dates = [one.date for one in shown.records]
    assert dates == sorted(dates)
    for one in shown.records:
        for name, article in articles.items():
            found = timing(one.date, article.published)
            assert one.places[name] == Place(found.lane, found.words, found.last)
    assert [lane.note for lane in shown.lanes] == ["", "", TOO_LATE]
    assert repr(shown) == "<Explorer: run all cells to look through the records>"
    assert shown.readonly
    # What a row is found by in a graded article is no business of a reader's.
    assert "hint" not in shown.config["records"][0]


def test_one_article_and_some_rows_can_be_asked_for():
    shown = briefing.evidence("002", "E12", "E20")
    assert [one.id for one in shown.records] == ["E20", "E12"]
    html = shown.static_html()
    assert "<b>before</b>: 7 days before" in html
    assert "<b>later</b>: 5 days later" in html
    assert html.count(TOO_LATE) == 1
    assert shown.static_id != briefing.evidence("002").static_id
    with pytest.raises(UnknownRow, match="no row 'E999'"):
        briefing.evidence("002", "E999")
    with pytest.raises(UnknownArticle, match="no article '009'"):
        briefing.evidence("009")
