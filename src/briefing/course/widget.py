"""The widget that a question is answered with: from what is asked to what is shown; saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.corpus import any_article
from briefing.errors import BriefingError
from briefing.keys import Question
from briefing.keys.keyfiles import asked_sentences

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

            return Choice(
                [_group(group) for group in asked.choice_groups], prompt=asked.prompt, **common
            )
        case "text":
            from briefing.widgets.text import Text

            return Text(asked.prompt, words=asked.words or None, **common)
    raise NoWidget(f"No widget answers questions of the kind {asked.kind!r} ({asked.id}) yet.")
