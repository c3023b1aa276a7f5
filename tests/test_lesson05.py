"""Lesson 05's questions, key and words against the cards, the rows and the dates that it shows."""

import re

import pytest

from briefing.analysis.evidence_lanes import evidence_lanes, lane_counts
from briefing.authoring import read_notebook
from briefing.corpus import articles, course_folder, evidence, find_words, practice, timing
from briefing.corpus.absence_page import UnknownCategory, look_for
from briefing.corpus.lanes import TOO_LATE
from briefing.corpus.tables import TableError
from briefing.course.practice_evidence import practice_evidence
from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key, score_question
from briefing.keys.omissions import GATES, shown_omissions
from briefing.keys.own_card import card_gates

SETTLED = {row.id: row for row in shown_omissions()}
ROWS = {row["id"]: row for row in evidence()}
NOTEBOOK = read_notebook(course_folder() / "notebooks" / "05-what-the-briefing-leaves-out.ipynb")
PROSE = "\n".join(cell.source for cell in NOTEBOOK.cells)


def asked(question):
    return definition("lesson05").questions[question]


def key(question):
    return exercise_key("lesson05")[question]


def model(question):
    return model_answers(definition("lesson05"), exercise_key("lesson05"))[question]


def score(question, payload):
    return score_question(asked(question), key(question), payload).score


@pytest.mark.parametrize("question", ["q1", "q2", "q3", "q4", "q6"])
def test_the_model_answer_is_right(question):
    assert score(question, model(question)) == 1


@pytest.mark.parametrize("question", ["q3", "q4"])
def test_each_card_is_the_settled_one_with_its_verdict_and_its_gate(question):
    for card, right in zip(asked(question).cards, key(question).machine.cards, strict=True):
        row = SETTLED[card.id]
        sentence = next(s for s in articles[row.article].segments if s.id == card.sentence)
        assert sentence.span.contains(row.span)
        assert card.boxes[0].text == row.missing
        assert (right.card, right.decision, right.gates[0]) == (card.id, row.decision, row.gate)
        named = next(box.text for box in card.boxes if box.name == "Known before?")
        assert [name for name in sorted(ROWS) if name in named] == sorted(row.rows)


@pytest.mark.parametrize("question", ["q3", "q4", "q6"])
def test_half_of_the_cards_are_accepted(question):
    cards = key(question).machine.cards
    assert [card.decision for card in cards].count("accept") * 2 == len(cards)
    assert {gate.id: gate.name for gate in asked(question).gates} == GATES


@pytest.mark.parametrize("question", ["q3", "q4", "q6"])
def test_what_the_cards_say_of_their_search_is_so(question):
    for card in asked(question).cards:
        searched = next(box.text for box in card.boxes if box.name == "Searched for")
        text = articles[card.article] if card.article in articles else practice[card.article]
        words = re.split(r"[:.] ", searched)[0].rstrip(".:").split(", ")
        found = {one.segment for one in find_words(text, words)}
        assert ("nowhere in the story" in searched) <= (not found)
        assert all(segment.partition(".")[2] in searched for segment in found), (card.id, found)


def test_the_lanes_are_those_of_the_date_rule():
    for row, given in model("q2")["rows"].items():
        assert given["lane"] == timing(ROWS[row]["date"], articles["000"].published).lane
    lanes = [given["lane"] for given in model("q2")["rows"].values()]
    assert sorted(lanes) == sorted(["before", "same_day", "later"] * 2)


def test_the_lanes_of_the_invented_records_are_those_that_the_cards_rest_on():
    lanes = {one.id: one.places["p05"].lane for one in practice_evidence("p05").records}
    assert lanes == {
        "C1": "before", "C2": "before", "C3": "same_day", "C4": "later", "C5": "before",
    }  # fmt: skip
    gates = {card.card: card.gates for card in key("q6").machine.cards}
    assert gates["p05.c3"] == gates["p05.c4"] == ("date",)


def test_a_text_without_invented_records_is_told():
    with pytest.raises(TableError, match="p01"):
        practice_evidence("p01")


def test_the_model_card_passes_the_gates_that_a_machine_can_try():
    (cells,) = model("q5")["rows"].values()
    gates = card_gates(articles["002"], cells)
    assert all(gate.state in ("holds", "limits") for gate in gates), gates
    for told in ("missing", "without"):
        assert cells[told].rstrip(".").split(": ")[-1] in PROSE.replace("A: all", "All")


def test_the_numbers_of_the_picture_are_those_in_the_words():
    counts = lane_counts(evidence_lanes())
    assert counts.sum(axis=1).unique().tolist() == [61]
    assert counts["before"].to_dict().items() >= {"000": 5, "002": 13, "003": 57}.items()
    for said in ("61 rows", "five of them", "there are 13", "there are 57"):
        assert said in PROSE


def test_the_line_that_belongs_to_a_later_finding_stands_in_the_lesson():
    assert TOO_LATE.rstrip(".") in PROSE
    assert "in strikes that it called allegedly Russian" in PROSE
    assert "who never was" in PROSE


@pytest.mark.parametrize(
    ("row", "article", "days"), [("E16", "002", -8), ("E13", "000", 1), ("E13", "002", -4)]
)
def test_the_days_that_the_lesson_counts(row, article, days):
    assert timing(ROWS[row]["date"], articles[article].published).last == days


@pytest.mark.parametrize(
    ("row", "lane"),
    [("E73", "before"), ("E74", "before"), ("E71", "later"), ("E75", "later"), ("E78", "later")],
)
def test_the_other_sides_rows_lie_beside_its_release_as_the_lesson_says(row, lane):
    assert timing(ROWS[row]["date"], "2017-06-02").lane == lane
    assert f'"{row}"' in PROSE


def test_a_search_shows_what_is_found_with_its_place_and_what_is_not():
    page = look_for("002", "accus*", "Kerry")._repr_html_()
    assert "002.s15" in page
    assert ">accusations</span>" in page
    assert "<b>Kerry</b>" in page
    assert "<b>accus*</b>" not in page
    assert repr(look_for("002", "Kerry")) == "<Search in 002: Kerry>"


def test_a_search_escapes_its_words_and_takes_a_categorys_list():
    page = look_for("p05", "<b>x", category="civilian_harm")._repr_html_()
    assert "&lt;b&gt;x" in page
    assert "civilian*" in page
    with pytest.raises(UnknownCategory, match="harm"):
        look_for("p05", category="harm")


def test_the_invented_release_is_as_short_as_its_neighbours_and_names_nobody_real():
    text = practice["p05"].text
    assert 150 <= len(text.split()) <= 220
    rows = practice_evidence("p05").records
    assert len(rows) == 5
    for name in ("Marlow Quay", "Harrow", "Verrick", "Dunmere", "Ardenia"):
        assert name in text
        assert not any(name.lower() in one.text.lower() for one in articles.values())
