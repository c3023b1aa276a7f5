"""The table in which a teacher marks open answers: written beside the gradebook, read back each time.

What a teacher entered is never lost or overwritten: not when a student's file is missing, not when
the answer has changed, not when an entry cannot be read. Each of these is said in `remark`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefing.keys import Status
from briefing.keys.keyfiles import Criterion
from briefing.keys.own_card import gates_of
from briefing.marking import not_here, ours
from briefing.marking.carried import carried
from briefing.marking.cells import as_typed, one_line, points
from briefing.marking.grade import Desk, Graded
from briefing.marking.kept_rows import (
    UNUSED,
    Cells,
    Form,
    KeptRows,
    as_part,
    digits_of,
    parts,
    same_mark,
    short,
    tables_in,
)
from briefing.marking.marksheet import sheet_lines
from briefing.marking.row_status import RowStatus
from briefing.marking.table_views import answer_words
from briefing.marking.teacher import TeacherMark, criterion_column, read_mark
from briefing.visible import quoted

NAME = ours.OPEN_ANSWERS
FIRST = ("exercise", "question", "student", "answer", "criteria")
CHECKED = "what a machine can check"
"""A column of its own: in the answer's cell a student could write what looks like it."""
LAST = ("points", "max_points", "note", "remark", "row")
NEEDED = ("exercise", "question", "student", "points", "note", "row")
SHOWN = 5_000
"""Code points of an answer that stand in the table; the student's page has the rest."""

CHANGED = "The answer has changed since it was marked."
GONE = "No answer of this student was found this time. The entry is kept."
TWICE = f"{UNUSED} yet: two rows hold different marks for this answer; keep one."
_OURS = (f"{UNUSED} yet:", "The criteria add up", GONE)
_CRITERION = re.compile(r"criterion [0-9]{1,2}")
FORM = Form(
    NAME,
    columns=(*FIRST, CHECKED, *LAST),
    needed=NEEDED,
    names=("exercise", "question", "student"),
    typed=("points", "note"),
    numbered=_CRITERION,
    versioned=True,
)


class OpenAnswer(Struct, frozen=True, gc=False):
    """An answer that a teacher marks; `checked` is what a machine could say of it.

    `known`, `code` and `hand_in` are those of `Graded`: an id from a roster is never taken for a code
    that somebody typed.
    """

    exercise: str
    question: str
    student: str
    answer: str
    rubric: tuple[Criterion, ...]
    points: float
    checked: str = ""
    known: bool = False
    code: str = ""
    hand_in: str = ""

    @property
    def row(self) -> str:
        """What tells this row from all others, however a spreadsheet changes the code."""
        return self._row(self.hand_in)

    @property
    def old_row(self) -> str:
        """The same in a table from before rows and hand-ins had so many digits."""
        return short(self._row(self.hand_in[:8]))

    def _row(self, hand_in: str) -> str:
        more = ("known", hand_in) if self.known or hand_in else ()
        return "r" + digits_of(self.exercise, self.question, self.student, *more)

    @property
    def before(self) -> tuple[str, ...]:
        """What the row may have been called before there was a roster, or while one file counted."""
        names = (
            ((self.student, "known", "") if self.known else (self.student,)) if self.hand_in else ()
        )
        old = (names, (self.code,) if self.code else ())
        return tuple("r" + digits_of(self.exercise, self.question, *one) for one in old if one)

    @property
    def version(self) -> str:
        """What tells this answer from another one to the same question."""
        return "a" + digits_of(self.answer)


