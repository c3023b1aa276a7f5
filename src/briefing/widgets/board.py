"""The progress board: a table of notebooks and their questions, and a button to look again.

It shows what `collect` returns; it reads no file itself, knows no points and saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import traitlets as t

from briefing.widgets.asking import AskingWidget
from briefing.widgets.static import apart, esc

_BUILT = Path(__file__).parent / "built"

State = Literal["answered", "begun", "empty"]
SIGNS: dict[State, str] = {"answered": "✓", "begun": "◐", "empty": "○"}
"""The sign of each state; the page uses the same."""

_CELL = "border:1px solid #8a8a8a;padding:6px 9px;text-align:left;vertical-align:top"


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """One question: how far it has got, and the same in words ("begun: 2 of 6 sentences")."""

    id: str
    title: str
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One notebook.

    Attributes:
        name: the exercise's name, such as `ex02`; the browser knows a download by it.
        title: what stands in the row.
        link: the notebook, relative to the one that shows the board; empty where there is none.
        saved: when its answers were last saved (ISO 8601); empty for never.
        questions: its questions, in order.
        problem: one sentence where its answers cannot be read; empty for none.
    """

    name: str
    title: str
    link: str = ""
    saved: str = ""
    questions: tuple[BoardQuestion, ...] = ()
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the row as JSON-ready values."""
        return {
            "name": self.name,
            "title": self.title,
            "link": self.link,
            "saved": self.saved,
            "problem": self.problem,
            "questions": [
                {"id": q.id, "title": q.title, "state": q.state, "words": q.words}
                for q in self.questions
            ],
        }


class ProgressBoard(AskingWidget):
    """What is answered, begun and empty in each notebook.

    Args:
        collect: returns the rows as they are now; called once here and at each "Look again".
        **common: see `QuestionWidget` (`title`, `student`: the browser remembers downloads by it).
    """

    _esm = _BUILT / "board.js"
    _css = _BUILT / "board.css"

    kind: ClassVar[str] = "board"
    word: ClassVar[str] = "How far you are"

    board: t.List[Any] = t.List().tag(sync=True)

    def __init__(self, collect: Callable[[], Sequence[BoardRow]], **common: Any) -> None:
        self._collect = collect
        super().__init__(**common)
        self.board = [row.as_dict() for row in collect()]

    def wish_look(self, _wish: dict[str, Any]) -> dict[str, Any]:
        """Look again, and say how much is answered."""
        self.board = [row.as_dict() for row in self._collect()]
        asked = [question for row in self.board for question in row["questions"]]
        done = sum(question["state"] == "answered" for question in asked)
        return {"message": f"{done} of {len(asked)} questions are answered."}

    def static_body(self) -> str:
        """Return the table without what only the browser knows."""
        head = "".join(
            f'<th scope="col" style="{_CELL}">{words}</th>'
            for words in ("Notebook", "Questions", "Last saved")
        )
        rows = "".join(_row(row) for row in self.board)
        return (
            f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


def _row(row: dict[str, Any]) -> str:
    title = apart(row["title"])
    name = f'<a href="{esc(row["link"])}">{title}</a>' if row["link"] else title
    lines = "".join(
        f"<div>{esc(q['id'])} {apart(q['title'])}: {SIGNS[q['state']]} {esc(q['words'])}</div>"
        for q in row["questions"]
    )
    if row["problem"]:
        lines = f"<div><b>{esc(row['problem'])}</b></div>{lines}"
    saved = row["saved"].replace("T", " ").replace("Z", " UTC") or "never"
    return (
        f'<tr><th scope="row" style="{_CELL}">{name}</th><td style="{_CELL}">{lines}</td>'
        f'<td style="{_CELL}">{esc(saved)}</td></tr>'
    )
