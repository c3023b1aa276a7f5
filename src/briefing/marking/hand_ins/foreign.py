"""Say in words what a file is that is no answers file, and what to ask for; opens nothing itself."""

from __future__ import annotations

from pathlib import PurePath

from briefing.marking.hand_ins.layouts import typed_in_moodle

ASK = "ask the student for the file that ends in .answers.json"
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})
_BY_SUFFIX = {
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "a text document",
    ".rtf": "a text document",
    ".pages": "a Pages document",
    ".xls": "a spreadsheet",
    ".xlsx": "a spreadsheet",
    ".ods": "a spreadsheet",
    ".csv": "a table",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".pdf": "a PDF",
    ".html": "a web page",
    ".htm": "a web page",
    ".mhtml": "a web page",
    ".eml": "an e-mail",
    ".msg": "an e-mail",
    ".png": "a picture",
    ".jpg": "a picture",
    ".jpeg": "a picture",
    ".gif": "a picture",
    ".heic": "a picture",
    ".webp": "a picture",
    ".py": "a program",
    ".txt": "a text",
    ".md": "a text",
    ".part": "a download that was broken off",
    ".crdownload": "a download that was broken off",
}
_BY_BEGINNING = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a text document"),
)


def not_answers(path: str, data: bytes) -> str:
    """Return the sentence for the gradebook about a file that is no answers file.

    Args:
        path: its name or path.
        data: its bytes, or their beginning.
    """
    suffix = PurePath(path).suffix.lower()
    if not data.strip():
        return f"Not an answers file: it is empty; {ASK}."
    archive = data[:4] == b"PK\x03\x04" and suffix not in _BY_SUFFIX
    if suffix in _ARCHIVES or archive or data[:2] == b"\x1f\x8b":
        return "Not an answers file: a compressed folder; unpack it first, then mark again."
    if typed_in_moodle(path.split("/")):
        return f"Not an answers file: a text typed into Moodle; {ASK}."
    return f"Not an answers file: {_kind(suffix, data)}; {ASK}."


def _kind(suffix: str, data: bytes) -> str:
    known = next((kind for start, kind in _BY_BEGINNING if data.startswith(start)), "")
    if known and not (known.startswith("an old") and suffix in _BY_SUFFIX):
        return known
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if start.startswith((b"{", b"[")):
        return "JSON, but not of this course"
    return "another kind of file"
