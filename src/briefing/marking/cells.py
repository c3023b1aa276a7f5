"""Cells of a table: numbers as text, and text that no spreadsheet runs; knows no marks and no files."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.visible import visible

_FORMULA = re.compile(r"\A[\s\u200c\u200d]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]")
_PLAIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:_() -]*|")
"""Most cells: such a one is safe as it is."""
_NEW_LINE = "¶"
_LINE_END = re.compile(r"\r\n?|\n")
_SIGNS = re.compile(f"{2 * _NEW_LINE}| {_NEW_LINE} ")
_APART = str.maketrans({"\t": " ", "\r": " ", "\n": " ", ";": ",", '"': "\u201d"})
_LINES = str.maketrans({"\t": " ", "\r": " ", "\n": " "})


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it and no line of the table is torn by it.

    Where the semicolon or the tab is the separator, a spreadsheet cuts there, and a quotation mark
    at the cut opens a new cell: so none of the three is left (`,` and `”` stand for them).
    """
    if _PLAIN.fullmatch(cell):
        return cell
    tab_first = cell[:1] in ("\t", "\r", "\n")
    cell = visible(cell.translate(_APART))
    return "'" + cell if tab_first or _FORMULA.match(cell) else cell


def one_line(text: str) -> str:
    """Return `text` on one line, a sign where a line ended; `in_lines` has it back as it was.

    A cell can hold line breaks, but whoever opens the table with another separator, or parts its columns by
    hand, would have a row torn at each of them, and a student's line as a cell of its own.
    """
    return _LINE_END.sub(f" {_NEW_LINE} ", text.strip(" \t\r\n").replace(_NEW_LINE, 2 * _NEW_LINE))


def in_lines(cell: str) -> str:
    """Return what `one_line` made a cell of."""
    return _SIGNS.sub(lambda found: _NEW_LINE if found[0][0] == _NEW_LINE else "\n", cell)


def as_typed(code: str) -> str:
    """Return how somebody types a student's code who sees it in a table.

    A code that `safe` has to change otherwise than by an apostrophe looks like another one there: what is
    typed is taken for that one's.
    """
    if code[:1] == "'" and runs(
        code[1:]
    ):  # the apostrophe is what `safe` puts before the other one's
        return f"'{code}"
    cell = safe(code)
    return cell if cell in (code, f"'{code}") else code


def runs(cell: str) -> bool:
    """Say whether a spreadsheet could take `cell` for a formula."""
    return cell[:1] in ("\t", "\r", "\n") or _FORMULA.match(cell) is not None


def own_words(cell: str) -> str:
    """Return what a teacher typed into a table, on one line and not run by it, otherwise unchanged."""
    cell = cell.translate(_LINES).encode("utf-8", "replace").decode("utf-8")
    return "'" + cell if _FORMULA.match(cell) else cell


def shown_points(value: float) -> str:
    """Return a mean or median with at most one decimal; what must add up is told by `points`."""
    return f"{value:.1f}".removesuffix(".0")


def counted(number: int, thing: str) -> str:
    """Return a number and its thing, such as `1 page` and `3 pages`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


@lru_cache(4_096)  # a class has few different ones
def points(value: float) -> str:
    """Return points with at most two decimals, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
