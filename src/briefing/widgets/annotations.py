"""W3C Web Annotations in and out, from any tool, on any text; shows nothing and guesses no place.

Positions here are Unicode code points, as the standard says; many tools count UTF-16 units instead.
Where an annotation carries its words, the words decide. What cannot be placed for certain is set
aside with a sentence that says why, and goes out again as it came in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from briefing.answers.w3c import Mark, mark_to_w3c
from briefing.errors import BriefingError

Offsets = Literal["either", "points", "utf16"]

BARE = "mark"
"""The label of an annotation that carries none."""

_OURS = frozenset({"@context", "id", "type", "body", "target"})
_MANY = 500  # places of the same words beyond which nothing is searched further


class NoAnnotations(BriefingError):
    """Something that holds no W3C Web Annotations."""


class Placed(NamedTuple):
    """Marks in compact form, what could not be placed (as it came), a sentence for each doubt."""

    marks: list[dict[str, Any]]
    unplaced: list[dict[str, Any]]
    told: list[str]
    extras: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    text: str


class _NotPlaced(Exception):
    """Why an annotation has no certain place; never leaves this module."""


def read_annotations(text: str, given: Any, *, offsets: Offsets = "either") -> Placed:
    """Return the marks of W3C Web Annotations on `text`.

    Args:
        text: the text that they are about.
        given: annotations, a page or collection of them (`items`), or any of it as JSON.
        offsets: what a `TextPositionSelector` counts where no words tell: `"points"` (code points,
            the standard), `"utf16"` (JavaScript), or `"either"`: only where both mean the same.

    Raises:
        NoAnnotations: `given` holds no list of annotations.
        ValueError: `offsets` is none of these.
    """
    if offsets not in ("either", "points", "utf16"):
        raise ValueError(f'offsets are "either", "points" or "utf16", not {offsets!r}')
    placed = Placed([], [], [], {})
    units = _Units(text)
    for number, raw in enumerate(_items(given), 1):
        name = _name(raw, number)
        try:
            start, end, how = _find(raw, text, units, offsets)
        except _NotPlaced as why:
            placed.told.append(f"The annotation {name[:60]} was set aside: {why}")
            placed.unplaced.append(dict(raw))
            continue
        label, note, source, rest = _bodies(raw)
        mark: dict[str, Any] = {
            "id": name, "start": start, "end": end, "label": label or BARE, "note": note,
        }  # fmt: skip
        if source:
            mark["source"] = source
        if how:
            placed.told.append(f"The annotation {name[:60]} {how}")
        placed.marks.append(mark)
        extras = {key: value for key, value in raw.items() if key not in _OURS}
        placed.extras[name] = {**extras, **({"body": rest} if rest else {})}
    return placed


def write_annotations(
    text: str,
    marks: Iterable[Mapping[str, Any]],
    *,
    source: str = "",
    extras: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Return marks (compact, code points) as W3C Web Annotations with position and words.

    Args:
        text: the text that the marks are about.
        marks: `id`, `start`, `end`, `label`, and `note` and `source` where there are any.
        source: the address or name of the text, for `target.source`.
        extras: by a mark's id, what another tool had said of it beyond that.

    Raises:
        MarkNotPlaced: a mark is empty or lies outside the text.
    """
    made = []
    for raw in marks:
        mark = Mark(
            id=str(raw["id"]),
            start=raw["start"],
            end=raw["end"],
            label=str(raw["label"]),
            note=str(raw.get("note") or ""),
            source=str(raw["source"]) if raw.get("source") else None,
        )
        annotation = mark_to_w3c(mark, _Text(source or "text", text))
        annotation["id"] = _iri(mark.id)
        annotation["target"]["source"] = source or "urn:text"
        more = dict((extras or {}).get(mark.id, {}))
        body = [*annotation["body"], *more.pop("body", [])]
        for one in body:
            if one.get("purpose") == "linking" and mark.source:
                one["source"] = _iri(mark.source)
        made.append({**more, **annotation, "body": body})
    return made


class _Units:
    """UTF-16 units of one text as code points."""

    def __init__(self, text: str) -> None:
        self.pairs = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]
        self.length = len(text)

    def point(self, unit: int) -> int | None:
        """Return the code point at a unit; None between the halves of a pair or outside."""
        pairs = 0
        for place in self.pairs:
            if place + pairs >= unit:
                break
            if place + pairs + 1 == unit:
                return None
            pairs += 1
        point = unit - pairs
        return point if 0 <= point <= self.length else None


def _items(given: Any) -> list[Mapping[str, Any]]:
    if isinstance(given, (str, bytes)):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            raise NoAnnotations("The annotations are not complete JSON.") from None
    if isinstance(given, Mapping):
        first = given.get("first")
        inner = given.get("items", first.get("items") if isinstance(first, Mapping) else None)
        given = [given] if inner is None else inner
    if not isinstance(given, Iterable):
        raise NoAnnotations("There is no list of W3C Web Annotations in what was given.")
    items = list(given)
    wrong = [
        one for one in items if not isinstance(one, Mapping) or one.get("type") != "Annotation"
    ]
    if wrong:
        raise NoAnnotations(
            f"{len(wrong)} of {len(items)} things given are no W3C Web Annotations: each is an "
            'object with "type": "Annotation".'
        )
    return items


