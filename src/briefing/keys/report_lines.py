"""Lines and sections of the agreement report, and how they are printed; computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.keys.agreement import Agreement

TRUSTED = 0.667
"""A column with a smaller α is not marked by machine."""


@dataclass(frozen=True, slots=True)
class Line:
    """One column's agreement, and over what it was taken."""

    column: str
    over: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Section:
    """The agreement on one key.

    Attributes:
        name: what stands before each column in the CSV; empty for the attribution key.
        lines: the columns.
        words: the Markdown, tables included.
    """

    name: str
    lines: Sequence[Line]
    words: Sequence[str]


def table(lines: Sequence[Line]) -> list[str]:
    """Return the lines as a table of Markdown."""
    rows = [
        "| column | compared on | n | raw | α | 95 % interval |",
        "|---|---|---:|---:|---:|---|",
    ]
    for line in lines:
        raw, value, low, high = numbers(line.agreement)
        interval = f"{low} to {high}" if low else "–"
        rows.append(
            f"| {line.column} | {line.over} | {line.agreement.n} | {raw or '–'} | {value or '–'} "
            f"| {interval} |"
        )
    return rows


def weak(lines: Sequence[Line]) -> str:
    """Return the columns with α below what is trusted, joined by commas; `none` without one."""
    found = [
        line.column
        for line in lines
        if line.agreement.alpha is not None and line.agreement.alpha < TRUSTED
    ]
    return ", ".join(found) or "none"


def numbers(found: Agreement) -> list[str]:
    """Return raw, α and its interval with three places; empty where there is none."""
    values = (found.raw, found.alpha, found.low, found.high)
    return ["" if value is None else f"{value:.3f}" for value in values]
