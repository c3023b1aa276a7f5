"""Which labels are near one another, so that the wrong one of two earns half; a table, no scoring.

Named and unnamed officials are never near: telling them apart is what is taught.
"""

from __future__ import annotations

NEAR: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("named_official", "institution"),
        ("unnamed_official", "institution"),
        ("direct", "mixed"),
        ("indirect", "mixed"),
    )
)


_PAIRS = frozenset((one, other) for pair in NEAR for one in pair for other in pair - {one})


def credit(given: str, expected: str) -> float:
    """Return what a label earns: 1 the key's own, one half a near one, 0 any other."""
    if given == expected:
        return 1.0
    return 0.5 if (given, expected) in _PAIRS else 0.0
