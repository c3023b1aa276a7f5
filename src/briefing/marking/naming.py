"""File names for students' pages, safe on every system; a code alone never makes a path."""

from __future__ import annotations

import hashlib
import json

from briefing.slug import slug


def page_name(student: str, exercise: str, *more: str) -> str:
    """Return the name of a student's page for one exercise: `ex02.fox-4821.3f9a….html`.

    ASCII letters, digits and hyphens only, at most 80 characters, different for different students
    on systems that fold case, too: 24 digits of a hash of the whole code, too many for anyone to
    look for a second code with the same ones.

    Args:
        student: the student's code or id.
        exercise: the exercise's name.
        more: what else tells one page from another, such as that the id is a roster's.
    """
    readable = slug(student, 26) or "student"
    # As JSON: whatever a code holds, no two lists of words are written alike.
    code = json.dumps((exercise, student, *more)).encode()
    return f"{exercise}.{readable}.{hashlib.sha256(code).hexdigest()[:24]}.html"
