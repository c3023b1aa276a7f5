"""A total over the course for each student, by the weights of a class's rules; marks nothing.

An exercise without a mark (not handed in, not gradable, not accepted) is not zero: it is named, and left
out of the total and of what the total is out of, unless the rules say `missing = "zero"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.marking import ours
from briefing.marking.cells import points
from briefing.marking.marksheet import sheet_lines
from briefing.marking.rules import Missing, Rules

NAME = ours.TOTALS


@dataclass(frozen=True, slots=True)
class Earned:
    """Points that count, and what they are out of so far."""

    score: float
    of: float


Marks = Mapping[str, Earned | None]
"""A student's points that count, by exercise; None where something is there that is perhaps theirs."""
Student = tuple[str, str, Marks]
"""A student, the name, or "", and these points."""


@dataclass(frozen=True, slots=True)
class Total:
    """One student's total.

    Attributes:
        percent: the weighted mean of the shares earned, 0 to 100; None where nothing counts.
        weight: how much weight is in it, and
        of: how much there is in the whole course.
        missing: the exercises without a mark.
    """

    percent: float | None
    weight: float
    of: float
    missing: tuple[str, ...]


def total(earned: Marks, exercises: Sequence[str], rules: Rules) -> Total:
    """Return a student's total; what is perhaps theirs is never zero.

    Args:
        earned: the points that count.
        exercises: all that belong to the total.
        rules: the class's rules.
    """
    shares = weight = whole = 0.0
    missing = []
    for name in exercises:
        own = rules.of(name).weight
        whole += own
        one = earned.get(name)
        has_mark = one is not None and one.of > 0
        if one is not None and has_mark:
            shares += own * one.score / one.of
        else:
            missing.append(name)
        in_doubt = name in earned and one is None
        if has_mark or (rules.missing is Missing.ZERO and not in_doubt):
            weight += own
    percent = 100 * shares / weight if weight else None
    return Total(percent, weight, whole, tuple(missing))


def strays(heads: Mapping[str, int], rules: Rules) -> list[str]:
    """Return the exercises that go into no total: next to nobody handed them in, and nobody else shall lose by that.

    Where what is missing counts as nothing, one student's file of another exercise would take a share from
    everybody else; so would that of two. What the rules name belongs to the course, whoever handed it in.

    Args:
        heads: exercise → how many students have points in it.
        rules: the class's rules.
    """
    return [
        name
        for name, few in _less(heads, rules)
        if name not in rules.exercises and (4 * few < _most(heads) or few <= 2)
    ]


def half_empty(heads: Mapping[str, int], rules: Rules) -> list[str]:
    """Return the exercises that fewer than half handed in, and that are nothing for all others in their totals."""
    without = strays(heads, rules)
    return [
        name for name, _ in _less(heads, rules) if name not in without and rules.of(name).weight
    ]


def _less(heads: Mapping[str, int], rules: Rules) -> Iterator[tuple[str, int]]:
    for name, students in heads.items():
        if rules.missing is Missing.ZERO and 2 * students < _most(heads):
            yield name, students


def _most(heads: Mapping[str, int]) -> int:
    return max(heads.values(), default=0)


def totals_lines(
    students: Iterable[Student], exercises: Sequence[str], rules: Rules, *, named: bool
) -> Iterator[str]:
    """Yield the lines of the table of totals, one a student, in the order in which they come.

    Args:
        students: each with their name, or "", and the points that count, by exercise.
        exercises: all that belong to the total: those that the class has handed in.
        rules: the class's rules.
        named: whether anybody's name is known; only then there is a column for it.
    """
    who = ("student", "name")[: 1 + named]
    header = (*who, *exercises, "total in percent", "weight counted", "of", "no mark for")
    return sheet_lines(header, _rows(students, exercises, rules, len(who)))


def _rows(
    students: Iterable[Student], exercises: Sequence[str], rules: Rules, known: int
) -> Iterator[list[str]]:
    for student, name, earned in students:
        own = total(earned, exercises, rules)
        shown = [earned.get(name) for name in exercises]
        yield [
            *(student, name)[:known],
            *(f"{points(one.score)} of {points(one.of)}" if one else "" for one in shown),
            "" if own.percent is None else points(own.percent),
            points(own.weight),
            points(own.of),
            ", ".join(own.missing),
        ]
