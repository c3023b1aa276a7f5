"""Look for words in the story of an article, to find out what it does not say; judges nothing.

A word is looked for as a whole word, whatever its case; `*` at its end means "and what begins with
it". Several words with spaces are looked for side by side. Only headline, deck, lead, caption, body
and subheadings are searched, each sentence by itself: never page furniture, never a second printing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefing.corpus.articles import LABELLED_PARTS, Article
from briefing.corpus.spans import Span
from briefing.corpus.tables import TableError, data_table
from briefing.errors import BriefingError

SEARCHED_PARTS = (*LABELLED_PARTS, "caption")
"""Parts of a page in which words are looked for."""

CATEGORIES = (
    "civilian_harm", "independent_verification", "affected_voices", "target_identity",
    "method_of_count", "legal_basis", "opposing_account", "context_and_history", "consequences",
    "uncertainty",
)  # fmt: skip
"""What an omission can be about."""

_LEAST_STEM = 2
_APOSTROPHES = "['’]"
_HYPHENS = "[-‐‑]"


class WordUnsearchable(BriefingError):
    """A word cannot be looked for as it is written."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a word stands: the word as it was searched, its span, and the segment's id."""

    word: str
    span: Span
    segment: str


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of omission: a question that a student can ask, and the words to search for."""

    id: str
    question: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """The category as students read it."""
        return self.id.replace("_", " ")


def terms(cell: str) -> tuple[str, ...]:
    """Return the words of a cell such as `civilian*|killed`, each once, without outer spaces."""
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in cell.split("|")))))


def find_words(article: Article, words: Iterable[str]) -> tuple[Found, ...]:
    """Return every place where one of `words` stands in the article's story, in the text's order.

    Raises:
        WordUnsearchable: a word is empty, or its `*` stands elsewhere than after two letters.
    """
    patterns = [(word, _pattern(word)) for word in dict.fromkeys(words)]
    found = [
        Found(word, Span(match.start(), match.end()), segment.id)
        for segment in article.segments
        if segment.part in SEARCHED_PARTS
        for word, pattern in patterns
        for match in pattern.finditer(article.text, segment.span.start, segment.span.end)
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.word)))


def categories() -> dict[str, Category]:
    """Return the categories with their words, as `data/omission-words.csv` has them.

    Raises:
        TableError: the table is missing or damaged, or a word in it cannot be searched for.
    """
    found = {}
    for row in data_table("omission-words", ("category", "question", "words")):
        words = terms(row["words"])
        try:
            for word in words:
                _pattern(word)
        except WordUnsearchable as problem:
            raise TableError(
                f"data/omission-words.csv, category {row['category']}: {problem}"
            ) from problem
        found[row["category"]] = Category(row["category"], row["question"], words)
    if set(found) != set(CATEGORIES):
        odd = sorted(set(found) ^ set(CATEGORIES))
        raise TableError(
            f"data/omission-words.csv must name each category once; {', '.join(odd)} is missing "
            "or unknown. Restore it from the course's original."
        )
    return found


@lru_cache(maxsize=2_000)
def _pattern(word: str) -> re.Pattern[str]:
    """Return the expression for a word; nothing in it can look at a character twice."""
    parts = [_part(word, part) for part in word.split()]
    if not parts:
        raise WordUnsearchable("An empty word cannot be searched for; write one or leave it out.")
    return re.compile(r"(?<!\w)" + r"\s++".join(parts) + r"(?!\w)", re.IGNORECASE)


def _part(word: str, part: str) -> str:
    stem = part.removesuffix("*")
    if "*" in stem or not any(sign.isalnum() for sign in stem):
        raise WordUnsearchable(
            f"“{word}” cannot be searched for; write a word, with a star only at its end."
        )
    if stem != part and len(stem) < _LEAST_STEM:
        raise WordUnsearchable(
            f"“{word}” would find nearly everything; write at least {_LEAST_STEM} letters before "
            "the star."
        )
    signs = (_APOSTROPHES if s in "'’" else _HYPHENS if s in "-‐‑" else re.escape(s) for s in stem)
    return "".join(signs) + (r"\w*+" if stem != part else "")
