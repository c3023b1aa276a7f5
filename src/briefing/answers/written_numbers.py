"""Numbers as people write them, read and shown; guesses nothing and never fails on what was typed.

Read are digits with groups of three (`1,631`, `1 631`, `1.631.000`), a decimal point or comma
(`12.5`, `12,5`), a sign, and a unit behind them. Whatever else stands there is no number.
`js/numbers.js` follows the same rules, and a test compares the two.
"""

from __future__ import annotations

import re
from decimal import Decimal

MOST_DIGITS = 15
"""More digits than this do not survive on their way through a browser."""

_MOST_READ = 60
_DIGITS = {
    ord(start) + value: str(value)
    for start in ("\uff10", "\u0660", "\u06f0")  # full-width, Arabic, Persian
    for value in range(10)
}
_SIGNS = {
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\u2212\u2013\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\uff05\u066a"), "%"),
    **dict.fromkeys(map(ord, "\uff0c\u066c"), ","),
    **dict.fromkeys(map(ord, "\uff0e"), "."),
    ord("\u066b"): ".",
    ord("\uff0b"): "+",
    ord("\u2019"): "'",
}
_WRITTEN = re.compile(
    r"""(?P<sign>[+-]?)\ ?(?:
        (?P<grouped>[1-9][0-9]{0,2}(?:(?P<by>[,. '])[0-9]{3})(?:(?P=by)[0-9]{3})*)
            (?:(?P<point>[.,])(?P<part>[0-9]*))?
      | (?P<plain>[0-9]*)(?:[.,](?P<plainpart>[0-9]*))?
    )""",
    re.VERBOSE,
)


def read_number(written: object, unit: str = "") -> int | float | None:
    """Return the number that was written; None where it cannot be read as one.

    `1,631` is one thousand six hundred and thirty-one, `12,5` is twelve and a half, and `1.631` is
    read as in English. A whole number comes back as an int.

    Args:
        written: what was typed, or a number.
        unit: what may stand behind it; without one a `%` may.
    """
    if isinstance(written, bool):
        return None
    if isinstance(written, int | float):
        # The comparison is false for what is no number, too.
        return _whole(written) if abs(written) < 10**MOST_DIGITS else None
    if not isinstance(written, str) or len(written) > _MOST_READ:
        return None
    text = _bare(written)
    behind = _bare(unit) or "%"
    if text.casefold().endswith(behind.casefold()):
        text = text[: len(text) - len(behind)].rstrip(" ")
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    if found["grouped"]:
        by, point = found["by"], found["point"]
        if point and point == by:
            return None
        groups = found["grouped"].split(by)
        if by == "." and not point and len(groups) == 2:
            whole, part = groups  # a decimal point, as English has it
        else:
            whole, part = "".join(groups), found["part"] or ""
    else:
        whole, part = found["plain"] or "", found["plainpart"] or ""
    digits = (whole + part).lstrip("0")
    if not whole + part or len(digits) > MOST_DIGITS or len(part) > MOST_DIGITS:
        return None
    return _whole(float(f"{found['sign']}{whole or '0'}.{part or '0'}"))


def shown_number(number: float) -> str:
    """Return a number as the course writes it: `2,084`, `12.5`, `−3`."""
    shown = f"{Decimal(repr(abs(number))):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return f"\u2212{shown}" if number < 0 else shown


def _bare(written: str) -> str:
    return written.translate(_DIGITS).translate(_SIGNS).strip(" ")


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else float(number)
