"""The reading keys as rows: reads the CSV files of `data/keys/` and `solutions/keys/`, writes none.

`solutions/keys/` holds everything and is used where it is present; a student's version has only
`data/keys/`, which holds what lessons may show. Constructed texts have theirs in
`data/practice/keys/`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from briefing.corpus import Span, TableError, course_folder, read_table
from briefing.errors import BriefingError


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """One sentence of the attribution key, every cell as it stands in the file.

    `start`, `end`, `cue_start`, `cue_end` count code points; the cue's are "" where there is none.
    The columns are explained in `data/README.md`.
    """

    article: str
    sentence: str
    start: int
    end: int
    part: str
    voice: str
    mode: str
    source: str
    source_kind: str
    chain: str
    cue: str
    cue_start: str
    cue_end: str
    cue_stance: str
    evidence_basis: str
    carried: str
    run: str
    also_accepted: str

    def label(self, field: str) -> str:
        """Return the label by the strict reading in a column such as `voice`."""
        return str(getattr(self, field))

    def also(self, field: str) -> tuple[str, ...]:
        """Return the further labels that `also_accepted` allows in a column."""
        found: list[str] = []
        for reading in filter(None, self.also_accepted.split("|")):
            labels = dict(part.split("=", 1) for part in reading.split(";") if "=" in part)
            if field in labels and labels[field] not in (*found, self.label(field)):
                found.append(labels[field])
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One span of the spans key; `start` and `end` count code points."""

    id: str
    article: str
    sentence: str
    role: str
    start: int
    end: int
    label: str
    status: str
    run: str
    why: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One numeric claim of the ledger, every cell as it stands in the file.

    `start` and `end` count code points and cover `written`. `value`, `min` and `max` stay text: a
    plain number (`2084`), a range (`24-99`), a date, or "". Explained in `data/README.md`.
    """

    id: str
    article: str
    start: int
    end: int
    written: str
    value: str
    min: str
    max: str
    unit: str
    what: str
    counted_as: str
    since: str
    per: str
    asserted_by: str
    check: str
    result: str
    settle: str


@dataclass(frozen=True, slots=True)
class PassRow:
    """One sentence as one key-maker labelled it, before the passes were compared."""

    row: AttributionRow
    source_span: Span | None
    cue_span: Span | None


ATTRIBUTION_COLUMNS = tuple(field.name for field in fields(AttributionRow))
SPAN_COLUMNS = tuple(field.name for field in fields(SpanRow))
NUMBER_COLUMNS = tuple(field.name for field in fields(NumberRow))
PASSES = ("a", "b")


class SolutionsNotHere(BriefingError):
    """This copy of the course is a students' version."""


def has_solutions() -> bool:
    """Say whether this copy of the course holds the solutions (a student's version does not)."""
    return (course_folder() / "solutions" / "keys").is_dir()


def need_solutions(purpose: str) -> None:
    """Refuse what makes no sense in a students' version.

    Args:
        purpose: what was wanted, to follow "nothing can be": "marked", "made up".

    Raises:
        SolutionsNotHere: this copy of the course holds no solutions.
    """
    if not has_solutions():
        raise SolutionsNotHere(
            "This is the students' version of the course: it holds no keys, so nothing can be "
            f"{purpose} with it; use the full version, which has a folder called solutions."
        )


def key_path(name: str) -> Path | None:
    """Return where the key table `name` lies, the full one if it is here; None if neither is."""
    for folder in ("solutions", "data"):
        path = course_folder() / folder / "keys" / f"{name}.csv"
        if path.is_file():
            return path
    return None


def attribution() -> list[AttributionRow]:
    """Return the attribution key: of all five articles with solutions, else of 000, 002 and 004.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(_attribution(_needed("attribution")))


def practice_attribution() -> list[AttributionRow]:
    """Return the attribution key of the constructed practice texts.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(_attribution(course_folder() / "data" / "practice" / "keys" / "attribution.csv"))


