"""What an annotator shows of itself in Python: its marks, a comparison, and the static view.

It changes nothing; `annotator` makes and keeps what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets as t

from briefing.widgets import comparing
from briefing.widgets.annotator_static import StaticText, linked_html, render
from briefing.widgets.labels import Unit, name_of
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import esc, line
from briefing.widgets.static_question import folded_html

TOLD = 5
"""How many sentences about annotations that did not fit are shown."""


class AnnotatorViews(QuestionWidget):
    """The reading side of an annotator: every property and view, and no change."""

    other = t.Dict().tag(sync=True)

    text: str
    mode: str
    field: str
    units: dict[str, Unit]
    doubts: list[str]
    _static: StaticText

    @property
    def marks(self) -> list[dict[str, Any]]:
        """The marks as they are now, by start: `id`, `start`, `end`, `label`, `note`, `words`."""
        return [
            {**mark, "words": self.text[mark["start"] : mark["end"]]}
            for mark in sorted(self.answer.get("marks", []), key=_place)
        ]

    @property
    def labelled(self) -> dict[str, str]:
        """The label of each sentence that has one, by the sentence's id."""
        given = self.answer.get("labels", {})
        return {
            name: fields[self.field]
            for name, fields in given.items()
            if isinstance(fields, Mapping) and self.field in fields
        }

    @property
    def compared(self) -> list[comparing.Entry]:
        """Where the two agree and differ, by start; empty where nothing is compared."""
        if not self.other:
            return []
        if self.mode == "sentences":
            return comparing.compare_labels(
                self.units.values(), self.labelled, self.other.get("labels", {})
            )
        return comparing.compare_marks(self.answer.get("marks", []), self.other.get("marks", []))

    @property
    def agreement(self) -> str:
        """How far the two agree, in one sentence; empty where nothing is compared."""
        if not self.other:
            return ""
        return comparing.summary(self.compared, self._names, self._thing)

    @property
    def _names(self) -> comparing.Names:
        return comparing.Names(self.other["name"], self.other["own"])

    @property
    def _thing(self) -> str:
        return "label" if self.mode == "sentences" else "mark"

    def static_body(self) -> str:
        """Return the text with its marks as escaped HTML."""
        return self._told_html() + self._marked_html() + self._reasons_html()

    def _told_html(self) -> str:
        """What `from_w3c` had to say; the first few, for a file may hold thousands."""
        more = len(self.doubts) - TOLD
        lines = [*self.doubts[:TOLD], *([f"And {more:,} more."] if more > 0 else [])]
        return "".join(line(words) for words in lines)

    def _marked_html(self) -> str:
        if self.other:
            return comparing.render(self._static, self.compared, self._names, self._thing)
        if self.mode == "spans":
            marks = self.answer.get("marks", [])
            return render(self._static, marks) + linked_html(self._static, marks)
        made = []
        for name, unit in self.units.items():
            label = self.labelled.get(name)
            if label:
                made.append({"id": name, "start": unit.start, "end": unit.end, "label": label})
        return render(self._static, made)

    def _reasons_html(self) -> str:
        """What was said about each sentence or mark, folded; paper and GitHub have no other place."""
        said = [
            f'<div style="padding:1px 0">{esc(self._called(item["target"]))}: {esc(item["text"])}</div>'
            for item in self.feedback.get("items", ())
            if item.get("text")
        ]
        return folded_html("The reasons, one by one", "".join(said)) if said else ""

    def _called(self, target: Any) -> str:
        for place, unit in enumerate(self.units.values(), 1):
            if unit.id == target:
                return name_of(unit.id, place)
        if isinstance(target, Mapping):
            return f"“{self.text[target['start'] : target['end']]}”"
        mark = next((mark for mark in self.marks if mark["id"] == target), None)
        if mark is None:
            return str(target)
        where = next((u for u in self.units.values() if u.start <= mark["start"] < u.end), None)
        name = f"{name_of(where.id, 0)} " if where else ""
        return f"{name}“{mark['words']}”"


def _place(mark: Mapping[str, Any]) -> tuple[int, int]:
    return int(mark["start"]), -int(mark["end"])
