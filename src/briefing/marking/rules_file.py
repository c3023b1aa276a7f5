"""Read a teacher's `marking.toml` strictly: whatever is not understood stops the marking, kindly.

Every error names the file, the line, what stands there and what could stand there. Nothing is guessed,
and nothing is marked by rules that were only half understood.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from briefing.errors import BriefingError
from briefing.keys import Exercise, definition, exercise_names
from briefing.marking.cells import points as told
from briefing.marking.due import Due, NoTime, read_days, read_due, zone_of
from briefing.marking.rules import Counts, ExerciseRules, FullMarks, LateRule, Missing, Rules, Takes
from briefing.marking.toml_lines import line_of
from briefing.visible import visible

NAME = "marking.toml"
MOST_BYTES = 1_000_000
LONGEST_LINE = 2_000
"""Characters of a line of the rules."""
MOST_POINTS = 100.0

_TOP = ("zone", "counts", "missing", "full_marks", "late", "exercise", "student")
_LATE = ("takes", "per_day", "at_most", "down_to", "not_accepted_after")
_EXERCISE = ("due", "weight", "points", "full_marks", "late")
_WHEN = 'write it as "2026-11-27 23:59", or as "2026-11-27" for the whole day'


W = TypeVar("W", bound=StrEnum)


class RulesUnclear(BriefingError):
    """A file of rules cannot be read or holds what is not understood; nothing has been marked."""


def find_rules(source: Path, given: Path | None = None) -> Path | None:
    """Return the file of rules: the one that is named, else `marking.toml` beside what was handed in.

    Args:
        source: the folder or the zip with what was handed in. What lies *in* it is a student's, and
            never a rule.
        given: a file that was named.
    """
    if given is not None:
        return given
    try:
        beside = source.resolve().parent / NAME
        return beside if beside.is_file() else None
    except (OSError, RuntimeError):
        return None  # the folder itself will be complained about


def read_rules(path: Path | None) -> Rules:
    """Return the rules in a file; those of the course where there is none.

    Raises:
        RulesUnclear: the file cannot be read, or something in it is not understood.
    """
    if path is None:
        return Rules()
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as problem:
        raise RulesUnclear(
            f"The rules in {path} cannot be read ({problem.strerror}). Nothing was marked or changed."
        ) from problem
    except UnicodeDecodeError as problem:
        raise RulesUnclear(
            f"The rules in {path} are not UTF-8 text; save them again with that encoding. Nothing "
            "was marked or changed."
        ) from problem
    if len(data) > MOST_BYTES:
        raise RulesUnclear(f"The rules in {path} are larger than a megabyte; give the right file.")
    long = next((n for n, line in enumerate(text.split("\n"), 1) if len(line) > LONGEST_LINE), 0)
    if long:  # `a.a.a…` costs its square
        raise RulesUnclear(
            f"{path}, line {long}, has more than {LONGEST_LINE:,} characters, which no rule needs; mend that "
            "line. Nothing was marked or changed."
        )
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits, too
        raise RulesUnclear(
            f"The rules in {path} cannot be understood: {problem}. Mend that line (often a quotation "
            "mark or a bracket is missing). Nothing was marked or changed."
        ) from problem
    return _Reader(path, text).rules(raw)


class _Reader:
    """Turns what the file holds into rules; knows where everything stands."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.zone = "UTC"

    def rules(self, raw: Mapping[str, Any]) -> Rules:
        self._only(raw, _TOP, ())
        self.zone = self._zone(raw)
        late = self._late(raw.get("late", {}), ("late",), LateRule())
        full = self._word(raw, FullMarks, "full_marks", (), FullMarks.AGREEMENT)
        exercises = {
            name: self._exercise(entry, name, late, full)
            for name, entry in self._table(raw.get("exercise", {}), ("exercise",)).items()
        }
        students = self._table(raw.get("student", {}), ("student",))
        return Rules(
            zone=self.zone,
            counts=self._word(raw, Counts, "counts", (), Counts.LATEST),
            missing=self._word(raw, Missing, "missing", (), Missing.LEFT_OUT),
            late=late,
            full_marks=full,
            exercises=exercises,
            extensions={
                student: self._extensions(entry, student) for student, entry in students.items()
            },
        )

    def _zone(self, raw: Mapping[str, Any]) -> str:
        name = raw.get("zone", "UTC")
        if not isinstance(name, str) or zone_of(name) is None:
            self._fail(
                ("zone",), f"{_shown(name)} is no zone of the world's list, such as Europe/Berlin"
            )
        if "zone" not in raw and ("exercise" in raw or "student" in raw) and self._any_time(raw):
            self._fail((), 'say whose clocks the times are told by, such as zone = "Europe/Berlin"')
        return name

    def _any_time(self, raw: Mapping[str, Any]) -> bool:
        entries = raw.get("exercise", {})
        dues = isinstance(entries, dict) and any(
            isinstance(entry, dict) and "due" in entry for entry in entries.values()
        )
        return dues or "student" in raw

    def _exercise(self, entry: object, name: str, late: LateRule, full: FullMarks) -> ExerciseRules:
        where = ("exercise", name)
        asked = self._definition(name, where)
        cells = self._table(entry, where)
        self._only(cells, _EXERCISE, where)
        due = self._due(cells["due"], (*where, "due")) if "due" in cells else None
        given = self._table(cells.get("points", {}), (*where, "points"))
        self._only(given, tuple(asked.questions), (*where, "points"), "question")
        return ExerciseRules(
            due=due,
            late=self._late(cells.get("late", {}), (*where, "late"), late),
            weight=self._number(cells, "weight", where, 1.0, 1000.0),
            points={
                question: self._number(given, question, (*where, "points"), 0.0, MOST_POINTS)
                for question in given
            },
            full_marks=self._word(cells, FullMarks, "full_marks", where, full),
        )

    def _definition(self, name: str, where: tuple[str, ...]) -> Exercise:
        known = exercise_names()
        if name not in known:
            self._fail(where, f"there is no exercise {_shown(name)}{_nearest(name, known)}")
        return definition(name)

    def _late(self, entry: object, where: tuple[str, ...], before: LateRule) -> LateRule:
        cells = self._table(entry, where)
        self._only(cells, _LATE, where)
        takes = self._word(cells, Takes, "takes", where, before.takes)
        if takes is not before.takes:
            before = LateRule(takes, not_accepted_after=before.not_accepted_after)
        most = 100.0
        at_most, after = before.at_most, before.not_accepted_after
        if "at_most" in cells:
            at_most = self._number(cells, "at_most", where, 0.0, most)
        if "not_accepted_after" in cells:
            after = self._days(cells["not_accepted_after"], (*where, "not_accepted_after"))
        rule = LateRule(
            takes=takes,
            per_day=self._number(cells, "per_day", where, before.per_day, most),
            at_most=at_most,
            down_to=self._number(cells, "down_to", where, before.down_to, most),
            not_accepted_after=after,
        )
        counted = takes in (Takes.POINTS, Takes.PERCENT)
        if counted and not rule.per_day:
            self._fail(where, f"say how many {takes} each started day takes, such as per_day = 1")
        idle = next(
            (n for n in ("per_day", "at_most", "down_to") if n in cells and not counted), ""
        )
        if idle:
            self._fail(
                (*where, idle),
                f'{idle} has no effect while being late takes "{takes}"; write takes = "points" or '
                '"percent", or remove the line',
            )
        return rule

    def _days(self, value: object, where: tuple[str, ...]) -> int:
        days = value if isinstance(value, int) and not isinstance(value, bool) else read_days(value)
        if days is None or not 0 <= days <= 999:
            self._fail(where, f"{_shown(value)} is no number of days, such as 7")
        return days

    def _extensions(self, entry: object, student: str) -> dict[str, Due | int]:
        where = ("student", student)
        found: dict[str, Due | int] = {}
        for name, value in self._table(entry, where).items():
            if name != "every":
                self._definition(name, (*where, name))
            days = read_days(value)
            if days is None and name == "every":
                self._fail((*where, name), f'{_shown(value)}: write it as every = "3 days"')
            found[name] = self._due(value, (*where, name), or_days=True) if days is None else days
        return found

    def _due(self, value: object, where: tuple[str, ...], *, or_days: bool = False) -> Due:
        try:
            return read_due(value, self.zone)
        except NoTime:
            more = ' (or as "3 days": so much longer than the others)' if or_days else ""
            self._fail(where, f"{_shown(value)} is no date and time that there is; {_WHEN}{more}")

    def _word(
        self, cells: Mapping[str, Any], kind: type[W], name: str, where: tuple[str, ...], default: W
    ) -> W:
        value = cells.get(name, default)
        try:
            return kind(value)
        except ValueError:
            known = [str(word) for word in kind]
            near = _nearest(str(value), known)
            self._fail((*where, name), f"{name} cannot be {_shown(value)}{near}")

    def _number(
        self,
        cells: Mapping[str, Any],
        name: str,
        where: tuple[str, ...],
        default: float,
        most: float = 100.0,
    ) -> float:
        value = cells.get(name, default)
        fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
        if not fits:
            self._fail(
                (*where, name),
                f"{name} is {_shown(value)}, and must be a number from 0 to {told(most)}",
            )
        if round(value, 2) != value:
            # Points are printed with two decimals, and what is printed has to add up.
            self._fail(
                (*where, name),
                f"{name} is {_shown(value)}, and can have two decimals at most, such as {told(value)}",
            )
        return float(value)

    def _table(self, value: object, where: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._fail(
                where, f"{'.'.join(where)} is {_shown(value)}, and must be a table of its own lines"
            )
        return value

    def _only(
        self,
        cells: Mapping[str, Any],
        known: tuple[str, ...],
        where: tuple[str, ...],
        what: str = "",
    ) -> None:
        for name in cells:
            if name not in known:
                here = f" of {where[1]}" if len(where) > 1 else f" of [{where[0]}]" if where else ""
                said = (
                    f"there is no {what or 'setting'} {_shown(name)}{here}{_nearest(name, known)}"
                )
                self._fail((*where, name), said)

    def _fail(self, where: tuple[str, ...], said: str) -> NoReturn:
        line = line_of(self.text, *where)
        place = f"{self.path}, line {line}" if line else str(self.path)
        raise RulesUnclear(f"{place}: {said}. Nothing was marked or changed.")


def _shown(value: object) -> str:
    words = visible(str(value))
    return f"“{words if len(words) <= 60 else f'{words[:60]}…'}”"


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the name that is probably meant, and all that there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, 1, 0.5)
    lead = f"; did you mean {near[0]}" if near else ""
    return f"{lead}{'? There are: ' if lead else '; there are: '}{', '.join(names)}"
