"""The figures of the ledger and of the US releases as tables: sums, rates, differences; no verdicts.

Every sum here could be typed by a student in one line of pandas. The ledger is the one that lessons
may show; graded articles are not in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from briefing.corpus import course_folder, mirror, read_table, sources
from briefing.errors import BriefingError

COLUMNS = ("what", "value", "unit", "said to be", "period", "per", "who says so")
"""The columns of a ledger as students read it."""

OUTLET = "the outlet"
_KEY = ("id", "article", "value", "unit", "what", "counted_as", "since", "per", "asserted_by")
COUNTRIES = ("Syria", "Iraq")
"""The countries of a US release, as `releases` heads them."""

TOTAL = "total"


class NotInLedger(BriefingError):
    """The ledger that lessons show has no such article or row."""


def ledger(article: str, rows: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the numeric claims of an article, one a row, in the order of the text.

    Args:
        article: the id of an article whose numbers a lesson may show.
        rows: ids of the rows wanted, such as `["000.n07"]`; all of them where left out.

    Returns:
        Index `id`; the columns of `COLUMNS`. `value` is a number, and missing where the text gives
        none (dates, "several"). Empty text means that the article does not say.

    Raises:
        NotInLedger: the article's numbers are an exercise, or a row is not there.
        TableError: the table is missing or damaged.
    """
    path = course_folder() / "data" / "keys" / "numbers.csv"
    known = {row["id"]: row for row in read_table(path, _KEY) if row["article"] == article}
    if not known:
        raise NotInLedger(
            f"The ledger that lessons show has no article {article}; its numbers are an exercise."
        )
    missing = [name for name in rows or () if name not in known]
    if missing:
        raise NotInLedger(
            f"The ledger of article {article} has no row {missing[0]!r}; its rows run from "
            f"{min(known)} to {max(known)}."
        )
    names = {source: row["name"] for source, row in sources().items()}
    wanted = [known[name] for name in (known if rows is None else rows)]
    table = pd.DataFrame(
        {
            "what": [row["what"] for row in wanted],
            "value": pd.to_numeric([row["value"] for row in wanted], errors="coerce"),
            "unit": [row["unit"] for row in wanted],
            "said to be": [row["counted_as"].replace("_", " ") for row in wanted],
            "period": [row["since"] for row in wanted],
            "per": [row["per"] for row in wanted],
            "who says so": [names.get(row["asserted_by"], OUTLET) for row in wanted],
        },
        index=pd.Index([row["id"] for row in wanted], name="id"),
    )
    return table[list(COLUMNS)]


def rate(periods: pd.DataFrame) -> pd.DataFrame:
    """Return the table with one more column: `per day`, which is `targets` by `days`.

    Args:
        periods: columns `targets` (a count) and `days` (a number above 0).
    """
    return periods.assign(**{"per day": periods["targets"] / periods["days"]})


def releases() -> pd.DataFrame:
    """Return the strikes of the eleven US releases of `data/mirror.csv`, in their order.

    The headings are short: on a small screen a wide table hides its last column.

    Returns:
        Index `released` (the day as text); a column for each of `COUNTRIES`, and `total` as printed.

    Raises:
        TableError: the table is missing or damaged.
    """
    rows = mirror()
    columns = {country: f"{country.lower()}_strikes" for country in COUNTRIES} | {TOTAL: "strikes"}
    table = pd.DataFrame({name: [int(row[own]) for row in rows] for name, own in columns.items()})
    table.index = pd.Index([row["released"] for row in rows], name="released")
    return table


def added_up(table: pd.DataFrame, parts: Sequence[str], total: str) -> pd.DataFrame:
    """Return parts, their sum, the printed total, and by how much the sum exceeds it.

    Args:
        table: any table of numbers.
        parts: the columns that are added.
        total: the column that they are compared with.

    Returns:
        The columns `parts`, `sum`, `total`, `difference` (sum less total: 0 where it adds up).
    """
    found = table[[*parts, total]].copy()
    found.insert(len(parts), "sum", found[list(parts)].sum(axis=1))
    found["difference"] = found["sum"] - found[total]
    return found
