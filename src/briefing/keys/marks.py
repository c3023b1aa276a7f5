"""Score free marks against key spans; knows no files and no widgets.

Marks and key spans are paired one to one (`matching`). With Σw over the pairs with required spans,
P = Σw / (marks not paired with optional spans), R = Σw / (required spans), found = 2PR/(P+R),
score = found × (.6 + .4 × mean label mark). Where extent is shown and not marked, a pair counts as 1
instead of its w, unless its mark swallows another key span as well or is mostly other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from briefing.keys.matching import Pair, match
from briefing.keys.near import credit
from briefing.keys.results import ItemResult, Verdict
from briefing.keys.tokens import TokenIndex, shared

LABEL_SHARE = 0.4
"""How much of the score hangs on the labels of the marks that found something."""


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


class StudentMark(Struct, frozen=True, order=True):
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
    """

    index: TokenIndex
    spans: tuple[KeySpan, ...]
    asked: tuple[tuple[int, int], ...] = ()
    links: Mapping[str, str] | None = None
    extent_marked: bool = True
    sentences_count: bool = False

    @cached_property
    def ordered(self) -> tuple[KeySpan, ...]:
        """The key spans by offset."""
        return tuple(sorted(self.spans, key=lambda span: (span.start, span.end, span.id)))

    @cached_property
    def positions(self) -> tuple[range, ...]:
        """The token positions of `ordered`."""
        return tuple(self.index.positions(span.start, span.end) for span in self.ordered)

    @cached_property
    def required(self) -> int:
        """How many spans are required."""
        return sum(span.status is SpanStatus.REQUIRED for span in self.spans)

    @cached_property
    def to_link(self) -> frozenset[str]:
        """The ids of the spans whose marks should be linked: those that have something to link to."""
        links = self.links or {}
        return frozenset(
            span.id
            for span in self.spans
            if span.label in links
            and any(_belongs(span, other, links[span.label]) for other in self.spans)
        )


@dataclass(frozen=True, slots=True)
class MarksScore:
    """The score (0 to 1), how many required spans were found, and what is said of each mark."""

    score: float
    found: int
    items: tuple[ItemResult, ...]


def score_marks(key: MarksKey, marks: Sequence[StudentMark]) -> MarksScore:
    """Score `marks` against `key`; their order never matters and no mark is paid twice."""
    kept, positions, outside, twins = _asked(key, marks)
    matched = match(positions, key.positions, lambda i, j: kept[i].label == key.ordered[j].label)
    pairs = {pair.mark: pair for pair in matched}
    partner = {kept[i].id: key.ordered[pair.key] for i, pair in pairs.items()}
    partner |= {twin: partner[mark] for twin, mark in twins.items() if mark in partner}
    total = labels = 0.0
    found = optional = 0
    items = []
    for i, mark in enumerate(kept):
        pair = pairs.get(i)
        span = key.ordered[pair.key] if pair else None
        if pair and span and span.status is SpanStatus.REQUIRED:
            counted = _counted(key, positions[i], pair)
            total += counted
            found += 1
            earned = _label_mark(key, mark, span, partner)
            labels += earned
        else:
            earned, counted = 0.0, None
            optional += span is not None and span.status is SpanStatus.OPTIONAL
        items.append(_item(mark, span, earned, pair.weight if pair else None, counted))
    items += [_outside(mark) for mark in outside]
    taken = {pair.key for pair in pairs.values()}
    items += [
        _missed(span)
        for j, span in enumerate(key.ordered)
        if j not in taken and span.status is SpanStatus.REQUIRED
    ]
    charged = len(kept) - optional
    if not total:
        return MarksScore(0.0, 0, tuple(items))
    harmonic = 2 * total / (charged + key.required)  # the same as 2PR/(P+R)
    score = harmonic * (1 - LABEL_SHARE + LABEL_SHARE * labels / found)
    return MarksScore(score, found, tuple(items))


