"""Mark one answers file: bytes in, a frozen result out; never writes or executes anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Struct

from briefing.answers.read import NotGradable, parse_answers
from briefing.answers.saved_time import believable
from briefing.answers.schema import AnswersFile
from briefing.corpus import Article, any_article
from briefing.errors import BriefingError
from briefing.keys import (
    Exercise,
    KeyNotHere,
    QuestionKey,
    QuestionResult,
    Status,
    definition,
    exercise_key,
    exercise_names,
    has_solutions,
    score_question,
)
from briefing.marking.compact import compact
from briefing.marking.row_status import RowStatus, Standing
from briefing.marking.teacher import TeacherMark


class BrokenKey(BriefingError):
    """A question file or a key cannot be read, so nobody can be marked fairly."""


@dataclass(frozen=True)
class Desk:
    """One exercise as the marker needs it, loaded once for a whole class."""

    exercise: Exercise
    keys: Mapping[str, QuestionKey]
    articles: Mapping[str, Article]
    plain: Mapping[str, QuestionKey] = field(default_factory=dict)
    """Of questions for which a teacher accepted something: the keys without it."""


class Change(Struct, frozen=True, gc=False):
    """A mark that a person's decision changed.

    Attributes:
        question: its id.
        before: points as the machine gave them; None where it gave none.
        after: points now.
        why: the reason, one sentence.
        by_hand: whether a teacher set these points; otherwise the key was changed.
    """

    question: str
    before: float | None
    after: float | None
    why: str
    by_hand: bool = False


class Graded(Struct, frozen=True, gc=False):
    """One file's mark.

    Attributes:
        status: see `RowStatus`.
        student: what tells the student from all others: the roster's or the path's id, else the code
            in the file (or what could be made out of a damaged one).
        known: whether that is from a roster or a path.
        code: the code in the file where the student is known otherwise, or "".
        name: the student's name, where it is known, or "".
        hand_in: what tells this hand-in from the student's others, where all of them count or only its
            name says whose it is; or "".
        by_name: whether only the file's own name says so.
        of_group: whether it is a group's, whose members get what it earned.
        by_code: see `Who`.
        standing: how it stands to the class list.
        exercise: the exercise's name, or "".
        revision: how often the file had been saved.
        saved: when, as the file says, in UTC; "" where that cannot be.
        results: by question id, in the exercise's order; empty where the file is not gradable.
        payloads: the answers in compact form, by question id.
        reasons: sentences for the teacher.
        teacher: what a teacher entered for open answers, by question id.
        changes: marks that an accepted defence or a teacher's own hand changed.
        taken: points that a late rule takes; already taken off `score`.
        late: one sentence on being late, for the student and the teacher, or "".
        was_late: whether it came late by the class's rules; None where nothing says so.
        note: a teacher's note for this student, or "".
    """

    status: RowStatus
    student: str = ""
    exercise: str = ""
    revision: int = 0
    saved: str = ""
    results: Mapping[str, QuestionResult] = msgspec.field(default_factory=dict)
    payloads: Mapping[str, Mapping[str, Any]] = msgspec.field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    teacher: Mapping[str, TeacherMark] = msgspec.field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    taken: float = 0.0
    late: str = ""
    was_late: bool | None = None
    note: str = ""
    known: bool = False
    code: str = ""
    name: str = ""
    hand_in: str = ""
    by_name: bool = False
    of_group: bool = False
    by_code: str = ""
    standing: Standing = Standing.LISTED

    @property
    def before_late(self) -> float:
        """Points earned so far, before any late rule."""
        return round(sum(result.earned or 0 for result in self.results.values()), 2)

    @property
    def score(self) -> float:
        """Points that count so far, of `max_score`."""
        return round(self.before_late - self.taken, 2)

    @property
    def max_score(self) -> float:
        """Points that could be earned so far: all but those that wait for a teacher's mark."""
        counted = (r.points for r in self.results.values() if r.status is not Status.TEACHER)
        return round(sum(counted), 2)

    @property
    def waiting(self) -> Mapping[str, float]:
        """Questions that wait for a teacher's mark, with their points."""
        return {
            question: result.points
            for question, result in self.results.items()
            if result.status is Status.TEACHER
        }


class Desks:
    """The exercises that have turned up so far, each loaded when its first file comes."""

    def __init__(self) -> None:
        self._known: dict[str, Desk | str] = {}

    @classmethod
    def all(cls) -> Desks:
        """Return the desks of all exercises, loaded now.

        Raises:
            BrokenKey: a question file or a key is broken. That this copy of the course lacks a
                key is no such error: its files are then not gradable, one by one.
        """
        desks = cls()
        for name in exercise_names():
            try:
                desks._known[name] = _load(name)
            except BriefingError as problem:
                if has_solutions() or not isinstance(problem, KeyNotHere):
                    raise BrokenKey(f"{problem} Nothing was marked or changed.") from problem
                desks._known[name] = str(problem)
        return desks

    def change(self, change: Callable[[Desk], Desk]) -> None:
        """Put what `change` returns in the place of every desk that is known so far."""
        for name, desk in self._known.items():
            if isinstance(desk, Desk):
                self._known[name] = change(desk)

    def get(self, exercise: str) -> Desk | str:
        """Return the exercise's desk, or one sentence saying why it cannot be marked."""
        if exercise not in self._known:
            try:
                self._known[exercise] = _load(exercise)
            except BriefingError as problem:
                self._known[exercise] = str(problem)
        return self._known[exercise]


