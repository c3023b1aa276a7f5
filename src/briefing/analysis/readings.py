"""How much hangs on the reading: what credits nobody, strictly and with every run inherited."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefing.analysis.voices import voices


def runs(article: str) -> list[str]:
    """Return the ids of the runs of a text, in their order.

    Raises:
        UnknownArticle: there is no such text.
        BriefingError: the key that lessons show has no rows for it.
    """
    table = voices(article)
    return list(dict.fromkeys(run for run in table["run"] if run))


def both_readings(articles: Iterable[str]) -> pd.DataFrame:
    """Return for each text how many words credit nobody, by either reading.

    Args:
        articles: ids of texts whose attribution a lesson may show.

    Returns:
        Index `article`; columns `words` (of the whole text), `strict` and `inherited` (words that
        credit nobody when every run is read strictly, and when every run is inherited), and
        `strict_percent`, `inherited_percent` (of `words`, rounded to whole numbers).

    Raises:
        UnknownArticle: there is no such text.
        BriefingError: the key that lessons show has no rows for it.
    """
    rows = []
    for article in articles:
        strict, inherited = voices(article), voices(article, runs(article))
        rows.append(
            {
                "article": article,
                "words": int(strict["words"].sum()),
                "strict": int(strict.loc[~strict["credited"], "words"].sum()),
                "inherited": int(inherited.loc[~inherited["credited"], "words"].sum()),
            }
        )
    table = pd.DataFrame(rows).set_index("article")
    for reading in ("strict", "inherited"):
        percent = 100 * table[reading] / table["words"]
        table[f"{reading}_percent"] = percent.round().astype(int)
    return table
