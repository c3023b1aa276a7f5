"""Say of entries that are of nobody who is here this time how many they are, why probably, and what to do."""

from __future__ import annotations

from collections import Counter

from briefing.marking import ours
from briefing.marking.cells import counted

GONE, MOVED = "gone", "moved"
"""Marks of nobody who is here; and those of them whose answers are here, under another id."""
_MOST_OF_ONE = 3
"""Open answers that a student has in one exercise."""
ANOTHER_LIST = (
    "the same answers are here under other ids, as where a class is marked with another list than before, or "
    "with none. Give the `grade` line with the --roster of before, and they count again."
)
DOUBTED = (
    "the answers are here, but nobody can tell any more whose they are: somebody has taken the name of another (see "
    "“perhaps handed in”). Have them take their own name back on the platform, download what they handed in under "
    "the other anew, and give the line again."
)
LEFT_OUT = (
    "nothing of theirs is in what was handed in. If a zip or folder was left out this time, or the class was "
    "marked with another list before, give the `grade` line as it was then, and they count again."
)


def marks_told(told: Counter[str], doubted: int = 0) -> list[str]:
    """Return a sentence on marks that do not count, if there are any.

    Args:
        told: that of `OpenAnswers.table`.
        doubted: how many rows are of somebody who perhaps handed in, each with a few marks at most.
    """
    gone = told[GONE]
    if not gone:
        return []
    elsewhere = DOUBTED if gone <= _MOST_OF_ONE * doubted else ANOTHER_LIST
    return [
        _told(gone, "mark", ours.OPEN_ANSWERS, elsewhere if 2 * told[MOVED] > gone else LEFT_OUT)
    ]


def _told(gone: int, thing: str, table: str, why: str) -> str:
    said = "is of a student who is" if gone == 1 else "are of students who are"
    so = "does" if gone == 1 else "do"
    return f"{counted(gone, thing)} in {table} {said} not here this time, and {so} not count: {why}"


def notes_told(gone: int) -> list[str]:
    """Return a sentence on notes that reach nobody, if there are any."""
    if not gone:
        return []
    said = "is for a student who is" if gone == 1 else "are for students who are"
    return [
        f"{counted(gone, 'note')} in {ours.NOTES} {said} not here this time: kept, and on no page. See remark."
    ]
