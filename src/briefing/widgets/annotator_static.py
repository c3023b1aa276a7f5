"""A marked text as static HTML: what GitHub, nbviewer and paper show instead of the annotator.

Also two sets of marks in one text: lines under the words for the one, over them for the other.

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

_QUIET = "opacity:0.75"
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
class Stretch:
    """A marked stretch: its label's number, what is written behind it, and where its line runs."""

    start: int
    end: int
    label: int
    words: str
    over: bool = False
    tinted: bool = True


def render(shown: StaticText, marks: Iterable[Mapping[str, Any]]) -> str:
    """Return the text with its marks (positions in code points) as escaped HTML."""
    index = {label.id: place for place, label in enumerate(shown.labels)}
    return render_stretches(
        shown,
        (
            Stretch(
                int(mark["start"]),
                int(mark["end"]),
                index[mark["label"]],
                shown.labels[index[mark["label"]]].shown,
            )
            for mark in marks
            if mark.get("label") in index
        ),
    )


def render_stretches(shown: StaticText, stretches: Iterable[Stretch]) -> str:
    """Return the text with its legend and the stretches drawn, as escaped HTML."""
    drawn = sorted(stretches, key=lambda one: (one.start, -one.end, one.over, one.label))
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


def _paragraph(shown: StaticText, drawn: list[Stretch], start: int, end: int) -> str:
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
            f'<span style="{_QUIET}"> [up to {deepest:,} marks lie over one another here; the '
            f"{MOST_NESTED} shortest are drawn]</span>"
        )
    way = ' dir="rtl"' if _from_the_right(shown.text[start:end]) else ""
    return f'<p{way} style="white-space:pre-wrap">{"".join(pieces)}</p>'


def _from_the_right(words: str) -> bool:
    """Say whether the first letter is one that is written from the right, as `dir=auto` does."""
    sides = (bidirectional(char) for char in words)
    return next((side for side in sides if side in ("L", "R", "AL")), "L") != "L"


def _deepest(here: list[Stretch]) -> int:
    """Return how many marks lie over one code point at most."""
    steps = sorted([*((one.start, 1) for one in here), *((one.end, -1) for one in here)])
    return max(accumulate((step for _, step in steps), initial=0))


def _piece(
    shown: StaticText, here: list[Stretch], grey: list[tuple[int, int]], low: int, high: int
) -> str:
    words = esc(shown.text[low:high])
    if any(start < high and end > low for start, end in grey):
        words = f'<span style="{_QUIET}">{words}</span>'
    # The longest mark is outermost, so that nested marks show one line under the other.
    over = sorted(
        (one for one in here if one.start < high and one.end > low),
        key=lambda one: (one.end - one.start, one.start, one.over, one.label),
    )
    beside = {False: 0, True: 0}  # lines under and over the words that are drawn already
    for one in over[:MOST_NESTED]:
        colour = colour_of(shown.labels, one.label)
        side = "top" if one.over else "bottom"
        style = f"border-{side}:2px {LINES[one.label % len(LINES)]} {colour}"
        element = "mark" if one.tinted else "span"
        if one.tinted:
            # Ink and ground together: on a dark page light letters would stand on a light ground.
            style += f";{_INK};background-color:{_TINTS[one.label % len(_TINTS)]}"
        if beside[one.over]:
            style += f";padding-{side}:{3 * beside[one.over]}px"
        beside[one.over] += 1
        words = f'<{element} style="{style}">{words}</{element}>'
    if low in shown.names:
        words = f'<span style="{_QUIET};font-size:0.8em">{esc(shown.names[low])}</span> {words}'
    names = [one.words for one in reversed(over) if one.end == high and one.words]
    if names:
        words += f'<span style="{_QUIET}"> [{", ".join(apart(name) for name in names)}]</span>'
    return words


def linked_html(shown: StaticText, marks: Iterable[Mapping[str, Any]]) -> str:
    """Return each attribution on one line (officials ← said → 64 targets), then the notes."""
    by_id = {mark.get("id"): mark for mark in marks}
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for mark in sorted(by_id.values(), key=lambda mark: (mark["start"], -mark["end"])):
        source = mark.get("source")
        if source and source in by_id and source != mark.get("id"):
            groups.setdefault(source, []).append(mark)
    lines = []
    for source, linked in sorted(groups.items(), key=lambda group: by_id[group[0]]["start"]):
        words = [_words(shown, mark) for mark in (by_id[source], *linked)]
        chain = "".join(
            f"{' ← ' if place == 1 else ' → ' if place else ''}{one}"
            for place, one in enumerate(words)
        )
        lines.append(f'<div style="padding:1px 0">Attribution: {chain}</div>')
    for mark in sorted(by_id.values(), key=lambda mark: (mark["start"], -mark["end"])):
        if mark.get("note"):
            lines.append(
                '<div style="padding:1px 0;white-space:pre-wrap">Note on '
                f"{_words(shown, mark)}: {apart(mark['note'])}</div>"
            )
    return "".join(lines)


def _words(shown: StaticText, mark: Mapping[str, Any]) -> str:
    """The first words of a mark, escaped, in quotation marks."""
    words = " ".join(shown.text[mark["start"] : min(mark["end"], mark["start"] + 200)].split())
    return f"“{apart(words if len(words) <= 60 else words[:57].rstrip() + '…')}”"
