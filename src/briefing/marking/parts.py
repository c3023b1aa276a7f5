"""Mark one part of a class, and put parts together: the same bytes as one run; a part is only read.

A part is a folder with the records and pages of every n-th run of files, the tables that it was marked
by, and a note that says which runs of which listing these are.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from briefing.errors import BriefingError
from briefing.marking.classroom import Progress, Wanted, copied, finish, marker_of, workers_for
from briefing.marking.decided import Decided
from briefing.marking.hand_ins import Roster, listed, survey
from briefing.marking.output import MARK
from briefing.marking.records import fingerprint, read_run, records_of
from briefing.marking.register import Entry, Register
from briefing.marking.rules import Counts
from briefing.marking.runs import Kept, Run, in_runs, marked_runs
from briefing.marking.settings import Settings, Table
from briefing.marking.summary import Summary
from briefing.marking.work import Work, work_beside
from briefing.marking.written import SENTENCE, is_ours

PART_SENTENCE = "Made by `briefing grade --shard`: a part of a class, for `briefing merge`."
NOTE = "part.json"
FORMAT = "reading-the-briefing/part"
_RUN = re.compile(r"[0-9a-f]{32}")
_PAGE = re.compile(r"[0-9]{3}\.html")
_INPUT = re.compile(r"[0-9]{2}(\.[a-z]{1,10})?")


class PartsDoNotFit(BriefingError):
    """Parts of a class that do not make up one class."""


class Part(Struct, frozen=True):
    """What a part says of itself.

    Attributes:
        format: `FORMAT`.
        shard: which part it is, from 1.
        of: of how many.
        settings: digest of the settings, the course and its keys.
        listing: digest of the names of all runs of the class.
        runs: how many runs the class has.
        own: the names of this part's runs: the `shard`-th and every `of`-th after it.
        files: how many files the class has.
        pages: whether there are pages.
        keep: which of several hand-ins counts.
        tables: kind and file name of what people had filled in.
        layout: how the class was read, one sentence.
    """

    format: str
    shard: int
    of: int
    settings: str
    listing: str
    runs: int
    own: tuple[str, ...]
    files: int
    pages: bool
    keep: Counts
    tables: tuple[tuple[str, str], ...]
    layout: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Which part of a class: the `number`-th of `of`, from 1."""

    number: int
    of: int

    @classmethod
    def read(cls, written: str) -> Shard:
        """Return the shard in words such as `2/5`.

        Raises:
            PartsDoNotFit: it is none.
        """
        found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", written.strip(), re.ASCII)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise PartsDoNotFit(
                f"“{written[:40]}” is no part: write 1/3 for the first of three, then 2/3 and 3/3."
            )
        return cls(int(found[1]), int(found[2]))


def is_part(path: str) -> bool:
    """Say whether a path below a part is one that `grade_shard` writes."""
    folder, _, name = path.partition("/")
    run, _, page = name.partition("/")
    return (
        path == NOTE
        or (folder == "records" and bool(re.fullmatch(r"[0-9a-f]{32}\.jsonl", name)))
        or (folder == "inputs" and bool(_INPUT.fullmatch(name)))
        or (folder == "pages" and bool(_RUN.fullmatch(run) and _PAGE.fullmatch(page)))
    )


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
    with work_beside(out, PART_SENTENCE, is_part, keep_from=folder) as work:
        tables = wanted.tables(earlier)
        settings = wanted.settings(copied(tables, work.inputs))
        marker = marker_of(settings, tables)
        about = survey(folder, without=work.out, passed=wanted.passed, layout=wanted.layout)
        people = Roster.read(settings.roster) if settings.roster else None
        refs = listed(folder, without=work.out, passed=wanted.passed, roster=people, surveyed=about)
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
    summary.seconds = time.perf_counter() - started
    return summary


