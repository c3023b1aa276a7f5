"""The widget that a question is answered with: from what is asked to what is shown; saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.corpus import any_article, plain
from briefing.corpus.quote import quote
from briefing.errors import BriefingError
from briefing.keys import Question
from briefing.keys.asked_cells import CardAsked, Row
from briefing.keys.definitions import DefinitionError, Group
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

            groups = [_group(group) for group in asked.choice_groups]
            return Choice(groups, prompt=asked.prompt, quote=_words(asked.sentence), **common)
        case "text":
            from briefing.widgets.text import Text

            shown = _words(asked.sentence)
            return Text(asked.prompt, quote=shown, words=asked.words or None, **common)
        case "table":
            return _table(asked, common)
    raise NoWidget(f"No widget answers questions of the kind {asked.kind!r} ({asked.id}) yet.")


def _group(group: Group) -> dict[str, Any]:
    """The group as the widget takes it, an option that is a sentence with that sentence's words."""
    options = [
        {"id": option.id, "text": option.text or _words(option.sentence)}
        for option in group.options
    ]
    return {
        "id": group.id,
        "prompt": group.prompt,
        "options": options,
        "several": group.several,
    }


def _words(sentence: str) -> str:
    """A sentence of an article and its id; empty for no sentence."""
    return str(quote(sentence)) if sentence else ""


def shown_words(asked: Question, thing: Row | CardAsked) -> str:
    """Return the words of an article that a row or a card is about, as they are shown.

    Raises:
        DefinitionError: its span lies outside the article.
        UnknownArticle, UnknownSegment: there is no such text or sentence.
    """
    if thing.sentence or not thing.span:
        return _words(thing.sentence)
    article = any_article(thing.article or asked.article)
    start, end = thing.span
    if end > len(article.text):
        raise DefinitionError(
            f"Question {asked.id} shows {start}-{end} of article {article.id} in {thing.id}, which "
            f"has {len(article.text)} characters; correct the span."
        )
    return plain(article.text[start:end])


def _table(asked: Question, common: dict[str, Any]) -> QuestionWidget:
    from briefing.widgets import table
    from briefing.widgets.choice import Option

    columns = [
        table.Column(
            id=column.id,
            name=column.name,
            type=column.type,
            options=tuple(
                Option(option.id, option.text or _words(option.sentence))
                for option in column.options
            ),
            unit=column.unit,
            most=column.most,
            hint=column.hint,
        )
        for column in asked.columns
    ]
    rows = [table.Row(row.id, row.name, shown_words(asked, row), row.given) for row in asked.rows]
    as_card = asked.widget == "provenance"
    return table.Table(columns, rows, prompt=asked.prompt, as_card=as_card, **common)


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
