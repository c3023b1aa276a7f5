"""A dictionary of what has been worked out before; it forgets all when it is full, so never outgrows memory."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """What has been worked out, by what it was worked out from; read like any dictionary.

    A class marks the same words and gives the same labels again and again, so that little is found
    out twice; a file with thousands of made-up marks must not fill memory.
    """

    def __init__(self, most: int = 20_000) -> None:
        """Begin empty, to hold `most` things at most."""
        super().__init__()
        self._most = most

    def __setitem__(self, name: K, value: V) -> None:
        """Remember one thing more; where there is no room, forget the others."""
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(name, value)
