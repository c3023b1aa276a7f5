"""Where the marking of one file stands, and what follows from that; knows no marks and no files."""

from __future__ import annotations

from enum import StrEnum


class RowStatus(StrEnum):
    """Where the marking of one file stands. Not gradable, or not accepted any more, is not zero."""

    MARKED = "marked"
    PARTLY = "partly marked"
    EMPTY = "empty"
    OLDER = "older copy"
    OTHER = "another counts"
    NOT_ACCEPTED = "not accepted"
    NOT_GRADABLE = "not gradable"
    BY_GROUP = "handed in by the group"
    PERHAPS = "perhaps handed in"
    NOTHING = "nothing handed in"

    @property
    def scored(self) -> bool:
        """Whether the file itself has points that count."""
        return self in SCORED

    @property
    def has_work(self) -> bool:
        """Whether there is work of the student's own that could be read, and so a page about it."""
        return self not in NO_WORK


SCORED = frozenset({RowStatus.MARKED, RowStatus.PARTLY})
NO_FILE = frozenset({RowStatus.NOTHING, RowStatus.BY_GROUP, RowStatus.PERHAPS})
"""Statuses of rows of somebody on the class list of whom no file is."""
NO_WORK = NO_FILE | {RowStatus.NOT_GRADABLE}


class Standing(StrEnum):
    """How a file stands to the class list: somebody's on it (or there is none), a group's on it, or nobody's."""

    LISTED = "listed"
    GROUP = "group"
    STRANGER = "stranger"
