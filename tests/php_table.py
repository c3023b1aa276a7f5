"""Write tables as PHP's `fputcsv` does, by which Moodle writes worksheets and grades; and as others do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def php_lines(rows: Iterable[Sequence[str]], separator: str = ",", escape: str = "\\") -> str:
    """Return rows as `fputcsv` writes them (`ext/standard/file.c`).

    Args:
        rows: the cells.
        separator: what stands between them.
        escape: its escape sign; "" for none, as OpenSpout has it, by which Moodle writes participants.
    """
    return "".join(
        separator.join(_php_cell(cell, separator, escape) for cell in row) + "\n" for row in rows
    )


def _php_cell(cell: str, separator: str, escape: str) -> str:
    if not any(sign and sign in cell for sign in (separator, '"', escape, "\n", "\r", "\t", " ")):
        return cell
    written, escaped = '"', False
    for sign in cell:
        if escape and sign == escape:
            escaped = True
        elif not escaped and sign == '"':
            written += '"'
        else:
            escaped = False
        written += sign
    return written + '"'


def others_lines(
    rows: Iterable[Sequence[str]], separator: str = ",", *, all_cells: bool = False
) -> str:
    """Return rows as spreadsheets and other platforms write them, by RFC 4180."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if all_cells else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, quoting=quoting).writerows(rows)
    return text.getvalue()
