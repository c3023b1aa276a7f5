"""What marks earn that only a teacher's decision made right; knows no key spans and no files.

A span that was accepted as paid counts as found for those who marked it, and nobody is charged for
missing it: it enters both what is found and what there is to find, but for that student alone. Where
that would lower a score (a mark that covers little of the span) the mark is neither paid nor charged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from briefing.keys.matching import match
from briefing.keys.tokens import shared

LABEL_SHARE = 0.4
"""How much of the score hangs on the labels of the marks that found something."""


class AcceptedSpan(Struct, frozen=True, order=True, gc=False):
    """A span that a teacher accepted for one class; offsets in code points.

    Attributes:
        start: first code point.
        end: the code point after its last.
        label: the label that marks on it carry; another label's mark on it is not meant.
        paid: whether it counts as found; otherwise it is neither paid nor charged.
    """

    start: int
    end: int
    label: str
    paid: bool = False


class Spared(Struct, frozen=True, gc=False):
    """A mark and the accepted span it was matched with, by their places in the two lists."""

    mark: int
    span: int
    weight: float


class Tally(Struct, frozen=True, gc=False):
    """What a student's marks come to against the key.

    Attributes:
        total: Σ of what the pairs with required spans count.
        labels: Σ of their label marks.
        found: how many pairs there are.
        charged: how many marks are charged: all but those that are neither paid nor charged.
        required: how many spans there are to find.
    """

    total: float
    labels: float
    found: int
    charged: int
    required: int

    @property
    def score(self) -> float:
        """2PR/(P+R), times .6 + .4 × the mean label mark; 0 to 1."""
        if not self.total:
            return 0.0
        harmonic = 2 * self.total / (self.charged + self.required)  # the same as 2PR/(P+R)
        return harmonic * (1 - LABEL_SHARE + LABEL_SHARE * self.labels / self.found)

    def and_paid(self, worth: Sequence[float]) -> Tally:
        """Return the tally with further finds, whose labels are right, that count `worth`."""
        more = len(worth)
        return Tally(
            self.total + sum(worth),
            self.labels + more,
            self.found + more,
            self.charged + more,
            self.required + more,
        )


def spared(marks: Sequence[tuple[range, str]], spans: Sequence[tuple[range, str]]) -> list[Spared]:
    """Pair marks that the key left over with accepted spans of the same label, one to one.

    Args:
        marks: token positions and label of each mark, in order of offsets.
        spans: token positions and label of each accepted span, in order of offsets.
    """
    found = []
    for label in dict.fromkeys(label for _, label in spans):
        own = [i for i, (_, given) in enumerate(marks) if given == label]
        here = [j for j, (_, wanted) in enumerate(spans) if wanted == label]
        pairs = match([marks[i][0] for i in own], [spans[j][0] for j in here])
        found += [Spared(own[p.mark], here[p.key], p.weight) for p in pairs]
    return sorted(found, key=lambda pair: pair.mark)


def best_paid(base: Tally, worth: Iterable[tuple[float, int]]) -> tuple[Tally, frozenset[int]]:
    """Return the best tally, and which of the marks on paid spans are paid in it.

    Args:
        base: the tally in which none of them is paid or charged.
        worth: what each counts, above 0 and at most 1, with the mark's place.
    """
    order = sorted(worth, key=lambda one: (-one[0], one[1]))
    best, paid = base, 0
    for count in range(1, len(order) + 1):
        tally = base.and_paid([value for value, _ in order[:count]])
        if tally.score >= best.score:
            best, paid = tally, count
    return best, frozenset(place for _, place in order[:paid])


def is_broad(mark: range, own: range, others: Iterable[range]) -> bool:
    """Say whether a mark on the span `own` also covers half or more of another span.

    Such a mark is broader than one thing: painting a sentence must not be paid like finding what
    stands in it.
    """
    start, stop = mark.start, mark.stop
    for where in others:
        if where.start < stop and start < where.stop:  # what it does not touch, it cannot cover
            covers = 2 * shared(mark, where) >= len(where) > shared(own, where)
            if covers:
                return True
    return False


def is_mostly_other(mark: range, own: range) -> bool:
    """Say whether a mark on the span `own` is for more than half other words.

    Nobody knows what it points at: cutting a page into pieces must not be paid like finding.
    """
    return 2 * shared(mark, own) < len(mark)
