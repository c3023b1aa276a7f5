"""Whose a file is by its path: a table of rules, of which the first that holds is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec.structs import replace

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.refs import NOT_KNOWN, ByPath, Who
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose import sentences as says
from briefing.marking.hand_ins.whose.facts import (
    Download,
    PathFacts,
    by_path_alone,
    on_roster,
)


class PathRule(NamedTuple):
    """A rule: where it holds, whose the file is then, and what the teacher is told.

    Attributes:
        name: tells it from the others.
        holds: whether it holds, given that none before it does.
        gives: who on the list it is, or whose it is though it is nobody's on it.
        says: a sentence for its row, or "".
    """

    name: ByPath
    holds: Callable[[PathFacts], object]
    gives: Callable[[PathFacts], Person | Who | None]
    says: Callable[[PathFacts], str] = says.nothing


def _the_groups(f: PathFacts) -> Who:
    return replace(f.as_path, told_by="group")


def _nobodys(f: PathFacts) -> Who:
    """Return whose it is by the path: nobody's on the list, unless the code in the file is somebody's.

    Where the platform says who it is, it is not the one whose code somebody typed.
    """
    by_platform = f.traits.apart and f.as_path.id and (f.owner or f.ids_agree)
    return _nobodys_by_any_code(f) if by_platform else f.as_path


def _nobodys_by_any_code(f: PathFacts) -> Who:
    return replace(f.as_path, told_by="shared")


RULES: tuple[PathRule, ...] = (
    # Most of the download says that the list's ids are this platform's: nobody chooses these, all choose names.
    PathRule(
        ByPath.RENAMED,
        lambda f: f.owner and not f.by_number and f.own_number and f.ids_agree,
        lambda f: f.owner,
        says.renamed,
    ),
    # Before all people: a group may be called like one, and have a number that is one's in another assignment.
    PathRule(
        ByPath.GROUP,
        lambda f: f.group and (f.owner or f.groups_of_this or f.of_groups),
        _the_groups,
        says.of_a_group,
    ),
    PathRule(ByPath.PERHAPS_GROUP, lambda f: f.group, _nobodys, says.perhaps_a_group),
    PathRule(ByPath.SEVERAL_LISTED, lambda f: f.several, _nobodys, says.several_on_the_list),
    # A folder's name is typed, be it an id: two folders that could be one person's are two people's.
    PathRule(
        ByPath.ID_OF_NAMESAKES,
        lambda f: f.by_number and f.namesakes,
        _nobodys_by_any_code,
        says.namesakes,
    ),
    PathRule(ByPath.ID, lambda f: f.by_number, lambda f: f.by_number),
    # From here on nobody has the id with a name like it. A name counts unless the id is somebody else's on the list …
    PathRule(
        ByPath.NAME_AND_ID_OF_TWO,
        lambda f: f.by_name and f.owner and f.owner is not f.by_name,
        _nobodys,
        says.two_people,
    ),
    PathRule(
        ByPath.ID_OF_ANOTHER, lambda f: f.owner and not f.by_name, _nobodys, says.anothers_number
    ),
    # … or it can be a group's, which chooses its name …
    PathRule(
        ByPath.NAME_AMONG_GROUPS,
        lambda f: f.by_name and not f.owner and f.traits.groups and not f.of_people,
        _nobodys,
        says.among_groups,
    ),
    # … or the list is known to have another id for who has it …
    PathRule(
        ByPath.OTHER_OF_THE_NAME,
        lambda f: f.by_name and not f.owner and f.listed_number and f.claim.id and f.ids_agree,
        _nobodys,
        says.other_of_the_name,
    ),
    # … or it is that of several who handed in.
    PathRule(
        ByPath.NAME_OF_NAMESAKES,
        lambda f: f.by_name and f.namesakes,
        _nobodys_by_any_code,
        says.namesakes,
    ),
    PathRule(ByPath.NAME, lambda f: f.by_name, lambda f: f.by_name),
    # Where the platform itself knows no groups, or this one not as one: who hands in named the file so.
    PathRule(ByPath.CALLED_AS_GROUP, lambda f: f.members, _nobodys, says.called_as_a_group),
    PathRule(ByPath.STRANGER, lambda f: True, _nobodys),
)
"""Where there is a class list, and the path says anything at all. The order counts."""
_OF_ONE_PATH = tuple(rule for rule in RULES if rule.says is not says.namesakes)


def first(rules: Iterable[PathRule], f: PathFacts) -> PathRule:
    """Return the first rule that holds."""
    return next(rule for rule in rules if rule.holds(f))


def person_but_for_namesakes(f: PathFacts) -> Person | None:
    """Return who on the list a path names, if nobody else who handed in could be the same."""
    given = first(_OF_ONE_PATH, f).gives(f)
    return given if isinstance(given, Person) else None


class Given(NamedTuple):
    """Whose a file is by its path, what to say about it, and by which rule."""

    who: Who
    said: tuple[str, ...] = ()
    by: ByPath = ByPath.SILENT


def from_path(
    claim: Claim | None, layout: Layout, roster: Roster | None, download: Download
) -> Given:
    """Return whose a file is by its path.

    Args:
        claim: what the path says, as `cut` returned it; None where it says nothing.
        layout: how the source is laid out.
        roster: the class list, if there is one.
        download: what most of the source speaks for.
    """
    if claim is None:
        return Given(NOT_KNOWN)
    if roster is None:
        return Given(by_path_alone(claim))
    f = PathFacts(claim, layout, roster, download)
    if not (claim.id or claim.name):  # a classmate's code would make it the classmate's
        by = ByPath.SEVERAL_CUTS if claim.problem else ByPath.SILENT
        return Given(_nobodys_by_any_code(f), by=by)
    rule = first(RULES, f)
    given = rule.gives(f) or f.as_path
    who = _theirs(given, claim) if isinstance(given, Person) else given
    said = rule.says(f)
    return Given(who, (said,) if said else (), rule.name)


def _theirs(person: Person, claim: Claim) -> Who:
    """Return somebody on the list; where only one of several cuts or the file's own name says so, so it is kept."""
    who = on_roster(person)
    return who if claim.sure else replace(who, told_by="name", by_code=claim.before)
