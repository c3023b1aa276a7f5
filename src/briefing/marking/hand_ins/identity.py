"""Say whose a file is: the roster before the path, the path before the code in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.names import alike
from briefing.marking.hand_ins.refs import NOT_KNOWN, Who
from briefing.marking.hand_ins.roster import ID_KINDS, Person, Roster

KINDS: Mapping[Layout, Sequence[str]] = {
    Layout.CANVAS: ("id",),
    Layout.MOODLE: ("identifier",),
    Layout.BLACKBOARD: ("user name", "student id"),
    Layout.NBGRADER: ID_KINDS,
    Layout.FOLDERS: ID_KINDS,
}
"""Which of a roster's columns hold the id that a layout's paths hold."""
_NOT_ON_IT = "Not found on the roster."


def from_path(
    claim: Claim | None, layout: Layout, roster: Roster | None
) -> tuple[Who, tuple[str, ...]]:
    """Return who a path names, as far as it does, and what to say about it."""
    if claim is None:
        return NOT_KNOWN, ()
    path = Who(claim.id, claim.name, "path") if claim.sure else Who("", claim.name, "code")
    if roster is None:
        return path, ()
    ids = {kind: claim.id for kind in KINDS.get(layout, ()) if claim.id}
    match = roster.find(ids, claim.name, without_spaces=claim.squeezed)
    if match.person:
        who = on_roster(match.person)
        return (who if claim.sure else replace(who, told_by="name")), ()
    if path.id and roster.person(path.id):  # another person's id on the roster, of another kind
        path = replace(path, id=f"{path.id} ({layout})")
    return path, (match.sentence,) if match.sentence else ()


def settled(who: Who, code: str, roster: Roster | None) -> tuple[Who, tuple[str, ...]]:
    """Return whose a file is, now that the code in it is known, and what to say about it.

    Args:
        who: what the listing says.
        code: the student code in the file; "" where it could not be read.
        roster: the class list, if there is one.
    """
    if who.told_by == "roster":
        return who, ()
    if roster is None:
        return (who, ()) if who.id else (Who(code, who.name, "code"), ())
    match = roster.by_code(code) if code else None
    person = roster.person(who.id) if who.told_by == "name" else None
    if person:
        return _named(person, who, code, match.person if match else None)
    if match and match.person:
        person = match.person
        if not who.name or not person.name or alike(person.name, who.name):
            return on_roster(person), ()
    said = match.sentence if match and match.sentence else _NOT_ON_IT
    return (who if who.id else Who(code, who.name, "code")), (said,)


def _named(named: Person, who: Who, code: str, owner: Person | None) -> tuple[Who, tuple[str, ...]]:
    """Return whose a file is that only its own name gives to `named`.

    The list's codes go before it: nobody gets a mark, or loses one, by what somebody calls a file.
    """
    if owner is named:
        return on_roster(named), ()
    if owner or (code and named.code):
        said = (
            f"The file is named for “{named.name}”, and the class list has another code for them than the "
            "one in it: known by its code until you say whose it is."
        )
        return Who(code, who.name, "code"), (said,)
    return who, ()


def on_roster(person: Person) -> Who:
    """Return somebody on the roster as `Who`."""
    return Who(person.id, person.name, "roster")
