"""The checks of the numbers ledger as sums: reads the column `check`, recomputes it, judges nobody.

A cell holds checks joined by `; `. Each is `LEFT RELATION RIGHT`, with a note in brackets that only
people read. LEFT and RIGHT are ids of rows joined by `+`; what stands in square brackets may be
counted or not; `*1.609` converts units. A sentence's id stands for what it says without a figure.

    900.n07+900.n08[+900.n11] = 900.n06 (…)    these are to make that total
    900.n07+900.n08 of 900.n06                 these are said to be part of that total
    900.n01 against 900.n05                    the same thing told twice
    900.n22 before 900.n20                     an order in time
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from briefing.errors import BriefingError
from briefing.keys.tables import NumberRow

RELATIONS = ("=", "of", "against", "before")

_ID = re.compile(r"\d{3}\.[ns]\d{2,}")
_SUM = rf"{_ID.pattern}(?:\+{_ID.pattern})*(?:\[(?:\+{_ID.pattern})+\])?(?:\*[\d.]+)?"
_CHECK = re.compile(rf"({_SUM}) ({'|'.join(RELATIONS)}) ({_SUM})(?: \(([^;()]+)\))?")


class CheckUnreadable(BriefingError):
    """A cell of the column `check` does not follow the form."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a check: ids that count, ids that may count, and what the sum is multiplied by."""

    ids: tuple[str, ...]
    optional: tuple[str, ...] = ()
    factor: float = 1.0

    def sums(self, rows: Mapping[str, NumberRow]) -> tuple[float, ...]:
        """Return the sum of this side, and the sum with what may be counted where that differs.

        Raises:
            ValueError: a row has no plain number.
        """
        least = sum(float(rows[name].value) for name in self.ids) * self.factor
        more = sum(float(rows[name].value) for name in self.optional) * self.factor
        return (least, least + more) if more else (least,)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the ledger."""

    left: Side
    relation: str
    right: Side
    note: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Every row and sentence that takes part."""
        return (*self.left.ids, *self.left.optional, *self.right.ids, *self.right.optional)

    @property
    def under_test(self) -> str:
        """The row that carries the result: a total, else what was named first."""
        return (self.right if self.relation in ("=", "of") else self.left).ids[0]


def parse_checks(cell: str) -> tuple[Check, ...]:
    """Return the checks of one cell; none for an empty one.

    Raises:
        CheckUnreadable: the cell does not follow the form.
    """
    found = []
    for written in filter(None, cell.split("; ")):
        match = _CHECK.fullmatch(written)
        if match is None:
            raise CheckUnreadable(
                f"The check {written!r} cannot be read; write it as LEFT {' or '.join(RELATIONS)} "
                "RIGHT, with a note in brackets if you like."
            )
        left, relation, right, note = match.groups()
        found.append(Check(_side(left), relation, _side(right), note or ""))
    return tuple(found)


def holds(check: Check, rows: Mapping[str, NumberRow]) -> bool | None:
    """Say whether the figures fit; None where figures alone cannot say (a side is a sentence).

    A total fits when one way of counting makes it, a part when it is not greater than its whole, a
    figure told twice when it is the same or lies in the range (`dozens`) of the other. A conversion
    fits when one of the two is the other, rounded to as many places as it is written with.
    """
    if not all(name in rows for name in check.ids):
        return None
    if check.relation == "before":
        dates = [rows[name].value for name in check.ids]
        return all(one < other for one, other in pairwise(dates))
    if check.relation == "against":
        return _told_twice(check, rows)
    left, (total,) = check.left.sums(rows), check.right.sums(rows)
    if check.relation == "of":
        return all(part <= total for part in left)
    if check.left.factor != 1:
        (converted,) = left
        places = [_places(rows[side.ids[0]].value) for side in (check.left, check.right)]
        back = round(total / check.left.factor, places[0])
        return round(converted, places[1]) == total or back * check.left.factor == converted
    return total in left


def _side(written: str) -> Side:
    fixed, _, rest = written.partition("[")
    factor = re.search(r"\*([\d.]+)$", written)
    return Side(
        tuple(_ID.findall(fixed)),
        tuple(_ID.findall(rest)),
        float(factor.group(1)) if factor else 1.0,
    )


def _told_twice(check: Check, rows: Mapping[str, NumberRow]) -> bool:
    one, other = rows[check.left.ids[0]], rows[check.right.ids[0]]
    if one.value == other.value and one.unit == other.unit and not check.right.optional:
        return True
    if "-" in one.value and one.unit != "date":
        return all(float(one.min) <= figure <= float(one.max) for figure in check.right.sums(rows))
    return False


def _places(value: str) -> int:
    return len(value.partition(".")[2])
