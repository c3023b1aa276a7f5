"""Find the line on which a TOML file says something; reads no values.

Python's reader of TOML knows the lines of what is no TOML, and none of what is well written and wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")


def line_of(text: str, *path: str) -> int | None:
    """Return the line, counted from 1, that sets what `path` leads to, or its nearest table.

    Args:
        text: the file.
        path: names of tables and, last, of a key.
    """
    best: tuple[int, int] | None = None
    table: Sequence[str] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _TABLE.match(line)
        if header:
            table = here = _names(header[1])
        else:
            key = _KEY.match(line)
            if not key:
                continue
            here = (*table, *_names(key[1]))
        depth = len(here)
        if depth and here == tuple(path[:depth]) and (best is None or depth > best[0]):
            best = (depth, number)
    return best[1] if best else None


def _names(dotted: str) -> tuple[str, ...]:
    """Return the names of a dotted key: `exercise."ex02"` has two."""
    try:
        inside: object = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names = []
    while isinstance(inside, dict) and inside:
        ((name, inside),) = inside.items()
        names.append(name)
    return tuple(names)
