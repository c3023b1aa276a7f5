"""Say which file of rules a class is marked by and what they do, and which one lies where it does not count."""

from __future__ import annotations

from pathlib import Path

from briefing.corpus import course_folder
from briefing.keys import definition
from briefing.marking.cells import counted
from briefing.marking.cells import points as shown
from briefing.marking.rules import (
    Counts,
    ExerciseRules,
    FullMarks,
    LateRule,
    Missing,
    Rules,
    Takes,
)
from briefing.marking.rules_file import NAME

_COUNTS = {
    Counts.BEST: "of several hand-ins the best counts",
    Counts.ALL: "all of several hand-ins count",
    Counts.BEFORE_DUE: "of several hand-ins the last one in time counts",
}


def rules_told(source: Path, used: Path | None, rules: Rules) -> str:
    """Return one line that names the rules by which `source` is marked, and says what they do.

    Args:
        source: the folder or the zip with what was handed in.
        used: the file of rules that counts, if there is one.
        rules: what stands in it.
    """
    if used is None:
        named = source.name or source.resolve().name
        return f"Rules: none (no {NAME} beside {named}), so being late takes nothing."
    return f"Rules: {_short(used)} ({what_they_do(rules)})."


def what_they_do(rules: Rules) -> str:
    """Return in a few words what rules change of what would be without them."""
    own = sorted(rules.exercises.items())
    points = [name for name, one in own if _other_points(name, one)]
    due = [name for name, one in own if one.due]
    late = [name for name, one in own if one.late != rules.late]
    everywhere = rules.full_marks is FullMarks.EVERYTHING
    strict = [name for name, one in own if one.full_marks is not rules.full_marks]
    marks = "by the agreement" if everywhere else "only for everything"
    heavy = [f"{name} weighs {shown(one.weight)}" for name, one in own if one.weight != 1]
    found = [
        f"points of {_listed(points)} changed" if points else "",
        f"due times for {_listed(due)}" if due else "",
        _late(rules.late),
        f"another late rule for {_listed(late)}" if late else "",
        "full marks only for everything" if everywhere else "",
        f"full marks in {_listed(strict)} {marks}" if strict else "",
        *heavy,
        _COUNTS.get(rules.counts, ""),
        "what is missing counts as nothing in totals" if rules.missing is Missing.ZERO else "",
        f"more time for {counted(len(rules.extensions), 'student')}" if rules.extensions else "",
    ]
    return "; ".join(filter(None, found)) or "nothing in it is switched on"


def _other_points(name: str, own: ExerciseRules) -> bool:
    asked = definition(name).questions
    return any(asked[question].points != points for question, points in own.points.items())


def _late(rule: LateRule) -> str:
    said = []
    if rule.takes in (Takes.PERCENT, Takes.POINTS) and rule.per_day:
        most = f", {_taken(rule.takes, rule.at_most)} at most" if rule.at_most is not None else ""
        said.append(f"late takes {_taken(rule.takes, rule.per_day)} a day{most}")
    if rule.takes is Takes.SAY:
        said.append("late is said and takes nothing")
    if rule.not_accepted_after is not None:
        said.append(f"nothing counts {counted(rule.not_accepted_after, 'day')} after it was due")
    return "; ".join(said)


def _taken(takes: Takes, value: float) -> str:
    unit = " %" if takes is Takes.PERCENT else " point" if value == 1 else " points"
    return shown(value) + unit


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def stray_rules(source: Path, used: Path | None) -> list[str]:
    """Return a sentence for each file that looks like rules and does not count where it lies.

    Args:
        source: the folder or the zip with what was handed in.
        used: the file of rules that counts, if there is one.
    """
    beside = source.resolve().parent
    how = f"It must lie beside {source.name or source.resolve().name}, in {beside}, or be named with --rules."
    looked = [
        (
            source.resolve() / NAME,
            "lies in what was handed in and does not count there: whoever hands in could put it there. If it is "
            f"yours: {how[0].lower()}{how[1:]}",
        ),
        (
            course_folder().resolve() / NAME,
            f"lies in the course's folder and does not count. {how}",
        ),
        (beside / f"{NAME}.txt", f"is not called {NAME}, so it does not count. Rename it."),
    ]
    own = used.resolve() if used else None
    return [f"{_short(path)} {why}" for path, why in looked if path != own and path.is_file()]


def _short(path: Path) -> str:
    """Return a path as it is seen from where the command was given."""
    here = Path.cwd()
    full = path.resolve()
    return str(full.relative_to(here) if full.is_relative_to(here) else path)
