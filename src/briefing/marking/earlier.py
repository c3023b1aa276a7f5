"""Look whether an output holds another class or another exercise than is marked now; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefing.marking.cells import counted, safe
from briefing.marking.marksheet import MarksheetUnreadable, sheet_rows
from briefing.marking.output import OtherClass
from briefing.marking.register import Entry
from briefing.marking.row_status import NO_WORK


def need_same_class(gradebook: Path, entries: Iterable[Entry]) -> None:
    """Look that something of an earlier marking is among what is marked now.

    A student is found again by what the gradebook calls them or by the code in the file, for a class
    list may have come since. Where nothing at all can be marked now, nothing is said.

    Args:
        gradebook: the earlier marking's, if there is one.
        entries: what is marked now.

    Raises:
        OtherClass: the gradebook has marks, and not one of them is of a student and an exercise that
            are marked now; nothing has been changed then.
    """
    if not gradebook.is_file():
        return
    try:
        before, students = _marked_before(gradebook)
    except MarksheetUnreadable:  # somebody has typed in it: it is kept under another name
        return
    if not before:
        return
    now = set()
    for entry in entries:
        if entry.status.has_work:
            record = entry.record
            now.add(record.exercise)
            if any((record.exercise, safe(w)) in before for w in (record.student, record.code)):
                return
    if not now:  # nothing that could be marked: no other class
        return
    out = gradebook.parent
    held = sorted({exercise for exercise, _ in before})
    new = sorted(now - set(held))
    such = f" (such as --out {out}-{new[0]})" if new else ""
    raise OtherClass(
        f"{out} holds {', '.join(held)} of {counted(students, 'student')}, and none of that is in what you are marking now. "
        f"Nothing was changed. Give another --out{such}, or --replace to put this in its place."
    )


def _marked_before(gradebook: Path) -> tuple[set[tuple[str, str]], int]:
    """Return the exercises and students that have marks, by id and by code, and how many students."""
    _, rows = sheet_rows(gradebook, ("student", "exercise", "status"))
    before, students = set[tuple[str, str]](), set[str]()
    for row in rows:
        exercise, student = row["exercise"], row["student"]
        if exercise and row["status"] not in NO_WORK:
            students.add(student)
            before.update((exercise, who) for who in (student, row.get("code", "")) if who)
    return before, len(students)
