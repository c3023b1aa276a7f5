"""What tables and cards ask: columns, rows, cards, as question files write them; no right answers."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Given = str | int | float


class Option(Struct, frozen=True):
    """An option of a choice: its own words, or a sentence of an article by its id."""

    id: str
    text: str = ""
    sentence: str = ""


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a table: what each of its cells asks for.

    Attributes:
        id: fixed; stands in answers and keys.
        name: the column's heading, and the label of its field on a card.
        type: `choice` (one of `options`), `number` or `text`.
        options: of a choice.
        unit: of a number, such as `%`; shown behind the field, and may be typed.
        most: of a text, the most characters (code points) asked for; 0 for no bound.
        hint: a sentence below the heading.
    """

    id: str
    name: str
    type: Literal["choice", "number", "text"] = "text"
    options: list[Option] = []
    unit: str = ""
    most: int = 0
    hint: str = ""


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a table: what its cells are about.

    Attributes:
        id: fixed; stands in answers and keys.
        name: the heading of the row, in our own words.
        sentence: a sentence of an article by its id; its words are shown.
        span: words of the article to show, as start and end in code points.
        article: the article of `span`; the question's where left out.
        given: cells that are printed and not asked, by column.
    """

    id: str
    name: str = ""
    sentence: str = ""
    span: list[int] = []
    article: str = ""
    given: dict[str, Given] = {}


class Box(Struct, frozen=True, forbid_unknown_fields=True):
    """One named box of a card."""

    name: str
    text: str


class CardAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """One ready-made card that a student decides on.

    The words of `sentence`, or of `span` in `article` (the question's where left out), are shown.
    """

    id: str
    title: str = ""
    article: str = ""
    span: list[int] = []
    sentence: str = ""
    boxes: list[Box] = []
