"""A work folder beside the output: locked while somebody works in it, kept when the work is cut short.

What is finished in it can be taken up by the next run. The output is untouched until everything is
written; then the two are swapped, and a swap that was cut short is mended before anything else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from briefing.marking.output import (
    MARK,
    OtherClass,
    OutputRefused,
    check_output,
    digest_of,
    place_for,
    whole_path,
)
from briefing.marking.own_key import own_key
from briefing.marking.runs import KeptRuns

SENTENCE = (
    "Made by `briefing grade`: what it has done so far. Give the same command again and it goes on from "
    "here; or remove this folder."
)
BUSY = (
    "Another command is writing {out} at this moment; wait until it is done, or give another --out."
)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class Work:
    """A work folder.

    Attributes:
        out: the output, its path without links.
        folder: the work folder.
    """

    out: Path
    folder: Path

    @property
    def kept(self) -> KeptRuns:
        """Where finished runs are."""
        return KeptRuns(self.folder, own_key())

    @property
    def target(self) -> Path:
        """The new output."""
        return self.folder / "out"

    @property
    def inputs(self) -> Path:
        """Where copies of tables that people filled in are."""
        return self.folder / "inputs"

    @property
    def register(self) -> Path:
        """The register's file."""
        return self.folder / "register.sqlite"

    @property
    def old(self) -> Path:
        """Where the output goes while the new one takes its place."""
        return self.folder / "old"

    @property
    def has_done_something(self) -> bool:
        """Whether any run of files is finished."""
        return self.kept.records.is_dir() and any(self.kept.records.glob("*.jsonl"))


def work_folder(out: Path) -> Path:
    """Return where the work folder of an output is, if there is one."""
    return out.parent / f".{out.name}.marking"


@contextlib.contextmanager
def work_beside(
    out: Path, sentence: str, is_ours: Callable[[str], bool], *, keep_from: Path | None = None
) -> Iterator[Work]:
    """Give a work folder; what is in its `target` becomes `out` when the block ends without an error.

    Args:
        out: the folder to make or to make again.
        sentence: what its `made-by-briefing.txt` says; tells one command's output from another's.
        is_ours: says of a path below `out` (with `/`) whether this command writes such files.
        keep_from: a folder that must not lie in `out` (what is read meanwhile).

    Raises:
        OutputRefused: `out` holds something else, cannot be written, somebody else is writing it, or
            something was saved in it meanwhile; it has not changed then, or it is said where what was
            there before is kept.
    """
    out = place_for(out, sentence, is_ours, keep_from)
    work = Work(out, work_folder(out))
    whole_path(work.folder)  # its name is longer than the output's, and may be too long
    try:
        with _locked(work):
            _refuse_links(work)
            _mend(work)
            check_output(out, sentence, is_ours)
            seen = _tables_in(out)
            for folder in (work.target, work.inputs):
                shutil.rmtree(folder, ignore_errors=True)
            for folder in (work.target, work.inputs, work.kept.records):
                folder.mkdir(parents=True, exist_ok=True)
            (work.target / MARK).write_text(sentence + "\n", encoding="utf-8", newline="\n")
            try:
                yield work
            except BaseException as problem:
                if isinstance(problem, OtherClass) or not work.has_done_something:
                    _remove(work)
                raise
            _swap(work, seen)
            with contextlib.suppress(KeyboardInterrupt):  # all is done; the next run tidies up
                _remove(work)
    except OSError as problem:
        before = "is unchanged"
        if work.old.exists() and not out.exists():
            before = f"is kept in {work.old}, and the same command puts it back"
        kept = (
            " What is marked so far is kept; the same command goes on from there."
            if work.has_done_something
            else ""
        )
        raise OutputRefused(
            f"The output folder {out} could not be written ({problem.strerror or problem}); what "
            f"was there before {before}. Make room or choose another --out.{kept}"
        ) from problem


