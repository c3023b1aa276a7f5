"""Mark a class: what was handed in → gradebook, open answers, pages; one bad file stops nothing.

A pure map over runs of files, then a choice where one student handed in several, then everything is
written in one order. Two runs over the same hand-ins write the same bytes, in one process or in many.
A broken key stops everything before anything is touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import BriefingError
from briefing.marking.decided import Decided
from briefing.marking.hand_ins import Layout, Roster, listed, survey
from briefing.marking.marker import Marker
from briefing.marking.marksheet import unreadable
from briefing.marking.output import OutputRefused
from briefing.marking.records import records_of
from briefing.marking.register import Entry, Register
from briefing.marking.rules import Counts
from briefing.marking.runs import WORTH_IT, Done, cores, in_runs, marked_runs
from briefing.marking.settings import ROSTER, Settings, Table
from briefing.marking.summary import Summary
from briefing.marking.work import Work, work_beside
from briefing.marking.written import SENTENCE, digest_of, is_ours, keep_hand_work, write_class


@dataclass(frozen=True, slots=True)
class Progress:
    """How far marking has come, in files; `total` is nearly right where zips lie in zips."""

    done: int
    total: int
    reused: int


def grade_folder(
    folder: Path,
    out: Path,
    *,
    pages: bool = True,
    marks: Path | None = None,
    keep: Counts = Counts.LATEST,
    roster: Path | None = None,
    layout: Layout | None = None,
    class_report: bool = False,
    jobs: int | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Mark everything that was handed in and write `out` in one piece.

    A run that is cut short leaves `out` as it was and a work folder beside it; the next run with the
    same settings takes up from it what is done.

    Args:
        folder: what was handed in: a folder, however nested, or a zip.
        out: the folder to make: `gradebook.csv`, `open-answers.csv` and `feedback/`.
        pages: whether to write feedback pages.
        marks: a table of marked open answers, besides the one that `out` may hold.
        keep: which of several hand-ins of one student counts.
        roster: the class list.
        layout: how `folder` is laid out, where it is not to be guessed.
        class_report: whether to write a report on the class for each exercise.
        jobs: how many processes mark; None for all processors where that is worth it.
        report: called again and again.

    Raises:
        NothingToMark: `folder` cannot be read.
        OutputRefused: `out` cannot be written, or holds what this command did not make.
        BrokenKey: a key or a question file is broken; nothing has been touched then.
        MarksheetUnreadable: a table that people filled in cannot be read; likewise.
        RosterUnreadable: the class list cannot be read; likewise.
        MarkingStopped: a process that was marking ended unexpectedly.
    """
    started = time.perf_counter()
    summary = Summary()
    Decided.tables(
        out, marks
    )  # of a table that is open it says what to do, before anything is said
    with work_beside(out, SENTENCE, is_ours, keep_from=folder) as work:
        tables = Decided.tables(work.out, marks)
        tables += [Table(ROSTER, roster)] if roster else []
        settings = Settings(pages, keep, copied(tables, work.inputs))
        marker = marker_of(settings, tables)
        passed = [roster] if roster else []
        about = survey(folder, without=work.out, passed=passed, layout=layout)
        summary.layout = about.sentence
        people = Roster.read(settings.roster) if settings.roster else None
        refs = listed(folder, without=work.out, passed=passed, roster=people, surveyed=about)
        register = Register(work.register)
        workers = jobs if jobs is not None else cores() if about.files >= WORTH_IT else 1
        try:
            for done in marked_runs(in_runs(refs), work.kept, settings, marker, workers):
                register.add(done.name, records_of(work.kept.records_of(done.name)))
                _count(summary, done)
                total = max(about.files, summary.files)
                report(Progress(summary.files, total, summary.reused))
            register.choose(keep, people.people if people else ())
            write_class(
                register,
                work.target,
                summary,
                desks=marker.desks,
                decided=marker.decided,
                page_of=(lambda entry: _page(work, entry)) if pages else None,
                report=class_report,
                absent=people is not None,
            )
        finally:
            register.close()
        summary.by_hand = keep_hand_work(work.out, work.target)
        for table, copy in zip(tables, settings.tables, strict=True):
            if digest_of(table.path) != digest_of(copy.path):
                raise OutputRefused(
                    f"{table.path.name} was saved while the class was being marked; nothing was "
                    "changed. Mark again."
                )
    summary.seconds = time.perf_counter() - started
    return summary


def copied(tables: Sequence[Table], folder: Path) -> tuple[Table, ...]:
    """Copy what people filled in, so that everybody marks by the same; return the copies.

    Raises:
        MarksheetUnreadable: a table cannot be read.
        OSError: a copy cannot be written.
    """
    copies = []
    for number, table in enumerate(tables):
        try:
            data = table.path.read_bytes()
        except OSError as problem:
            raise unreadable(table.path, problem) from problem
        copies.append(Table(table.kind, folder / f"{number:02d}{table.path.suffix}"))
        copies[-1].path.write_bytes(data)
    return tuple(copies)


def marker_of(settings: Settings, originals: Sequence[Table]) -> Marker:
    """Return this process's marker; what is wrong with a copied table is said of the original."""
    try:
        return Marker(settings)
    except BriefingError as problem:
        said = str(problem)
        for copy, original in zip(settings.tables, originals, strict=True):
            said = said.replace(str(copy.path), str(original.path))
        raise type(problem)(said) from problem


def _count(summary: Summary, done: Done) -> None:
    summary.files += done.files
    summary.reused += done.files if done.reused else 0


def _page(work: Work, entry: Entry) -> Path:
    return work.kept.pages_of(entry.run) / entry.record.page
