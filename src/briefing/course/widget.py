"""The widget that a question is answered with: from what is asked to what is shown; saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from briefing.corpus import any_article
from briefing.errors import BriefingError
from briefing.keys import Question
from briefing.keys.keyfiles import LINKS, asked_sentences

if TYPE_CHECKING:
    from briefing.widgets.question import QuestionWidget


class NoWidget(BriefingError):
    """There is no widget for questions of that kind."""


def build(asked: Question, **common: Any) -> QuestionWidget:
    """Return the widget of a question.

    Args:
        asked: what is asked.
        **common: what every widget takes (see `QuestionWidget`).

    Raises:
        NoWidget: no widget answers questions of that kind.
    """
    common.setdefault("title", asked.title)
    match asked.kind:
        case "labels" | "marks":
            return _annotator(asked, common)
        case "choice":
            from briefing.widgets.choice import Choice

            groups = [msgspec.to_builtins(group) for group in asked.choice_groups]
            return Choice(groups, prompt=asked.prompt, **common)
        case "text":
            from briefing.widgets.text import Text

            return Text(asked.prompt, words=asked.words or None, **common)
    raise NoWidget(f"No widget answers questions of the kind {asked.kind!r} ({asked.id}) yet.")


def _annotator(asked: Question, common: dict[str, Any]) -> QuestionWidget:
    from briefing.widgets.annotator import Annotator
    from briefing.widgets.labels import Label

    article = any_article(asked.article)
    return Annotator(
        article.text,
        labels=[Label(label.id, label.name) for label in asked.labels],
        mode="sentences" if asked.kind == "labels" else "spans",
        segments=article.segments,
        units=asked_sentences(asked, article) or None,
        field=asked.field or "label",
        sources=sorted(set(LINKS.values())) if asked.linked else (),
        article=article.id,
        **common,
    )
