"""How far the two key-makers agreed on the attribution key, over all five texts; settles nothing.

Strict reading, before adjudication, straight from the passes, whatever the numbers are.
"""

from __future__ import annotations

from briefing.corpus import LABELLED_PARTS
from briefing.errors import BriefingError
from briefing.keys.agreement import agreement
from briefing.keys.report_lines import TRUSTED, Line, Section, table, weak
from briefing.keys.tables import PASSES, passes

COLUMNS = (
    "voice", "mode", "source", "source_kind", "chain", "cue", "cue_stance", "evidence_basis",
    "carried",
)  # fmt: skip


class NoPasses(BriefingError):
    """This copy of the course does not hold the key-makers' passes."""

    def __init__(self) -> None:
        super().__init__(
            "The key-makers' passes are not part of this copy of the course; use the full version, "
            "which has a folder called solutions."
        )


def agreement_lines() -> list[Line]:
    """Return the agreement per column, pooled over the five texts.

    `voice` is compared on every labelled sentence. The other columns say something about credited
    sentences only, so they are compared on the sentences that both makers call credited; an empty
    cue there means "no cue" and counts as a label.

    Raises:
        NoPasses: the passes are not in this copy of the course.
    """
    both = passes()
    if not both:
        raise NoPasses
    one, other = (both[name] for name in PASSES)
    asked = [
        name for name, found in one.items() if found.row.part in LABELLED_PARTS and name in other
    ]
    credited = [
        name for name in asked if one[name].row.voice == other[name].row.voice == "attributed"
    ]
    lines = []
    for column in COLUMNS:
        names = asked if column == "voice" else credited
        pairs = [
            (one[n].row.label(column) or "(none)", other[n].row.label(column) or "(none)")
            for n in names
        ]
        over = "all labelled sentences" if column == "voice" else "sentences both call credited"
        lines.append(Line(column, over, agreement(pairs)))
    runs = [("run" if one[n].row.run else "no", "run" if other[n].row.run else "no") for n in asked]
    lines.append(Line("run (in one or not)", "all labelled sentences", agreement(runs)))
    return lines


def attribution_section() -> Section:
    """Return the agreement on the attribution key, with the words that belong to the numbers.

    Raises:
        NoPasses: the passes are not in this copy of the course.
    """
    lines = agreement_lines()
    return Section(
        "",
        lines,
        [
            "Two passes over all five texts, each made from the codebook without sight of the other, "
            "compared before anything was settled, in the strict reading.",
            "",
            "Both were made by an AI language model, in two separate runs. Two such runs may share "
            "their mistakes: high agreement says that the codebook can be followed, and less about "
            "whether the key is right than the agreement of two people would.",
            "",
            *table(lines),
            "",
            "raw: share of equal labels. α: Krippendorff's, nominal. Interval: 2,000 bootstrap draws "
            "over sentences with a fixed seed. No α (–): a single label throughout.",
            "",
            f"A column with α below {TRUSTED} is not marked by machine: {weak(lines)}. "
            "No outside expert has checked the key yet.",
            "",
            "What the passes did not hold: words that point to a speaker without naming him (pronouns "
            "such as “he”, or “the Russian general”) were marked by neither as *who*. They were added "
            "to the spans key when it was settled, so no agreement is known for them.",
        ],
    )
