"""Tables to fill in: choices, numbers and short texts in cells; also as a card of labelled fields.

Holds what was entered; never knows what is right: that is for the `check` callable. A number is
kept as a number where it can be read as one, else as it was typed: nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from briefing.answers.written_numbers import read_number, shown_number
from briefing.errors import BriefingError
from briefing.widgets.choice import Option
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import esc, line
from briefing.widgets.static_question import CELL_WORDS, prompt_html, reasons_html

_BUILT = Path(__file__).parent / "built"

MOST_CHARACTERS = 5_000
"""The longest text that a cell keeps, in Unicode code points."""
_MOST_ROWS = 1_000
_MOST_CELLS = 50
_MANY = 24
"""More options than these are not written out where no widget can be."""

Value = str | int | float
Type = Literal["choice", "number", "text"]


class WrongCell(BriefingError):
    """A cell, or a whole answer, that a table cannot hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """What each cell of one column asks for.

    `options` are those of a choice, `unit` stands behind a number, `most` is how many characters of
    a text are asked for (0: no bound), `hint` a sentence below the heading.
    """

    id: str
    name: str
    type: Type = "text"
    options: tuple[Option, ...] = ()
    unit: str = ""
    most: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row is about: a name, words that are quoted, cells that are printed and not asked."""

    id: str
    name: str = ""
    quote: str = ""
    given: Mapping[str, Value] = field(default_factory=dict)


class Table(QuestionWidget):
    """Fill in a table.

    Args:
        columns: what the cells ask for.
        rows: what they are about.
        prompt: what is asked, above the table.
        as_card: show each row as a card of labelled fields, however wide the page.
        **common: see `QuestionWidget`.

    The answer is `{"kind": "table", "rows": {row: {column: value}}, "attempts": 0}`. Feedback items
    have `row:column` as their target.

    Raises:
        ValueError: columns or rows are not in order.
    """

    _esm = _BUILT / "table.js"
    _css = _BUILT / "table.css"

    kind: ClassVar[str] = "table"
    word: ClassVar[str] = "Fill in"

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        prompt: str = "",
        as_card: bool = False,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.columns, self.rows = tuple(columns), tuple(rows)
        for ids in ([c.id for c in self.columns], [r.id for r in self.rows]):
            if not ids or len(set(ids)) != len(ids) or any(":" in one for one in ids):
                raise ValueError(f"a table needs columns and rows with ids of their own, not {ids}")
        self.prompt = prompt
        self.as_card = as_card
        self._types = {column.id: column for column in self.columns}
        super().__init__(
            config={
                "prompt": prompt,
                "as_card": as_card,
                "most_characters": MOST_CHARACTERS,
                "columns": [self._column_config(column) for column in self.columns],
                "rows": [self._row_config(row) for row in self.rows],
                **(config or {}),
            },
            **common,
        )

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer with nothing entered."""
        return {"kind": self.kind, "rows": {}, "attempts": 0}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer with numbers as numbers and without empty cells.

        Rows and columns that the table does not have stay: they may come from another version of
        the question. Half characters, which no file can hold, become a sign.

        Raises:
            WrongCell: it is no table, or a cell holds more than it may.
        """
        rows = answer.get("rows", {})
        if not isinstance(rows, Mapping) or not all(isinstance(c, Mapping) for c in rows.values()):
            raise WrongCell("This answer is no table, so it cannot be kept; fill it in again.")
        if len(rows) > _MOST_ROWS or any(len(cells) > _MOST_CELLS for cells in rows.values()):
            raise WrongCell("This answer has more cells than a table keeps; fill it in again.")
        kept = {
            str(row): {
                str(column): self._value(str(row), str(column), value)
                for column, value in cells.items()
                if value is not None and value != ""
            }
            for row, cells in rows.items()
        }
        ordered = [row.id for row in self.rows if row.id in kept]
        ordered += [row for row in kept if row not in ordered]
        return {
            **answer,
            "kind": self.kind,
            "rows": {row: kept[row] for row in ordered if kept[row]},
        }

    def static_body(self) -> str:
        """Return the prompt and the table, what was entered in its cells."""
        empty = not any(self.answer.get("rows", {}).values())
        parts = [prompt_html(self.prompt)]
        parts.append(self._static_cards() if self.as_card else self._static_table())
        parts.append(self._static_options())
        if self.feedback.get("summary"):
            parts.append(prompt_html(str(self.feedback["summary"])))
        elif empty:
            parts.append(line("Run all cells to fill in."))
        return "".join(parts)

    def _value(self, row: str, column: str, value: Any) -> Value:
        asked = self._types.get(column)
        if asked is not None and asked.type == "number":
            number = read_number(value, asked.unit)
            if number is not None:
                return number
        strange = not isinstance(value, str) and read_number(value) is None
        if strange:
            raise WrongCell(f"The cell {row}:{column} holds no text and no number; enter it again.")
        if not isinstance(value, str):
            return float(value) if isinstance(value, float) else int(value)
        if len(value) > MOST_CHARACTERS:
            raise WrongCell(
                f"A cell has {len(value):,} characters and keeps {MOST_CHARACTERS:,}; shorten it, "
                "and it is saved."
            )
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)

    def _column_config(self, column: Column) -> dict[str, Any]:
        return {
            "id": column.id,
            "name": column.name,
            "type": column.type,
            "options": [{"id": option.id, "text": option.text} for option in column.options],
            "unit": column.unit,
            "most": column.most,
            "hint": column.hint,
        }

    def _row_config(self, row: Row) -> dict[str, Any]:
        given = {
            column.id: shown_cell(column, row.given[column.id])
            for column in self.columns
            if column.id in row.given
        }
        return {"id": row.id, "name": row.name, "quote": row.quote, "given": given}

    def _static_table(self) -> str:
        heads = "".join(
            f'<th align="left" valign="top" style="{_CELL}">{esc(column.name)}'
            f"{_small(_with_unit(column))}</th>"
            for column in self.columns
        )
        body = "".join(
            f'<tr><th align="left" valign="top" style="{_CELL}">{_about(row)}</th>'
            + "".join(
                f'<td align="left" valign="top" style="{_CELL}">{self._static_cell(row, c)}</td>'
                for c in self.columns
            )
            + "</tr>"
            for row in self.rows
        )
        return (
            f'<table><thead><tr><td style="{_CELL}"></td>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )

    def _static_options(self) -> str:
        """What can be chosen, for readers on paper; a long list is only counted."""
        return "".join(
            line(f"{column.name}: {_offered(column)}") for column in self.columns if column.options
        )

    def _static_cards(self) -> str:
        parts = []
        for row in self.rows:
            fields = "".join(
                f'<div style="padding:3px 0"><b>{esc(column.name)}</b>{_small(_with_unit(column))}'
                f'<div style="padding:1px 0 1px 12px">{self._static_cell(row, column)}</div></div>'
                for column in self.columns
            )
            parts.append(
                f'<div style="border:1px solid #8a8a8a;padding:6px 12px;margin:6px 0">'
                f"{_about(row)}{fields}</div>"
            )
        return "".join(parts)

    def _static_cell(self, row: Row, column: Column) -> str:
        if column.id in row.given:
            return esc(shown_cell(column, row.given[column.id])) or "–"
        entered = self.answer.get("rows", {}).get(row.id, {}).get(column.id, "")
        said = reasons_html(self.feedback, f"{row.id}:{column.id}", words=CELL_WORDS)
        shown = esc(shown_cell(column, entered))
        return f'<span style="white-space:pre-wrap">{shown or "____"}</span>{said}'


_CELL = "border:1px solid #8a8a8a;padding:4px 8px"


def shown_cell(column: Column, value: Any) -> str:
    """Return a cell as people read it: an option's words, a number with commas and its unit."""
    if value is None or value == "":
        return ""
    if column.type == "choice":
        return next((o.text for o in column.options if o.id == value), str(value))
    if column.type == "number" and isinstance(value, int | float):
        unit = f"\u00a0{column.unit}" if column.unit else ""
        return f"{shown_number(value)}{unit}"
    return str(value)


def _about(row: Row) -> str:
    quoted = (
        f'<div style="padding:2px 0;white-space:pre-wrap;font-weight:normal">{esc(row.quote)}</div>'
    )
    name = f"<b>{esc(row.name)}</b>" if row.name else ""
    return f"{name}{quoted if row.quote else ''}"


def _offered(column: Column) -> str:
    if len(column.options) > _MANY:
        return f"one of {len(column.options)}"
    return " · ".join(option.text for option in column.options)


def _with_unit(column: Column) -> str:
    return " · ".join(filter(None, (column.hint, column.unit and f"in {column.unit}")))


def _small(words: str) -> str:
    quiet = "opacity:0.75;font-weight:normal"
    return f'<div style="{quiet}">{esc(words)}</div>' if words else ""
