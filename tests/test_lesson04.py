"""Lesson 04's questions and key against the ledger and the releases that lessons show."""

import pytest

from briefing.analysis.numbers import COUNTRIES, TOTAL, added_up, releases
from briefing.course.solved import model_answers
from briefing.figures.checked_sums import periods
from briefing.keys import definition, exercise_key, score_question
from briefing.keys.tables import shown_numbers

LEDGER = {row.id: row for row in shown_numbers()}


def asked(question):
    return definition("lesson04").questions[question]


def model(question):
    return model_answers(definition("lesson04"), exercise_key("lesson04"))[question]


def score(question, payload):
    return score_question(asked(question), exercise_key("lesson04")[question], payload).score


def test_each_line_asked_for_shows_the_figure_of_its_row_in_the_ledger():
    for row in asked("q2").rows:
        known = LEDGER[f"002.{row.id}"]
        assert row.span == [known.start, known.end]


def test_the_key_of_the_ledger_says_what_the_ledger_says():
    who = {"outlet": "outlet", "general_staff": "staff", "kartapolov": "kartapolov"}
    for row, given in model("q2")["rows"].items():
        known = LEDGER[f"002.{row}"]
        assert given["said"] == known.counted_as
        assert given["who"] == who[known.asserted_by]
        since = "week" if known.since == "past week" else "start" if known.since else "none"
        assert given["since"] == since
        assert (known.per == "day") == (since == "none")


def test_the_numbers_to_work_out_follow_from_the_ledger():
    before, week = (row for _, row in periods().iterrows())
    expected = {
        "week": week["targets"],
        "left": before["targets"],
        "weekrate": week["per day"],
        "leftrate": before["per day"],
    }
    rows = {name: {"value": round(float(value))} for name, value in expected.items()}
    assert score("q3", {"kind": "table", "rows": rows}) == 1
    for name, value in expected.items():
        assert model("q3")["rows"][name]["value"] == pytest.approx(float(value), abs=0.05)
        off = {**rows, name: {"value": round(float(value)) + 3}}
        assert score("q3", {"kind": "table", "rows": off}) < 1


def test_the_release_that_is_right_is_the_one_that_does_not_add_up():
    table = added_up(releases(), COUNTRIES, TOTAL)
    (day,) = table.index[table["difference"] != 0]
    chosen = next(c for c in model("q6")["chosen"] if c.startswith("release:"))
    group = asked("q6").choice_groups[0]
    words = next(o.text for o in group.options if f"release:{o.id}" == chosen)
    assert (day, words) == ("2017-06-02", "2 June 2017")


def test_two_innocent_explanations_are_asked_for_and_a_guilty_one_is_not_paid():
    assert score("q1", model("q1")) == 1
    chosen = [*model("q1")["chosen"], "innocent:b"]
    assert score("q1", {"kind": "choice", "chosen": chosen}) == 0


def test_one_question_is_fine_and_one_cannot_be_told():
    said = set()
    for question in ("q4", "q5"):
        group = asked(question).choice_groups[0]
        said |= {o.text for o in group.options if f"{group.id}:{o.id}" in model(question)["chosen"]}
    assert said == {"We cannot tell", "It adds up"}