def _fill(work: Work, part: Part) -> None:
    """Move what is done into the part; what an earlier try did for other files stays behind."""
    made = Kept(work.target)
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
    with work_beside(out, SENTENCE, is_ours, keep_from=folders[0]) as work:
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
                kept = Kept(folder)
                if read_run(kept.records_of(run)) is None:
                    raise PartsDoNotFit(
                        f"The part {folder} is damaged (records/{run}.jsonl); copy it again."
                    )
                home[run] = folder
                lines = list(records_of(kept.records_of(run)))
                register.add(run, lines)
                summary.count(len(lines), reused=False)
                report(Progress(summary.files, first.files, 0))
            finish(
                work,
                register,
                summary,
                settings,
                marker,
                page_of=lambda entry: _page(home, entry),
                class_report=class_report,
                anew=anew,
            )
        finally:
            register.close()
    summary.layout = first.layout
    summary.seconds = time.perf_counter() - started
    return summary


def _page(home: dict[str, Path], entry: Entry) -> Path:
    folder, page = home[entry.run], entry.record.page
    path = Kept(folder).pages_of(entry.run) / page
    if not _PAGE.fullmatch(page) or not path.is_file():
        raise PartsDoNotFit(f"The part {folder} is damaged (pages/{entry.run}); copy it again.")
    return path


def read_part(folder: Path) -> Part:
    """Return what a part says of itself.

    Raises:
        PartsDoNotFit: it is none, or cannot be read.
    """
    try:
        made = (folder / MARK).read_text(encoding="utf-8").split("\n")[0]
        part = msgspec.json.decode((folder / NOTE).read_bytes(), type=Part)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as problem:
        raise PartsDoNotFit(
            f"{folder} is no part of a class that `briefing grade --shard` made; give those folders."
        ) from problem
    names = [name for _, name in part.tables]
    own = len(range(part.shard - 1, part.runs, part.of)) if part.of > 0 else -1
    if (
        made != PART_SENTENCE
        or part.format != FORMAT
        or not 1 <= part.shard <= part.of
        or len(part.own) != own
        or not all(map(_RUN.fullmatch, part.own))
        or not all(map(_INPUT.fullmatch, names))
    ):
        raise PartsDoNotFit(f"The part {folder} is damaged; copy it again.")
    return part


def fitting(parts: Sequence[tuple[Path, Part]]) -> list[tuple[Path, Part]]:
    """Return the parts in their order, once it is certain that they make up one class.

    Raises:
        PartsDoNotFit: they do not.
    """
    if not parts:
        raise PartsDoNotFit("No parts were given; give the folders that --shard made.")
    folder, first = parts[0]
    by_number: dict[int, tuple[Path, Part]] = {}
    for other, part in parts:
        if part.of != first.of:
            raise PartsDoNotFit(
                f"{folder} is one of {first.of} parts and {other} one of {part.of}: give the parts of one "
                "division."
            )
        if part.shard in by_number:
            raise PartsDoNotFit(
                f"Part {part.shard} of {part.of} is there twice: {by_number[part.shard][0]} and {other}. "
                "Give each once."
            )
        if part.settings != first.settings:
            raise PartsDoNotFit(
                f"{folder} and {other} were marked differently: with other options, other tables (open "
                "answers, rules, class list) or another version of the course. Mark one of them again."
            )
        if part.listing != first.listing or part.runs != first.runs:
            raise PartsDoNotFit(
                f"{folder} and {other} are parts of different classes, or something was handed in between "
                "the two. Mark one of them again from the same files."
            )
        by_number[part.shard] = (other, part)
    missing = [str(n) for n in range(1, first.of + 1) if n not in by_number]
    if missing:
        raise PartsDoNotFit(
            f"Of {first.of} parts, {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        )
    found = [by_number[number] for number in range(1, first.of + 1)]
    names = (
        part.own[number // first.of].encode()
        for number in range(first.runs)
        for part in [found[number % first.of][1]]
    )
    if fingerprint(names) != first.listing:
        raise PartsDoNotFit("The parts do not hold the class's runs of files; mark them again.")
    return found


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
