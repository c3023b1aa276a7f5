"""Why points that a teacher set by hand found nobody to go to: a sentence for each case, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.marking.cells import as_typed
from briefing.marking.kept_rows import Cells
from briefing.marking.row_status import RowStatus
from briefing.visible import quoted

_ELSEWHERE = "To give points all the same, enter them on your platform. The entry is kept."


@dataclass
class Here:
    """What is there of the students whom somebody set points for.

    Attributes:
        worth: returns what each question of an exercise is worth.
        hint: returns a sentence on who is meant by what was typed, or "".
    """

    worth: Callable[[str], Mapping[str, float]]
    hint: Callable[[str], str]
    _found: dict[tuple[str, str], set[RowStatus]] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    def add(self, exercise: str, student: str, status: RowStatus) -> None:
        """Remember what is there of a student; every status but one says that nothing could be marked."""
        self._found.setdefault((as_typed(student), exercise), set()).add(status)
        if status is RowStatus.MARKED:
            self._near[loose(student)] = student

    def why(self, row: Cells, who: Sequence[str]) -> str:
        """Return why a row's points could not be set.

        Args:
            row: the row.
            who: what the student is called in it, and may be called otherwise.
        """
        exercise = folded(row["exercise"])
        to = exercise or "any exercise"
        there = {
            one for name in who for of in (exercise, "") for one in self._found.get((name, of), ())
        }
        if RowStatus.MARKED in there:
            asked = _named(list(self.worth(exercise)))
            return f"{exercise} has no question {quoted(row['question'].strip())}.{asked}"
        if RowStatus.NOT_GRADABLE in there:
            return (
                f"what this student handed in to {to} could not be marked, so there is no question to set "
                f"points for: ask for the answers file (the gradebook has the reason). {_ELSEWHERE}"
            )
        if RowStatus.BY_GROUP in there:
            return (
                f"this student's group handed in {to}: write the group as the gradebook has it, and all of "
                "it get the points. The entry is kept."
            )
        if RowStatus.PERHAPS in there:
            return (
                f"what somebody handed in to {to} may be this student's, and nobody can tell: the gradebook says "
                f"which. Mend the class list or the file's name, and mark again. {_ELSEWHERE}"
            )
        if RowStatus.NOTHING in there:
            return f"this student handed in nothing to {to}. {_ELSEWHERE}"
        if any(known in who for known, _ in self._found):
            return f"no hand-in of this student to {quoted(exercise)} was found this time. The entry is kept."
        student = row["student"].strip()
        meant = self._near.get(loose(student), "")
        said = f"Is {meant} meant?" if meant else self.hint(student)
        found = "no hand-in of this student was found this time. The entry is kept."
        return f"{found} {said}".rstrip()


def _named(questions: Sequence[str]) -> str:
    """Return a sentence that names an exercise's questions, which stand in their order; "" for none."""
    if questions == [f"q{number}" for number in range(1, len(questions) + 1)] and questions[1:]:
        return f" It has {questions[0]} to {questions[-1]}."
    return f" It has {', '.join(questions)}." if questions else ""


def folded(name: str) -> str:
    """Return an exercise's or a question's name as the course writes it: `EX02` as `ex02`."""
    return name.strip().casefold()


def loose(student: str) -> str:
    """Return a code as a hasty hand or a spreadsheet may leave it: 007 as 7, Fox 4821 as fox4821."""
    return re.sub(r"[^\w]", "", student).casefold().lstrip("0")
