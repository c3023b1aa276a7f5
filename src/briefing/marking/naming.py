"""File names for students' pages, safe on every system; a code alone never makes a path."""

from __future__ import annotations

import hashlib
import re
from unicodedata import normalize


def page_name(student: str, exercise: str) -> str:
    """Return the name of a student's page for one exercise, such as `ex02.fox-4821.3f9a12bc04.html`.

    ASCII letters, digits and hyphens only, at most 80 characters, different for different students
    on systems that fold case, too: the hash is of the whole code.
    """
    plain = normalize("NFKD", student).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "student"
    code = f"{exercise}\0{student}".encode("utf-8", "backslashreplace")
    return f"{exercise}.{slug}.{hashlib.sha256(code).hexdigest()[:10]}.html"
