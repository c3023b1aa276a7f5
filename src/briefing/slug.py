"""Anybody's name as part of a file's name: safe on every system, and not distinct; see who calls it."""

from __future__ import annotations

import re
from unicodedata import normalize


def slug(text: str, longest: int) -> str:
    """Return `text` in small ASCII letters, digits and single hyphens; "" where none is left.

    Args:
        text: what a file is to be named after.
        longest: at most so many characters are kept.
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")
