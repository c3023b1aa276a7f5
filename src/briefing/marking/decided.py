"""What people decided about a class, laid over what the machine says; the one place for it.

Everything here is a pure step on one file's mark, so that it can be done in any process and in any
order. What is read is copied into the work folder before (see `settings`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.marking import open_answers
from briefing.marking.grade import Desk, Graded
from briefing.marking.hand_ins import Ref
from briefing.marking.open_answers import OpenAnswers
from briefing.marking.settings import Settings, Table


@dataclass(frozen=True)
class Decided:
    """Everything that people decided, read once a process.

    Attributes:
        book: what was entered for open answers.
    """

    book: OpenAnswers

    @staticmethod
    def tables(out: Path, marks: Path | None) -> list[Table]:
        """Return the tables to read: those in the output that there is, and those that were named.

        Args:
            out: the output.
            marks: a table of marked open answers, besides the output's own.

        Raises:
            MarksheetUnreadable: a table is still open in a spreadsheet or was saved as another kind
                of file.
        """
        return [Table(open_answers.NAME, path) for path in open_answers.find_tables(out, marks)]

    @classmethod
    def read(cls, settings: Settings) -> Decided:
        """Read it.

        Raises:
            MarksheetUnreadable: a table cannot be read.
        """
        return cls(OpenAnswers.read(*settings.of(open_answers.NAME)))

    def desk(self, desk: Desk) -> Desk:
        """Return an exercise's desk as this class has it."""
        return desk

    def settled(self, graded: Graded, desk: Desk, ref: Ref) -> Graded:
        """Return a file's mark with what people decided in it.

        Args:
            graded: what the machine says, its student known.
            desk: the desk that it was marked at.
            ref: where the file lies, and when it was handed in.
        """
        return self.book.with_marks(graded, desk)
