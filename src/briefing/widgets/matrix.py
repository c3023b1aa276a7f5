"""The matrix: for each text and each function yes, no or cannot say yet, with the words that show it.

It holds what was decided and where; it never knows what is right (that is for the `check` callable)
and never reads an article: positions are Unicode code points of the texts it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from briefing.errors import BriefingError
from briefing.widgets.labels import GREY_PARTS, Unit, units_from
from briefing.widgets.matrix_static import StaticCell, StaticMatrix, render
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import line
from briefing.widgets.static_question import prompt_html

_BUILT = Path(__file__).parent / "built"

MOST_SPANS = 200
"""Stretches that one cell may hold, as in the answers file."""


class WrongMatrix(BriefingError):
    """An answer that no matrix can hold; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Function:
    """Something that a text may do or not: a column of the matrix, with a hint of what it means."""

    id: str
    name: str = ""
    hint: str = ""

    @property
    def shown(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class MatrixText:
    """A text to read: a row of the matrix.

    `segments` are its parts as the annotator takes them (`id`, `part`, `start`/`end` or `span`);
    they give the text its look and the keyboard its sentences.
    """

    id: str
    text: str
    title: str = ""
    lang: str = "en"
    segments: tuple[Any, ...] = ()


class Matrix(QuestionWidget):
    """Decide for each text and function, and attach the words that show it.

    Args:
        texts: the texts, as `MatrixText` or as mappings with the same names.
        functions: the columns, as `Function`, as names, or as mappings with `id`, `name`, `hint`.
        prompt: what is asked.
        **common: see `QuestionWidget`.

    The answer is `{"kind": "matrix", "cells": {"000/problem": {"present": True, "spans": [[10, 42]]}},
    "attempts": 0}`; `present` is None for "cannot say yet", and a cell that nobody has touched is
    left out. Spans count Unicode code points of the text. Feedback items have a cell's id as their
    target; `key` marks have an `article` beside `start`, `end` and `label` (the function).

    Raises:
        ValueError: texts or functions without an id of their own, or an id with a slash.
    """

    _esm = _BUILT / "matrix.js"
    _css = _BUILT / "matrix.css"

    kind: ClassVar[str] = "matrix"
    word: ClassVar[str] = "Decide cell by cell"

    def __init__(
        self,
        texts: Sequence[MatrixText | Mapping[str, Any]],
        functions: Iterable[Function | str | Mapping[str, Any]],
        *,
        prompt: str = "",
        answer: Mapping[str, Any] | None = None,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.texts = tuple(_text(one) for one in texts)
        self.functions = tuple(_function(one) for one in functions)
        for what, ids in (
            ("texts", [text.id for text in self.texts]),
            ("functions", [function.id for function in self.functions]),
        ):
            if not ids or len(set(ids)) != len(ids) or any(not i or "/" in i for i in ids):
                raise ValueError(f"a matrix needs {what} with ids of their own, not {ids}")
        self.prompt = prompt
        self._length = {text.id: len(text.text) for text in self.texts}
        self._aside: dict[str, list[Any]] = {}
        self._shown = False
        super().__init__(
            answer=self._fitting(answer or {}),
            config={
                "prompt": prompt,
                "functions": [
                    {"id": f.id, "name": f.shown, "hint": f.hint} for f in self.functions
                ],
                "texts": [_text_config(text) for text in self.texts],
                **(config or {}),
            },
            **common,
        )
        self._shown = True

    @property
    def cells(self) -> dict[str, dict[str, Any]]:
        """What stands in each cell that was touched: `present`, `spans`, and their `words`."""
        texts = {text.id: text.text for text in self.texts}
        found = {}
        for name, cell in self.answer.get("cells", {}).items():
            text = texts.get(name.partition("/")[0], "")
            found[name] = {**cell, "words": [text[a:b] for a, b in cell.get("spans", ())]}
        return found

    @property
    def ids(self) -> list[str]:
        """The ids of all cells, row by row."""
        return [f"{text.id}/{function.id}" for text in self.texts for function in self.functions]

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer in which no cell was touched."""
        return {"kind": self.kind, "cells": {}, "attempts": 0}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer as it may be kept: the matrix's cells in order, spans by start.

        Cells that the matrix does not know stay behind the others: they may come from another
        version of the question, and nothing that a student did is thrown away.

        Raises:
            WrongMatrix: a cell is no cell, or a span lies outside its text.
        """
        given = answer.get("cells", {})
        if not isinstance(given, Mapping):
            raise WrongMatrix("The cells arrived in a form that cannot be kept; undo and go on.")
        known = self.ids
        kept = {name: self._cell(name, given[name]) for name in known if name in given}
        for name, aside in (self._aside if self._shown else {}).items():
            cell = kept.setdefault(name, {"present": None, "spans": []})
            kept[name] = {**cell, "spans": [*cell["spans"], *aside][:MOST_SPANS]}
        others = {name: cell for name, cell in given.items() if name not in known}
        return {**answer, "kind": self.kind, "cells": {**kept, **others}}

    def static_body(self) -> str:
        """Return the prompt and the table, with the words of each cell as escaped HTML."""
        cells = self.cells
        shown = StaticMatrix(
            rows=tuple((text.id, text.title) for text in self.texts),
            columns=tuple((f.id, f.shown, f.hint) for f in self.functions),
            cells={
                name: StaticCell(cell.get("present"), tuple(cell["words"]))
                for name, cell in cells.items()
            },
        )
        # A cell's own sentence says what is right, so it is not said twice.
        items = [{**item, "label": ""} for item in self.feedback.get("items", ())]
        parts = [prompt_html(self.prompt), render(shown, {"items": items})]
        if self.feedback.get("summary"):
            parts.append(prompt_html(str(self.feedback["summary"])))
        elif not cells:
            parts.append(line("Run all cells of this notebook to decide."))
        return "".join(parts)

    def _cell(self, name: str, cell: Any) -> dict[str, Any]:
        if not isinstance(cell, Mapping):
            raise WrongMatrix(f"The cell {name} arrived in a form that cannot be kept; undo it.")
        present, spans = cell.get("present"), cell.get("spans", [])
        if present is not None and not isinstance(present, bool):
            raise WrongMatrix(f"The cell {name} is neither yes nor no; decide it again.")
        if not isinstance(spans, list | tuple) or not all(self._fits(name, s) for s in spans):
            raise WrongMatrix(f"Words attached to {name} do not fit its text; undo them.")
        if len(spans) > MOST_SPANS:
            raise WrongMatrix(f"More than {MOST_SPANS} stretches in {name} cannot be kept.")
        return {
            **cell,
            "present": present,
            "spans": [list(s) for s in sorted({(a, b) for a, b in spans})],
        }

    def _fits(self, name: str, span: Any) -> bool:
        if not isinstance(span, list | tuple) or len(span) != 2:
            return False
        if not all(isinstance(at, int) and not isinstance(at, bool) for at in span):
            return False
        return bool(0 <= span[0] < span[1] <= self._length[name.partition("/")[0]])

    def _fitting(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer without the spans that cannot be shown; they go back into every save."""
        cells = {}
        for name, cell in answer.get("cells", {}).items():
            if name not in self.ids or not isinstance(cell, Mapping):
                cells[name] = cell
                continue
            spans = list(cell.get("spans", ()))
            fitting = [span for span in spans if self._fits(name, span)]
            if len(fitting) < len(spans):
                self._aside[name] = [span for span in spans if span not in fitting]
            cells[name] = {**cell, "spans": fitting}
        return {**answer, "cells": cells} if cells else dict(answer)


def _text(given: MatrixText | Mapping[str, Any]) -> MatrixText:
    if isinstance(given, MatrixText):
        return given
    try:
        return MatrixText(
            id=str(given["id"]),
            text=str(given["text"]),
            title=str(given.get("title", "")),
            lang=str(given.get("lang", "en")),
            segments=tuple(given.get("segments", ())),
        )
    except KeyError as missing:
        raise ValueError(f"a text of a matrix lacks {missing}") from None


def _function(given: Function | str | Mapping[str, Any]) -> Function:
    if isinstance(given, Function):
        return given
    if isinstance(given, str):
        return Function(given)
    try:
        return Function(
            str(given["id"]), str(given.get("name", "")), str(given.get("hint", "") or "")
        )
    except KeyError as missing:
        raise ValueError(f"a function of a matrix lacks {missing}") from None


def _text_config(text: MatrixText) -> dict[str, Any]:
    units: tuple[Unit, ...] = units_from(text.segments, len(text.text))
    return {
        "id": text.id,
        "title": text.title,
        "text": text.text,
        "lang": text.lang,
        "segments": [
            {
                "id": unit.id,
                "start": unit.start,
                "end": unit.end,
                "part": unit.part,
                "unit": unit.part not in GREY_PARTS,
                "grey": unit.part in GREY_PARTS,
            }
            for unit in units
        ],
    }
