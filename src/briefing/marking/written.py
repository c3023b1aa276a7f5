"""Write what a register holds into a folder: gradebook, open answers, pages; line by line, marks nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from briefing.keys import exercise_names
from briefing.keys.own_card import WIDGET
from briefing.marking import page_list
from briefing.marking.class_report.seen import Seen
from briefing.marking.class_report.sums import ClassSums
from briefing.marking.decided import Decided
from briefing.marking.decisions import write_decisions
from briefing.marking.entered import entries_told
from briefing.marking.grade import Desk, Desks
from briefing.marking.gradebook import Row, gradebook_lines, row
from briefing.marking.marksheet import write_lines
from briefing.marking.open_answers import OpenAnswer
from briefing.marking.ours import (
    GRADEBOOK,
    KEPT,
    OPEN_ANSWERS,
    PAGES,
    REPORTS,
    SECOND,
    SENTENCE,
    WRITTEN_ANEW,
)
from briefing.marking.output import MARK, digest_of
from briefing.marking.register import Entry, Register
from briefing.marking.row_status import RowStatus
from briefing.marking.summary import Summary


def write_class(
    register: Register,
    target: Path,
    summary: Summary,
    *,
    desks: Desks,
    decided: Decided,
    page_of: Callable[[Entry], Path] | None,
    report: bool = False,
    absent: bool = False,
) -> None:
    """Write everything about a class.

    Args:
        register: what was marked, the choice made.
        target: the folder to fill.
        summary: is counted up.
        desks: the exercises as the class has them.
        decided: what people decided.
        page_of: where the page of an entry lies; None where no pages are wanted.
        report: whether to write a report on the class for each exercise.
        absent: whether it is known who handed in nothing.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    if page_of is not None:
        (target / PAGES).mkdir()
    summary.of_list = register.of_list
    classes = Classes(desks)
    rows = _rows(register, target / PAGES, summary, classes if report else None, page_of)
    questions = {
        question.id
        for exercise in register.scored_exercises()
        for question in _desk(desks, exercise).exercise.question
    }
    write_lines(target / GRADEBOOK, gradebook_lines(rows, questions, register.known()))
    waiting = list(register.open_questions())
    rubrics = (len(_desk(desks, one).keys[question].rubric) for one, question in waiting)
    lines = decided.book.table(
        _open(register, desks),
        max(rubrics, default=0),
        summary.open_answers,
        checks=any(_desk(desks, one).exercise.questions[q].widget == WIDGET for one, q in waiting),
    )
    write_lines(target / OPEN_ANSWERS, lines)

    def worth(exercise: str) -> dict[str, float]:
        asked = _desk(desks, exercise).exercise.question
        return {question.id: question.points for question in asked}

    summary.worth = {exercise: worth(exercise) for exercise in register.scored_exercises()}
    write_decisions(register, target, summary, desks=desks, decided=decided, worth=worth)
    if report:
        (target / REPORTS).mkdir()
        for exercise, page in classes.pages(absent=absent):
            (target / REPORTS / f"{exercise}.html").write_text(page, encoding="utf-8", newline="\n")
            summary.reports.append(f"{REPORTS}/{exercise}.html")


