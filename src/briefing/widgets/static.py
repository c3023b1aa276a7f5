"""Static HTML that is shown where no widget can be: GitHub, nbviewer, paper, before trust.

Only inline styles that JupyterLab's sanitiser keeps (border, background colour, outline,
white-space, plain underline). Everything given is escaped; nothing here depends on time or order.
"""

from __future__ import annotations

import re
from html import escape
from unicodedata import bidirectional

LINES = ("solid", "dashed", "dotted", "double")
"""Border styles in the order in which labels take them: colour is never the only sign."""


def esc(words: object) -> str:
    """Return `words` safe inside HTML text and attributes, control characters made visible.

    Bidirectional controls are shown as symbols, or one label could reorder the words around it; so
    are halves of characters (lone surrogates), which no file can hold.
    """
    text = "".join(_visible(char) for char in str(words))
    return escape(text, quote=True)


def _visible(char: str) -> str:
    if char in "\n\t":
        return char
    if char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" or ord(char) < 32:
        return "\N{REPLACEMENT CHARACTER}"
    if "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return char


def apart(words: object) -> str:
    """Return `esc(words)` so that a name in another direction never reorders what stands beside it.

    Signs keep it apart (U+2068 and U+2069), for no sanitiser drops them; a name without a letter or
    sign that is written from the right needs none.
    """
    made = esc(words)
    from_the_right = any(bidirectional(char) in ("R", "AL", "AN") for char in made)
    return f"\u2068{made}\u2069" if from_the_right else made


def page(static_id: str, title: str, body: str) -> str:
    """Return a whole static view: `title` is escaped here, `body` must be escaped already."""
    head = f'<div style="font-weight:bold">{apart(title)}</div>' if title else ""
    return (
        f'<div id="{esc(static_id)}" style="border:1px solid #8a8a8a;padding:10px 14px">'
        f"{head}{body}</div>"
    )


def static_id(name: str) -> str:
    """Return the id under which the page finds the static view of the widget called `name`."""
    return "briefing-static-" + (re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "widget")


def line(words: str) -> str:
    """Return a quiet line of escaped text."""
    return f'<div style="opacity:0.75">{esc(words)}</div>'


def pill(name: str, colour: str, style: str) -> str:
    """Return a label's name with its colour and border style, as the static view shows it."""
    return f'<span style="border-bottom:3px {esc(style)} {esc(colour)}">{apart(name)}</span>'
