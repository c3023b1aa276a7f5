"""The answers file as the plain tree it is kept as, unknown fields and all; takes no locks.

Marking reads typed answers (`briefing.answers.read`); only the store works on the tree itself.
"""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import msgspec

from briefing import __version__
from briefing.answers import disk
from briefing.answers.disk import SaveFailed
from briefing.answers.read import (
    NewerVersion,
    NotGradable,
    is_deep,
    parse_answers,
    read_tree,
    typed,
)
from briefing.answers.schema import FORMAT, MAX_BYTES, MAX_DEPTH, VERSION
from briefing.errors import BriefingError

Tree = dict[str, Any]

AROUND = 4
"""How many levels of a file lie around an answer at most; an answer's own must leave room for them."""

FAR = 900_000_000
"""A revision from here on was never counted up to: from it the numbers that a file may hold would run out."""


class AnswersUnreadable(BriefingError):
    """The answers file is there and must not be touched, but cannot be used."""


def fresh(exercise: str, student: str) -> Tree:
    """Return the tree of a file without answers."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "course": __version__,
        "exercise": exercise,
        "student": student,
        "revision": 0,
        "saved": "",
        "changed": {},
        "answers": {},
    }


def encoded(tree: Tree) -> bytes:
    """Return the bytes of the file, one value a line so that a person can read it."""
    return msgspec.json.format(msgspec.json.encode(tree), indent=1) + b"\n"


def completed(tree: Tree) -> Tree:
    """Return a tree that was read, with the optional fields that the store relies on.

    A revision that nobody can have counted up to counts as none.
    """
    revision = tree["revision"] if tree["revision"] < FAR else 0
    changed = dict(tree.get("changed", {})) if revision == tree["revision"] else {}
    return {**tree, "revision": revision, "saved": tree.get("saved", ""), "changed": changed}


def last_kept(path: Path) -> int:
    """Return the highest number among the kept versions of the file at `path`; 0 without one."""
    return max((number for number in disk.numbers(path) if number < FAR), default=0)


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes at `path`, one more than allowed at most; None where there is no file.

    Raises:
        AnswersUnreadable: the system does not let it be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe could wait for ever
            raise AnswersUnreadable(
                f"{path} cannot be read, for it is no ordinary file; move it away, then run the "
                "cell again."
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise AnswersUnreadable(
            f"{path} cannot be read ({problem.strerror}); make it a file that you may read and "
            "write, then run the cell again."
        ) from problem


def parsed(data: bytes, exercise: str, name: str) -> Tree | None:
    """Return the tree in `data`; None where it is damaged or belongs to another exercise.

    Raises:
        AnswersUnreadable: a newer version of the course has written it.
    """
    try:
        tree = read_tree(data)
        typed(tree)
    except NewerVersion as newer:
        raise AnswersUnreadable(f"{name} cannot be used and was not touched. {newer}") from None
    except NotGradable:
        return None
    return completed(tree) if tree["exercise"] == exercise else None


def good(path: Path, exercise: str) -> Tree | None:
    """Return the tree of a kept version; None where it cannot be used."""
    try:
        data = read_bytes(path)
        return None if data is None else parsed(data, exercise, path.name)
    except AnswersUnreadable:
        return None


def newest_kept(path: Path, exercise: str) -> Tree | None:
    """Return the newest kept version of the file at `path` that can be used."""
    for version in reversed(disk.versions(path)):
        tree = good(version, exercise)
        if tree is not None:
            return tree
    return None


def set_aside(path: Path, exercise: str, data: bytes) -> str:
    """Move a file that cannot be used out of the way; return where it is and why, in words.

    Raises:
        SaveFailed: it could not be moved, and so it was left alone.
    """
    try:
        parse_answers(data)
        why = f"It belongs to another exercise than {exercise}."
    except NotGradable as problem:
        why = problem.reason
    aside = disk.move_aside(path, f"{exercise}.damaged", ".json")
    return f"{path.name} could not be used and is kept as {aside.name}. {why}"


def whole(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a payload as plain JSON; half characters, which no file can hold, become U+FFFD.

    Raises:
        SaveFailed: it holds something other than plain data.
    """
    try:
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as problem:
        raise SaveFailed(f"Not saved: the answer is not plain data ({problem}).") from None
    tree = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if not isinstance(tree, dict) or is_deep(tree, MAX_DEPTH - AROUND):
        raise SaveFailed("Not saved: the answer is not plain data.")
    return tree
