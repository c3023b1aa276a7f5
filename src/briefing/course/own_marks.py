"""What a student marked, as tables and pictures of his or her own; shows no key and saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.answers import AnswersStore
from briefing.corpus import any_article, course_folder, read_table
from briefing.course.solved import model_answer
from briefing.errors import BriefingError
from briefing.keys import definition, exercise_key
from briefing.keys.keyfiles import asked_sentences

if TYPE_CHECKING:
    import pandas as pd

    from briefing.course.exercises import Exercise
    from briefing.figures.described import DescribedFigure

_SPECIMEN = "data/practice/specimen.csv"
OWN = "Article 001: your own labels from exercise 2"
LENT = "A specimen, not yours: somebody's unfinished labels for the constructed text p02"


class NoLabels(BriefingError):
    """The question does not ask for labels."""


def my_strip() -> DescribedFigure:
    """Return the strip of article 001 by the student's labels in question 1 of exercise 2.

    Where there are none yet, a specimen says that it is one: an invented reader's unfinished and
    imperfect labels for a constructed text.

    Raises:
        AnswersUnreadable: the answers file comes from a newer version of the course.
        NoWorkFolder: no folder can be written to.
    """
    from briefing.figures.own_strip import own_strip

    asked = definition("ex02").questions["q1"]
    answer = AnswersStore.open("ex02").answer("q1")
    mine = _labels(answer, asked.field)
    if mine:
        return own_strip("001", mine, OWN)
    rows = read_table(course_folder() / _SPECIMEN, ("article", "sentence", "voice"))
    lent = {row["sentence"]: row["voice"] for row in rows if row["voice"]}
    return own_strip(rows[0]["article"], lent, LENT)


def my_labels(exercise: Exercise, question: str) -> pd.DataFrame:
    """Return the student's labels in a question beside the words of each sentence.

    A solved exercise shows the key's labels instead.

    Returns:
        Columns `sentence`, `words` and `label` (the name on the button, or "no label yet"), one row
        for each sentence that is asked for.

    Raises:
        NoLabels: the exercise has no such question, or it asks for something else.
        AnswersUnreadable: the answers file comes from a newer version of the course.
    """
    from briefing.analysis.own import own_labels

    asked = exercise.definition.questions.get(question)
    if asked is None or asked.kind != "labels":
        raise NoLabels(f"{exercise.name} has no question {question[:40]!r} that asks for labels.")
    if exercise.solved:
        answer = model_answer(asked, exercise_key(exercise.name)[asked.id])
    else:
        exercise.store.reload()
        answer = exercise.store.answer(asked.id) or {}
    article = any_article(asked.article)
    names = {label.id: label.name for label in asked.labels}
    sentences = asked_sentences(asked, article) or [s.id for s in article.sentences]
    return own_labels(article.id, sentences, _labels(answer, asked.field), names)


def _labels(answer: dict[str, object] | None, field: str) -> dict[str, str]:
    """The labels of an answer in compact form; none where it is an answer of another kind."""
    given = (answer or {}).get("labels")
    if not isinstance(given, dict):
        return {}
    return {
        sentence: labels[field]
        for sentence, labels in given.items()
        if isinstance(labels, dict) and labels.get(field)
    }
