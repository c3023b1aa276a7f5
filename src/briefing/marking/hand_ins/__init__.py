"""What was handed in: listed, attributed to students, read; never run, never changed."""

from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.listing import listed
from briefing.marking.hand_ins.reading import read
from briefing.marking.hand_ins.refs import (
    NOT_KNOWN,
    Found,
    NothingToMark,
    Ref,
    What,
    Who,
)
from briefing.marking.hand_ins.roster import Person, Roster, RosterUnreadable
from briefing.marking.hand_ins.survey import Survey, survey
from briefing.marking.hand_ins.whose.code_rules import settled

__all__ = [
    "NOT_KNOWN",
    "Found",
    "Layout",
    "NothingToMark",
    "Person",
    "Ref",
    "Roster",
    "RosterUnreadable",
    "Survey",
    "What",
    "Who",
    "listed",
    "read",
    "settled",
    "survey",
]
