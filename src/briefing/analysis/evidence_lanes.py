"""Every row of evidence beside every article: kind, lane and days between; judges no row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.corpus import articles, evidence, timing
from briefing.corpus.lanes import LANES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("article", "row", "kind", "lane", "days", "exact")


def evidence_lanes() -> pd.DataFrame:
    """Return how each row that is filed under one of the five articles lies to each of them.

    Rows on publishers and on the other side's strikes are left out: they are about other things.

    Returns:
        Columns `article`, `row`, `kind`, `lane`, `days` (from the article's day to the last day
        that the row's date can mean, below zero for earlier) and `exact` (whether a day is known).

    Raises:
        TableError: a table is missing or damaged.
        DateUnreadable: a date cannot be read.
    """
    import pandas as pd

    found = []
    for article in sorted(articles, key=lambda name: articles[name].published):
        for row in evidence():
            if row["article"] in articles:
                place = timing(row["date"], articles[article].published)
                exact = place.first == place.last
                found.append(
                    (article, row["id"], row["source_type"], place.lane, place.last, exact)
                )
    return pd.DataFrame(found, columns=list(COLUMNS))


def lane_counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows lie in each lane, one line an article, one column a lane."""
    counted = table.groupby(["article", "lane"], sort=False).size().unstack(fill_value=0)
    return counted.reindex(columns=list(LANES), fill_value=0)
