"""What somebody without a file has of what others handed in: their group's points, or a doubt; marks nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from briefing.marking.hand_ins import Person, Roster
from briefing.marking.hand_ins.layouts import without_layout
from briefing.marking.hand_ins.roster import ID_KINDS, groups_of
from briefing.marking.records import Record
from briefing.marking.row_status import RowStatus
from briefing.marking.totals import Earned
from briefing.visible import MOST_OF_A_NAME, quoted

SHOWN = 3
"""How many hand-ins of nobody a row names that may be somebody's."""


class Shared(Struct, frozen=True, gc=False):
    """What a group handed in, for its members.

    Attributes:
        name: the group's, as what was handed in has it.
        counts: whether it counts.
        earned: its points; None where it has none, or they go into no total.
        as_none: whether it is called as Moodle calls all who are in no group.
    """

    name: str
    counts: bool
    earned: Earned | None
    as_none: bool = False


class Nobodys(Struct, frozen=True, gc=False):
    """Who handed in something and is not found on the class list.

    Attributes:
        student: what tells them from all others.
        name: the name, or "".
        known: whether `student` is more than the code in the file.
    """

    student: str
    name: str
    known: bool


def perhaps(nobodys: Iterable[Nobodys], roster: Roster) -> dict[str, list[str]]:
    """Return `Person.id` → who is not found and could be they, nobody twice.

    A code is anybody's to type: it is looked at only where nothing else says who it is. So is a file's name: of
    whom the list has another code it says nothing.
    """
    found: dict[str, dict[str, None]] = {}
    for one in nobodys:
        for person in _meant(one, roster):
            found.setdefault(person.id, {})[one.student] = None
    return {own: list(others) for own, others in found.items()}


def _meant(one: Nobodys, roster: Roster) -> Iterator[Person]:
    if one.known:
        yield from roster.meant_by(dict.fromkeys(ID_KINDS, without_layout(one.student)), one.name)
        return
    yield from roster.meant_by({}, code=one.student)
    yield from (by for by in roster.meant_by({}, one.name) if not (by.code and one.student))


def without_file(
    person: Person,
    exercise: str,
    groups: Mapping[str, Sequence[Shared]],
    roster: Roster,
    others: Collection[str] = (),
) -> tuple[Record, bool]:
    """Return the line of somebody on the class list of whom no file is, and whether it is certain.

    Args:
        person: they.
        exercise: for which exercise.
        groups: what groups handed in for it, by their names as `group_key` has them.
        roster: the class list.
        others: who is not found on the list, handed something in for it, and could be they.
    """
    names = sorted(name for name in groups_of(person) if name in groups)
    own = [one for name in names for one in groups[name]]
    if not own and others:
        named = " and ".join(quoted(one, 40) for one in list(others)[:SHOWN])
        more = f" and {len(others) - SHOWN:,} more" if len(others) > SHOWN else ""
        said = f"What {named}{more} handed in can be theirs. Whose it is is not guessed, and nothing is zero by it."
        status = RowStatus.PERHAPS
        return Record(
            "", status, person.id, True, "", person.name, exercise, reasons=(said,)
        ), False
    if not own:
        return Record("", RowStatus.NOTHING, person.id, True, "", person.name, exercise), True
    listed = " and ".join(
        quoted(name, MOST_OF_A_NAME) for name in dict.fromkeys(one.name for one in own)
    )
    said = f"Handed in by their group: the row of {listed} has the questions."
    counting = [one for one in own if one.counts]
    earned = counting[0].earned if len(counting) == 1 else None
    sure = len(counting) < 2
    if len(counting) > 1:
        said += " Two hand-ins are of their group: which one counts is not guessed."
    if any(map(roster.two_names, names)):
        earned, sure = None, False
        said += " Two groups on the list could be meant by that name: which one is not guessed."
    if "identifier" in person.ids and any(one.as_none for one in own):
        earned, sure = None, False
        said += " All who are in no group are called so, too, on Moodle's worksheet: whose it is is not guessed."
    return Record(
        "", RowStatus.BY_GROUP, person.id, True, "", person.name, exercise,
        score=earned.score if earned else 0.0, max_score=earned.of if earned else 0.0, reasons=(said,),
    ), sure  # fmt: skip
