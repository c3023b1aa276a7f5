"""Score choices and short answers that a machine can check; opens no files and knows no widgets.

A choice question pays only for a whole set of fitting choices (a reading *and* what it changes), so
that the same letter everywhere earns nothing. A chosen option is told as `group:option`; where a
question has a single group the group may be left out. In a group where several may be chosen, all
that fit and no other are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from briefing.keys.definitions import DefinitionError, Question
from briefing.keys.results import ItemResult, Verdict

KEPT, LONGEST_KEPT = 1_000, 20
"""How many answers to a question are kept with their score, and of how many options at most."""

Way = Mapping[str, str | tuple[str, ...]]
"""One way to be right: group id → its option, or all its options where several may be chosen."""


@dataclass(frozen=True)
class ChoiceKey:
    """The key of a choice question.

    Attributes:
        groups: group id → option ids, in the order of the question.
        accepted: each way to be right; every group occurs in each.
        why: option, as an answer names it → the reason it is right or wrong, one plain sentence.
        several: the groups in which several options may be chosen.
    """

    groups: Mapping[str, tuple[str, ...]]
    accepted: tuple[Way, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> dict[tuple[str, ...], ChoiceScore]:
        """Scores of answers that somebody has given: a class gives the same few again and again."""
        return {}

    def names(self, way: Way) -> list[str]:
        """Return a way to be right as an answer names its options."""
        return [
            option_name(self.groups, group, option)
            for group in way
            for option in options_of(way, group)
        ]


@dataclass(frozen=True, slots=True)
class ChoiceScore:
    """The score (0 or 1), what is said of each choice, and what could not be read."""

    score: float
    items: tuple[ItemResult, ...]
    notes: tuple[str, ...]


def options_of(way: Way, group: str) -> tuple[str, ...]:
    """Return the options that one way to be right takes from a group."""
    taken = way[group]
    return (taken,) if isinstance(taken, str) else taken


def option_name(groups: Mapping[str, Sequence[str]], group: str, option: str) -> str:
    """Return how an answer names an option: `b` where there is one group, else `reading:b`."""
    return option if len(groups) == 1 else f"{group}:{option}"


def read_chosen(
    groups: Mapping[str, Sequence[str]], chosen: Iterable[str]
) -> tuple[dict[str, list[str]], list[str]]:
    """Return group id → options chosen in it, and the entries that no group offers."""
    picked: dict[str, list[str]] = {group: [] for group in groups}
    unknown: list[str] = []
    for entry in chosen:
        group, colon, option = entry.partition(":")
        if not colon and len(groups) == 1:
            group, option = next(iter(groups)), entry
        if option in groups.get(group, ()):
            if option not in picked[group]:
                picked[group].append(option)
        else:
            unknown.append(entry)
    return picked, unknown


def score_choice(key: ChoiceKey, chosen: Sequence[str]) -> ChoiceScore:
    """Score the options `chosen` against `key`: all of a fitting set, or nothing."""
    if len(chosen) > LONGEST_KEPT:
        return _score_choice(key, chosen)
    name = tuple(chosen)
    if name not in key.known:
        if len(key.known) >= KEPT:
            key.known.clear()
        key.known[name] = _score_choice(key, chosen)
    return key.known[name]


def _score_choice(key: ChoiceKey, chosen: Sequence[str]) -> ChoiceScore:
    picked, unknown = read_chosen(key.groups, chosen)
    right = any(_same(picked, way) for way in key.accepted)
    # Of two ways that are equally near, the one that begins like the answer: a reason is then told
    # to be unfitting, not a reading that is right.
    nearest = max(key.accepted, key=lambda way: _nearness(key, way, picked))
    items = list[ItemResult]()
    for group, options in picked.items():
        wanted = options_of(nearest, group)
        if not options:
            items.append(ItemResult(group, Verdict.MISSED, expected=", ".join(wanted)))
        elif group in key.several:
            items += _each_option(key, group, options, wanted)
        else:
            items += [
                _item(key, group, option, [option] == options and option in wanted, wanted[0])
                for option in options
            ]
    notes = [f"The choice {entry[:40]!r} is not one of the options." for entry in unknown]
    notes += [
        f"Two options are chosen where one is asked for ({group})."
        for group, options in picked.items()
        if len(options) > 1 and group not in key.several
    ]
    return ChoiceScore(float(right), tuple(items), tuple(notes))


def _same(picked: Mapping[str, list[str]], way: Way) -> bool:
    return all(set(options) == set(options_of(way, group)) for group, options in picked.items())


def _nearness(
    key: ChoiceKey, way: Way, picked: Mapping[str, list[str]]
) -> tuple[int, list[bool], int]:
    taken = {group: set(options_of(way, group)) for group in key.groups}
    same = [set(picked[group]) == taken[group] for group in key.groups]
    return sum(same), same, -sum(len(taken[group] ^ set(picked[group])) for group in key.groups)


def _each_option(
    key: ChoiceKey, group: str, chosen: list[str], wanted: tuple[str, ...]
) -> list[ItemResult]:
    """Where several may be chosen, something is said of every option, chosen or not."""
    items = []
    for option in key.groups[group]:
        if option in chosen or option in wanted:
            items.append(_item(key, group, option, option in wanted, "", option in chosen))
        else:
            name = option_name(key.groups, group, option)
            items.append(ItemResult(name, Verdict.FINE, why=key.why.get(name, "")))
    return items


def _item(
    key: ChoiceKey, group: str, option: str, fits: bool, expected: str, chosen: bool = True
) -> ItemResult:
    name = option_name(key.groups, group, option)
    verdict = Verdict.RIGHT if fits else Verdict.WRONG
    return ItemResult(
        target=name,
        verdict=verdict if chosen else Verdict.MISSED,
        label=option if chosen else "",
        expected=expected,
        why=key.why.get(name, ""),
    )


def choice_key(
    question: Question,
    right: str | list[str],
    accepted: Sequence[Mapping[str, str | list[str]]],
    why: Mapping[str, str],
) -> ChoiceKey:
    """Return the key of a choice.

    Args:
        question: what is asked.
        right: what is right where there is a single group; several options as a list.
        accepted: each way to be right, by group.
        why: a reason by option, as an answer names it.

    Raises:
        DefinitionError: nothing is accepted, or something that the question does not offer.
    """
    groups = {g.id: tuple(o.id for o in g.options) for g in question.choice_groups}
    several = frozenset(g.id for g in question.choice_groups if g.several)
    ways = [dict(way) for way in accepted]
    if right and len(groups) == 1:
        ways.append({next(iter(groups)): right})
    for way in ways:
        if set(way) != set(groups) or not all(
            _possible(way[g], options, g in several) for g, options in groups.items()
        ):
            raise DefinitionError(
                f"The key of question {question.id} accepts {way}, which is not one option from "
                "each of its groups (where several may be chosen: a list, and not of all)."
            )
    if not ways:
        raise DefinitionError(f"The key of question {question.id} accepts nothing.")
    names = {option_name(groups, g, option) for g, options in groups.items() for option in options}
    stray = next((name for name in why if name not in names | {"text"}), None)
    if stray is not None:
        raise DefinitionError(
            f"The key of question {question.id} has a reason for {stray!r}, which the question "
            "does not offer."
        )
    made = [{g: w if isinstance(w, str) else tuple(w) for g, w in way.items()} for way in ways]
    return ChoiceKey(groups, tuple(made), why, several)


def _possible(taken: str | list[str], options: Sequence[str], several: bool) -> bool:
    if isinstance(taken, str):
        return not several and taken in options
    # All of them, or none, would be right without reading.
    return several and 0 < len(taken) < len(options) and set(taken) < set(options)


@dataclass(frozen=True)
class ShortKey:
    """The key of a short answer: words or numbers that are accepted, however they are written."""

    accepted: tuple[str, ...]
    why: str = ""


_NUMBER = re.compile(r"[+-]?\d[\d,\u00a0\u202f ]*(?:\.\d+)?")


def same_answer(given: str, accepted: str) -> bool:
    """Say whether a short answer is the accepted one; case, spacing and `1,631`/`1631` are one."""
    if len(given) > 10 * len(accepted) + 200:  # no such answer, and long ones are slow to compare
        return False
    given, accepted = (_simple(words) for words in (given, accepted))
    return bool(given) and given == accepted


def _simple(words: str) -> str:
    words = normalize("NFKC", words).casefold()
    words = _NUMBER.sub(lambda m: re.sub(r"[, ]+(?=\d{3}\b)", "", m.group()), words)
    return " ".join(re.findall(r"[+-]?\d+(?:\.\d+)?|\w+", words))


def score_short(key: ShortKey, text: str) -> ChoiceScore:
    """Score a short answer: 1 for an accepted one, else 0."""
    right = any(same_answer(text, accepted) for accepted in key.accepted)
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    item = ItemResult("text", verdict, label=text, expected=key.accepted[0], why=key.why)
    return ChoiceScore(float(right), (item,), ())
