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
