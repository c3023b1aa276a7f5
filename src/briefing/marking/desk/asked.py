"""What there is to mark in a table: question by question, the answers in an order without names.

It reads rows, questions and keys, and changes nothing. Whose answer it is goes no further than here.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.corpus import any_article, plain
from briefing.errors import BriefingError
from briefing.keys import Exercise, QuestionKey, definition, exercise_key
from briefing.keys.keyfiles import Criterion
from briefing.keys.own_card import WIDGET
from briefing.marking.carried import STOOD, carried, out_of
from briefing.marking.cells import in_lines, points, safe
from briefing.marking.desk.marks import DeskMark, earned, mark_in
from briefing.marking.kept_rows import Cells, parts, short
from briefing.marking.open_answers import CHANGED, CHECKED, GONE
from briefing.marking.rubrics import rubric_for

_INLINE = " What a machine can check: "
"""What stood between the two while they had one cell; such a row may have been kept."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One answer, without a name.

    Attributes:
        row: what tells its row from all others.
        cells: the row as it stands, what was given in it put into the class's points.
        mark: what is entered in it.
        problem: why it cannot be marked here, or "".
    """

    row: str
    cells: Cells
    mark: DeskMark
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DeskQuestion:
    """One question and everyone's answers to it, in an order that follows no name.

    `most` and the criteria's points are the class's, as the table says that it was marked. `boxes` are the
    names of a card's boxes, none where the answer is no card.
    """

    id: str
    title: str
    prompt: str
    sentence: str
    rubric: tuple[Criterion, ...]
    most: float
    model: str
    note: str
    boxes: tuple[str, ...]
    seats: tuple[Seat, ...]

    def is_marked(self, mark: DeskMark) -> bool:
        """Say whether a mark counts: nothing is open, and nothing stands there that cannot be read."""
        return earned(mark, self.rubric, self.most) is not None

    def carry(self, cells: Mapping[str, str]) -> Cells:
        """Return a row with what was given in it put into the class's points."""
        exercise, _, question = self.id.partition("/")
        return carried(cells, exercise, question, self.most)

    def as_config(self) -> dict[str, Any]:
        """Return what the page is told of the question and its answers; no marks, no names."""
        return {
            "id": self.id,
            "title": self.title,
            "prompt": self.prompt,
            "sentence": self.sentence,
            "criteria": [{"text": c.text, "points": points(c.points)} for c in self.rubric],
            "most": points(self.most),
            "model": self.model,
            "note": self.note,
            "answers": [self._shown(seat) for seat in self.seats],
        }

    def _shown(self, seat: Seat) -> dict[str, Any]:
        text, checked = _split(seat.cells, boxes=self.boxes)
        return {
            "row": seat.row,
            "text": text,
            "checked": checked,
            "changed": CHANGED in seat.cells.get("remark", ""),
            "stood": "" if self.is_marked(seat.mark) else _stood(seat.cells),
            "problem": seat.problem,
        }


def _split(cells: Mapping[str, str], *, boxes: Sequence[str]) -> tuple[str, list[str]]:
    """Return an answer and what a machine could say of it; the apostrophe kept a spreadsheet quiet."""
    text = re.sub(r"\A'(?=\s*[=+\-@])", "", cells.get("answer", ""))
    if not boxes:
        return in_lines(text), []
    checked = cells.get(CHECKED, "").strip()
    lines = in_lines(checked).split("\n")
    if not checked:
        before, found, rest = text.rpartition(_INLINE)
        text = before if found else rest
        lines = re.split(r"\s(?=[○✓≈✗→] )", rest) if found else []
    return in_lines(_in_boxes(text, boxes)), lines


def _in_boxes(card: str, boxes: Sequence[str]) -> str:
    """Return a card with each box on a line of its own; a table's cell has no lines.

    A box's name counts only after the name of the box before it, so a student's words seldom break a line.
    """
    at = 0
    for name in boxes:
        found = re.compile(rf"(?:, |: |\A){re.escape(safe(name))}: ").search(card, at)
        if found:
            before = card[: found.start()] + (":" if found.group().startswith(":") else "")
            line = found.group().removeprefix(", ").removeprefix(": ")
            card = f"{before}\n{line}{card[found.end() :]}".lstrip("\n")
            at = len(before) + len(line)
    return card


