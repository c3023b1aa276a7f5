"""Balanced scores: every kind of right answer weighs the same, and a pattern earns nothing.

Each thing asked belongs to a class (things with the same right answer). The score is the mean of
the recall per class, rescaled so that the best of some patterns (the same answer throughout) earns
0 and everything right earns 1. Adding something right never lowers it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

HALF = 0.5
"""What a near answer earns, where that helps."""

Chances = tuple[float, float]
"""What the best pattern reaches: with near answers paid half, and without."""


def mean_recall(credits: Sequence[float], classes: Sequence[Hashable]) -> float:
    """Return the mean over the classes of the mean credit in each; 0 where nothing is asked."""
    sums: dict[Hashable, list[float]] = {}
    for credit, kind in zip(credits, classes, strict=True):
        sums.setdefault(kind, []).append(credit)
    if not sums:
        return 0.0
    return sum(sum(own) / len(own) for own in sums.values()) / len(sums)


def chances(patterns: Iterable[Sequence[float]], classes: Sequence[Hashable]) -> Chances:
    """Return the mean recall of the best pattern.

    Args:
        patterns: what answers that need no reading earn for each thing: 1 right, ½ near, 0 wrong.
        classes: the class of each thing.
    """
    near = list(patterns)
    return (
        max((mean_recall(one, classes) for one in near), default=0.0),
        max((mean_recall(_exact(one), classes) for one in near), default=0.0),
    )


def balanced(credits: Sequence[float], classes: Sequence[Hashable], chance: Chances) -> float:
    """Return the balanced score of an answer, 0 to 1; near answers count where that helps.

    Args:
        credits: what each thing earned: 1 right, ½ near, 0 otherwise.
        classes: the class of each.
        chance: see `chances`.
    """
    return max(
        _above(mean_recall(credits, classes), chance[0]),
        _above(mean_recall(_exact(credits), classes), chance[1]),
    )


def _above(recall: float, chance: float) -> float:
    """Rescale a recall so that `chance` is 0 and everything right is 1; never below 0."""
    if recall >= 1:
        return float(chance < 1)
    return max(0.0, (recall - chance) / (1 - chance)) if chance < 1 else 0.0


def _exact(credits: Sequence[float]) -> list[float]:
    return [1.0 if credit == 1 else 0.0 for credit in credits]
