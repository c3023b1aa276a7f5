"""What a check of one question answers: the key's feedback where it may be shown; saves nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefing.keys import Exercise, KeyNotHere, Question, exercise_key
from briefing.keys.feedback import feedback
from briefing.widgets.feedback import Feedback, FeedbackItem

SAVED = "Saved. Your teacher's page will explain."


def checker(
    exercise: Exercise,
    question: Question,
    others: Callable[[], Mapping[str, Mapping[str, Any]]] = dict,
) -> Callable[[dict[str, Any]], Feedback] | None:
    """Return what a widget calls to check an answer; None where only a teacher can mark it.

    Args:
        exercise: the exercise.
        question: one of its questions.
        others: returns the other answers as they stand, in compact form, by question id.

    The key is read when a check is asked for, not before. In a student's version, which lacks the
    keys of graded exercises, the check says that the answer is saved and nothing else.
    """
    if question.marked == "teacher":
        return None
    asks_table = question.kind == "table"

    def check(payload: dict[str, Any]) -> Feedback:
        try:
            key = exercise_key(exercise.exercise)[question.id]
        except KeyNotHere:
            if exercise.graded:
                return Feedback(summary=SAVED)
            raise
        # Only numbers of a table follow from other answers, so only then the file is read again.
        said = feedback(question, key, payload, answers=others() if asks_table else None)
        return Feedback(
            summary=said["summary"],
            items=[FeedbackItem(**item) for item in said["items"]],
            key=said["key"],
            final=said["final"],
        )

    return check
