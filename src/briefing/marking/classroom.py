"""Mark a class: what was handed in → gradebook, open answers, pages; one bad file stops nothing.

A pure map over runs of files, then a choice where one student handed in several, then everything is
written in one order. Two runs over the same hand-ins write the same bytes, in one process or in many.
A broken key stops everything before anything is touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.errors import BriefingError
from briefing.marking.apart import need_apart
from briefing.marking.decided import Decided
from briefing.marking.earlier import need_same_class
from briefing.marking.hand_ins import Layout, Roster, listed, survey
from briefing.marking.marker import Marker
from briefing.marking.marksheet import unreadable
from briefing.marking.ours import GRADEBOOK, SENTENCE, is_ours
from briefing.marking.output import OutputRefused, digest_of
from briefing.marking.records import lines_of
from briefing.marking.register import Entry, Register
from briefing.marking.rules import Counts
from briefing.marking.rules_file import find_rules, read_rules
from briefing.marking.rules_told import rules_told, stray_rules
from briefing.marking.runs import WORTH_IT, cores, in_runs, marked_runs, seldom_collected
from briefing.marking.settings import ROSTER, RULES, Settings, Table
from briefing.marking.summary import Summary
from briefing.marking.work import Work, work_beside
from briefing.marking.written import (
    keep_hand_work,
    write_class,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far marking has come, in files; `total` is nearly right where zips lie in zips."""

    done: int
    total: int
    reused: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a class is to be marked, as the command line has it; see `grade_folder`."""

    pages: bool = True
    keep: Counts | None = None
    marks: Path | None = None
    roster: Path | None = None
    rules: Path | None = None
    layout: Layout | None = None

    def for_class(self, folder: Path) -> Wanted:
        """Return the same with the rules that stand beside what was handed in.

        Raises:
            RulesUnclear: the rules cannot be understood.
        """
        rules = find_rules(folder, self.rules)
        return replace(self, rules=rules, keep=self.keep or read_rules(rules).counts)

    @property
    def passed(self) -> list[Path]:
        """Files that are nobody's hand-in although they may lie among them."""
        return [path for path in (self.roster, self.rules) if path is not None]

    def tables(self, out: Path | None) -> list[Table]:
        """Return what people filled in.

        Args:
            out: an earlier marking, if there is one.

        Raises:
            MarksheetUnreadable: a table is open in a spreadsheet, or saved as another kind of file.
        """
        found = Decided.tables(out, self.marks)
        found += [Table(ROSTER, self.roster)] if self.roster else []
        return [*found, *([Table(RULES, self.rules)] if self.rules else [])]

    def settings(self, tables: tuple[Table, ...], *, report: bool) -> Settings:
        """Return the settings that go with copies of the tables; `report` as `Settings` has it."""
        return Settings(self.pages, self.keep or Counts.LATEST, tables, report)


