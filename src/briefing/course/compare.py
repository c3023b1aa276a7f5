"""Two people's answers to one question side by side; keeps nothing of the other's, gives no points.

The partner's file is read as strictly as a file that is marked, and its names are only ever shown.
No key is read here: what two students compare gives away nothing that is graded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.answers.read import parse_answers
from briefing.answers.schema import AnswersFile, Labels, Marks
from briefing.answers.w3c import MarkNotPlaced, mark_from_w3c
from briefing.corpus import any_article
from briefing.corpus.articles import Article
from briefing.errors import BriefingError
from briefing.keys import Question
from briefing.keys.keyfiles import asked_sentences

if TYPE_CHECKING:
    from briefing.widgets.comparison import Comparison, Theirs

LONGEST_NAME = 40


class NotCompared(BriefingError):
    """Something that cannot be put beside one's own answer; the sentence says why."""


def comparison(
    asked: Question, exercise: str, student: str, answer: dict[str, Any] | None
) -> Comparison:
    """Return the widget that shows `answer` and takes a partner's file.

    Args:
        asked: the question.
        exercise: the exercise's id; files of other exercises are refused.
        student: the student's own code.
        answer: the student's own answer in compact form, or None.

    Raises:
        NotCompared: the question is not answered by marks or labels.
    """
    from briefing.widgets.comparison import Comparison
    from briefing.widgets.labels import Label

    if asked.kind not in ("labels", "marks"):
        raise NotCompared(f"{asked.id} has no marks or labels; only those can be compared.")
    article = any_article(asked.article)
    return Comparison(
        article.text,
        read=lambda data: theirs(data, asked, exercise, student, article),
        labels=[Label(label.id, label.name) for label in asked.labels],
        mode="sentences" if asked.kind == "labels" else "spans",
        segments=article.segments,
        units=asked_sentences(asked, article) or None,
        field=asked.field or "label",
        article=article.id,
        answer=answer if answer and answer.get("kind") == asked.kind else None,
        question=f"{exercise}/{asked.id}/compare",
        title=f"Compare with a partner: {asked.title or asked.id}",
        student=student,
    )


def theirs(data: bytes, asked: Question, exercise: str, student: str, article: Article) -> Theirs:
    """Read a partner's answers file.

    Args:
        data: the bytes of the file, from anywhere.
        asked: the question that is compared.
        exercise: the exercise it belongs to.
        student: the code of the one who compares.
        article: the text that the question is about.

    Raises:
        NotGradable: the bytes are no answers file of this course.
        NotCompared: it is of another exercise, or has no such answer on the same text.
    """
    from briefing.widgets.comparison import Theirs

    file = parse_answers(data)
    if file.exercise != exercise:
        raise NotCompared(f"This file belongs to {file.exercise}; choose one of {exercise}.")
    answer = file.answers.get(asked.id)
    if not isinstance(answer, (Marks, Labels)) or isinstance(answer, Marks) != (
        asked.kind == "marks"
    ):
        raise NotCompared(f"This file holds no answer to {asked.id} yet.")
    if answer.article != article.id or answer.sha256 not in (None, article.sha256):
        raise NotCompared(
            f"The answer to {asked.id} in this file is about another text; nothing was compared."
        )
    name = file.student if len(file.student) <= LONGEST_NAME else f"{file.student[:39]}…"
    if file.student == student:
        name = "your file"
    if isinstance(answer, Marks):
        found, lost = _marks(answer, asked, article.text)
        return Theirs(found, name, _message(file, name, lost, "mark"))
    labels, lost = _labels(answer, asked, article)
    return Theirs(labels, name, _message(file, name, lost, "label"))


def _marks(answer: Marks, asked: Question, text: str) -> tuple[list[dict[str, Any]], int]:
    known = {label.id for label in asked.labels}
    found = []
    for raw in answer.marks:
        try:
            mark = mark_from_w3c(raw, text)
        except MarkNotPlaced:
            continue
        if mark.label in known:
            found.append(
                {"start": mark.start, "end": mark.end, "label": mark.label, "note": mark.note}
            )
    return found, len(answer.marks) - len(found)


def _labels(answer: Labels, asked: Question, article: Article) -> tuple[dict[str, str], int]:
    known = {label.id for label in asked.labels}
    wanted = set(asked_sentences(asked, article)) or {one.id for one in article.segments}
    given = {
        sentence: fields[asked.field]
        for sentence, fields in answer.labels.items()
        if asked.field in fields and sentence in wanted
    }
    found = {sentence: label for sentence, label in given.items() if label in known}
    return found, len(given) - len(found)


def _message(file: AnswersFile, name: str, lost: int, thing: str) -> str:
    said = f"Read: {name}, revision {file.revision}. Nothing of it is kept in your answers."
    if file.student and name == "your file":
        said = f"This file carries your own code, {file.student[:LONGEST_NAME]}. {said}"
    if lost:
        things = f"1 {thing} does" if lost == 1 else f"{lost} {thing}s do"
        said = f"{said} {things} not fit the question and cannot be shown."
    return said
