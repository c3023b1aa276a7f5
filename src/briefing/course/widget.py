"""The widget that a question is answered with: from what is asked to what is shown; saves nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.corpus import any_article
from briefing.corpus.quote import quote
from briefing.errors import BriefingError
from briefing.keys import Question
from briefing.keys.asked_cells import CardAsked, Row
from briefing.keys.asked_words import passage
from briefing.keys.definitions import Group, Label
from briefing.keys.keyfiles import LINKS, asked_sentences
from briefing.keys.own_card import WIDGET, card_gates

if TYPE_CHECKING:
    from briefing.widgets.question import QuestionWidget
    from briefing.widgets.table import Column
    from briefing.widgets.table import Row as TableRow


WHY = {
    "marks": "Note: say why you marked it; your teacher reads it",
    "labels": "Why this label? Your teacher reads it",
}
"""What the field asks in which a student defends a mark or a label."""


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
        case "matrix":
            return _matrix(asked, common)
        case "table":
            return _table(asked, common)
        case "cards":
            return _cards(asked, common)
    raise NoWidget(f"No widget answers questions of the kind {asked.kind!r} ({asked.id}) yet.")


def _matrix(asked: Question, common: dict[str, Any]) -> QuestionWidget:
    from briefing.widgets.matrix import Function, Matrix, MatrixText
    from briefing.widgets.provenance import day_in_words

    articles = [any_article(name) for name in asked.articles]
    texts = [
        MatrixText(a.id, a.text, f"{a.outlet}, {day_in_words(a.published)}", segments=a.segments)
        for a in articles
    ]
    functions = [Function(f.id, f.name, f.hint) for f in asked.functions]
    return Matrix(texts, functions, prompt=asked.prompt, **common)


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


def _shown(asked: Question, thing: Row | CardAsked) -> str:
    """The words of an article that a row or a card is about, with where they stand."""
    return "  ".join(filter(None, passage(asked, thing)))


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
    rows = [table.Row(row.id, row.name, _shown(asked, row), row.given) for row in asked.rows]
    if asked.widget == WIDGET:
        return _own_card(asked, columns, rows[0], common)
    as_card = asked.widget == "provenance"
    return table.Table(columns, rows, prompt=asked.prompt, as_card=as_card, **common)


def _own_card(
    asked: Question, columns: Sequence[Column], row: TableRow, common: dict[str, Any]
) -> QuestionWidget:
    from briefing.widgets.own_card import GateShown, OwnCard

    article = any_article(asked.article)

    def gates(cells: Mapping[str, Any]) -> list[GateShown]:
        found = card_gates(article, cells)
        return [GateShown(gate.id, gate.name, gate.state, gate.words) for gate in found]

    return OwnCard(columns, row, gates, prompt=asked.prompt, **common)


def _cards(asked: Question, common: dict[str, Any]) -> QuestionWidget:
    from briefing.widgets import cards

    def offered(labels: list[Label]) -> list[cards.Offered]:
        return [cards.Offered(label.id, label.name, label.hint) for label in labels]

    made = [
        cards.Card(
            id=card.id,
            title=card.title,
            quote=_shown(asked, card),
            boxes=tuple(cards.Box(box.name, box.text) for box in card.boxes),
        )
        for card in asked.cards
    ]
    return cards.Cards(
        made,
        offered(asked.decisions),
        offered(asked.gates),
        prompt=asked.prompt,
        asks=asked.asks,
        **common,
    )


def _annotator(asked: Question, common: dict[str, Any]) -> QuestionWidget:
    from briefing.widgets import labels
    from briefing.widgets.annotator import Annotator

    article = any_article(asked.article)
    return Annotator(
        article.text,
        labels=[labels.Label(label.id, label.name) for label in asked.labels],
        mode="sentences" if asked.kind == "labels" else "spans",
        segments=[replace(s, part="") for s in article.segments]
        if asked.bare
        else article.segments,
        units=asked_sentences(asked, article) or None,
        field=asked.field or "label",
        sources=sorted(set(LINKS.values())) if asked.linked else (),
        article=article.id,
        why=WHY[asked.kind],
        **common,
    )
