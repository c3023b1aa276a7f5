"""Say of entries that are of nobody who is here this time how many they are, why probably, and what to do."""

from __future__ import annotations

from collections import Counter

from briefing.marking import ours
from briefing.marking.cells import counted

GONE, MOVED = "gone", "moved"
"""Marks of nobody who is here; and those of them whose answers are here, under another id."""
ANOTHER_LIST = (
    "the same answers are here under other ids, as where a class is marked with another list than before, or "
    "with none. Give the `grade` line with the --roster of before, and they count again."
)
LEFT_OUT = (
    "nothing of theirs is in what was handed in. If a zip or folder was left out this time, or the class was "
    "marked with another list before, give the `grade` line as it was then, and they count again."
)


def marks_told(told: Counter[str]) -> list[str]:
    """Return a sentence on marks that do not count, if there are any; `told` is that of `OpenAnswers.table`."""
    gone = told[GONE]
    if not gone:
        return []
    return [
        _told(gone, "mark", ours.OPEN_ANSWERS, ANOTHER_LIST if 2 * told[MOVED] > gone else LEFT_OUT)
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
