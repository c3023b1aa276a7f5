"""What one marked file contributes to the class report; keeps no name and no free answer.

A `Seen` is small whatever the student wrote: known items only, words clipped, marks capped. It goes
through JSON and comes back equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from briefing.answers.written_numbers import read_number, shown_number
from briefing.keys import ItemResult, Question, QuestionKey, QuestionResult, Status, Verdict
from briefing.keys.asked_cells import Column
from briefing.keys.card_decisions import CardsKey
from briefing.keys.cell_feedback import column_of
from briefing.keys.choices import ChoiceKey, ShortKey
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey
from briefing.keys.matrix import MatrixKey
from briefing.keys.results import WHOLE
from briefing.keys.table_cells import TableKey
from briefing.marking.grade import Desk, Graded
from briefing.marking.row_status import RowStatus
from briefing.visible import visible

MOST_MARKS = 400
"""Marks of one question that are kept; whoever makes more paints the page."""

MOST_WORDS = 60
"""Code points of a short answer that are kept."""

OTHER = "\u2026other"
"""Stands for a label or an option that the question does not offer."""


class SeenQuestion(Struct, frozen=True, array_like=True, gc=False):
    """One question of one file.

    Attributes:
        status: where its marking stands.
        share: the share of the points earned, in millionths; None where it has no mark.
        items: of each sentence, key span, group, cell or card: its id, the verdict, what was given
            ("" for nothing).
        marks: stretches of text as (layer, start, end) in code points; the layer is the label of a
            mark, or the cell of a matrix.
    """

    status: Status
    share: int | None = None
    items: tuple[tuple[str, Verdict, str], ...] = ()
    marks: tuple[tuple[str, int, int], ...] = ()


class Seen(Struct, frozen=True, gc=False):
    """One file as the class report sees it.

    Attributes:
        exercise: the exercise's name.
        status: where the marking of the file stands.
        questions: by question id; empty where the file is not gradable.
    """

    exercise: str
    status: RowStatus
    questions: dict[str, SeenQuestion] = {}


def seen_of(graded: Graded, desk: Desk) -> Seen:
    """Return what a marked file contributes to the report on the exercise of `desk`."""
    return Seen(
        desk.exercise.exercise,
        graded.status,
        {
            question.id: _question(
                question,
                desk.keys[question.id],
                graded.results[question.id],
                graded.payloads.get(question.id) or {},
            )
            for question in desk.exercise.question
            if question.id in graded.results
        },
    )


def _question(
    question: Question, key: QuestionKey, result: QuestionResult, payload: Mapping[str, Any]
) -> SeenQuestion:
    share = None
    if result.score is not None and result.status is Status.MARKED:
        share = round(min(1.0, max(0.0, result.score)) * WHOLE)
    if result.status is not Status.MARKED or key.machine is None:
        return SeenQuestion(result.status, share)
    items: Iterable[tuple[str, Verdict, str]] = ()
    marks: Iterable[tuple[str, int, int]] = ()
    match key.machine:
        case LabelsKey() as machine:
            known = question.label_ids or frozenset(machine.classes)
            items = [
                (i.target, i.verdict, i.label if i.label in known or not i.label else OTHER)
                for i in result.items
            ]
        case MarksKey() as machine:
            known = question.label_ids
            items = _spans(machine, result.items, known)
            marks = _marks(machine, result.items, known)
        case MatrixKey() as machine:
            items = ((i.target, i.verdict, i.label) for i in result.items)
            marks = _matrix_marks(machine, payload.get("cells", {}))
        case ChoiceKey() as machine:
            items = _choices(machine, result.items)
        case CardsKey():
            known = frozenset(one.id for one in (*question.decisions, *question.gates))
            items = ((i.target, i.verdict, _known(i.label, known)) for i in result.items)
        case TableKey():
            items = ((i.target, i.verdict, _cell(question, i)) for i in result.items)
        case ShortKey():
            items = ((i.target, i.verdict, _clipped(i.label)) for i in result.items)
    return SeenQuestion(result.status, share, tuple(items), _bounded(marks))


def _bounded(marks: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    return tuple(sorted(set(marks), key=lambda mark: (mark[1], mark[2], mark[0]))[:MOST_MARKS])


def _known(label: str, offered: Collection[str]) -> str:
    return label if not label or label in offered else OTHER


def _clipped(words: str) -> str:
    """One line of words that can be seen, in lower case, so that like answers are counted as one."""
    shown = visible(" ".join(words[: 4 * MOST_WORDS].split())).casefold()
    return shown if len(shown) <= MOST_WORDS else f"{shown[: MOST_WORDS - 1]}…"


def _spans(
    key: MarksKey, items: Iterable[ItemResult], known: frozenset[str]
) -> Iterator[tuple[str, Verdict, str]]:
    """Tell of each key span how it was met; a look-alike or an optional span only where marked."""
    by_place = key.by_place
    for item in items:
        if item.verdict is Verdict.MISSED:
            yield item.target, item.verdict, ""
        elif item.key_start is not None and item.key_end is not None:
            # What a teacher accepted for one class is no span of the key: it is seen as a mark.
            span = by_place.get((item.key_start, item.key_end))
            if span is not None:
                yield span, item.verdict, _known(item.label, known) if known else ""


def _marks(
    key: MarksKey, items: Iterable[ItemResult], known: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    length = len(key.index.text)
    for item in items:
        if item.verdict in (Verdict.MISSED, Verdict.NOTE):
            continue
        if item.start is not None and item.end is not None and item.end <= length:
            yield item.label if item.label in known else OTHER, item.start, item.end


def _matrix_marks(key: MatrixKey, cells: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    for cell in key.cells:
        given = cells.get(cell.id) or {}
        length = len(key.index[cell.article].text)
        for start, end in given.get("spans", ()):
            if given.get("present") and 0 <= start < end <= length:
                yield cell.id, start, end


def _choices(key: ChoiceKey, items: Iterable[ItemResult]) -> Iterator[tuple[str, Verdict, str]]:
    """Tell of each group what was chosen, and of each option where several may be chosen."""
    single = next(iter(key.groups)) if len(key.groups) == 1 else ""
    for item in items:
        group, colon, option = item.target.partition(":")
        if not colon and single and group != single:
            group, option = single, item.target
        if group not in key.several:
            yield group, item.verdict, option
        elif option:
            yield f"{group}:{option}", item.verdict, "yes" if item.label else "no"


def _cell(question: Question, item: ItemResult) -> str:
    column = column_of(item.target, question)
    if column is None or not item.label:
        return ""
    if column.type == "choice":
        return _known(item.label, {option.id for option in column.options})
    return _number(column, item.label) if column.type == "number" else _clipped(item.label)


def _number(column: Column, label: str) -> str:
    number = read_number(label, column.unit)
    return _clipped(label) if number is None else shown_number(number)
