"""Read one file that was handed in: its bytes, or in one sentence why it has none to mark.

A file is known by what it holds, not by its name: an LMS renames what it collects.
"""

from __future__ import annotations

import os

from briefing.answers.schema import FORMAT, MAX_BYTES
from briefing.marking.hand_ins.cautious import NoFile, opened
from briefing.marking.hand_ins.foreign import not_answers
from briefing.marking.hand_ins.notebooks import LARGEST_NOTEBOOK, from_notebook
from briefing.marking.hand_ins.refs import Found, Ref, What
from briefing.marking.hand_ins.zip_members import MemberUnreadable, bytes_at

_MARKERS = tuple(FORMAT.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_NAME = ".answers.json"


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
    except (MemberUnreadable, NoFile) as problem:
        return Found(b"", str(problem), What.OTHER)
    if notebook:
        return from_notebook(data)
    if name.endswith(_NAME) or _meant(data):
        return Found(data)
    return Found(b"", not_answers(ref.path, data), What.OTHER)


def _bytes(ref: Ref, most: int) -> bytes:
    if ref.inside:
        return bytes_at(ref.file, ref.inside, most)
    # Read by descriptor: a file object would take longer to make than the file to read.
    descriptor = opened(ref.file)
    try:
        size = os.fstat(descriptor).st_size
        data = os.read(descriptor, min(most, size + 1))
        if len(data) == size:  # nearly always: it is all there, and has not grown
            return data
        parts, left = [data], most
        while parts[-1] and (left := left - len(parts[-1])):
            parts.append(os.read(descriptor, min(left, 1 << 20)))
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _meant(data: bytes) -> bool:
    """Say whether a file begins as JSON and names the format: whether it is whole is seen later."""
    return data[:200].lstrip(_BEFORE)[:1] == b"{" and any(marker in data for marker in _MARKERS)
