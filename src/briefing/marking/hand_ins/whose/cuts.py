"""Decide what a path says that can be cut into name and id in several ways; nothing else decides it."""

from __future__ import annotations

from msgspec.structs import replace

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose.traits import traits_of


def cut(claim: Claim, layout: Layout, roster: Roster | None) -> Claim:
    """Return what a path says that can be cut in several ways.

    Who may choose a name can put a classmate's name and id into it, and a list is soon older than a name:
    so no cut is surer than a name. The roster decides where it has the id of just one of them, with a name
    like it; where it has the ids of several, whatever they are called there, it is nobody's. Otherwise the
    first is taken. Where it is not the first, somebody who is not on the list may have called a file so: what
    the first has for an id stays with it. Late is what is late in any of them: the platform writes that right
    before the id, and a file called like a name and an id would hide it.

    Args:
        claim: what the first way to cut it says, with the others; taken as it is where there is one way.
        layout: how the source is laid out.
        roster: the class list, if there is one.
    """
    if not claim.others:
        return claim
    late = any(way.late for way in (claim, *claim.others))
    ways = [replace(way, others=(), late=late) for way in (claim, *claim.others)]
    listed = [way for way in ways if _is_listed(roster, way, layout)] if roster else []
    ids = list(dict.fromkeys(way.number for way in listed))
    if len(ids) > 1:
        said = (
            f"Its name can be cut in more than one way (id {' and id '.join(ids[:3])} are both on the roster), so that "
            "nobody can tell whose it is; ask them for a file without such a number, or take it out of the name yourself if you know."
        )
        return Claim(late=late, attempt=ways[0].attempt, sure=False, problem=said)
    known = [way for way in listed if roster and _person(roster, way, layout)]
    taken = (known or ways)[0]
    before = ways[0].id if taken.id != ways[0].id else ""
    return replace(taken, sure=False, before=before)


def _is_listed(roster: Roster, way: Claim, layout: Layout) -> bool:
    """Say whether the roster has the id in a path, whatever it calls who has it."""
    match = roster.find(dict.fromkeys(traits_of(layout).kinds, way.number))
    return match.person is not None or bool(match.sentence)


def _person(roster: Roster, way: Claim, layout: Layout) -> Person | None:
    """Return who on the roster has the id and a name like the one in the path."""
    kinds = traits_of(layout).kinds
    person = roster.find(dict.fromkeys(kinds, way.number), way.name, without_spaces=True).person
    ids = {person.ids.get(kind, "").casefold() for kind in kinds} if person else set()
    return person if way.number.casefold() in ids else None
