r"""Find rows of a class list that a spreadsheet has taken other rows into; knows no people.

A spreadsheet does not know Moodle's way of writing `\"` (see `marking.quotation`). It opens a name with it as one
that goes on over the next cells and lines, and saves that: then the list is a right table of wrong rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.visible import visible

_SEPARATORS = ",;\t"


def taken_in(header: Sequence[str], row: Mapping[str, str], main: str) -> str:
    """Return the heading of the cell that holds a whole line of the list, or "".

    Words of several lines, such as comments, are none: a line of the list has as many cells, and an id in its place.

    Args:
        header: the list's columns.
        row: the cells by column.
        main: the column that tells its people apart.
    """
    at, most = header.index(main), len(header)
    least = most
    while least > 3 and header[least - 1] == f"column {least}":  # only a longer row has it
        least -= 1
    for column, cell in row.items():
        if not ("\n" in cell or "\r" in cell):
            continue
        for line in cell.splitlines():
            parts = (line.split(separator) for separator in _SEPARATORS)
            if any(
                least <= len(own) <= most and at < len(own) > 2 and _is_id(own[at]) for own in parts
            ):
                return column
    return ""


def _is_id(cell: str) -> bool:
    cell = cell.strip('"')
    return bool(cell) and cell == cell.strip()


def said(number: int, column: str) -> str:
    """Return what to say of such a row.

    Args:
        number: which row it is, 1 being the first below the header.
        column: where it holds another.
    """
    return (
        f"Row {number + 1:,} of the class list is left out: under “{visible(column[:40])}” it holds other rows, as where "
        "a spreadsheet has opened and saved Moodle's file. Who stands in there is not on the list: give "
        "the list as the platform wrote it."
    )
