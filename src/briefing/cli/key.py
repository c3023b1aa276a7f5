"""The keys on the command line: `key NAME` as CSV, `agreement` as a report; only prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer


class Key(StrEnum):
    """The keys that can be printed."""

    ATTRIBUTION = "attribution"
    SPANS = "spans"
    NUMBERS = "numbers"
    OMISSIONS = "omissions"
    NAMING = "naming"
    FRAMES = "frames"


SHOWN = {
    Key.ATTRIBUTION: "articles 000, 002 and 004",
    Key.SPANS: "articles 000, 002 and 004",
    Key.NUMBERS: "articles 000 and 002",
    Key.OMISSIONS: "articles 000 and 002",
    Key.NAMING: "articles 000 and 004",
    Key.FRAMES: "articles 000, 002 and 004",
}
"""What lessons may show of each key, and a student's version holds."""


class Form(StrEnum):
    """How the agreement report is printed."""

    MARKDOWN = "markdown"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(key)
    app.command()(agreement)


def key(name: Annotated[Key, typer.Argument(help="Which key.")]) -> None:
    """Print a reading key as CSV."""
    from briefing.keys import frames, naming, omissions, tables

    columns: tuple[str, ...]
    rows: Sequence[object]
    match name:
        case Key.ATTRIBUTION:
            columns, rows = tables.ATTRIBUTION_COLUMNS, tables.attribution()
        case Key.SPANS:
            columns, rows = tables.SPAN_COLUMNS, tables.spans()
        case Key.NUMBERS:
            columns, rows = tables.NUMBER_COLUMNS, tables.numbers()
        case Key.OMISSIONS:
            columns, rows = omissions.OMISSION_COLUMNS, omissions.omissions()
        case Key.NAMING:
            columns, rows = naming.NAMING_COLUMNS, naming.counted(naming.mentions())
        case Key.FRAMES:
            columns, rows = frames.FRAME_COLUMNS, frames.frames()
    cells = [{column: getattr(row, column) for column in columns} for row in rows]
    _write(tables.write_table(columns, cells))
    if not tables.has_solutions():
        typer.echo(
            "This copy of the course has no solutions: the key holds only what lessons may show "
            f"({SHOWN[name]}).",
            err=True,
        )


def agreement(
    form: Annotated[Form, typer.Option("--as", help="Markdown or CSV.")] = Form.MARKDOWN,
) -> None:
    """Print how far the two key-makers agreed, column by column."""
    from briefing.keys.report import agreement_report, as_csv, as_markdown
    from briefing.keys.tables import need_solutions

    need_solutions("compared")
    sections = agreement_report()
    _write(as_csv(sections) if form is Form.CSV else as_markdown(sections))


def _write(text: str) -> None:
    """Write UTF-8 with plain line ends, whatever the terminal's own habits are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
