"""Write the tables in which people decide, and what came of what they have decided; marks nothing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from briefing.marking import by_hand, changed, defended, notes, totals
from briefing.marking.cells import counted
from briefing.marking.changed import changed_lines
from briefing.marking.decided import Decided
from briefing.marking.defences import Defences
from briefing.marking.grade import Change, Desks
from briefing.marking.kept_rows import UNUSED
from briefing.marking.marksheet import write_lines
from briefing.marking.meant import Meant
from briefing.marking.not_here import GONE, marks_told, notes_told
from briefing.marking.register import Register
from briefing.marking.row_status import RowStatus
from briefing.marking.summary import Summary
from briefing.marking.totals import half_empty, strays, totals_lines
from briefing.visible import MOST_OF_A_NAME, quoted


def write_decisions(
    register: Register,
    target: Path,
    summary: Summary,
    *,
    desks: Desks,
    decided: Decided,
    worth: Callable[[str], Mapping[str, float]],
) -> None:
    """Write the tables.

    Args:
        register: what was marked, the choice made.
        target: the folder to fill.
        summary: is counted up.
        desks: the exercises as the class has them.
        decided: what people decided.
        worth: returns what each question of an exercise is worth.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    argued = Defences()
    for found in register.argued():
        argued.add(found)
    summary.defended = len(argued.defended)
    meant = Meant(register)
    tables = {
        defended.NAME: decided.defended.table(argued, desks),
        by_hand.NAME: decided.by_hand.table(
            register.marked(), worth, meant.hint, register.unmarked()
        ),
    }
    for name, data in tables.items():
        (target / name).write_bytes(data)
    summary.undecided = _undecided(tables[defended.NAME])
    summary.notes += _unused(tables)
    if summary.over:
        summary.notes.append(
            f"{counted(summary.over, 'file')} with more reasons against the key than {defended.NAME} takes of one "
            "answer: see reason in gradebook.csv."
        )
    if register.astray:
        summary.notes.append(
            f"{counted(register.astray, 'file')} handed in with another exercise than the one that the file is for. "
            "What came with its own exercise goes before it: see reason in gradebook.csv."
        )
    unread = Counter[str]()
    named = register.known().name
    lines = decided.notes.table(register.pages(), unread, named=named)
    write_lines(target / notes.NAME, lines)
    summary.notes += [
        *marks_told(summary.open_answers, summary.counts[RowStatus.PERHAPS]),
        *notes_told(unread[GONE]),
    ]
    changes = _counted(register, summary)
    write_lines(target / changed.NAME, changed_lines(changes, named=named))
    handed_in = register.scored_exercises()
    heads = dict.fromkeys(handed_in, 0) | register.scored_heads()
    without = strays(heads, decided.rules)
    summary.notes += _few(heads, without, half_empty(heads, decided.rules))
    exercises = [name for name in handed_in if name not in without and any(worth(name).values())]
    lines = totals_lines(register.totals(), exercises, decided.rules, named=named)
    write_lines(target / totals.NAME, lines)
    summary.notes += [
        f"The rules give more time to {quoted(name, MOST_OF_A_NAME)}, and nobody of that name handed "
        f"anything in. {meant.hint(name)}".rstrip()
        for name in sorted(decided.rules.extensions)
        if not register.has(name)
    ]


def _few(heads: Mapping[str, int], left: Collection[str], taken: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each exercise that few handed in, where that is nothing for all others.

    Args:
        heads: exercise → how many handed it in.
        left: those that go into no total.
        taken: those that do.
    """
    for name in left:
        who = (
            f"only {counted(heads[name], 'student')}" if heads[name] else "nobody on the class list"
        )
        yield (
            f"{name} goes into no total: {who} handed it in, and all others would have a zero by it. If it belongs "
            f"to the course, name it in the rules: [exercise.{name}]"
        )
    for name in taken:
        yield (
            f"{name} is in the totals, and only {heads[name]:,} of {max(heads.values()):,} students handed it in: all "
            "others have a zero by it. If it shall not count, or not yet, write weight = 0 into the rules below "
            f"[exercise.{name}]"
        )


def _undecided(table: bytes) -> int:
    """Return how many of the defended wait for a decision."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    return sum(not row["accept"].strip() for row in rows)


def _unused(tables: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for each table in which entries could not be used."""
    for name, data in tables.items():
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        entered = [row for row in rows if row.get("accept", "entered").strip()]
        unused = [row for row in entered if UNUSED in row["remark"]]
        if unused:
            said = f"{len(unused):,} of {counted(len(entered), 'row')}"
            yield f"{said} in {name} could not be used: see its column remark."


def _counted(register: Register, summary: Summary) -> Iterator[tuple[tuple[str, str], str, Change]]:
    for record in register.decided():
        for change in record.changes:
            summary.changed += 1
            yield (record.student, record.name), record.exercise, change
