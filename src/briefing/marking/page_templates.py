"""The templates of all pages: what is put into one is escaped, and turns no direction; knows no marks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DIRECTION = re.compile(f"[{_SIGNS}]")


class Piece(Markup):
    """A part of a page that has been rendered already, so that nothing in it turns directions."""

    __slots__ = ()


def _in_order(value: object) -> object:
    """Return words with U+FFFD for each sign of direction, or they could turn what stands around."""
    # Nine searches for one sign are many times quicker than one of a pattern through a whole page.
    if isinstance(value, str) and not value.isascii() and type(value) is not Piece:
        for sign in _SIGNS:
            if sign in value:
                return type(value)(_DIRECTION.sub("\ufffd", value))
    return value


@cache
def environment() -> Environment:
    """Return the environment of all pages: what is put in is escaped, and turns no direction."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_in_order,
        undefined=StrictUndefined,
        auto_reload=False,  # or every page asks the disk whether the templates have changed
        trim_blocks=True,
        lstrip_blocks=True,
    )
