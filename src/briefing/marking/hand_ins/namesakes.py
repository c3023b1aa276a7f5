"""Find who on a class list would be several of those who handed in, were names enough; opens nothing.

A platform lets two people bear one name, and some let people choose theirs. Where the list has no id of
theirs, both would be found by the name, and one would take the other's place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.roster import Match, Person
from briefing.visible import MOST_OF_A_NAME, quoted, visible

NAMED = frozenset({Layout.CANVAS, Layout.MOODLE, Layout.BLACKBOARD, Layout.FOLDERS})
"""Layouts that hold names, and tell people apart by more than these."""
_SHOWN = 3
_REMEDY = {
    Layout.CANVAS: "give the roster Canvas's ids (its exported gradebook has them)",
    Layout.MOODLE: "give Moodle's grading worksheet of this assignment as the roster, which has these numbers",
    Layout.BLACKBOARD: "give the roster Blackboard's user names (a column “Username”)",
    Layout.FOLDERS: "call each folder by an id that is on the roster",
}


class Namesakes:
    """People on a class list with the ids of all whom that person would be."""

    def __init__(self, layout: Layout, found: Callable[[], Iterable[tuple[Claim, Match]]]) -> None:
        """Take a source; it is looked through only once somebody is found by a name.

        Args:
            layout: how it is laid out.
            found: returns what each path says, and who on the list that is.
        """
        self._layout = layout
        self._found = found

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        first: dict[tuple[str, str], str] = {}
        ids: dict[str, set[str]] = {}
        for claim, match in self._found():
            if match.person is None:
                continue
            own, whose = self._own(claim), match.person.id
            # Moodle's numbers are other ones in each assignment: two of one download are two people.
            other = first.setdefault((claim.download, whose), own)
            if other != own:
                ids.setdefault(whose, {other}).add(own)
        return ids

    def _own(self, claim: Claim) -> str:
        """Return what tells who handed in from everybody else; one's folder may be there as a zip, too."""
        return claim.name if self._layout is Layout.FOLDERS else claim.bare or claim.id

    def doubt(self, name: str, person: Person) -> str:
        """Return why a path's name alone does not make its file this person's, and what to do; or ""."""
        ids = sorted(self._ids.get(person.id, ()))
        if not ids:
            return ""
        more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
        return (
            f"Several who handed in can be {quoted(name, MOST_OF_A_NAME)} on the roster ({', '.join(map(visible, ids[:_SHOWN]))}"
            f"{more}), and it has no such id for this one, so nobody is guessed: {_REMEDY[self._layout]}, and "
            "mark again."
        )
