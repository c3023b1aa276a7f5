"""What a class found hard, where it splits and what it mixes up, by plain rules; invents no reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from msgspec import Struct

from briefing.keys import Verdict
from briefing.marking.class_report.asked import AskedItem, cut
from briefing.marking.class_report.lines import FEW, STEADY_FROM, ItemLine, QuestionLine
from briefing.marking.class_report.sums import ClassSums
from briefing.percent import percent

MOST_HARD, MOST_SPLITS, MOST_MIXED, MOST_OF_ONE = 8, 6, 8, 3
HARD = 0.8
"""Items that a greater share has right are not called hard."""
SPLIT, SPLIT_IF_BOTH = 1 / 3, 0.15
"""A class splits where the second answer has such a share; less where the key accepts both."""
HALF, MIXED, MOST_TO_TAKE, LEAST_TO_TAKE = 0.5, 0.25, 5, 3


class Split(Struct, frozen=True):
    """An item on which the class splits: its two commonest answers and how many gave each."""

    line: ItemLine
    first: tuple[str, int]
    second: tuple[str, int]
    both: bool


class Mixed(Struct, frozen=True):
    """A label given where the key has another: how often, of how many labels given there."""

    question: str
    expected: str
    given: str
    times: int
    of: int


class Take(Struct, frozen=True):
    """One thing to take up in class: what the numbers say, and where on the page it stands."""

    text: str
    where: str


def hardest(lines: Sequence[QuestionLine]) -> tuple[ItemLine, ...]:
    """Return the items that the smallest share has right, at most three of one question."""
    candidates = [
        item
        for line in lines
        for item in line.items
        if item.share < HARD and not item.asked.look_alike and item.asked.right
    ]
    candidates.sort(key=lambda item: (item.share, -item.students))  # stable: the course's order
    return tuple(_few_of_each(candidates, MOST_HARD))


def _few_of_each(items: Iterable[ItemLine], most: int) -> list[ItemLine]:
    taken, kept = Counter[str](), list[ItemLine]()
    for item in items:
        if len(kept) < most and taken[item.question] < MOST_OF_ONE:
            taken[item.question] += 1
            kept.append(item)
    return kept


def splits(lines: Sequence[QuestionLine]) -> tuple[Split, ...]:
    """Return the items whose two commonest answers are nearest to each other in number."""
    found = {}
    for line in lines:
        for item in line.items:
            if not item.asked.closed or item.asked.silence or len(item.answers) < 2:
                continue
            first, second = item.answers[:2]
            both = {first[0], second[0]} <= set(item.asked.right)
            share = second[1] / item.students
            if share >= SPLIT or (both and share >= SPLIT_IF_BOTH):
                found[item.question, item.asked.id] = Split(item, first, second, both)
    order = sorted(found.values(), key=lambda split: -split.second[1] / split.first[1])
    kept = {
        (i.question, i.asked.id) for i in _few_of_each((split.line for split in order), MOST_SPLITS)
    }
    return tuple(s for s in order if (s.line.question, s.line.asked.id) in kept)


def mixed_up(sums: ClassSums, line: QuestionLine) -> tuple[Mixed, ...]:
    """Return the commonest wrong labels of a question on sentences or spans, by what the key has."""
    wrong, whole = Counter[tuple[str, str]](), Counter[str]()
    for item in line.items:
        if line.asked.kind not in ("labels", "marks", "matrix") or not item.asked.right:
            continue
        expected = item.asked.right[0]
        counts = sums.questions[item.question].items[item.asked.id].given
        for (verdict, given), n in counts.items():
            whole[expected] += n if given else 0
            if given and given not in item.asked.right and verdict in (Verdict.WRONG, Verdict.NEAR):
                wrong[expected, given] += n
    order = sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_MIXED]
    return tuple(
        Mixed(line.asked.id, expected, given, n, whole[expected]) for (expected, given), n in order
    )


def to_take_up(sums: ClassSums, lines: Sequence[QuestionLine]) -> tuple[Take, ...]:
    """Return three to five things to take up, by the rule that `RULE` words; fewer where little is marked."""
    hard, split = hardest(lines), splits(lines)
    by_split = [
        Take(
            f"{_named(s.line)} {s.first[1]} say {_quoted(s.line.asked, s.first[0])}, {s.second[1]} say "
            f"{_quoted(s.line.asked, s.second[0])}.",
            "talk",
        )
        for s in split
    ]
    told = {(s.line.question, s.line.asked.id) for s in split[:1]}
    by_hard, next_hardest = list[Take](), list[Take]()
    for item in hard:
        take = Take(f"{_named(item)} {item.right} of {item.students} have it right.", "hard")
        if (item.question, item.asked.id) not in told:
            (by_hard if item.share < HALF else next_hardest).append(take)
    one_each = [
        by_split[:1],
        by_hard[:1],
        _by_mixed(sums, lines)[:1],
        _by_decoys(lines)[:1],
        _by_empty(sums, lines)[:1],
        _by_fit(lines)[:1],
    ]
    taken = list(dict.fromkeys(take for takes in one_each for take in takes))[:MOST_TO_TAKE]
    elsewhere = [
        take
        for take, one in zip(by_split, split, strict=True)
        if one.line.question != split[0].line.question
    ]
    further = (*by_hard[1:], *elsewhere[:1], *next_hardest, *by_split[1:], *_by_mean(lines))
    for take in further:
        if len(taken) < LEAST_TO_TAKE and take not in taken:
            taken.append(take)
    return tuple(taken)


RULE = (
    "The list is made by a rule from the numbers below: the item on which the class splits most "
    "evenly; the item that the fewest have right, if fewer than half do; the commonest mix-up of two "
    "labels, if it is a quarter of the labels given there; a look-alike that a quarter marked; a "
    "question that a quarter left empty; an item that those who do well elsewhere get wrong "
    f"(from {STEADY_FROM} students). Where that makes fewer than three, further splits and hard items "
    "follow, then the questions with the lowest mean."
)


def _by_mixed(sums: ClassSums, lines: Sequence[QuestionLine]) -> list[Take]:
    found = [
        (mixed.times / mixed.of, line, mixed)
        for line in lines
        for mixed in mixed_up(sums, line)
        if mixed.of >= 2 * FEW and mixed.times >= max(FEW, MIXED * mixed.of)
    ]
    found.sort(key=lambda one: -one[0])
    return [
        Take(
            f"{_titled(line)} “{label_name(line, mixed.given)}” where the key has "
            f"“{label_name(line, mixed.expected)}”, {mixed.times} of {mixed.of} times.",
            line.asked.id,
        )
        for _, line, mixed in found
    ]


def label_name(line: QuestionLine, label: str) -> str:
    """Return a label's name as the items of a question have it."""
    return next((item.asked.word(label) for item in line.items if label in item.asked.names), label)


