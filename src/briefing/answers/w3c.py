"""Marks as W3C Web Annotations and back; knows nothing of files or widgets.

A mark carries both its position and its words. Where the two disagree (the text was changed, or
another tool counted differently) the words decide, if they stand in one place only; otherwise the
mark is refused with a sentence rather than put in a wrong place.
"""

from __future__ import annotations

from typing import Any, Protocol

import msgspec
from msgspec import Struct

from briefing.answers.schema import Annotation, TextPositionSelector, TextQuoteSelector
from briefing.errors import BriefingError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of prefix and suffix
MANY = 200  # places of the same words beyond which a mark is not searched further


class MarkNotPlaced(BriefingError):
    """A mark whose place in the text cannot be told."""


class HasText(Protocol):
    """An article: an id and its text."""

    @property
    def id(self) -> str:
        """The article's id, such as `001`."""

    @property
    def text(self) -> str:
        """The text that offsets count in."""


class Mark(Struct, frozen=True, gc=False):
    """Words that a student marked, from `start` up to `end`, in Unicode code points.

    `source` is the id of the mark that names who says it, where one was linked.
    """

    id: str
    start: int
    end: int
    label: str
    note: str = ""
    source: str | None = None


def mark_to_w3c(mark: Mark, article: HasText) -> dict[str, Any]:
    """Return `mark` as a W3C Web Annotation on `article`.

    Raises:
        MarkNotPlaced: the mark is empty or ends outside the text.
    """
    text = article.text
    if not 0 <= mark.start < mark.end <= len(text):
        raise MarkNotPlaced(
            f"Mark {mark.id[:40]!r} ({mark.start}-{mark.end}) lies outside the text of {article.id}, "
            f"which has {len(text)} characters."
        )
    body: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": mark.label}
    ]
    if mark.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": mark.note})
    if mark.source:
        body.append({"type": "SpecificResource", "purpose": "linking", "source": f"#{mark.source}"})
    return {
        "@context": CONTEXT,
        "id": f"#{mark.id}",
        "type": "Annotation",
        "body": body,
        "target": {
            "source": f"reading-the-briefing/{article.id}",
            "selector": [
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[mark.start : mark.end],
                    "prefix": text[max(0, mark.start - AROUND) : mark.start],
                    "suffix": text[mark.end : mark.end + AROUND],
                },
            ],
        },
    }


def mark_from_w3c(annotation: dict[str, Any] | Annotation, text: str) -> Mark:
    """Return the mark of a W3C Web Annotation, placed in `text`.

    Raises:
        MarkNotPlaced: it is no annotation, lies outside the text, or its words do not stand there
            and stand in no other single place.
    """
    if not isinstance(annotation, Annotation):
        try:
            annotation = msgspec.convert(annotation, Annotation)
        except msgspec.ValidationError as error:
            raise MarkNotPlaced(f"A mark is not a W3C Web Annotation: {error}.") from None
    name = annotation.id.removeprefix("#")
    start, end = _place(annotation, name, text)
    label = note = link = None
    for body in annotation.body:  # of two bodies for one purpose the first stands
        if body.purpose == "tagging":
            label = body.value if label is None else label
        elif body.purpose == "commenting":
            note = body.value if note is None else note
        elif body.purpose == "linking" and link is None:
            link = (body.source or body.value).removeprefix("#")
    return Mark(name, start, end, label or "", note or "", link or None)


def _place(annotation: Annotation, name: str, text: str) -> tuple[int, int]:
    position = quote = None
    for selector in annotation.target.selector:
        if isinstance(selector, TextPositionSelector):
            position = selector
        else:
            quote = selector
    if position and position.start < position.end <= len(text):
        start, end = position.start, position.end
        if quote is None or text[start:end] == quote.exact:
            return start, end
    if quote is None or not quote.exact:
        raise MarkNotPlaced(
            f"Mark {name[:40]!r} lies outside the text, which has {len(text)} characters."
        )
    places = _find(quote, text)
    if len(places) != 1:
        raise MarkNotPlaced(
            f"Mark {name[:40]!r} cannot be placed: its words stand "
            f"{'nowhere' if not places else f'in {len(places)} places'} in the text, and not at "
            "its position."
        )
    return places[0], places[0] + len(quote.exact)


def _find(quote: TextQuoteSelector, text: str) -> list[int]:
    """Where the words stand; of several places only those with the same words around them."""
    places: list[int] = []
    at = text.find(quote.exact)
    while at >= 0 and len(places) < MANY:
        places.append(at)
        at = text.find(quote.exact, at + 1)
    if 1 < len(places) < MANY:
        length = len(quote.exact)
        places = [
            at
            for at in places
            if text.endswith(quote.prefix, 0, at) and text.startswith(quote.suffix, at + length)
        ]
    return places
