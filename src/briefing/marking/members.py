"""What somebody without a file has of their group's hand-in: its points, where it is sure which; marks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefing.marking.hand_ins import Person, Roster
from briefing.marking.hand_ins.roster import groups_of
from briefing.marking.records import Record
from briefing.marking.row_status import RowStatus
from briefing.marking.totals import Earned


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


def without_file(
    person: Person, exercise: str, groups: Mapping[str, Sequence[Shared]], roster: Roster
) -> Record:
    """Return the line of somebody on the class list of whom no file is.

    Args:
        person: they.
        exercise: for which exercise.
        groups: what groups handed in for it, by their names as `group_key` has them.
        roster: the class list.
    """
    names = sorted(name for name in groups_of(person) if name in groups)
    own = [one for name in names for one in groups[name]]
    if not own:
        return Record("", RowStatus.NOTHING, person.id, True, "", person.name, exercise)
    listed = " and ".join(f"“{name}”" for name in dict.fromkeys(one.name for one in own))
    said = f"Handed in by their group: the row of {listed} has the questions."
    counting = [one for one in own if one.counts]
    earned = counting[0].earned if len(counting) == 1 else None
    if len(counting) > 1:
        said += " Two hand-ins are of their group: which one counts is not guessed."
    if any(map(roster.two_names, names)):
        earned = None
        said += " Two groups on the list could be meant by that name: which one is not guessed."
    if "identifier" in person.ids and any(one.as_none for one in own):
        earned = None
        said += " All who are in no group are called so, too, on Moodle's worksheet: whose it is is not guessed."
    return Record(
        "", RowStatus.BY_GROUP, person.id, True, "", person.name, exercise,
        score=earned.score if earned else 0.0, max_score=earned.of if earned else 0.0, reasons=(said,),
    )  # fmt: skip
