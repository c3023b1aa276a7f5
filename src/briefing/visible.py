"""Text that a stranger wrote, safe to print: what cannot be seen is shown as a sign; and safe to quote."""

from __future__ import annotations

import re
from unicodedata import category

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_INNER = str.maketrans(
    {
        "“": "‘",
        "”": "’",
        "„": "‚",
        "‟": "‛",
        "«": "‹",
        "»": "›",
        **dict.fromkeys('"″‶ʺˮ❝❞〝〞〟＂״', "'"),
    }
)
_DOUBLED = re.compile("['‘’‚‛`´]{2,}")
_JOINERS = "\u200c\u200d"  # within Persian words, Indic words and emoji

MOST_OF_A_NAME = 60
"""How much of a person's, a group's or a download's name a sentence shows."""


def visible(text: str) -> str:
    """Return `text` with U+FFFD for every character that cannot be seen.

    Those are control characters (a terminal would obey them), direction signs, zero-width signs,
    line and paragraph separators, and halves of characters. Joiners stay: names and emoji need them.
    """
    if text.isprintable():
        return text
    return "".join("\ufffd" if _unseen(character) else character for character in text)


def quoted(words: str, most: int = 40) -> str:
    """Return a stranger's words for a sentence of ours: cut, and between quotation marks that they cannot end.

    Args:
        words: what somebody typed, such as an id, a code or a name.
        most: how many characters are shown at most.
    """
    shown = words if len(words) <= most else f"{words[: most - 1]}…"
    inner = _DOUBLED.sub("'", visible(shown).translate(_INNER))
    return f"“{inner}”"


def _unseen(character: str) -> bool:
    return category(character) in _UNSEEN and character not in _JOINERS
