"""The frames key as tables: which of four functions a text fulfils, and where; no verdicts.

Only articles whose frames a lesson may show are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from briefing.corpus import any_article
from briefing.corpus.spans import plain
from briefing.errors import BriefingError
from briefing.keys.frames import FUNCTIONS, FrameCell, cells, shown_frames

SHOWN = ("000", "002", "004")
"""The articles whose frames lessons may show."""


class FramesNotShown(BriefingError):
    """The frames that lessons show have no such article."""


def frame_matrix(articles: Iterable[str] = SHOWN) -> pd.DataFrame:
    """Return for each article and function what is said there, in a sentence, or "" for a no.

    Args:
        articles: ids of articles whose frames a lesson may show.

    Returns:
        Index `article`; columns `problem`, `cause`, `judgement`, `remedy`. Where a text does it in
        several places, the sentence is that of the first.

    Raises:
        FramesNotShown: an article's frames are an exercise, or there is no such article.
        TableError: the key is missing or damaged.
    """
    rows = {
        name: {c.function: c.gists[0] if c.present else "" for c in _cells(name)}
        for name in articles
    }
    return _table(rows)


def frame_places(articles: Iterable[str] = SHOWN) -> pd.DataFrame:
    """Return for each article and function in how many places the text does it; 0 for a no.

    Raises:
        FramesNotShown: an article's frames are an exercise, or there is no such article.
        TableError: the key is missing or damaged.
    """
    return _table({name: {c.function: len(c.spans) for c in _cells(name)} for name in articles})


def frame_words(article: str) -> pd.DataFrame:
    """Return the words of an article that carry each function.

    Returns:
        Index `function`; columns `words` (as they stand in the article, no-break spaces as spaces)
        and `in short`. A function that the text does not fulfil has one row, without words, that
        says what was looked for.

    Raises:
        FramesNotShown: the article's frames are an exercise, or there is no such article.
        TableError: the key is missing or damaged.
    """
    text = any_article(article).text
    rows = [
        (cell.function, plain(span.of(text)) if span else "", gist)
        for cell in _cells(article)
        for span, gist in zip(cell.spans or (None,), cell.gists, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["function", "words", "in short"])
    return table.set_index("function")


def _cells(article: str) -> list[FrameCell]:
    found = cells(row for row in shown_frames() if row.article == article)
    if not found:
        raise FramesNotShown(
            f"The frames that lessons show have no article {article}; they have {', '.join(SHOWN)}. "
            "The others are an exercise."
        )
    return list(found.values())


def _table(rows: Mapping[str, Mapping[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame([dict(row) for row in rows.values()], columns=list(FUNCTIONS))
    table.index = pd.Index(list(rows), name="article")
    return table
