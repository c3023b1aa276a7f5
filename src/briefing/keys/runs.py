"""Runs and their readings: which labels of a sentence key go together; gives no points.

A run is a series of uncued, unquoted sentences beside a credited one. It may be read strictly (the
outlet speaks) or as inherited from the neighbouring speaker, always as a whole; different runs may
be read differently. A sentence outside any run that has a second accepted label is a run of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceKey:
    """The key of one sentence for one question.

    Attributes:
        sentence: its id.
        label: the label by the strict reading.
        accepted: further labels that the codebook allows, in the key's order.
        run: the id of its run, or "".
        start: its first code point.
        end: the code point after its last.
        why: the reason for the label, one plain sentence, or "".
    """

    sentence: str
    label: str
    accepted: tuple[str, ...] = ()
    run: str = ""
    start: int = 0
    end: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that are read together, and the ways to read them; the first way is the strict."""

    sentences: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]


def units(keys: Iterable[SentenceKey]) -> list[Unit]:
    """Return the sentences of a key as units: runs as wholes, every other sentence by itself."""
    together: dict[str, list[SentenceKey]] = {}
    for key in keys:
        together.setdefault(key.run or key.sentence, []).append(key)
    return [_unit(members) for members in together.values()]


def _unit(members: list[SentenceKey]) -> Unit:
    ways = 1 + max(len(member.accepted) for member in members)
    readings = []
    for way in range(ways):
        labels = tuple(
            member.accepted[way - 1] if 0 < way <= len(member.accepted) else member.label
            for member in members
        )
        if labels not in readings:
            readings.append(labels)
    return Unit(tuple(member.sentence for member in members), tuple(readings))
