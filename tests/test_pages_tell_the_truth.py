"""Feedback pages say of each answer what is true of it: nothing of other exercises, nothing that is not so."""

import pytest
from test_marking_grade import answers_file, marked
from test_marking_pages import words

from briefing.answers.payload import to_file
from briefing.corpus import any_article
from briefing.keys import definition, has_solutions
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
    assert "001 · Problem You: yes · Key: yes Yes, but no words are attached that show it." in said
    assert "001 · Cause You: yes · Key: yes Yes, but the words that show it are others." in said
    assert "In 2 more your yes is right, and the words for it are missing, others or too" in said
