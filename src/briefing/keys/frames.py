"""The frames key as rows and cells: reads `frames.csv` and the key-makers' passes, writes none.

A cell is one function of one article. It says yes and has a row for every place that carries it, or
it says no and has one row without a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from briefing.corpus import LABELLED_PARTS, Span, TableError, articles, course_folder, read_table
from briefing.keys.tables import PASSES, key_path

FUNCTIONS = ("problem", "cause", "judgement", "remedy")
"""Entman's four functions (1993), in the order in which lessons teach them."""
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One row as it stands in the file; `start` and `end` count code points, "" where it is a no."""

    article: str
    function: str
    present: str
    start: str
    end: str
    gist: str

    @property
    def span(self) -> Span | None:
        """Where the text does it; None in the row of a no."""
        return Span(int(self.start), int(self.end)) if self.start else None


@dataclass(frozen=True, slots=True)
class FrameCell:
    """One function of one article: whether the text does it, where, and what is said there."""

    article: str
    function: str
    present: bool
    spans: tuple[Span, ...]
    gists: tuple[str, ...]


FRAME_COLUMNS = tuple(field.name for field in fields(FrameRow))


def frames() -> list[FrameRow]:
    """Return the frames key: of all five articles with solutions, else of 000, 002 and 004.

    Raises:
        TableError: the table is missing or wrong.
    """
    path = key_path("frames")
    if path is None:
        raise TableError(
            "The key frames.csv is missing from data/keys and solutions/keys; restore it from the "
            "course's original."
        )
    return list(read_frames(path))


def shown_frames() -> list[FrameRow]:
    """Return the part of the frames key that lessons may show, with solutions or without.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(read_frames(course_folder() / "data" / "keys" / "frames.csv"))


def frame_passes() -> dict[str, list[FrameRow]]:
    """Return the frames as each key-maker wrote them, as pass → rows; empty without solutions.

    Raises:
        TableError: a table is wrong.
    """
    folder = course_folder() / "solutions" / "keys" / "passes"
    paths = {name: folder / f"frames-{name}.csv" for name in PASSES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: list(read_frames(path)) for name, path in paths.items()}


def cells(rows: Iterable[FrameRow]) -> dict[tuple[str, str], FrameCell]:
    """Return the rows joined to cells, as (article, function) → cell, in the order of `FUNCTIONS`."""
    joined: dict[tuple[str, str], list[FrameRow]] = {}
    for row in rows:
        joined.setdefault((row.article, row.function), []).append(row)
    order = sorted(joined, key=lambda name: (name[0], FUNCTIONS.index(name[1])))
    return {
        name: FrameCell(
            article=name[0],
            function=name[1],
            present=joined[name][0].present == YES,
            spans=tuple(row.span for row in joined[name] if row.span),
            gists=tuple(row.gist for row in joined[name]),
        )
        for name in order
    }


@cache
def read_frames(path: Path) -> tuple[FrameRow, ...]:
    """Return the rows of a table, in its order.

    Raises:
        TableError: a cell cannot be read, a cell of the matrix is missing or says both yes and no,
            or a place lies outside what is counted; file and row are named.
    """
    rows = tuple(_row(path, number, row) for number, row in enumerate(_read(path), start=2))
    said: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        said.setdefault((row.article, row.function), []).append(row.present)
    for article in {row.article for row in rows}:
        for function in FUNCTIONS:
            found = said.get((article, function), [])
            if not found or (NO in found and len(found) > 1):
                raise TableError(
                    f"The table {path} must say of {article}, {function}, yes (a row for every "
                    "place) or no (one row); look at its rows."
                )
    return rows


def _read(path: Path) -> list[dict[str, str]]:
    return read_table(path, FRAME_COLUMNS)


def _row(path: Path, number: int, row: dict[str, str]) -> FrameRow:
    def wrong(column: str, needed: str) -> TableError:
        return TableError(
            f"The table {path}, line {number}: {column} is {row[column]!r}; it must be {needed}."
        )

    if row["article"] not in articles:
        raise wrong("article", f"one of {', '.join(articles)}")
    for column, choices in (("function", FUNCTIONS), ("present", (YES, NO))):
        if row[column] not in choices:
            raise wrong(column, f"one of {', '.join(choices)}")
    if not row["gist"].strip():
        raise wrong("gist", "one sentence")
    if row["present"] == NO:
        if row["start"] or row["end"]:
            raise wrong("start", "empty where the text does not do it")
        return FrameRow(**{name: row[name] for name in FRAME_COLUMNS})
    if not all(row[name].isascii() and row[name].isdigit() for name in ("start", "end")):
        raise wrong("start", "a number of code points, and so must the end")
    start, end = int(row["start"]), int(row["end"])
    counted = (s.span for s in articles[row["article"]].segments if s.part in LABELLED_PARTS)
    if start >= end or not any(span.start <= start and end <= span.end for span in counted):
        raise wrong("start", "the start of words inside one sentence of the story")
    return FrameRow(**{name: row[name] for name in FRAME_COLUMNS})
