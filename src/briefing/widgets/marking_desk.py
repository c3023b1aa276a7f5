"""Marking open answers one by one: the rubric beside the answer, one keystroke a level; knows no names.

It takes plain values and a `save` callable. It never reads a table, a key or a student's file itself.
No answer and no mark stands in the static view, so none is stored in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import esc, line
from briefing.widgets.static_question import prompt_html

_BUILT = Path(__file__).parent / "built"

TITLES = {
    "first": "Open answers",
    "second": "Open answers, second marking",
    "settle": "Open answers marked differently",
}


class MarkingDesk(QuestionWidget):
    """Mark answers to open questions, one question at a time across a class.

    Args:
        questions: dicts with `id`, `title`, `prompt`, `sentence`, `criteria` (each `text` and `points`),
            `most` (points), `model`, `note`, and `answers`: dicts with `row` (an id that is no name),
            `text`, `checked` (lines a machine could check), `changed`, `problem`.
        marks: by `row`, dicts with `given` (`"yes"`, `"no"` or `""` for each criterion), `points`, `note`,
            `later`, `looked`, `settled`.
        mode: `"first"`, `"second"` (another marker) or `"settle"` (what two marked differently).
        marker: the second marker's initials.
        both: in `"settle"`, by `row`, the levels that the `first` and the `second` marker gave.
        place: tells this class's marks from another's in the browser's own copy.
        made_up: whether the class does not exist.
        **common: see `QuestionWidget` (`save`, `newer`).

    The answer is `{"kind": "desk", "marks": {row: mark}}`.
    """

    _esm = _BUILT / "marking_desk.js"
    _css = _BUILT / "marking_desk.css"

    kind: ClassVar[str] = "desk"
    word: ClassVar[str] = "Open answers"

    def __init__(
        self,
        questions: Iterable[Mapping[str, Any]],
        marks: Mapping[str, Mapping[str, Any]],
        *,
        mode: str = "first",
        marker: str = "",
        both: Mapping[str, Mapping[str, list[str]]] | None = None,
        place: str = "",
        made_up: bool = False,
        **common: Any,
    ) -> None:
        if mode not in TITLES:
            raise ValueError(f"there is no mode {mode!r}")
        self.questions = [dict(one) for one in questions]
        self.mode, self.marker = mode, marker
        title = f"{TITLES[mode]} ({marker})" if marker else TITLES[mode]
        super().__init__(
            question=f"desk/{mode}",
            title=title,
            student=" ".join(filter(None, ("marker", marker, place))),
            answer={"marks": {row: dict(mark) for row, mark in marks.items()}},
            revision=1,
            config={
                "questions": self.questions,
                "mode": mode,
                "marker": marker,
                "both": {row: dict(levels) for row, levels in (both or {}).items()},
                "made_up": made_up,
            },
            **common,
        )

    @property
    def marks(self) -> dict[str, dict[str, Any]]:
        """The marks by row, as they are kept now."""
        return dict(self.answer.get("marks", {}))

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer with nothing marked."""
        return {"kind": self.kind, "marks": {}}

    def __repr__(self) -> str:
        """Return a fixed text: nbval compares it, and a notebook stores it."""
        return f"<MarkingDesk {self.mode}: run all cells to mark>"

    def static_body(self) -> str:
        """Return the questions and their criteria; no answer is ever stored in a notebook."""
        parts = []
        for one in self.questions:
            parts.append(prompt_html(str(one["title"]), strong=True))
            parts.append(prompt_html(str(one["prompt"]), str(one["sentence"])))
            items = "".join(
                f"<li>{esc(c['text'])} ({esc(c['points'])})</li>" for c in one["criteria"]
            )
            if items:
                parts.append(f"<ol>{items}</ol>")
        parts.append(
            line("Run all cells to mark. Answers and marks are not stored in the notebook.")
        )
        return "".join(parts)
