"""How far the two key-makers agreed on names; computes from their passes, settles nothing.

Rows of the two are the same mention where their spans overlap. Whether a place is a mention at all
is told as F1; the columns are compared on the mentions that both have.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.keys.agreement import Agreement, agreement
from briefing.keys.attribution_report import NoPasses
from briefing.keys.naming import Mention, naming_passes
from briefing.keys.number_report import paired
from briefing.keys.report_lines import TRUSTED, Line, Section, table, weak
from briefing.keys.tables import PASSES

COLUMNS = ("term", "referent", "inside")


@dataclass(frozen=True, slots=True)
class NamingAgreement:
    """The agreement on names.

    Attributes:
        rows: how many mentions each of the two found.
        common: how many have a partner.
        same_span: how many of those start and end at the same places.
        columns: agreement by column, over the mentions that both have.
    """

    rows: tuple[int, int]
    common: int
    same_span: int
    columns: dict[str, Agreement]

    @property
    def f1(self) -> float:
        """Twice the common mentions over all: 1 where both found the same."""
        return 2 * self.common / sum(self.rows) if sum(self.rows) else 1.0


def naming_agreement() -> NamingAgreement | None:
    """Return the agreement on names; None where the passes are not in this copy."""
    both = naming_passes()
    if not both:
        return None
    one, other = (both[name] for name in PASSES)
    pairs = paired(one, other)
    columns = {
        column: agreement([(_label(a, column), _label(b, column)) for a, b in pairs])
        for column in COLUMNS
    }
    same = sum(a.span == b.span for a, b in pairs)
    return NamingAgreement((len(one), len(other)), len(pairs), same, columns)


def naming_section() -> Section:
    """Return the agreement on names, with the words that belong to the numbers.

    Raises:
        NoPasses: the passes are not in this copy of the course.
        TableError: a pass is wrong.
    """
    found = naming_agreement()
    if found is None:
        raise NoPasses
    lines = [Line(name, "mentions both have", one) for name, one in found.columns.items()]
    rows = Line("mention (F1)", "all mentions", Agreement(found.common, found.f1, None, None, None))
    one, other = found.rows
    return Section(
        "naming",
        [rows, *lines],
        [
            "## The names",
            "",
            "Two passes of the same kind, again two runs of an AI language model made apart. No "
            "outside expert has checked this key either.",
            "",
            f"**What is a mention at all.** One pass has {one} mentions, the other {other}; "
            f"{found.common} of them are the same (their spans overlap), {found.same_span} of these "
            f"with the same start and end. F1 = 2 × {found.common} / ({one} + {other}) = "
            f"{found.f1:.3f}. F1 is not corrected for chance.",
            "",
            "**The columns**, on the mentions that both have. Capital letters do not count in `term`.",
            "",
            *table(lines),
            "",
            f"A column with α below {TRUSTED} is not marked by machine: {weak(lines)}. `inside` can "
            "be seen in the text, so agreement on it is easy. What the two found hard is which words "
            "are a name at all, and to whom some names belong; `hard-cases.md` says how each "
            "difference was settled.",
        ],
    )


def _label(row: Mention, column: str) -> str:
    return str(getattr(row, column)).lower()
