"""Score labels given to sentences, balanced over the classes; knows no files and no widgets.

The score is the mean of the recall per class, rescaled so that the best constant answer earns
nothing (chance is 0), never below 0. The best reading of each run counts. Near labels earn half
where that helps: the score is taken with and without them, each against its own best constant
answer, and the better one stands. Rare labels can be weighed together as one class, so that a slip
in one of them does not cost a whole class; which label is right does not change by that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from briefing.keys.near import NEAR, credit
from briefing.keys.remembered import Remembered
from briefing.keys.results import ItemResult, Verdict
from briefing.keys.runs import SentenceKey, Unit, units

# One way to read a unit: its place among the unit's readings, and for each sentence the class that it
# is weighed in, its id and the label expected.
Way = tuple[int, tuple[tuple[int, str, str], ...]]


@dataclass(frozen=True)
class LabelsKey:
    """The key of a question that asks for a label per sentence.

    Attributes:
        sentences: each sentence that is asked for, in the order of the text.
        together: labels so rare that they are weighed as one class.
        accepted_here: sentence → further labels that a teacher accepted for this class; they are
            tried for the sentences in which they were given, and never cost anything.
    """

    sentences: tuple[SentenceKey, ...]
    together: frozenset[str] = frozenset()
    accepted_here: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The labels that occur in the strict key, in the order of their first sentence."""
        return tuple(dict.fromkeys(key.label for key in self.sentences))

    @cached_property
    def place(self) -> dict[str, int]:
        """Label → the class it is weighed in, counted from 0."""
        names = ["" if label in self.together else label for label in self.classes]
        order = list(dict.fromkeys(names))
        return {label: order.index(name) for label, name in zip(self.classes, names, strict=True)}

    @property
    def rare(self) -> tuple[str, ...]:
        """The labels that are weighed together, in the order of `classes`."""
        return tuple(label for label in self.classes if label in self.together)

    @cached_property
    def strict(self) -> dict[str, str]:
        """Sentence → the label by the strict reading."""
        return {key.sentence: key.label for key in self.sentences}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The sentences as they are read together."""
        return tuple(units(self.sentences))

    @cached_property
    def open(self) -> tuple[Unit, ...]:
        """The units that may be read in more than one way."""
        return tuple(unit for unit in self.units if len(unit.readings) > 1)

    @cached_property
    def settled(self) -> Settled:
        """The units that may be read in one way only, where a teacher accepted nothing more."""
        pairs = tuple(
            pair
            for unit in self.units
            if len(unit.readings) == 1
            for pair in zip(unit.sentences, unit.readings[0], strict=True)
        )
        return _settled(self, pairs)

    @cached_property
    def open_ways(self) -> tuple[tuple[Way, ...], ...]:
        """The ways of `open`, as they are weighed where a teacher accepted nothing more."""
        return tuple(_ways(self, unit, {}) for unit in self.open)

    @cached_property
    def said(self) -> Remembered[tuple[int, str, tuple[str, bool]], ItemResult]:
        """What has been said of a sentence with a label: the same for everybody, so made once.

        By the sentence's place, the label given, and the label expected with whether it is inherited.
        """
        return Remembered()

    @cached_property
    def balances(self) -> Remembered[Tally, float]:
        """What counts have come to, so that the same ones are weighed once."""
        return Remembered()

    @cached_property
    def chance(self) -> tuple[float, float]:
        """The mean recall of the best constant answer: with near labels paid half, and without.

        Each in the reading that is best for it: whoever gives one label everywhere may read runs, too.
        """
        near, exact = [0.0], [0.0]
        for label in sorted({*self.classes, *_near_to(self.classes)}):
            constant = dict.fromkeys((key.sentence for key in self.sentences), label)
            for state in _states(constant, self.settled, self.open_ways):
                if _whole(state):
                    means = _means(state)
                    near.append(means[0])
                    exact.append(means[1])
        return max(near), max(exact)


@dataclass(frozen=True, slots=True)
class LabelsScore:
    """The balanced score (0 to 1), how many sentences are right, and what is said of each."""

    score: float
    found: int
    items: tuple[ItemResult, ...]


def _near_to(classes: Sequence[str]) -> set[str]:
    return {label for pair in NEAR for label in pair if pair & set(classes)}


# Per class: how many sentences it has, how many of them are right, and right or near.
Tally = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Sentences that may be read in one way only.

    Attributes:
        asked: each sentence, its label, and the class that it is weighed in.
        counts: how many sentences each class has.
        read: sentence → its label, and that it is not inherited.
    """

    asked: tuple[tuple[str, str, int], ...]
    counts: tuple[int, ...]
    read: Mapping[str, tuple[str, bool]]

    def tally(self, given: Mapping[str, str]) -> Tally:
        """Count what is right among the labels given."""
        right, near = [0] * len(self.counts), [0.0] * len(self.counts)
        for sentence, expected, at in self.asked:
            label = given.get(sentence, "")
            if label == expected:
                right[at] += 1
            elif label:
                near[at] += credit(label, expected)
        return tuple(
            [
                (n, sure, sure + close)
                for n, sure, close in zip(self.counts, right, near, strict=True)
            ]
        )


