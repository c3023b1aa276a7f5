"""Read a CSV table as a spreadsheet may have saved it, and write one for it; knows no marks.

Spreadsheets change the separator, the line ends, the encoding and the byte order mark. Nothing that
a person typed is dropped: columns of their own come through, too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from briefing.errors import BriefingError
from briefing.marking.cells import own_words, safe

MOST_BYTES = 500_000_000
"""A larger table is refused whole: to read only its beginning would lose what stands at its end."""
_SEPARATORS = ",;\t"


class MarksheetUnreadable(BriefingError):
    """A table that a teacher filled in cannot be read; nothing has been changed."""


def read_sheet(path: Path, needed: Sequence[str]) -> tuple[list[str], list[dict[str, str]]]:
    """Return the header and the rows of a CSV file, whatever spreadsheet saved it.

    Args:
        path: the file.
        needed: columns that must be there.

    Raises:
        MarksheetUnreadable: it cannot be read, is too large, or lacks a needed column.
    """
    lines = read_lines(path)
    header = [cell.strip() for cell in lines[0]] if lines else []
    missing = [name for name in needed if name not in header]
    if missing:
        raise MarksheetUnreadable(
            f"{path} has no column “{missing[0]}”; put its first line back as `briefing grade` "
            "wrote it. Nothing was marked or changed."
        )
    widest = max(map(len, lines), default=0)
    header += [""] * (widest - len(header))
    names = [name or f"column {place}" for place, name in enumerate(header, 1)]
    names = [f"{n} ({i})" if n in names[:i] else n for i, n in enumerate(names)]
    return names, [
        dict(zip(names, line + [""] * (widest - len(line)), strict=True)) for line in lines[1:]
    ]


def read_lines(path: Path) -> list[list[str]]:
    """Return the lines of a CSV file as they stand, whatever spreadsheet saved it; not empty ones.

    Raises:
        MarksheetUnreadable: it cannot be read, or is larger than `MOST_BYTES`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if len(data) > MOST_BYTES:
        raise MarksheetUnreadable(
            f"{path} is larger than {MOST_BYTES // 10**6} MB, which the course does not read: delete "
            "rows and columns in it that nobody filled in, or mark the class in smaller folders. "
            "Nothing was marked or changed."
        )
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
        first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise MarksheetUnreadable(
            f"{path} is not a table that can be read ({problem}); save it as CSV. Nothing was "
            "marked or changed."
        ) from problem
    return [line for line in lines if any(cell.strip() for cell in line)]


def unreadable(path: Path, problem: OSError) -> MarksheetUnreadable:
    """Return what to raise where a table cannot be read at all."""
    return MarksheetUnreadable(
        f"{path} cannot be read ({problem.strerror}); nothing was marked or changed."
    )


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what older spreadsheets call CSV


def write_sheet(
    header: Sequence[str], rows: Iterable[Sequence[str]], typed: Collection[str] = ()
) -> bytes:
    """Return a table as CSV that spreadsheets read right: UTF-8 with a mark, no formulas.

    Args:
        header: the columns' names.
        rows: the cells, as many as there are columns.
        typed: columns that a teacher fills in; their words stay as they are.
    """
    return "".join(sheet_lines(header, rows, typed)).encode("utf-8-sig")


def sheet_lines(
    header: Sequence[str], rows: Iterable[Sequence[str]], typed: Collection[str] = ()
) -> Iterator[str]:
    """Yield the lines of the same table one by one, to be written as UTF-8 with a mark."""
    cleaners = [own_words if name in typed else safe for name in header]
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield writer.writerow([own_words(name) for name in header])
    for row in rows:
        cells = [clean(cell) if cell else "" for clean, cell in zip(cleaners, row, strict=True)]
        yield writer.writerow(cells)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write the lines of a table, as UTF-8 with a mark: without one Excel garbles names.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(lines)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
