"""Labels and segments as plain values: what an annotator is told about a text.

Nothing here knows a label by name; whoever makes an annotator says what its labels are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LIGHT = ("#0072b2", "#a85400", "#007a5a", "#a8437f", "#4a4a4a", "#1a6fa3", "#7d6300", "#b83700")
"""The palette on white (after Okabe and Ito, darkened for text); the page has one for dark too."""

GREY_PARTS = ("clock", "furniture", "series", "related", "tags", "repeat")
"""Parts of a page around its article; they are shown in grey."""

_NAME = re.compile(r"\.(\w{1,6})$")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label that marks or sentences may have.

    `colour` is `#rrggbb`, or empty for the next of the palette; `key` is the digit or letter that
    gives the label, or empty for its number; `short` is what stands on the tag above the text.
    """

    id: str
    name: str = ""
    colour: str = ""
    key: str = ""
    short: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a label needs an id")
        if self.colour and not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"a colour is written like #0072b2, not {self.colour!r}")
        if len(self.key) > 1:
            raise ValueError(f"a key is one character, not {self.key!r}")

    @property
    def shown(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment of the text: `start` to `end` in Unicode code points, and what part it is."""

    id: str
    start: int
    end: int
    part: str = ""


def labels_from(given: Iterable[Label | str | Mapping[str, str]]) -> tuple[Label, ...]:
    """Return labels from labels, names or `{"id": …, "name": …}`.

    Raises:
        ValueError: two labels have one id, or there is none.
    """
    if isinstance(given, Mapping):
        given = [Label(str(key), str(name)) for key, name in given.items()]
    made = []
    for one in given:
        if isinstance(one, Label):
            made.append(one)
        elif isinstance(one, str):
            made.append(Label(one))
        else:
            known = {key: str(one[key]) for key in Label.__slots__ if one.get(key)}
            made.append(Label(**known))
    if not made:
        raise ValueError("an annotator needs at least one label")
    if len({label.id for label in made}) < len(made):
        raise ValueError("two labels have the same id")
    return tuple(made)


def colour_of(labels: tuple[Label, ...], index: int) -> str:
    """Return the colour of a label on white paper."""
    return labels[index].colour or LIGHT[index % len(LIGHT)]


def name_of(unit: str, number: int) -> str:
    """Return what a sentence is called on the page: the last part of its id, else its number."""
    found = _NAME.search(unit)
    return found[1] if found else str(number)


def units_from(given: Iterable[Any], length: int) -> tuple[Unit, ...]:
    """Return segments from values with `id`, `part`, and `start`/`end` or a `span`.

    Raises:
        ValueError: a segment ends outside the text, or two have one id.
    """
    made = sorted((_unit(one) for one in given), key=lambda unit: (unit.start, unit.end))
    for unit in made:
        if not 0 <= unit.start < unit.end <= length:
            raise ValueError(f"the segment {unit.id} lies outside a text of {length} code points")
    if len({unit.id for unit in made}) < len(made):
        raise ValueError("two segments have the same id")
    return tuple(made)


def _unit(one: Any) -> Unit:
    if isinstance(one, Unit):
        return one
    if isinstance(one, Mapping):
        return Unit(
            str(one["id"]), int(one["start"]), int(one["end"]), str(one.get("part", "") or "")
        )
    span = getattr(one, "span", one)
    return Unit(str(one.id), int(span.start), int(span.end), str(getattr(one, "part", "") or ""))
