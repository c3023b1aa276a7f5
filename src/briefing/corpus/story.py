"""An article without its page: the text that is counted, cut by segments; changes no word of it."""

from __future__ import annotations

from itertools import groupby

from briefing.corpus.articles import LABELLED_PARTS, Article, Segment, any_article
from briefing.corpus.spans import plain

PAGE_LABELS = ("story", "caption", "furniture")
"""The three things that a piece of a page can be, as the buttons of lesson 01 name them."""


def page_label(segment: Segment) -> str:
    """Return what a segment is to a reader: `story`, `caption` or `furniture`.

    A second printing of the story is furniture, and so are lists of other stories and of tags.
    """
    if segment.is_furniture:
        return "furniture"
    return "caption" if segment.part == "caption" else "story"


def line_of(article: Article, segment: Segment) -> int:
    """Return the number of the line of the file that a segment stands on, from 0."""
    return article.text.count("\n", 0, segment.span.start)


def story(article: str) -> str:
    """Return the text of an article that is counted: headline, deck, lead, body, subheadings.

    Left out are furniture, second printings, the caption and the line of place and date. Sentences
    of one paragraph stay together, paragraphs stand a line apart, no-break spaces become spaces.

    Args:
        article: the id of an article or of a constructed text.

    Raises:
        UnknownArticle: there is no such text.
    """
    text = any_article(article)
    kept = [segment for segment in text.segments if segment.part in LABELLED_PARTS]
    paragraphs = groupby(kept, key=lambda segment: line_of(text, segment))
    return "\n\n".join(
        " ".join(plain(segment.span.of(text.text)) for segment in paragraph)
        for _, paragraph in paragraphs
    )
