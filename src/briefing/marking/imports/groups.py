"""Who gets what a group handed in: the members, by the list's column of groups; guesses nobody.

Moodle writes a group's name and a number of its own where a person's stand (`mod/assign/classes/
downloader.php`). Its worksheet has the name alone (`gradingtable.php`, `col_team`), takes points for each
member on a line of their own, and pages by each member's own number. So the name is all that both have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from briefing.marking.hand_ins.layouts import is_called_as_none
from briefing.marking.hand_ins.names import group_key
from briefing.marking.hand_ins.roster import Person, Roster, groups_of
from briefing.visible import visible

TWICE = "two hand-ins are of their group; give the one that counts yourself."
TWO_NAMES = (
    "two groups on the list could be meant by one name in what was handed in; give it yourself."
)
AS_NONE = (
    "a group that handed in is called as Moodle calls all who are in no group, and the list does not tell "
    "them apart; give it yourself."
)
KEPT = "their group handed in, and only the grading worksheet takes its points for each member."
ALSO_ALONE = "their group handed in, and so did they alone; give the one that counts yourself."
SHOWN = 10
"""How many groups, and members of each, a sentence names; the gradebook has all."""
T = TypeVar("T")


@dataclass(slots=True)
class OfGroups(Generic[T]):
    """What groups on a list handed in, kept by their names.

    Attributes:
        roster: the list.
        things: what was handed in, by the group's name as `group_key` has it.
        of_people: whether people handed in and no groups: see `mostly_people`.
    """

    roster: Roster
    of_people: bool = False
    things: dict[str, list[T]] = field(default_factory=lambda: defaultdict(list))
    _as_none: set[str] = field(default_factory=set)

    def takes(self, name: str, ids: Mapping[str, str], thing: T) -> bool:
        """Take what a group on the list handed in, by its name; say whether it is of one.

        Without a number from the path the name is what somebody called a file, and that is anybody's to type.
        """
        if not ids or not self.roster.hands_in(name, ids):
            return False
        # Moodle's worksheet has groups only where groups hand in; other lists have those of the course, and
        # a student can be called like one.
        if self.of_people and not any("identifier" in one.ids for one in self.roster.group(name)):
            return False
        key = group_key(name)
        self.things[key].append(thing)
        if any(is_called_as_none(key, group_key(number)) for number in ids.values()):
            self._as_none.add(key)
        return True

    def of(self, person: Person) -> list[T]:
        """Return what the groups of somebody handed in."""
        return [
            thing for group in sorted(groups_of(person)) for thing in self.things.get(group, ())
        ]

    def unsure(self, person: Person) -> str:
        """Return why it is not certain that somebody's group is the one that handed in, or ""."""
        alike = [group for group in groups_of(person) if group in self.things]
        if "identifier" in person.ids and not self._as_none.isdisjoint(alike):
            return AS_NONE
        return TWO_NAMES if any(map(self.roster.two_names, alike)) else ""


def mostly_people(roster: Roster, handed_in: Iterable[tuple[str, Mapping[str, str]]]) -> bool:
    """Say whether most of those on a list who handed in are people, and not groups.

    Args:
        roster: the list.
        handed_in: name and ids of everything that was handed in; one can have handed in a hundred files.
    """
    people, groups = set[int](), set[tuple[str, ...]]()
    for name, ids in handed_in:
        if ids and roster.hands_in(name, ids):
            groups.add((*ids.values(),))
        elif ids and (person := roster.find(ids, name).person):
            people.add(person.line)
    return len(people) > len(groups)


def without(people: Iterable[Person], *, zero: bool, doubt: bool) -> str:
    """Return a sentence on those of whom, and of whose group, nothing was handed in; or "".

    Args:
        people: they.
        zero: whether they were to get a zero.
        doubt: whether something is there of which nobody knows whose it is.
    """
    groups = defaultdict[str, list[str]](list)
    for person in people:
        groups[visible(person.section) or "no group"].append(visible(person.name or person.id))
    if not groups:
        return ""
    listed = _first([f"{group}: {_first(names, ', ')}" for group, names in groups.items()], "; ")
    kept = (
        " They get no zero, for it may be theirs what is of nobody on the list."
        if zero and doubt
        else ""
    )
    return f"Nothing is there of these groups ({listed}).{kept}"


def _first(named: list[str], between: str) -> str:
    rest = [f"{len(named) - SHOWN:,} more"] if len(named) > SHOWN else []
    return between.join([*named[:SHOWN], *rest])
