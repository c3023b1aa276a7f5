"""What came of marking a class, in numbers that grow with its exercises and not with its files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from briefing.marking.cells import safe
from briefing.marking.defences import OVER
from briefing.marking.gradebook import in_order
from briefing.marking.hand_ins import What
from briefing.marking.problems import Problems
from briefing.marking.register import Entry
from briefing.marking.row_status import RowStatus, Standing

FORMAT = "reading-the-briefing/marking"
VERSION = 1
SHOWN = 10
"""How many problems and absent people a summary tells in words; the gradebook has all."""


@dataclass(slots=True)
class Sum:
    """How many and how much."""

    count: int = 0
    total: float = 0.0

    def add(self, value: float) -> None:
        """Count one more."""
        self.count += 1
        self.total += value

    @property
    def mean(self) -> float:
        """The mean."""
        return self.total / self.count


@dataclass(slots=True)
class Summary:
    """What came of marking a class.

    Attributes:
        counts: how many lines of the gradebook have which status.
        scores: exercise and points that could be earned → the scores. A score of 17 and one of 20
            are not averaged: some open answers may still wait for their mark.
        worth: exercise → question → what it is worth.
        questions: exercise → question → the points of those who have some.
        problems: the first sentences about what could not be marked, as the gradebook has them.
        by_reason: what could not be marked, for a person to read.
        left: how many files of which kind held no answers.
        absent: exercise → the first names or ids of those on the class list who handed in nothing.
        absentees: exercise → how many they are.
        perhaps: exercise and sentence → the first on the class list whose what the sentence says may be.
        strangers: how many lines are of nobody on the class list, nor of a group on it.
        of_list: whether only who is on the class list counts in what is told of the class.
        by_groups: how many lines are of a group on the class list.
        pages: how many feedback pages were written.
        reports: where the reports on the class are, below the output.
        by_hand: where a gradebook that was changed by hand has been kept, or "".
        files: how many files were handed in.
        reused: how many of them an earlier try had marked already.
        layout: how the source was read, one sentence, or "".
        platform: the name of its layout, where that is known, or "".
        rules: which rules it was marked by, one line.
        notes: further sentences.
        open_answers: how many answers in the teacher's table are `marked`, `waiting` and `unread`.
        defended: how many marks and labels are defended against the key.
        over: how many lines are of files with more reasons than `defended.csv` takes.
        undecided: on how many of them the teacher has not decided yet.
        changed: how many marks a person's decision changed.
        seconds: how long it took.
    """

    counts: Counter[RowStatus] = field(default_factory=Counter)
    scores: dict[tuple[str, float], Sum] = field(default_factory=dict)
    worth: dict[str, dict[str, float]] = field(default_factory=dict)
    questions: dict[str, dict[str, Sum]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    by_reason: Problems = field(default_factory=Problems)
    left: Counter[What] = field(default_factory=Counter)
    absent: dict[str, list[str]] = field(default_factory=dict)
    absentees: Counter[str] = field(default_factory=Counter)
    perhaps: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    strangers: int = 0
    of_list: bool = False
    by_groups: int = 0
    pages: int = 0
    reports: list[str] = field(default_factory=list)
    by_hand: str = ""
    files: int = 0
    reused: int = 0
    layout: str = ""
    platform: str = ""
    rules: str = ""
    notes: list[str] = field(default_factory=list)
    open_answers: Counter[str] = field(default_factory=Counter)
    defended: int = 0
    over: int = 0
    undecided: int = 0
    changed: int = 0
    seconds: float = 0.0

    def count(self, files: int, *, reused: bool) -> None:
        """Count files that are marked."""
        self.files += files
        self.reused += files if reused else 0

    def add(self, entry: Entry, reason: str) -> None:
        """Count one line of the gradebook; `reason` is its last cell."""
        record = entry.record
        self.counts[entry.status] += 1
        if entry.status is record.status:
            self.by_groups += record.standing is Standing.GROUP
            self.strangers += record.standing is Standing.STRANGER
            # By how a sentence begins: further on it can quote what a student wrote.
            self.over += any(one.startswith(OVER) for one in record.reasons)
        if entry.status is RowStatus.NOT_GRADABLE:
            if record.what is not None:
                self.left[record.what] += 1
            if len(self.problems) < SHOWN:
                self.problems.append(safe(reason))
            why = record.reasons[0] if record.reasons else reason
            self.by_reason.add(why, record.name or record.student, record.path)
        if entry.status is RowStatus.NOTHING:
            self.absentees[record.exercise] += 1
            names = self.absent.setdefault(record.exercise, [])
            if len(names) < SHOWN:
                names.append(safe(record.name or record.student))
        if entry.status is RowStatus.PERHAPS and sum(map(len, self.perhaps.values())) < SHOWN:
            who = f"{record.name} ({record.student})" if record.name else record.student
            self.perhaps.setdefault((record.exercise, record.reasons[0]), []).append(safe(who))
        if record.scored and entry.counts and entry.in_class:
            self.scores.setdefault((record.exercise, record.max_score), Sum()).add(record.score)
            known = self.questions.setdefault(record.exercise, {})
            for question, earned in record.earned:
                if earned is not None:
                    known.setdefault(question, Sum()).add(earned)

    def as_object(self) -> dict[str, Any]:
        """Return it as plain values for a machine; `docs/marking-reference.md` says what they mean."""
        exercises: dict[str, Any] = {}
        for (exercise, most), one in sorted(self.scores.items()):
            told = exercises.setdefault(exercise, {"scores": [], "questions": {}})
            told["scores"].append(
                {"of": round(most, 6), "students": one.count, "mean": round(one.mean, 6)}
            )
        for exercise, questions in self.questions.items():
            exercises[exercise]["questions"] = {
                name: {"students": questions[name].count, "mean": round(questions[name].mean, 6)}
                for name in in_order(questions)
            }
        return {
            "format": FORMAT,
            "version": VERSION,
            "files": self.files,
            "reused": self.reused,
            "rows": self.counts.total(),
            "status": {str(s): self.counts[s] for s in RowStatus if self.counts[s]},
            "no_answers_file": {str(w): self.left[w] for w in What if self.left[w]},
            "exercises": exercises,
            "pages": self.pages,
            "class_reports": self.reports,
            "problems": self.problems,
            "more_problems": max(0, self.counts[RowStatus.NOT_GRADABLE] - len(self.problems)),
            "gradebook_kept_as": self.by_hand,
            "read_as": self.layout,
            "rules": self.rules,
            "notes": self.notes,
            "not_on_class_list": self.strangers,
            "by_groups": self.by_groups,
            "open_answers": {n: self.open_answers[n] for n in ("marked", "waiting", "unread")},
            "defended": self.defended,
            "changed": self.changed,
        }
