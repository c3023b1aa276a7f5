"""Articles and their segments, as frozen values; reads `seeds/` and `data/`, never writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from briefing.corpus.locate import course_folder
from briefing.corpus.seeds import read_seed
from briefing.corpus.spans import Span
from briefing.corpus.tables import TableError, read_table
from briefing.errors import BriefingError
from briefing.visible import visible

LABELLED_PARTS = ("headline", "deck", "lead", "body", "subheading")
"""Parts of a page whose sentences get attribution labels."""

FURNITURE_PARTS = ("clock", "furniture", "series", "related", "tags", "repeat")
"""Parts of a page that are not the story: shown grey, never counted."""


class UnknownArticle(BriefingError, KeyError):
    """There is no article of that id."""

    def __str__(self) -> str:
        return visible(str(self.args[0]))


class UnknownSegment(BriefingError):
    """The article has no segment of that id."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence or piece of page furniture; `span` counts code points of the article."""

    id: str
    article: str
    span: Span
    part: str

    @property
    def is_furniture(self) -> bool:
        """Whether the segment belongs to the page and not to the story."""
        return self.part in FURNITURE_PARTS


@dataclass(frozen=True)
class Article:
    """One text with what is known about it. `text` is never normalised; spans count its points."""

    id: str
    outlet: str
    owner: str
    title: str
    published: str
    date_proof: str
    printed_date: str
    url: str
    speaker: str
    text: str = field(repr=False)
    sha256: str = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    constructed: bool = False

    @cached_property
    def _by_id(self) -> dict[str, Segment]:
        return {segment.id: segment for segment in self.segments}

    @property
    def sentences(self) -> tuple[Segment, ...]:
        """The segments that get labels: headline, deck, lead, body and subheadings."""
        return tuple(s for s in self.segments if s.part in LABELLED_PARTS)

    def segment(self, segment_id: str) -> Segment:
        """Return the segment of that id.

        Raises:
            UnknownSegment: the article has none of that id.
        """
        try:
            return self._by_id[segment_id]
        except KeyError:
            raise UnknownSegment(
                f"Article {self.id} has no segment {segment_id!r}; its segments run from "
                f"{self.segments[0].id} to {self.segments[-1].id}."
            ) from None

    def words(self, segment_id: str) -> str:
        """Return the words of a segment as they stand in the file."""
        return self.segment(segment_id).span.of(self.text)

    def _repr_html_(self) -> str:
        from briefing.corpus.show import article_html

        return article_html(self)


_ARTICLE_COLUMNS = (
    "article", "file", "outlet", "owner", "title", "published", "date_proof", "printed_date",
    "url", "speaker",
)  # fmt: skip
_SEGMENT_COLUMNS = ("article", "sentence", "start", "end", "part")


def _segments(table: Path) -> dict[str, tuple[Segment, ...]]:
    found: dict[str, list[Segment]] = {}
    for row in read_table(table, _SEGMENT_COLUMNS):
        try:
            span = Span(int(row["start"]), int(row["end"]))
        except ValueError:
            raise TableError(
                f"The table {table} is damaged: {row['sentence']} has {row['start']!r} and "
                f"{row['end']!r} for its start and end. Restore it from the course's original."
            ) from None
        segment = Segment(row["sentence"], row["article"], span, row["part"])
        found.setdefault(row["article"], []).append(segment)
    return {article: tuple(segments) for article, segments in found.items()}


class Shelf(Mapping[str, Article]):
    """The texts of one folder by id, read when they are first asked for.

    Iterating over the shelf gives the ids, as with any mapping.
    """

    def __init__(self, table: str, segments: str, texts: str, *, constructed: bool) -> None:
        """Remember where the tables and the texts lie, relative to the course folder."""
        self._table, self._segment_table, self._texts = table, segments, texts
        self._constructed = constructed
        self._read: dict[tuple[Path, str], Article] = {}
        self._tables: dict[Path, tuple[dict[str, dict[str, str]], dict[str, tuple[Segment, ...]]]]
        self._tables = {}

    def _rows(self) -> tuple[dict[str, dict[str, str]], dict[str, tuple[Segment, ...]]]:
        course = course_folder()
        if course not in self._tables:
            rows = read_table(course / self._table, _ARTICLE_COLUMNS)
            by_id = {row["article"]: row for row in rows}
            self._tables[course] = (by_id, _segments(course / self._segment_table))
        return self._tables[course]

    def __getitem__(self, article: str) -> Article:
        course = course_folder()
        rows, segments = self._rows()
        if article not in rows:
            raise UnknownArticle(
                f"There is no article {article!r}; there are {', '.join(sorted(rows))}."
            )
        if article not in segments:
            raise TableError(
                f"The table {course / self._segment_table} holds nothing about article {article}. "
                "Restore it from the course's original."
            )
        if (course, article) not in self._read:
            row = rows[article]
            text, digest = read_seed(course / self._texts, row["file"])
            self._read[course, article] = Article(
                id=article,
                outlet=row["outlet"],
                owner=row["owner"],
                title=row["title"],
                published=row["published"],
                date_proof=row["date_proof"],
                printed_date=row["printed_date"],
                url=row["url"],
                speaker=row["speaker"],
                text=text,
                sha256=digest,
                segments=segments[article],
                constructed=self._constructed,
            )
        return self._read[course, article]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows()[0])

    def __len__(self) -> int:
        return len(self._rows()[0])

    def __repr__(self) -> str:
        return f"<articles {', '.join(self)}>"


articles = Shelf("data/articles.csv", "data/sentences.csv", "seeds", constructed=False)
"""The five articles by id: `articles["000"]`."""

practice = Shelf(
    "data/practice/texts.csv", "data/practice/sentences.csv", "data/practice", constructed=True
)
"""Constructed texts for practice: invented people and countries, labelled as such on screen."""


def any_article(article: str) -> Article:
    """Return one of the five articles or a constructed text by its id.

    Raises:
        UnknownArticle: neither shelf holds it.
    """
    return (
        articles[article] if article in articles or article not in practice else practice[article]
    )
