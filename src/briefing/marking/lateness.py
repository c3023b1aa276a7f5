"""Whether a hand-in came in time, by whose clock, and what a class's rule makes of its mark.

The LMS's own time or sign counts where there is one. Else the time in the file counts, which is told by
the clock of a student's computer, and every sentence about it says so. Reads no clock itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from msgspec.structs import replace

from briefing.marking.cells import counted, points
from briefing.marking.due import Due, at_utc, moment
from briefing.marking.grade import Graded
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Rules, Takes

OWN_CLOCK = (
    "That is the time in the file, by the clock of the student's own computer, and nothing else says "
    "when it was handed in."
)


class TimedBy(StrEnum):
    """What says when something was handed in."""

    LMS = "the LMS's time"
    SIGN = "the LMS's sign"
    FILE = "the file's own time"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class WhenHandedIn:
    """What is known of when one file was handed in.

    Attributes:
        at: the LMS's time, UTC in ISO 8601, or "".
        late: whether the LMS says that it was late; None where it does not say.
        saved: the time in the file, UTC in ISO 8601, or "".
        name: what the student is known by in the rules: as the mark itself knows them.
    """

    at: str = ""
    late: bool | None = None
    saved: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a hand-in is.

    Attributes:
        days: started days since it was due; 0 in time, and where that is not known.
        timed_by: what says when it was handed in.
        due: until when it was due, for this student.
        when: the time that counted, in words, or "".
        doubt: one sentence for the teacher where something is not known, or "".
    """

    days: int = 0
    timed_by: TimedBy = TimedBy.NOTHING
    due: Due | None = None
    when: str = ""
    doubt: str = ""


def lateness(rules: Rules, exercise: str, handed_in: WhenHandedIn) -> Lateness:
    """Return how late a hand-in of `exercise` is by the rules of its class."""
    due, own = rules.due(exercise, handed_in.name)
    if due is None:
        doubt = ""
        if handed_in.late and rules.of(exercise).late.takes is not Takes.NOTHING:
            doubt = (
                "The LMS says that this came late, and the class's rules do not say when it was due: "
                "nothing was taken for it."
            )
        return Lateness(doubt=doubt)
    sure, saved = at_utc(handed_in.at), at_utc(handed_in.saved)
    if sure is not None:
        when = moment(sure, due.zone)
        return Lateness(due.days_late(sure), TimedBy.LMS, due, when)
    # The LMS's sign is about the LMS's own due time: it cannot know of more time given here.
    if handed_in.late is not None and not own:
        days = max(1, due.days_late(saved) if saved else 1) if handed_in.late else 0
        doubt = ""
        if days and saved:
            doubt = "How many days late it came is told by the clock of the student's own computer."
        return Lateness(days, TimedBy.SIGN, due, moment(saved, due.zone) if saved else "", doubt)
    if saved is not None:
        when, days = moment(saved, due.zone), due.days_late(saved)
        doubt = "" if days else f"In time: saved on {when}. {OWN_CLOCK}"
        return Lateness(days, TimedBy.FILE, due, when, doubt)
    return Lateness(due=due, doubt="Nothing says when this was handed in; it counts as in time.")


def is_accepted(rules: Rules, exercise: str, late: Lateness) -> bool:
    """Say whether a hand-in still counts by the rules of its class."""
    last = rules.of(exercise).late.not_accepted_after
    return last is None or late.days <= last


def with_late_rule(graded: Graded, rules: Rules, handed_in: WhenHandedIn) -> Graded:
    """Return a file's mark with the class's late rule applied to it, and why.

    What could not be marked, and what is empty, has no mark that a rule could change. To be called
    when all marks of people are in it.
    """
    if graded.status is RowStatus.NOT_GRADABLE:
        return graded
    late = lateness(rules, graded.exercise, handed_in)
    if late.timed_by is not TimedBy.NOTHING:
        graded = replace(graded, was_late=late.days > 0)
    if not graded.status.scored:
        return graded
    rule = rules.of(graded.exercise).late
    acts = rule.takes is not Takes.NOTHING or rule.not_accepted_after is not None
    if not late.days or not acts:
        doubt = (late.doubt,) if late.doubt and acts else ()
        return replace(graded, reasons=(*graded.reasons, *doubt)) if doubt else graded
    if not is_accepted(rules, graded.exercise, late):
        limit = counted(rule.not_accepted_after or 0, "day")
        until = f"more than {limit} after that" if rule.not_accepted_after else "after that"
        said = f"{_came(late)} What comes {until} is not accepted in this class, so it has no mark."
        return replace(graded, status=RowStatus.NOT_ACCEPTED, late=said)
    before = graded.before_late
    worth = sum(result.points for result in graded.results.values())
    after = round(rule.after(before, late.days, worth), 2)
    said = _came(late)
    if rule.takes is Takes.SAY:
        said += " That changes nothing in the mark."
    else:
        said += f" {_rule(rule.per_day, rule.at_most, rule.down_to, rule.takes)}"
        said += f": {points(before)} before, {points(after)} after."
    return replace(graded, taken=round(before - after, 2), late=said)


def _came(late: Lateness) -> str:
    assert late.due is not None  # nothing is late without it
    days = counted(late.days, "started day")
    when = f" on {late.when}" if late.when and late.timed_by is not TimedBy.SIGN else ""
    whose = " by the LMS" if late.timed_by is TimedBy.SIGN else ""
    verb = "Saved" if late.timed_by is TimedBy.FILE else "Handed in"
    said = f"{verb}{when}, {days} late{whose}: it was due until {late.due.told}."
    more = OWN_CLOCK if late.timed_by is TimedBy.FILE else late.doubt
    return f"{said} {more}" if more else said


def _rule(per_day: float, at_most: float | None, down_to: float, takes: Takes) -> str:
    unit = " %" if takes is Takes.PERCENT else ""
    what = "of the exercise's points" if takes is Takes.PERCENT else "points"
    if takes is Takes.POINTS and per_day == 1:
        what = "point"
    said = f"The class's late rule takes {points(per_day)}{unit} {what} for each started day"
    if at_most is not None:
        said += f", at most {points(at_most)}{unit}"
    if down_to:
        said += f", and never goes below {points(down_to)}{unit}"
    return said
