"""Score decisions on ready-made cards and the gates that decide; knows no files and no widgets.

Half for the decision, half for the gate, which counts only with the right decision. Both halves
are balanced: the same decision throughout, or the commonest gate, earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from briefing.keys.balance import Chances, balanced, chances
from briefing.keys.results import ItemResult, Verdict


@dataclass(frozen=True, slots=True)
class CardKey:
    """The key of one card.

    Attributes:
        card: its id.
        decision: the decision that is right.
        also: further decisions that are accepted.
        gates: the gates that decide; empty where none is asked for.
        why: the reason for the decision, one plain sentence, or "".
        gate_why: the reason for the gate, or "".
    """

    card: str
    decision: str
    also: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    why: str = ""
    gate_why: str = ""

    @property
    def decisions(self) -> frozenset[str]:
        """Every decision that is accepted."""
        return frozenset((self.decision, *self.also))


@dataclass(frozen=True)
class CardsKey:
    """The key of a set of cards."""

    cards: tuple[CardKey, ...]

    @cached_property
    def gated(self) -> tuple[CardKey, ...]:
        """The cards that ask for a gate."""
        return tuple(card for card in self.cards if card.gates)

    @cached_property
    def decision_chances(self) -> Chances:
        """What the best constant decision reaches."""
        offered = {decision for card in self.cards for decision in card.decisions}
        patterns = [[float(d in card.decisions) for card in self.cards] for d in sorted(offered)]
        return chances(patterns, [card.decisions for card in self.cards])

    @cached_property
    def gate_chances(self) -> Chances:
        """What the best constant gate reaches where every decision is right."""
        offered = {gate for card in self.gated for gate in card.gates}
        patterns = [[float(gate in card.gates) for card in self.gated] for gate in sorted(offered)]
        return chances(patterns, [frozenset(card.gates) for card in self.gated])


@dataclass(frozen=True, slots=True)
class CardsScore:
    """The score (0 to 1), how many decisions are right, and what is said of each."""

    score: float
    found: int
    items: tuple[ItemResult, ...]


def score_cards(key: CardsKey, cards: Mapping[str, Mapping[str, Any]]) -> CardsScore:
    """Score decisions and gates (card id → `decision`, `gate`) against `key`."""
    decisions, gates, items = list[float](), list[float](), list[ItemResult]()
    for one in key.cards:
        given = cards.get(one.card)
        decision, gate = (_word(given, name) for name in ("decision", "gate"))
        fits = decision in one.decisions
        decisions.append(float(fits))
        items.append(
            ItemResult(one.card, _verdict(decision, fits), decision, one.decision, one.why)
        )
        if not one.gates:
            continue
        gates.append(float(fits and gate in one.gates))
        if fits:  # with another decision another gate decides: nothing is said of it
            verdict = _verdict(gate, gate in one.gates)
            target = f"{one.card}:gate"
            items.append(ItemResult(target, verdict, gate, one.gates[0], one.gate_why))
    half = balanced(decisions, [card.decisions for card in key.cards], key.decision_chances)
    if key.gated:
        kinds = [frozenset(card.gates) for card in key.gated]
        half = (half + balanced(gates, kinds, key.gate_chances)) / 2
    return CardsScore(half, sum(map(int, decisions)), tuple(items))


def _word(given: object, name: str) -> str:
    value = given.get(name) if isinstance(given, Mapping) else ""
    return value if isinstance(value, str) else ""


def _verdict(given: str, fits: bool) -> Verdict:
    if not given:
        return Verdict.MISSED
    return Verdict.RIGHT if fits else Verdict.WRONG
