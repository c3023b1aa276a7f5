"""Say what most of a download speaks for, and who in it are several of one name; opens nothing.

Whoever hands in may choose a name, and a list is soon older than a name. A platform's ids nobody chooses: where
most of those that are on the list go with the names there, it is the list of this platform, and its ids say who
is who, whatever somebody is called now. One person cannot change what most of the others say.

A platform lets two people bear one name, and some let people choose theirs. Where the list has no id of
theirs, both would be found by the name, and one would take the other's place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose.cuts import cut
from briefing.marking.hand_ins.whose.facts import PathFacts
from briefing.marking.hand_ins.whose.path_rules import person_but_for_namesakes


@dataclass(slots=True)
class _Votes:
    """The ids of one download's paths, by what the list says of them."""

    same: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    def add(self, f: PathFacts) -> None:
        """Count what one path names by itself; two files of one hand-in have one vote."""
        if f.owner and f.claim.sure:
            (self.same if f.by_number else self.other).add(f.claim.number)
        if f.group:
            self.groups.add(f.claim.number)
        elif f.by_number or (f.by_name and f.owner in (None, f.by_name)):
            self.people.add(f.claim.number)


class Majority:
    """How a source and a class list go together, for each of the source's downloads."""

    def __init__(
        self, claims: Callable[[], Iterable[Claim]], layout: Layout, roster: Roster | None
    ) -> None:
        """Take a source; it is looked through once, and only if somebody's name and id leave a doubt.

        Args:
            claims: returns what each path says, uncut.
            layout: how the source is laid out.
            roster: the class list; without one nothing is ever asked.
        """
        self._claims = claims
        self._layout = layout
        self._roster = roster

    @cached_property
    def _hand_ins(self) -> Sequence[Claim]:
        """What the paths say of who handed in, once for all that say the same."""
        claims = (cut(one, self._layout, self._roster) for one in self._claims())
        return list(
            dict.fromkeys(replace(one, late=None, attempt=0, batch="", own=False) for one in claims)
        )

    def _facts(self) -> Iterator[PathFacts]:
        if self._roster is not None:
            for claim in self._hand_ins:
                yield PathFacts(claim, self._layout, self._roster, self)

    @cached_property
    def _votes(self) -> dict[str, _Votes]:
        downloads = defaultdict[str, _Votes](_Votes)
        for f in self._facts():
            downloads[f.claim.download].add(f)
        return downloads

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        """The ids of all whom each person on the list would be, were names enough; of those who are several."""
        first: dict[tuple[str, str], str] = {}
        ids: dict[str, set[str]] = {}
        for f in self._facts():
            person = person_but_for_namesakes(f)
            if person is None:
                continue
            # One's folder may be there as a zip, too.
            own = f.claim.name if f.traits.typed else f.claim.number
            # Moodle's numbers are other ones in each assignment: two of one download are two people.
            other = first.setdefault((f.claim.download, person.id), own)
            if other != own:
                ids.setdefault(person.id, {other}).add(own)
        return ids

    def has_ids(self, download: str) -> bool:
        """Say whether the list has the ids of this download: most of those on it have a name like theirs there."""
        seen = self._votes.get(download, _Votes())
        return len(seen.same) > len(seen.other)

    def is_of_groups(self, download: str) -> bool:
        """Say whether most of those on the list who handed in are groups."""
        seen = self._votes.get(download, _Votes())
        return len(seen.groups) > len(seen.people)

    def is_of_people(self, download: str) -> bool:
        """Say whether most of those on the list who handed in are people."""
        seen = self._votes.get(download, _Votes())
        return len(seen.people) > len(seen.groups)

    def namesakes(self, person: Person) -> Sequence[str]:
        """Return the ids of all who could be this person by the name, in order; () unless they are several."""
        return sorted(self._ids.get(person.id, ()))
