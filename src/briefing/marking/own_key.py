"""The key by which this computer knows its own unfinished markings again; it is never in an output."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import cache
from pathlib import Path

from briefing.corpus import course_folder

LENGTH = 32
"""Bytes of a key."""


@cache
def own_key() -> bytes:
    """Return the key of this course folder, made on first need.

    Where it can be neither read nor kept, it is a new one each time, and what was begun is begun anew.
    """
    path = course_folder() / ".start" / "marking.key"
    try:
        key = path.read_bytes()
        if len(key) == LENGTH:
            return key
    except FileNotFoundError:
        pass
    except OSError:
        return secrets.token_bytes(LENGTH)
    key = secrets.token_bytes(LENGTH)
    with contextlib.suppress(OSError):  # the course folder is read-only or full
        _keep(path, key)
    return key


def _keep(path: Path, key: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    part.replace(path)