def _name(raw: Mapping[str, Any], number: int) -> str:
    name = raw.get("id")
    return name.removeprefix("#") if isinstance(name, str) and name.strip("#") else f"m{number}"


def _iri(name: str) -> str:
    return name if ":" in name else f"#{name}"


def _find(
    raw: Mapping[str, Any], text: str, units: _Units, offsets: Offsets
) -> tuple[int, int, str]:
    """Return start and end in code points, and what must be said about it."""
    position, quote = _selectors(raw)
    if quote is None:
        if position is None:
            raise _NotPlaced("it has neither a TextQuoteSelector nor a TextPositionSelector.")
        return (*_by_position(position, units, offsets), "")
    exact, prefix, suffix = quote
    places = _places(exact, text)
    if position is not None:
        start, end = units.point(position[0]), units.point(position[1])
        other = (start, end) if start is not None and end is not None else position
        both = [place for place in dict.fromkeys((position, other)) if place in places]
        if len(both) == 2:  # the same words where either count leads: what stands around decides
            both = _best(both, text, prefix, suffix)
        if both == [position]:
            return (*position, "")
        if len(both) == 1:
            return (*both[0], "counts UTF-16 units; it was placed where its words stand.")
    if len(places) > 1:
        places = _best(places, text, prefix, suffix)
    if len(places) != 1:
        many = f"in {len(places)} places that look alike" if places else "nowhere in this text"
        raise _NotPlaced(f"its words stand {many}.")
    moved = position is not None
    told = "has another position; it was placed where its words stand." if moved else ""
    return (*places[0], told)


def _by_position(position: tuple[int, int], units: _Units, offsets: Offsets) -> tuple[int, int]:
    utf16 = (units.point(position[0]), units.point(position[1]))
    if offsets == "utf16":
        start, end = utf16
        if start is None or end is None:
            raise _NotPlaced("its position lies outside the text or cuts a character in two.")
        return start, end
    if position[1] > units.length:
        raise _NotPlaced("its position lies outside the text.")
    if offsets == "either" and utf16 != position:
        raise _NotPlaced(
            "it has a position but no words, and after an emoji code points and UTF-16 units "
            'differ; say offsets="points" or offsets="utf16".'
        )
    return position


def _selectors(
    raw: Mapping[str, Any],
) -> tuple[tuple[int, int] | None, tuple[str, str, str] | None]:
    targets = raw.get("target")
    position: tuple[int, int] | None = None
    quote: tuple[str, str, str] | None = None
    for target in targets if isinstance(targets, list) else [targets]:
        found = target.get("selector") if isinstance(target, Mapping) else None
        for one in found if isinstance(found, list) else [found]:
            if not isinstance(one, Mapping):
                continue
            start, end = one.get("start"), one.get("end")
            if one.get("type") == "TextPositionSelector" and type(start) is type(end) is int:
                if 0 <= start < end:
                    position = position or (start, end)
            elif one.get("type") == "TextQuoteSelector" and one.get("exact"):
                parts = [one.get(name, "") for name in ("exact", "prefix", "suffix")]
                if all(isinstance(part, str) for part in parts):
                    quote = quote or (str(parts[0]), str(parts[1]), str(parts[2]))
    return position, quote


def _places(exact: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand; where nowhere, with any kind and number of spaces between them."""
    found = [(m.start(), m.end()) for m in re.finditer(f"(?={re.escape(exact)})", text)]
    if found:
        return [(start, start + len(exact)) for start, _ in found[:_MANY]]
    words = exact.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    return [m.span() for m in re.finditer(pattern, text)][:_MANY]


def _best(
    places: list[tuple[int, int]], text: str, prefix: str, suffix: str
) -> list[tuple[int, int]]:
    """The places with the most of the words around them; several where they are alike."""

    def alike(place: tuple[int, int]) -> int:
        before = _common(text[max(0, place[0] - len(prefix)) : place[0]][::-1], prefix[::-1])
        return before + _common(text[place[1] : place[1] + len(suffix)], suffix)

    most = max(map(alike, places))
    return [place for place in places if alike(place) == most]


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b and not (a.isspace() and b.isspace()):
            break
        count += 1
    return count


def _bodies(raw: Mapping[str, Any]) -> tuple[str, str, str, list[Any]]:
    """Return label, note, linked mark, and the bodies that are none of these."""
    bodies = raw.get("body", raw.get("bodyValue", []))
    label = note = source = ""
    rest: list[Any] = []
    for body in bodies if isinstance(bodies, list) else [bodies]:
        one = {"type": "TextualBody", "value": body} if isinstance(body, str) else body
        if not isinstance(one, Mapping):
            continue
        purpose = one.get("purpose") or raw.get("motivation") or "commenting"
        value = one.get("value") or one.get("source") or one.get("id") or ""
        if not isinstance(value, str):
            value = ""
        if purpose in ("tagging", "classifying") and not label:
            label = value
        elif purpose == "linking" and not source:
            source = value.removeprefix("#")
        elif purpose in ("commenting", "describing") and not note:
            note = value
        else:
            rest.append(dict(one))
    return label, note, source, rest