def _counted(key: MarksKey, mark: range, pair: Pair) -> float:
    """Return what a pair counts in P and R.

    A mark that also covers half of another key span is broader than one thing, and of a mark that is
    for more than half other words nobody knows what it points at: painting a sentence, in one piece
    or in many, must not be paid like finding what stands in it.
    """
    if key.extent_marked:
        return pair.weight
    others = (where for j, where in enumerate(key.positions) if j != pair.key)
    own = key.positions[pair.key]
    if not key.sentences_count and 2 * shared(mark, own) < len(mark):
        return pair.weight
    broad = any(
        2 * shared(mark, where) >= len(where) and shared(own, where) < len(where)
        for where in others
        if len(where)
    )
    return pair.weight if broad else 1.0


def _asked(
    key: MarksKey, marks: Sequence[StudentMark]
) -> tuple[list[StudentMark], list[range], list[StudentMark], dict[str, str]]:
    """Drop repeated marks, set those outside the asked sentences aside, and order the rest.

    Returns the marks that count, their token positions, the marks outside, and for each repeated
    mark the id of the one that stands for it (a link may name either).
    """
    kept: list[StudentMark] = []
    positions: list[range] = []
    outside: list[StudentMark] = []
    twins: dict[str, str] = {}
    seen: dict[tuple[int, int, str], str] = {}
    # Of two equal marks the linked one stays: making a link by marking again must cost nothing. The
    # link itself is the last thing to go by, so that the order in the file decides nothing.
    for mark in sorted(
        marks, key=lambda m: (m.start, m.end, m.label, not m.source, m.id, m.source)
    ):
        where = key.index.positions(mark.start, mark.end)
        same = (where.start, where.stop, mark.label)
        if same in seen:
            twins[mark.id] = seen[same]
            continue
        seen[same] = mark.id
        if key.asked and not any(a < mark.end and mark.start < b for a, b in key.asked):
            outside.append(mark)
        else:
            kept.append(mark)
            positions.append(where)
    return kept, positions, outside, twins


def _label_mark(
    key: MarksKey, mark: StudentMark, span: KeySpan, partner: Mapping[str, KeySpan]
) -> float:
    earned = credit(mark.label, span.label)
    if span.id not in key.to_link:
        return earned
    return 0.5 * earned + 0.5 * (earned > 0 and _linked_rightly(key, mark, span, partner))


def _belongs(span: KeySpan, other: KeySpan, wanted: str) -> bool:
    return (
        other.label == wanted
        and other.sentence == span.sentence
        and other.status is not SpanStatus.LOOK_ALIKE
        and (not span.who or not other.who or span.who == other.who)
    )


def _linked_rightly(
    key: MarksKey, mark: StudentMark, span: KeySpan, partner: Mapping[str, KeySpan]
) -> bool:
    linked = partner.get(mark.source) if mark.source else None
    return linked is not None and _belongs(span, linked, (key.links or {})[span.label])


def _item(
    mark: StudentMark,
    span: KeySpan | None,
    earned: float,
    extent: float | None,
    counted: float | None,
) -> ItemResult:
    expected, why, look_alike = "", "", False
    verdict = Verdict.EXTRA
    if span is not None:
        expected, why = span.label, span.why
        if span.status is SpanStatus.LOOK_ALIKE:
            look_alike, expected = True, ""
        elif span.status is SpanStatus.OPTIONAL:
            verdict = Verdict.FINE
        else:
            verdict = (
                Verdict.RIGHT if earned == 1 else Verdict.NEAR if earned > 0 else Verdict.WRONG
            )
    return ItemResult(
        target=mark.id,
        verdict=verdict,
        label=mark.label,
        expected=expected,
        why=why,
        start=mark.start,
        end=mark.end,
        extent=extent,
        key_start=span.start if span else None,
        key_end=span.end if span else None,
        counted=counted,
        look_alike=look_alike,
    )


def _outside(mark: StudentMark) -> ItemResult:
    return ItemResult(
        target=mark.id,
        verdict=Verdict.NOTE,
        label=mark.label,
        start=mark.start,
        end=mark.end,
        why="This sentence was not asked for, so the mark does not count either way.",
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
