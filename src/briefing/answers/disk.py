"""Put bytes on disk so that a crash leaves the old file or the new one; knows no answers.

One lock per file keeps two programs from writing at once; earlier versions are kept beside it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import BriefingError

VERSIONS = ".versions"
KEPT = 20
SLOT = 600
PATIENCE = 5.0  # seconds to wait for another program's lock

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


class SaveFailed(BriefingError):
    """Nothing was saved; the file is as it was before."""


def replace_file(path: Path, data: bytes, *, folder_too: bool = True) -> None:
    """Write `data` to `path` by way of a temporary file in the same folder, and wait for the disk.

    Args:
        path: where it is to stand.
        data: the bytes.
        folder_too: make the folder where there is none.

    Raises:
        SaveFailed: it could not be written; whatever stood at `path` still stands there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if folder_too:
            path.parent.mkdir(parents=True, exist_ok=True)
        _write(part, data)
        _swap(part, path)
        _settle(path.parent)
    except OSError as problem:
        with contextlib.suppress(OSError):
            part.unlink()
        raise SaveFailed(explain(path, problem)) from problem


def _write(path: Path, data: bytes) -> None:
    """Write a new file: what stands there already, such as a link to elsewhere, is not written to."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(part: Path, path: Path) -> None:
    """Put `part` in the place of `path`; on Windows wait a moment for whoever is reading it."""
    deadline = time.monotonic() + (PATIENCE if sys.platform == "win32" else 0)
    while True:
        try:
            part.replace(path)
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.05)


def _settle(folder: Path) -> None:
    """Wait until the folder's new entry is on disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def explain(path: Path, problem: OSError) -> str:
    """Return one sentence for a file that could not be written: what is wrong and what to do."""
    if problem.errno in _FULL:
        return (
            f"The disk is full, so {path.name} was not saved; what was saved before is untouched. "
            "Free some space, then save again."
        )
    if problem.errno in _READ_ONLY:
        return (
            f"The folder {path.parent} cannot be written to, so {path.name} was not saved; "
            "download your answers, or set BRIEFING_WORK to a folder of your own."
        )
    return (
        f"{path.name} was not saved ({problem.strerror or problem}); what was saved before is "
        "untouched. Download your answers, then save again."
    )


@contextlib.contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock `name` of a folder against other programs, kernels and threads.

    Where the file system knows no locks (some network drives) the work goes on without one.

    Raises:
        SaveFailed: the folder cannot be written to, or another program holds the lock too long.
    """
    path = folder / VERSIONS / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise SaveFailed(explain(folder / name, problem)) from problem
    with locked_at(path, folder / name):
        yield


@contextlib.contextmanager
def locked_at(lock: Path, guarded: Path) -> Iterator[None]:
    """Hold the file `lock` against others while `guarded` is read and written; as `locked` does.

    Raises:
        SaveFailed: as `locked`.
    """
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as problem:
        raise SaveFailed(explain(guarded, problem)) from problem
    try:
        _take(handle, guarded.name)
        yield
    finally:
        os.close(handle)  # lets go of the lock


def _take(handle: int, name: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _try_lock(handle)
            return
        except OSError as problem:
            if problem.errno in _NO_LOCKS:
                return
            if time.monotonic() > deadline:
                raise SaveFailed(
                    f"Another program is saving {name} and does not finish; close the other "
                    "window, then save again."
                ) from problem
            time.sleep(0.01)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def keep_version(path: Path, revision: int, data: bytes) -> None:
    """Keep `data` as a version of `path`, and drop old ones.

    The last `KEPT` stay; of those before, the last of each `SLOT` seconds stays, `KEPT` of them: a
    version is one mark, so the last ones alone would reach back only minutes. A version that cannot
    be written is given up quietly: the file itself is safe already.
    """
    version = path.parent / VERSIONS / f"{_stem(path)}.r{revision:06d}.json"
    part = version.with_suffix(".part")
    try:
        _write(part, data)
        part.replace(version)
        for old in _superfluous(versions(path)):
            old.unlink()
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()


def _superfluous(kept: list[Path]) -> list[Path]:
    older = kept[:-KEPT]
    if not older:
        return []
    slots = {_slot(kept[-KEPT])}
    dropped = []
    for version in reversed(older):
        slot = _slot(version)
        if slot in slots or len(slots) > KEPT:
            dropped.append(version)
        slots.add(slot)
    return dropped


def _slot(version: Path) -> int:
    return int(version.stat().st_mtime // SLOT)


def versions(path: Path) -> list[Path]:
    """Return the kept versions of `path`, oldest first."""
    return [version for _, version in _numbered(path)]


def numbers(path: Path) -> list[int]:
    """Return the numbers of the kept versions of `path`, the lowest first."""
    return [number for number, _ in _numbered(path)]


def _numbered(path: Path) -> list[tuple[int, Path]]:
    pattern = re.compile(re.escape(_stem(path)) + r"\.r([0-9]{6,18})\.json")
    found = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent / VERSIONS):
            match = pattern.fullmatch(entry.name)
            if match:
                found.append((int(match[1]), Path(entry.path)))
    return sorted(found)


def keep_aside(path: Path, data: bytes, why: str) -> Path:
    """Keep `data` for good among the versions, under a name that says why.

    Raises:
        SaveFailed: it could not be written.
    """
    aside = _free(path.parent / VERSIONS, f"{_stem(path)}.{why}", ".json")
    replace_file(aside, data)
    return aside


def asides(path: Path) -> list[tuple[str, Path]]:
    """Return what was kept aside of `path` for good, each with the word that says why."""
    pattern = re.compile(re.escape(_stem(path)) + r"\.([a-z][a-z-]*)-(\d+)\.json")
    found = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent / VERSIONS):
            match = pattern.fullmatch(entry.name)
            if match:
                found.append((match[1], int(match[2]), Path(entry.path)))
    return [(why, aside) for why, _, aside in sorted(found)]


def move_aside(path: Path, stem: str, ending: str = "") -> Path:
    """Move what stands at `path` to a free name beside it, `STEM-NUMBER` and the ending.

    Raises:
        SaveFailed: it could not be moved, and so it was left alone.
    """
    aside = _free(path.parent, stem, ending)
    try:
        path.rename(aside)
    except OSError as problem:
        raise SaveFailed(explain(path, problem)) from problem
    return aside


def _free(folder: Path, stem: str, ending: str) -> Path:
    number = 1
    while os.path.lexists(folder / f"{stem}-{number}{ending}"):
        number += 1
    return folder / f"{stem}-{number}{ending}"


def sweep(path: Path) -> None:
    """Remove temporary files that a killed program left beside `path`; call it under the lock."""
    for left in path.parent.glob(f".{path.name}.*.part"):
        with contextlib.suppress(OSError):
            left.unlink()


def _stem(path: Path) -> str:
    return path.name.removesuffix(".answers.json").removesuffix(".json")
