"""What is said of an answer to a choice and to rare labels: true of pairs that need not fit, too."""

import pytest

from briefing.keys import definition, exercise_key, score_question
from briefing.keys.feedback import summary
from briefing.keys.keyfiles import QuestionKey
from briefing.keys.labels import LabelsKey
from briefing.keys.runs import SentenceKey


def said(chosen):
    """About two cases that have nothing to do with each other (question 4 of lesson 03)."""
    question = definition("lesson03").questions["q4"]
    key = exercise_key("lesson03")["q4"]
    return summary(score_question(question, key, {"kind": "choice", "chosen": chosen}), question)


def test_a_pair_is_told_how_many_of_it_fit():
    question, key = definition("lesson03").questions["q4"], exercise_key("lesson03")["q4"].machine
    first, second = key.names(key.accepted[0])
    wrong = {
        group.id: next(
            f"{group.id}:{option.id}"
            for option in group.options
            if f"{group.id}:{option.id}" not in (first, second)
        )
        for group in question.choice_groups
    }
    one, other = (group.id for group in question.choice_groups)
    assert said([first, second]) == "That fits."
    assert said([first, wrong[other]]) == "One of the two does not fit yet."
    assert said([wrong[one], second]) == "One of the two does not fit yet."
    assert said([first]) == said([second]) == "One of the two is not chosen yet."
    both = "One answer does not fit yet, and the other is not chosen yet."
    assert said([wrong[one]]) == said([wrong[other]]) == both
    assert said([wrong[one], wrong[other]]) == "Neither answer fits yet."


@pytest.mark.parametrize("together", [(), ("unnamed_official", "other_media")])
def test_rare_labels_that_weigh_as_one_are_named(together):
    question = definition("lesson03").questions["q7"]
    keys = tuple(SentenceKey(name, "institution") for name in question.sentences[:-2])
    rare = (
        SentenceKey(question.sentences[-2], "unnamed_official"),
        SentenceKey(question.sentences[-1], "other_media"),
    )
    key = QuestionKey(LabelsKey((*keys, *rare), frozenset(together)))
    labels = {one.sentence: {"source_kind": one.label} for one in (*keys, rare[0])}
    answer = {"kind": "labels", "article": question.article, "labels": labels}
    words = summary(score_question(question, key, answer), question)
    assert ("(unnamed and other media are weighed as one)" in words) == bool(together)
    assert "institution 6 of 6, unnamed 1 of 1, other media 0 of 1" in words
