"""Open a file that may have become another thing since it was listed; follows no link, waits for no pipe."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

LINK = "Not followed: a link to another place; copy the file itself here."
DEVICE = "Not an answers file: no ordinary file, so it was not opened."
_CAUTIOUS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_FOLDERS_TOO = os.name == "posix"
"""Elsewhere a path may be spelled in two ways without any link in it."""


class NoFile(Exception):
    """No ordinary file any more; its text is the sentence."""


def opened(path: str) -> int:
    """Open a file for reading and return its descriptor, which is the caller's to close.

    Args:
        path: the file, its path without links as the listing found it.

    Raises:
        NoFile: it, or a folder above it, has become a link; or it is a pipe, a folder or a device.
        OSError: it cannot be opened.
    """
    try:
        descriptor = os.open(path, _CAUTIOUS)
    except OSError as problem:
        if os.path.islink(path):  # noqa: PTH114 (a path of any length)
            raise NoFile(LINK) from problem
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NoFile(DEVICE)
        if _FOLDERS_TOO and not _lies_at(path, descriptor):
            raise NoFile(LINK)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _lies_at(path: str, descriptor: int) -> bool:
    """Say whether what was opened lies at `path` itself, no folder above it being a link."""
    try:  # Linux knows where an open file lies, in one step and whatever happens meanwhile
        if os.readlink(f"/proc/self/fd/{descriptor}") == path:  # noqa: PTH115
            return True
    except OSError:
        pass
    folder = os.path.dirname(path)  # noqa: PTH120
    return os.path.realpath(folder) == folder


def opened_file(path: str) -> BinaryIO:
    """Return the same as a file.

    Raises:
        NoFile: see `opened`.
        OSError: it cannot be opened.
    """
    return os.fdopen(opened(path), "rb")


def beginning(path: str, most: int) -> bytes:
    """Return at most the first `most` bytes of a file; b"" where it cannot be read."""
    try:
        with opened_file(path) as file:
            return file.read(most)
    except (OSError, NoFile):
        return b""
