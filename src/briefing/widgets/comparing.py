"""Compare two sets of marks, or two labels for each sentence, and show both in one static text.

Says where two agree and where they differ, never who is right. `js/comparison.js` does the same on
the page, by the same rule (`pairing`); a test compares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.widgets.annotator_static import StaticText, Stretch, render_stretches
from briefing.widgets.labels import Unit
from briefing.widgets.pairing import Place, pairs
from briefing.widgets.static import apart, line

Group = Literal["both", "label", "mine", "theirs"]
GROUPS: tuple[Group, ...] = ("both", "label", "mine", "theirs")
SIGNS: Mapping[Group, str] = {"both": "=", "label": "≠", "mine": "+", "theirs": "○"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that at least one of the two has; `start` and `end` in Unicode code points.

    `id` is that of the own mark or of the sentence, empty where only the other has the mark.
    """

    id: str
    group: Group
    start: int
    end: int
    label: str
    their_label: str = ""
    their_start: int | None = None
    their_end: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the two are called in sentences: `2 only you; 1 only Partner`."""

    other: str
    own: str = "you"

    def group(self, group: Group) -> str:
        """Return what a group is called."""
        return {
            "both": "agree",
            "label": "another label",
            "mine": f"only {self.own}",
            "theirs": f"only {self.other}",
        }[group]


def compare_marks(
    mine: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]
) -> list[Entry]:
    """Return every place that one of the two marked, by start."""
    own = sorted(mine, key=_place)
    other = sorted(theirs, key=_place)
    found = pairs([_stretch(mark) for mark in own], [_stretch(mark) for mark in other])
    made = []
    for place, mark in enumerate(own):
        match = other[found[place]] if place in found else None
        group: Group = (
            "mine" if match is None else "both" if match["label"] == mark["label"] else "label"
        )
        made.append(
            Entry(
                str(mark.get("id", "")),
                group,
                mark["start"],
                mark["end"],
                mark["label"],
                match["label"] if match else "",
                match["start"] if match else None,
                match["end"] if match else None,
            )
        )
    taken = set(found.values())
    made += [
        Entry(
            "", "theirs", mark["start"], mark["end"], mark["label"], mark["label"],
            mark["start"], mark["end"],
        )
        for place, mark in enumerate(other)
        if place not in taken
    ]  # fmt: skip
    return sorted(made, key=lambda one: (one.start, -one.end))


def compare_labels(
    units: Iterable[Unit], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> list[Entry]:
    """Return every sentence that one of the two labelled, in the order of `units`."""
    made = []
    for unit in units:
        own, other = mine.get(unit.id, ""), theirs.get(unit.id, "")
        if own or other:
            group: Group = (
                "mine"
                if not other
                else "theirs"
                if not own
                else "both"
                if own == other
                else "label"
            )
            made.append(Entry(unit.id, group, unit.start, unit.end, own or other, other))
    return made


def summary(entries: Sequence[Entry], names: Names, thing: str) -> str:
    """Say in one sentence how far the two agree; `thing` is `mark` or `label`."""
    counts = Counter(entry.group for entry in entries)
    if not entries:
        return f"Neither {names.own} nor {names.other} has a {thing} here."
    both, all_of = counts["both"], len(entries)
    agree = f"{thing} agrees" if both == all_of == 1 else f"{thing}s agree"
    said = [f"{both} of {all_of} {agree}"]
    if counts["label"]:
        said.append(f"{counts['label']} with another label")
    if counts["mine"]:
        said.append(f"{counts['mine']} only {names.own}")
    if counts["theirs"]:
        said.append(f"{counts['theirs']} only {names.other}")
    return "; ".join(said) + "."


def render(shown: StaticText, entries: Sequence[Entry], names: Names, thing: str) -> str:
    """Return the summary, what the lines and signs mean, and the text with both sets of marks."""
    index = {label.id: place for place, label in enumerate(shown.labels)}
    drawn: list[Stretch] = []
    for one in entries:
        own, other = index.get(one.label), index.get(one.their_label)
        differs = one.group != "both"
        words = f"{SIGNS[one.group]} {_name(shown, one.label)}"
        if one.group == "label":
            words = f"{_name(shown, one.label)} ≠ {_name(shown, one.their_label)}"
        if own is not None and one.group != "theirs":
            drawn.append(Stretch(one.start, one.end, own, words, tinted=differs))
            words = ""
        if other is not None:
            start = one.start if one.their_start is None else one.their_start
            end = one.end if one.their_end is None else one.their_end
            drawn.append(Stretch(start, end, other, words, over=True, tinted=differs))
    signs = " · ".join(f"{SIGNS[group]} {apart(names.group(group))}" for group in GROUPS)
    return (
        f'<div style="padding:4px 0;font-weight:bold">{apart(summary(entries, names, thing))}</div>'
        f"<div>{signs}</div>"
        f"{line(f'Lines under the words: {names.own}. Lines over the words: {names.other}.')}"
        f"{render_stretches(shown, drawn)}"
    )


def _name(shown: StaticText, label: str) -> str:
    return next((one.shown for one in shown.labels if one.id == label), label)


def _stretch(mark: Mapping[str, Any]) -> Place:
    return Place(mark["start"], mark["end"], mark["label"])


def _place(mark: Mapping[str, Any]) -> tuple[int, int]:
    return int(mark["start"]), -int(mark["end"])
