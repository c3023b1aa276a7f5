"""Ready-made cards to decide on: accept or reject, the gate that decides, a few words why.

Holds the decisions; never knows which are right: that is for the `check` callable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from briefing.errors import BriefingError
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import esc, line
from briefing.widgets.static_question import CELL_WORDS, prompt_html, reasons_html, written_html

_BUILT = Path(__file__).parent / "built"

MOST_CHARACTERS = 5_000
"""The longest reason that a card keeps, in Unicode code points."""
_MOST_CARDS = 500
_MOST_ID = 200
_PARTS = ("decision", "gate", "reason")

ASKS = {
    "decision": "Your decision",
    "gate": "Which gate decides?",
    "reason": "In a few words, why? (You may leave this empty.)",
}
"""How a card asks for its three parts where nothing else is said."""


class WrongCard(BriefingError):
    """A decision, or a whole answer, that no set of cards can hold."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A decision or a gate that can be chosen."""

    id: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One named box of a card."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a title, the words that it is about, and its boxes."""

    id: str
    title: str = ""
    quote: str = ""
    boxes: tuple[Box, ...] = ()


class Cards(QuestionWidget):
    """Decide on each card of a set.

    Args:
        cards: the cards.
        decisions: what can be decided.
        gates: what a decision can rest on; empty where none is asked for.
        prompt: what is asked, above the cards.
        asks: other words for `decision`, `gate` and `reason`; an empty one leaves that part out
            (not the decision).
        **common: see `QuestionWidget`.

    The answer is `{"kind": "cards", "cards": {card: {"decision", "gate", "reason"}}, "attempts": 0}`.
    Feedback items have a card, or `card:gate`, as their target.

    Raises:
        ValueError: cards, decisions or gates are not in order.
    """

    _esm = _BUILT / "cards.js"
    _css = _BUILT / "cards.css"

    kind: ClassVar[str] = "cards"
    word: ClassVar[str] = "Decide"

    def __init__(
        self,
        cards: Sequence[Card],
        decisions: Sequence[Offered],
        gates: Sequence[Offered] = (),
        *,
        prompt: str = "",
        asks: Mapping[str, str] | None = None,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.cards, self.decisions, self.gates = tuple(cards), tuple(decisions), tuple(gates)
        for ids in (
            [card.id for card in self.cards],
            [decision.id for decision in self.decisions],
            ["", *(gate.id for gate in self.gates)],
        ):
            if not ids or len(set(ids)) != len(ids) or any(":" in one for one in ids):
                raise ValueError(f"cards, decisions and gates need ids of their own, not {ids}")
        self.prompt = prompt
        self.asks = {**ASKS, **(asks or {})}
        super().__init__(
            config={
                "prompt": prompt,
                "asks": self.asks,
                "most_characters": MOST_CHARACTERS,
                "decisions": [asdict(decision) for decision in self.decisions],
                "gates": [asdict(gate) for gate in self.gates] if self.asks["gate"] else [],
                "cards": [asdict(card) for card in self.cards],
                **(config or {}),
            },
            **common,
        )

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer with nothing decided."""
        return {"kind": self.kind, "cards": {}, "attempts": 0}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer without cards on which nothing is entered, in the question's order.

        Cards that the question does not have stay: they may come from another version of it. Half
        characters, which no file can hold, become a sign.

        Raises:
            WrongCard: it is no set of decisions, or a reason is too long.
        """
        cards = answer.get("cards", {})
        if not isinstance(cards, Mapping) or not all(
            isinstance(c, Mapping) for c in cards.values()
        ):
            raise WrongCard("This answer is no set of cards, so it cannot be kept; decide again.")
        if len(cards) > _MOST_CARDS:
            raise WrongCard(f"More than {_MOST_CARDS} cards cannot be kept; decide again.")
        kept = {str(card): self._card(str(card), given) for card, given in cards.items()}
        ordered = [card.id for card in self.cards if card.id in kept]
        ordered += [card for card in kept if card not in ordered]
        filled = {card: kept[card] for card in ordered if any(kept[card].values())}
        return {**answer, "kind": self.kind, "cards": filled}

    def static_body(self) -> str:
        """Return the prompt and every card with its decision."""
        parts = [prompt_html(self.prompt)]
        total = len(self.cards)
        parts += [self._static_card(card, n, total) for n, card in enumerate(self.cards, 1)]
        if self.feedback.get("summary"):
            parts.append(prompt_html(str(self.feedback["summary"])))
        elif not self.answer.get("cards"):
            parts.append(line("Run all cells to decide."))
        return "".join(parts)

    def _card(self, card: str, given: Mapping[str, Any]) -> dict[str, Any]:
        kept = dict(given)
        for part in _PARTS:
            value = given.get(part, "")
            most = MOST_CHARACTERS if part == "reason" else _MOST_ID
            if not isinstance(value, str):
                raise WrongCard(f"The {part} on card {card} is no text; enter it again.")
            if len(value) > most:
                raise WrongCard(
                    f"The {part} on a card has {len(value):,} characters and keeps {most:,}; "
                    "shorten it, and it is saved."
                )
            kept[part] = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
        return kept

    def _static_card(self, card: Card, number: int, total: int) -> str:
        given = self.answer.get("cards", {}).get(card.id, {})
        boxes = "".join(
            f'<div style="padding:2px 0"><b>{esc(box.name)}:</b> '
            f'<span style="white-space:pre-wrap">{esc(box.text)}</span></div>'
            for box in card.boxes
        )
        gates = self.gates if self.asks["gate"] else ()
        asked = "".join(
            _static_choice(self.asks[part], offered, given.get(part, ""))
            + reasons_html(self.feedback, target, words=CELL_WORDS)
            for part, offered, target in (
                ("decision", self.decisions, card.id),
                ("gate", gates, f"{card.id}:gate"),
            )
            if offered
        )
        reason = given.get("reason", "")
        why = f"{prompt_html(self.asks['reason'])}{written_html(reason)}" if reason else ""
        title = f"{number} of {total}{' · ' if card.title else ''}{card.title}"
        return (
            '<div style="border:1px solid #8a8a8a;padding:6px 12px;margin:6px 0">'
            f"{prompt_html(title, strong=True)}{prompt_html('', card.quote)}{boxes}{asked}{why}</div>"
        )


def _static_choice(ask: str, offered: Sequence[Offered], chosen: str) -> str:
    rows = "".join(
        f'<div style="padding:1px 0 1px 8px">{"●" if one.id == chosen else "○"} '
        f"{esc(one.name)}{esc(f': {one.hint}') if one.hint else ''}</div>"
        for one in offered
    )
    return f'<div style="padding:4px 0">{prompt_html(ask)}{rows}</div>'
