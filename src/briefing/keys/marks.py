"""Score free marks against key spans; knows no files and no widgets.

Marks and key spans are paired one to one (`matching`). With Σw over the pairs with required spans,
P = Σw / (marks not paired with optional spans), R = Σw / (required spans), found = 2PR/(P+R),
score = found × (.6 + .4 × mean label mark). Where extent is shown and not marked, a pair counts as 1
instead of its w, unless its mark swallows another key span as well or is mostly other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.keys import mark_items
from briefing.keys.marks_key import KeySpan, MarksKey, SpanStatus, StudentMark, belongs
from briefing.keys.matching import LEAST, Pair, match, weight
from briefing.keys.near import credit
from briefing.keys.paid_marks import (
    LABEL_SHARE,
    AcceptedSpan,
    Spared,
    Tally,
    best_paid,
    is_broad,
    is_mostly_other,
    spared,
)
from briefing.keys.results import ItemResult

__all__ = [
    "LABEL_SHARE",
    "KeySpan",
    "MarksKey",
    "MarksScore",
    "SpanStatus",
    "StudentMark",
    "score_marks",
]


@dataclass(frozen=True, slots=True)
class MarksScore:
    """The score (0 to 1), how many spans were found of how many, and what is said of each mark."""

    score: float
    found: int
    items: tuple[ItemResult, ...]
    of: int = 0


def score_marks(key: MarksKey, marks: Sequence[StudentMark]) -> MarksScore:
    """Score `marks` against `key`; their order never matters and no mark is paid twice."""
    kept, positions, outside, twins = _asked(key, marks)
    matched = match(positions, key.places, lambda i, j: kept[i].label == key.ordered[j].label)
    pairs = {pair.mark: pair for pair in matched}
    over = _left_over(key, kept, positions, pairs)
    partner = {kept[i].id: key.ordered[pair.key] for i, pair in pairs.items()}
    partner |= {kept[i].id: _as_key_span(key, key.accepted[pair.span]) for i, pair in over.items()}
    partner |= {twin: partner[mark] for twin, mark in twins.items() if mark in partner}
    total = labels = 0.0
    found = optional = 0
    earned: dict[int, tuple[float, float | None]] = {}
    labels_too: set[int] = set()
    for i, mark in enumerate(kept):
        pair = pairs.get(i)
        span = key.ordered[pair.key] if pair else None
        if pair and span and span.status is SpanStatus.REQUIRED:
            counted = _counted(key, positions[i], pair)
            total += counted
            found += 1
            if mark.label != span.label and _label_accepted(key, mark.label, positions[i]):
                labels_too.add(i)
            earned[i] = (_label_mark(key, mark, span, partner, i in labels_too), counted)
            labels += earned[i][0]
        else:
            optional += i not in over and span is not None and span.status is SpanStatus.OPTIONAL
    base = Tally(total, labels, found, len(kept) - optional - len(over), key.required)
    worth = {
        i: _worth(key, positions[i], pair)
        for i, pair in over.items()
        if key.accepted[pair.span].paid
    }
    tally, paid = best_paid(base, [(value, i) for i, value in worth.items()])
    items = []
    for i, mark in enumerate(kept):
        if i in over:
            here = key.accepted[over[i].span]
            items.append(
                mark_items.accepted_item(mark, here, over[i], worth[i] if i in paid else None)
            )
        else:
            pair = pairs.get(i)
            span = key.ordered[pair.key] if pair else None
            weighed = pair.weight if pair else None
            too = i in labels_too
            result = earned.get(i, (0.0, None))
            items.append(mark_items.item(mark, span, weighed, *result, label_too=too))
    items += [mark_items.outside(mark) for mark in outside]
    taken = {pair.key for pair in pairs.values()}
    items += [
        mark_items.missed(span)
        for j, span in enumerate(key.ordered)
        if j not in taken and span.status is SpanStatus.REQUIRED
    ]
    score = tally.score
    return MarksScore(score, tally.found if score else 0, tuple(items), tally.required)


def _left_over(
    key: MarksKey,
    kept: Sequence[StudentMark],
    positions: Sequence[range],
    pairs: Mapping[int, Pair],
) -> dict[int, Spared]:
    """Pair the marks that would be charged with what was accepted; by the mark's place."""
    if not key.accepted:
        return {}
    charged = [
        i
        for i in range(len(kept))
        if i not in pairs or key.ordered[pairs[i].key].status is SpanStatus.LOOK_ALIKE
    ]
    found = spared(
        [(positions[i], kept[i].label) for i in charged],
        [(key.index.positions(span.start, span.end), span.label) for span in key.accepted],
    )
    return {charged[pair.mark]: pair for pair in found}


def _as_key_span(key: MarksKey, span: AcceptedSpan) -> KeySpan:
    """Return an accepted span as one that links may lead to: it belongs to its sentence."""
    sentence = next(
        (one.sentence for one in key.spans if _one_sentence(key, one.start, span.start)), ""
    )
    return KeySpan("accepted", span.start, span.end, span.label, SpanStatus.OPTIONAL, sentence)


def _one_sentence(key: MarksKey, one: int, other: int) -> bool:
    return any(start <= one < end and start <= other < end for start, end in key.asked)


def _worth(key: MarksKey, mark: range, pair: Spared) -> float:
    span = key.accepted[pair.span]
    own = key.index.positions(span.start, span.end)
    whole = not key.extent_marked and not _broad(key, mark, own, key.positions)
    return 1.0 if whole else pair.weight


def _counted(key: MarksKey, mark: range, pair: Pair) -> float:
    """Return what a pair counts in P and R: its w where extent is marked or the mark is too broad."""
    if key.extent_marked:
        return pair.weight
    others = [key.positions[j] for j in key.places.near(mark) if j != pair.key]
    return pair.weight if _broad(key, mark, key.positions[pair.key], others) else 1.0


def _broad(key: MarksKey, mark: range, own: range, others: Iterable[range]) -> bool:
    return is_broad(mark, own, others) or (not key.sentences_count and is_mostly_other(mark, own))


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
        if key.asked and not _in_any(key.asked, mark.start, mark.end):
            outside.append(mark)
        else:
            kept.append(mark)
            positions.append(where)
    return kept, positions, outside, twins


def _in_any(asked: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in asked)


def _label_accepted(key: MarksKey, label: str, mark: range) -> bool:
    """Say whether a teacher accepted this label for the words of a mark that found something."""
    return any(
        one.label == label
        and weight(mark, key.index.positions(one.start, one.end)) * LEAST[1] >= LEAST[0]
        for one in key.accepted
    )


def _label_mark(
    key: MarksKey,
    mark: StudentMark,
    span: KeySpan,
    partner: Mapping[str, KeySpan],
    label_too: bool,
) -> float:
    earned = 1.0 if label_too else credit(mark.label, span.label)
    if span.id not in key.to_link:
        return earned
    return 0.5 * earned + 0.5 * (earned > 0 and _linked_rightly(key, mark, span, partner))


def _linked_rightly(
    key: MarksKey, mark: StudentMark, span: KeySpan, partner: Mapping[str, KeySpan]
) -> bool:
    linked = partner.get(mark.source) if mark.source else None
    return linked is not None and belongs(span, linked, (key.links or {})[span.label])
