"""Find sentences of the articles that were typed out again instead of shown by span."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from briefing.corpus import articles, course_folder

WORDS_IN_A_ROW = 8
COUNTED = ("deck", "lead", "body", "subheading")  # headlines are titles, and titles may be cited

_WORD = re.compile(r"\w+")


def retyped(text: str) -> list[str]:
    """Return every stretch of `text` with eight or more words in a row from one article's story."""
    words = _WORD.findall(text.lower())
    known = _known(course_folder())
    found: list[str] = []
    last = -1
    for at in range(len(words) - WORDS_IN_A_ROW + 1):
        if " ".join(words[at : at + WORDS_IN_A_ROW]) in known:
            if at > last + 1 or not found:
                found.append(" ".join(words[at : at + WORDS_IN_A_ROW]))
            else:
                found[-1] += f" {words[at + WORDS_IN_A_ROW - 1]}"
            last = at
    return found


@cache
def _known(_course: Path) -> frozenset[str]:
    """Every eight words in a row of the five articles, in lower case."""
    return frozenset(
        run
        for article in articles.values()
        for segment in article.segments
        if segment.part in COUNTED
        for run in _runs(_WORD.findall(segment.span.of(article.text).lower()))
    )


def _runs(words: list[str]) -> Iterable[str]:
    for at in range(len(words) - WORDS_IN_A_ROW + 1):
        yield " ".join(words[at : at + WORDS_IN_A_ROW])