class Classes:
    """The sums of every exercise that turns up, and how many handed in nothing."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._names = frozenset(exercise_names())
        self._sums: dict[str, ClassSums] = {}
        self._absent = Counter[str]()
        self._whose = ("", "")
        self._broken: dict[bool, bool] = {}

    def add(self, entry: Entry) -> None:
        """Count one line of the gradebook; those of one student and exercise come together."""
        record = entry.record
        if entry.status is RowStatus.NOTHING:
            self._absent[record.exercise] += 1
        if entry.counts and record.seen is not None:
            self._count(record.seen)
        if (record.exercise, record.student) != self._whose or not record.student:
            self._settle()
            self._whose = (record.exercise, record.student)
        # A damaged file is not missed where the same student handed in another that could be read.
        only = entry.status is RowStatus.NOT_GRADABLE
        self._broken[record.known] = only and self._broken.get(record.known, True)

    def _settle(self) -> None:
        """Count who handed in nothing but what could not be marked, once each."""
        exercise, _ = self._whose
        for broken in self._broken.values():
            if broken and exercise in self._names:
                self._count(Seen(exercise, RowStatus.NOT_GRADABLE))
        self._broken = {}

    def _count(self, seen: Seen) -> None:
        if seen.exercise not in self._sums:
            desk = self._desks.get(seen.exercise)
            if not isinstance(desk, Desk):
                return  # an exercise whose key is not here: nothing of it was marked
            self._sums[seen.exercise] = ClassSums(desk)
        self._sums[seen.exercise].add(seen)

    def pages(self, *, absent: bool) -> Iterator[tuple[str, str]]:
        """Yield each exercise with its report; figures are drawn only now."""
        from briefing.marking.class_report import class_page

        self._settle()
        for exercise, sums in sorted(self._sums.items()):
            yield exercise, class_page(sums, absent=self._absent[exercise] if absent else None)


def _rows(
    register: Register,
    pages: Path,
    summary: Summary,
    classes: Classes | None,
    page_of: Callable[[Entry], Path] | None,
) -> Iterator[Row]:
    writing = contextlib.nullcontext() if page_of is None else page_list.writing(pages.parent)
    with writing as listed:
        for entry in register.entries():
            line = row(entry)
            summary.add(entry, line.reason)
            if classes is not None and entry.in_class:
                classes.add(entry)
            name = ""
            if page_of is not None and entry.counts and entry.record.page:
                name = page_list.named(entry)
                _put(page_of(entry), pages / name)
                summary.pages += 1
            if listed is not None:
                listed.add(entry, name)
            yield line


def _put(page: Path, to: Path) -> None:
    """Put a page where it belongs; the run keeps its own, so that a later step can be done again.

    The two are one file with two names where that can be: nothing ever writes into a page again.
    """
    try:
        os.link(page, to)
    except OSError:  # a file system without links
        shutil.copyfile(page, to)


def _desk(desks: Desks, exercise: str) -> Desk:
    desk = desks.get(exercise)
    assert isinstance(desk, Desk)  # something of it was marked
    return desk


def _open(register: Register, desks: Desks) -> Iterator[OpenAnswer]:
    for record, answer in register.answers():
        desk = _desk(desks, record.exercise)
        yield OpenAnswer(
            record.exercise,
            answer.question,
            record.student,
            answer.answer,
            desk.keys[answer.question].rubric,
            desk.exercise.questions[answer.question].points,
            answer.checked,
            record.known,
            record.code,
            record.hand_in,
        )


def keep_hand_work(out: Path, target: Path, decided: Decided) -> dict[str, str]:
    """Keep what was typed into tables that are written anew, and second markers' tables.

    Returns the names that the former are kept under.

    Args:
        out: the output of before, if there is one.
        target: the folder that takes its place.
        decided: what people decided.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    names = [name for name in WRITTEN_ANEW if (target / name).is_file()]
    fresh = [f"{name} {digest_of(target / name)}" for name in names]
    fresh += entries_told(target, decided)
    (target / MARK).write_text("\n".join([SENTENCE, *fresh, ""]), encoding="utf-8", newline="\n")
    for path in sorted(out.glob("*.csv")) if out.is_dir() else ():
        if KEPT.fullmatch(path.name) or SECOND.fullmatch(path.name):
            shutil.copyfile(path, target / path.name)
    made = out / MARK
    said = made.read_text(encoding="utf-8").splitlines()[1:] if made.is_file() else []
    found = {}
    # What a marking of before says nothing of cannot be told from what it wrote.
    for name in {line.partition(" ")[0] for line in said} & set(WRITTEN_ANEW):
        if (out / name).is_file() and f"{name} {digest_of(out / name)}" not in said:
            found[name] = next(n for n in _kept_names(name) if not (target / n).exists())
            shutil.copyfile(out / name, target / found[name])
    return dict(sorted(found.items()))


def _kept_names(table: str) -> Iterator[str]:
    """Yield the names for a table that is kept, the first one first."""
    stem = table.removesuffix(".csv")
    yield f"{stem}.changed-by-hand.csv"
    for number in count(2):
        yield f"{stem}.changed-by-hand-{number}.csv"
