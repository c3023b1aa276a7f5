r"""Tell where the cells of a CSV table end whose quotation marks PHP may have written; opens no files.

RFC 4180 doubles each `"` in a cell. PHP's `fputcsv` (`ext/standard/file.c`), by which Moodle writes worksheets
and grades, leaves one as it is that stands right after a `\`. So of a name that ends in `\"` another reader
makes the next cells, and the next students, a part.

No text can be read both ways, nor in two ways by PHP's rule, if no cell without quotation marks may have one
in it and none may go on after its own. For where two readings part, one of them is in a cell and the other is
not, and it stays so: another `\"` ends the one that is not, and at the end of the text one is still in a cell.
So a text that has an RFC reading has just that one, and of two PHP readings one soon comes to nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

SIGN = '\\"'
"""Without it in a text PHP writes what everybody else writes."""
Rule = Literal["RFC 4180", "PHP"]
_KEPT = re.compile(r'(\\")|""')


@dataclass(frozen=True, slots=True)
class _Parting:
    r"""Where a `\"` was taken for the end of a cell and could have been a part of it.

    Attributes:
        lines: how many lines there were before, and
        cells: how many cells in all.
        start: where the cell's words begin.
        quote: where the `"` is.
    """

    lines: int
    cells: int
    start: int
    quote: int


class TornAt(Exception):
    """A text that cannot be read by a rule; `args` has the number of the line in which that was seen."""


def lines_of(text: str, separator: str, rule: Rule) -> list[list[str]]:
    """Return the cells of each line of a table.

    Args:
        text: the table.
        separator: one character, which stands between two cells.
        rule: how a `"` in a cell is written.

    Raises:
        TornAt: it cannot be read so.
    """
    return _Reader(text, separator, php=rule == "PHP").lines()


class _Reader:
    """Reads one text; keeps where each cell begins and ends, for to copy long ones again and again is slow."""

    def __init__(self, text: str, separator: str, *, php: bool) -> None:
        self._text, self._separator, self._php = text, separator, php
        self._plain = re.compile(rf'[^"\r\n{re.escape(separator)}]*')
        self._cells: list[tuple[int, int]] = []
        self._lines: list[int] = []  # how many cells there are at the end of each
        self._parting: _Parting | None = None

    def lines(self) -> list[list[str]]:
        text, at = self._text, 0
        while at < len(text):
            after = self._cell(at)
            if after is None:
                after = self._other_way(at)
            if text[after : after + 1] == self._separator:
                at = after + 1
                if at < len(text):
                    continue
                self._cells.append((at, at))  # the text ends with a separator
            else:
                at = after + (2 if text[after : after + 2] == "\r\n" else 1)
            self._lines.append(len(self._cells))
        words = [self._words(start, end) for start, end in self._cells]
        return [words[start:end] for start, end in pairwise([0, *self._lines])]

    def _other_way(self, at: int) -> int:
        """Go back to where two readings parted, and return where the cell there ends by the other one.

        Raises:
            TornAt: there is none.
        """
        parting, self._parting = self._parting, None
        if parting is None:
            raise TornAt(self._line_at(at))
        del self._lines[parting.lines :], self._cells[parting.cells :]
        after = self._quoted(parting.start, parting.quote + 1)
        if after is None:
            raise TornAt(self._line_at(parting.start))
        return after

    def _cell(self, at: int) -> int | None:
        """Take the cell that begins at a place; return where it ends, or None where it has no end."""
        if self._text[at] == '"':
            return self._quoted(at + 1, at + 1)
        found = self._plain.match(self._text, at)
        assert found  # it can be empty
        if not self._ends(found.end()):
            return None
        self._cells.append(found.span())
        return found.end()

    def _quoted(self, start: int, at: int) -> int | None:
        """Take a cell in quotation marks whose words begin at `start`, and are looked through from `at` on."""
        while (quote := self._text.find('"', at)) >= 0:
            ends = self._ends(quote + 1)
            if self._php and quote > start and self._text[quote - 1] == "\\":
                # Of a parting before, no other reading than this one is left by now.
                parting = _Parting(len(self._lines), len(self._cells), start, quote)
                self._parting = parting if ends else None
                at = quote + 1
            elif self._text[quote + 1 : quote + 2] == '"':
                at = quote + 2
                continue
            elif not ends:
                return None
            if ends:
                self._cells.append((start, quote))
                return quote + 1
        return None

    def _words(self, start: int, end: int) -> str:
        words = self._text[start:end]
        if not self._php:
            return words.replace('""', '"')
        return _KEPT.sub(lambda found: found[1] or '"', words)

    def _ends(self, at: int) -> bool:
        """Say whether a cell can end at a place."""
        sign = self._text[at : at + 1]
        return sign in (self._separator, "\r", "\n", "")

    def _line_at(self, at: int) -> int:
        return len(self._text[:at].splitlines()) + 1
