"""What a page consists of, and what cutting changes in a count; tables in, tables out, no judgement."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefing.analysis.voices import words_in
from briefing.corpus import any_article
from briefing.corpus.story import page_label, story


def page_parts(article: str) -> pd.DataFrame:
    """Return one row for every piece of a page, in order.

    Args:
        article: the id of an article or of a constructed text.

    Returns:
        Columns `piece` (its id), `part`, `label` (`story`, `caption`, `furniture`), `words`, and
        `before` (the words of the page before this piece).

    Raises:
        UnknownArticle: there is no such text.
    """
    text = any_article(article)
    table = pd.DataFrame(
        {
            "piece": [segment.id for segment in text.segments],
            "part": [segment.part for segment in text.segments],
            "label": [page_label(segment) for segment in text.segments],
            "words": [words_in(text.words(segment.id)) for segment in text.segments],
        }
    )
    table["before"] = table["words"].cumsum() - table["words"]
    return table


def before_and_after(names: Iterable[str], articles: Iterable[str]) -> pd.DataFrame:
    """Return how often words stand on the whole page and in the story alone.

    Args:
        names: words or beginnings of words; capitals and small letters count as the same.
        articles: ids of articles.

    Returns:
        One row for each word of each article: `article`, `name`, `page`, `story`.

    Raises:
        UnknownArticle: there is no such text.
    """
    wanted = list(names)
    return pd.DataFrame(
        [
            {
                "article": article,
                "name": name,
                "page": any_article(article).text.lower().count(name.lower()),
                "story": story(article).lower().count(name.lower()),
            }
            for article in articles
            for name in wanted
        ]
    )
