"""Whose a file is once the code in it is known: a table of rules, of which the first that holds is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from briefing.marking.hand_ins.refs import Who
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose import sentences as says
from briefing.marking.hand_ins.whose.facts import CodeFacts, on_roster


class CodeRule(NamedTuple):
    """A rule: where it holds, whose the file is then, and what the teacher is told.

    Attributes:
        name: tells it from the others.
        holds: whether it holds, given that none before it does.
        gives: whose the file is.
        says: a sentence for its row, or "".
    """

    name: str
    holds: Callable[[CodeFacts], object]
    gives: Callable[[CodeFacts], Who]
    says: Callable[[CodeFacts], str] = says.nothing


def _as_before(f: CodeFacts) -> Who:
    return f.who


def _theirs(person: Person | None, platform_id: str) -> Who:
    """Return somebody on the list, with what the path has for an id where the code makes it theirs."""
    assert person is not None  # a rule gives to nobody whom it has not asked for
    return replace(on_roster(person), by_code=platform_id)


RULES: tuple[CodeRule, ...] = (
    CodeRule("listed", lambda f: f.who.told_by == "roster", _as_before),
    CodeRule(
        "nobody's", lambda f: f.who.told_by == "shared", lambda f: f.as_so_far, says.not_on_the_list
    ),
    CodeRule("no list", lambda f: f.roster is None, lambda f: f.as_so_far),
    # One member's code in it does not take it from the others.
    CodeRule("group", lambda f: f.who.told_by == "group", _as_before, says.not_on_the_list),
    # The list's codes go before a file's name: nobody gets a mark, or loses one, by what somebody calls a file.
    CodeRule(
        "named, with the code",
        lambda f: f.named and f.owner is f.named,
        lambda f: _theirs(f.named, f.who.by_code),
    ),
    CodeRule(
        "named, with another code",
        lambda f: f.named and (f.owner or (f.code and f.named.code)),
        lambda f: f.as_code,
        says.named_with_another_code,
    ),
    CodeRule("named", lambda f: f.named, _as_before),
    CodeRule("code", lambda f: f.fits_owner, lambda f: _theirs(f.owner, f.who.id)),
    CodeRule("unknown", lambda f: True, lambda f: f.as_so_far, says.code_of_several_or_nobody),
)
"""The order counts."""


def settled(who: Who, code: str, roster: Roster | None) -> tuple[Who, tuple[str, ...]]:
    """Return whose a file is, now that the code in it is known, and what to say about it.

    Args:
        who: what the listing says.
        code: the student code in the file; "" where it could not be read.
        roster: the class list, if there is one.
    """
    f = CodeFacts(who, code, roster)
    rule = next(rule for rule in RULES if rule.holds(f))
    said = rule.says(f)
    return rule.gives(f), (said,) if said else ()
