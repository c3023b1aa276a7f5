"""What a feedback page shows of a question with options, as plain values; no HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from briefing.keys import ItemResult, Question
from briefing.keys.choices import ChoiceKey, option_name, options_of, read_chosen
from briefing.keys.feedback import item_sentence
from briefing.keys.remembered import Remembered

LONGEST_KEPT = 20
"""Options chosen at one question, of which it is kept how they look: a file may name hundreds."""


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """One group of options: prompt, and option by option its words, signs and reason."""

    prompt: str
    options: tuple[tuple[str, bool, bool, str], ...]
    several: bool = False


class ChoiceViews:
    """The groups of options as pages show them: what many choose is put together once."""

    def __init__(self, most: int, words_of: Callable[[str], str]) -> None:
        """Begin with nothing.

        Args:
            most: how many different answers are kept at most.
            words_of: gives the words of a sentence by its id, for options that are sentences.
        """
        self._known = Remembered[tuple[Any, ...], tuple[ChoiceGroup, ...]](most)
        self._words_of = words_of

    def of(
        self,
        question: Question,
        key: ChoiceKey,
        items: tuple[ItemResult, ...],
        chosen: tuple[str, ...],
    ) -> tuple[ChoiceGroup, ...]:
        """Return a question's options with what was chosen among them and what is said of it."""
        name = (question.id, items, chosen)
        groups = self._known.get(name)
        if groups is None:
            groups = tuple(self._groups(question, key, items, chosen))
            if len(chosen) <= LONGEST_KEPT:
                self._known[name] = groups
        return groups

    def _groups(
        self,
        question: Question,
        key: ChoiceKey,
        items: tuple[ItemResult, ...],
        chosen: tuple[str, ...],
    ) -> list[ChoiceGroup]:
        picked, _ = read_chosen(key.groups, chosen)
        said = {item.target: item_sentence(item, question) for item in items}
        groups = []
        for group in question.choice_groups:
            right = {option for way in key.accepted for option in options_of(way, group.id)}
            options = []
            for option in group.options:
                name = option_name(key.groups, group.id, option.id)
                taken = option.id in picked[group.id]
                why = said.get(name, "") if taken else key.why.get(name, "")
                words = option.text or f"“{self._words_of(option.sentence)}”"
                options.append((f"{option.id}) {words}", taken, option.id in right, why))
            groups.append(ChoiceGroup(group.prompt, tuple(options), group.several))
        return groups


def ways_that_fit(question: Question, key: ChoiceKey) -> tuple[str, ...]:
    """Return in words which options go together, where a question has several groups of them."""
    if len(key.groups) < 2:
        return ()
    order = [group.id for group in question.choice_groups]
    return tuple(
        " with ".join(" and ".join(options_of(way, group)) for group in order)
        for way in key.accepted
    )
