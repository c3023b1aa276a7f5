"""How far the two key-makers agreed on the frames; computes from their passes, settles nothing.

Two things are told: yes or no, over the cells, and how far the places overlap where both say yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.corpus import Span, articles
from briefing.keys.agreement import Agreement, agreement
from briefing.keys.attribution_report import NoPasses
from briefing.keys.frames import NO, YES, cells, frame_passes
from briefing.keys.matching import match
from briefing.keys.report_lines import Line, Section, table
from briefing.keys.tables import PASSES
from briefing.keys.tokens import TokenIndex


@dataclass(frozen=True, slots=True)
class FramesAgreement:
    """The agreement on the frames.

    Attributes:
        decided: yes or no, over the cells that both have.
        noes: how many noes each of the two gave.
        yeses: in how many cells both say yes.
        places: how many places each wrote in those cells.
        common: how many of them have a partner (weight from .3, by the rule that scores students).
        shared_cells: in how many of those cells at least one place has a partner.
    """

    decided: Agreement
    noes: tuple[int, int]
    yeses: int
    places: tuple[int, int]
    common: int
    shared_cells: int

    @property
    def f1(self) -> float:
        """Twice the common places over all places: 1 where both found the same words."""
        return 2 * self.common / sum(self.places) if sum(self.places) else 1.0


def frames_agreement() -> FramesAgreement | None:
    """Return the agreement on the frames; None where the passes are not in this copy."""
    both = frame_passes()
    if not both:
        return None
    one, other = (cells(both[name]) for name in PASSES)
    names = [name for name in one if name in other]
    said = [
        (YES if one[name].present else NO, YES if other[name].present else NO) for name in names
    ]
    agreed = [name for name, pair in zip(names, said, strict=True) if pair == (YES, YES)]
    index = {name: TokenIndex(articles[name].text) for name in articles}
    common = [common_places(index[n[0]], one[n].spans, other[n].spans) for n in agreed]
    return FramesAgreement(
        decided=agreement(said),
        noes=(sum(a == NO for a, _ in said), sum(b == NO for _, b in said)),
        yeses=len(agreed),
        places=(sum(len(one[n].spans) for n in agreed), sum(len(other[n].spans) for n in agreed)),
        common=sum(common),
        shared_cells=sum(count > 0 for count in common),
    )


def common_places(index: TokenIndex, one: Sequence[Span], other: Sequence[Span]) -> int:
    """Return how many places of `one` have a partner in `other`, one to one, weight from .3."""
    marks = [index.positions(span.start, span.end) for span in one]
    wanted = [index.positions(span.start, span.end) for span in other]
    return len(match(marks, wanted))


def frames_section() -> Section:
    """Return the agreement on the frames, with the words that belong to the numbers.

    Raises:
        NoPasses: the passes are not in this copy of the course.
    """
    found = frames_agreement()
    if found is None:
        raise NoPasses
    (a, b), (some, others) = found.noes, found.places
    decided = Line("present", "cells", found.decided)
    places = Line("place (F1)", "all places", Agreement(found.common, found.f1, None, None, None))
    return Section(
        "frames",
        [decided, places],
        [
            "## The frames key",
            "",
            "Two passes of the same kind over the four functions of five texts, again two runs of an "
            "AI language model made apart. No outside expert has checked this key either.",
            "",
            "**Yes or no:**",
            "",
            *table([decided]),
            "",
            f"Read it with care: one pass says no in {a} cells, the other in {b}, so nearly "
            "everything hangs on these. Drawn again from so few cells, an interval cannot show how "
            "two people would differ.",
            "",
            f"**The words that show it**, in the {found.yeses} cells where both say yes: one pass "
            f"has {some} places, the other {others}; {found.common} of them have a partner by the "
            f"rule that scores students. F1 = 2 × {found.common} / ({some} + {others}) = "
            f"{found.f1:.3f}. In {found.shared_cells} of the {found.yeses} cells at least one place "
            "is common to both. That is far less agreement than on yes or no: the makers agree that "
            "a text judges, and point to different sentences for it. So the settled key takes "
            "places from both, any of them shows the yes, and each pass, marked like a student's "
            "answer to ex07, earns full marks. A student's own place can be defended.",
        ],
    )
