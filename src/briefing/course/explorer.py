"""The explorer over `data/evidence.csv`: joins the table, the date rule and the widget; no view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefing.corpus import TableError, articles
from briefing.corpus import evidence as table
from briefing.corpus.evidence_page import UnknownRow
from briefing.corpus.lanes import LANE_NAMES, LANES, TOO_LATE, DateUnreadable, timing
from briefing.widgets.explorer import Explorer, Lane, Place, Record, Reference

FILED = {"outlets": "who publishes", "mirror": "the other side’s strikes"}
"""What rows are filed under beside the five articles."""

ABOUT = (
    "Each row is somebody’s account, with its kind, whose side it is on, and who says otherwise. Any "
    "row may serve any article. A row counts by the last day that its date can mean."
)


def evidence(article: str = "", *rows: str) -> Explorer:
    """Return the evidence from outside the five articles, to be looked through.

    Args:
        article: the article whose day the dates are compared with at first; empty for none.
        *rows: ids such as `"E12"`, to show these alone; all rows without.

    Raises:
        UnknownArticle: there is no such article.
        UnknownRow: there is no row of one of the ids.
        TableError: `data/evidence.csv` is missing or damaged.
    """
    if article:
        _ = articles[article]
    known = {row["id"]: row for row in table()}
    if unknown := [name for name in rows if name not in known]:
        raise UnknownRow(f"data/evidence.csv has no row {unknown[0]!r}.")
    days = {name: articles[name].published for name in articles}
    chosen = [known[name] for name in (rows or known)]
    return Explorer(
        [_record(row, days) for row in sorted(chosen, key=lambda row: row["date"])],
        [
            Reference(name, f"{name} ({articles[name].outlet})", _in_words(days[name]))
            for name in days
        ],
        lanes=[Lane(id_, LANE_NAMES[id_], TOO_LATE if id_ == "later" else "") for id_ in LANES],
        groups={name: f"article {name}" for name in days} | FILED,
        reference=article,
        about=ABOUT,
        title="The evidence" + (f" beside article {article}" if article else ""),
        name="-".join(["evidence", article, *rows]),
    )


def _in_words(day: str) -> str:
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def _record(row: Mapping[str, str], days: Mapping[str, str]) -> Record:
    places = {}
    for article, day in days.items():
        try:
            found = timing(row["date"], day)
        except DateUnreadable as problem:
            raise TableError(f"data/evidence.csv, row {row['id']}: {problem}") from None
        places[article] = Place(found.lane, found.words, found.last)
    try:
        return Record(
            id=row["id"],
            topic=row["topic"],
            finding=row["finding"],
            counter=row["counter_position"],
            kind=row["source_type"],
            side=row["source_note"],
            date=row["date"],
            where=f"{row['publisher']}, “{row['title']}”",
            address=row["url"],
            filed=row["article"],
            doubt="" if row["confirmed"] == "yes" else "Not every detail of it could be confirmed.",
            places=places,
        )
    except ValueError as problem:
        raise TableError(
            f"data/evidence.csv: {problem}. Restore it from the course's original."
        ) from None
