"""Marks and labels that the key does not have, with the reasons that students gave; decides nothing.

A student defends a mark by its note, and a label by the words in its box. Both are collected from
marked files and counted over a class, in whatever order the files come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from briefing.corpus import Article, plain
from briefing.keys import ItemResult, Question, Verdict
from briefing.keys.marks import MarksKey
from briefing.marking.grade import Desk, Graded

WHY = "why"
"""The field of a sentence's labels that holds what its student says for them."""

MOST_OF_A_FILE = 200
MOST_ARGUED = 30
"""Reasons in one student's answer to one question that get rows: more than any question has to label or find.

Without it one file could fill the teacher's table.
"""
OVER = "More reasons than defended.csv takes of one answer"
"""How the sentence begins that says so."""
MOST_ARGUMENTS = 20
LONGEST = 600  # code points of one argument
_AGAINST = (Verdict.EXTRA, Verdict.WRONG, Verdict.NEAR)


class OutsideKey(Struct, frozen=True, order=True, gc=False):
    """A mark or a label that the key does not have, the same for all who have it.

    `start` and `end` are code points of the words that count, `sentence` is the id of a labelled one
    ("" for a mark).
    """

    exercise: str
    question: str
    start: int
    end: int
    label: str
    sentence: str = ""

    @property
    def row(self) -> str:
        """What tells it from all others; text to every spreadsheet, and enough to read it back."""
        place = self.sentence or f"{self.start}:{self.end}"
        return f"{self.exercise}:{self.question}:{place}:{self.label}"


class Defence(Struct, frozen=True, order=True, gc=False):
    """One student's mark that the key does not have, with the argument for it, or ""."""

    what: OutsideKey
    argument: str = ""


@dataclass(slots=True)
class Argued:
    """How many students have a mark, and the longest of their arguments.

    Attributes:
        students: how many.
        arguing: how many of them gave a reason.
        arguments: different reasons, the longest first, at most `MOST_ARGUMENTS`.
    """

    students: int = 0
    arguing: int = 0
    arguments: tuple[str, ...] = ()


@dataclass
class Defences:
    """What a class has marked against the key; the order of the files never matters."""

    known: dict[OutsideKey, Argued] = field(default_factory=dict)

    def add(self, found: Iterable[Defence]) -> None:
        """Count what one student's file holds."""
        for defence in found:
            argued = self.known.setdefault(defence.what, Argued())
            argued.students += 1
            if defence.argument:
                argued.arguing += 1
                argued.arguments = _longest((*argued.arguments, defence.argument))

    @property
    def defended(self) -> Mapping[OutsideKey, Argued]:
        """Those for which somebody gave a reason, by place."""
        return {what: argued for what, argued in sorted(self.known.items()) if argued.arguing}


def _longest(arguments: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(arguments), key=lambda one: (-len(one), one))[:MOST_ARGUMENTS])


def defences(graded: Graded, desk: Desk) -> tuple[list[Defence], tuple[str, ...]]:
    """Return the marks and labels of a file that the key does not have, those with a reason first.

    What a teacher has accepted meanwhile is among them, so that its row stays. The second are sentences on
    answers with more reasons than have rows; such marks are counted as those without a reason are.
    """
    found: dict[OutsideKey, str] = {}
    said = list[str]()
    for question in desk.exercise.question:
        result = graded.results.get(question.id)
        payload = graded.payloads.get(question.id)
        if result is None or payload is None or not result.items:
            continue
        against = [i for i in result.items if i.verdict in _AGAINST or i.accepted_here]
        if isinstance(desk.keys[question.id].machine, MarksKey):
            notes = {mark["id"]: mark.get("note", "") for mark in payload["marks"]}
            pairs = _marks(graded.exercise, question, desk, against, notes)
        elif question.kind == "labels":
            pairs = _labels(graded.exercise, question, against, payload["labels"])
        else:
            continue
        own: dict[OutsideKey, str] = {}
        for what, argument in pairs:
            own[what] = max(own.get(what, ""), _short(argument), key=len)
        argued = sorted(what for what, argument in own.items() if argument)
        found |= own | dict.fromkeys(argued[MOST_ARGUED:], "")
        if len(argued) > MOST_ARGUED:
            said.append(
                f"{OVER}: {question.id} has {len(argued):,}, and the first {MOST_ARGUED} in the text have their "
                "rows. The file has them all."
            )
    order = sorted(found.items(), key=lambda pair: (not pair[1], pair[0]))
    return [Defence(what, argument) for what, argument in order[:MOST_OF_A_FILE]], tuple(said)


def _marks(
    exercise: str,
    question: Question,
    desk: Desk,
    items: Iterable[ItemResult],
    notes: Mapping[str, str],
) -> Iterable[tuple[OutsideKey, str]]:
    machine = desk.keys[question.id].machine
    assert isinstance(machine, MarksKey)
    offered = question.label_ids
    for item in items:
        fits = item.start is not None and item.end is not None
        if not fits or not item.label or (offered and item.label not in offered):
            continue
        if item.expected == item.label and not item.accepted_here:
            continue  # the right words and label; only a link is missing
        where = machine.index.positions(item.start or 0, item.end or 0)
        if where:
            start, end = machine.index.starts[where.start], machine.index.ends[where.stop - 1]
            yield (
                OutsideKey(exercise, question.id, start, end, item.label),
                notes.get(item.target, ""),
            )


def _labels(
    exercise: str,
    question: Question,
    items: Iterable[ItemResult],
    labels: Mapping[str, Mapping[str, str]],
) -> Iterable[tuple[OutsideKey, str]]:
    for item in items:
        if item.label:
            said = labels.get(item.target, {}).get(WHY, "")
            place = (item.start or 0, item.end or 0)
            yield OutsideKey(exercise, question.id, *place, item.label, item.target), said


def _short(argument: str) -> str:
    words = " ".join(argument.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def words_of(what: OutsideKey, article: Article | None) -> str:
    """Return the words that a mark or a label is about."""
    return plain(article.text[what.start : what.end]) if article else ""
