"""When something is due, by a class's own clock, and how many days late a time is; marks nothing.

Days are counted on the clock on the wall: two times at the same hour are a whole number of days apart,
also over a night in which the clocks change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

_WHEN = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]+([0-9]{1,2}[:.][0-9]{2})(?:[:.]([0-9]{2}))?)?"
)
_DAYS = re.compile(r"\+?\s*([0-9]{1,3})\s+days?", re.IGNORECASE)


class NoTime(ValueError):
    """Words that are no date and no date with a time."""


@dataclass(frozen=True, slots=True)
class Due:
    """A time until which something may be handed in.

    Attributes:
        end: the first moment that is too late, as the class's clocks show it: without a zone.
        zone: the zone's name, such as `Europe/Berlin`.
    """

    end: datetime
    zone: str

    @property
    def instant(self) -> datetime:
        """The first moment that is too late, in UTC.

        Where clocks are changed it is the later one that can be meant: of an hour that comes twice
        the second, and of one that never comes as if it came after the other.
        """
        own = self.end.replace(tzinfo=ZoneInfo(self.zone))
        return max(own.replace(fold=fold).astimezone(UTC) for fold in (0, 1))

    @property
    def told(self) -> str:
        """The last minute in which it is in time, in words and with the zone."""
        return moment(self.end - timedelta(minutes=1), self.zone)

    def later(self, days: int) -> Due:
        """Return the same hour of a day `days` days later."""
        return Due(self.end + timedelta(days=days), self.zone)

    def days_late(self, at: datetime) -> int:
        """Return how many days have been started since: 0 in time, 1 within the first day, and so on.

        Args:
            at: a time with a zone.
        """
        if at < self.instant:
            return 0
        shown = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)
        return max(1, (shown - self.end) // timedelta(days=1) + 1)


def read_due(written: object, zone: str) -> Due:
    """Return the time that a teacher wrote.

    Args:
        written: `"2026-11-27 23:59"`, `"2026-11-27"` (the whole day), or TOML's own date or time.
        zone: the class's zone; a time with an offset of its own is turned into it.

    A minute counts whole: 23:59:40 is in time for 23:59.

    Raises:
        NoTime: it is no date, or such a day does not exist.
    """
    step = timedelta(minutes=1)
    if isinstance(written, datetime):
        when = written
        if when.tzinfo is not None:
            try:
                when = when.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            except OverflowError as problem:
                raise NoTime(str(problem)) from None
    elif isinstance(written, date):
        when, step = datetime.combine(written, time()), timedelta(days=1)
    elif isinstance(written, str) and (found := _WHEN.fullmatch(written.strip())):
        day, clock, seconds = found.groups()
        try:
            when = datetime.fromisoformat(day)
            if clock is None:
                step = timedelta(days=1)
            else:
                hour, minute = map(int, re.split("[:.]", clock))
                when = when.replace(hour=hour, minute=minute, second=int(seconds or 0))
        except ValueError as problem:
            raise NoTime(str(problem)) from None
    else:
        raise NoTime("no date")
    if step == timedelta(minutes=1) and when.second:
        step = timedelta(seconds=1)
    try:
        due = Due(when.replace(microsecond=0, fold=0) + step, zone)
        _ = due.instant
    except OverflowError as problem:
        raise NoTime(str(problem)) from None
    return due


def read_days(written: object) -> int | None:
    """Return the days in words such as `3 days` or `+1 day`; None where they say something else."""
    found = _DAYS.fullmatch(written.strip()) if isinstance(written, str) else None
    return int(found[1]) if found else None


def zone_of(name: str) -> tzinfo | None:
    """Return the zone of that name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a name that leads out of the zones is a ValueError
        return None


def at_utc(written: str) -> datetime | None:
    """Return a time such as `2026-11-22T19:40:00Z`; None where there is none.

    Nor is there one in the first and the last year that Python knows: other zones have none then.
    """
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    there = found.tzinfo and MINYEAR < found.year < MAXYEAR
    return found.astimezone(UTC) if there else None


_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def moment(when: datetime, zone: str) -> str:
    """Return a time as people say it, by the clocks of `zone`, whatever this computer's language."""
    shown = when.astimezone(ZoneInfo(zone)) if when.tzinfo else when
    return (
        f"{_DAY_NAMES[shown.weekday()]} {shown.day} {_MONTHS[shown.month - 1]} {shown.year}, "
        f"{shown:%H:%M} ({zone})"
    )
