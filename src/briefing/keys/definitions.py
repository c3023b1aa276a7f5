"""What an exercise asks: reads `data/exercises/NAME.toml`; holds no right answers.

The format is described in `docs/question-files.md`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from briefing.corpus import course_folder
from briefing.errors import BriefingError

Kind = Literal["labels", "marks", "text", "choice", "cards", "table", "matrix"]
Points = Annotated[float, Meta(ge=0, le=100)]


class DefinitionError(BriefingError):
    """A file that defines an exercise or its key is missing or wrong."""


class Label(Struct, frozen=True):
    """A label on a button: the id that is stored, the name that is shown."""

    id: str
    name: str
    hint: str = ""


class Option(Struct, frozen=True):
    """An option of a choice: its own words, or a sentence of an article by its id."""

    id: str
    text: str = ""
    sentence: str = ""


class Group(Struct, frozen=True):
    """Options of which one is chosen."""

    id: str
    options: list[Option]
    prompt: str = ""


class Question(Struct, frozen=True):
    """One question of an exercise or lesson.

    `sentences` is a list of sentence ids, `"counted"` for every sentence of the article that gets
    labels, or left out for the whole text. `sentence` is the one that a choice or a text is about:
    its words are shown from the article. `bare` shows a text as its file has it, no part of the
    page grey or in a style of its own, so that telling the parts apart can be asked.
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
    extent: Literal["marked", "shown"] = "marked"
    groups: list[Group] = []
    options: list[Option] = []
    words: list[int] = []

    @property
    def choice_groups(self) -> list[Group]:
        """The groups of a choice; plain `options` are one group called `choice`."""
        return self.groups or ([Group("choice", self.options)] if self.options else [])

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
    return found
