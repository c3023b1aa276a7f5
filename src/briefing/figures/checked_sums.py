"""The pictures of lesson 04: drawn from the ledger and the releases, and described from them.

The description is made from the same table as the picture, so that the two can never disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analysis.numbers import COUNTRIES, TOTAL, added_up, ledger, rate, releases
from briefing.figures.described import DescribedFigure, described
from briefing.figures.sums import parts_against_total, rates_as_areas, sums_against_totals

if TYPE_CHECKING:
    import pandas as pd

LIST, OPEN, TARGETS = (
    ["000.n07", "000.n08", "000.n09", "000.n10"],
    ["000.n11", "000.n12"],
    "000.n06",
)
WEEK, WHOLE = ["002.n08", "002.n09", "002.n10", "002.n11"], "002.n03"
WEEK_DAYS, DAYS_BEFORE = 7, 9
"""The past week of 16 October 2015, and the days from 30 September to its beginning."""


def list_and_targets() -> DescribedFigure:
    """Return the list of article 000 against the 63 targets before it, with its description.

    No sentence calls the 63 the total of the list, and so the picture does not either.
    """
    parts = ledger("000", [*LIST, *OPEN])
    targets = int(ledger("000", [TARGETS])["value"].iloc[0])
    title = f"Article 000: the list, and the {targets} targets"
    ax = parts_against_total(parts, targets, title, called="the targets", open_parts=OPEN)
    counted, both = int(parts.loc[LIST, "value"].sum()), int(parts["value"].sum())
    told = ", ".join(f"{row.what} {row.value:g}" for row in parts.itertuples())
    return described(
        ax,
        f"{title}. One bar for each item of the list, each beginning where the one before it ends: "
        f"{told}. Without the last two, which are striped because they may or may not be counted, "
        f"the list reaches {counted}; with them {both}. The {targets} targets are a bar of "
        "their own; a dashed line carries it upwards. Both ends of the list lie beyond that line.",
    )


def week_and_before() -> DescribedFigure:
    """Return the targets of article 002 by period, with its description."""
    table = periods()
    title = "Article 002: the days before, and the past week"
    told = " ".join(
        f"{name}: {row['targets']:g} targets in {row['days']:g} days, about {row['per day']:.0f} a day."
        for name, row in table.iterrows()
    )
    return described(
        rates_as_areas(table, title),
        f"{title}. Two bars, as wide as their days and as high as their targets a day. {told}",
    )


def periods() -> pd.DataFrame:
    """Return the targets of article 002 before the past week and in it, with days and rates."""
    import pandas as pd

    week = int(ledger("002", WEEK)["value"].sum())
    whole = int(ledger("002", [WHOLE])["value"].iloc[0])
    table = pd.DataFrame(
        {"targets": [whole - week, week], "days": [DAYS_BEFORE, WEEK_DAYS]},
        index=["the days before", "the past week"],
    )
    return rate(table)


def release_sums() -> DescribedFigure:
    """Return the strikes of the eleven releases, summed and as printed, with the description."""
    table = added_up(releases(), COUNTRIES, TOTAL)
    title = "Eleven US releases, June and July 2017: strikes in Syria and in Iraq"
    told = " ".join(
        f"{day}: {' and '.join(str(row[country]) for country in COUNTRIES)} make {row['sum']}, "
        f"printed {row[TOTAL]}."
        for day, row in table.iterrows()
    )
    fits = int((table["difference"] == 0).sum())
    return described(
        sums_against_totals(table, COUNTRIES, TOTAL, title),
        f"{title}. One row a release. {told} {fits} of {len(table)} add up.",
    )
