"""The omission cards as rows: reads `omissions.csv` of `data/keys/` and `solutions/keys/`, writes none.

Whether the cards keep the rules is asked in `omission_checks.py`; here a cell is only read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from briefing.corpus import (
    CATEGORIES,
    Lane,
    Span,
    TableError,
    articles,
    course_folder,
    evidence,
    read_table,
    terms,
    timing,
)
from briefing.keys.tables import PASSES, key_path

VERDICTS = ("established", "plausible", "not_shown")
GATES = {
    "all": "all hold",
    "absent": "the text does say it",
    "date": "not known before",
    "relevant": "does not bear on this sentence",
    "evidence": "no row carries it, or not firmly",
    "material": "a reader would think the same",
    "rival": "another reason is at least as good",
}
"""The gate that decides a card, and what students read on its button."""
SILENCES = ("topic", "source", "qualification", "counter", "none")
LEVELS = ("high", "medium", "low")
ABSENT = "absent"
"""What stands in `absence_result` where nothing was found."""

_ID = re.compile(r"[a-z]?(\d{3})\.c\d{2}", re.ASCII)
_SPANS = re.compile(r"\d+-\d+(?:\|\d+-\d+)*", re.ASCII)
_ONE_OF = {
    "category": CATEGORIES,
    "silence": SILENCES,
    "verdict": VERDICTS,
    "gate": tuple(GATES),
    "confidence": LEVELS,
}
_FILLED = (
    "missing", "absence_terms", "relevance", "materiality_with", "materiality_without", "rival",
    "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OmissionRow:
    """One card, every cell as it stands in the file; `start` and `end` count code points.

    The columns are explained in `data/README.md`.
    """

    id: str
    article: str
    start: int
    end: int
    category: str
    missing: str
    absence_terms: str
    absence_result: str
    relevance: str
    availability_evidence: str
    materiality_with: str
    materiality_without: str
    silence: str
    rival: str
    verdict: str
    confidence: str
    why: str
    gate: str

    @property
    def span(self) -> Span:
        """The sentence on which the card hangs."""
        return Span(self.start, self.end)

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that were searched for."""
        return terms(self.absence_terms)

    @property
    def nearest(self) -> tuple[Span, ...]:
        """The nearest things that the text does say; none where nothing was found."""
        if self.absence_result == ABSENT:
            return ()
        pairs = (pair.split("-") for pair in self.absence_result.split("|"))
        return tuple(Span(int(start), int(end)) for start, end in pairs)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of `data/evidence.csv` that are to show that it was known."""
        return terms(self.availability_evidence)

    @property
    def decision(self) -> str:
        """What a student decides: `accept` (established or plausible) or `reject`."""
        return "reject" if self.verdict == "not_shown" else "accept"

    def lanes(self) -> dict[str, Lane]:
        """Return `row → lane` against the article's day.

        Raises:
            KeyError: a row is not in `data/evidence.csv`.
        """
        day = articles[self.article].published
        dates = {row["id"]: row["date"] for row in evidence()}
        return {name: timing(dates[name], day).lane for name in self.rows}


OMISSION_COLUMNS = tuple(field.name for field in fields(OmissionRow))


def omissions() -> list[OmissionRow]:
    """Return the cards: of all five articles with solutions, else of 000 and 002.

    Raises:
        TableError: the table is missing or wrong.
    """
    path = key_path("omissions")
    if path is None:
        raise TableError(
            "The key omissions.csv is missing from data/keys and solutions/keys; restore it from "
            "the course's original."
        )
    return list(read_cards(path))


def shown_omissions() -> list[OmissionRow]:
    """Return the cards that lessons may show, with solutions or without.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(read_cards(course_folder() / "data" / "keys" / "omissions.csv"))


def omission_passes() -> dict[str, list[OmissionRow]]:
    """Return the cards as each key-maker wrote them, as pass → rows; empty without solutions.

    Raises:
        TableError: a table is wrong.
    """
    folder = course_folder() / "solutions" / "keys" / "passes"
    paths = {name: folder / f"omissions-{name}.csv" for name in PASSES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: list(read_cards(path)) for name, path in paths.items()}


@cache
def read_cards(path: Path) -> tuple[OmissionRow, ...]:
    """Return the cards of a table, in its order.

    Raises:
        TableError: the file or a cell cannot be read; file, row and column are named.
    """
    return tuple(_row(path, row) for row in read_table(path, OMISSION_COLUMNS))


def _row(path: Path, row: dict[str, str]) -> OmissionRow:
    def wrong(column: str, needed: str) -> TableError:
        return TableError(
            f"The table {path}, row {row['id']!r}: {column} is {row[column]!r}; it must be {needed}."
        )

    if not (match := _ID.fullmatch(row["id"])) or match[1] != row["article"]:
        raise wrong("id", "the article's number, .c and two digits, as 000.c01")
    if row["article"] not in articles:
        raise wrong("article", f"one of {', '.join(articles)}")
    for column, choices in _ONE_OF.items():
        if row[column] not in choices:
            raise wrong(column, f"one of {', '.join(choices)}")
    for column in _FILLED:
        if not row[column].strip():
            raise wrong(column, "filled in")
    for column in ("start", "end"):
        if not (row[column].isascii() and row[column].isdigit()):
            raise wrong(column, "a number of code points")
    if int(row["start"]) >= int(row["end"]):
        raise wrong("end", "greater than the start")
    if row["absence_result"] != ABSENT and not _SPANS.fullmatch(row["absence_result"]):
        raise wrong("absence_result", "absent, or spans such as 120-134 joined by |")
    if any(int(a) >= int(b) for a, b in re.findall(r"(\d+)-(\d+)", row["absence_result"])):
        raise wrong("absence_result", "spans that start before they end")
    cells = {name: row[name] for name in OMISSION_COLUMNS if name not in ("start", "end")}
    return OmissionRow(start=int(row["start"]), end=int(row["end"]), **cells)
