"""Agreement between two key-makers: raw, and Krippendorff's α with a bootstrap interval.

Pure Python, nominal data, missing labels allowed. Nothing here knows what is being labelled.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 20151003
"""The bootstrap's fixed seed, so that the published interval can be computed again."""

Pair = tuple[str, str]  # one unit's labels by the two makers; "" is a missing label


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two makers agreed on one column.

    Attributes:
        n: how many units both of them labelled.
        raw: the share of those on which the labels are equal; None where n is 0.
        alpha: Krippendorff's α (nominal); None where it is not defined (a single label only).
        low: lower end of the 95 % bootstrap interval of α; None where α is.
        high: its upper end.
    """

    n: int
    raw: float | None
    alpha: float | None
    low: float | None
    high: float | None


def raw_agreement(pairs: Sequence[Pair]) -> float | None:
    """Return the share of units, among those that both labelled, with equal labels."""
    both = [pair for pair in pairs if all(pair)]
    return sum(one == other for one, other in both) / len(both) if both else None


def alpha(pairs: Sequence[Pair]) -> float | None:
    """Return Krippendorff's α for nominal labels by two makers; None where it is not defined.

    Units that only one maker labelled do not count. With D_o the observed and D_e the expected
    disagreement, α = 1 - D_o / D_e; a single label throughout leaves D_e = 0 and no α.
    """
    return _alpha(Counter(pair for pair in pairs if all(pair)))


def _alpha(table: Counter[Pair]) -> float | None:
    values = 2 * sum(table.values())
    if not values:
        return None
    totals: Counter[str] = Counter()
    differing = 0
    for (one, other), times in table.items():
        totals[one] += times
        totals[other] += times
        differing += 2 * times if one != other else 0
    expected = values * values - sum(total * total for total in totals.values())
    if not expected:
        return None
    return 1 - (values - 1) * differing / expected


def bootstrap(
    pairs: Sequence[Pair], *, draws: int = 2000, seed: int = SEED
) -> tuple[float, float] | None:
    """Return the 2.5th and 97.5th percentile of α over resampled units; None where α is undefined.

    A draw in which only one label occurs has no α; makers who then agree throughout count as 1.
    """
    both = [pair for pair in pairs if all(pair)]
    if alpha(both) is None:
        return None
    random_ = random.Random(seed)  # noqa: S311 (a resampling, not a secret)
    found = []
    for _ in range(draws):
        drawn = _alpha(Counter(random_.choices(both, k=len(both))))
        found.append(1.0 if drawn is None else drawn)
    found.sort()
    return found[int(0.025 * draws)], found[min(draws - 1, int(0.975 * draws))]


def agreement(pairs: Sequence[Pair], *, draws: int = 2000, seed: int = SEED) -> Agreement:
    """Return raw agreement, α and its interval for one column."""
    interval = bootstrap(pairs, draws=draws, seed=seed)
    return Agreement(
        n=sum(all(pair) for pair in pairs),
        raw=raw_agreement(pairs),
        alpha=alpha(pairs),
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
    )
