"""Text that a stranger wrote, safe to print: what cannot be seen is shown as a sign; removes nothing."""

from __future__ import annotations

from unicodedata import category

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # within Persian words, Indic words and emoji


def visible(text: str) -> str:
    """Return `text` with U+FFFD for every character that cannot be seen.

    Those are control characters (a terminal would obey them), direction signs, zero-width signs,
    line and paragraph separators, and halves of characters. Joiners stay: names and emoji need them.
    """
    if text.isprintable():
        return text
    return "".join("\ufffd" if _unseen(character) else character for character in text)


def _unseen(character: str) -> bool:
    return category(character) in _UNSEEN and character not in _JOINERS
