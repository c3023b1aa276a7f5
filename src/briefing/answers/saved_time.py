"""When a file says that it was saved, as far as that can be so; never asks the disk."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

SLACK = timedelta(days=1)
"""How far ahead a student's clock may be."""

_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def believable(saved: str, now: datetime | None = None) -> str:
    """Return the time in UTC as `2026-11-22T19:40:00Z`; "" where no file can have been saved then.

    Args:
        saved: what the file says, in any form; anyone can type it.
        now: the time to judge by; the clock's where none is given.
    """
    if not _ISO.fullmatch(saved):
        return ""
    try:
        time = datetime.fromisoformat(saved).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    if time > (now or datetime.now(UTC)) + SLACK:
        return ""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
