"""Read one file that was handed in: its bytes, or in one sentence why it has none to mark.

A file is known by what it holds, not by its name: an LMS renames what it collects.
"""

from __future__ import annotations

import os
import stat

from briefing.answers.schema import FORMAT, MAX_BYTES
from briefing.marking.hand_ins.folders import DEVICE, LINK
from briefing.marking.hand_ins.foreign import not_answers
from briefing.marking.hand_ins.notebooks import LARGEST_NOTEBOOK, from_notebook
from briefing.marking.hand_ins.refs import Found, Ref, What
from briefing.marking.hand_ins.zip_members import MemberUnreadable, bytes_at

_MARKERS = tuple(FORMAT.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_NAME = ".answers.json"
_CAUTIOUS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""A file may have become a link or a pipe since it was listed: the one is not followed, the other not
waited for."""


class _NoFile(Exception):
    """No ordinary file any more; its text is the sentence."""


def read(ref: Ref) -> Found:
    """Return what the file holds; whatever it is, this returns."""
    if ref.problem:
        return Found(b"", ref.problem, ref.what)
    name = ref.path.rpartition("/")[2].lower()
    notebook = name.endswith(".ipynb")
    try:
        data = _bytes(ref, (LARGEST_NOTEBOOK if notebook else MAX_BYTES) + 1)
    except OSError as problem:
        return Found(b"", f"It cannot be read ({problem.strerror}).", What.OTHER)
    except (MemberUnreadable, _NoFile) as problem:
        return Found(b"", str(problem), What.OTHER)
    if notebook:
        return from_notebook(data)
    if name.endswith(_NAME) or _meant(data):
        return Found(data)
    return Found(b"", not_answers(ref.path, data), What.OTHER)


def _bytes(ref: Ref, most: int) -> bytes:
    if ref.inside:
        return bytes_at(ref.file, ref.inside, most)
    try:
        opened = os.open(ref.file, _CAUTIOUS)
    except OSError as problem:
        if os.path.islink(ref.file):  # noqa: PTH114 (a path of any length)
            raise _NoFile(LINK) from problem
        raise
    # Read by descriptor: a file object would take longer to make than the file to read.
    try:
        facts = os.fstat(opened)
        if not stat.S_ISREG(facts.st_mode):
            raise _NoFile(DEVICE)
        parts, left = [os.read(opened, min(most, facts.st_size + 1))], most
        while parts[-1] and (left := left - len(parts[-1])):
            parts.append(os.read(opened, min(left, 1 << 20)))
        return b"".join(parts)
    finally:
        os.close(opened)


def _meant(data: bytes) -> bool:
    """Say whether a file begins as JSON and names the format: whether it is whole is seen later."""
    return data[:200].lstrip(_BEFORE)[:1] == b"{" and any(marker in data for marker in _MARKERS)
