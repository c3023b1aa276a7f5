"""Feedback pages say of each answer what is true of it: nothing of other exercises, nothing that is not so."""

import random
import re

import pytest
from test_marking_grade import answers_file, marked
from test_marking_pages import words

from briefing.answers.payload import to_file
from briefing.corpus import any_article
from briefing.keys import definition, exercise_key, has_solutions, score_question
from briefing.keys.label_points import how_paid
from briefing.marking.grade import Desks
from briefing.marking.pages import feedback_page

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the keys of the exercises")


def page(exercise, **answers):
    """Return the words on the page of somebody who gave these answers in compact form."""
    asked = definition(exercise).questions
    filed = {
        name: to_file(payload, any_article(asked[name].article) if asked[name].article else None)
        for name, payload in answers.items()
    }
    content = {**answers_file({}), "exercise": exercise, "answers": filed}
    return words(feedback_page(marked(content), Desks().get(exercise)))


def marks(exercise, question, *wanted):
    """Return an answer with a mark on each of these words, given with its label."""
    article = definition(exercise).questions[question].article
    text = any_article(article).text
    return {
        "kind": "marks",
        "article": article,
        "attempts": 0,
        "marks": [
            {
                "id": f"m{n}",
                "start": text.index(told),
                "end": text.index(told) + len(told),
                "label": label,
                "note": "",
            }
            for n, (told, label) in enumerate(wanted, 1)
        ],
    }


def test_the_looks_of_marks_are_explained_by_the_labels_of_the_question():
    who = page("ex02", q2=marks("ex02", "q2", ("Col. Gen. Andrei Kartapolov", "source")))
    assert "your mark: who your mark: says-word missed: boxed" in who
    year = page("ex01", q3=marks("ex01", "q3", ("December 9", "year")))
    assert "your mark missed: boxed" in year
    assert "says-word" not in year


def test_of_a_sentence_in_which_a_mark_only_ends_the_page_says_where_it_is_told():
    text = any_article("003").text
    end = "“The terrorist"
    across = text[text.index("Saturday.\n") : text.index(end) + len(end)]
    said = page("ex06", q1=marks("ex06", "q1", (across, "nogroup")))
    before, _, after = said.partition("003.s13 ")
    assert "✓ right mark 1" in before
    assert after.startswith("Mark 1 begins in a sentence further up, and is told there.")


def test_marks_outside_the_sentences_are_not_said_to_be_in_sentences():
    said = page("ex01", q3=marks("ex01", "q3", ("January 18", "year"), ("Wednesday", "year")))
    assert "Marks outside the sentences above: · neither needed nor wrong mark 1" in said


def test_a_yes_without_words_is_not_said_to_have_other_words():
    text = any_article("001").text
    where = text.index("Listen Live")
    cells = {
        "001/problem": {"present": True, "spans": []},
        "001/cause": {"present": True, "spans": [[where, where + len("Listen Live")]]},
    }
    said = page("ex07", q1={"kind": "matrix", "attempts": 0, "cells": cells})
    assert (
        "001 · Problem ≈ close You: yes · Key: yes Yes, but no words are attached that show it."
        in said
    )
    assert (
        "001 · Cause ≈ close You: yes · Key: yes Yes, but the words that show it are others."
        in said
    )
    assert "In 2 more your yes is right, and the words for it are missing, others or too" in said


