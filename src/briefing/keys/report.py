"""The agreement on every key as one report, in Markdown and as CSV; joins the sections, no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.keys.attribution_report import attribution_section
from briefing.keys.frame_report import frames_section
from briefing.keys.naming_report import naming_section
from briefing.keys.number_report import numbers_section
from briefing.keys.omission_report import omissions_section
from briefing.keys.report_lines import Section, numbers

SECTIONS: tuple[Callable[[], Section], ...] = (
    attribution_section,
    numbers_section,
    omissions_section,
    naming_section,
    frames_section,
)


def agreement_report() -> list[Section]:
    """Return the sections of the report, one for each key.

    Raises:
        NoPasses: the passes are not in this copy of the course.
        TableError: a pass is missing or wrong.
    """
    return [section() for section in SECTIONS]


def as_csv(sections: Sequence[Section]) -> str:
    """Return the report as CSV: `column,over,n,raw,alpha,low,high`.

    Of a line `row (F1)` n counts what both makers found, and raw is F1.
    """
    rows = ["column,over,n,raw,alpha,low,high"]
    for section in sections:
        before = f"{section.name}: " if section.name else ""
        rows += [
            ",".join(
                [before + line.column, line.over, str(line.agreement.n), *numbers(line.agreement)]
            )
            for line in section.lines
        ]
    return "\n".join(rows) + "\n"


def as_markdown(sections: Sequence[Section]) -> str:
    """Return the report as Markdown with the words that belong to the numbers."""
    rows = ["# How far the key-makers agreed", ""]
    for section in sections:
        rows += [*section.words, ""]
    return "\n".join(rows)
