"""Rendered text in which numbers run on: rendered once, numbered anew on every page; knows no marks."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\0(\d{1,6})\0")


def place(number: int) -> str:
    """Return what stands for a number in a text that is to be rendered, counted from 0 there."""
    return f"\0{number}\0"


class Numbered:
    """A text whose places are filled with numbers; whoever writes the sign into it gets a number, too."""

    __slots__ = ("_numbers", "_parts")

    def __init__(self, text: str) -> None:
        """Take in a text with places made by `place`."""
        self._parts = _PLACE.split(text)
        self._numbers = [int(number) for number in self._parts[1::2]]

    def counted_from(self, first: int) -> str:
        """Return the text with `first` where 0 stands, and so on."""
        parts = self._parts.copy()
        parts[1::2] = [str(first + number) for number in self._numbers]
        return "".join(parts)
