"""Feedback pages as one zip to give back; a page goes only to somebody who is certainly its student.

Moodle's rules: `mod/assign/feedback/file/importziplib.php`. The first part of a path that reads
`name_number_plugintype_plugin`, cut at its first four `_`, says whose it is; what follows is the file's
name. Canvas has no such way: its "re-upload" shows each file under the name of what the student handed
in (`infer_comment_context_from_filename`; issue 2406), so a page would arrive as a broken `.json`.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.marking.hand_ins.layouts import moodle
from briefing.marking.hand_ins.names import alike
from briefing.marking.hand_ins.roster import ID_KINDS, Person, Roster
from briefing.marking.imports.groups import ALSO_ALONE, TWICE, OfGroups
from briefing.marking.imports.putting import Put, put
from briefing.marking.marksheet import write_sheet
from briefing.marking.page_list import FOLDER, Listed
from briefing.marking.row_status import RowStatus
from briefing.slug import slug
from briefing.visible import visible

SEND = "send.csv"
_NUMBER = re.compile(r"[0-9]{1,18}")
_ADDRESS = re.compile(r"[^\s,;:<>()\"'=+\-@][^\s,;:<>()\"@]*@[^\s,;:<>()\"@]+")
_FIRST = (1980, 1, 1, 0, 0, 0)
_MOODLES = ("identifier", "email", "id number")
_GROUPS = (
    "nothing but a group's name says whose page this is; mark with --roster and this list first."
)
_UNSURE = "nothing but a name or a code in a file says who this is, and no page is sent on that."


@dataclass(frozen=True, slots=True)
class Parcel:
    """Pages to give back.

    Attributes:
        files: name in the zip → name of the page.
        more: name in the zip → bytes, for what is no page.
        sentences: who was left out and why.
    """

    files: Mapping[str, str]
    more: Mapping[str, bytes]
    sentences: tuple[str, ...]


def moodle_pages(pages: Sequence[Listed], roster: Roster) -> Parcel:
    """Return the pages named as Moodle's "Upload multiple feedback files in a zip" takes them.

    Args:
        pages: which page is whose.
        roster: the grading worksheet.
    """
    of_groups = OfGroups[Listed](roster)
    alone = [one for one in pages if not (one.page and _of_group(one, of_groups))]
    owners, said = owners_of(alone, roster, _MOODLES)
    shared, doubts = _shared(of_groups, owners, alone)
    said += doubts
    files, nth = dict[str, str](), Counter[tuple[str, str]]()
    own = ((one, owners[one.page]) for one in alone if one.page in owners)
    for one, person in (*own, *shared):
        number = person.ids.get("identifier", "")
        if not _NUMBER.fullmatch(number):
            said.append(f"{_called(one)}: left out; the list has no number of Moodle's for them.")
            continue
        nth[number, one.exercise] += 1
        again = nth[number, one.exercise]
        last = f"{one.exercise}.feedback{f'-{again}' if again > 1 else ''}.html"
        files[f"{_readable(person.name)}_{number}_assignsubmission_file_{last}"] = one.page
    having = {value for _, person in shared for value in person.ids.values()}
    rest = [one for one in alone if one.page or one.student not in having]
    return Parcel(files, {}, (*roster.left_out, *said, *_pageless(rest)))


def _of_group(one: Listed, of_groups: OfGroups[Listed]) -> bool:
    """Say whether a page is of a group on the list, and keep it there."""
    ids = dict.fromkeys(_MOODLES, one.student) if one.known else {}
    return of_groups.takes(one.name, ids, one)


def _shared(
    of_groups: OfGroups[Listed], owners: Mapping[str, Person], alone: Sequence[Listed]
) -> tuple[list[tuple[Listed, Person]], list[str]]:
    """Return the pages of groups with each of their members, and what is to be said.

    Args:
        of_groups: the pages of groups.
        owners: whose each other page is.
        alone: these pages, and who handed in nothing: by an id of theirs the list is that of the class.
    """
    pages = [one for own in of_groups.things.values() for one in own]
    if not pages:
        return [], []
    roster, having = of_groups.roster, {person.line for person in owners.values()}
    if not having and all(isinstance(_owner(one, roster, _MOODLES), str) for one in alone):
        return [], [f"{_called(one)}: left out; {_GROUPS}" for one in pages]
    given, left = list[tuple[Listed, Person]](), dict[str, list[str]]()
    for person in roster.people:
        mine = of_groups.of(person)
        several = len({(one.student, one.known) for one in mine}) > 1
        why = (
            TWICE if several else ALSO_ALONE if person.line in having else of_groups.unsure(person)
        )
        if mine and why:
            left.setdefault(why, []).append(visible(person.name or person.id))
        else:
            given += [(one, person) for one in mine]
    return given, [f"Page left out: {why} ({'; '.join(names)})" for why, names in left.items()]


def plain_pages(pages: Sequence[Listed], roster: Roster | None) -> Parcel:
    """Return the pages named by student, and a table of where to send each.

    Args:
        pages: which page is whose.
        roster: a class list with e-mail addresses, if there is one.
    """
    owners, said = owners_of(pages, roster, ID_KINDS) if roster else ({}, [])
    shared = Counter(p.ids.get("email", "").casefold() for p in (roster.people if roster else ()))
    having = [one for one in pages if one.page]
    plain = {one.page: _plain(one) for one in having}
    same = Counter(plain.values())
    files, rows = dict[str, str](), list[list[str]]()
    for one in having:
        name = plain[one.page]
        if same[name] > 1:  # told apart as the page itself is
            name = f"{name}.{one.page.split('.')[-2]}"
        files[f"{name}.html"] = one.page
        person = owners.get(one.page)
        address = person.ids.get("email", "") if person else ""
        if address and (not _ADDRESS.fullmatch(address) or shared[address.casefold()] > 1):
            said.append(
                f"{_called(one)}: no address; the one on the list is none, or is that of two people."
            )
            address = ""
        known = person.name if person and person.name else one.name
        rows.append([one.student, known, address, one.exercise, f"{name}.html"])
    head = ("student", "name", "email", "exercise", "page")
    left_out = roster.left_out if roster else ()
    return Parcel(files, {SEND: write_sheet(head, rows)}, (*left_out, *said, *_pageless(pages)))


def owners_of(
    pages: Sequence[Listed], roster: Roster, kinds: Sequence[str]
) -> tuple[dict[str, Person], list[str]]:
    """Return the person on a list for each page whose student is certain, and who is not.

    Nobody is found by name alone, by a code, or by an id that differs in case.

    Args:
        pages: which page is whose.
        roster: the platform's list.
        kinds: the kinds of ids that count.
    """
    found, said = dict[str, Person](), list[str]()
    of_line: dict[int, set[tuple[str, bool]]] = defaultdict(set)
    for one in pages:
        if not one.page:
            continue
        owner = _owner(one, roster, kinds)
        if isinstance(owner, str):
            said.append(f"{_called(one)}: left out; {owner}")
        else:
            found[one.page] = owner
            of_line[owner.line].add((one.student, one.known))
    for one in pages:
        if one.page in found and len(of_line[found[one.page].line]) > 1:
            del found[one.page]
            said.append(f"{_called(one)}: left out; pages of two students go with one line.")
    return found, said


def _owner(one: Listed, roster: Roster, kinds: Sequence[str]) -> Person | str:
    if not one.known or one.held:
        return _UNSURE
    claim = moodle(one.path.split("/"))
    numbered = claim is not None and claim.id == one.student
    people = {
        person.line: person
        for person in roster.people
        if any(person.ids.get(kind) == one.student for kind in kinds)
    }
    if numbered and len(people) > 1:  # other numbers are a student's to type in some places
        people = {
            line: person
            for line, person in people.items()
            if person.ids.get("identifier") == one.student
        }
    if len(people) != 1:
        return (
            "several on the list have this id."
            if people
            else "this id is not on the list as it is."
        )
    (person,) = people.values()
    if one.name and person.name:
        if alike(one.name, person.name) or alike(person.name, one.name, without_spaces=True):
            return person
        return "the list has another name for this id."
    # Without names only an id that can be of no other kind counts: Moodle's own path, or an address.
    if numbered and person.ids.get("identifier") == one.student:
        return person
    if "@" in one.student and person.ids.get("email") == one.student:
        return person
    return "there is no name to check this id by."


def _pageless(pages: Iterable[Listed]) -> list[str]:
    pages = list(pages)
    having = {(one.student, one.known) for one in pages if one.page}
    said = dict[str, None]()
    nothing = in_groups = perhaps = 0
    for one in pages:
        if one.page or (one.student and (one.student, one.known) in having):
            continue
        if one.status is RowStatus.NOT_GRADABLE:
            said[f"{_called(one)}: has no page, for what was handed in cannot be marked."] = None
        elif one.status is RowStatus.BY_GROUP:
            in_groups += 1
        elif one.status is RowStatus.PERHAPS:
            perhaps += 1
        else:
            nothing += 1
    if in_groups:
        said[
            f"{in_groups} have no page of their own: their group handed in, and its page is theirs."
        ] = None
    if perhaps:
        said[
            f"{perhaps} have no page, for whose it is what may be theirs is not known: see gradebook.csv."
        ] = None
    if nothing:
        said[f"{nothing} on the class list handed in nothing and have no page."] = None
    return list(said)


def _called(one: Listed) -> str:
    return visible(one.name or one.student or one.path or "somebody")[:120]


def _plain(one: Listed) -> str:
    parts = [one.exercise, *([_readable(one.name)] if one.name else []), _readable(one.student)]
    return ".".join(parts)


def _readable(text: str) -> str:
    return slug(text, 40) or "student"


def write_parcel(parcel: Parcel, marked: Path, out: Path) -> Put:
    """Write the zip; the same pages give the same bytes. See `put` for what is there already.

    Raises:
        ImportRefused: `out` cannot be written, or a page cannot be read.
    """

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as made:
            for name, data in sorted(parcel.more.items()):
                made.writestr(_entry(name), data)
            for name, page in sorted(parcel.files.items()):
                made.writestr(_entry(name), (marked / FOLDER / page).read_bytes())

    return put(out, write)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry
