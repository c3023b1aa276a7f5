"""A matrix as a static HTML table: what GitHub, nbviewer and paper show; reads and decides nothing.

Escaped, deterministic, inline styles only; each cell says its answer with a sign and in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.widgets.static import apart, esc
from briefing.widgets.static_question import CELL_WORDS, reasons_html

ANSWERS = {True: "✓ yes", False: "✗ no", None: "? cannot say yet"}
"""The sign and the words of each answer; the page uses the same."""

_CELL = "border:1px solid #8a8a8a;padding:6px 9px;text-align:left;vertical-align:top"


@dataclass(frozen=True, slots=True)
class StaticCell:
    """What stands in one cell: the answer, and the words that were attached."""

    present: bool | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaticMatrix:
    """A matrix to be shown: rows as (id, title), columns as (id, name, hint), cells by their id."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, str], ...]
    cells: Mapping[str, StaticCell]


def render(shown: StaticMatrix, feedback: Mapping[str, Any]) -> str:
    """Return the table, with what feedback says in the cells that it is about."""
    head = "".join(
        f'<th scope="col" style="{_CELL}">{apart(name)}{_under(hint)}</th>'
        for _, name, hint in shown.columns
    )
    rows = "".join(_row(shown, feedback, *row) for row in shown.rows)
    return (
        f'<table style="border-collapse:collapse"><thead><tr><th style="{_CELL}">Text</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(shown: StaticMatrix, feedback: Mapping[str, Any], text: str, title: str) -> str:
    cells = "".join(
        f'<td style="{_CELL}">{_inside(shown.cells.get(f"{text}/{column}"))}'
        f"{reasons_html(feedback, f'{text}/{column}', words=CELL_WORDS)}</td>"
        for column, _, _ in shown.columns
    )
    return f'<tr><th scope="row" style="{_CELL}">{apart(text)}{_under(title)}</th>{cells}</tr>'


def _under(words: str) -> str:
    return f'<div style="font-weight:normal">{apart(words)}</div>' if words else ""


def _inside(cell: StaticCell | None) -> str:
    if cell is None:
        return "○ not decided"
    quotes = "".join(
        f'<div style="padding:2px 0;white-space:pre-wrap">“{apart(words)}”</div>'
        for words in cell.words
    )
    return f"<b>{esc(ANSWERS[cell.present])}</b>{quotes}"
