"""Compare people's names as lists write them: accents, case and order do not matter; guesses nothing."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

_APART = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
_MANY = str.maketrans(_APART)
_ENTITY = re.compile(r"&?(?:amp|lt|gt|quot|#0*39)[;,]")
_NOT_IN_PATHS = re.compile(r"""[\x00-\x1f\x7f&<>"”`|'’:\\/]|\.\.+""")
LONGEST = 500
"""Characters of a name that are compared: no platform has longer ones, and some steps take their square."""
_NO_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))


def words_of(name: str) -> tuple[str, ...]:
    """Return a name's words in small letters without accents, sorted: `B, Ana` and `ana b` are one."""
    return tuple(sorted(re.findall(r"[^\W_]+", folded(name))))


def spellings(name: str) -> frozenset[tuple[str, ...]]:
    """Return the words of a name as lists and paths may have them: `O'Brien` as two words, or as one.

    Moodle takes the apostrophe out of a name when it makes a folder of it, other systems put a sign in
    its place. A name without a letter or digit has none, and so nobody is found by it.
    """
    both = (words_of(name), words_of(name.translate(_NO_APOSTROPHES)))
    return frozenset(words for words in both if words)


def group_key(name: str) -> str:
    """Return a group's name as a list, a path of Moodle's and a table of ours all have it.

    Moodle writes a path with `_` as a space, some signs as HTML, and without those that no file may have
    (`clean_param`, `PARAM_FILE`); our tables have no `;` and no `"`. Case and accents stay as they are.
    """
    plain = _NOT_IN_PATHS.sub("", _ENTITY.sub("", normalize("NFC", name[:LONGEST])))
    return " ".join(plain.replace("_", " ").replace(";", ",").split()).strip(" .")


def squeezed(name: str) -> frozenset[str]:
    """Return how a name may stand without spaces: `Ana María B` as `anamariab` or `banamaria`.

    With a comma the part before it is the last name. Canvas writes the last name first.
    """
    last, _, first = folded(name).partition(",")
    words = re.findall(r"[^\W_]+", last)
    if first:
        before = "".join(words)
        after = "".join(re.findall(r"[^\W_]+", first))
        return frozenset({before + after, after + before})
    return frozenset("".join(words[at:] + words[:at]) for at in range(max(1, len(words))))


def alike(one: str, other: str, *, without_spaces: bool = False) -> bool:
    """Say whether two names can be one person's: they share a word of two letters or more.

    A letter alone is mostly an initial, which says little. But a whole name may be of such words, as
    many Chinese names are: all of them have to be in the other one, or the same signs in both.

    Args:
        one: a name as a list has it.
        other: a name as a path has it.
        without_spaces: whether the second stands without spaces.
    """
    words, others = words_of(one), words_of(other)
    longer = [word for word in words if len(word) > 1]
    solid = "".join(others)
    if any(word in (solid if without_spaces else others) for word in longer):
        return True
    if (
        not words
    ):  # signs alone, such as an emoji: no word tells anything, so they have to be the same
        signs = one.split()
        return bool(signs) and not others and signs == other.split()
    whole = not longer and set(words) <= set(others)
    return whole or not squeezed(one).isdisjoint(squeezed(other))


def folded(name: str) -> str:
    """Return a name in small letters and without accents, in any script."""
    plain = normalize("NFKD", name[:LONGEST].casefold().translate(_MANY))
    return "".join(letter for letter in plain if not combining(letter))
