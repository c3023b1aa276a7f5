"""What a teacher is told about whose a file is, for each rule that has something to say; decides nothing."""

from __future__ import annotations

from briefing.marking.hand_ins.layouts import is_called_as_none
from briefing.marking.hand_ins.roster import Person
from briefing.marking.hand_ins.whose.facts import CodeFacts, PathFacts
from briefing.visible import MOST_OF_A_NAME, quoted, visible

_SHOWN = 3


def nothing(_: PathFacts | CodeFacts) -> str:
    """Where a rule has nothing to say."""
    return ""


def renamed(f: PathFacts) -> str:
    """Where the id is somebody's who is called otherwise now."""
    return (
        f"Called {_name(f)} on the platform; its id {visible(f.claim.number)} is that of "
        f"{_called(f.owner)} on the roster."
    )


def of_a_group(f: PathFacts) -> str:
    """Where a group handed in that the platform shares its points out to."""
    if is_called_as_none(f.claim.name, f.claim.number):
        return _handed_in_by(
            f,
            "Moodle calls all who are in no group so, too, and its worksheet does not tell them apart: nobody "
            "gets its points or its page by it.",
        )
    return _handed_in_by(f, "`moodle` gives its points and page to them.")


def perhaps_a_group(f: PathFacts) -> str:
    """Where the name is that of a group on the list, and people hand in one by one."""
    return (
        f"The roster has a group {_name(f)}, but not most of those who handed in here are groups, "
        "and a name can be changed: whose it is is not guessed."
    )


def several_on_the_list(f: PathFacts) -> str:
    """Where several on the list could be meant."""
    return f.several


def namesakes(f: PathFacts) -> str:
    """Where several who handed in could be one person on the list."""
    ids = f.namesakes
    more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
    return (
        f"Several who handed in can be {_name(f)} on the roster "
        f"({', '.join(map(visible, ids[:_SHOWN]))}{more}), and it has no such id for this one, so nobody is guessed: "
        f"{f.traits.remedy}, and mark again."
    )


def two_people(f: PathFacts) -> str:
    """Where the name is one person's on the list and the id another's."""
    return (
        f"Its name is that of {_called(f.by_name)} on the roster, and its id {visible(f.claim.number)} that of "
        f"{_called(f.owner)}: not guessed."
    )


def anothers_number(f: PathFacts) -> str:
    """Where the id is somebody's on the list who has quite another name."""
    return (
        f"Its id {visible(f.claim.number)} is that of {_called(f.owner)} on the roster, who has no such name there: "
        "not guessed."
    )


def among_groups(f: PathFacts) -> str:
    """Where the name is one person's on the list, and groups hand in."""
    return (
        f"Its name is that of {_called(f.by_name)} on the roster, but groups handed in here, and a group can "
        "have any name: not guessed."
    )


def other_of_the_name(f: PathFacts) -> str:
    """Where the name is one person's on the list, and the platform's own id is not theirs."""
    return (
        f"Its name is that of {_called(f.by_name)} on the roster, whose id there is "
        f"{visible(f.listed_number)} and not {visible(f.claim.number)}: somebody else of that name, so nobody is guessed."
    )


def called_as_a_group(f: PathFacts) -> str:
    """Where the path names nobody on the list, but a group on it."""
    return _handed_in_by(f, "they have no points by it until you give them.")


def named_with_another_code(f: CodeFacts) -> str:
    """Where the file is named for one person on the list and holds the code of another."""
    return (
        f"The file is named for {_called(f.named)}, and the class list has another code for "
        "them than the one in it: known by its code until you say whose it is."
    )


def not_on_the_list(f: CodeFacts) -> str:
    """Where neither path nor code is anybody's on the list, and the path has said no more about it."""
    return "" if f.path_has_said_why else "Not found on the roster."


def code_of_several_or_nobody(f: CodeFacts) -> str:
    """Where several on the list have the code, or nobody has it."""
    return f.several or not_on_the_list(f)


def _handed_in_by(f: PathFacts, points: str) -> str:
    """Return what to say where a group handed in: its row is the group's, and no member's."""
    return f"Handed in by the group {_name(f)} ({len(f.members):,} on the class list): {points}"


def _name(f: PathFacts) -> str:
    return quoted(f.claim.name, MOST_OF_A_NAME)


def _called(person: Person | None) -> str:
    return quoted(person.name or person.id, MOST_OF_A_NAME) if person else ""
