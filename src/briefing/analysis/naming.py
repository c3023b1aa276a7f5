"""Names for fighters and forces as a table, one mention a row; it counts and never judges.

Everything is read from the naming key that lessons may show. Whether a name stands inside quotation
marks can be seen in the text. Who chose it cannot: the quotations are translations.
"""

from __future__ import annotations

import pandas as pd

from briefing.corpus import any_article, articles, plain
from briefing.errors import BriefingError
from briefing.keys.naming import Mention, shown_mentions

WHO = {
    "isil": "ISIL, by name",
    "nusra": "Nusra Front, by name",
    "fighters": "fighters, no group named",
    "opposition": "called opposition",
    "government": "Syrian government",
    "russian_forces": "Russian forces",
    "us_coalition": "US-led coalition",
    "others": "others",
}
"""Whom a name stands for, in the words of lesson 06."""

OPPONENTS = ("isil", "nusra", "fighters", "opposition")
"""Those against whom the government or its allies fight, or once fought."""

COLUMNS = ("sentence", "words", "name", "who", "inside", "outside")


class NotInNames(BriefingError):
    """The naming key that lessons show does not hold the article."""


def names(article: str, *, everybody: bool = False) -> pd.DataFrame:
    """Return the mentions of an article, one a row, in the order of the text.

    Args:
        article: the id of an article whose names a lesson may show.
        everybody: whether names for the government, Russian forces, the coalition and others are
            wanted, too.

    Returns:
        Columns `sentence`, `words` (as they stand there), `name` (singular; "ISIL" in "ISIL
        targets", too), `who` (see `WHO`), and `inside` and `outside` quotation marks: 1 in one of
        them and 0 in the other, so that they can be added up.

    Raises:
        NotInNames: the article's names are an exercise, or there is no such article.
    """
    rows = [row for row in shown_mentions() if row.article == article]
    if not rows:
        known = article in articles
        raise NotInNames(
            f"The names that lessons show are those of 000 and 004; those of article {article} "
            + ("are an exercise." if known else "do not exist.")
        )
    wanted = [row for row in rows if everybody or row.referent in OPPONENTS]
    return pd.DataFrame([_row(row) for row in wanted], columns=list(COLUMNS))


def _row(mention: Mention) -> dict[str, str | int]:
    article = any_article(mention.article)
    (segment,) = (s for s in article.segments if s.span.contains(mention.span))
    return {
        "sentence": segment.id,
        "words": plain(mention.span.of(article.text)),
        "name": mention.term.removesuffix(" (adj)"),
        "who": WHO[mention.referent],
        "inside": int(mention.inside == "yes"),
        "outside": int(mention.inside == "no"),
    }


def in_and_out(article: str) -> pd.DataFrame:
    """Return how often an article names its fighters inside and outside quotation marks.

    Returns:
        Index `name`: first ISIL by any of its names, then each name that tells no group, the
        commonest first, then whoever is called opposition. Columns `inside`, `outside`.

    Raises:
        NotInNames: the article's names are an exercise, or there is no such article.
    """
    table = names(article)
    unnamed = table["who"] == WHO["fighters"]
    table["name"] = table["name"].where(unnamed, table["who"])
    counted = table.groupby("name", sort=False)[["inside", "outside"]].sum()
    order = [WHO["isil"], WHO["nusra"]]
    common = counted.loc[[n for n in counted.index if n not in WHO.values()]]
    order += list(common.sum(axis=1).sort_values(ascending=False, kind="stable").index)
    order.append(WHO["opposition"])
    return counted.loc[[name for name in order if name in counted.index]]
