"""Reading the CSV files of `data/` into plain rows; never writes and knows nothing of answers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefing.corpus.locate import course_folder
from briefing.errors import BriefingError


class TableError(BriefingError):
    """A CSV file of the course is missing, unreadable, or lacks a column."""


def read_table(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV file with a header, each as a dict of strings.

    Raises:
        TableError: the file cannot be read, one of `columns` is not in its header, or a row
            has more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            header = reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise TableError(
            f"The table {path} cannot be read: {problem}. Restore it from the course's original."
        ) from problem
    missing = [name for name in columns if name not in header]
    if missing:
        raise TableError(
            f"The table {path} lacks the column {', '.join(missing)}; its first line must hold: "
            f"{','.join(columns)}."
        )
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise TableError(
                f"The table {path} is damaged: its row {number} after the header has too many or "
                "too few cells. Restore it from the course's original."
            )
    return rows


def data_table(name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of `data/NAME.csv`; raises `TableError` as `read_table` does."""
    return read_table(course_folder() / "data" / f"{name}.csv", columns)


def sources() -> Mapping[str, Mapping[str, str]]:
    """Return `source → row` for everyone who is credited in the articles that lessons show.

    Sources that occur in graded articles only are added where `solutions/` is present.
    """
    columns = ("source", "name", "kind", "aliases")
    rows = data_table("sources", columns)
    extra = course_folder() / "solutions" / "keys" / "sources.csv"
    if extra.is_file():
        rows += read_table(extra, columns)
    return {row["source"]: row for row in rows}


def evidence() -> list[dict[str, str]]:
    """Return the records from outside the five articles, in the order of `data/evidence.csv`."""
    return data_table("evidence", ("id", "article", "finding", "counter_position", "date", "url"))


def mirror() -> list[dict[str, str]]:
    """Return the figures of the US strike releases, in the order of `data/mirror.csv`."""
    return data_table("mirror", ("id", "released", "strikes", "syria_strikes", "iraq_strikes"))