def _settled(key: LabelsKey, pairs: Sequence[tuple[str, str]]) -> Settled:
    asked = tuple((sentence, label, key.place[label]) for sentence, label in pairs)
    counts = Counter(at for _, _, at in asked)
    classes = range(len(set(key.place.values())))
    read = {sentence: (label, False) for sentence, label in pairs}
    return Settled(asked, tuple(counts[at] for at in classes), read)


def score_labels(key: LabelsKey, given: Mapping[str, str]) -> LabelsScore:
    """Score the labels `given` (sentence id → label) against `key`; missing sentences earn 0."""
    mine = _taken_here(key, given)
    if mine:
        pairs, units = _apart(key, mine)
        fixed = _settled(key, pairs)
        open_ways = tuple(_ways(key, unit, mine) for unit in units)
    else:
        fixed, units, open_ways = key.settled, key.open, key.open_ways
    states = _states(given, fixed, open_ways)
    # A reading that leaves a class without a sentence would make a constant answer right.
    scored = [
        (_balanced(key, state), sum(right for _, right, _ in state), ways)
        for state, ways in states.items()
        if _whole(state)
    ]
    # Of readings that score alike the one with more right sentences stands, then the strict one.
    best, _, ways = max(scored, key=lambda one: (one[0], one[1], [-way for way in one[2]]))
    read = dict(fixed.read)
    for unit, way in zip(units, ways, strict=True):
        for sentence, label in _pairs(unit, unit.readings[way]):
            read[sentence] = (label, way > 0)
    return LabelsScore(best, *_items(key, given, read))


def _states(
    given: Mapping[str, str], fixed: Settled, open_ways: Sequence[Sequence[Way]]
) -> dict[Tally, tuple[int, ...]]:
    """Return what the labels come to in every reading, with the first ways to read that give it."""
    states: dict[Tally, tuple[int, ...]] = {fixed.tally(given): ()}
    for ways_here in open_ways:
        following: dict[Tally, tuple[int, ...]] = {}
        for way, asked in ways_here:
            gains = []
            for at, sentence, expected in asked:
                label = given.get(sentence, "")
                gains.append((at, label == expected, credit(label, expected)))
            for state, ways in states.items():
                new = list(state)
                for at, is_right, worth in gains:
                    count, right, near = new[at]
                    new[at] = (count + 1, right + is_right, near + worth)
                following.setdefault(tuple(new), (*ways, way))
        states = following
    return states


def _ways(key: LabelsKey, unit: Unit, mine: Mapping[str, str]) -> tuple[Way, ...]:
    """Return the ways to read a unit; `mine` holds the labels that a teacher accepted, by sentence."""
    place = key.place
    return tuple(
        (
            way,
            tuple(
                # A label of no class of its own is weighed in that of the key's label.
                (place.get(label, place[key.strict[sentence]]), sentence, label)
                for sentence, label in _pairs(unit, reading)
            ),
        )
        for way, reading in enumerate(unit.readings)
        if all(
            label in place or label == mine.get(sentence)
            for sentence, label in _pairs(unit, reading)
        )
    )


def _pairs(unit: Unit, reading: Sequence[str]) -> zip[tuple[str, str]]:
    return zip(unit.sentences, reading, strict=True)


