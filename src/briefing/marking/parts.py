"""Mark one part of a class, and put parts together: the same bytes as one run; a part is only read.

A part is a folder with the records and pages of every n-th run of files, the tables that it was marked
by, and a note that says which runs of which listing these are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from briefing.marking.apart import need_apart
from briefing.marking.classroom import Progress, Wanted, copied, finish, marker_of, workers_for
from briefing.marking.decided import Decided
from briefing.marking.hand_ins import Roster, listed, survey
from briefing.marking.ours import SENTENCE, is_ours
from briefing.marking.part_contents import page_in, take_in
from briefing.marking.part_note import (
    FORMAT,
    NOTE,
    PART_SENTENCE,
    Part,
    PartsDoNotFit,
    Shard,
    fitting,
    is_part,
    read_part,
)
from briefing.marking.records import fingerprint
from briefing.marking.register import Register
from briefing.marking.rules_told import rules_told, stray_rules, what_they_do
from briefing.marking.runs import KeptRuns, Run, in_runs, marked_runs, seldom_collected
from briefing.marking.settings import RULES, Settings, Table
from briefing.marking.summary import Summary
from briefing.marking.work import Work, work_beside


def grade_shard(
    folder: Path,
    out: Path,
    shard: Shard,
    wanted: Wanted,
    *,
    earlier: Path | None = None,
    jobs: int | None = None,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Mark one part of what was handed in and write it to `out`, to be merged with the others.

    Args:
        folder: what was handed in, all of it: every machine needs the whole listing.
        out: the folder to make.
        shard: which part.
        wanted: how to mark.
        earlier: an earlier marking of the class: what people filled in there counts.
        jobs: how many processes mark.
        report: called again and again.

    Raises:
        BriefingError: as `grade_folder` does.
    """
    started, summary = time.perf_counter(), Summary()
    wanted = wanted.for_class(folder)
    need_apart(folder, out)
    if earlier:
        need_apart(folder, earlier, "--earlier")
    with work_beside(out, PART_SENTENCE, is_part, keep_from=folder) as work, seldom_collected():
        tables = wanted.tables(earlier)
        # Whether there will be a report, `merge` is told.
        settings = wanted.settings(copied(tables, work.inputs), report=True)
        marker = marker_of(settings, tables)
        about = survey(folder, passed=wanted.passed, layout=wanted.layout)
        people = Roster.read(settings.roster) if settings.roster else None
        refs = listed(folder, passed=wanted.passed, roster=people, surveyed=about)
        names: list[str] = []
        files = 0

        def own() -> Iterator[Run]:
            nonlocal files
            for number, run in enumerate(in_runs(refs)):
                names.append(run.name)
                files += len(run.refs)
                if number % shard.of == shard.number - 1:
                    yield run

        workers = workers_for(jobs, about.files // shard.of)
        for done in marked_runs(own(), work.kept, settings, marker, workers):
            summary.count(done.files, reused=done.reused)
            total = max(about.files // shard.of, summary.files)
            report(Progress(summary.files, total, summary.reused))
        part = Part(
            FORMAT,
            shard.number,
            shard.of,
            settings.digest,
            fingerprint(name.encode() for name in names),
            len(names),
            tuple(names[shard.number - 1 :: shard.of]),
            files,
            settings.pages,
            settings.keep,
            tuple((table.kind, table.path.name) for table in settings.tables),
            about.sentence,
        )
        _fill(work, part)
    summary.layout = part.layout
    summary.rules = rules_told(folder, wanted.rules, marker.decided.rules)
    summary.notes += stray_rules(folder, wanted.rules)
    summary.seconds = time.perf_counter() - started
    return summary


def _fill(work: Work, part: Part) -> None:
    """Move what is done into the part; what an earlier try did for other files stays behind."""
    made = KeptRuns(work.target)
    made.records.mkdir()
    (work.target / "inputs").mkdir()
    for _, name in part.tables:
        (work.inputs / name).rename(work.target / "inputs" / name)
    for run in part.own:
        pages = work.kept.pages_of(run)
        if pages.is_dir():
            made.pages_of(run).parent.mkdir(exist_ok=True)
            pages.rename(made.pages_of(run))
        work.kept.records_of(run).rename(made.records_of(run))
    (work.target / NOTE).write_bytes(msgspec.json.format(msgspec.json.encode(part), indent=1))


def merge_parts(
    folders: Sequence[Path],
    out: Path,
    *,
    class_report: bool = False,
    anew: bool = False,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Put the parts of a class together and write `out` in one piece.

    Args:
        folders: all parts, in any order.
        out: the folder to make, as `grade_folder` makes it.
        class_report: whether to write a report on the class for each exercise.
        anew: whether marks of another class or exercise in `out` may be replaced.
        report: called again and again.

    Raises:
        PartsDoNotFit: a part is missing, there twice, damaged, or from another class, other settings
            or another version of the course.
        OutputRefused: `out` cannot be written, or holds what this command did not make, or marks of
            another class or exercise.
    """
    started, summary = time.perf_counter(), Summary()
    parts = fitting([(folder, read_part(folder)) for folder in folders])
    Decided.tables(out, None)
    with work_beside(out, SENTENCE, is_ours, keep_from=folders[0]) as work, seldom_collected():
        first_folder, first = parts[0]
        tables = [Table(kind, first_folder / "inputs" / name) for kind, name in first.tables]
        settings = Settings(first.pages, first.keep, copied(tables, work.inputs))
        marker = marker_of(settings, tables)
        if settings.digest != first.settings:
            raise PartsDoNotFit(
                "The parts were marked by another version of the course or of its keys than this one: "
                "mark them again, or merge them where they were marked."
            )
        _nothing_new(work.out, settings)
        register = Register(work.register)
        home: dict[str, Path] = {}
        try:
            for number in range(first.runs):
                folder, part = parts[number % first.of]
                run = part.own[number // first.of]
                home[run] = folder
                summary.count(take_in(register, folder, run), reused=False)
                report(Progress(summary.files, first.files, 0))
            finish(
                work,
                register,
                summary,
                settings,
                marker,
                page_of=lambda entry: page_in(home[entry.run], entry),
                class_report=class_report,
                anew=anew,
            )
        finally:
            register.close()
    summary.layout = first.layout
    did = f" ({what_they_do(marker.decided.rules)})" if settings.of(RULES) else ""
    summary.rules = f"Rules: {'' if did else 'none, '}as the parts were marked{did}."
    summary.seconds = time.perf_counter() - started
    return summary


def _nothing_new(out: Path, settings: Settings) -> None:
    """Look that nobody has entered anything in `out` that the parts were not marked by.

    Raises:
        PartsDoNotFit: somebody has.
    """
    for table in Decided.tables(out, None):
        data = table.path.read_bytes()
        if any(path.read_bytes() == data for path in settings.of(table.kind)):
            continue
        if Decided.holds_entries(table):
            raise PartsDoNotFit(
                f"In {table.path} there are entries that the parts were not marked by: mark the parts "
                f"again with --earlier {out}."
            )
