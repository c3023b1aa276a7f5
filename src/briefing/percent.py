"""A share as a whole number of percent, the same wherever it is told; knows no words."""

from __future__ import annotations

from math import floor


def percent(part: float, whole: float = 1) -> int:
    """Return how many percent `part` is of `whole`, a half upwards; 0 of nothing."""
    # What a division leaves behind in the last digits would turn a half into less than one.
    return floor(round(100 * part / whole, 9) + 0.5) if whole else 0
