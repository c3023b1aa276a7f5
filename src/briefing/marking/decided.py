"""What people decided about a class, laid over what the machine says; the one place for it.

Everything here is a pure step on one file's mark, so that it can be done in any process and in any
order. What is read is copied into the work folder before (see `settings`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.marking import by_hand, defended, notes, open_answers
from briefing.marking.accepted import Accepted, with_changes
from briefing.marking.by_hand import ByHand
from briefing.marking.defended import Defended
from briefing.marking.due import Due
from briefing.marking.grade import Desk, Desks, Graded
from briefing.marking.hand_ins import Ref, Roster
from briefing.marking.kept_rows import tables_in
from briefing.marking.lateness import WhenHandedIn, with_late_rule
from briefing.marking.notes import Notes
from briefing.marking.open_answers import OpenAnswers
from briefing.marking.rules import Rules
from briefing.marking.rules_file import read_rules
from briefing.marking.settings import RULES, Settings, Table

Book = OpenAnswers | Defended | ByHand | Notes
BOOKS: dict[str, type[Book]] = {
    open_answers.NAME: OpenAnswers,
    defended.NAME: Defended,
    by_hand.NAME: ByHand,
    notes.NAME: Notes,
}
"""The tables that people fill in between two markings, and what each is read as."""


@dataclass(frozen=True)
class Decided:
    """Everything that people decided, read once a process.

    Attributes:
        book: what was entered for open answers.
        rules: the class's rules.
        defended: what was decided about defended marks, and
        accepted: what of them was accepted.
        by_hand: points that a teacher set.
        notes: a teacher's notes.
        listed: the ids of those on the class list, and what stands in the rules for any of them.
    """

    book: OpenAnswers
    rules: Rules
    defended: Defended
    accepted: Accepted
    by_hand: ByHand
    notes: Notes
    listed: frozenset[str] = frozenset()

    @property
    def books(self) -> Mapping[str, Book]:
        """What was read, by the name of its table."""
        own = (self.book, self.defended, self.by_hand, self.notes)
        return dict(zip(BOOKS, own, strict=True))

    @staticmethod
    def tables(out: Path | None, marks: Path | None) -> list[Table]:
        """Return the tables to read: those in the output that there is, and those that were named.

        Args:
            out: the output of an earlier marking, if there is one.
            marks: a table of marked open answers, besides the output's own.

        Raises:
            MarksheetUnreadable: a table is still open in a spreadsheet or was saved as another kind
                of file.
        """
        paths = open_answers.find_tables(out, marks) if out else [marks] if marks else []
        found = [Table(open_answers.NAME, path) for path in paths]
        if out:
            for name in (defended.NAME, by_hand.NAME, notes.NAME):
                found += [Table(name, path) for path in tables_in(out, name)]
        return found

    @staticmethod
    def holds_entries(table: Table) -> bool:
        """Say whether anybody has entered anything in a table.

        Raises:
            MarksheetUnreadable: it cannot be read.
        """
        return bool(BOOKS[table.kind].read(table.path).rows)

    @classmethod
    def read(cls, settings: Settings, desks: Desks) -> Decided:
        """Read it.

        Args:
            settings: where it lies.
            desks: the exercises as the course has them.

        Raises:
            MarksheetUnreadable: a table cannot be read.
            RulesUnclear: the rules cannot be understood.
        """
        roster = Roster.read(settings.roster) if settings.roster else None
        argued = Defended.read(*settings.of(defended.NAME))
        rules = read_rules(next(iter(settings.of(RULES)), None))
        listed = {one.id for one in roster.people} if roster else set[str]()
        if roster:
            listed.update(filter(roster.could_be, rules.extensions))
        return cls(
            book=OpenAnswers.read(*settings.of(open_answers.NAME)),
            rules=_for_listed(rules, roster),
            defended=argued,
            accepted=argued.accepted(desks),
            by_hand=ByHand.read(*settings.of(by_hand.NAME), roster=roster),
            notes=Notes.read(*settings.of(notes.NAME)),
            listed=frozenset(listed),
        )

    def desk(self, desk: Desk) -> Desk:
        """Return an exercise's desk as this class has it."""
        return self.accepted.desk(self.rules.desk(desk))

    def settled(self, graded: Graded, desk: Desk, ref: Ref) -> Graded:
        """Return a file's mark with what people decided in it.

        A teacher's points by hand go before those of the table of open answers, and both before a
        machine's; the late rule comes last, for it takes from what was earned.

        Args:
            graded: what the machine says, its student known.
            desk: the desk that it was marked at.
            ref: where the file lies, and when it was handed in.
        """
        graded = with_changes(graded, desk)
        graded = self.by_hand.with_marks(self.book.with_marks(graded, desk))
        graded = self.notes.with_note(graded)
        # The code in a file is anybody's to type: where the roster tells who it is, only that counts, and
        # a code that is spelt like somebody's id there is not that one's.
        typed = not graded.known and graded.student in self.listed
        name = "" if typed else graded.student
        when = WhenHandedIn(ref.handed_in, ref.late, graded.saved, name)
        return with_late_rule(graded, self.rules, when)


def _for_listed(rules: Rules, roster: Roster | None) -> Rules:
    """Return rules whose extensions go by the class list's ids, where they name who is on it otherwise."""
    if roster is None or not rules.extensions:
        return rules
    extensions = dict[str, Mapping[str, Due | int]]()
    # An id is a surer name than any other: what stands under it goes before.
    for name in sorted(rules.extensions, key=lambda name: roster.meant(name) == name):
        student = roster.meant(name) or name
        extensions[student] = {**extensions.get(student, {}), **rules.extensions[name]}
    return replace(rules, extensions=extensions)