def _taken_here(key: LabelsKey, given: Mapping[str, str]) -> dict[str, str]:
    """Return the sentences with a label that the teacher accepted, and the label."""
    return {
        sentence: given[sentence]
        for sentence, labels in key.accepted_here.items()
        if given.get(sentence, "") in labels
    }


MOST_TRIED = 8
"""Sentences of one run whose accepted labels are tried each by itself; more are tried as a whole."""


def _apart(
    key: LabelsKey, mine: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[Unit, ...]]:
    """Return what may be read in one way only, and the units with the accepted labels as readings."""
    fixed: list[tuple[str, str]] = []
    units: list[Unit] = []
    for unit in key.units:
        here = [sentence for sentence in unit.sentences if sentence in mine]
        readings = dict.fromkeys(unit.readings)
        ways = product((False, True), repeat=len(here))
        if len(here) > MOST_TRIED:
            ways = product((True,), repeat=len(here))
        for way in ways:
            swap = {sentence for sentence, taken in zip(here, way, strict=True) if taken}
            for reading in unit.readings:
                readings[tuple(mine[s] if s in swap else r for s, r in _pairs(unit, reading))] = (
                    None
                )
        if len(readings) == 1:
            fixed += _pairs(unit, unit.readings[0])
        else:
            units.append(Unit(unit.sentences, tuple(readings)))
    return tuple(fixed), tuple(units)


def _whole(state: Tally) -> bool:
    return all(count for count, _, _ in state)


def _balanced(key: LabelsKey, state: Tally) -> float:
    known = key.balances.get(state)
    if known is None:
        known = key.balances[state] = _balance(key, state)
    return known


def _balance(key: LabelsKey, state: Tally) -> float:
    if not any(right or near for _, right, near in state):
        return 0.0
    with_near, exact = _means(state)
    near_chance, chance = key.chance
    return max(0.0, _above(with_near, near_chance), _above(exact, chance))


def _means(state: Tally) -> tuple[float, float]:
    """Return the mean recall over the classes: with near labels paid half, and without."""
    classes = len(state)
    with_near = sum(near / count for count, _, near in state) / classes
    return with_near, sum(right / count for count, right, _ in state) / classes


def _above(mean: float, chance: float) -> float:
    """Rescale a mean recall so that chance is 0 and everything right is 1."""
    return (mean - chance) / (1 - chance) if chance < 1 else 0.0


def _items(
    key: LabelsKey, given: Mapping[str, str], expected: Mapping[str, tuple[str, bool]]
) -> tuple[int, tuple[ItemResult, ...]]:
    said, items = key.said, list[ItemResult]()
    for number, one in enumerate(key.sentences):
        label = given.get(one.sentence, "")
        wanted = expected[one.sentence]
        item = said.get((number, label, wanted))
        if item is None:
            item = said[number, label, wanted] = _item(one, label, *wanted)
        items.append(item)
    found = sum([item.verdict is Verdict.RIGHT for item in items])
    return found, tuple(items)


def _item(one: SentenceKey, label: str, wanted: str, inherited: bool) -> ItemResult:
    read_as = ""
    if not label:  # without a label no reading was chosen: the strict one is shown
        read_as = wanted if wanted != one.label else ""
        wanted = one.label
    verdict = _verdict(label, wanted)
    readings = (one.label, *one.accepted)
    # Whoever has no label, or a wrong one, is told all that would have been right. (A label of the reading
    # that was not taken for its run is not among those: it would be right in other company only.)
    also = () if label in readings else tuple(other for other in readings if other != wanted)
    return ItemResult(
        target=one.sentence,
        verdict=verdict,
        label=label,
        expected=wanted,
        why=one.why,
        start=one.start,
        end=one.end,
        inherited=inherited and wanted in one.accepted and wanted != one.label,
        also=also,
        read_as=read_as,
        accepted_here=wanted not in (one.label, *one.accepted),
    )


def _verdict(label: str, wanted: str) -> Verdict:
    if not label:
        return Verdict.MISSED
    earned = credit(label, wanted)
    return Verdict.RIGHT if earned == 1 else Verdict.NEAR if earned else Verdict.WRONG
