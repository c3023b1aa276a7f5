"""Score choices and short answers that a machine can check; knows no files and no widgets.

A choice question pays only for a whole set of fitting choices (a reading *and* what it changes), so
that the same letter everywhere earns nothing. A chosen option is told as `group:option`; where a
question has a single group the group may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from briefing.keys.results import ItemResult, Verdict


@dataclass(frozen=True)
class ChoiceKey:
    """The key of a choice question.

    Attributes:
        groups: group id → option ids, in the order of the question.
        accepted: each way to be right as group id → option id; every group occurs in each.
        why: option, as an answer names it → the reason it is right or wrong, one plain sentence.
    """

    groups: Mapping[str, tuple[str, ...]]
    accepted: tuple[Mapping[str, str], ...]
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceScore:
    """The score (0 or 1), what is said of each choice, and what could not be read."""

    score: float
    items: tuple[ItemResult, ...]
    notes: tuple[str, ...]


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
    picked, unknown = read_chosen(key.groups, chosen)
    single = {group: options[0] for group, options in picked.items() if len(options) == 1}
    right = any(dict(way) == single for way in key.accepted)
    # Of two ways that are equally near, the one that begins like the answer: a reason is then told
    # to be unfitting, not a reading that is right.
    nearest = max(key.accepted, key=lambda way: _nearness(key, way, single))
    items = []
    for group, options in picked.items():
        if not options:
            items.append(ItemResult(group, Verdict.MISSED, expected=nearest[group]))
        for option in options:
            name = option_name(key.groups, group, option)
            fits = single.get(group) == option == nearest[group]
            items.append(
                ItemResult(
                    target=name,
                    verdict=Verdict.RIGHT if fits else Verdict.WRONG,
                    label=option,
                    expected=nearest[group],
                    why=key.why.get(name, ""),
                )
            )
    notes = [f"The choice {entry[:40]!r} is not one of the options." for entry in unknown]
    notes += [
        f"Two options are chosen where one is asked for ({group})."
        for group, options in picked.items()
        if len(options) > 1
    ]
    return ChoiceScore(float(right), tuple(items), tuple(notes))


def _nearness(
    key: ChoiceKey, way: Mapping[str, str], single: Mapping[str, str]
) -> tuple[int, list[bool]]:
    same = [single.get(group) == way[group] for group in key.groups]
    return sum(same), same


@dataclass(frozen=True)
class ShortKey:
    """The key of a short answer: words or numbers that are accepted, however they are written."""

    accepted: tuple[str, ...]
    why: str = ""


_NUMBER = re.compile(r"[+-]?\d[\d,\u00a0\u202f ]*(?:\.\d+)?")


def same_answer(given: str, accepted: str) -> bool:
    """Say whether a short answer is the accepted one; case, spacing and `1,631`/`1631` are one."""
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
