"""A card of one's own: labelled boxes, and what a machine can say of them while they are written.

A table with one row, shown as a card. What the gates are, and how they stand, the `gates` callable
says; the widget shows and announces it, and judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import traitlets as t

from briefing.errors import BriefingError
from briefing.widgets.static import esc
from briefing.widgets.table import Column, Row, Table

_BUILT = Path(__file__).parent / "built"

State = Literal["open", "holds", "limits", "fails", "later"]
SIGNS: dict[State, tuple[str, str]] = {
    "open": ("○", "not yet"),
    "holds": ("✓", "holds"),
    "limits": ("≈", "with a limit"),
    "fails": ("✗", "does not hold"),
    "later": ("→", "too late for this test"),
}
"""The sign and the words of each state; the page uses the same."""


@dataclass(frozen=True, slots=True)
class GateShown:
    """How one gate stands: its name, a state of `SIGNS`, and what was found."""

    id: str
    name: str
    state: State
    words: str


Gates = Callable[[Mapping[str, Any]], Sequence[GateShown]]


class OwnCard(Table):
    """Write a card of one's own, with gates that are tried as one writes.

    Args:
        columns: the boxes.
        row: what the card is about.
        gates: called with what was entered (column → value) each time that it is kept.
        **common: see `Table` and `QuestionWidget`.

    The answer is that of a `Table` with one row.
    """

    _esm = _BUILT / "own_card.js"
    _css = _BUILT / "own_card.css"

    gates: t.List[Any] = t.List().tag(sync=True)

    def __init__(self, columns: Sequence[Column], row: Row, gates: Gates, **common: Any) -> None:
        self._try = gates
        super().__init__(columns, [row], as_card=True, **common)
        self.gates = self._tried(self.answer)

    def kept(self, answer: dict[str, Any]) -> None:
        """Try the gates on what is kept now."""
        self.gates = self._tried(answer)

    def static_body(self) -> str:
        """Return the card, and below it how the gates stand."""
        lines = "".join(
            f"<div>{SIGNS[gate['state']][0]} <b>{esc(gate['name'])}</b> "
            f"({SIGNS[gate['state']][1]}): {esc(gate['words'])}</div>"
            for gate in self.gates
        )
        return f"{super().static_body()}<div><b>What a machine can check</b></div>{lines}"

    def _tried(self, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
        cells = answer.get("rows", {}).get(self.rows[0].id, {})
        try:
            found = self._try(cells)
        except BriefingError as problem:
            # The answer is kept already; only what a machine says of it is missing.
            found = [GateShown("problem", "The check", "open", str(problem))]
        return [
            {"id": gate.id, "name": gate.name, "state": gate.state, "words": gate.words}
            for gate in found
        ]
