"""The annotator: mark stretches of a text, or label its sentences. Works on any text.

    from briefing.widgets import Annotator
    Annotator("Officials said that 64 targets were hit.", labels=["source", "cue", "content"])

It never reads an article or a key; positions are Unicode code points of the text it was given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from briefing.errors import BriefingError
from briefing.widgets.annotations import Offsets, read_annotations, write_annotations
from briefing.widgets.annotator_static import StaticText
from briefing.widgets.annotator_views import AnnotatorViews
from briefing.widgets.feedback import Feedback
from briefing.widgets.labels import GREY_PARTS, Label, labels_from, name_of, units_from
from briefing.widgets.question import Check, Save

_BUILT = Path(__file__).parent / "built"

NOTE_LIMIT = 4000
"""Code points that a note may have; the page does not let anyone write more."""


class NotKept(BriefingError):
    """An answer that cannot be kept as it is; the sentence says why."""


class Annotator(AnnotatorViews):
    """Marks on a text (`mode="spans"`), or one label for each sentence (`mode="sentences"`).

    Args:
        text: the text; positions are code points of exactly this string.
        labels: `Label`s, plain names, or `{"id": …, "name": …}`.
        mode: `"spans"` for free, overlapping marks; `"sentences"` for labels on given segments.
        segments: segments of the text (`id`, `part`, and `start`/`end` or `span`); they give the
            text its look and the keyboard its sentences, and are what is labelled.
        units: the ids of the segments that are asked for; by default all that are not grey.
        grey: the parts of `segments` that are shown in grey and never asked for.
        field: the name under which a sentence keeps its label.
        sources: ids of labels whose marks others may be linked to; empty where nothing is linked.
        marks: marks to start from, as `{"start": …, "end": …, "label": …}`.
        article: a name for the text, kept with the answer.
        prose: drop the spaces around each line on the screen (positions do not change).
        lang: the language of the text, as in HTML.
        feedback: what to show from the start, for a solved example.
        other: another's marks on the same text (like `marks`; for `mode="sentences"` a label by
            the sentence's id), to be compared with these.
        other_name: what the other is called, such as `"Partner"`.
        own_name: what the first set is called beside it.
        why: what the field beside a mark, or under a sentence's label, asks for, such as `"Why?"`.
            Without it a mark has a plain note and a label has none. What is written there for a
            label is kept beside it as `why`.
        **more: see `QuestionWidget` (`question`, `title`, `student`, `answer`, `save`, `check`,
            `revision`, `saved`, `readonly`).

    Raises:
        ValueError: labels or segments that do not fit together or the text.
    """

    _esm = _BUILT / "annotator.js"
    _css = _BUILT / "annotator.css"
    kind = "marks"
    word = "Mark the text"

    def __init__(
        self,
        text: str,
        *,
        labels: Iterable[Label | str | Mapping[str, str]],
        mode: Literal["spans", "sentences"] = "spans",
        segments: Iterable[Any] = (),
        units: Collection[str] | None = None,
        grey: Collection[str] = GREY_PARTS,
        field: str = "label",
        sources: Collection[str] = (),
        marks: Iterable[Mapping[str, Any]] = (),
        article: str = "",
        prose: bool = True,
        lang: str = "en",
        feedback: Feedback | None = None,
        other: Iterable[Mapping[str, Any]] | Mapping[str, str] | None = None,
        other_name: str = "the other",
        own_name: str = "you",
        why: str = "",
        answer: Mapping[str, Any] | None = None,
        config: Mapping[str, Any] | None = None,
        save: Save | None = None,
        check: Check | None = None,
        **more: Any,
    ) -> None:
        if mode not in ("spans", "sentences"):
            raise ValueError(f'the mode is "spans" or "sentences", not {mode!r}')
        self.text = text
        self.labels = labels_from(labels)
        self.mode = mode
        self.field = field
        self._article = article
        self._aside: list[dict[str, Any]] = []
        self._extras: dict[str, dict[str, Any]] = {}
        self.unplaced: list[dict[str, Any]] = []
        self.doubts: list[str] = []
        self._shown = False
        known = units_from(segments, len(text))
        asked = [
            unit.id
            for unit in known
            if unit.part not in grey and (units is None or unit.id in units)
        ]
        self.units = {unit.id: unit for unit in known if unit.id in asked}
        # Where only some of the text is asked for, the rest of it steps back.
        some = bool(asked) and any(u.part not in grey and u.id not in self.units for u in known)
        aside = [u for u in known if u.part in grey or (some and u.id not in self.units)]
        named = self.units.values() if some or mode == "sentences" else ()
        self._static = StaticText(
            text=text,
            labels=self.labels,
            paragraphs_trimmed=prose,
            grey=tuple((unit.start, unit.end) for unit in aside),
            names={unit.start: name_of(unit.id, place) for place, unit in enumerate(named, 1)},
        )
        start = dict(answer) if answer else {}
        if marks:
            start["marks"] = [*start.get("marks", []), *(dict(mark) for mark in marks)]
        super().__init__(
            answer=self._fitting(start),
            save=save,
            check=check,
            config={
                "text": text,
                "mode": mode,
                "field": field,
                "lang": lang,
                "prose": prose,
                "sources": list(sources),
                "why": why,
                "labels": [
                    {name: getattr(label, name) for name in Label.__slots__}
                    for label in self.labels
                ],
                "segments": [
                    {
                        "id": unit.id,
                        "start": unit.start,
                        "end": unit.end,
                        "part": unit.part,
                        "unit": unit.id in self.units,
                        "grey": unit.part in grey,
                    }
                    for unit in known
                ],
                **(config or {}),
            },
            **more,
        )
        self._shown = True
        if feedback is not None:
            self.feedback = feedback.as_dict(0, self.attempts)
        if other is not None:
            self.compare_with(other, other_name, own_name)

    def compare_with(
        self,
        other: Iterable[Mapping[str, Any]] | Mapping[str, str],
        name: str = "the other",
        own_name: str = "you",
    ) -> None:
        """Show another's marks (or labels) beside these; nothing of them is kept with the answer.

        Args:
            other: marks as `{"start": …, "end": …, "label": …, "note": …}` in code points, or a
                label for each sentence's id.
            name: what the other is called.
            own_name: what the first set is called.

        Raises:
            NotKept: a mark lies outside the text, or what was given fits another mode.
        """
        self.other = {"name": name or "the other", "own": own_name, **self._others(other)}

    def _others(self, other: Iterable[Mapping[str, Any]] | Mapping[str, str]) -> dict[str, Any]:
        if self.mode == "sentences":
            if not isinstance(other, Mapping):
                raise NotKept("Sentences are compared with a label for each sentence's id.")
            return {"labels": {str(name): str(label) for name, label in other.items()}}
        marks = [] if isinstance(other, Mapping) else list(other)
        if isinstance(other, Mapping) or not all(self._fits(mark) for mark in marks):
            raise NotKept("Marks are compared with marks that lie in the same text.")
        kept = ("start", "end", "label", "note")
        return {"marks": [{name: mark[name] for name in kept if name in mark} for mark in marks]}

    @classmethod
    def from_w3c(
        cls,
        text: str,
        annotations: Any,
        *,
        labels: Iterable[Label | str | Mapping[str, str]] = (),
        offsets: Offsets = "either",
        **more: Any,
    ) -> Annotator:
        """Return an annotator that starts from W3C Web Annotations, this one's own or another tool's.

        Where an annotation carries its words (`TextQuoteSelector`), the words decide. What cannot
        be placed for certain stands in `unplaced`, is said in `doubts` (and on the page), and goes
        out again with `to_w3c`. A tag that is none of `labels` becomes a label of its own.

        Args:
            text: the text that they are about.
            annotations: a list of them, a page with `items`, or JSON.
            labels: as for `Annotator`; without them the tags that occur.
            offsets: what positions without words count: `"points"`, `"utf16"`, or `"either"`
                (then they are only placed where both mean the same).
            **more: see `Annotator`.

        Raises:
            NoAnnotations: there are no W3C Web Annotations in `annotations`.
        """
        placed = read_annotations(text, annotations, offsets=offsets)
        known = list(labels_from(labels)) if labels else []
        ids = {label.id for label in known}
        told = list(placed.told)
        for tag in dict.fromkeys(mark["label"] for mark in placed.marks):
            if tag not in ids:
                known.append(Label(tag))
                if labels:
                    told.append(f"The tag “{tag[:60]}” is none of the labels; it was added.")
        config = {**more.pop("config", {}), "told": told}
        made = cls(text, labels=known or [Label("mark")], marks=placed.marks, config=config, **more)
        made.doubts, made.unplaced, made._extras = told, placed.unplaced, placed.extras
        return made

    def to_w3c(self, source: str = "") -> list[dict[str, Any]]:
        """Return the marks (or labelled sentences) as W3C Web Annotations, JSON-ready.

        Each has a position in code points and its words with what stands around them. Annotations
        that `from_w3c` could not place come last, as they came.

        Args:
            source: the address or name of the text, for `target.source`.
        """
        marks: Iterable[Mapping[str, Any]] = self.marks
        if self.mode == "sentences":
            marks = [
                {"id": unit.id, "start": unit.start, "end": unit.end, "label": label}
                for unit in self.units.values()
                if (label := self.labelled.get(unit.id))
            ]
        name = source or self._article
        made = write_annotations(self.text, marks, source=name, extras=self._extras)
        return [*made, *(dict(one) for one in self.unplaced)]

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer without marks or labels."""
        empty: dict[str, Any] = {"kind": "labels" if self.mode == "sentences" else "marks"}
        if self._article:
            empty["article"] = self._article
        empty["attempts"] = 0
        empty["labels" if self.mode == "sentences" else "marks"] = (
            {} if self.mode == "sentences" else []
        )
        return empty

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer as it may be kept.

        Raises:
            NotKept: a mark lies outside the text, has no label of this annotator, or the like.
        """
        if self.mode == "sentences":
            labels = answer.get("labels", {})
            if not isinstance(labels, Mapping) or not all(
                isinstance(fields, Mapping) for fields in labels.values()
            ):
                raise NotKept("The labels arrived in a form that cannot be kept; undo and go on.")
            return answer
        marks = answer.get("marks", [])
        if not isinstance(marks, list):
            raise NotKept("The marks arrived in a form that cannot be kept; undo and go on.")
        for mark in marks:
            if not self._fits(mark):
                raise NotKept("A mark does not fit the text it was made on; undo it and go on.")
            if len(str(mark.get("note", ""))) > NOTE_LIMIT:
                raise NotKept(f"A note is longer than {NOTE_LIMIT:,} characters; shorten it.")
        if not self._shown:
            return answer
        # What could not be shown is still the student's: it goes back into every answer.
        here = {mark["id"] for mark in marks}
        aside = [mark for mark in self._aside if mark.get("id") not in here]
        return {**answer, "marks": [*marks, *aside]} if aside else answer

    def _fits(self, mark: Any) -> bool:
        if not isinstance(mark, dict | Mapping):  # a dict is told at once; there may be thousands
            return False
        start, end = mark.get("start"), mark.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            return False
        return 0 <= start < end <= len(self.text) and isinstance(mark.get("label"), str)

    def _fitting(self, answer: dict[str, Any]) -> dict[str, Any]:
        if self.mode == "sentences" or not answer.get("marks"):
            return answer
        kept: list[dict[str, Any]] = []
        taken: set[str] = set()
        for mark in answer["marks"]:
            if not self._fits(mark):
                if isinstance(mark, Mapping):
                    self._aside.append(dict(mark))
                continue
            name = str(mark.get("id") or "")
            if not name or name in taken:
                name = _free(taken, len(kept) + 1)
            taken.add(name)
            kept.append({"note": "", **mark, "id": name})
        return {**answer, "marks": kept}


def _free(taken: set[str], number: int) -> str:
    while f"m{number}" in taken:
        number += 1
    return f"m{number}"
