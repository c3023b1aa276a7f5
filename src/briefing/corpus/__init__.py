"""The texts of the course: the only package that reads `seeds/` and `data/`; it never writes."""

from briefing.corpus.articles import (
    FURNITURE_PARTS,
    LABELLED_PARTS,
    Article,
    Segment,
    Shelf,
    UnknownArticle,
    UnknownSegment,
    any_article,
    articles,
    practice,
)
from briefing.corpus.locate import CourseNotFound, course_folder
from briefing.corpus.seeds import SeedChanged, SeedMissing
from briefing.corpus.spans import Span, plain
from briefing.corpus.tables import TableError, evidence, mirror, read_table, sources

__all__ = [
    "FURNITURE_PARTS",
    "LABELLED_PARTS",
    "Article",
    "CourseNotFound",
    "SeedChanged",
    "SeedMissing",
    "Segment",
    "Shelf",
    "Span",
    "TableError",
    "UnknownArticle",
    "UnknownSegment",
    "any_article",
    "articles",
    "course_folder",
    "evidence",
    "mirror",
    "plain",
    "practice",
    "read_table",
    "sources",
]
