"""What is known of one file before anybody decides whose it is; asks the class list each question once.

Nothing here decides, and nothing is said: the rules do that. What nobody needs to know is not looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from msgspec.structs import replace

from briefing.marking.hand_ins.layouts import Claim, Layout, of_layout
from briefing.marking.hand_ins.names import alike
from briefing.marking.hand_ins.refs import ByPath, Who
from briefing.marking.hand_ins.roster import Match, Person, Roster
from briefing.marking.hand_ins.whose.traits import traits_of


class Download(Protocol):
    """What all that was handed in says together; `majority.py` finds it out."""

    def has_ids(self, download: str) -> bool:
        """Say whether the list has the ids of this download."""

    def is_of_groups(self, download: str) -> bool:
        """Say whether most of those on the list who handed in are groups."""

    def is_of_people(self, download: str) -> bool:
        """Say whether most of them are people."""

    def namesakes(self, person: Person) -> Sequence[str]:
        """Return the ids of all who could be this person by the name, if they are several."""


class PathFacts:
    """What a path says, and what the class list and the rest of the download say to that.

    Attributes:
        claim: what the path says.
        layout: how the source is laid out.
        roster: the class list.
        traits: what a path of this layout can tell.
        owner: whose id it is on the list, whatever the names are; None where id and name do not stand apart.
        group: whether the path names a group of the list, and no person of the same name.
        by_number: who on the list has the id, and no name that is quite another one; None if it is a group's.
        by_name: who alone on the list has the name, where nobody has the id with a name like it.
        several: what the list says where several on it could be meant, one sentence; or "".
    """

    def __init__(self, claim: Claim, layout: Layout, roster: Roster, download: Download) -> None:
        """Ask the class list; the rest of the download only where a rule does, for that takes long.

        Args:
            claim: what the path says, as `cut` returned it.
            layout: how the source is laid out.
            roster: the class list.
            download: what most of the source speaks for.
        """
        self.claim = claim
        self.layout = layout
        self.roster = roster
        self.traits = traits = traits_of(layout)
        self._download = download
        number = claim.number
        ids = dict.fromkeys(traits.kinds, number) if number else {}
        by_id = roster.find(ids)
        named = not (traits.typed and (by_id.person or by_id.sentence))
        match = roster.find(ids, claim.name, without_spaces=claim.squeezed) if named else by_id
        self.owner: Person | None = by_id.person if traits.apart else None
        self.group: bool = traits.groups and roster.hands_in(claim.name, ids)
        self.by_number: Person | None = (
            match.person if match.by == "id" and not self.group else None
        )
        self.by_name: Person | None = match.person if match.by == "name" else None
        self.several: str = match.sentence

    @property
    def own_number(self) -> bool:
        """Whether the id is the platform's, and a person's: of one cut, and of no group."""
        return self.claim.sure and (self.traits.ids_of_people or not self.claim.bare)

    @property
    def ids_agree(self) -> bool:
        """Whether most of the download says that the list has this platform's ids."""
        return self.traits.apart and self._download.has_ids(self.claim.download)

    @property
    def groups_of_this(self) -> bool:
        """Whether the list has groups because groups hand in here: Moodle's worksheet has no others.

        Other lists have those of the course.
        """
        return any("identifier" in one.ids for one in self.members)

    @property
    def of_groups(self) -> bool:
        """Whether most of those on the list who handed in are groups."""
        return self._download.is_of_groups(self.claim.download)

    @property
    def of_people(self) -> bool:
        """Whether most of those on the list who handed in are people."""
        return self._download.is_of_people(self.claim.download)

    @property
    def members(self) -> Sequence[Person]:
        """Those on the list who are in a group of the name in the path."""
        return self.roster.group(self.claim.name)

    @property
    def listed_number(self) -> str:
        """The id that the list has, of the same kind, for who has the name; or ""."""
        ids = self.by_name.ids if self.by_name else {}
        return next(filter(None, (ids.get(kind) for kind in self.traits.kinds)), "")

    @cached_property
    def namesakes(self) -> Sequence[str]:
        """The ids of all who could be the same person by what is typed, if they are several."""
        person = self.by_name or (self.by_number if self.traits.typed else None)
        return self._download.namesakes(person) if person and self.claim.id else ()

    @cached_property
    def as_path(self) -> Who:
        """Whose it is by the path alone; an id that is spelt as another person's on the list is told from it."""
        who = by_path_alone(self.claim)
        taken = who.id and self.roster.person(who.id)
        return replace(who, id=of_layout(who.id, self.layout)) if taken else who


def on_roster(person: Person) -> Who:
    """Return somebody on the class list as `Who`."""
    return Who(person.id, person.name, "roster")


def by_path_alone(claim: Claim) -> Who:
    """Return whose a file is where there is no list to ask."""
    return Who(claim.id, claim.name, "path" if claim.sure else "name" if claim.id else "code")


class CodeFacts:
    """What the path gave, the code in the file, and what the class list says to both."""

    def __init__(
        self, who: Who, code: str, roster: Roster | None, by_path: ByPath = ByPath.SILENT
    ) -> None:
        """Take whose a file is so far; nothing is looked up yet.

        Args:
            who: what the path gave.
            code: the student code in the file; "" where it could not be read.
            roster: the class list, if there is one.
            by_path: by which rule the path gave it.
        """
        self.who = who
        self.code = code
        self.roster = roster
        self.by_path = by_path

    @cached_property
    def _by_code(self) -> Match:
        return self.roster.by_code(self.code) if self.roster and self.code else Match()

    @property
    def owner(self) -> Person | None:
        """Whose code it is on the list."""
        return self._by_code.person

    @property
    def several(self) -> str:
        """What the list says where several on it have the code, one sentence; or ""."""
        return self._by_code.sentence

    @cached_property
    def named(self) -> Person | None:
        """For whom on the list the file is named, where nothing but that says whose it is."""
        return (
            self.roster.person(self.who.id) if self.roster and self.who.told_by == "name" else None
        )

    @property
    def fits_owner(self) -> bool:
        """Whether the path's name leaves the code's owner possible: there is none, or it is like theirs, and no group's."""
        name, owner = self.who.name, self.owner
        if owner is None or (name and self.roster and self.roster.group(name)):
            return False
        return not (name and owner.name) or alike(owner.name, name)

    @property
    def path_has_said_why(self) -> bool:
        """Whether the path's rule has said why the file is nobody's on the list."""
        return self.by_path not in (ByPath.SILENT, ByPath.STRANGER)

    @property
    def called_as_group(self) -> bool:
        """Whether the path has the name of a group on the list, and is taken for a group's."""
        return self.who.told_by == "group" or self.by_path is ByPath.CALLED_AS_GROUP

    @property
    def as_so_far(self) -> Who:
        """Whose it is by the path, or else by nothing but the code."""
        return self.who if self.who.id else self.as_code

    @property
    def as_code(self) -> Who:
        """Whose it is by nothing but the code, which is anybody's to type."""
        return Who(self.code, self.who.name, "code")
