"""Add up what the files of a class contribute: exactly and in any order; no shares yet.

Everything is counted in whole numbers, so that a class read backwards gives the same sums and the same
page.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from math import isqrt

from briefing.errors import BriefingError
from briefing.keys import Status, Verdict
from briefing.keys.marks import MarksKey
from briefing.keys.matrix import MatrixKey
from briefing.keys.results import hundredths
from briefing.keys.tokens import TokenIndex
from briefing.marking.class_report.seen import Seen, SeenQuestion
from briefing.marking.grade import Desk
from briefing.marking.row_status import SCORED, RowStatus

_WORTH = {Verdict.RIGHT: 2, Verdict.NEAR: 1}
_JUDGED = (Verdict.RIGHT, Verdict.NEAR, Verdict.WRONG)

MOST_DIFFERENT = 500
"""Different answers to one item that are kept; of more, those with the lowest digests.

Which ones those are does not depend on the order of the files, and the counts of those kept are
whole: an answer among the lowest of all was among the lowest of any that had come before.
"""


class OtherExercise(BriefingError):
    """A file belongs to another exercise than the sums."""


@dataclass
class Together:
    """Sums of pairs of whole numbers, from which a correlation follows."""

    n: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0

    def add(self, x: int, y: int) -> None:
        """Count one pair."""
        self.n += 1
        self.x += x
        self.y += y
        self.xx += x * x
        self.yy += y * y
        self.xy += x * y

    @property
    def correlation(self) -> float | None:
        """Pearson's r, cut to six decimals; None where one side never varies."""
        across = self.n * self.xy - self.x * self.y
        own = (self.n * self.xx - self.x**2) * (self.n * self.yy - self.y**2)
        if own <= 0:
            return None
        # Whole numbers throughout: r² is exact before the root is taken.
        size = isqrt(across * across * 10**12 // own)
        return min(size, 10**6) / 10**6 * (1 if across >= 0 else -1)


@dataclass
class ItemSums:
    """What a class did with one item: a sentence, key span, group, cell or card.

    Attributes:
        verdicts: how often which verdict was given, over all answers.
        given: how often which answer was given with which verdict; the counts of those kept.
        rest: right or not (2, 1, 0), and the same summed over the question's other items, of those
            who answered this one.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    given: Counter[tuple[Verdict, str]] = field(default_factory=Counter)
    rest: Together = field(default_factory=Together)

    def add(self, verdict: Verdict, given: str, total: int, *, silence: bool) -> None:
        """Count one answer.

        Args:
            verdict: what was said of it.
            given: what it was.
            total: what the same student earned on all items of the question: 2 a right one.
            silence: whether giving nothing is an answer, too.
        """
        self.verdicts[verdict] += 1
        self.given[verdict, given] += 1
        if verdict in _JUDGED or (verdict is Verdict.MISSED and (given or silence)):
            worth = _WORTH.get(verdict, 0)
            self.rest.add(worth, total - worth)
        if len(self.given) > MOST_DIFFERENT:
            self._bound()

    def _bound(self) -> None:
        for answer in sorted(self.given, key=_digest)[MOST_DIFFERENT:]:
            del self.given[answer]


@dataclass
class QuestionSums:
    """What a class did with one question.

    Attributes:
        statuses: how many files stand where.
        shares: the sum of the shares earned, in millionths, over marked files.
        rest: share here and in the other machine-marked questions, of files marked in all of them.
        items: what the class did with each item, by its id.
        layers: by layer of marks, how many files cover each token of the text.
        covered: how many files cover each token by any mark.
    """

    statuses: Counter[Status] = field(default_factory=Counter)
    shares: int = 0
    rest: Together = field(default_factory=Together)
    items: dict[str, ItemSums] = field(default_factory=dict)
    layers: dict[str, Counter[int]] = field(default_factory=dict)
    covered: Counter[int] = field(default_factory=Counter)

    @property
    def answered(self) -> int:
        """How many files have a mark here."""
        return self.statuses[Status.MARKED]


class ClassSums:
    """The sums of one exercise and class; `add` a file."""

    def __init__(self, desk: Desk) -> None:
        """Begin with no files."""
        self.desk = desk
        self.files: Counter[RowStatus] = Counter()
        self.machine: Counter[int] = Counter()
        """Machine-marked points in hundredths → files in which something and everything is marked."""
        self.teacher: Counter[int] = Counter()
        """A teacher's points in hundredths → files; only files in which none waits."""
        self.unsettled = 0
        """Files of which a machine-marked question could not be marked."""
        self.waiting = 0
        """Files of which a question waits for a teacher."""
        self.questions = {question.id: QuestionSums() for question in desk.exercise.question}
        points = {question.id: round(question.points * 100) for question in desk.exercise.question}
        #: Lessons give no points: each question then counts as one.
        self.weighed = any(points.values())
        self.worth = points if self.weighed else dict.fromkeys(points, 100)
        self.by_machine = [name for name in points if desk.keys[name].machine is not None]
        self.by_teacher = [name for name in points if desk.keys[name].machine is None]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClassSums) and self._state == other._state

    __hash__ = None  # type: ignore[assignment]

    @property
    def _state(self) -> tuple[object, ...]:
        name = self.desk.exercise.exercise
        counts = (self.files, self.machine, self.teacher, self.unsettled, self.waiting)
        return name, *counts, self.questions

    @property
    def handed_in(self) -> int:
        """How many files were handed in, one a student."""
        return sum(self.files.values())

    @property
    def counted(self) -> int:
        """How many files hold a marked answer."""
        return sum(self.files[status] for status in SCORED)

    def add(self, seen: Seen) -> None:
        """Count one file: the one of each student that counts.

        Raises:
            OtherExercise: it belongs to another exercise.
        """
        self._same(seen.exercise)
        self.files[seen.status] += 1
        if not seen.status.scored:
            return
        known = {name: seen.questions[name] for name in self.questions if name in seen.questions}
        for name, question in known.items():
            self._question(name, question)
        self._totals(known)

    def _same(self, exercise: str) -> None:
        own = self.desk.exercise.exercise
        if exercise != own:
            raise OtherExercise(
                f"The class report on {own} was given a file of {exercise[:40]!r}; make one report "
                "for each exercise."
            )

    def _question(self, name: str, seen: SeenQuestion) -> None:
        sums = self.questions[name]
        sums.statuses[seen.status] += 1
        sums.shares += seen.share or 0
        silence = isinstance(self.desk.keys[name].machine, MarksKey)
        total = sum(_WORTH.get(verdict, 0) for _, verdict, _ in seen.items)
        for item, verdict, given in seen.items:
            if item not in sums.items:
                sums.items[item] = ItemSums()
            sums.items[item].add(verdict, given, total, silence=silence)
        if not seen.marks:
            return
        everywhere = set[int]()
        by_layer: dict[str, set[int]] = {}
        for layer, start, end in seen.marks:
            index = self._index(name, layer)
            if index is not None:
                by_layer.setdefault(layer, set()).update(index.positions(start, end))
        for layer, tokens in by_layer.items():
            sums.layers.setdefault(layer, Counter()).update(tokens)
            everywhere |= tokens
        sums.covered.update(everywhere)

    def _index(self, question: str, layer: str) -> TokenIndex | None:
        match self.desk.keys[question].machine:
            case MarksKey() as key:
                return key.index
            case MatrixKey() as key:
                return key.index.get(layer.partition("/")[0])
            case _:
                return None

    def _totals(self, known: dict[str, SeenQuestion]) -> None:
        machine = {name: known[name] for name in self.by_machine if name in known}
        if any(one.status is Status.NOT_GRADABLE for one in machine.values()):
            self.unsettled += 1
        elif any(one.share is not None for one in machine.values()):
            self.machine[self._points(machine)] += 1
        if len(machine) == len(self.by_machine) > 1 and all(
            one.share is not None for one in machine.values()
        ):
            whole = self._earned(machine)
            for name, one in machine.items():
                own = (one.share or 0) * self.worth[name]
                self.questions[name].rest.add(one.share or 0, (whole - own) // 10**4)
        teacher = {name: known[name] for name in self.by_teacher if name in known}
        if any(one.status in (Status.TEACHER, Status.NOT_GRADABLE) for one in teacher.values()):
            self.waiting += 1
        elif any(one.share is not None for one in teacher.values()):
            self.teacher[self._points(teacher)] += 1

    def _earned(self, questions: dict[str, SeenQuestion]) -> int:
        return sum((one.share or 0) * self.worth[name] for name, one in questions.items())

    def _points(self, questions: dict[str, SeenQuestion]) -> int:
        return sum(hundredths(one.share or 0, self.worth[name]) for name, one in questions.items())


def _digest(answer: tuple[Verdict, str]) -> bytes:
    return hashlib.blake2b(f"{answer[0]}\0{answer[1]}".encode(), digest_size=8).digest()
