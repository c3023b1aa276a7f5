"""What somebody has entered since a class was marked, so that no points of before go back; marks nothing.

A marking writes down, for each table that people fill in, what its entries were when it was done. What is
compared are the entries and not the bytes: a spreadsheet that opens a table and saves it changes separator,
line ends, the order of rows and how a number is written, and nobody has entered anything by that.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.marking.decided import BOOKS, Decided
from briefing.marking.kept_rows import Cells, KeptRows, short, tables_in
from briefing.marking.marksheet import unreadable
from briefing.marking.output import MARK
from briefing.marking.yes_no import yes_or_no

_BEGINS = "entries of"
"""How a line of the file that says who made the output begins, where it is about such a table."""
_NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,15})?")


def entries_told(target: Path, decided: Decided) -> list[str]:
    """Return a line for each table of a finished marking that says what its entries are.

    Args:
        target: the folder in which the tables are.
        decided: what the class was marked by: where nothing was entered, no table is read again.
    """
    return [
        f"{_BEGINS} {name} {_digest(kind.read(target / name) if book.rows else book)}"
        for name, kind in BOOKS.items()
        for book in (decided.books[name],)
    ]


def entered_since(marked: Path) -> list[str]:
    """Return the names of the tables whose entries are not those that a class was marked by.

    Of a marking of before this was written down, nothing is known, and nothing said.

    Args:
        marked: the folder that `grade` wrote.

    Raises:
        MarksheetUnreadable: a table is still open in a spreadsheet, was saved as another kind of file,
            or cannot be read.
    """
    try:
        lines = (marked / MARK).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise unreadable(marked / MARK, problem) from problem
    told = dict(_told(lines))
    return [
        name
        for name, kind in BOOKS.items()
        if name in told and _digest(kind.read(*tables_in(marked, name))) != told[name]
    ]


def _told(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.startswith(f"{_BEGINS} "):
            name, _, digest = line.removeprefix(f"{_BEGINS} ").partition(" ")
            yield name, digest


def _digest(book: KeptRows) -> str:
    """Return what tells the entries of a table that count from all others, in whatever order they stand."""
    rows = sorted(json.dumps(_entry(row, book), sort_keys=True) for row in book.rows)
    return hashlib.sha256("\n".join(filter("{}".__ne__, rows)).encode()).hexdigest()


def _entry(row: Cells, book: KeptRows) -> Cells:
    """Return what a row says and of what; empty where nothing in it can count, but a column of one's own."""
    form = book.form
    mark = short(book.mark(row))
    # What a row is about stands in its mark; a spreadsheet may take a code beside it for a number.
    about = {"row": mark} if mark else {name: _as_meant(row.get(name, "")) for name in form.names}
    typed = {
        name: _as_meant(cell)
        for name, cell in row.items()
        if form.is_typed(name) and cell.strip() and name not in form.names
    }
    return {**about, **{f"typed {name}": cell for name, cell in typed.items()}} if typed else {}


def _as_meant(cell: str) -> str:
    """Return a cell so that it is the same however a spreadsheet writes it: `true` as `WAHR`, 0.5 as 0,5."""
    words = " ".join(cell.split())
    answer = yes_or_no(words)
    if answer is not None:
        return "yes" if answer else "no"
    words = words.removeprefix("'")
    return str(float(words.replace(",", "."))) if _NUMBER.fullmatch(words) else words
