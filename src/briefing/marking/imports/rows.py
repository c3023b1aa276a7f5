"""Who gets which points in a platform's own list of the class; says who is left out, guesses nobody.

A cell is filled only where it is certain who is meant and what the points are. Whoever handed in
nothing, or something that cannot be marked, keeps what the platform's list had, which is mostly an
empty cell: never a zero, unless the teacher says so. A list on which only names fit is that of another
assignment or class, as far as anybody can tell: nothing is filled by names unless the teacher says so.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefing.errors import BriefingError
from briefing.marking.cells import counted, runs
from briefing.marking.cells import points as shown
from briefing.marking.hand_ins.layouts import without_layout
from briefing.marking.hand_ins.names import spellings
from briefing.marking.hand_ins.roster import Match, Person, Roster
from briefing.marking.imports.groups import (
    ALSO_ALONE,
    KEPT,
    TWICE,
    OfGroups,
    mostly_people,
    without,
)
from briefing.visible import MOST_OF_A_NAME, quoted, visible

MAY_BE = "what is left out may be theirs, so no zero."
NOT_ZERO = "what was handed in cannot be marked, which is not zero."
WAITS = "open answers wait for your mark."
OTHER_ID = "the name is on the platform's list with another id; --by-name takes it."
ZeroFor = Literal["missing", "not gradable"]
GroupsGet = Literal["nothing", "their points", "no zero"]
"""What the members of a group get that handed in: as if it were a stranger, its points, or just no zero."""
_MARK_FIRST = (
    "(Groups have only names: mark with --roster and this list, then the members' ids are known.) "
)
FIRST = 5
"""How many of those whose open answers wait a sentence names; `open-answers.csv` has all."""


class ImportRefused(BriefingError):
    """An import that cannot be made: the platform's list is not what it should be."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One student's result, as it is to be imported.

    Attributes:
        name: the name, or "".
        ids: the student's ids by kind (see `hand_ins.roster.ID_KINDS`).
        code: the code in the answers file, or "".
        score: points earned; None where there are none.
        why: why there are none, or why they may not be all yet, as the end of a sentence; "" where
            the points are whole.
        feedback: a sentence or two for the student about the points.
        note: the teacher's own words for the student, also where there are no points; or "".
        of: what the points are out of so far; None where that is not known.
    """

    name: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    score: float | None = None
    why: str = ""
    feedback: str = ""
    note: str = ""
    of: float | None = None

    @property
    def words(self) -> str:
        """What the student reads beside the points: the teacher's words first."""
        return "\n".join(filter(None, (self.note, self.feedback)))

    @property
    def waits(self) -> bool:
        """Whether the points are out of less than the exercise, because open answers wait."""
        return self.score is not None and self.why == WAITS

    @property
    def perhaps(self) -> bool:
        """Whether the student has no file, and one of those of nobody may be theirs."""
        return self.score is None and self.why == MAY_BE

    @property
    def called(self) -> str:
        """How a sentence names the student."""
        return visible(self.name or next(iter(self.ids.values()), "") or self.code or "somebody")


@dataclass(frozen=True, slots=True)
class Made:
    """An import file.

    Attributes:
        data: its bytes.
        by: how many students get points by it, by what told who they are; "" for a zero that nobody's
            result gives.
        column: the heading of the column that is filled.
        sentences: who was left out and why, and what else the teacher should know.
    """

    data: bytes
    by: Mapping[str, int]
    column: str
    sentences: tuple[str, ...] = ()

    @property
    def filled(self) -> int:
        """How many students get points by it."""
        return sum(self.by.values())


@dataclass(frozen=True, slots=True)
class Given:
    """What one line of the platform's list gets; `by` tells how its result was found, if it has one.

    Where `points` are "", what the list has is kept, and only the feedback is new.
    """

    points: str
    feedback: str = ""
    by: str = ""


