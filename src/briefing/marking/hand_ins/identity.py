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
        return on_roster(match.person), ()
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
    if match and match.person:
        person = match.person
        if not who.name or not person.name or alike(person.name, who.name):
            return on_roster(person), ()
    said = match.sentence if match and match.sentence else _NOT_ON_IT
    return (who if who.id else Who(code, who.name, "code")), (said,)


def on_roster(person: Person) -> Who:
    """Return somebody on the roster as `Who`."""
    return Who(person.id, person.name, "roster")
