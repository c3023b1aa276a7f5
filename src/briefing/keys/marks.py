"""Score free marks against key spans; knows no files and no widgets.

Marks and key spans are paired one to one (`matching`). With Σw over the pairs with required spans,
P = Σw / (marks not paired with optional spans), R = Σw / (required spans), found = 2PR/(P+R),
score = found × (.6 + .4 × mean label mark). Where extent is shown and not marked, a pair counts as 1
instead of its w, unless its mark swallows another key span as well or is mostly other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

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
    partner = _partners(key, kept, twins, pairs, over) if key.to_link else {}
    total = labels = 0.0
    found = optional = 0
    said: dict[int, ItemResult] = {}
    for i, mark in enumerate(kept):
        if i in over:
            continue
        pair = pairs.get(i)
        if pair is None:
            said[i] = _item(key, mark, None, 0.0, None)
            continue
        span = key.ordered[pair.key]
        if span.status is SpanStatus.REQUIRED:
            counted = _counted(key, positions[i], pair)
            too = mark.label != span.label and _label_accepted(key, mark.label, positions[i])
            earned = _label_mark(key, mark, span, partner, too)
            total += counted
            labels += earned
            found += 1
            said[i] = _item(key, mark, pair, earned, counted, label_too=too)
        else:
            optional += span.status is SpanStatus.OPTIONAL
            said[i] = _item(key, mark, pair, 0.0, None)
    base = Tally(total, labels, found, len(kept) - optional - len(over), key.required)
    worth = {
        i: _worth(key, positions[i], pair)
        for i, pair in over.items()
        if key.accepted[pair.span].paid
    }
    tally, paid = best_paid(base, [(value, i) for i, value in worth.items()])
    for i, spare in over.items():
        here, value = key.accepted[spare.span], worth[i] if i in paid else None
        said[i] = mark_items.accepted_item(kept[i], here, spare, value)
    items = [said[i] for i in range(len(kept))]
    items += [mark_items.outside(mark) for mark in outside]
    taken = {pair.key for pair in matched}
    items += [item for j, item in key.missed if j not in taken]
    score = tally.score
    return MarksScore(score, tally.found if score else 0, tuple(items), tally.required)


def _item(
    key: MarksKey,
    mark: StudentMark,
    pair: Pair | None,
    earned: float,
    counted: float | None,
    *,
    label_too: bool = False,
) -> ItemResult:
    """Say what became of a mark, as of all like it: only the mark's own id is another."""
    place = None if pair is None else pair.key
    name = (mark.start, mark.end, mark.label, place, earned, counted, label_too)
    known = key.said.get(name)
    if known is None:
        span, weighed = (None, None) if pair is None else (key.ordered[pair.key], pair.weight)
        known = mark_items.item(mark, span, weighed, earned, counted, label_too=label_too)
        key.said[name] = known
    return known if known.target == mark.id else replace(known, target=mark.id)


def _partners(
    key: MarksKey,
    kept: Sequence[StudentMark],
    twins: Mapping[str, str],
    pairs: Mapping[int, Pair],
    over: Mapping[int, Spared],
) -> dict[str, KeySpan]:
    """Return by the id of each mark the span that a link to it leads to."""
    partner = {kept[i].id: key.ordered[pair.key] for i, pair in pairs.items()}
    partner |= {kept[i].id: _as_key_span(key, key.accepted[pair.span]) for i, pair in over.items()}
    return partner | {twin: partner[mark] for twin, mark in twins.items() if mark in partner}


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
    name = (mark.start, mark.stop, pair.key)
    broad = key.too_broad.get(name)
    if broad is None:
        others = [key.positions[j] for j in key.places.near(mark) if j != pair.key]
        broad = key.too_broad[name] = _broad(key, mark, key.positions[pair.key], others)
    return pair.weight if broad else 1.0


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
        where, inside = key.placed(mark.start, mark.end)
        same = (where.start, where.stop, mark.label)
        if same in seen:
            twins[mark.id] = seen[same]
            continue
        seen[same] = mark.id
        if inside:
            kept.append(mark)
            positions.append(where)
        else:
            outside.append(mark)
    return kept, positions, outside, twins


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