def assigned(
    people: Sequence[Person],
    rows: Iterable[ImportRow],
    listing: Path,
    *,
    points: float,
    possible: float | None,
    zero_for: Collection[ZeroFor] = (),
    unfinished: bool = False,
    by_name: bool = False,
    groups: GroupsGet = "nothing",
    absent: Iterable[ImportRow] = (),
) -> tuple[dict[int, Given], list[str]]:
    """Return what each line of a platform's list gets, by `Person.line`, and the sentences.

    Args:
        people: the people on the platform's list.
        rows: the results, one for each student.
        listing: the platform's list, for sentences.
        points: what the exercise is out of.
        possible: what the platform's item is out of, where its list says so; points are scaled to it.
        zero_for: who gets a zero instead of nothing.
        unfinished: give points although they may not be all yet.
        by_name: fill in whom only the name tells, although no id fits, or another one.
        groups: what becomes of a group's hand-in, where the list says who is in which group.
        absent: those on the class list who handed in nothing: what only bears their name is not theirs, and a
            list that has their ids is that of the class, also where only groups handed in.

    Raises:
        ImportRefused: nobody is on the list, or only names are and none of the ids.
    """
    given, said = dict[int, Given](), list[str]()
    factor = possible / points if possible and points and possible != points else 1.0
    if factor != 1:
        said.append(
            f"The platform's item is out of {shown(possible or 0)}, the exercise of {shown(points)}: all "
            "points are scaled to it."
        )
    roster, rows = Roster(people), list(rows)
    of_people = mostly_people(roster, ((row.name, row.ids) for row in rows))
    of_groups = OfGroups[ImportRow](roster, of_people)
    alone = [
        row for row in rows if groups == "nothing" or not of_groups.takes(row.name, row.ids, row)
    ]
    found, missing = _found(roster, alone), _found(roster, list(absent))
    found = _by_more_than_a_name(found, missing)
    said += [
        f"{one.row.called}: called {visible(one.match.person.name)} on the platform's list; taken by the id."
        for one in found
        if one.renamed and one.match.person
    ]
    if not by_name:
        named = [_Found(row, Match(by="group")) for own in of_groups.things.values() for row in own]
        evidence = missing if named else []
        numbers = bool(alone) and all(_numbered(row) for row in alone)
        ids = (value for person in people for value in person.ids.values())
        numbers = numbers and not any(value.isdecimal() for value in ids)
        _need_ids([*found, *named], evidence, listing, numbers=numbers)
    results: dict[int, list[_Found]] = {}
    left: dict[str, list[str]] = {}
    for one in found:
        person = one.match.person
        if person is None:
            why = one.match.sentence or "is not on the platform's list."
            said.append(f"{one.called}: left out; {why}")
        elif one.other_id and not by_name:
            left.setdefault(f"left out; {OTHER_ID}", []).append(one.row.called)
        else:
            results.setdefault(person.line, []).append(one)
    nobodys = any(one.match.person is None or (one.other_id and not by_name) for one in found)
    in_doubt = {person.line for person in _in_doubt(roster, found)}
    nothing = list[Person]()
    so_far = list[tuple[ImportRow, str]]()
    for person in people:
        shared = of_groups.of(person)
        if person.line not in results and not shared:
            nothing.append(person)
            # Whose a file is that nobody on the list fits may be a group's, whatever it is called now.
            doubt = bool(of_groups.things) and nobodys
            if "missing" in zero_for and not doubt:
                if person.line in in_doubt or _is_named(person, left):
                    unlike = len(roster.could_be(person.name)) < 2 if person.name else True
                    whose = person.name or person.id
                    whose = visible(whose if unlike else f"{whose}, {person.id}")
                    left.setdefault(f"left as it was; {MAY_BE}", []).append(whose)
                else:
                    given[person.line] = Given("0")
            continue
        own = results.get(person.line, [])
        mine = [*own, *(_Found(row, Match(person, by="group")) for row in shared)]
        cell = _cell(mine, factor, zero_for, unfinished)
        if groups == "no zero":
            cell = _cell(own, factor, zero_for, unfinished) if own else KEPT
        elif of_groups.unsure(person):
            cell = of_groups.unsure(person)
        if isinstance(cell, Given):
            given[person.line] = cell
            so_far += [(one.row, cell.points) for one in mine if cell.points and one.row.waits]
        else:
            left.setdefault(f"left as it was; {cell}", []).append(visible(person.name or person.id))
            notes = dict.fromkeys(one.row.note for one in own if one.row.note)
            if notes:
                given[person.line] = Given("", "\n".join(notes))
    # Somebody with a second file, which cannot be marked, is named once.
    rest = [_told(list(dict.fromkeys(names)), why) for why, names in left.items()]
    if of_groups.things:
        rest.append(without(nothing, zero="missing" in zero_for, doubt=nobodys))
    rest += [_so_far(so_far, possible or points)] if so_far else []
    return given, [*dict.fromkeys(said), *filter(None, rest)]


