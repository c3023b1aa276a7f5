"""Places, people and events around the five articles: reads `data/`, never judges and never writes.

Every row carries where it was looked up, so that a lesson can show the source beside the fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefing.corpus.locate import course_folder
from briefing.corpus.tables import TableError, data_table

PRECISIONS = ("day", "month", "year")
"""How exactly the date of an event is known."""

Ring = tuple[tuple[float, float], ...]
"""One closed outline as (longitude, latitude) in degrees."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row was looked up; `evidence` holds ids of `data/evidence.csv`."""

    publisher: str
    title: str
    url: str
    evidence: tuple[str, ...]
    looked_up: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the articles name. Latitude and longitude are degrees, None when not found."""

    name: str
    kind: str
    country: str
    spellings: tuple[str, ...]
    articles: tuple[str, ...]
    lat: float | None
    lon: float | None
    precision: str
    source: Source
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person, a body, an armed group or an outlet that the articles name."""

    id: str
    name: str
    kind: str
    called: tuple[str, ...]
    articles: tuple[str, ...]
    description: str
    names_used: str
    source: Source


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `day` is the first day that its date can mean."""

    id: str
    day: date
    precision: str
    label: str
    event: str
    said_by: str
    article: str
    source: Source
    note: str

    @property
    def when(self) -> str:
        """The date in words, no more exact than it is known: `June 2014`, `11 October 2015`."""
        written = {"day": f"{self.day.day} %B %Y", "month": "%B %Y", "year": "%Y"}
        return self.day.strftime(written[self.precision])


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _source(row: dict[str, str]) -> Source:
    return Source(
        row["publisher"],
        row.get("title", ""),
        row["url"],
        _several(row.get("evidence", "")),
        row["looked_up"],
    )


def _degrees(row: dict[str, str], column: str) -> float | None:
    try:
        return float(row[column]) if row[column] else None
    except ValueError:
        raise TableError(
            f"data/places.csv gives {row[column]!r} as {column} of {row['place']}; write degrees "
            "as a number, or leave the cell empty."
        ) from None


def _first_day(row: dict[str, str]) -> date:
    padded = {"day": "", "month": "-01", "year": "-01-01"}
    try:
        return date.fromisoformat(row["date"] + padded[row["precision"]])
    except (KeyError, ValueError):
        raise TableError(
            f"data/timeline.csv dates {row['id']} {row['date']!r} with the precision "
            f"{row['precision']!r}; the date must be written YYYY-MM-DD, YYYY-MM or YYYY to fit "
            "the precision day, month or year."
        ) from None


def places() -> tuple[Place, ...]:
    """Return the places that the articles name, by name.

    Raises:
        TableError: `data/places.csv` is missing or damaged.
    """
    columns = (
        "place", "kind", "country", "spellings", "articles", "lat", "lon", "precision",
        "publisher", "url", "looked_up", "note",
    )  # fmt: skip
    return tuple(
        Place(
            row["place"],
            row["kind"],
            row["country"],
            _several(row["spellings"]),
            _several(row["articles"]),
            _degrees(row, "lat"),
            _degrees(row, "lon"),
            row["precision"],
            _source(row),
            row["note"],
        )
        for row in data_table("places", columns)
    )


def people() -> tuple[Person, ...]:
    """Return who is who: the persons, bodies, groups and outlets that the articles name.

    Raises:
        TableError: `data/people.csv` is missing or damaged.
    """
    columns = (
        "id", "name", "kind", "called", "articles", "description", "names_used", "publisher",
        "title", "url", "evidence", "looked_up",
    )  # fmt: skip
    return tuple(
        Person(
            row["id"],
            row["name"],
            row["kind"],
            _several(row["called"]),
            _several(row["articles"]),
            row["description"],
            row["names_used"],
            _source(row),
        )
        for row in data_table("people", columns)
    )


def timeline() -> tuple[Event, ...]:
    """Return the events from 2011 on, oldest first.

    Raises:
        TableError: `data/timeline.csv` is missing or damaged.
    """
    columns = (
        "id", "date", "precision", "label", "event", "said_by", "article", "publisher", "title",
        "url", "evidence", "looked_up", "note",
    )  # fmt: skip
    events = (
        Event(
            row["id"],
            _first_day(row),
            row["precision"],
            row["label"],
            row["event"],
            row["said_by"],
            row["article"],
            _source(row),
            row["note"],
        )
        for row in data_table("timeline", columns)
    )
    return tuple(sorted(events, key=lambda event: (event.day, event.id)))


def _rings(polygons: Iterable[list[list[list[float]]]]) -> tuple[Ring, ...]:
    return tuple(
        tuple((point[0], point[1]) for point in ring) for polygon in polygons for ring in polygon
    )


def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return `country → outlines`, as Natural Earth draws them (`data/map/README.md`).

    Raises:
        TableError: `data/map/outlines.geojson` is missing or damaged.
    """
    path = course_folder() / "data" / "map" / "outlines.geojson"
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {
            feature["properties"]["name"]: _rings(feature["geometry"]["coordinates"])
            for feature in features
        }
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise TableError(
            f"The outlines {path} cannot be read: {problem}. Restore them from the course's "
            "original."
        ) from problem