@dataclass
class OpenAnswers(KeptRows):
    """A class's open answers and what the teacher has entered so far."""

    form: Form = FORM

    @classmethod
    def read(cls, *paths: Path) -> OpenAnswers:
        """Return what was entered in the tables `paths`; a later table wins over an earlier one.

        Raises:
            MarksheetUnreadable: one of them cannot be read.
        """
        book = cls()
        book.take(*paths)
        return book

    def entered(self, asked: OpenAnswer) -> tuple[list[dict[str, str]], TeacherMark]:
        """Return the rows that hold entries for an answer, and the mark they make."""
        if not self.rows:
            return [], TeacherMark()
        known = self.of(asked.row, (asked.exercise, asked.question, as_typed(asked.student)))
        if not known and asked.hand_in:
            old = asked.old_row
            known = [row for row in self.of(old, ()) if self.mark(row) == old]
        if not known:
            known = [
                row
                for mark in asked.before
                for row in self.of(mark, ())
                if same_mark(version_of(row), asked.version)
            ]
        if not known:
            return [], TeacherMark()
        first, *more = (_carried(row, asked) for row in known)
        if any(self.entries(row) != self.entries(first) for row in more):
            return known, TeacherMark(problem=TWICE)
        return known, read_mark(first, asked.rubric, asked.points)

    def with_marks(self, graded: Graded, desk: Desk) -> Graded:
        """Return a file's mark with what the teacher gave added to it."""
        if not self.rows:
            return graded
        results, marks = dict(graded.results), dict[str, TeacherMark]()
        reasons = list(graded.reasons)
        for asked in open_answers(graded, desk, also_empty=True):
            known, mark = self.entered(asked)
            if not known:
                continue
            marks[asked.question] = mark
            if mark.problem:
                reasons.append(f"{asked.question}: {mark.problem}")
            if _has_changed(known[0], asked):
                reasons.append(f"{asked.question}: {CHANGED}")
            if mark.points is not None and asked.points:
                results[asked.question] = replace(
                    results[asked.question],
                    status=Status.MARKED,
                    score=mark.points / asked.points,
                )
        if not marks:
            return graded
        status = graded.status
        if status is RowStatus.EMPTY and any(m.points is not None for m in marks.values()):
            status = RowStatus.MARKED
        return replace(
            graded, status=status, results=results, reasons=tuple(reasons), teacher=marks
        )

    def table(
        self,
        answers: Iterable[OpenAnswer],
        most: int,
        told: Counter[str] | None = None,
        *,
        checks: bool = False,
    ) -> Iterator[str]:
        """Yield the lines of the table for these answers, with every entry that there is.

        Args:
            answers: the answers, by exercise, question and student.
            most: how many criteria one of them has at most.
            told: counts the answers up: `marked`, `waiting` and `unread` (an entry that is no mark); and the
                marks that are of nobody who is here, see `not_here`.
            checks: whether a machine can check something in any of them.
        """
        numbers = [int(n.split()[1]) for old in self.rows for n in old if _CRITERION.fullmatch(n)]
        columns = [criterion_column(number) for number in range(1, max([most, *numbers]) + 1)]
        checked = [CHECKED] if checks or any(old.get(CHECKED) for old in self.rows) else []
        header = [*FIRST[:-1], *checked, FIRST[-1], *columns, *LAST[:-1], *self.extra, LAST[-1]]
        typed = {"criteria", *columns, "points", "note", *self.extra}
        lines = self._lines(answers, Counter() if told is None else told)
        rows = ([line.get(name, "") for name in header] for line in lines)
        return sheet_lines(header, rows, typed)

    def _lines(self, answers: Iterable[OpenAnswer], told: Counter[str]) -> Iterator[dict[str, str]]:
        used: set[int] = set()
        others = dict.fromkeys(map(_answer_in, filter(self._is_marked, self.rows)), False)
        for asked in answers:
            known, mark = self.entered(asked)
            if not known and not asked.answer.strip():
                continue
            if not known and others:
                own = (asked.exercise, asked.question, short(asked.version))
                if own in others:
                    others[own] = True
            used.update(map(id, known))
            given = "waiting" if mark.points is None else "marked"
            told["unread" if mark.problem and mark.points is None else given] += 1
            shown = known if mark.problem == TWICE else known[:1]
            for old in shown or [{}]:
                yield _line(asked, _carried(old, asked), mark)
        for old in self.rows:
            if id(old) not in used:
                if self._is_marked(old):
                    told[not_here.GONE] += 1
                    told[not_here.MOVED] += others[_answer_in(old)]
                kept = [part for part in parts(old) if not part.startswith(_OURS)]
                yield old | {"remark": " | ".join([*kept, GONE])}

    def _is_marked(self, row: Cells) -> bool:
        """Say whether a row holds more than a note."""
        names = self.entries(row).keys() - {"note"} - set(self.extra)
        return bool(names)