def spans() -> list[SpanRow]:
    """Return the spans key, as `attribution` does.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(_spans(_needed("spans")))


def numbers() -> list[NumberRow]:
    """Return the numbers ledger: of all five articles with solutions, else of 000 and 002.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(_numbers(_needed("numbers")))


def shown_numbers() -> list[NumberRow]:
    """Return the part of the numbers ledger that lessons may show, with solutions or without.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(_numbers(course_folder() / "data" / "keys" / "numbers.csv"))


def number_passes() -> dict[str, list[NumberRow]]:
    """Return the ledger as each key-maker wrote it, as pass → rows; empty without solutions.

    Raises:
        TableError: a table is wrong.
    """
    folder = course_folder() / "solutions" / "keys" / "passes"
    paths = {name: folder / f"numbers-{name}.csv" for name in PASSES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: list(_numbers(path)) for name, path in paths.items()}


def reasons() -> dict[str, str]:
    """Return `sentence → why`, one plain sentence each, constructed texts included.

    Empty where there is no such table.
    """
    found: dict[str, str] = {}
    for folder in ("data/practice", "data", "solutions"):
        path = course_folder() / folder / "keys" / "reasons.csv"
        if path.is_file():
            rows = read_table(path, ("article", "sentence", "why"))
            found |= {row["sentence"]: row["why"] for row in rows}
    return found


def passes() -> dict[str, dict[str, PassRow]]:
    """Return what each key-maker wrote, as pass → sentence → row; empty without solutions.

    Raises:
        TableError: a table is wrong.
    """
    folder = course_folder() / "solutions" / "keys" / "passes"
    paths = {name: folder / f"{name}.csv" for name in PASSES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: _pass(path) for name, path in paths.items()}


def _needed(name: str) -> Path:
    path = key_path(name)
    if path is None:
        raise TableError(
            f"The key {name}.csv is missing from data/keys and solutions/keys; restore it from the "
            "course's original."
        )
    return path


def _number(path: Path, row: dict[str, str], column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise TableError(
            f"The table {path} has {row[column]!r} in the column {column} where a number belongs."
        ) from None


def _attribution_row(path: Path, row: dict[str, str]) -> AttributionRow:
    cells = {name: row[name] for name in ATTRIBUTION_COLUMNS if name not in ("start", "end")}
    return AttributionRow(start=_number(path, row, "start"), end=_number(path, row, "end"), **cells)


@cache
def _attribution(path: Path) -> tuple[AttributionRow, ...]:
    return tuple(_attribution_row(path, row) for row in read_table(path, ATTRIBUTION_COLUMNS))


@cache
def _spans(path: Path) -> tuple[SpanRow, ...]:
    return tuple(
        SpanRow(
            start=_number(path, row, "start"),
            end=_number(path, row, "end"),
            **{name: row[name] for name in SPAN_COLUMNS if name not in ("start", "end")},
        )
        for row in read_table(path, SPAN_COLUMNS)
    )


@cache
def _numbers(path: Path) -> tuple[NumberRow, ...]:
    return tuple(
        NumberRow(
            start=_number(path, row, "start"),
            end=_number(path, row, "end"),
            **{name: row[name] for name in NUMBER_COLUMNS if name not in ("start", "end")},
        )
        for row in read_table(path, NUMBER_COLUMNS)
    )


@cache
def _pass(path: Path) -> dict[str, PassRow]:
    columns = (*ATTRIBUTION_COLUMNS, "source_start", "source_end")
    found = {}
    for row in read_table(path, columns):
        found[row["sentence"]] = PassRow(
            _attribution_row(path, row),
            _span(path, row, "source_start", "source_end"),
            _span(path, row, "cue_start", "cue_end"),
        )
    return found


def _span(path: Path, row: dict[str, str], start: str, end: str) -> Span | None:
    if not row[start] or not row[end]:
        return None
    return Span(_number(path, row, start), _number(path, row, end))


def write_table(columns: tuple[str, ...], rows: list[dict[str, object]]) -> str:
    """Return rows as CSV text in the course's form: commas, minimal quoting, a header."""
    import io

    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
