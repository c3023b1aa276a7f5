"""The texts of the course: the only package that reads `seeds/` and `data/`; it never writes."""

from briefing.corpus.absence import CATEGORIES, categories, find_words, terms
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
from briefing.corpus.lanes import LANES, Lane, timing
from briefing.corpus.locate import CourseNotFound, course_folder, is_course
from briefing.corpus.seeds import SeedChanged, SeedMissing
from briefing.corpus.spans import Span, plain
from briefing.corpus.tables import TableError, evidence, mirror, read_table, sources

__all__ = [
    "CATEGORIES",
    "FURNITURE_PARTS",
    "LABELLED_PARTS",
    "LANES",
    "Article",
    "CourseNotFound",
    "Lane",
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
    "categories",
    "course_folder",
    "evidence",
    "find_words",
    "is_course",
    "mirror",
    "plain",
    "practice",
    "read_table",
    "sources",
    "terms",
    "timing",
]
