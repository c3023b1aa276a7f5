"""The date rule: does a record come before an article, on its day, or later? Pure, reads no file.

A record's date may be a day, a month or a year. It counts by the *last* day that it can mean, for
only then is it certain that the record was there: a month in which the article appeared is later,
not before. Later never means untrue.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from briefing.errors import BriefingError

Lane = Literal["before", "same_day", "later"]
LANES: tuple[Lane, ...] = ("before", "same_day", "later")
LANE_NAMES: dict[Lane, str] = {"before": "before", "same_day": "same day", "later": "later"}
"""The lanes as students read them."""

TOO_LATE = "Too late for this test; it says nothing about whether it happened."
"""The line that every later record carries."""

_YEARS_FROM = 730
"""Distances beyond so many days are told in years."""

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class DateUnreadable(BriefingError):
    """A date is not written as a day, a month or a year."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How a record lies to an article: days from the article's day, below zero for earlier.

    Attributes:
        lane: by the last day that the record's date can mean.
        first: days to the first day that the date can mean.
        last: days to the last; the same as `first` where a day is given.
    """

    lane: Lane
    first: int
    last: int

    @property
    def words(self) -> str:
        """The distance in words: `9 days later`, `4 to 33 days before`, `the same day`."""
        nearest = min(abs(self.first), abs(self.last))
        if self.first * self.last > 0 and nearest > _YEARS_FROM:
            years = round((self.first + self.last) / 2 / 365.25)
            return f"about {abs(years)} years {'later' if years > 0 else 'before'}"
        if self.first == self.last:
            return _away(self.first)
        if self.first > 0:
            return f"{self.first} to {_away(self.last)}"
        if self.last < 0:
            return f"{-self.last} to {_away(self.first)}"
        return f"from {_away(self.first)} to {_away(self.last)}: no exact day is known"


def days_meant(written: str) -> tuple[date, date]:
    """Return the first and the last day that `2015-10-16`, `2015-10` or `2015` can mean.

    Raises:
        DateUnreadable: it is written in another way, or there is no such day.
    """
    match = _WRITTEN.fullmatch(written)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        final = month or 12
        last = date(year, final, day or calendar.monthrange(year, final)[1])
    except ValueError:
        raise DateUnreadable(
            f"The date {written!r} cannot be read; write it YYYY-MM-DD, YYYY-MM or YYYY."
        ) from None
    return first, last


def timing(written: str, article_day: str) -> Timing:
    """Return how a record dated `written` lies to an article of `article_day`.

    Args:
        written: the record's date: `2015-10-16`, `2015-10` or `2015`.
        article_day: the day of the article, `YYYY-MM-DD`.

    Raises:
        DateUnreadable: one of the two cannot be read, or the article's is not a day.
    """
    day, other = days_meant(article_day)
    if day != other:
        raise DateUnreadable(f"An article needs its day, YYYY-MM-DD, not {article_day!r}.")
    first, last = days_meant(written)
    gap = (last - day).days
    lane: Lane = "before" if gap < 0 else "later" if gap > 0 else "same_day"
    return Timing(lane, (first - day).days, gap)


def _away(days: int) -> str:
    if days == 0:
        return "the same day"
    number = f"{abs(days)} day" + ("" if abs(days) == 1 else "s")
    return f"{number} {'later' if days > 0 else 'before'}"
