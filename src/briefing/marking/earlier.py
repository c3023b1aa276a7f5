"""Look whether an output holds another class or another exercise than is marked now; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from briefing.marking.cells import counted, safe
from briefing.marking.grade import RowStatus
from briefing.marking.marksheet import MarksheetUnreadable, read_sheet
from briefing.marking.output import OtherClass
from briefing.marking.register import Entry

_NO_WORK = (RowStatus.NOT_GRADABLE, RowStatus.NOTHING)


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
        _, rows = read_sheet(gradebook, ("student", "exercise", "status"))
    except MarksheetUnreadable:  # somebody has typed in it: it is kept under another name
        return
    rows = [row for row in rows if row["exercise"] and row["status"] not in _NO_WORK]
    if not rows:
        return
    before = {(r["exercise"], who) for r in rows for who in (r["student"], r.get("code")) if who}
    now = set()
    for entry in entries:
        if entry.status not in _NO_WORK:
            record = entry.record
            now.add(record.exercise)
            if any((record.exercise, safe(w)) in before for w in (record.student, record.code)):
                return
    if not now:  # nothing that could be marked: no other class
        return
    out = gradebook.parent
    held = sorted({row["exercise"] for row in rows})
    new = sorted(now - set(held))
    students = counted(len({row["student"] for row in rows}), "student")
    such = f" (such as --out {out}-{new[0]})" if new else ""
    raise OtherClass(
        f"{out} holds {', '.join(held)} of {students}, and none of that is in what you are marking now. "
        f"Nothing was changed. Give another --out{such}, or --replace to put this in its place."
    )
