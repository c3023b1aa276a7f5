"""Whose a file is once the code in it is known: a table of rules, of which the first that holds is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from briefing.marking.hand_ins.refs import ByPath, Who
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose import sentences as says
from briefing.marking.hand_ins.whose.facts import CodeFacts, on_roster
from briefing.marking.row_status import Standing


class CodeRule(NamedTuple):
    """A rule: where it holds, whose the file is then, and what the teacher is told.

    Attributes:
        name: tells it from the others.
        holds: whether it holds, given that none before it does.
        gives: whose the file is.
        says: a sentence for its row, or "".
        listed: whether it is somebody's on the list then, or there is none.
    """

    name: str
    holds: Callable[[CodeFacts], object]
    gives: Callable[[CodeFacts], Who]
    says: Callable[[CodeFacts], str] = says.nothing
    listed: bool = False


def _as_before(f: CodeFacts) -> Who:
    return f.who


def _theirs(person: Person | None, platform_id: str) -> Who:
    """Return somebody on the list, with what the path has for an id where the code makes it theirs."""
    assert person is not None  # a rule gives to nobody whom it has not asked for
    return replace(on_roster(person), by_code=platform_id)


RULES: tuple[CodeRule, ...] = (
    CodeRule("listed", lambda f: f.who.told_by == "roster", _as_before, listed=True),
    CodeRule(
        "nobody's", lambda f: f.who.told_by == "shared", lambda f: f.as_so_far, says.not_on_the_list
    ),
    CodeRule("no list", lambda f: f.roster is None, lambda f: f.as_so_far, listed=True),
    # One member's code in it does not take it from the others.
    CodeRule("group", lambda f: f.who.told_by == "group", _as_before, says.not_on_the_list),
    # The list's codes go before a file's name: nobody gets a mark, or loses one, by what somebody calls a file.
    CodeRule(
        "named, with the code",
        lambda f: f.named and f.owner is f.named,
        lambda f: _theirs(f.named, f.who.by_code),
        listed=True,
    ),
    CodeRule(
        "named, with another code",
        lambda f: f.named and (f.owner or (f.code and f.named.code)),
        lambda f: f.as_code,
        says.named_with_another_code,
    ),
    CodeRule("named", lambda f: f.named, _as_before, listed=True),
    CodeRule("code", lambda f: f.fits_owner, lambda f: _theirs(f.owner, f.who.id), listed=True),
    CodeRule("unknown", lambda f: True, lambda f: f.as_so_far, says.code_of_several_or_nobody),
)
"""The order counts."""


class Settled(NamedTuple):
    """Whose a file is, what to say about it, and how it stands to the class list."""

    who: Who
    said: tuple[str, ...]
    standing: Standing


def settled(who: Who, code: str, roster: Roster | None, by_path: ByPath = ByPath.SILENT) -> Settled:
    """Return whose a file is, now that the code in it is known.

    Args:
        who: what the listing says.
        code: the student code in the file; "" where it could not be read.
        roster: the class list, if there is one.
        by_path: by which rule the listing says so.
    """
    f = CodeFacts(who, code, roster, by_path)
    rule = next(rule for rule in RULES if rule.holds(f))
    said = rule.says(f)
    nobodys = Standing.GROUP if f.called_as_group else Standing.STRANGER
    standing = Standing.LISTED if rule.listed else nobodys
    return Settled(rule.gives(f), (said,) if said else (), standing)
