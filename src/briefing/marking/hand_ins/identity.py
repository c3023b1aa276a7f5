"""Say whose a file is: the roster before the path, the path before the code in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from briefing.marking.hand_ins.agreement import Agreement
from briefing.marking.hand_ins.layouts import Claim, Layout, is_called_as_none, of_layout
from briefing.marking.hand_ins.names import alike
from briefing.marking.hand_ins.namesakes import Namesakes
from briefing.marking.hand_ins.refs import NOT_KNOWN, ToldBy, Who
from briefing.marking.hand_ins.roster import ID_KINDS, Match, Person, Roster
from briefing.visible import MOST_OF_A_NAME, quoted, visible

KINDS: Mapping[Layout, Sequence[str]] = {
    Layout.CANVAS: ("id",),
    Layout.MOODLE: ("identifier",),
    Layout.BLACKBOARD: ("user name", "student id"),
    Layout.NBGRADER: ID_KINDS,
    Layout.FOLDERS: ID_KINDS,
}
"""Which of a roster's columns hold the id that a layout's paths hold."""
_NAME_AND_ID = frozenset({Layout.CANVAS, Layout.MOODLE, Layout.BLACKBOARD})
"""Layouts whose paths have both, each by itself."""
NOT_ON_IT = "Not found on the roster."
OF_A_GROUP = "Handed in by the group"


def cut(claim: Claim, layout: Layout, roster: Roster | None) -> Claim:
    """Return what a path says that can be cut in several ways.

    Who may choose a name can put a classmate's name and id into it, and a list is soon older than a name:
    so no cut is surer than a name. The roster decides where it has the id of just one of them, with a name
    like it; where it has the ids of several, whatever they are called there, it is nobody's. Otherwise the
    first is taken. Where it is not the first, somebody who is not on the list may have called a file so: what
    the first has for an id stays with it. Late is what is late in any of them: the platform writes that right before the id, and a
    file called like a name and an id would hide it.
    """
    if not claim.others:
        return claim
    late = any(way.late for way in (claim, *claim.others))
    ways = [replace(way, others=(), late=late) for way in (claim, *claim.others)]
    listed = [way for way in ways if _is_listed(roster, way, layout)] if roster else []
    ids = list(dict.fromkeys(way.id for way in listed))
    if len(ids) > 1:
        said = (
            f"Its name can be cut in more than one way (id {' and id '.join(ids[:3])} are both on the roster), so "
            "that nobody can tell whose it is; ask them for a file without such a number, or take it out of the "
            "name yourself if you know."
        )
        return Claim(late=late, attempt=ways[0].attempt, sure=False, problem=said)
    known = [way for way in listed if roster and _person(roster, way, layout)]
    taken = (known or ways)[0]
    before = ways[0].id if taken.id != ways[0].id else ""
    return replace(taken, sure=False, before=before)


def _is_listed(roster: Roster, claim: Claim, layout: Layout) -> bool:
    """Say whether the roster has the id in a path, whatever it calls who has it."""
    match = roster.find(dict.fromkeys(KINDS.get(layout, ()), claim.id))
    return match.person is not None or bool(match.sentence)


def _person(roster: Roster, claim: Claim, layout: Layout) -> Person | None:
    """Return who on the roster has the id and a name like the one in the path."""
    kinds = KINDS.get(layout, ())
    person = roster.find(dict.fromkeys(kinds, claim.id), claim.name, without_spaces=True).person
    ids = {person.ids.get(kind, "").casefold() for kind in kinds} if person else set()
    return person if claim.id.casefold() in ids else None


def matched(claim: Claim, layout: Layout, roster: Roster) -> Match:
    """Return who on the roster a path names by itself; a group is nobody.

    Nor is anybody meant whose name goes with an id that is another's on the roster: names can be changed.
    """
    ids = _ids(claim, layout)
    if layout is Layout.FOLDERS:  # a folder's name is an id, or a name, and not both
        by_id = roster.find(ids)
        if by_id.person or by_id.sentence:
            return by_id
    if layout is Layout.MOODLE and roster.hands_in(claim.name, ids):
        return Match(by="group")
    match = roster.find(ids, claim.name, without_spaces=claim.squeezed)
    if match.by == "name" and match.person and layout in _NAME_AND_ID:
        owner = roster.find(ids).person
        if owner and owner is not match.person:
            said = f"Its name is that of {_called(match.person)} on the roster, and its id {visible(claim.id)} that of {_called(owner)}: not guessed."
            return Match(None, said)
    return match


def owner_of(claim: Claim, layout: Layout, roster: Roster) -> Person | None:
    """Return whose id on the roster a path has, whatever the names are."""
    return roster.find(_ids(claim, layout)).person if layout in _NAME_AND_ID else None


def found_by(
    claim: Claim, layout: Layout, roster: Roster, agreement: Agreement | None = None
) -> Match:
    """Return who on the roster a path names, as far as most of its download bears that out.

    Args:
        claim: what the path says.
        layout: how the source is laid out.
        roster: the class list.
        agreement: what most of the source speaks for; None where that does not matter.
    """
    match = matched(claim, layout, roster)
    if agreement is None or layout not in _NAME_AND_ID:
        return match
    owner, download = owner_of(claim, layout, roster), claim.download
    if owner and match.by != "id":
        # A number of Moodle's that goes with several names may be a group's as well.
        own = claim.sure and (layout is Layout.CANVAS or not claim.bare)
        number = visible(claim.bare or claim.id)
        if own and agreement.has_ids(download):
            said = f"Called {quoted(claim.name, MOST_OF_A_NAME)} on the platform; its id {number} is that of {_called(owner)} on the roster."
            return Match(owner, said, by="id")
        if match.by or match.sentence:
            return match
        return Match(
            None,
            f"Its id {number} is that of {_called(owner)} on the roster, who has no such name there: not guessed.",
        )
    # Moodle's worksheet has groups only where groups hand in; other lists have those of the course.
    by_course = all("identifier" not in one.ids for one in roster.group(claim.name))
    if match.by == "group" and by_course and not agreement.is_of_groups(download):
        called = quoted(claim.name, MOST_OF_A_NAME)
        return Match(
            None,
            f"The roster has a group {called}, but not most of those who handed in here are groups, and a "
            "name can be changed: whose it is is not guessed.",
        )
    if match.by != "name" or match.person is None:
        return match
    person = match.person
    if layout is Layout.MOODLE and not agreement.is_of_people(download):
        return Match(
            None,
            f"Its name is that of {_called(person)} on the roster, but groups handed in here, and a group can "
            "have any name: not guessed.",
        )
    listed = next(filter(None, (person.ids.get(kind) for kind in KINDS.get(layout, ()))), "")
    if listed and claim.id and agreement.has_ids(download):
        return Match(
            None,
            f"Its name is that of {_called(person)} on the roster, whose id there is {visible(listed)} and not "
            f"{visible(claim.id)}: somebody else of that name, so nobody is guessed.",
        )
    return match


def _ids(claim: Claim, layout: Layout) -> dict[str, str]:
    own = claim.bare or claim.id
    return {kind: own for kind in KINDS.get(layout, ()) if own}


def _called(person: Person) -> str:
    return quoted(person.name or person.id, MOST_OF_A_NAME)


def from_path(
    claim: Claim | None,
    layout: Layout,
    roster: Roster | None,
    namesakes: Namesakes | None = None,
    agreement: Agreement | None = None,
) -> tuple[Who, tuple[str, ...]]:
    """Return who a path names, as far as it does, and what to say about it.

    Args:
        claim: what the path says.
        layout: how the source is laid out.
        roster: the class list, if there is one.
        namesakes: whom on it several of those who handed in could be.
        agreement: what most of the source speaks for.
    """
    if claim is None:
        return NOT_KNOWN, ()
    told_by: ToldBy = "path" if claim.sure else "name" if claim.id else "code"
    path = Who(claim.id, claim.name, told_by)
    if roster is None:
        return path, ()
    if not (claim.id or claim.name):  # a classmate's code would make it the classmate's
        return replace(path, told_by="shared"), ()
    match = found_by(claim, layout, roster, agreement)
    if match.by == "group":
        own = replace(path, id=of_layout(path.id, layout)) if roster.person(path.id) else path
        points = (
            "Moodle calls all who are in no group so, too, and its worksheet does not tell them apart: nobody "
            "gets its points or its page by it."
            if is_called_as_none(claim.name, claim.id)
            else "`moodle` gives its points and page to them."
        )
        return replace(own, told_by="group"), (_of_a_group(claim.name, roster, points),)
    doubt = ""
    # A folder's name is typed, whether it is an id or a name.
    by_what_is_typed = match.by == "name" or layout is Layout.FOLDERS
    if match.person and by_what_is_typed and namesakes and claim.id:
        doubt = namesakes.doubt(claim.name, match.person)
    if match.person and not doubt:
        who = on_roster(match.person)
        called = (match.sentence,) if match.sentence else ()
        return (who if claim.sure else replace(who, told_by="name", by_code=claim.before)), called
    if path.id and roster.person(path.id):  # another person's id on the roster, of another kind
        path = replace(path, id=of_layout(path.id, layout))
    if doubt:
        return replace(path, told_by="shared"), (doubt,)
    said = match.sentence or _of_a_group(
        claim.name, roster, "they have no points by it until you give them."
    )
    owned = owner_of(claim, layout, roster) is not None
    by_ids = agreement is not None and layout in _NAME_AND_ID and bool(path.id)
    if by_ids and agreement and (owned or agreement.has_ids(claim.download)):
        # The platform says who it is: not the one whose code somebody typed.
        path = replace(path, told_by="shared")
    return path, (said,) if said else ()


def _of_a_group(name: str, roster: Roster, points: str) -> str:
    """Return what to say where a group handed in: its row is the group's, and no member's."""
    members = roster.group(name)
    return (
        f"{OF_A_GROUP} {quoted(name, MOST_OF_A_NAME)} ({len(members):,} on the class list): {points}"
        if members
        else ""
    )


def settled(who: Who, code: str, roster: Roster | None) -> tuple[Who, tuple[str, ...]]:
    """Return whose a file is, now that the code in it is known, and what to say about it.

    Args:
        who: what the listing says.
        code: the student code in the file; "" where it could not be read.
        roster: the class list, if there is one.
    """
    if who.told_by == "roster":
        return who, ()
    if who.told_by == "shared":
        return (who if who.id else Who(code, who.name, "code")), (NOT_ON_IT,)
    if roster is None:
        return (who, ()) if who.id else (Who(code, who.name, "code"), ())
    match = roster.by_code(code) if code else None
    person = roster.person(who.id) if who.told_by == "name" else None
    if person:
        return _named(person, who, code, match.person if match else None)
    if match and match.person:
        person = match.person
        named = who.name and person.name
        if not named or (alike(person.name, who.name) and not roster.group(who.name)):
            return replace(on_roster(person), by_code=who.id), ()
    said = match.sentence if match and match.sentence else NOT_ON_IT
    return (who if who.id else Who(code, who.name, "code")), (said,)


def _named(named: Person, who: Who, code: str, owner: Person | None) -> tuple[Who, tuple[str, ...]]:
    """Return whose a file is that only its own name gives to `named`.

    The list's codes go before it: nobody gets a mark, or loses one, by what somebody calls a file.
    """
    if owner is named:
        return replace(on_roster(named), by_code=who.by_code), ()
    if owner or (code and named.code):
        said = (
            f"The file is named for {_called(named)}, and the class list has another code for them than the "
            "one in it: known by its code until you say whose it is."
        )
        return Who(code, who.name, "code"), (said,)
    return who, ()


def on_roster(person: Person) -> Who:
    """Return somebody on the roster as `Who`."""
    return Who(person.id, person.name, "roster")
