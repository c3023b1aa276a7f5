"""Look for words in the story of an article, to find out what it does not say; judges nothing.

A word is looked for as a whole word, whatever its case and its accents; `*` at its end means "and what
begins with it". Several words with spaces are looked for side by side. Signs that look alike or cannot be
seen make no other word: what is said to be absent must not be there to the eye. Only headline, deck, lead, caption, body
and subheadings are searched, each sentence by itself: never page furniture, never a second printing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from briefing.corpus.articles import LABELLED_PARTS, Article
from briefing.corpus.folding import folded, folded_text, stranger, told
from briefing.corpus.spans import Span
from briefing.corpus.tables import TableError, data_table
from briefing.errors import BriefingError
from briefing.visible import quoted

SEARCHED_PARTS = (*LABELLED_PARTS, "caption")
"""Parts of a page in which words are looked for."""

CATEGORIES = (
    "civilian_harm", "independent_verification", "affected_voices", "target_identity",
    "method_of_count", "legal_basis", "opposing_account", "context_and_history", "consequences",
    "uncertainty",
)  # fmt: skip
"""What an omission can be about."""

_LEAST_STEM = 2


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
        WordUnsearchable: a word is empty, its `*` stands elsewhere than after two letters, or it has
            a letter that is not of the alphabet of the story.
    """
    text = folded_text(article.text)
    story = [
        (segment.id, text.place(segment.span))
        for segment in article.segments
        if segment.part in SEARCHED_PARTS
    ]
    patterns = [(word, _pattern(word)) for word in dict.fromkeys(words)]
    _same_alphabet([word for word, _ in patterns], [text.words[p.start : p.end] for _, p in story])
    found = [
        Found(word, text.real(match.start(), match.end()), name)
        for name, place in story
        for word, pattern in patterns
        for match in pattern.finditer(text.words, place.start, place.end)
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.word)))


def _same_alphabet(words: Iterable[str], story: Iterable[str]) -> None:
    """Refuse a word that no text of this alphabet can hold: that it is absent would say nothing."""
    strange = [word for word in words if not folded(word).isascii()]
    if not strange:
        return
    letters = frozenset().union(*(sentence.casefold() for sentence in story))
    for word in strange:
        if sign := stranger(word, letters):
            raise WordUnsearchable(
                f"{quoted(word)} has {told(sign)}, which is not of the alphabet of this text: type "
                "the word anew, or leave it out."
            )


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
    parts = [_part(word, part) for part in folded(word).split()]
    if not parts:
        raise WordUnsearchable("An empty word cannot be searched for; write one or leave it out.")
    return re.compile(r"(?<!\w)" + r"\s++".join(parts) + r"(?!\w)", re.IGNORECASE)


def _part(word: str, part: str) -> str:
    stem = part.removesuffix("*")
    if "*" in stem or not any(sign.isalnum() for sign in stem):
        raise WordUnsearchable(
            f"{quoted(word)} cannot be searched for; write a word, with a star only at its end."
        )
    if stem != part and len(stem) < _LEAST_STEM:
        raise WordUnsearchable(
            f"{quoted(word)} would find nearly everything; write at least {_LEAST_STEM} letters before "
            "the star."
        )
    signs = (_drawn_as(stem, at) for at in range(len(stem)))
    return "".join(signs) + (r"\w*+" if stem != part else "")


def _drawn_as(stem: str, at: int) -> str:
    """Return the expression for one sign: a large i, a small l, 0 and 1 may be drawn as another.

    They are taken for it only where few honest words have them: a digit beside letters, a large i
    beside small letters, a small l that begins a word before a consonant. Searching for both is safe, for
    what is found is shown.
    """
    sign, before, after = stem[at], stem[at - 1 : at] if at else "", stem[at + 1 : at + 2]
    in_letters = (before + after).strip("*-'").isalpha()
    match sign:
        case "I" if before.islower() or after.islower():
            return "[il]"
        case "1" if in_letters:
            return "[1il]"
        case "0" if in_letters:
            return "[0o]"
        case "l" if not before and after.islower() and after not in "aeiouy" and len(stem) > 2:
            return "[il]"
    return re.escape(sign)