def _stood(cells: Cells) -> str:
    """Return what stood in a row before its question's points changed, as its remark tells; or ""."""
    return " ".join(part for part in parts(cells) if part.startswith(STOOD))


def row_of(cells: Mapping[str, str]) -> str:
    """Return what tells a row from all others, however a spreadsheet changed the rest; "" for none."""
    return cells.get("row", "").strip().partition("-")[0]


def lengthened(rows: Sequence[Cells], known: Iterable[str]) -> list[Cells]:
    """Return rows with the marks `known`: a second marker's table of before has shorter ones."""
    whole = {short(row): row for row in known}
    return [
        cells
        | {
            "row": whole.get(row_of(cells), row_of(cells))
            + cells["row"].strip()[len(row_of(cells)) :]
        }
        for cells in rows
    ]


def questions_in(rows: Sequence[Cells]) -> tuple[list[DeskQuestion], list[str]]:
    """Return the questions that have answers in a table, and sentences about rows that have no place.

    Raises:
        BriefingError: a question file or a key is broken.
    """
    by_question: dict[tuple[str, str], dict[str, list[Cells]]] = {}
    nameless = 0
    for cells in rows:
        row = row_of(cells)
        if not row or not cells.get("answer", "").strip():
            nameless += 1
            continue
        asked = by_question.setdefault((cells["exercise"].strip(), cells["question"].strip()), {})
        asked.setdefault(row, []).append(cells)
    found, told = [], []
    for (exercise, question), answers in sorted(by_question.items()):
        try:
            asked_for, keys = definition(exercise), exercise_key(exercise)
            found.append(_asked(asked_for, question, keys[question], answers))
        except (BriefingError, KeyError):
            told.append(
                f"{len(answers)} in the table to {exercise} {question}: no such question here."
            )
    if nameless:
        told.append(
            f"{nameless} in the table without an answer or without a mark in its last column."
        )
    return found, told


def _asked(
    exercise: Exercise, question: str, key: QuestionKey, answers: Mapping[str, list[Cells]]
) -> DeskQuestion:
    asked = exercise.questions[question]
    most = _most([cells for rows in answers.values() for cells in rows], asked.points)
    rubric = rubric_for(key.rubric, asked.points, most)
    seats = []
    for row in sorted(answers, key=_place):
        kept = [carried(cells, exercise.exercise, question, most) for cells in answers[row]]
        marks = [mark_in(cells, rubric, most) for cells in kept]
        twice = any(mark != marks[0] for mark in marks)
        problem = "Two rows of the table hold different marks for this answer. Keep one there."
        seats.append(Seat(row, kept[0], marks[0], problem if twice else ""))
    return DeskQuestion(
        id=f"{exercise.exercise}/{question}",
        title=f"{exercise.exercise} {question}: {asked.title or exercise.title}",
        prompt=asked.prompt,
        sentence=_words(asked.sentence),
        rubric=rubric,
        most=most,
        model=key.model,
        note=key.note,
        boxes=tuple(c.name for c in asked.columns) if asked.widget == WIDGET else (),
        seats=tuple(seats),
    )


def _most(rows: Sequence[Cells], course: float) -> float:
    """Return what the question is worth in the class: what `grade` wrote beside most of the answers.

    Args:
        rows: the question's rows. Those whose answer was not there last time are older than the rest.
        course: what the course gives for it, which counts where no row says anything.
    """
    now = [cells for cells in rows if GONE not in cells.get("remark", "")]
    told = Counter(whole for cells in now or rows if (whole := out_of(cells)) is not None)
    return min(told, key=lambda whole: (-told[whole], whole), default=course)


def _place(row: str) -> str:
    """Where an answer comes: by chance, but always the same, whoever hands in later."""
    return hashlib.sha256(f"desk/{short(row)}".encode()).hexdigest()


def _words(sentence: str) -> str:
    return plain(any_article(sentence.partition(".")[0]).words(sentence)) if sentence else ""
