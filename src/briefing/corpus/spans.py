"""Spans: stretches of a text, counted in Unicode code points. Pure values, no files.

Python strings are indexed by code point already, so a span slices a text directly. JavaScript
counts UTF-16 units; the widgets convert at their border and nothing here ever sees those numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of text, `start` inclusive to `end` exclusive, in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not ({self.start}, {self.end})")

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of `text` that the span covers.

        Raises:
            ValueError: the span ends outside the text.
        """
        if self.end > len(text):
            raise ValueError(f"span {self.start}-{self.end} ends outside a text of {len(text)}")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def plain(words: str) -> str:
    """Return words copied from an article with no-break spaces as ordinary spaces."""
    return words.replace("\u00a0", " ")