@dataclass(frozen=True, slots=True)
class _Found:
    row: ImportRow
    match: Match
    renamed: bool = False
    named: bool = False
    """Whether nothing but a name that anybody can type says whose the row is."""

    @property
    def called(self) -> str:
        """How a sentence names whose it is."""
        return visible(self.row.code or "a file") if self.named else self.row.called

    @property
    def other_id(self) -> bool:
        """Whether the name fits, and the row has an id that the list does not have for it."""
        return self.match.by == "name" and bool(self.row.ids)


def _found(roster: Roster, rows: Sequence[ImportRow]) -> list[_Found]:
    """Return whose each row is on the platform's list.

    A name may have been changed since it was marked. An id of the list's counts under any name where most
    of those that the list has go with the names there: it is that list's ids then.
    """
    found, renamed = list[_Found](), dict[int, Person]()
    for row in rows:
        match = roster.find(row.ids, row.name)
        owner = roster.find(row.ids).person
        if owner is not None and match.by != "id":
            renamed[len(found)] = owner
        if match.person is None and not match.sentence and row.code and owner is None:
            match = roster.by_code(row.code)
        found.append(_Found(row, match))
    # People are counted and not rows: one can hand in a hundred files.
    same = {one.match.person.line for one in found if one.match.by == "id" and one.match.person}
    if len(same) > len({owner.line for owner in renamed.values()}):
        for at, owner in renamed.items():
            found[at] = _Found(found[at].row, Match(owner, by="id"), renamed=True)
    return found


def _by_more_than_a_name(found: Sequence[_Found], missing: Sequence[_Found]) -> list[_Found]:
    """Return the same, without what is somebody's only by a name that `grade` did not take for theirs.

    A file's name is anybody's to type. Whom MARKED has in a row of their own, or on its class list, what is not
    of that row is not theirs; where `grade` has it that it may be, they get no zero.
    """
    of_row = {one.match.person.line for one in found if one.row.ids and one.match.person}
    missed = {one.match.person.line for one in missing if one.match.person}
    perhaps = {one.match.person.line for one in missing if one.match.person and one.row.perhaps}
    taken = list[_Found]()
    for one in found:
        person = one.match.person
        if person and one.match.by == "name" and not one.row.ids and person.line in of_row | missed:
            could = (person,) if person.line in perhaps else ()
            called = quoted(one.row.name, MOST_OF_A_NAME)
            said = f"nothing but what a file is called says that it is of {called}."
            one = _Found(one.row, Match(None, said, could=could), named=True)
        taken.append(one)
    return taken


def _in_doubt(roster: Roster, found: Iterable[_Found]) -> Iterator[Person]:
    """Yield those on the list who may have handed in what was not found to be theirs: no zero is theirs then.

    Such are all whom a result could mean where it could mean several, and the owners of a result's id, whoever gets it.
    """
    for one in found:
        yield from one.match.could
        if one.match.by == "id":
            continue
        ids = {kind: without_layout(value) for kind, value in one.row.ids.items()}
        owner = roster.find(ids).person
        if owner and (one.match.person is None or ids != one.row.ids):
            yield owner


def _need_ids(
    found: Sequence[_Found], absent: Sequence[_Found], listing: Path, *, numbers: bool
) -> None:
    """Look whether a list can be that of the class and the assignment.

    Args:
        found: whose each result is; a group is known by its name, as it is in every assignment.
        absent: who handed in nothing, where groups handed in: their ids can be on the list.
        listing: the list.
        numbers: whether only a worksheet of Moodle's could have the ids, and the list is none.

    Raises:
        ImportRefused: it has nobody, or only names fit.
    """
    found = list({_student(one.row): one for one in found}.values())
    by = Counter(one.match.by for one in found if one.match.by)
    by["name"] += by["group"]
    by["id"] += sum(one.match.by == "id" for one in absent)
    unsure = any(one.match.sentence for one in found)
    if by["id"] or by["code"] or not found or (unsure and not by["name"]):
        return
    things = "group" if by["group"] == len(found) else "student"
    how_many = f"{by['name']:,} of {counted(len(found), things)}"
    if not by["name"]:
        raise ImportRefused(
            f"Nobody of the {counted(len(found), things)} is on {listing}, so it is the list of "
            "another class or assignment: give the one that goes with --marked. Nothing was written."
        )
    if numbers:
        raise ImportRefused(
            f"MARKED knows the students by the numbers in Moodle's download, which {listing} does not have, "
            f"so only names fit ({how_many}). If it is the list of this class, say so with --by-name: points "
            "then go by the names, and of two people who could be meant nobody gets any. Nothing was written."
        )
    raise ImportRefused(
        f"On {listing} only names fit ({how_many}) and no id, so it may be the list of another "
        "assignment or class: give the one that goes with --marked. If your class list simply has other "
        f"ids than the platform, say so with --by-name. {_MARK_FIRST if by['group'] else ''}Nothing was written."
    )


