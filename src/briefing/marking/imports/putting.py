"""Put a file where a teacher looks for it: replaces only what was written here and is unchanged.

A file that somebody has changed, or that came from elsewhere, stays; the new one gets a number then, and
a sentence says which is which. What was written is known again by its digest, kept in the course's folder.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefing.corpus import course_folder
from briefing.marking.imports.rows import ImportRefused
from briefing.marking.output import digest_of

MOST = 500
"""How many files are remembered, those written last."""


@dataclass(frozen=True, slots=True)
class Put:
    """Where a file has been put, and what is to be said about another one that was there, or ""."""

    path: Path
    sentence: str = ""


def put(out: Path, write: Callable[[Path], object]) -> Put:
    """Have a file written whole, then put it at `out` or, where that must stay, beside it.

    Args:
        out: where it is wanted.
        write: writes it to the path it is given; what it raises goes through.

    Raises:
        ImportRefused: the place cannot be written, or is a folder.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        write(part)
        digest = digest_of(part)
        written = _written()
        number, target = 1, out
        while _stays(target, digest, written):
            number += 1
            target = out.with_name(f"{out.stem}-{number}{out.suffix}")
        replaced = target.exists()
        part.replace(target)
    except OSError as problem:
        raise ImportRefused(
            f"{out} cannot be written ({problem.strerror or problem}); close it where it is open, or give "
            "another name."
        ) from problem
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _remember(written, target, digest)
    said = [f"The {target} of before, which nobody had changed, is replaced."] if replaced else []
    if number > 1:
        said.append(
            f"{out} was changed after it was made, or is not from here: it stays, and is the OLD one. "
            f"The NEW one is {target}."
        )
    return Put(target, " ".join(said))


def _stays(path: Path, digest: str, written: dict[str, str]) -> bool:
    """Say whether a file is there that must not be replaced.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_symlink() or not path.exists():
        return path.is_symlink()
    return digest_of(path) not in (digest, written.get(str(path.resolve())))


def _memory() -> Path:
    return course_folder() / ".start" / "exported.json"


def _written() -> dict[str, str]:
    """Return the digest of each file that was put somewhere, by its whole path; what is spoilt is forgotten."""
    try:
        found = json.loads(_memory().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: digest for path, digest in found.items() if isinstance(digest, str)}


def _remember(written: dict[str, str], path: Path, digest: str) -> None:
    whole = str(path.resolve())
    kept = [(name, one) for name, one in written.items() if name != whole][-MOST + 1 :]
    memory = _memory()
    part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
    with contextlib.suppress(
        OSError
    ):  # a folder that cannot be written: the next file gets a number
        memory.parent.mkdir(exist_ok=True)
        part.write_text(json.dumps(dict([*kept, (whole, digest)]), indent=0), encoding="ascii")
        part.replace(memory)
