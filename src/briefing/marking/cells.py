"""Cells of a table: numbers as text, and text that no spreadsheet runs; knows no marks and no files."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\A\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_INNER = re.compile(r"(;\s*)([=+\-@\uff1d\uff0b\uff0d\uff20])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def safe(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it and no line of the table is torn by it.

    A semicolon before a formula is looked at as well: where the semicolon is the separator, a
    spreadsheet cuts there.
    """
    tab_first = cell[:1] in ("\t", "\r", "\n")
    cell = _CONTROL.sub("\ufffd", cell.replace("\t", " ").replace("\r", " ").replace("\n", " "))
    cell = cell.encode("utf-8", "replace").decode("utf-8")
    if tab_first or _FORMULA.match(cell):
        cell = "'" + cell
    return _INNER.sub(r"\1'\2", cell)


def shown_points(value: float) -> str:
    """Return points with at most one decimal, as people are shown them."""
    return f"{value:.1f}".removesuffix(".0")


def counted(number: int, thing: str) -> str:
    """Return a number and its thing, such as `1 page` and `3 pages`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def points(value: float) -> str:
    """Return points with at most two decimals, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