def _load(exercise: str) -> Desk:
    asked = definition(exercise)
    keys = exercise_key(exercise)
    articles = {
        question.article: any_article(question.article)
        for question in asked.question
        if question.article
    }
    return Desk(asked, keys, articles)


def grade(data: bytes, desks: Desks) -> Graded:
    """Mark the answers file in `data`; one that cannot be marked is a result like any other.

    What nobody foresaw is not caught here but in `Marker.mark`.
    """
    try:
        return _grade(data, desks)
    except NotGradable as problem:
        return not_gradable(data, problem.reason)


def _grade(data: bytes, desks: Desks) -> Graded:
    file = parse_answers(data)
    desk = desks.get(file.exercise)
    if isinstance(desk, str):
        unknown = file.exercise not in exercise_names()
        raise NotGradable(f"{desk} Ask the student for the right file." if unknown else desk)
    results, reasons = {}, list[str]()
    payloads = {
        question.id: compact(file.answers[question.id], desk.articles.get(question.article))
        for question in desk.exercise.question
        if question.id in file.answers
    }
    for question in desk.exercise.question:
        payload, article = payloads.get(question.id), desk.articles.get(question.article)
        if payload is not None and payload.get("given") and not payload["marks"]:
            result = _unplaced(desk, question.id, payload)
        elif payload is not None and article and _other_text(payload, article):
            result = _other(desk, question.id, article)
        else:
            result = score_question(question, desk.keys[question.id], payload, payloads)
        results[question.id] = result
        reasons += [f"{question.id}: {note}" for note in result.notes]
    stray = [name for name in file.answers if name not in results]
    if stray:
        reasons.append(
            f"{', '.join(stray[:5])}: not a question of {file.exercise}, so it was left alone."
        )
    return _marked(file, results, payloads, reasons)


def _marked(
    file: AnswersFile,
    results: dict[str, QuestionResult],
    payloads: Mapping[str, Mapping[str, Any]],
    reasons: list[str],
) -> Graded:
    states = [result.status for result in results.values()]
    if all(state is Status.EMPTY for state in states):
        status = RowStatus.EMPTY
        reasons.insert(0, "Nothing is answered in this file.")
    else:
        status = RowStatus.PARTLY if Status.NOT_GRADABLE in states else RowStatus.MARKED
        missing = [name for name, result in results.items() if result.status is Status.EMPTY]
        if missing:
            reasons.append(f"Not answered: {', '.join(missing)}.")
    return Graded(
        status=status,
        student=file.student,
        exercise=file.exercise,
        revision=file.revision,
        saved=believable(file.saved),
        results=results,
        payloads=payloads,
        reasons=tuple(reasons),
    )


def _refused(desk: Desk, question: str, note: str) -> QuestionResult:
    asked = desk.exercise.questions[question]
    return QuestionResult(question, asked.points, Status.NOT_GRADABLE, notes=(note,))


def _unplaced(desk: Desk, question: str, payload: Mapping[str, Any]) -> QuestionResult:
    asked = desk.exercise.questions[question]
    if asked.kind != "marks":
        note = f"{question} asks for {asked.kind}, and the file holds marks there."
    elif payload["article"] != asked.article:
        note = f"{question} is about article {asked.article}, and the answer about another."
    else:
        note = f"None of the {payload['given']} marks could be placed. {payload['notes'][0]}"
    return _refused(desk, question, note)


def _other_text(payload: Mapping[str, Any], article: Article) -> bool:
    return payload["kind"] == "labels" and payload.get("sha256") not in (None, article.sha256)


def _other(desk: Desk, question: str, article: Article) -> QuestionResult:
    return _refused(
        desk,
        question,
        f"The labels were given to another text of article {article.id} than the course's.",
    )


_STUDENT = re.compile(r'"student"\s*:\s*"((?:[^"\\\n]|\\["/\\]){1,200})')
_EXERCISE = re.compile(r'"exercise"\s*:\s*"([a-z]{1,20}[0-9]{2})"')


def not_gradable(data: bytes, reason: str) -> Graded:
    """Say who a damaged file seems to be from, so that the teacher knows whom to ask."""
    text = data[:100_000].decode("utf-8", "replace")
    student, exercise = _STUDENT.search(text), _EXERCISE.search(text)
    return Graded(
        RowStatus.NOT_GRADABLE,
        student=student.group(1) if student else "",
        exercise=exercise.group(1) if exercise else "",
        reasons=(reason,),
    )
