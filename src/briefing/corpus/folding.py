"""Words and texts as they are compared: what nobody can tell apart by eye is one; shows and changes nothing.

Accents, joiners and other signs that cannot be seen fall away; every form of a letter, an apostrophe, a
quotation mark or a hyphen becomes the plain one. Each sign is folded by itself, so that a text and a
word fold alike wherever they are cut, and a place in the folded text has its place in the real one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import category, name, normalize

from briefing.corpus.spans import Span

_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʹʻʼ´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),  # letters to Unicode, but nothing is drawn
    "＊": "*",
    # Letters of honest names that Unicode does not take apart.
    "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i",
}  # fmt: skip
_FALLS_AWAY = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True)
class Folded:
    """A folded text.

    Attributes:
        words: its folded signs.
        starts: where in the real text the sign stands that each of them is from; its end comes last.
    """

    words: str
    starts: tuple[int, ...] = field(repr=False)

    def place(self, span: Span) -> Span:
        """Return where the folded signs from the span of the real text stand here."""
        return Span(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def real(self, start: int, end: int) -> Span:
        """Return the span of the real text that was folded to `words[start:end]`, with its accents."""
        return Span(self.starts[start], max(self.starts[end - 1] + 1, self.starts[end]))


def folded(text: str) -> str:
    """Return `text` as it is compared; large letters stay large."""
    return text if text.isascii() and "`" not in text else "".join(map(_sign, text))


@lru_cache(maxsize=32)  # the texts of a course, each of them searched at every stroke of a student
def folded_text(text: str) -> Folded:
    """Return a text as it is compared, and where each sign of it stands."""
    signs = [(sign, at) for at, one in enumerate(text) for sign in _sign(one)]
    return Folded("".join(sign for sign, _ in signs), (*(at for _, at in signs), len(text)))


def stranger(word: str, letters: Iterable[str]) -> str:
    """Return the first sign of a word that is not of a text's alphabet; "" where there is none.

    Of its alphabet are ASCII, currencies and what stands in the text. A letter that stands there is of
    another alphabet all the same beside plain ones: in one word nobody mixes two.

    Args:
        word: the word as somebody wrote it.
        letters: the folded signs of the text, in small letters.
    """
    known = frozenset(letters)
    for part in word.split():
        plain = [one.isascii() and one.isalpha() for one in folded(part)]
        for one in part:
            for sign in _sign(one).casefold():
                if sign.isascii() or category(sign) == "Sc":
                    continue
                if sign not in known or (sign.isalpha() and any(plain)):
                    return one
    return ""


def told(sign: str) -> str:
    """Return a sign with its name, for it may look like another or like nothing."""
    called = name(sign, "").capitalize() or f"U+{ord(sign):04X}"
    return f"“{sign}” ({called})"


@lru_cache(maxsize=4_096)
def _sign(sign: str) -> str:
    """Return what a sign is compared as: nothing, itself, or plain ones."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    if sign.isascii():
        return sign
    kind = category(sign)
    if kind[0] not in "CLMNZ":
        return sign  # a trade mark's sign is no letters
    plain = (one for one in normalize("NFKD", sign) if category(one) not in _FALLS_AWAY)
    return "".join(_PLAIN.get(one, one) for one in plain)
