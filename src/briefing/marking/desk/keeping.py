"""Keep what a desk's page sends: merged cell by cell into the table on disk, written in one piece.

Nothing that stands in the table is lost: what somebody entered there meanwhile stays, and where both
changed one cell the page counts and the row's `remark` tells what stood there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.marking.carried import BEFORE, SETTLED
from briefing.marking.desk.asked import DeskQuestion, lengthened, row_of
from briefing.marking.desk.files import (
    DeskRefused,
    one_at_a_time,
    refuse_if_open,
    replace_table,
)
from briefing.marking.desk.marks import OWN, DeskMark, blank, mark_from, mark_in, put_in, unread
from briefing.marking.kept_rows import Cells, parts, same_mark
from briefing.marking.marksheet import read_sheet, write_sheet
from briefing.marking.open_answers import (
    CHANGED,
    CHECKED,
    FIRST,
    LAST,
    NEEDED,
    changed_since,
    version_of,
)
from briefing.marking.teacher import criterion_column

TRIES = 3
FIXED = {"exercise", "question", "student", "answer", CHECKED, "max_points", "remark", "row"}
"""Columns whose cells must not run in a spreadsheet; all others hold what people typed."""


@dataclass(frozen=True, slots=True)
class DeskReceipt:
    """What is told to the page once everything is on disk."""

    revision: int
    saved_iso: str
    message: str = ""
    aside: str = ""


class Keeper:
    """Writes one marker's marks; remembers what the page had been shown.

    Args:
        path: the marker's table.
        asked: the questions, with the marks as the page shows them at first.
        lacking: makes the rows of a table that is not there yet, or lacks some.
        settling: the second marker's initials and marks, where disagreements are settled.
    """

    def __init__(
        self,
        path: Path,
        asked: Sequence[DeskQuestion],
        *,
        lacking: Mapping[str, Cells] | None = None,
        settling: tuple[str, Mapping[str, DeskMark]] | None = None,
    ) -> None:
        self._path = path
        self._of = {seat.row: one for one in asked for seat in one.seats}
        self._known = {seat.row: seat.mark for one in asked for seat in one.seats}
        self._shown = {seat.row: seat.cells for one in asked for seat in one.seats}
        self._lacking = dict(lacking or {})
        self._settling = settling
        self._revision = 1
        self._seen = _digest(path)

    def changed(self, _revision: int) -> bool:
        """Say whether somebody else has saved the table since."""
        return _digest(self._path) != self._seen

    def __call__(self, answer: dict[str, Any], _base: int | None) -> DeskReceipt:
        """Save what the page shows.

        Raises:
            DeskRefused: the table is open in a spreadsheet, is gone, or cannot be written.
            MarksheetUnreadable: it is no table any more.
        """
        sent = answer.get("marks", {})
        shown = {
            row: mark_from(sent[row], len(one.rubric))
            for row, one in self._of.items()
            if isinstance(sent.get(row), dict)
        }
        refuse_if_open(self._path)
        before = self._known
        with one_at_a_time(self._path):
            if self._lacking and not self._path.exists():
                # Not there yet, or taken away: everything that the page shows goes into it.
                self._known = {row: blank(len(one.rubric)) for row, one in self._of.items()}
            changes = {row: mark for row, mark in shown.items() if mark != self._known[row]}
            try:
                outside, clashes = self._put(changes)
            except BaseException:
                self._known = before
                raise
        self._known |= changes
        self._revision += 1
        told = self._told(clashes, outside=outside)
        saved = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return DeskReceipt(self._revision, saved, told, "table" if told else "")

    def _put(self, changes: Mapping[str, DeskMark]) -> tuple[bool, list[str]]:
        """Write the changes; return whether the table was not as it was seen last, and what clashed."""
        for _ in range(TRIES):  # a spreadsheet and `grade` know nothing of the lock
            before = self._path.read_bytes() if self._path.is_file() else None
            header, rows = self._table(before)
            clashes = self._merge(header, rows, changes)
            if not changes or replace_table(self._path, _bytes(header, rows), before):
                break
        else:
            raise DeskRefused(
                f"{self._path.name} was saved by something else again and again; try again."
            )
        outside = before is not None and hashlib.sha256(before).hexdigest() != self._seen
        self._seen = _digest(self._path)
        return outside, clashes

    def _table(self, before: bytes | None) -> tuple[list[str], list[Cells]]:
        if before is not None:
            header, rows = read_sheet(self._path, NEEDED)
            rows = lengthened(rows, self._of)
        elif self._lacking and self._path.parent.is_dir():
            header, rows = [*FIRST[:3], *LAST], []
        else:
            raise DeskRefused(
                f"{self._path.name} is no longer in {self._path.parent.name}: mark the class again "
                "with `grade`, then run all cells here."
            )
        there = {row_of(cells) for cells in rows}
        rows += [dict(cells) for row, cells in self._lacking.items() if row not in there]
        return header, rows

    def _merge(
        self, header: list[str], rows: list[Cells], changes: Mapping[str, DeskMark]
    ) -> list[str]:
        """Put the changes into the rows and missing columns into the header; return what clashed."""
        clashes: list[str] = []
        found = set()
        for cells in rows:
            row = row_of(cells)
            if row not in changes:
                continue
            found.add(row)
            one = self._of[row]
            cells |= one.carry(cells)
            old = mark_in(cells, one.rubric, one.most)
            self._settle(cells, row, old, changes[row])
            odd = unread(old, one.rubric, one.most)
            clashes += put_in(cells, old, changes[row], self._known[row], odd)
            if changes[row].points or any(changes[row].given):
                self._tell_changed(cells, row)
        if gone := set(changes) - found:
            raise DeskRefused(
                f"{len(gone)} of the answers marked here {'has' if len(gone) == 1 else 'have'} no row "
                f"in {self._path.name} any more, so nothing was saved: run all cells to see what is there."
            )
        most = max((len(one.rubric) for one in self._of.values()), default=0)
        numbered = [criterion_column(n) for n in range(1, most + 1)]
        _insert(header, [name for name in numbered if name not in header], "points")
        used = [
            name
            for name in ("remark", *OWN)
            if name not in header and any(c.get(name) for c in rows)
        ]
        _insert(header, used, "row")
        return clashes

    def _tell_changed(self, cells: Cells, row: str) -> None:
        """Say in a row's remark that its answer is no longer the one that the page shows.

        A second marker's table is not: `grade` puts no later answer into it.
        """
        shown = self._shown[row]
        same = same_mark(version_of(cells), version_of(shown))
        if same or self._lacking or any(CHANGED in part for part in parts(cells)):
            return
        cells["remark"] = " | ".join([*parts(cells), changed_since(shown)])

    def _settle(self, cells: Cells, row: str, old: DeskMark, new: DeskMark) -> None:
        if self._settling is None or row not in self._settling[1]:
            return
        initials, theirs = self._settling
        known = self._known[row]
        entered = (new.given, new.points, new.settled) != (known.given, known.points, known.settled)
        if entered and not cells.get(BEFORE, "").strip():
            cells[BEFORE] = old.told
        if new.settled != known.settled:
            cells[SETTLED] = f"{initials}: {theirs[row].told}" if new.settled else ""

    def _told(self, clashes: list[str], *, outside: bool) -> str:
        name = self._path.name
        if clashes:
            return (
                f"{name} was changed elsewhere meanwhile. What you entered here counts; `remark` in "
                f"the table tells what stood there ({', '.join(clashes)}). Run all cells to see all of it."
            )
        if outside:
            return (
                f"{name} was changed elsewhere meanwhile. Your marks were added to it and nothing was "
                "overwritten. Run all cells to see the rest."
            )
        return ""


def known_as(
    asked: Sequence[DeskQuestion], settled: Callable[[str, Cells], bool]
) -> list[DeskQuestion]:
    """Return the questions with `settled` filled in, as the page shows them while settling."""
    return [
        replace(
            one,
            seats=tuple(
                replace(seat, mark=replace(seat.mark, settled=settled(seat.row, seat.cells)))
                for seat in one.seats
            ),
        )
        for one in asked
    ]


def _insert(header: list[str], names: Sequence[str], before: str) -> None:
    at = header.index(before)
    header[at:at] = names


def _bytes(header: Sequence[str], rows: Sequence[Cells]) -> bytes:
    typed = [name for name in header if name not in FIXED]
    return write_sheet(header, ([cells.get(name, "") for name in header] for cells in rows), typed)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
