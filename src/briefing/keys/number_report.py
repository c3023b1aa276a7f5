"""How far the two key-makers agreed on the numbers ledger; computes from their passes, settles nothing.

Rows of the two are the same claim where their spans overlap. What counts as a row at all is told as
F1, the share of rows that have a partner; the columns are compared on the rows that both have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from briefing.keys.agreement import Agreement, agreement
from briefing.keys.attribution_report import NoPasses
from briefing.keys.report_lines import TRUSTED, Line, Section, table, weak
from briefing.keys.tables import PASSES, NumberRow, number_passes

COLUMNS = (
    "value", "min", "max", "unit", "counted_as", "since", "per", "asserted_by", "result",
)  # fmt: skip


UNTESTED = "nothing_to_check"
"""The result of a row that is not itself under test."""


class Placed(Protocol):
    """A row of a pass that stands at a place of an article, in code points."""

    @property
    def id(self) -> str:
        """What no other row is called."""

    @property
    def article(self) -> str:
        """The article of the place."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True, slots=True)
class NumbersAgreement:
    """The agreement on the ledger.

    Attributes:
        rows: how many rows each of the two wrote.
        common: how many rows have a partner.
        same_span: how many of those start and end at the same places.
        columns: agreement by column, over the rows that both have.
    """

    rows: tuple[int, int]
    common: int
    same_span: int
    columns: dict[str, Agreement]

    @property
    def f1(self) -> float:
        """Twice the common rows over all rows: 1 where both found the same claims."""
        return 2 * self.common / sum(self.rows) if sum(self.rows) else 1.0


def numbers_agreement() -> NumbersAgreement | None:
    """Return the agreement on the ledger; None where the passes are not in this copy."""
    both = number_passes()
    if not both:
        return None
    one, other = (both[name] for name in PASSES)
    pairs = paired(one, other)
    columns = {
        column: agreement([(_label(a, column), _label(b, column)) for a, b in pairs])
        for column in COLUMNS
    }
    columns["check (in one or not)"] = agreement(
        [("in" if a.check else "not", "in" if b.check else "not") for a, b in pairs]
    )
    tested = [(a.result, b.result) for a, b in pairs if UNTESTED not in (a.result, b.result)]
    columns["result (where both put one)"] = agreement(tested)
    same = sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
    return NumbersAgreement((len(one), len(other)), len(pairs), same, columns)


def paired(one: Sequence[Row], other: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return the rows that are the same claim: spans overlap, the longest overlap first.

    Each row has at most one partner; of equal overlaps the one that starts first stands.
    """
    overlaps = sorted(
        (
            (-shared, a.article, a.start, b.start, a, b)
            for a in one
            for b in other
            if a.article == b.article and (shared := min(a.end, b.end) - max(a.start, b.start)) > 0
        ),
        key=lambda found: found[:4],
    )
    taken: set[tuple[int, str]] = set()
    found = []
    for *_, a, b in overlaps:
        if (0, a.id) not in taken and (1, b.id) not in taken:
            taken |= {(0, a.id), (1, b.id)}
            found.append((a, b))
    return sorted(found, key=lambda pair: (pair[0].article, pair[0].start))


def _label(row: NumberRow, column: str) -> str:
    return str(getattr(row, column)) or "(none)"


def numbers_section() -> Section:
    """Return the agreement on the ledger, with the words that belong to the numbers.

    Raises:
        NoPasses: the passes are not in this copy of the course.
    """
    found = numbers_agreement()
    if found is None:
        raise NoPasses
    lines = [Line(name, "numeric claims both have", one) for name, one in found.columns.items()]
    rows = Line("row (F1)", "all rows", Agreement(found.common, found.f1, None, None, None))
    one, other = found.rows
    return Section(
        "numbers",
        [rows, *lines],
        [
            "## The numbers ledger",
            "",
            "Two passes of the same kind, again two runs of an AI language model made apart, from a "
            "codebook for numeric claims. No outside expert has checked this key either.",
            "",
            f"**What is a row at all.** One pass has {one} rows, the other {other}; {found.common} of "
            "them are the same claim (their spans overlap), "
            f"{found.same_span} of these with the same start and end. F1 = 2 × {found.common} / "
            f"({one} + {other}) = {found.f1:.3f}. F1 is not corrected for chance.",
            "",
            "**The columns**, on the rows that both have; an empty cell counts as a label.",
            "",
            *table(lines),
            "",
            f"A column with α below {TRUSTED} is not marked by machine: {weak(lines)}. Free text "
            "(what, check in full, settle) was not compared. Most values are figures that stand in "
            "the text, so agreement on them is easy; the hard column is result, and its interval is "
            "wide. `hard-cases.md` says how each difference was settled.",
        ],
    )