def grade_folder(
    folder: Path,
    out: Path,
    *,
    pages: bool = True,
    marks: Path | None = None,
    keep: Counts | None = None,
    roster: Path | None = None,
    rules: Path | None = None,
    layout: Layout | None = None,
    class_report: bool = False,
    anew: bool = False,
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
        keep: which of several hand-ins of one student counts; None for what the rules say.
        roster: the class list.
        rules: the class's rules; None for the `marking.toml` beside `folder`, if there is one.
        layout: how `folder` is laid out, where it is not to be guessed.
        class_report: whether to write a report on the class for each exercise.
        anew: whether marks of another class or exercise in `out` may be replaced.
        jobs: how many processes mark; None for all processors where that is worth it.
        report: called again and again.

    Raises:
        NothingToMark: `folder` cannot be read.
        OutputRefused: `out` cannot be written, lies in `folder`, or holds what this command did not make,
            or marks of another class or exercise.
        BrokenKey: a key or a question file is broken; nothing has been touched then.
        MarksheetUnreadable: a table that people filled in cannot be read; likewise.
        RosterUnreadable: the class list cannot be read; likewise.
        RulesUnclear: the rules cannot be understood; likewise.
        MarkingStopped: a process that was marking ended unexpectedly.
    """
    started = time.perf_counter()
    summary = Summary()
    wanted = Wanted(pages, keep, marks, roster, rules, layout).for_class(folder)
    need_apart(folder, out)
    wanted.tables(out)  # of a table that is open it says what to do, before anything else is said
    with work_beside(out, SENTENCE, is_ours, keep_from=folder) as work, seldom_collected():
        tables = wanted.tables(work.out)
        settings = wanted.settings(copied(tables, work.inputs), report=class_report)
        marker = marker_of(settings, tables)
        about = survey(folder, passed=wanted.passed, layout=layout)
        summary.layout, summary.platform = about.sentence, str(about.layout)
        summary.rules = rules_told(folder, wanted.rules, marker.decided.rules)
        summary.notes += stray_rules(folder, wanted.rules)
        people = Roster.read(settings.roster) if settings.roster else None
        refs = listed(folder, passed=wanted.passed, roster=people, surveyed=about)
        register = Register(work.register)
        workers = workers_for(jobs, about.files)
        try:
            for done in marked_runs(in_runs(refs), work.kept, settings, marker, workers):
                register.add(done.name, lines_of(work.kept.records_of(done.name)))
                summary.count(done.files, reused=done.reused)
                total = max(about.files, summary.files)
                report(Progress(summary.files, total, summary.reused))
            finish(
                work,
                register,
                summary,
                settings,
                marker,
                page_of=lambda entry: work.kept.pages_of(entry.run) / entry.record.page,
                class_report=class_report,
                anew=anew,
            )
        finally:
            register.close()
        for table, copy in zip(tables, settings.tables, strict=True):
            if digest_of(table.path) != digest_of(copy.path):
                raise OutputRefused(
                    f"{table.path.name} was saved while the class was being marked; nothing was "
                    "changed. Mark again."
                )
    summary.seconds = time.perf_counter() - started
    return summary


def finish(
    work: Work,
    register: Register,
    summary: Summary,
    settings: Settings,
    marker: Marker,
    *,
    page_of: Callable[[Entry], Path],
    class_report: bool,
    anew: bool,
) -> None:
    """Choose what counts, and write everything about the class into the work folder.

    Args:
        work: the work folder.
        register: everything that was marked.
        summary: is counted up.
        settings: how it was marked.
        marker: what marked it.
        page_of: where the page of an entry lies.
        class_report: whether to write a report on the class for each exercise.
        anew: whether marks of another class or exercise may be replaced.

    Raises:
        OtherClass: the output holds such marks.
        OSError: the disk is full, or cannot be written.
    """
    roster = Roster.read(settings.roster) if settings.roster else None
    summary.notes += roster.left_out if roster else ()
    register.choose(settings.keep, roster)
    if not anew:
        need_same_class(work.out / GRADEBOOK, register.entries())
    write_class(
        register,
        work.target,
        summary,
        desks=marker.desks,
        decided=marker.decided,
        page_of=page_of if settings.pages else None,
        report=class_report,
        absent=roster is not None,
    )
    kept = keep_hand_work(work.out, work.target, marker.decided)
    summary.by_hand = kept.pop(GRADEBOOK, "")
    for name, copy in kept.items():
        said = f"{name} had been changed by hand: that one is kept as {copy}, and {name} is written anew."
        summary.notes.append(said)


def workers_for(jobs: int | None, files: int) -> int:
    """Return how many processes are to mark so many files: as many as are wanted, or as it is worth."""
    return jobs if jobs is not None else cores() if files >= WORTH_IT else 1


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
        said = " ".join(map(str, problem.args))  # as it was raised: paths are looked for in it
        for copy, original in zip(settings.tables, originals, strict=True):
            said = said.replace(str(copy.path), str(original.path))
        raise type(problem)(said) from problem
