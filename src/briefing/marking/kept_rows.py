"""Rows of a table that people fill in between two markings: found again, and never lost.

A row is known by the mark that the course wrote into its last column, however a spreadsheet has changed
the rest; a row without one by the words that name it. What somebody entered stays as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from briefing.marking.marksheet import MarksheetUnreadable, sheet_rows

Cells = dict[str, str]
UNUSED = "Not counted"
"""How a remark begins that says why an entry could not be used, in every table."""
_BARS = re.compile(r"(?<!\s)\s*+\|[\s|]*+")

DIGITS = 32
"""Digits of a row's mark: too many for anyone to look for a code with a classmate's."""
_OLD_DIGITS = 12
"""As many had the marks of tables before; such a table is still read, and written with more."""


def digits_of(*words: str) -> str:
    """Return the digits of a row's mark: other ones for other words, whatever a student's code holds.

    Words that hold the sign between them are joined as JSON, for somebody could write a code that reads as
    a classmate's id and what follows it.
    """
    text = "\0".join(words)
    if text.count("\0") >= len(words):
        text = f"\0{json.dumps(words)}"
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:DIGITS]


def short(mark: str) -> str:
    """Return a row's mark, or an answer's version, as a table of before has it; any other word as it is."""
    made = len(mark) == 1 + DIGITS and mark.isalnum()
    return mark[: 1 + _OLD_DIGITS] if made else mark


def same_mark(one: str, other: str) -> bool:
    """Say whether two marks are one, of which either may be from a table of before."""
    return one == other or one == short(other) or other == short(one)


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is laid out.

    Attributes:
        name: its file's name, such as `open-answers.csv`.
        columns: the course's own columns; a `row` among them holds the mark.
        needed: columns without which it cannot be read.
        names: columns that together name a row without its mark.
        typed: columns that people fill in.
        numbered: further such columns, by their heading.
        versioned: whether the mark is followed by a hyphen and the version of what it is about.
    """

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    names: tuple[str, ...]
    typed: tuple[str, ...]
    numbered: re.Pattern[str] | None = None
    versioned: bool = False

    def is_typed(self, column: str) -> bool:
        """Say whether people fill in this column of the course."""
        return column in self.typed or bool(self.numbered and self.numbered.fullmatch(column))


@dataclass
class KeptRows:
    """The rows of a table in which somebody has entered something.

    Attributes:
        form: how the table is laid out.
        extra: columns that somebody added.
        rows: the rows, as they stand in the files.
    """

    form: Form
    extra: list[str] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    _by_row: dict[str, list[Cells]] = field(default_factory=dict)
    _by_name: dict[tuple[str, ...], list[Cells]] = field(default_factory=dict)

    def take(self, *paths: Path) -> None:
        """Read tables; a later one wins over an earlier one.

        Raises:
            MarksheetUnreadable: one of them cannot be read.
        """
        for path in paths:
            header, rows = sheet_rows(path, self.form.needed)
            self._know(header)
            new, width = list[Cells](), len(header)
            for row in rows:  # one by one: most of a large class's have no entry
                if len(header) > width:
                    self._know(header[width:])
                    width = len(header)
                if self.entries(row):
                    new.append(row)
            self._add(new)

    def _know(self, columns: Iterable[str]) -> None:
        """Remember the columns among these that somebody added."""
        for name in columns:
            ours = name in self.form.columns or self.form.is_typed(name)
            if not ours and name not in self.extra:
                self.extra.append(name)

    def _add(self, new: list[Cells]) -> None:
        gone = set[int]()
        for row in new:
            for old in self._taken(row):
                gone.add(id(old))
                if self.entries(old) != self.entries(row):
                    before = f"Before: {self._told(old)}."
                    row["remark"] = " | ".join(filter(None, (row.get("remark", ""), before)))
        self.rows = [row for row in self.rows if id(row) not in gone] + new
        self._by_row, self._by_name = {}, {}
        for row in self.rows:
            if mark := self.mark(row):
                self._by_row.setdefault(short(mark), []).append(row)
            if not row.get("row", "").strip():
                self._by_name.setdefault(self._names(row), []).append(row)

    def _taken(self, row: Cells) -> list[Cells]:
        """Take the rows that this one replaces out of what is known, so that each is taken once."""
        mark = self.mark(row)
        known = self._by_row.get(short(mark))
        if known is not None:
            taken = [old for old in known if same_mark(self.mark(old), mark)]
            self._by_row[short(mark)] = [
                old for old in known if not same_mark(self.mark(old), mark)
            ]
            return taken
        return self._by_name.pop(self._names(row), [])

    def entries(self, row: Cells) -> Cells:
        """Return what a person entered in a row."""
        return {
            name: cell.strip()
            for name, cell in row.items()
            if (name in self.extra or self.form.is_typed(name)) and cell.strip()
        }

    def of(self, mark: str, names: tuple[str, ...]) -> list[Cells]:
        """Return the rows with this mark; where there is none, those without any that are named so."""
        known = self._by_row.get(short(mark), ())
        return [row for row in known if same_mark(self.mark(row), mark)] or self._by_name.get(
            names, []
        )

    def mark(self, row: Cells) -> str:
        """Return the mark of a row, without a version; "" where it has none."""
        cell = row.get("row", "").strip()
        return cell.partition("-")[0] if self.form.versioned else cell

    def _names(self, row: Cells) -> tuple[str, ...]:
        return tuple(row.get(name, "") for name in self.form.names)

    def _told(self, row: Cells) -> str:
        typed = [name for name in row if self.form.is_typed(name) and name not in self.form.typed]
        typed += self.form.typed
        return as_part(", ".join(f"{n} {row[n].strip()}" for n in typed if row.get(n, "").strip()))


def as_part(words: str) -> str:
    """Return words that somebody typed so that they cannot end the part of a remark in which they stand."""
    return _BARS.sub(" / ", words).strip()


def parts(row: Cells) -> list[str]:
    """Return the sentences of a row's remark."""
    return [part for part in row.get("remark", "").split(" | ") if part]


def tables_in(out: Path, name: str) -> list[Path]:
    """Return the table of that name in `out`; [] where there is none.

    Raises:
        MarksheetUnreadable: the table is still open in a spreadsheet or was saved as another kind
            of file.
    """
    if not os.path.isdir(out):  # noqa: PTH112 (Path.is_dir fails on a name that is too long)
        return []
    for lock in (f".~lock.{name}#", f"~${name}"):
        if (out / lock).exists():
            raise MarksheetUnreadable(
                f"{name} in {out} is open in a spreadsheet: save and close it, then mark again "
                f"(if it is closed, delete {lock})."
            )
    for suffix in (".xlsx", ".xls", ".ods", ".numbers"):
        other = out / Path(name).with_suffix(suffix)
        if other.exists():
            raise MarksheetUnreadable(
                f"{other} is a spreadsheet's own file, which the course does not read: save it as "
                f"CSV under the name {name}, move {other.name} away, and mark again."
            )
    return [out / name] if (out / name).is_file() else []
