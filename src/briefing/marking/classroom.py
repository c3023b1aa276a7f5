"""Mark a folder: every answers file in it → gradebook, open answers, pages; one bad file stops nothing.

A pure map over files, then a choice where one student handed in several. Two runs over the same
folder write the same bytes. A broken key stops everything before anything is touched.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing.marking.collect import Found, LeftAlone, answers_files
from briefing.marking.desk.files import carry_second_marks, is_mark_file
from briefing.marking.grade import Desk, Desks, Graded, RowStatus, grade
from briefing.marking.gradebook import Row, gradebook_csv, row
from briefing.marking.naming import page_name
from briefing.marking.open_answers import NAME, OpenAnswer, OpenAnswers, find_tables, open_answers
from briefing.marking.output import MARK, OutputRefused, fresh_folder
from briefing.marking.pages import Pages

SENTENCE = "Made by `briefing grade`; marking again replaces this folder."
GRADEBOOK = "gradebook.csv"
BY_HAND = re.compile(r"gradebook\.changed-by-hand(-[0-9]+)?\.csv")
PAGES = "feedback"


@dataclass(slots=True)
class Summary:
    """What came of marking a folder.

    Attributes:
        rows: the gradebook's lines, in its order.
        pages: how many feedback pages were written.
        left: what was left alone.
        by_hand: where a gradebook that was changed by hand has been kept, or "".
    """

    rows: list[Row] = field(default_factory=list)
    pages: int = 0
    left: LeftAlone = field(default_factory=LeftAlone)
    by_hand: str = ""

    @property
    def counts(self) -> Counter[RowStatus]:
        """How many rows have which status."""
        return Counter(line.status for line in self.rows)


@dataclass(slots=True)
class _Best:
    """The newest hand-in of one student and exercise so far, and what is known of the others."""

    rank: tuple[str, int, str]
    row: Row
    digest: tuple[int, int]
    revision: int
    open: list[OpenAnswer]
    others: list[str] = field(default_factory=list)
    copies: int = 0
    higher: int = 0


def grade_folder(
    folder: Path,
    out: Path,
    *,
    pages: bool = True,
    marks: Path | None = None,
    report: Callable[[int], None] = lambda done: None,
) -> Summary:
    """Mark every answers file below `folder` and write `out` in one piece.

    Args:
        folder: what was handed in, however nested.
        out: the folder to make: `gradebook.csv`, `open-answers.csv` and `feedback/`.
        pages: whether to write feedback pages.
        marks: a table of marked open answers, besides the one that `out` may hold.
        report: called with the number of files done so far.

    Raises:
        NothingToMark: `folder` cannot be read.
        OutputRefused: `out` cannot be written, or holds what this command did not make.
        BrokenKey: a key or a question file is broken; nothing has been touched then.
        MarksheetUnreadable: a table of marked open answers cannot be read; likewise.
    """
    summary = Summary()
    desks = Desks.all()
    tables = find_tables(out, marks)
    book = OpenAnswers.read(*tables)
    seen = [_digest(path) for path in tables]
    with fresh_folder(out, SENTENCE, _is_ours, keep_from=folder) as target:
        if pages:
            (target / PAGES).mkdir()
        makers = _PageMakers(desks)
        best: dict[tuple[str, str], _Best] = {}
        written: set[str] = set()
        for done, found in enumerate(answers_files(folder, summary.left, without=out), 1):
            graded = _grade(found, desks, book)
            if graded.status is RowStatus.NOT_GRADABLE:
                summary.rows.append(row(graded, found.path))
            elif _take(best, summary, graded, found, desks) and pages:
                name = page_name(graded.student, graded.exercise)
                makers.write(target / PAGES / name, graded)
                written.add(name)
            report(done)
        summary.rows += [_final(one) for one in best.values()]
        summary.pages = len(written)
        waiting = book.table(answer for one in best.values() for answer in one.open)
        (target / NAME).write_bytes(waiting)
        text = gradebook_csv(summary.rows)
        (target / GRADEBOOK).write_text(text, encoding="utf-8-sig", newline="\n")
        summary.by_hand = _keep_hand_work(out, target)
        carry_second_marks(out, target)
        if [_digest(path) for path in tables] != seen:
            raise OutputRefused(
                f"{NAME} was saved while the class was being marked; nothing was changed. Mark again."
            )
    return summary


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _keep_hand_work(out: Path, target: Path) -> str:
    """Keep a gradebook in which somebody has typed; return the name it is kept under, or ""."""
    note = target / MARK
    fresh = f"{GRADEBOOK} {_digest(target / GRADEBOOK)}"
    note.write_text(f"{SENTENCE}\n{fresh}\n", encoding="utf-8", newline="\n")
    kept = sorted(p for p in out.glob("*.csv") if BY_HAND.fullmatch(p.name)) if out.is_dir() else []
    for path in kept:
        (target / path.name).write_bytes(path.read_bytes())
    old, made = out / GRADEBOOK, out / MARK
    if not old.is_file() or not made.is_file():
        return ""
    said = made.read_text(encoding="utf-8").splitlines()[1:]
    if not said or f"{GRADEBOOK} {_digest(old)}" in said:
        return ""
    number = len(kept) + 1
    name = f"gradebook.changed-by-hand{f'-{number}' if number > 1 else ''}.csv"
    (target / name).write_bytes(old.read_bytes())
    return name


def _is_ours(path: str) -> bool:
    folder, _, name = path.partition("/")
    if path in (GRADEBOOK, NAME) or BY_HAND.fullmatch(path) or is_mark_file(path):
        return True
    return folder == PAGES and name.endswith(".html") and "/" not in name


def _grade(found: Found, desks: Desks, book: OpenAnswers) -> Graded:
    if found.problem:
        return Graded(RowStatus.NOT_GRADABLE, reasons=(found.problem,))
    graded = grade(found.data, desks)
    desk = desks.get(graded.exercise)
    return book.with_marks(graded, desk) if graded.results and isinstance(desk, Desk) else graded


def _open(graded: Graded, desks: Desks) -> list[OpenAnswer]:
    desk = desks.get(graded.exercise)
    return open_answers(graded, desk, also_empty=True) if isinstance(desk, Desk) else []


def _take(
    best: dict[tuple[str, str], _Best],
    summary: Summary,
    graded: Graded,
    found: Found,
    desks: Desks,
) -> bool:
    """Keep the newer of two hand-ins; say whether this one is the newest so far."""
    who = (graded.exercise, graded.student)
    rank = (graded.saved, graded.revision, found.path)
    digest = (len(found.data), hash(found.data))
    known = best.get(who)
    if known is None:
        best[who] = _Best(
            rank, row(graded, found.path), digest, graded.revision, _open(graded, desks)
        )
        return True
    if digest == known.digest:
        known.copies += 1
        return False
    newer = rank > known.rank
    older_row = known.row if newer else row(graded, found.path)
    older_revision = known.revision if newer else graded.revision
    known.others.append(older_row.path)
    known.higher = max(known.higher, older_revision)
    summary.rows.append(_set_aside(older_row))
    if newer:
        known.rank, known.row, known.digest = rank, row(graded, found.path), digest
        known.revision, known.open = graded.revision, _open(graded, desks)
    return newer


def _set_aside(older: Row) -> Row:
    return replace(
        older,
        status=RowStatus.OLDER,
        score="",
        max_score="",
        questions=(),
        reason=f"A newer hand-in with this code counts instead. File: {older.path}.",
    )


def _final(one: _Best) -> Row:
    said = [one.row.reason] if one.row.reason else []
    if one.others:
        said.append(
            f"{len(one.others) + 1} different files carry this code; the last saved one counts "
            f"({one.row.path}, revision {one.revision}). If they are from different people, mark "
            "each one's file in a folder of its own."
        )
    if one.higher > one.revision:
        said.append(
            f"An older file has been saved more often (revision {one.higher}): ask which is meant."
        )
    if one.copies:
        said.append("The same file was handed in more than once.")
    return replace(one.row, reason=" ".join(said))


class _PageMakers:
    """Writes pages, with one maker an exercise."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._makers: dict[str, Pages] = {}

    def write(self, path: Path, graded: Graded) -> None:
        desk = self._desks.get(graded.exercise)
        if not isinstance(desk, Desk):
            return
        if graded.exercise not in self._makers:
            self._makers[graded.exercise] = Pages(desk)
        page = self._makers[graded.exercise].page(graded)
        path.write_bytes(page.encode("utf-8"))
