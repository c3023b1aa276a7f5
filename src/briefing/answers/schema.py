"""What an answers file may hold, as types with their limits; never opens a file.

`docs/answers.schema.json` is written from these types. Unknown fields are allowed everywhere and
survive saving. Every offset and length is counted in Unicode code points.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

FORMAT = "reading-the-briefing/answers"
VERSION = 1
MIME = "application/vnd.reading-the-briefing.answers+json"
"""The kind under which a notebook stores an answers file as an output of its hand-in cell."""

MAX_BYTES = 4_000_000
MAX_DEPTH = 16
MOST_PARTS = 300_000  # lists and objects: memory for a million would be spent before any check
MOST_MARKS = 5_000
MAX_TEXT = 300_000  # the longest text that one string may hold, in code points

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Line = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Offset = Annotated[int, Meta(ge=0, le=100_000_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Exercise = Annotated[str, Meta(pattern="^[a-z]{1,20}[0-9]{2}$")]
Question = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{0,39}$")]
Student = Annotated[str, Meta(min_length=1, max_length=200)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class TextPositionSelector(Struct, tag_field="type", tag=True, frozen=True, gc=False):
    """Where marked words stand, in code points of the article's file."""

    start: Offset
    end: Offset


class TextQuoteSelector(Struct, tag_field="type", tag=True, frozen=True, gc=False):
    """The marked words themselves, with a little of what stands around them."""

    exact: Text
    prefix: Line = ""
    suffix: Line = ""


class Target(Struct, frozen=True, gc=False):
    """What a mark points at."""

    selector: Annotated[
        list[TextPositionSelector | TextQuoteSelector], Meta(min_length=1, max_length=4)
    ]
    source: Line = ""


class Body(Struct, frozen=True, gc=False):
    """One thing said about marked words: a label, a note, or a link to another mark."""

    purpose: Line = ""
    value: Text = ""
    source: Line = ""


class Annotation(Struct, frozen=True, gc=False):
    """A mark as a W3C Web Annotation."""

    id: Id
    target: Target
    type: Literal["Annotation"] = "Annotation"
    body: Annotated[list[Body], Meta(max_length=10)] = []


class Labels(Struct, tag_field="kind", tag="labels", frozen=True, gc=False):
    """A label for each sentence: sentence id → field → label."""

    article: Id
    labels: Annotated[
        dict[Id, Annotated[dict[Id, Line], Meta(max_length=20)]], Meta(max_length=5_000)
    ]
    sha256: Sha256 | None = None
    attempts: Count = 0


class Marks(Struct, tag_field="kind", tag="marks", frozen=True, gc=False):
    """Marked words, free to overlap."""

    article: Id
    marks: Annotated[list[Annotation], Meta(max_length=MOST_MARKS)]
    sha256: Sha256 | None = None
    attempts: Count = 0


class FreeText(Struct, tag_field="kind", tag="text", frozen=True, gc=False):
    """An answer in the student's own words."""

    text: Text
    attempts: Count = 0


class Choice(Struct, tag_field="kind", tag="choice", frozen=True, gc=False):
    """Chosen options, by id."""

    chosen: Annotated[list[Id], Meta(max_length=500)]
    attempts: Count = 0


class Card(Struct, frozen=True, gc=False):
    """A decision on one ready-made card."""

    decision: Line = ""
    gate: Line = ""
    reason: Text = ""


class Cards(Struct, tag_field="kind", tag="cards", frozen=True, gc=False):
    """Decisions on cards: card id → decision."""

    cards: Annotated[dict[Id, Card], Meta(max_length=500)]
    attempts: Count = 0


class Table(Struct, tag_field="kind", tag="table", frozen=True, gc=False):
    """A filled table: row id → column → cell."""

    rows: Annotated[
        dict[Id, Annotated[dict[Id, Text | int | float | bool | None], Meta(max_length=50)]],
        Meta(max_length=1_000),
    ]
    attempts: Count = 0


class Cell(Struct, frozen=True, gc=False):
    """One cell of a matrix: yes or no, with the spans that show it."""

    present: bool | None = None
    spans: Annotated[list[tuple[Offset, Offset]], Meta(max_length=200)] = []


class Matrix(Struct, tag_field="kind", tag="matrix", frozen=True, gc=False):
    """A filled matrix: cell id (`001/problem`) → cell."""

    cells: Annotated[dict[Id, Cell], Meta(max_length=1_000)]
    attempts: Count = 0


Answer = Labels | Marks | FreeText | Choice | Cards | Table | Matrix


class AnswersFile(Struct, frozen=True, gc=False):
    """One student's answers to one exercise (or to the questions of one lesson)."""

    format: Literal["reading-the-briefing/answers"]
    version: Literal[1]
    exercise: Exercise
    student: Student
    revision: Count
    answers: Annotated[dict[Question, Answer], Meta(max_length=200)]
    course: Line = ""
    saved: Line = ""
    changed: dict[Question, Count] = {}
    """The revision in which each question was last changed."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an answers file; `docs/answers.schema.json` holds it."""
    schema = msgspec.json.schema(AnswersFile)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers file of Reading the Briefing",
        **schema,
    }