def _by_decoys(lines: Sequence[QuestionLine]) -> list[Take]:
    found = [
        item
        for line in lines
        for item in line.items
        if item.asked.look_alike and 1 - item.share >= MIXED
    ]
    found.sort(key=lambda item: item.share)
    return [
        Take(
            f"{item.question}: “{item.asked.quote}” looks like what is asked for and is not; "
            f"{item.students - item.right} of {item.students} marked it.",
            item.question,
        )
        for item in found
    ]


def _by_empty(sums: ClassSums, lines: Sequence[QuestionLine]) -> list[Take]:
    found = [line for line in lines if line.empty >= max(FEW, MIXED * sums.counted)]
    found.sort(key=lambda line: -line.empty)
    return [
        Take(
            f"{_titled(line)} {line.empty} of {sums.counted} left it empty. "
            "Ask whether time ran out or the question was unclear.",
            "questions",
        )
        for line in found
    ]


def _by_fit(lines: Sequence[QuestionLine]) -> list[Take]:
    found = [
        item
        for line in lines
        for item in line.items
        if item.fits is not None
        and item.students >= STEADY_FROM
        # Nearer to 0 than two standard errors it may well be chance.
        and item.fits < -max(0.2, 2 / sqrt(item.students))
    ]
    found.sort(key=lambda item: item.fits or 0)
    return [
        Take(
            f"{_named(item)} those who do well on the rest of the question get this wrong more "
            "often. Look at the wording and the key before class.",
            item.question,
        )
        for item in found
    ]


def _by_mean(lines: Sequence[QuestionLine]) -> list[Take]:
    found = [line for line in lines if line.mean is not None and line.mean < 1]
    found.sort(key=lambda line: line.mean or 0)
    return [
        Take(
            f"{_titled(line)} the mean is {percent(line.mean or 0)} % of the points.",
            "questions",
        )
        for line in found
    ]


def _titled(line: QuestionLine) -> str:
    title = line.asked.title.rstrip(".:")
    return f"{line.asked.id}, {title}" + ("" if title.endswith("?") else ":")


def _named(item: ItemLine) -> str:
    """The question and the item, of a sentence its words, and a colon where no question mark stands."""
    asked = item.asked
    quote = asked.quote.strip('"“”')
    words = cut(quote, 110)
    name = asked.name.rstrip(".:")
    if words and asked.name == asked.id:
        name = f"{name} (“{words}”)"
    return f"{item.question}, {name}" + ("" if name.endswith("?") else ":")


def _quoted(asked: AskedItem, answer: str) -> str:
    return f"“{cut(asked.word(answer).strip('“”').rstrip('.'), 90)}”"
