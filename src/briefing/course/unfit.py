"""An answer in the file that its question cannot show: says so, and keeps it before another takes its place.

A file that was changed by hand, or was made for other questions, may hold such answers. The question can
be answered all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefing.answers import AnswersStore, Receipt, to_file
from briefing.answers.earlier import keep_apart
from briefing.answers.tree import whole
from briefing.corpus import any_article
from briefing.errors import BriefingError
from briefing.keys import Question

Save = Callable[[dict[str, Any], int | None], Receipt]


class Unfit(BriefingError):
    """An answer that belongs to another question."""


def check_fits(asked: Question, answer: Mapping[str, Any]) -> None:
    """Look whether an answer is one to this question, and could be saved again as it stands.

    Raises:
        Unfit: it is of another kind, or about another text.
        BriefingError: a part of it is one that a file may hold and that is not written.
    """
    if answer.get("kind") != asked.kind:
        raise Unfit("It is an answer of another kind.")
    if asked.article and answer.get("article", asked.article) != asked.article:
        raise Unfit("It is about another text.")
    to_file(whole(dict(answer)), any_article(asked.article) if asked.article else None)


def unfit_told(asked: Question, problem: BriefingError) -> str:
    """Return what the student is told of an answer that cannot be shown."""
    return (
        f"{asked.id}: the answer that the file holds cannot be shown here. {problem} So the question is "
        "empty here. When you answer it, the file as it was is kept where you hand in, under “Earlier "
        "versions”."
    )


def kept_first(store: AnswersStore, save: Save) -> Save:
    """Return `save`, but that the file as it is now is kept before the first answer is saved."""
    done = False

    def saved(payload: dict[str, Any], base: int | None) -> Receipt:
        nonlocal done
        if not done:
            keep_apart(store.path, store.exercise)
            done = True
        return save(payload, base)

    return saved
