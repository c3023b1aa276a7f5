"""The words of an article that a row or a card is about, read from the article each time."""

from __future__ import annotations

from briefing.corpus import any_article, plain
from briefing.keys.asked_cells import CardAsked, Row
from briefing.keys.definitions import DefinitionError, Question


def passage(asked: Question, thing: Row | CardAsked) -> tuple[str, str]:
    """Return where the words stand (a sentence's id, or the article's where it is named) and the words.

    Both are empty where a row or a card shows no words of an article.

    Raises:
        DefinitionError: its span lies outside the article.
        UnknownArticle, UnknownSegment: there is no such text or sentence.
    """
    if thing.sentence:
        article = any_article(thing.sentence.partition(".")[0])
        return thing.sentence, plain(article.words(thing.sentence))
    if not thing.span:
        return "", ""
    article = any_article(thing.article or asked.article)
    start, end = thing.span
    if end > len(article.text):
        raise DefinitionError(
            f"Question {asked.id} shows {start}-{end} of article {article.id} in {thing.id}, which "
            f"has {len(article.text)} characters; correct the span."
        )
    inside = (s.id for s in article.segments if s.span.start <= start and end <= s.span.end)
    return next(inside, thing.article), plain(article.text[start:end])
