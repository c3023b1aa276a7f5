"""Which layout most of a source speaks for, one vote for each folder or file at its top; opens nothing.

Whoever hands in a thousand files has one vote like everybody else, wherever a platform keeps each
student's files together. The top is the first level at which the source has more than one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction

from briefing.marking.hand_ins.layouts import NBGRADER_STEPS

_MAY_HOLD_ANSWERS = (".json", ".ipynb", ".zip")
SUBMITTED = "submitted"


class _Group:
    """The files below one name: how many, how many each reading fits, whether any can be a hand-in."""

    def __init__(self) -> None:
        self.files = 0
        self.fitting = Counter[Hashable]()
        self.counts = False

    def add(self, other: _Group) -> None:
        self.files += other.files
        self.fitting.update(other.fitting)
        self.counts = self.counts or other.counts

    def add_file(self, readings: Sequence[Hashable], *, counts: bool) -> None:
        self.files += 1
        for reading in readings:
            self.fitting[reading] += 1
        self.counts = self.counts or counts


class Votes:
    """The votes of a source whose paths come sorted, each folder's together.

    A reading is whatever tells one way of reading a path from another, such as a layout.
    """

    def __init__(self) -> None:
        self._above: list[str] | None = None
        """What all paths so far begin with."""
        self._all = _Group()
        self._now, self._name = _Group(), ""
        self._done: dict[Hashable, Fraction] = {}
        self._groups = 0
        self._steps: list[_Group] = []
        self._submitted = False

    def add(self, parts: Sequence[str], readings: Sequence[Hashable]) -> None:
        """Count one file."""
        self._move_to(parts)
        counts = bool(readings) or parts[-1].lower().endswith(_MAY_HOLD_ANSWERS)
        self._now.add_file(readings, counts=counts)
        self._all.add_file(readings, counts=counts)

    @property
    def top(self) -> int:
        """How many folders stand above the top."""
        return len(self._above or ())

    def _move_to(self, parts: Sequence[str]) -> None:
        if self._above is None:
            self._above, self._name = list(parts[:-1]), parts[-1]
            return
        above = self._above
        pairs = enumerate(zip(above, parts[:-1], strict=False))
        same = next((at for at, (a, b) in pairs if a != b), min(len(above), len(parts) - 1))
        if same < len(above):  # all that came so far lies below one name
            self._done, self._groups, self._steps = {}, 0, []
            self._submitted = False
            self._name, self._above = above[same], above[:same]
            self._now = _Group()
            self._now.add(self._all)
        if parts[same] != self._name:
            self._close()
            self._now, self._name = _Group(), parts[same]

    def _close(self) -> None:
        """Give the vote of the group that has come to its end."""
        self._submitted = self._submitted or self._name == SUBMITTED
        if self._name in NBGRADER_STEPS:
            self._steps.append(self._now)
        else:
            self._count(self._now)

    def _count(self, group: _Group) -> None:
        if not group.counts:
            return
        self._groups += 1
        for reading, files in group.fitting.items():
            self._done[reading] = self._done.get(reading, Fraction()) + Fraction(files, group.files)

    def shares(self) -> dict[Hashable, Fraction]:
        """Return which share of the votes each reading has; once, when all is counted."""
        self._close()
        # nbgrader's other folders stand beside what was handed in and have no say in it.
        for group in () if self._submitted else self._steps:
            self._count(group)
        return {reading: votes / self._groups for reading, votes in self._done.items()}
