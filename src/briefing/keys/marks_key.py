"""The key of a question that asks for marks, and a student's mark, as frozen values; scores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct

from briefing.keys.matching import Places
from briefing.keys.paid_marks import AcceptedSpan
from briefing.keys.remembered import Remembered
from briefing.keys.results import ItemResult, Verdict
from briefing.keys.tokens import TokenIndex


class SpanStatus(StrEnum):
    """What a key span does to the score."""

    REQUIRED = "required"
    OPTIONAL = "optional"  # neither paid nor charged
    LOOK_ALIKE = "look_alike"  # charged as a mark that found nothing


@dataclass(frozen=True, slots=True)
class KeySpan:
    """A span of the key.

    Attributes:
        id: its id in the key.
        start: first code point.
        end: the code point after its last.
        label: the label that a mark on it should carry.
        status: see `SpanStatus`.
        sentence: the sentence it stands in.
        who: which source it belongs to; a cue and a source of one sentence belong together when
            theirs are equal or one of them is "".
        why: the reason, one plain sentence, or "".
    """

    id: str
    start: int
    end: int
    label: str
    status: SpanStatus = SpanStatus.REQUIRED
    sentence: str = ""
    who: str = ""
    why: str = ""


class StudentMark(Struct, frozen=True, order=True, gc=False):
    """A mark as a student made it: offsets in code points, `source` the id of a linked mark."""

    start: int
    end: int
    label: str
    id: str
    source: str = ""


@dataclass(frozen=True)
class MarksKey:
    """The key of a question that asks for marks.

    Attributes:
        index: the tokens of the article.
        spans: the key spans, in any order.
        asked: the sentences asked for as (start, end); a mark that touches none of them is neither
            paid nor charged. Empty where the whole text is asked for.
        links: label → label it should be linked to (`{"cue": "source"}`), empty where no links are
            asked for.
        extent_marked: whether a pair counts by its w; False where extent is shown only, and a pair
            counts as one whole.
        sentences_count: whether, where extent is shown only, a mark that is mostly other words counts
            as one whole, too: for few spans in a long text, where what stands beside them matters.
        accepted: what a teacher accepted for this class; it only takes marks that the key leaves over.
    """

    index: TokenIndex
    spans: tuple[KeySpan, ...]
    asked: tuple[tuple[int, int], ...] = ()
    links: Mapping[str, str] | None = None
    extent_marked: bool = True
    sentences_count: bool = False
    accepted: tuple[AcceptedSpan, ...] = ()

    @cached_property
    def ordered(self) -> tuple[KeySpan, ...]:
        """The key spans by offset."""
        return tuple(sorted(self.spans, key=lambda span: (span.start, span.end, span.id)))

    @cached_property
    def by_place(self) -> dict[tuple[int, int], str]:
        """Start and end of each key span → its id."""
        return {(span.start, span.end): span.id for span in self.ordered}

    @cached_property
    def positions(self) -> tuple[range, ...]:
        """The token positions of `ordered`."""
        return tuple(self.index.positions(span.start, span.end) for span in self.ordered)

    @cached_property
    def places(self) -> Places:
        """The same, as marks are matched with them."""
        return Places(self.positions)

    @cached_property
    def _placed(self) -> Remembered[tuple[int, int], tuple[range, bool]]:
        return Remembered()

    def placed(self, start: int, end: int) -> tuple[range, bool]:
        """Return the token positions of a mark, and whether it touches what is asked for.

        Args:
            start: its first code point.
            end: the code point after its last.
        """
        known = self._placed.get((start, end))
        if known is None:
            inside = not self.asked or any(a < end and start < b for a, b in self.asked)
            known = self._placed[start, end] = (self.index.positions(start, end), inside)
        return known

    @cached_property
    def required(self) -> int:
        """How many spans are required."""
        return sum(span.status is SpanStatus.REQUIRED for span in self.spans)

    @cached_property
    def missed(self) -> tuple[tuple[int, ItemResult], ...]:
        """The places of the required spans in `ordered`, with what is said where no mark found them."""
        return tuple(
            (place, _missed(span))
            for place, span in enumerate(self.ordered)
            if span.status is SpanStatus.REQUIRED
        )

    @cached_property
    def said(self) -> Remembered[tuple[Any, ...], ItemResult]:
        """What has been said of a mark, whoever made it: by its place and label, and what it found."""
        return Remembered()

    @cached_property
    def too_broad(self) -> Remembered[tuple[int, int, int], bool]:
        """Whether a mark on these tokens is too broad for the key span in that place."""
        return Remembered()

    @cached_property
    def to_link(self) -> frozenset[str]:
        """The ids of the spans whose marks should be linked: those that have something to link to."""
        links = self.links or {}
        return frozenset(
            span.id
            for span in self.spans
            if span.label in links
            and any(belongs(span, other, links[span.label]) for other in self.spans)
        )


def _missed(span: KeySpan) -> ItemResult:
    return ItemResult(
        target=span.id,
        verdict=Verdict.MISSED,
        expected=span.label,
        why=span.why,
        start=span.start,
        end=span.end,
    )


def belongs(span: KeySpan, other: KeySpan, wanted: str) -> bool:
    """Say whether a mark on `span` should be linked to one on `other`, whose label is `wanted`."""
    return (
        other.label == wanted
        and other.sentence == span.sentence
        and other.status is not SpanStatus.LOOK_ALIKE
        and (not span.who or not other.who or span.who == other.who)
    )