@contextlib.contextmanager
def _locked(work: Work) -> Iterator[None]:
    """Hold the folder against other processes; the system lets go of the lock of one that has died."""
    if work.folder.is_symlink() or (work.folder.exists() and not work.folder.is_dir()):
        raise OutputRefused(f"{work.folder} is in the way; move it away, then mark again.")
    work.folder.mkdir(parents=True, exist_ok=True)
    mark = work.folder / MARK
    if not mark.exists():
        if any(work.folder.iterdir()):
            raise OutputRefused(
                f"The folder {work.folder} was not made by this command; move it away, then mark again."
            )
        mark.write_text(SENTENCE + "\n", encoding="utf-8", newline="\n")
    handle = os.open(mark, os.O_RDWR)
    try:
        try:
            _try_lock(handle)
        except OSError as problem:
            if problem.errno not in _NO_LOCKS:
                raise OutputRefused(BUSY.format(out=work.out)) from None
        if sys.platform != "win32" and not _is_still(mark, handle):
            raise OutputRefused(BUSY.format(out=work.out))
        try:
            yield
        finally:
            if sys.platform != "win32":  # while it is locked, so that nobody is cut off
                _remove_folder(work)
    finally:
        os.close(handle)
    if sys.platform == "win32":  # which removes no file that is open
        _remove_folder(work)


def _refuse_links(work: Work) -> None:
    """Stop where something in the folder is a link: through it, files elsewhere would be written over."""
    pages = work.kept.pages
    for path in chain(work.folder.iterdir(), pages.iterdir() if pages.is_dir() else ()):
        if path.is_symlink():
            raise OutputRefused(
                f"{path} is a link, and this command makes none; remove {work.folder}, then mark again."
            )


def _is_still(path: Path, handle: int) -> bool:
    """Say whether a file that was opened has not been removed since by the one who had the lock."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond the text, or nobody could read it
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _mend(work: Work) -> None:
    """Put the old output back where a swap was cut short between its two steps."""
    if not work.old.exists():
        return
    if not work.out.exists():
        work.old.rename(work.out)
    elif work.target.exists():  # somebody has put another folder there meanwhile: both are kept
        number = 1
        while (beside := work.out.with_name(f"{work.out.name}-before-{number}")).exists():
            number += 1
        work.old.rename(beside)
    else:
        shutil.rmtree(work.old, ignore_errors=True)


def _tables_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each table in a folder, and "" for any other file; hidden ones are nobody's."""
    if not folder.is_dir():
        return {}
    found = {}
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith("."):
            found[path.name] = digest_of(path) if path.suffix == ".csv" else ""
    return found


def _swap(work: Work, seen: Mapping[str, str]) -> None:
    """Put the new output in the old one's place; what stops that, Ctrl-C too, brings the old one back.

    Args:
        work: the work folder.
        seen: what was in the old output when the work began.

    Raises:
        OutputRefused: something was saved in the old output since; it would be lost.
        OSError: that could not be done; where the old output could not be brought back either,
            everything stays as it lies, and `_mend` tries again in the next run.
    """
    try:
        if work.out.exists():
            shutil.rmtree(work.old, ignore_errors=True)
            work.out.rename(work.old)
            _refuse_news(work, seen)  # nobody can save there any more
        work.target.rename(work.out)
    except BaseException as problem:
        if isinstance(problem, KeyboardInterrupt) and not work.target.exists():
            return  # it came too late: the new output is in its place
        _mend(work)
        if not work.has_done_something:
            _remove(work)
        raise


def _refuse_news(work: Work, seen: Mapping[str, str]) -> None:
    now = _tables_in(work.old)
    changed = sorted(name for name in seen.keys() | now.keys() if seen.get(name) != now.get(name))
    if changed:
        raise OutputRefused(
            f"{changed[0]} in {work.out} was saved while this command was at work; nothing was changed. "
            "Give the same command again."
        )


def _remove(work: Work) -> None:
    """Remove everything but the lock, the old output last, and never where it is the only one."""
    for path in sorted(work.folder.iterdir(), key=lambda path: path == work.old):
        if path.name == MARK or (path == work.old and not work.out.exists()):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


def _remove_folder(work: Work) -> None:
    """Remove the lock and the folder, if nothing else is left in it."""
    with contextlib.suppress(OSError):
        if [path.name for path in work.folder.iterdir()] == [MARK]:
            (work.folder / MARK).unlink()
            work.folder.rmdir()
