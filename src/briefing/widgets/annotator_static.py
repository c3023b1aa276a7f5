"""A marked text as static HTML: what GitHub, nbviewer and paper show instead of the annotator.

Escaped, deterministic, inline styles only. It never reads anything; it never colours without also
drawing a line of the label's own style and writing the label's name. GitHub drops every style: there
the element `mark` shows where a mark begins, and the name in brackets where it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any
from unicodedata import bidirectional

from briefing.widgets.labels import Label, colour_of
from briefing.widgets.static import LINES, apart, esc, pill

MOST_NESTED = 12
"""Marks drawn over one another at most; each further one would make the page grow squared."""

_GREY = "color:#6e6e6e"
_INK = "color:#1c1c1c"
_TINTS = ("#e6f1f8", "#faeee0", "#e3f3ee", "#f6e8f1", "#eeeeee", "#e8f3fa", "#f5f0dc", "#fbe9e0")


@dataclass(frozen=True, slots=True)
class StaticText:
    """A text to be shown: its labels, its grey stretches, and whether its lines are trimmed.

    `names` says what stands small before the sentences that are asked for, by their first
    code point.
    """

    text: str
    labels: tuple[Label, ...]
    paragraphs_trimmed: bool
    grey: tuple[tuple[int, int], ...]
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    label: int


def render(shown: StaticText, marks: Iterable[Mapping[str, Any]]) -> str:
    """Return the text with its marks (positions in code points) as escaped HTML."""
    index = {label.id: place for place, label in enumerate(shown.labels)}
    drawn = sorted(
        (
            _Stretch(int(mark["start"]), int(mark["end"]), index[mark["label"]])
            for mark in marks
            if mark.get("label") in index
        ),
        key=lambda one: (one.start, -one.end, one.label),
    )
    legend = " · ".join(
        pill(label.shown, colour_of(shown.labels, place), LINES[place % len(LINES)])
        for place, label in enumerate(shown.labels)
    )
    body = "".join(_paragraph(shown, drawn, start, end) for start, end in _lines(shown))
    return f"<div>Labels: {legend}</div>{body}"


def _lines(shown: StaticText) -> list[tuple[int, int]]:
    found = []
    at = 0
    for line in shown.text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        end -= len(line) - len(line.rstrip())
        if shown.paragraphs_trimmed:
            start += len(line) - len(line.lstrip())
        found.append((start, end))
    return found


def _paragraph(shown: StaticText, drawn: list[_Stretch], start: int, end: int) -> str:
    here = [one for one in drawn if one.start < end and one.end > start]
    grey = [(low, high) for low, high in shown.grey if low < end and high > start]
    cuts = {start, end, *(at for at in shown.names if start < at < end)}
    for low, high in [*grey, *((one.start, one.end) for one in here)]:
        cuts.update((max(start, low), min(end, high)))
    order = sorted(cuts)
    pieces = [_piece(shown, here, grey, low, high) for low, high in pairwise(order)]
    deepest = _deepest(here)
    if deepest > MOST_NESTED:
        pieces.append(
            f'<span style="{_GREY}"> [up to {deepest:,} marks lie over one another here; the '
            f"{MOST_NESTED} shortest are drawn]</span>"
        )
    way = ' dir="rtl"' if _from_the_right(shown.text[start:end]) else ""
    return f'<p{way} style="white-space:pre-wrap">{"".join(pieces)}</p>'


def _from_the_right(words: str) -> bool:
    """Say whether the first letter is one that is written from the right, as `dir=auto` does."""
    sides = (bidirectional(char) for char in words)
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"


def _deepest(here: list[_Stretch]) -> int:
    """Return how many marks lie over one code point at most."""
    steps = sorted([*((one.start, 1) for one in here), *((one.end, -1) for one in here)])
    return max(accumulate((step for _, step in steps), initial=0))


def _piece(
    shown: StaticText, here: list[_Stretch], grey: list[tuple[int, int]], low: int, high: int
) -> str:
    words = esc(shown.text[low:high])
    if any(start < high and end > low for start, end in grey):
        words = f'<span style="{_GREY}">{words}</span>'
    # The longest mark is outermost, so that nested marks show one line under the other.
    over = sorted(
        (one for one in here if one.start < high and one.end > low),
        key=lambda one: (one.end - one.start, one.start, one.label),
    )
    for place, one in enumerate(over[:MOST_NESTED]):
        colour = colour_of(shown.labels, one.label)
        # Ink and ground together: on a dark page light letters would stand on a light ground.
        style = f"border-bottom:2px {LINES[one.label % len(LINES)]} {colour};{_INK}"
        style += f";background-color:{_TINTS[one.label % len(_TINTS)]}"
        if place:
            style += f";padding-bottom:{3 * place}px"
        words = f'<mark style="{style}">{words}</mark>'
    if low in shown.names:
        words = f'<span style="{_GREY};font-size:0.8em">{esc(shown.names[low])}</span> {words}'
    names = [shown.labels[one.label].shown for one in reversed(over) if one.end == high]
    if names:
        words += f'<span style="{_GREY}"> [{", ".join(apart(name) for name in names)}]</span>'
    return words