def _numbered(row: ImportRow) -> bool:
    """Say whether a row's id can be the number of Moodle's that its download and worksheet have."""
    return row.ids.get("identifier", "").isdecimal()


def _student(row: ImportRow) -> tuple[str, ...]:
    """Return what tells a student's rows from another's, for counting students and not files."""
    return (row.name, *row.ids.values()) if row.name or row.ids else (row.code,)


def _cell(
    found: Sequence[_Found], factor: float, zero_for: Collection[ZeroFor], unfinished: bool
) -> Given | str:
    """Return what a line gets from the results that go with it, or why it gets nothing.

    A file that has no points does no harm beside one that has.
    """
    scored = [one for one in found if one.row.score is not None]
    if len(scored) > 1:
        by = Counter(one.match.by for one in scored)
        if by["group"]:
            return TWICE if by["group"] == len(scored) else ALSO_ALONE
        return "two results go with this line."
    if not scored:
        if "not gradable" in zero_for:
            return Given("0", found[0].row.words, found[0].match.by)
        return found[0].row.why or NOT_ZERO
    (one,) = scored
    row = one.row
    if row.why and not unfinished:
        return row.why
    return Given(shown((row.score or 0) * factor), row.words, one.match.by)


def _is_named(person: Person, left: Mapping[str, Sequence[str]]) -> bool:
    """Say whether somebody who was left out may be this person: they did hand in something."""
    others = left.get(f"left out; {OTHER_ID}", ())
    return bool(person.name) and not all(
        spellings(person.name).isdisjoint(spellings(name)) for name in others
    )


def _told(names: Sequence[str], why: str) -> str:
    """Return one sentence for all who are left for one reason; everybody is named whom no table names."""
    if len(names) == 1:
        return f"{names[0]}: {why}"
    why = why.replace("left as it was", "left as they were", 1)
    if why.endswith(WAITS) and len(names) > FIRST:
        rest = (
            f"{', '.join(names[:FIRST])} and {len(names) - FIRST:,} more, all in open-answers.csv"
        )
        return f"{counted(len(names), 'student')}: {why} ({rest})"
    return f"{counted(len(names), 'student')}: {why} ({'; '.join(names)})"


def _so_far(rows: Sequence[tuple[ImportRow, str]], column: float) -> str:
    """Return a sentence on points that are out of less than the column says, for nobody sees that there."""
    row, cell = rows[0]
    of = f" of {shown(row.of)}" if row.of else ""
    return (
        f"{counted(len(rows), 'student')}: points so far, while open answers wait for your mark (--unfinished). "
        f"They go into a column out of {shown(column)} as if they were all: {shown(row.score or 0)}{of} stands "
        f"there as {cell} of {shown(column)}. When you have marked, give this line once more."
    )


def inexact(person: Person, exact: Collection[str]) -> str:
    """Return a sentence where an id must be exact and a spreadsheet would run it; "" otherwise."""
    for kind in exact:
        if runs(person.ids.get(kind, "")):
            return (
                f"{visible(person.name or person.id)}: left out of the file; the {kind} begins with a "
                "sign that a spreadsheet would run, and must be exact. Enter these points by hand."
            )
    return ""


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """Return lines as CSV: commas, UTF-8 without a mark, as the platforms read it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def number(text: str) -> float | None:
    """Return a number as a platform prints it (`20.00`, `20,00`), or None."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1_000_000 else None
