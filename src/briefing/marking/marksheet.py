"""Read a CSV table as a spreadsheet may have saved it, and write one for it; knows no marks.

Spreadsheets change the separator, the line ends, the encoding and the byte order mark. Nothing that
a person typed is dropped: columns of their own come through, too.
"""

from __future__ import annotations

import contextlib
import csv
import io
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from briefing.errors import BriefingError
from briefing.marking.cells import own_words, safe
from briefing.marking.quotation import SIGN, TornAt, lines_of

MOST_BYTES = 500_000_000
"""A larger table is refused whole: to read only its beginning would lose what stands at its end."""
csv.field_size_limit(MOST_BYTES)  # Python's own is less than a cell that a hostile class could fill
_SEPARATORS = ",;\t"
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How a zip begins, which an .xlsx, .ods or .numbers file is, too, and how an old .xls does."""
_CHUNK = 1 << 16  # bytes


class MarksheetUnreadable(BriefingError):
    """A table that a teacher filled in cannot be read; nothing has been changed."""


def read_sheet(
    path: Path, needed: Sequence[str], *, foreign: bool = False
) -> tuple[list[str], list[dict[str, str]]]:
    """Return the header and the rows of a CSV file, whatever spreadsheet saved it.

    Args:
        path: the file.
        needed: columns that must be there.
        foreign: whether it is a platform's, and not one that the course wrote.

    Raises:
        MarksheetUnreadable: it cannot be read, is too large, or lacks a needed column.
    """
    names, rows = _rows(path, needed, foreign=foreign)
    found = list(rows)
    nothing = dict.fromkeys(names, "")  # a later row may have been longer
    return names, [nothing | row for row in found]


def sheet_rows(path: Path, needed: Sequence[str]) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Return the header and the rows one by one, so that a long table takes no more memory than a short one.

    Args:
        path: the file.
        needed: columns that must be there.

    The header grows where a row is longer: a cell without a heading is known by its place.

    Raises:
        MarksheetUnreadable: it cannot be read, is too large, or lacks a needed column; while the rows are
            read, too.
    """
    return _rows(path, needed, foreign=False)


def _rows(
    path: Path, needed: Sequence[str], *, foreign: bool
) -> tuple[list[str], Iterator[dict[str, str]]]:
    lines = _lines(path, foreign=foreign)
    header = [cell.strip() for cell in next(lines, [])]
    missing = [name for name in needed if name not in header]
    if missing:
        lines.close()
        raise MarksheetUnreadable(
            f"{path} has no column “{missing[0]}”; put its first line back as `briefing grade` "
            "wrote it. Nothing was marked or changed."
        )
    names = _named(header)

    def rows() -> Iterator[dict[str, str]]:
        for line in lines:
            if len(line) > len(names):
                header.extend([""] * (len(line) - len(header)))
                names.extend(_named(header)[len(names) :])
            yield dict(zip(names, line + [""] * (len(names) - len(line)), strict=True))

    return names, rows()


def _named(header: Sequence[str]) -> list[str]:
    """Return a name for each column, no two alike."""
    names, seen = [], set[str]()
    for place, heading in enumerate(header):
        name = heading or f"column {place + 1}"
        names.append(f"{name} ({place})" if name in seen else name)
        seen.add(name)
    return names


def read_lines(path: Path) -> list[list[str]]:
    """Return the lines of a platform's CSV file as they stand, whatever spreadsheet saved it; not empty ones.

    Raises:
        MarksheetUnreadable: it cannot be read, or is larger than `MOST_BYTES`.
    """
    return list(_lines(path, foreign=True))


def _lines(path: Path, *, foreign: bool) -> Generator[list[str], None, None]:
    try:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
            first = file.readline()
            if first.strip().lower().startswith("sep="):
                first = file.readline()
            separator = max(_SEPARATORS, key=first.count)
            lines: Iterable[list[str]]
            if foreign:
                lines = _by_its_rule(path, first + file.read(), separator)
            else:
                lines = csv.reader(chain([first], file), delimiter=separator)
            for line in lines:
                if any(cell.strip() for cell in line):
                    yield line
    except OSError as problem:
        raise unreadable(path, problem) from problem
    except csv.Error as problem:
        raise MarksheetUnreadable(
            f"{path} is not a table that can be read ({problem}); save it as CSV. Nothing was "
            "marked or changed."
        ) from problem


def _by_its_rule(path: Path, text: str, separator: str) -> Iterable[list[str]]:
    """Return the lines of a platform's table by the only rule that it can be read by, where that matters.

    Raises:
        MarksheetUnreadable: there is none.
    """
    if SIGN not in text:
        return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    with contextlib.suppress(TornAt):
        return lines_of(text, separator, "RFC 4180")
    try:
        return lines_of(text, separator, "PHP")
    except TornAt as torn:
        raise MarksheetUnreadable(
            f"In line {torn.args[0]:,} of {path} a quotation mark stands where no table has one, and a \\ before "
            "another: nobody can tell which words are whose. Download it again and give it as it is, without "
            "opening it; if that does not help, take that student's line out of it. Nothing was marked or changed."
        ) from torn


def _encoding(path: Path) -> str:
    """Return how a file is written: as UTF-8 unless it cannot be.

    Raises:
        MarksheetUnreadable: it is larger than `MOST_BYTES`, or a spreadsheet's own file.
        OSError: it cannot be read.
    """
    size = 0
    encoding = "utf-8-sig"
    decoder = getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            if not size and data.startswith(_WORKBOOKS):
                raise MarksheetUnreadable(
                    f"{path} is no CSV file but {_what(path)}. Nothing was marked or changed."
                )
            if not size and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                encoding = "utf-16"
            size += len(data)
            if size > MOST_BYTES:
                raise MarksheetUnreadable(
                    f"{path} is larger than {MOST_BYTES // 10**6} MB, which the course does not read: "
                    "delete rows and columns in it that nobody filled in, or mark the class in smaller "
                    "folders. Nothing was marked or changed."
                )
            if encoding == "utf-8-sig" and not _goes_on(decoder, data):
                encoding = "cp1252"  # what older spreadsheets call CSV
    if encoding == "utf-8-sig" and not _goes_on(decoder, b"", final=True):
        encoding = "cp1252"
    return encoding


def _what(path: Path) -> str:
    if path.suffix.lower() == ".zip":
        return "a zip: give the table here, and the zip with what was handed in at its own place"
    return "a spreadsheet's own file: open it there, choose Save as, CSV, and give that file"


def _goes_on(decoder: IncrementalDecoder, data: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def unreadable(path: Path, problem: OSError) -> MarksheetUnreadable:
    """Return what to raise where a table cannot be read at all."""
    return MarksheetUnreadable(
        f"{path} cannot be read ({problem.strerror}); nothing was marked or changed."
    )


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
