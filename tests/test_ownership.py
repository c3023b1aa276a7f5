"""Four questions asked alike, each answer with its rows; evidence shown with its other side."""

from html import escape

import pytest

from briefing.corpus import evidence
from briefing.corpus.evidence_page import UnknownRow, evidence_rows
from briefing.corpus.ownership import QUESTIONS, UnknownOutlet, ownership, who_stands_behind

ROWS = {row["id"]: row for row in evidence()}
LATER_MEASURES = {"E64", "E65", "E66", "E67", "E69"}


def test_every_outlet_is_asked_the_same_four_questions():
    asked = {}
    for one in ownership():
        asked.setdefault(one.outlet, []).append(one.question)
    assert len(asked) == 8
    assert all(questions == list(QUESTIONS) for questions in asked.values())
    assert "RT" not in asked  # exercise 1 asks for it


def test_every_answer_has_a_row_or_says_that_there_is_none():
    for one in ownership():
        said = one.answer.startswith(("The rows do not say", "The rows name nothing"))
        assert bool(one.rows) != said, one
        assert {ROWS[name]["article"] for name in one.rows} <= {"outlets"}


def test_no_answer_rests_on_a_later_measure_against_an_outlet():
    assert not {name for one in ownership() for name in one.rows} & LATER_MEASURES


@pytest.mark.parametrize("number", range(85, 100))
def test_a_row_on_an_outlet_has_kind_date_address_and_other_side(number):
    row = ROWS[f"E{number}"]
    for column in ("topic", "hint", "finding", "counter_position", "source_type", "publisher",
                   "title", "date"):  # fmt: skip
        assert row[column], column
    assert row["url"].startswith("http")
    assert 1900 < int(row["date"][:4]) < 2027


def test_the_table_shows_the_outlets_that_are_named_with_their_rows():
    page = who_stands_behind("Sputnik", "BBC")
    assert page.html.count('<th scope="col"') == 3
    assert "(E62, E63)" in page.html
    assert "Xinhua" not in page.html
    assert repr(page) == "<Four questions: Sputnik, BBC>"
    assert who_stands_behind().html.count('<th scope="col"') == 8 + 4
    with pytest.raises(UnknownOutlet, match="no answers for 'RT'"):
        who_stands_behind("RT")


def test_evidence_is_shown_escaped_with_kind_side_and_address_as_text():
    page = evidence_rows("E01", "E63")
    for name in ("E01", "E63"):
        row = ROWS[name]
        assert escape(row["finding"]) in page.html
        assert escape(row["counter_position"]) in page.html
        assert escape(row["source_type"]) in page.html
    assert "<a " not in page.html
    assert repr(page) == "<Evidence: E01, E63>"
    assert "Not every detail" in evidence_rows("E66").html
    assert "Not every detail" not in page.html


def test_rows_can_be_folded_away_under_a_line():
    for page in (evidence_rows("E01", folded="Open <it>"), who_stands_behind(folded="Open <it>")):
        assert page.html.startswith("<details><summary>Open &lt;it&gt;</summary>")
        assert page.html.endswith("</details>")


def test_a_row_that_does_not_exist_is_told():
    with pytest.raises(UnknownRow, match=r"no row 'E70'.*E01 to E99"):
        evidence_rows("E01", "E70")
