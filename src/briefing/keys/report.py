"""The agreement of the two key-makers over all five texts, as a report; computes and formats only.

Strict reading, before adjudication, straight from the passes, whatever the numbers are.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.corpus import LABELLED_PARTS
from briefing.errors import BriefingError
from briefing.keys.agreement import Agreement, agreement
from briefing.keys.naming_report import NamingAgreement, naming_in_words
from briefing.keys.number_report import NumbersAgreement
from briefing.keys.tables import PASSES, passes

COLUMNS = (
    "voice", "mode", "source", "source_kind", "chain", "cue", "cue_stance", "evidence_basis",
    "carried",
)  # fmt: skip
TRUSTED = 0.667
"""A column with a smaller α is not marked by machine."""


class NoPasses(BriefingError):
    """This copy of the course does not hold the key-makers' passes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One column's agreement: over all labelled sentences, and over those both call credited."""

    column: str
    over: str
    agreement: Agreement


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
        raise NoPasses(
            "The key-makers' passes are not part of this copy of the course; use the full version, "
            "which has a folder called solutions."
        )
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


def number_lines(found: NumbersAgreement) -> list[Line]:
    """Return the agreement on the numbers ledger as lines of the same kind."""
    over = "numeric claims both have"
    return [Line(f"numbers: {name}", over, one) for name, one in found.columns.items()]


def naming_lines(found: NamingAgreement) -> list[Line]:
    """Return the agreement on names as lines of the same kind."""
    over = "mentions both have"
    return [Line(f"naming: {name}", over, one) for name, one in found.columns.items()]


def as_csv(
    lines: list[Line],
    numbers: NumbersAgreement | None = None,
    naming: NamingAgreement | None = None,
) -> str:
    """Return the report as CSV: `column,over,n,raw,alpha,low,high`.

    Of the lines `numbers: row` and `naming: mention` n counts what both found, and raw is F1.
    """
    if numbers:
        found = Agreement(numbers.common, numbers.f1, None, None, None)
        lines = [*lines, Line("numbers: row (F1)", "all rows", found), *number_lines(numbers)]
    if naming:
        found = Agreement(naming.common, naming.f1, None, None, None)
        lines = [*lines, Line("naming: mention (F1)", "all mentions", found), *naming_lines(naming)]
    rows = ["column,over,n,raw,alpha,low,high"]
    rows += [
        ",".join([line.column, line.over, str(line.agreement.n), *_numbers(line.agreement)])
        for line in lines
    ]
    return "\n".join(rows) + "\n"


def as_markdown(
    lines: list[Line],
    numbers: NumbersAgreement | None = None,
    naming: NamingAgreement | None = None,
) -> str:
    """Return the report as Markdown with the words that belong to the numbers."""
    rows, weak = _table(lines), _weak(lines)
    return "\n".join(
        [
            "# How far the two key-makers agreed",
            "",
            "Two passes over all five texts, each made from the codebook without sight of the other, "
            "compared before anything was settled, in the strict reading.",
            "",
            "Both were made by an AI language model, in two separate runs. Two such runs may share "
            "their mistakes: high agreement says that the codebook can be followed, and less about "
            "whether the key is right than the agreement of two people would.",
            "",
            *rows,
            "",
            "raw: share of equal labels. α: Krippendorff's, nominal. Interval: 2,000 bootstrap draws "
            "over sentences with a fixed seed. No α (–): a single label throughout.",
            "",
            f"A column with α below {TRUSTED} is not marked by machine: "
            f"{', '.join(weak) if weak else 'none'}. No outside expert has checked the key yet.",
            "",
            "What the passes did not hold: words that point to a speaker without naming him (pronouns "
            "such as “he”, or “the Russian general”) were marked by neither as *who*. They were added "
            "to the spans key when it was settled, so no agreement is known for them.",
            "",
            *(_numbers_in_words(numbers) if numbers else ()),
            *(naming_in_words(naming, _table(naming_lines(naming))) if naming else ()),
        ]
    )


def _numbers_in_words(found: NumbersAgreement) -> list[str]:
    lines = number_lines(found)
    one, other = found.rows
    weak = _weak(lines)
    return [
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
        *_table(lines),
        "",
        f"A column with α below {TRUSTED} is not marked by machine: "
        f"{', '.join(weak) if weak else 'none'}. Free text (what, check in full, settle) was not "
        "compared. Most values are figures that stand in the text, so agreement on them is easy; "
        "the hard column is result, and its interval is wide. `hard-cases.md` says how each "
        "difference was settled.",
        "",
    ]


def _table(lines: list[Line]) -> list[str]:
    rows = [
        "| column | compared on | n | raw | α | 95 % interval |",
        "|---|---|---:|---:|---:|---|",
    ]
    for line in lines:
        raw, value, low, high = _numbers(line.agreement)
        interval = f"{low} to {high}" if low else "–"
        rows.append(
            f"| {line.column} | {line.over} | {line.agreement.n} | {raw or '–'} | {value or '–'} "
            f"| {interval} |"
        )
    return rows


def _weak(lines: list[Line]) -> list[str]:
    return [
        line.column
        for line in lines
        if line.agreement.alpha is not None and line.agreement.alpha < TRUSTED
    ]


def _numbers(found: Agreement) -> list[str]:
    values = (found.raw, found.alpha, found.low, found.high)
    return ["" if value is None else f"{value:.3f}" for value in values]
