"""Say what most of a download speaks for: the list's own ids or other ones, people or groups; opens nothing.

Whoever hands in may choose a name, and a list is soon older than a name. A platform's ids nobody chooses: where
most of those that are on the list go with the names there, it is the list of this platform, and its ids say who
is who, whatever somebody is called now. One person cannot change what most of the others say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from briefing.marking.hand_ins.layouts import Claim
from briefing.marking.hand_ins.roster import Match, Person


@dataclass(slots=True)
class _Download:
    """The ids of one download's paths, by what the list says of them."""

    same: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


class Agreement:
    """How a source and a class list go together, for each of the source's downloads."""

    def __init__(self, found: Callable[[], Iterable[tuple[Claim, Match, Person | None]]]) -> None:
        """Take a source; it is looked through only once somebody's name and id do not go together.

        Args:
            found: returns what each path says, whom on the list that is by name or id, and whose its id
                is there, whatever the names are.
        """
        self._found = found

    @cached_property
    def _downloads(self) -> dict[str, _Download]:
        downloads = defaultdict[str, _Download](_Download)
        for claim, match, owner in self._found():
            seen = downloads[claim.download]
            own = claim.bare or claim.id
            if owner is not None and claim.sure:
                (seen.same if match.by == "id" else seen.other).add(own)
            if match.by == "group":
                seen.groups.add(own)
            elif match.person is not None:
                seen.people.add(own)
        return downloads

    def has_ids(self, download: str) -> bool:
        """Say whether the list has the ids of this download: most of those on it have a name like theirs there."""
        seen = self._downloads.get(download, _Download())
        return len(seen.same) > len(seen.other)

    def is_of_groups(self, download: str) -> bool:
        """Say whether most of those on the list who handed in are groups."""
        seen = self._downloads.get(download, _Download())
        return len(seen.groups) > len(seen.people)

    def is_of_people(self, download: str) -> bool:
        """Say whether most of them are people."""
        seen = self._downloads.get(download, _Download())
        return len(seen.people) > len(seen.groups)