def _answer_in(row: Cells) -> tuple[str, str, str]:
    """Return what tells the answer in a row from others, whoever gave it."""
    return row["exercise"], row["question"], short(version_of(row))


def open_answers(graded: Graded, desk: Desk, *, also_empty: bool = False) -> list[OpenAnswer]:
    """Return the answers in a marked file that a teacher marks.

    Args:
        graded: the file's mark.
        desk: its exercise.
        also_empty: also the questions that were left unanswered.
    """
    found = []
    for name, result in graded.results.items():
        if not result.by_teacher:
            continue
        payload = graded.payloads.get(name)
        text = answer_words(desk.exercise.questions[name], payload)
        if text.strip() or also_empty:
            gates = gates_of(desk.exercise.questions[name], payload)
            checked = "\n".join(" ".join(gate.told.split()) for gate in gates)
            found.append(
                OpenAnswer(
                    graded.exercise,
                    name,
                    graded.student,
                    text,
                    desk.keys[name].rubric,
                    result.points,
                    checked,
                    graded.known,
                    graded.code,
                    graded.hand_in,
                )
            )
    return found


def _carried(old: dict[str, str], asked: OpenAnswer) -> dict[str, str]:
    return carried(old, asked.exercise, asked.question, asked.points)


def _has_changed(old: dict[str, str], asked: OpenAnswer) -> bool:
    version = version_of(old)
    said = any(CHANGED in part for part in parts(old))
    return said or (bool(version) and not same_mark(version, asked.version))


def version_of(row: Cells) -> str:
    """Return what tells a row's answer from another one to the same question; "" where nothing does."""
    return row["row"].partition("-")[2].strip()


def changed_since(old: Cells) -> str:
    """Return the remark on a mark that was given for the answer in the row `old`.

    The answer's words stand between quotation marks, which none of its own ends.
    """
    before = quoted(as_part(old.get("answer", "")), 300)
    return f"{CHANGED} Marked was: {before}. Look again, then empty this cell."


def _line(asked: OpenAnswer, old: dict[str, str], mark: TeacherMark) -> dict[str, str]:
    remarks = [part for part in parts(old) if not part.startswith(_OURS)]
    if old and _has_changed(old, asked) and not any(CHANGED in part for part in remarks):
        remarks.append(changed_since(old))
    if mark.problem:
        remarks.append(mark.problem)
    answer = one_line(asked.answer[:SHOWN])
    if len(asked.answer) > SHOWN:
        answer = f"{answer}… ({len(asked.answer):,} characters; all on the student's page)"
    return old | {
        "exercise": asked.exercise,
        "question": asked.question,
        "student": asked.student,
        "answer": answer,
        CHECKED: one_line(asked.checked) if answer else "",
        "criteria": _criteria(asked.rubric),
        "max_points": points(asked.points),
        "remark": " | ".join(remarks),
        "row": f"{asked.row}-{asked.version}",
    }


def _criteria(rubric: Sequence[Criterion]) -> str:
    return "  ".join(
        f"[{n}] {criterion.text} ({points(criterion.points)})"
        for n, criterion in enumerate(rubric, 1)
    )


def find_tables(out: Path, marks: Path | None) -> list[Path]:
    """Return the tables to read: the one in `out` if there is one, and the one that was named.

    Raises:
        MarksheetUnreadable: see `tables_in`.
    """
    return [*tables_in(out, NAME), *([marks] if marks else [])]
