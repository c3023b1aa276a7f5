"""Read what an LMS itself wrote beside a hand-in: who and when; marks nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from briefing.marking.hand_ins.cautious import beginning
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.refs import Ref
from briefing.marking.hand_ins.zip_members import MemberUnreadable, bytes_at

_MOST = 20_000
"""Bytes of such a file that are read."""
_NAME = re.compile(r"\ufeff?[^:\n]{1,40}: (?P<name>[^\n]*) \((?P<user>[^()\n]+)\)[ \t]*\r?\n")
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d{1,6})?(?: ?(?P<zone>[A-Za-z0-9_+\-/:]{1,40}))?\s*"
)
_UTC = frozenset({"UTC", "Z", "GMT", "+00:00", "+0000"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the LMS's own file says; "" where it does not."""

    user: str = ""
    name: str = ""
    handed_in: str = ""


def told(layout: Layout, own: Sequence[Ref]) -> Told:
    """Return what the first of the LMS's own files says; nothing where none can be read."""
    if not own:
        return Told()
    text = _text(own[0])
    if layout is Layout.NBGRADER:
        return Told(handed_in=_time(text))
    # Blackboard's file goes on with the assignment, a date in the words of the site's language, what
    # was typed, and the files' names; only the first line has the same form everywhere.
    found = _NAME.match(text)
    return Told(found["user"].strip(), found["name"].strip()) if found else Told()


def _text(ref: Ref) -> str:
    if ref.problem:  # a link, a pipe
        return ""
    try:
        inside = bool(ref.inside)
        data = bytes_at(ref.file, ref.inside, _MOST) if inside else beginning(ref.file, _MOST)
    except (OSError, MemberUnreadable):
        return ""
    return data.decode("utf-8", "replace")


def _time(text: str) -> str:
    """Return nbgrader's `2026-11-22 19:40:00.123456 UTC` as `2026-11-22T19:40:00Z`.

    Without a zone it is UTC, as in nbgrader's own `parse_utc`; a zone that is not known here gives "".
    """
    found = _TIME.fullmatch(text[:200])
    if not found:
        return ""
    zone = found["zone"] or "UTC"
    try:
        there = UTC if zone in _UTC else ZoneInfo(zone)
        time = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=there)
        return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, KeyError, OSError, OverflowError):
        return ""
