"""What an exercise asks: reads `data/exercises/NAME.toml`; holds no right answers.

The format is described in `docs/question-files.md`.
"""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from briefing.corpus import course_folder
from briefing.errors import BriefingError
from briefing.keys.asked_cells import CardAsked, Column, Option, Row
from briefing.keys.asked_checks import card_problems, table_problems

Kind = Literal["labels", "marks", "text", "choice", "cards", "table", "matrix"]
Points = Annotated[float, Meta(ge=0, le=100)]


class DefinitionError(BriefingError):
    """A file that defines an exercise or its key is missing or wrong."""


class Label(Struct, frozen=True):
    """A label on a button: the id that is stored, the name that is shown."""

    id: str
    name: str
    hint: str = ""


class Group(Struct, frozen=True):
    """Options of which one is chosen, or several where `several` says so."""

    id: str
    options: list[Option]
    prompt: str = ""
    several: bool = False


class Question(Struct, frozen=True, dict=True):
    """One question of an exercise or lesson.

    `sentences` is a list of sentence ids, `"counted"` for every sentence of the article that gets
    labels, or left out for the whole text. `sentence` is the one that a choice or a text is about:
    its words are shown from the article. `bare` shows a text as its file has it, no part of the
    page grey or in a style of its own, so that telling the parts apart can be asked. `asks` words
    what a card asks for: `decision`, `gate`, `reason`.
    """

    id: str
    kind: Kind
    points: Points = 0
    marked: Literal["machine", "teacher"] = "machine"
    title: str = ""
    prompt: str = ""
    widget: str = ""
    article: str = ""
    sentence: str = ""
    field: str = ""
    sentences: list[str] | Literal["counted"] | None = None
    labels: list[Label] = []
    linked: bool = False
    bare: bool = False
    extent: Literal["marked", "shown", "free"] = "marked"
    groups: list[Group] = []
    options: list[Option] = []
    several: bool = False
    words: list[int] = []
    articles: list[str] = []
    functions: list[Label] = []
    columns: list[Column] = []
    rows: list[Row] = []
    decisions: list[Label] = []
    gates: list[Label] = []
    cards: list[CardAsked] = []
    asks: dict[str, str] = {}

    @cached_property
    def label_ids(self) -> frozenset[str]:
        """The ids of the labels that are offered."""
        return frozenset(label.id for label in self.labels)

    @property
    def choice_groups(self) -> list[Group]:
        """The groups of a choice; plain `options` are one group called `choice`."""
        if self.groups or not self.options:
            return self.groups
        return [Group("choice", self.options, several=self.several)]

    @property
    def asked_cells(self) -> list[tuple[Row, Column]]:
        """The cells of a table that are asked and not printed, row by row."""
        return [(row, c) for row in self.rows for c in self.columns if c.id not in row.given]

    def label_name(self, label: str) -> str:
        """Return the name on the button of a label, or the label itself where it has none."""
        return next((known.name for known in self.labels if known.id == label), label)


class Exercise(Struct, frozen=True):
    """An exercise, or the questions of a lesson."""

    exercise: str
    title: str = ""
    lesson: str = ""
    points: Points = 0
    graded: bool = False
    question: list[Question] = []

    @property
    def questions(self) -> dict[str, Question]:
        """The questions by id, in their order."""
        return {question.id: question for question in self.question}


def read_toml(path: Path) -> dict[str, object]:
    """Return what a TOML file holds.

    Raises:
        DefinitionError: it is missing or is not TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as problem:
        raise DefinitionError(
            f"The file {path} cannot be read ({problem.strerror}); restore it from the course's "
            "original."
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise DefinitionError(
            f"The file {path} cannot be understood: {problem}. Mend that line (often a quotation "
            "mark or a bracket is missing), or restore the file from the course's original."
        ) from problem


def exercise_names() -> list[str]:
    """Return the names of all exercises and lessons that have questions, sorted."""
    return sorted(path.stem for path in (course_folder() / "data" / "exercises").glob("*.toml"))


def definition(exercise: str) -> Exercise:
    """Return what an exercise asks.

    Raises:
        DefinitionError: there is no such exercise, or its file is wrong.
    """
    return _definition(course_folder(), exercise)


@cache
def _definition(course: Path, exercise: str) -> Exercise:
    path = course / "data" / "exercises" / f"{exercise}.toml"
    if exercise not in exercise_names():
        known = ", ".join(exercise_names()) or "none"
        raise DefinitionError(f"There is no exercise {exercise[:40]!r}; there are: {known}.")
    try:
        found = msgspec.convert(read_toml(path), Exercise)
    except msgspec.ValidationError as problem:
        raise DefinitionError(f"The file {path} is wrong: {problem}.") from problem
    if len(found.questions) != len(found.question):
        raise DefinitionError(f"The file {path} has two questions of one id.")
    from briefing.keys.own_card import asked_in_full  # it needs the types above

    found = msgspec.structs.replace(found, question=[asked_in_full(q) for q in found.question])
    for question in found.question:
        wrong = _problem(question)
        if round(question.points, 2) != question.points:
            wrong = f"points = {question.points} has more than two decimals."
        if wrong:
            raise DefinitionError(f"The file {path} is wrong, question {question.id}: {wrong}")
    return found


def _problem(question: Question) -> str:
    """Say what is wrong with how a table or a set of cards is asked; empty where nothing is."""
    match question.kind:
        case "table":
            problems = table_problems(question.columns, question.rows)
        case "cards":
            decisions = [decision.id for decision in question.decisions]
            gates = [gate.id for gate in question.gates]
            problems = card_problems(question.cards, decisions, gates)
        case _:
            return ""
    return next(problems, "")
