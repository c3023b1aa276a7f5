"""Write a folder all at once: into a temporary sibling, then swapped in; never into foreign work.

The folder carries a small file that says who made it. Only such a folder is ever replaced, and only
if nothing in it is of unknown origin, so that a slip in a path costs nobody a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import BriefingError

MARK = "made-by-briefing.txt"
_LOCK = re.compile(r"\.~lock\.([^/]+\.csv)#|~\$([^/]+\.csv)")  # of LibreOffice; of Excel
LONGEST_SHOWN = 200  # characters of a path in a sentence


class OutputRefused(BriefingError):
    """The folder cannot be written, or must not be."""


class OtherClass(OutputRefused):
    """The output holds marks, and none of their students and exercises is marked now."""


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file: what tells whether somebody has saved in it since."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def fresh_folder(
    out: Path, sentence: str, is_ours: Callable[[str], bool], *, keep_from: Path | None = None
) -> Iterator[Path]:
    """Give a temporary folder to fill; it becomes `out` when the block ends without an error.

    Args:
        out: the folder to make or to make again.
        sentence: what its `made-by-briefing.txt` says; tells one command's output from another's.
        is_ours: says of a path below `out` (with `/`) whether this command writes such files.
        keep_from: a folder that must not lie in `out` (what is read meanwhile).

    Raises:
        OutputRefused: `out` holds something else, or cannot be written; nothing has changed then, or
            it is said where what was there before is kept.
    """
    out = place_for(out, sentence, is_ours, keep_from)
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        (partial / MARK).write_text(sentence + "\n", encoding="utf-8", newline="\n")
        yield partial
        _swap(partial, out)
    except OSError as problem:
        moved = _old(out).exists() and not out.exists()
        before = f"is kept in {_old(out)}" if moved else "is unchanged"
        raise OutputRefused(
            f"The output folder {out} could not be written ({problem.strerror or problem}); what "
            f"was there before {before}. Make room or choose another --out."
        ) from problem
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def whole_path(folder: Path) -> Path:
    """Return `folder` without links in it; its name is looked at before anything is done.

    Raises:
        OutputRefused: there can be no such folder.
    """
    try:
        whole = folder.resolve()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            whole.stat()
        return whole
    except (OSError, RuntimeError) as problem:  # until Python 3.12 a loop was a RuntimeError
        why = getattr(problem, "strerror", None) or "a link leads back to itself"
        name = str(folder)
        shown = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
        raise OutputRefused(
            f"The folder {shown} cannot be used ({why}); give another one."
        ) from problem


def place_for(
    out: Path, sentence: str, is_ours: Callable[[str], bool], keep_from: Path | None
) -> Path:
    """Return the whole path of `out` once it is certain that it may be made there.

    Raises:
        OutputRefused: it would take in `keep_from`, or `check_output` refuses it.
    """
    out = whole_path(out)
    if keep_from is not None and whole_path(keep_from).is_relative_to(out):
        raise OutputRefused(
            f"The output {out} holds the folder that is to be read; give another --out."
        )
    check_output(out, sentence, is_ours)
    return out


def check_output(out: Path, sentence: str, is_ours: Callable[[str], bool]) -> None:
    """Look whether `out` may be replaced: it is absent, empty, or holds only what the command made.

    Raises:
        OutputRefused: it holds something else, or cannot be read.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputRefused(f"{out} is a file, not a folder; give another --out.")
    try:
        mark = out / MARK
        ours = mark.is_file() and mark.read_text(encoding="utf-8").split("\n")[0] == sentence
        if not ours and any(out.iterdir()):
            raise OutputRefused(
                f"The folder {out} is not empty and was not made by this command; give another --out, "
                "so that nothing in it is lost."
            )
        # The first of each by name, so that the sentence is the same whatever order a disk tells them in.
        lock = foreign = ""
        for name in _files_below(str(out)):
            found = _LOCK.fullmatch(name)
            if found and is_ours(found[1] or found[2]):
                lock = min(lock or name, name)
            elif name != MARK and not is_ours(name):
                foreign = min(foreign or name, name)
    except (OSError, UnicodeDecodeError) as problem:
        raise OutputRefused(f"The folder {out} cannot be read ({problem}).") from problem
    if lock:
        table = lock.removeprefix(".~lock.").removeprefix("~$").removesuffix("#")
        raise OutputRefused(
            f"{table} in {out} is open in a spreadsheet: save and close it, then mark again "
            f"(if it is closed, delete {lock})."
        )
    if foreign:
        raise OutputRefused(
            f"The folder {out} holds {foreign}, which this command did not make; move it away, then "
            "give the same command again."
        )


def _files_below(folder: str) -> Iterator[str]:
    """Yield the paths of all files and links below a folder, with `/`, in no order and one by one."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path[len(folder) + 1 :].replace(os.sep, "/")


def _swap(partial: Path, out: Path) -> None:
    """Put `partial` in the place of `out`; what stops that, Ctrl-C too, brings the old one back."""
    if not out.exists():
        partial.rename(out)
        return
    old = _old(out)
    shutil.rmtree(old, ignore_errors=True)
    try:
        out.rename(old)
        partial.rename(out)
    finally:
        if not partial.exists():
            shutil.rmtree(old, ignore_errors=True)
        elif not out.exists():
            old.rename(out)


def _old(out: Path) -> Path:
    """Where the output goes while the new one takes its place."""
    return out.with_name(f".{out.name}.{os.getpid()}.old")
