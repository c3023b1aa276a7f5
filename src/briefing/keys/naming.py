"""Names for fighters and forces, mention by mention: reads the naming key, counts it, judges nothing.

The key is made of mentions (`naming-mentions.csv`), one row for each place in headline, deck, lead,
body or subheading where fighters or forces are named. How often a name stands inside and outside
quotation marks is counted from them, never typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from briefing.corpus import Span, TableError, articles, course_folder, read_table
from briefing.keys.tables import PASSES, key_path

REFERENTS = (
    "isil", "nusra", "fighters", "opposition", "government", "russian_forces", "us_coalition",
    "others",
)  # fmt: skip
"""Whom a name can stand for; `fighters` is an enemy for whom no group is named."""

COUNTED_PARTS = ("headline", "deck", "lead", "body", "subheading")
"""Where names are counted: the story without captions, and never a second printing."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where fighters or forces are named.

    `start` and `end` count code points of the article; `inside` is yes where the place stands
    within quotation marks. The columns are explained in `data/README.md`.
    """

    article: str
    start: int
    end: int
    term: str
    referent: str
    inside: str

    @property
    def id(self) -> str:
        """The article and the place, which no other mention shares."""
        return f"{self.article}@{self.start}"

    @property
    def span(self) -> Span:
        """The place of the name."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class NamingRow:
    """How often an article uses a name for somebody, inside quotation marks and outside."""

    article: str
    term: str
    referent: str
    inside_quotes: int
    outside_quotes: int


MENTION_COLUMNS = tuple(field.name for field in fields(Mention))
NAMING_COLUMNS = tuple(field.name for field in fields(NamingRow))


def mentions() -> list[Mention]:
    """Return the mentions: of all five articles with solutions, else of 000 and 004.

    Raises:
        TableError: the table is missing or wrong.
    """
    path = key_path("naming-mentions")
    if path is None:
        raise TableError(
            "The key naming-mentions.csv is missing from data/keys and solutions/keys; restore it "
            "from the course's original."
        )
    return list(read_mentions(path))


def shown_mentions() -> list[Mention]:
    """Return the mentions that lessons may show, with solutions or without.

    Raises:
        TableError: the table is missing or wrong.
    """
    return list(read_mentions(course_folder() / "data" / "keys" / "naming-mentions.csv"))


def naming_passes() -> dict[str, list[Mention]]:
    """Return the mentions as each key-maker wrote them, as pass → rows; empty without solutions.

    Raises:
        TableError: a table is wrong.
    """
    folder = course_folder() / "solutions" / "keys" / "passes"
    paths = {name: folder / f"naming-{name}.csv" for name in PASSES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: list(read_mentions(path)) for name, path in paths.items()}


def counted(found: Iterable[Mention]) -> list[NamingRow]:
    """Return how often each article uses each name, in the order in which the names first occur."""
    times: Counter[tuple[str, str, str, str]] = Counter()
    names: dict[tuple[str, str, str], None] = {}
    for one in sorted(found, key=lambda mention: (mention.article, mention.start)):
        name = (one.article, one.term, one.referent)
        names.setdefault(name)
        times[(*name, one.inside)] += 1
    return [NamingRow(*name, times[(*name, "yes")], times[(*name, "no")]) for name in names]


@cache
def read_mentions(path: Path) -> tuple[Mention, ...]:
    """Return the mentions of a table, in its order.

    Raises:
        TableError: the file or a cell cannot be read; file, place and column are named.
    """
    return tuple(_mention(path, row) for row in read_table(path, MENTION_COLUMNS))


def _mention(path: Path, row: dict[str, str]) -> Mention:
    def wrong(column: str, needed: str) -> TableError:
        return TableError(
            f"The table {path}, article {row['article']}, start {row['start']}: {column} is "
            f"{row[column]!r}; it must be {needed}."
        )

    if row["article"] not in articles:
        raise wrong("article", f"one of {', '.join(articles)}")
    for column in ("start", "end"):
        if not (row[column].isascii() and row[column].isdigit()):
            raise wrong(column, "a number of code points")
    if not row["term"].strip():
        raise wrong("term", "filled in")
    if row["referent"] not in REFERENTS:
        raise wrong("referent", f"one of {', '.join(REFERENTS)}")
    if row["inside"] not in ("yes", "no"):
        raise wrong("inside", "yes or no")
    found = Mention(
        row["article"], int(row["start"]), int(row["end"]), row["term"], row["referent"],
        row["inside"],
    )  # fmt: skip
    story = [s.span for s in articles[found.article].segments if s.part in COUNTED_PARTS]
    if found.start >= found.end or not any(span.contains(found.span) for span in story):
        raise wrong("end", "after the start, within one sentence of the story")
    return found
