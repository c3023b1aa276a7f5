"""What a lesson's cells call: `exercise("ex02")`, `.ask("q1")`, `.hand_in()`; marks nothing itself.

With `solved=True`, as in solution notebooks, the questions show the key and the reasons, nobody can
change them, and the work folder is left alone.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from briefing.answers import (
    AnswersStore,
    Receipt,
    change_code,
    hand_in,
    is_empty,
    propose_code,
    student_code,
    work_folder,
)
from briefing.answers.schema import MIME
from briefing.course.feedback import checker
from briefing.course.solved import model_answers
from briefing.course.unfit import Save, check_fits, kept_first, unfit_told
from briefing.course.versions import versions_of
from briefing.course.widget import build
from briefing.errors import BriefingError
from briefing.keys import Question, definition, exercise_key
from briefing.keys.progress import unfinished

if TYPE_CHECKING:
    from briefing.widgets.handin import HandInReceipt, Version
    from briefing.widgets.question import QuestionWidget

MOST_CARRIED = 500_000
"""Bytes of an answers file that a notebook carries: Jupyter's servers hold back greater outputs."""


class NoSuchQuestion(BriefingError):
    """The exercise has no question of that id."""


class SolvedOnly(BriefingError):
    """Something that a solved exercise cannot do."""


class Exercise:
    """One exercise (or the questions of one lesson), ready to be shown in a notebook."""

    def __init__(self, name: str, *, solved: bool = False) -> None:
        """Read what the exercise asks, and the student's answers or the key.

        Args:
            name: the exercise, such as `"ex02"` or `"lesson02"`.
            solved: show the key instead of the student's answers.

        Raises:
            DefinitionError: there is no such exercise, or its file is wrong.
            KeyNotHere: `solved`, and this copy of the course has no solutions.
            AnswersUnreadable: the answers file comes from a newer version of the course.
            NoWorkFolder: no folder can be written to.
        """
        self.definition = definition(name)
        self.name = name
        self.solved = solved
        self._keys = exercise_key(name) if solved else {}
        self._store = None if solved else AnswersStore.open(name)
        self._tell()

    @property
    def store(self) -> AnswersStore:
        """The student's answers.

        Raises:
            SolvedOnly: a solved exercise holds none.
        """
        if self._store is None:
            raise SolvedOnly(f"{self.name} shows its solutions here, so nothing is saved in it.")
        return self._store

    def ask(self, question: str) -> None:
        """Show a question: its static view, and the widget to answer it with.

        Raises:
            NoSuchQuestion: the exercise has no question of that id.
        """
        self.widget(question).show()

    def widget(self, question: str) -> QuestionWidget:
        """Return the widget of a question, with the student's answer (or the key) in it.

        Raises:
            NoSuchQuestion: the exercise has no question of that id.
        """
        asked = self._question(question)
        if self.solved:
            return self._solved_widget(asked)
        self.store.reload()
        self._tell()
        answer = self.store.answer(asked.id)

        def save(payload: dict[str, Any], base: int | None) -> Receipt:
            return self.store.save(asked.id, payload, base)

        try:
            if answer:
                check_fits(asked, answer)
            return self._open(asked, answer, save)
        except BriefingError as problem:
            if not answer:
                raise
            print(unfit_told(asked, problem))
            return self._open(asked, None, kept_first(self.store, save))

    def compare(self, question: str) -> None:
        """Show the student's marks or labels, to be compared with a partner's answers file.

        Raises:
            NoSuchQuestion: the exercise has no question of that id.
            NotCompared: the question is answered otherwise than by marks or labels.
        """
        from briefing.course.compare import comparison

        asked = self._question(question)
        if self._store is None:
            print("In the exercise the answers of two people are compared here.")
            return
        self.store.reload()
        self._tell()
        comparison(asked, self.name, self.store.student, self.store.answer(asked.id)).show()

    def hand_in(self) -> None:
        """Show the hand-in: download with a receipt, loading a file back, earlier versions."""
        from briefing.widgets.handin import HandIn

        if self._store is None:
            print("In the exercise the answers are handed in here.")
            return
        HandIn(
            self._pack,
            self._load,
            versions=self._versions,
            restore=self._restore,
            carry=self._carried,
            place=f"work/{self._store.path.name}",
            borrowed=any(name.startswith("BINDER_") for name in os.environ),
            question=f"{self.name}/hand-in",
            title=f"Hand in {self.name}",
            student=self._store.student,
        ).show()

    def __repr__(self) -> str:
        return f"<{self.name}: {self.definition.title}>"

    def _open(self, asked: Question, answer: dict[str, Any] | None, save: Save) -> QuestionWidget:
        return build(
            asked,
            question=f"{self.name}/{asked.id}",
            student=self.store.student,
            answer=answer,
            revision=self.store.revision,
            saved=self.store.saved_iso,
            save=save,
            check=checker(self.definition, asked, self._answers),
            newer=lambda base: self.store.changed_since(asked.id, base),
        )

    def _question(self, question: str) -> Question:
        questions = self.definition.questions
        if question not in questions:
            raise NoSuchQuestion(
                f"{self.name} has no question {question[:40]!r}; it has {', '.join(questions)}."
            )
        return questions[question]

    def _answers(self) -> dict[str, dict[str, Any]]:
        """Every answer as it stands, or the model answers; numbers may follow from another one."""
        if self._store is None:
            return model_answers(self.definition, self._keys)
        self._store.reload()
        found = {q.id: self._store.answer(q.id) for q in self.definition.question}
        return {name: answer for name, answer in found.items() if answer}

    def _solved_widget(self, asked: Question) -> QuestionWidget:
        answer = self._answers()[asked.id]
        widget = build(asked, question=f"{self.name}/{asked.id}", answer=answer, readonly=True)
        check = checker(self.definition, asked, self._answers)
        if check is not None:
            widget.feedback = check(answer).as_dict(0, 0)
        return widget

    def _pack(self) -> tuple[str, bytes, HandInReceipt]:
        from briefing.widgets.handin import HandInReceipt

        titles = self._titles()
        file = hand_in(self.store, titles)
        answers = self.store.answers()
        begun = {
            q.id: unfinished(q, answers[q.id])
            for q in self.definition.question
            if not is_empty(answers.get(q.id))
        }
        receipt = HandInReceipt(
            revision=file.revision,
            saved=file.saved_iso,
            empty=file.empty,
            answered=len(titles) - len(file.empty),
            place=f"work/{self.store.path.name}",
            partly=[f"{titles[name]}: {how_far}" for name, how_far in begun.items() if how_far],
        )
        return file.name, file.data, receipt

    def _carried(self) -> dict[str, Any]:
        """The answers file for a notebook that is handed in instead of it; nothing while it is empty.

        The notebooks of the course are stored without answers, so this never changes them.
        """
        file = hand_in(self.store, self._titles())
        nothing = len(file.empty) == len(self.definition.question)
        if nothing or len(file.data) > MOST_CARRIED:
            return {}
        return {MIME: json.loads(file.data)}

    def _load(self, data: bytes) -> str:
        kinds = {question.id: question.kind for question in self.definition.question}
        before = self.store.student
        receipt = self.store.load_back(data, kinds)
        now = self.store.student
        code = (
            f"Your code is now {now}, as in the file; it was {before}. If the file is not yours, bring "
            "back what stood here, and give your code again on the start page."
            if now != before
            else ""
        )
        said = f"Loaded; this is now revision {receipt.revision}. Run all cells to see it."
        return " ".join(filter(None, (said, receipt.message, code)))

    def _titles(self) -> dict[str, str]:
        questions = self.definition.question
        return {q.id: f"{q.id} ({q.title})" if q.title else q.id for q in questions}

    def _versions(self) -> list[Version]:
        return versions_of(self.store, self._titles())

    def _restore(self, name: str) -> str:
        receipt = self.store.restore(name)
        return (
            f"Brought back, as revision {receipt.revision}. Run all cells to see it: until then the "
            f"questions show what stood there before. {receipt.message}".strip()
        )

    def _tell(self) -> None:
        """Say what the student should know about the file; nothing in the ordinary case."""
        while self._store and self._store.notices:
            print(self._store.notices.pop(0))


def exercise(name: str, *, solved: bool = False) -> Exercise:
    """Return an exercise, such as `exercise("ex02")`, or a lesson's questions (`"lesson02"`).

    Raises:
        DefinitionError: there is no such exercise, or its file is wrong.
        KeyNotHere: `solved`, and this copy of the course has no solutions.
        AnswersUnreadable: the answers file comes from a newer version of the course.
        NoWorkFolder: no folder can be written to.
    """
    return Exercise(name, solved=solved)


def my_code() -> None:
    """Show the code that stands in the student's answers files, and let it be changed.

    Raises:
        NoWorkFolder: no folder can be written to.
    """
    from briefing.widgets.student import StudentCode

    folder = work_folder()
    StudentCode(
        student_code(folder),
        save=lambda code: change_code(folder, code),
        propose=propose_code,
        question="course/code",
        title="Your code",
    ).show()
