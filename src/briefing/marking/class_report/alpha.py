"""Agreement of many labellers from counts alone: pairs that agree, and Krippendorff's α; exact.

Source: Krippendorff, Content Analysis, 3rd edition, chapter 11: α for nominal data with missing
labels, from the coincidences within units. A unit with n_c labels of kind c and m in all gives
n_c (n_c - 1) / (m - 1) coincidences of c with itself. Who gave which label is not needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct


class ClassAgreement(Struct, frozen=True):
    """How far a class agreed with itself.

    Attributes:
        units: how many things at least two students labelled.
        pairs: the share of pairs of students, over all units, who gave the same label.
        alpha: Krippendorff's α (nominal); None where only one label was ever given.
    """

    units: int
    pairs: float
    alpha: float | None


def agreed(units: Iterable[Mapping[str, int]]) -> ClassAgreement | None:
    """Return the agreement within units, each told as label → how many gave it.

    None where no unit was labelled twice. The order of units and labels does not matter.
    """
    same = Fraction(0)  # coincidences of a label with itself
    alike, pairs, number = 0, 0, 0
    totals: Counter[str] = Counter()
    for unit in units:
        m = sum(unit.values())
        if m < 2:
            continue
        number += 1
        equal = sum(n * (n - 1) for n in unit.values())
        same += Fraction(equal, m - 1)
        alike += equal
        pairs += m * (m - 1)
        totals.update(unit)
    if not pairs:
        return None
    n = sum(totals.values())
    expected = n * n - sum(total * total for total in totals.values())
    alpha = float(1 - (n - 1) * (n - same) / expected) if expected else None
    return ClassAgreement(number, float(Fraction(alike, pairs)), alpha)
