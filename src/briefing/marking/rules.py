"""A class's rules as plain values: what is due when, late and resubmission rules, points and weights.

`rules_file` reads them from `marking.toml`. Nothing here opens a file or looks at a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from msgspec import structs

from briefing.keys import QuestionKey
from briefing.marking.due import Due
from briefing.marking.grade import Desk
from briefing.marking.rubrics import rubric_for


class Takes(StrEnum):
    """What being late takes."""

    NOTHING = "nothing"
    SAY = "say so"
    POINTS = "points"
    PERCENT = "percent"


class Counts(StrEnum):
    """Which of several hand-ins of one student counts."""

    LATEST = "latest"
    BEST = "best"
    ALL = "all"
    BEFORE_DUE = "latest before due"


class FullMarks(StrEnum):
    """Where full marks stand."""

    AGREEMENT = "agreement"
    EVERYTHING = "everything"


class Missing(StrEnum):
    """What an exercise that was not handed in does to a total."""

    LEFT_OUT = "left out"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class LateRule:
    """What happens to what is handed in late.

    Attributes:
        takes: see `Takes`. Percent are of what the exercise is worth, not of the mark.
        per_day: points or percent that each started day takes.
        at_most: never takes more than this, in the same unit; None for no limit.
        down_to: never takes a mark below this, in the same unit; it never lifts one either.
        not_accepted_after: after so many days a hand-in does not count; None for never.
    """

    takes: Takes = Takes.NOTHING
    per_day: float = 0
    at_most: float | None = None
    down_to: float = 0
    not_accepted_after: int | None = None

    def after(self, before: float, days: int, worth: float) -> float:
        """Return the mark that is left of `before` after `days` started days.

        Args:
            before: points earned.
            days: started days; 0 in time.
            worth: what the whole exercise is worth, in points.
        """
        if self.takes not in (Takes.POINTS, Takes.PERCENT) or days <= 0:
            return before
        unit = worth / 100 if self.takes is Takes.PERCENT else 1.0
        off = self.per_day * days
        if self.at_most is not None:
            off = min(off, self.at_most)
        return max(min(before, self.down_to * unit), before - off * unit)


@dataclass(frozen=True, slots=True)
class ExerciseRules:
    """What is particular to one exercise.

    Attributes:
        due: until when it may be handed in; None where nothing is said.
        late: what happens after that.
        weight: how much it weighs in a total over the course.
        points: question → points, where they differ from the course's.
        full_marks: where full marks stand.
    """

    due: Due | None = None
    late: LateRule = field(default_factory=LateRule)
    weight: float = 1
    points: Mapping[str, float] = field(default_factory=dict)
    full_marks: FullMarks = FullMarks.AGREEMENT


@dataclass(frozen=True)
class Rules:
    """The rules of one class; without a `marking.toml` they are these.

    Attributes:
        zone: the zone whose clocks count.
        counts: which of several hand-ins counts.
        missing: what an exercise that was not handed in does to a total.
        late: the rule for exercises that have none of their own.
        full_marks: likewise.
        exercises: what is particular to each.
        extensions: student → exercise, or "every" → a time of their own, or days after the due one.
    """

    zone: str = "UTC"
    counts: Counts = Counts.LATEST
    missing: Missing = Missing.LEFT_OUT
    late: LateRule = field(default_factory=LateRule)
    full_marks: FullMarks = FullMarks.AGREEMENT
    exercises: Mapping[str, ExerciseRules] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, Due | int]] = field(default_factory=dict)

    def of(self, exercise: str) -> ExerciseRules:
        """Return the rules of one exercise."""
        known = self.exercises.get(exercise)
        return known or ExerciseRules(late=self.late, full_marks=self.full_marks)

    def due(self, exercise: str, name: str = "") -> tuple[Due | None, bool]:
        """Return until when a student may hand an exercise in, and whether by a time of their own.

        Args:
            exercise: its name.
            name: what the student is known by in `extensions`; "" for what holds for everybody.
        """
        general = self.of(exercise).due
        own = self.extensions.get(name, {})
        found = own.get(exercise, own.get("every"))
        if isinstance(found, Due):
            return found, True
        if found is not None and general is not None:
            return general.later(found), True
        return general, False

    def desk(self, desk: Desk) -> Desk:
        """Return an exercise's desk with this class's points and full marks."""
        rules = self.of(desk.exercise.exercise)
        if not rules.points and rules.full_marks is FullMarks.AGREEMENT:
            return desk
        asked = [
            structs.replace(question, points=rules.points.get(question.id, question.points))
            for question in desk.exercise.question
        ]
        keys = {
            question.id: _key(desk.keys[question.id], question.points, new.points, rules)
            for question, new in zip(desk.exercise.question, asked, strict=True)
        }
        worth = sum(question.points for question in asked)
        exercise = structs.replace(desk.exercise, question=asked, points=worth)
        return replace(desk, exercise=exercise, keys=keys)


def _key(key: QuestionKey, before: float, now: float, rules: ExerciseRules) -> QuestionKey:
    """Return a question's key with its rubric in the new points and full marks where they belong."""
    key = replace(key, rubric=rubric_for(key.rubric, before, now))
    if rules.full_marks is FullMarks.EVERYTHING:
        key = replace(key, level=1.0, compared=None)
    return key
