"""A reader's own lines of a ledger, put together by their period; it holds no key and marks nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NO_ANSWER = "no answer yet"


@dataclass(frozen=True)
class OwnLine:
    """One figure of a text, and what a reader wrote down about it; empty words are no answer yet.

    Attributes:
        where: the sentence and the figure as it is written, such as `s06: 1,631`.
        value: the figure as a number.
        counted: what is counted.
        said: what is said to have happened to it.
        since: the period.
        who: who says so.
    """

    where: str
    value: float
    counted: str = ""
    said: str = ""
    since: str = ""
    who: str = ""

    @property
    def answered(self) -> bool:
        """Whether the reader wrote anything about this figure."""
        return any((self.counted, self.said, self.since, self.who))

    @property
    def words(self) -> str:
        """What is counted, its fate and who says so, in one line."""
        if not (self.counted or self.said or self.who):
            return NO_ANSWER
        return (
            f"{self.counted or NO_ANSWER}; said to be: {self.said or NO_ANSWER}; "
            f"who says so: {self.who or NO_ANSWER}"
        )


def by_period(lines: Iterable[OwnLine]) -> dict[str, list[OwnLine]]:
    """Return the lines of each period, in the order of their first line; those without one last."""
    found: dict[str, list[OwnLine]] = {}
    for line in lines:
        found.setdefault(line.since, []).append(line)
    without = found.pop("", [])
    return found | ({"": without} if without else {})