@pytest.mark.parametrize(("exercise", "question"), [
    ("ex01", "q1"), ("ex02", "q1"), ("ex02", "q3"), ("ex03", "q1"),
])  # fmt: skip
def test_the_points_for_labels_add_up_on_paper(exercise, question):
    """From the printed percentages alone the points follow, to the rounding that is told."""
    asked, key = definition(exercise).questions[question], exercise_key(exercise)[question]
    offered = [label.id for label in asked.labels]
    rng, told = random.Random(f"{exercise}/{question}"), 0
    for _ in range(60):
        knows = rng.random()
        labels = {
            one.sentence: {asked.field: one.label if rng.random() < knows else rng.choice(offered)}
            for one in key.machine.sentences
            if rng.random() < 0.95
        }
        payload = {"kind": "labels", "article": asked.article, "labels": labels}
        result = score_question(asked, key, payload)
        said = how_paid(result, key)
        if result.score == 1:
            assert said == ""
        if not said:
            assert result.score == 1 or not result.found
            continue
        sum_of = re.search(r"paid: ([\d.]+) of ([\d.]+) \(rounded\)", said)
        above = float(sum_of[1]) / float(sum_of[2]) if sum_of else 0
        assert result.earned == pytest.approx(asked.points * above, abs=0.02)
        mean, reach = (float(p) for p in re.findall(r"(?:that is|reach) ([\d.]+)", said)[:2])
        assert sum_of is None or mean - reach == pytest.approx(float(sum_of[1]))
        told += bool(sum_of)
    assert told > 10


def test_where_the_count_of_cells_does_not_give_the_points_the_page_says_why():
    rows = {"E27": "before", "E30": "same_day", "E49": "later", "E26": "later"}
    answer = {row: {"lane": lane} for row, lane in rows.items()}
    said = page("ex05", q3={"kind": "table", "attempts": 0, "rows": answer})
    assert "q3 Six rows into lanes 0.5 of 1 You got 4 of 6 cells right. Each kind of answer" in said
    assert "only for more than the same answer in every place would get." in said


def test_a_model_card_is_shown_whole():
    row = {"sentence": "001.s10", "missing": "How they know it."}
    said = page("ex05", q5={"kind": "table", "attempts": 0, "rows": {"card": row}})
    sample = exercise_key("ex05")["q5"].sample["card"]
    assert len(sample["missing"]) > 200
    for box in ("missing", "with", "rival"):
        assert f"One answer: {sample[box]}" in said


def test_of_a_gate_with_a_wrong_decision_it_is_said_why_nothing_is_said():
    gates = {"c02": "rival", "c06": "all"}
    rejected = {"decision": "reject", "reason": ""}
    answer = {f"001.{card}": rejected | {"gate": gate} for card, gate in gates.items()}
    said = page("ex05", q1={"kind": "cards", "attempts": 0, "cards": answer})
    assert (
        said.count("A gate counts only with the right decision: look at the decision first.") == 1
    )
    assert "Gates right, where the decision is right, too: 0 of 1." in said


def test_a_mark_on_a_whole_sentence_is_not_said_to_hold_nothing_of_the_key():
    text = any_article("001").text
    where = text.index("A 24-hour hotline")
    whole = text[where : text.index("he said", where) + len("he said.")]
    said = page("ex02", q2=marks("ex02", "q2", (whole, "source")))
    assert "As they stand, these words match no place in the key" in said


def test_the_points_for_marks_follow_from_the_rule_that_the_page_tells():
    given = [("Islamic State", "group"), ("terrorists", "group"), ("dozens of vehicles", "group")]
    said = page("ex06", q1=marks("ex06", "q1", *given))
    assert "twice what you found is divided by the places to find and your marks" in said
    assert "You found 2 of 15 places. Wrongly flagged: 1." in said
    earned = 4 * (2 * 2 / (15 + 3)) * (0.6 + 0.4 * 1 / 2)
    assert f"q1 · Article 003: names for the fighters {earned:.2f} of 4" in said
    assert "twice what you found" not in page("ex04", q2={"kind": "choice", "chosen": ["why:a"]})


def test_the_key_does_not_run_into_the_reason_behind_it():
    accepted = {"decision": "accept", "gate": "", "reason": ""}
    cards = {f"001.{card}": accepted for card in ("c06",)}
    said = page("ex05", q1={"kind": "cards", "attempts": 0, "cards": cards})
    assert "not right Key: Reject The denial was made on 13 November" in said
    chosen = page("ex04", q2={"kind": "choice", "attempts": 0, "chosen": ["verdict:c", "why:b"]})
    assert "your choice right" in chosen
