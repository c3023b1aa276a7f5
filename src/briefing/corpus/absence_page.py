"""What a search for missing words finds, as a page for reading: word by word; judges nothing."""

from __future__ import annotations

from html import escape

from briefing.corpus.absence import Found, categories, find_words
from briefing.corpus.articles import Article, any_article
from briefing.corpus.background_page import Page
from briefing.corpus.spans import Span, plain
from briefing.errors import BriefingError

_CELL = "text-align: left; vertical-align: top; padding: 4px 12px 4px 0"
_FOUND = "border-bottom: 3px solid #0072b2"
_ROOM = 60
"""Characters shown on either side of a word that was found, within its sentence."""


class UnknownCategory(BriefingError):
    """There is no list of words for a category of that name."""


def look_for(text: str, *words: str, category: str = "") -> Page:
    """Return where words stand in the story of a text, and which of them stand nowhere.

    Args:
        text: the id of an article or of a constructed text.
        *words: words to look for; `*` at the end means "and what begins with it".
        category: a category of `data/omission-words.csv` whose words are looked for as well.

    Raises:
        UnknownArticle: there is no such text.
        UnknownCategory: there is no such category.
        WordUnsearchable: a word cannot be looked for as it is written.
    """
    article = any_article(text)
    wanted = list(dict.fromkeys([*_listed(category), *words]))
    places: dict[str, list[Found]] = {word: [] for word in wanted}
    for found in find_words(article, wanted):
        places[found.word].append(found)
    present = "".join(_row(article, word, found) for word, found in places.items() if found)
    absent = ", ".join(f"<b>{escape(word)}</b>" for word, found in places.items() if not found)
    table = f'<table style="border-collapse: collapse">{present}</table>' if present else ""
    nowhere = f"<p><i>Nowhere in the story:</i> {absent}.</p>" if absent else ""
    return Page(
        f"Search in {article.id}: {', '.join(wanted)}",
        f'<div style="max-width: 46em; line-height: 1.5">{table}{nowhere}</div>',
    )


def _listed(category: str) -> tuple[str, ...]:
    if not category:
        return ()
    known = categories()
    if category not in known:
        raise UnknownCategory(f"There is no category {category!r}; there are: {', '.join(known)}.")
    return known[category].words


def _row(article: Article, word: str, found: list[Found]) -> str:
    shown = "<br>".join(_place(article, one) for one in found)
    return (
        f'<tr><th scope="row" style="{_CELL}">{escape(word)}</th>'
        f'<td style="{_CELL}">{shown}</td></tr>'
    )


def _place(article: Article, found: Found) -> str:
    """The words around a place, cut at spaces and never beyond the sentence; the word underlined."""
    sentence = next(s.span for s in article.segments if s.id == found.segment)
    first = max(sentence.start, found.span.start - _ROOM)
    last = min(sentence.end, found.span.end + _ROOM)
    before = plain(Span(first, found.span.start).of(article.text))
    after = plain(Span(found.span.end, last).of(article.text))
    if first > sentence.start:
        before = "… " + before.partition(" ")[2]
    if last < sentence.end:
        after = after.rpartition(" ")[0] + " …"
    middle = plain(found.span.of(article.text))
    return (
        f'<small>{escape(found.segment)}</small> {escape(before)}<span style="{_FOUND}">'
        f"{escape(middle)}</span>{escape(after)}"
    )
