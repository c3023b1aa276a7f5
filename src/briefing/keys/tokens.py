r"""Count marked words as token positions in a text; knows nothing of marks, labels or points.

A token is `\w+(?:[-’'.,]\w+)*`; the articles a, an, the and all punctuation (quotation marks too)
are no tokens, so that marking them or not costs nothing. Offsets are Unicode code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from briefing.keys.remembered import Remembered

TOKEN = re.compile(r"\w+(?:[-’'.,]\w+)*")
ARTICLES = frozenset({"a", "an", "the"})


def tokens(text: str) -> list[tuple[int, int]]:
    """Return the spans of the tokens of `text` in order, without a, an and the in any case."""
    return [m.span() for m in TOKEN.finditer(text) if m.group().casefold() not in ARTICLES]


@dataclass(frozen=True)
class TokenIndex:
    """The tokens of one text, numbered from 0, so that a span can be told as a range of them."""

    text: str = field(repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False)
    ends: tuple[int, ...] = field(init=False, repr=False)
    _known: Remembered[tuple[int, int], range] = field(
        init=False, repr=False, compare=False, default_factory=Remembered
    )

    def __post_init__(self) -> None:
        spans = tokens(self.text)
        object.__setattr__(self, "starts", tuple(start for start, _ in spans))
        object.__setattr__(self, "ends", tuple(end for _, end in spans))

    def positions(self, start: int, end: int) -> range:
        """Return the numbers of the tokens that the span covers.

        A token at either edge counts when at least half of it is covered, so that a hand which
        slips by a letter loses nothing; a span inside a single token counts as that token.

        Args:
            start: first code point of the span.
            end: the code point after its last.
        """
        known = self._known.get((start, end))
        if known is None:
            known = self._known[start, end] = self._positions(start, end)
        return known

    def _positions(self, start: int, end: int) -> range:
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        low, high = first, last
        if low < high and not self._half(low, start, end):
            low += 1
        if low < high and not self._half(high - 1, start, end):
            high -= 1
        return range(low, high) if low < high else range(first, last)

    def _half(self, token: int, start: int, end: int) -> bool:
        covered = min(end, self.ends[token]) - max(start, self.starts[token])
        return 2 * covered >= self.ends[token] - self.starts[token]


def shared(one: range, other: range) -> int:
    """Return how many token positions two ranges of consecutive positions have in common."""
    # Written out: `min` and `max` cost more than all the rest, and this runs for every mark and span.
    first = one.start if one.start > other.start else other.start
    last = one.stop if one.stop < other.stop else other.stop
    return last - first if last > first else 0
