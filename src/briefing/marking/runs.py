"""Mark runs of files, in this process or in several; every run's bytes depend on its files alone.

A run ends where the checksum of a path says so: which files are together depends on the listing only,
and a file more or less changes one run and no other.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import multiprocessing
import os
import shutil
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec.structs import replace

from briefing.errors import BriefingError
from briefing.marking.hand_ins import Ref
from briefing.marking.marker import Marker, input_of
from briefing.marking.quiet_start import deaf_children
from briefing.marking.records import (
    decoded,
    encoded,
    fingerprint,
    is_sealed,
    read_run,
    write_run,
)
from briefing.marking.settings import Settings

USUAL = 64
"""Files in a run, on average."""
MOST = 256
WORTH_IT = 600
"""From so many files on, several processes are quicker than one: each takes a second to start."""


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
SELDOM = 50_000
"""New objects after which Python looks for circles among them; its own 700 are a tenth of a file's."""


class MarkingStopped(BriefingError):
    """A process that was marking ended unexpectedly."""


@dataclass(frozen=True, slots=True)
class Run:
    """Files that are marked together; `name` tells them from every other run's."""

    name: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A run that is marked: its name, how many files it has, and whether an earlier try had done it."""

    name: str
    files: int
    reused: bool


def in_runs(refs: Iterable[Ref]) -> Iterator[Run]:
    """Cut a listing into runs."""
    together: list[Ref] = []
    for ref in refs:
        together.append(ref)
        if len(together) == MOST or crc32(ref.path.encode()) % USUAL == 0:
            yield _run(together)
            together = []
    if together:
        yield _run(together)


def _run(refs: list[Ref]) -> Run:
    return Run(fingerprint(map(_facts, refs))[:32], tuple(refs))


def _facts(ref: Ref) -> bytes:
    """Return what is known of a file before it is read, but for where it lies on this machine.

    All but that is in, so that a new field is, too: a run under the same name is taken up as it is.
    """
    return msgspec.json.encode(replace(ref, file="", inside=()))


@dataclass(frozen=True, slots=True)
class KeptRuns:
    """Where runs are kept: a folder with their records and one with their pages.

    Only what is sealed with `key` is taken up: a folder beside the output can come from anybody.
    """

    folder: Path
    key: bytes = b""

    @property
    def records(self) -> Path:
        """The folder of the runs' records."""
        return self.folder / "records"

    def records_of(self, run: str) -> Path:
        """Return the file with a run's records."""
        return self.records / f"{run}.jsonl"

    @property
    def pages(self) -> Path:
        """The folder with a folder of pages for each run."""
        return self.folder / "pages"

    def pages_of(self, run: str) -> Path:
        """Return the folder with a run's pages."""
        return self.pages / run


def mark_run(run: Run, kept: KeptRuns, marker: Marker) -> Done:
    """Mark the files of a run, unless that has been done with the same files and settings.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    path, pages = kept.records_of(run.name), kept.pages_of(run.name)
    if _is_done(run, path, pages, marker, kept.key):
        return Done(run.name, len(run.refs), True)
    path.unlink(missing_ok=True)
    shutil.rmtree(pages, ignore_errors=True)
    lines, inputs = [], [marker.digest.encode()]
    for number, ref in enumerate(run.refs):
        marked = marker.mark(ref, f"{number:03d}.html")
        inputs.append(marked.read)
        if marked.page:
            if not pages.exists():
                pages.mkdir(parents=True)
            _put(f"{pages}{os.sep}{marked.record.page}", marked.page)
        lines.append(encoded(marked.record))
    write_run(path, fingerprint(inputs), lines, kept.key)
    return Done(run.name, len(run.refs), False)


def _put(path: str, page: bytes) -> None:
    """Write a page: without a path object and a file object it takes half as long."""
    opened = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(page)
        while left:
            left = left[os.write(opened, left) :]
    finally:
        os.close(opened)


def _is_done(run: Run, path: Path, pages: Path, marker: Marker, key: bytes) -> bool:
    known = read_run(path)
    if known is None:
        return False
    head, lines = known
    if not is_sealed(path, head, key):
        return False
    inputs = (input_of(ref) for ref in run.refs)
    if head.made_from != fingerprint((marker.digest.encode(), *inputs)):
        return False
    try:
        return all(
            hashlib.sha256((pages / record.page).read_bytes()).hexdigest() == record.check
            for record in map(decoded, lines)
            if record.page
        )
    except OSError:
        return False


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def marked_runs(
    runs: Iterable[Run], kept: KeptRuns, settings: Settings, marker: Marker, jobs: int
) -> Iterator[Done]:
    """Mark runs and yield them in their order, whoever marks them.

    Args:
        runs: the runs; they are taken as they are needed.
        kept: where their records and pages go.
        settings: how to mark.
        marker: this process's own marker.
        jobs: how many processes mark; 1 for this one alone.

    Raises:
        MarkingStopped: another process ended unexpectedly.
        OSError: the disk is full, or cannot be written.
    """
    if jobs <= 1:
        for run in runs:
            yield mark_run(run, kept, marker)
        return
    # Spawned everywhere, as Windows and macOS do it: the same code runs on every system.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(settings, kept))
    try:
        yield from _in_order(runs, lambda run: _submitted(pool, run), 4 * jobs)
    except BrokenProcessPool as problem:
        raise MarkingStopped(
            "A process that was marking ended unexpectedly (too little memory, perhaps). What is done "
            "is kept: give the same command again, with --jobs 1 if it happens again."
        ) from problem
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, run: Run) -> Future[Done]:
    with deaf_children():  # it is here that the pool starts its processes
        return pool.submit(_work, run)


def _in_order(
    runs: Iterable[Run], submit: Callable[[Run], Future[Done]], most: int
) -> Iterator[Done]:
    waiting: deque[Future[Done]] = deque()
    for run in runs:
        waiting.append(submit(run))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Have Python look for circles of objects more seldom, and not among those that are there now.

    Marking makes thousands of small values a file and no circles but those of a refused file's error;
    the keys and texts, which it would look through again and again, stay for the whole run.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


_own: list[tuple[Marker, KeptRuns]] = []


def _begin(settings: Settings, kept: KeptRuns) -> None:
    """Prepare a process for marking: Ctrl-C is for its parent, and it ends when the parent has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # also where `deaf_children` could do nothing
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _own[:] = [(Marker(settings), kept)]


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _work(run: Run) -> Done:
    (marker, kept), *_ = _own
    with seldom_collected():
        return mark_run(run, kept, marker)
