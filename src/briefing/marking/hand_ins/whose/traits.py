"""What the paths of each layout can tell of whose a file is, a row each; reads no path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.roster import ID_KINDS


@dataclass(frozen=True, slots=True)
class Traits:
    """What a path of one layout can tell.

    Attributes:
        kinds: which of a class list's columns hold the id that the paths hold, as in `ID_KINDS`.
        apart: whether a path has a name and the platform's own id, each by itself; then most of a download
            says whether the list has these ids.
        typed: whether who named the path typed an id, or a name, and not both.
        groups: whether a group's name and number stand where a person's do.
        ids_of_people: whether an id that goes with several names is still a person's, and no group's.
        remedy: what a teacher can do so that several of one name are told apart; "" where a path tells
            people apart by the name alone, or by no name.
    """

    kinds: tuple[str, ...] = ()
    apart: bool = False
    typed: bool = False
    groups: bool = False
    ids_of_people: bool = False
    remedy: str = ""


_NONE = Traits()
_TRAITS: Mapping[Layout, Traits] = {
    Layout.CANVAS: Traits(
        kinds=("id",),
        apart=True,
        ids_of_people=True,
        remedy="give the roster Canvas's ids (its exported gradebook has them)",
    ),
    Layout.MOODLE: Traits(
        kinds=("identifier",),
        apart=True,
        groups=True,
        remedy="give Moodle's grading worksheet of this assignment as the roster, which has these numbers",
    ),
    Layout.BLACKBOARD: Traits(
        kinds=("user name", "student id"),
        apart=True,
        remedy="give the roster Blackboard's user names (a column “Username”)",
    ),
    Layout.NBGRADER: Traits(kinds=ID_KINDS),
    Layout.FOLDERS: Traits(
        kinds=ID_KINDS, typed=True, remedy="call each folder by an id that is on the roster"
    ),
}


def traits_of(layout: Layout) -> Traits:
    """Return what a path of this layout can tell; nothing where it holds no id."""
    return _TRAITS.get(layout, _NONE)
