"""Score one answer to one question: the one scoring code for the widgets' feedback and the marker.

Takes plain payloads in compact form (see `docs/question-files.md`), never files; never fails on
what a student wrote: what cannot be read is said in the result's notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefing.answers.payload import is_empty
from briefing.keys.card_decisions import CardsKey, score_cards
from briefing.keys.choices import ChoiceKey, ShortKey, score_choice, score_short
from briefing.keys.definitions import Question
from briefing.keys.keyfiles import QuestionKey
from briefing.keys.labels import LabelsKey, score_labels
from briefing.keys.marks import MarksKey, StudentMark, score_marks
from briefing.keys.matrix import MatrixKey, score_matrix
from briefing.keys.own_answers import Answers
from briefing.keys.results import ItemResult, QuestionResult, Status
from briefing.keys.table_cells import TableKey, score_table

Payload = Mapping[str, Any]


def score_question(
    definition: Question,
    key: QuestionKey,
    payload: Payload | None,
    answers: Answers | None = None,
) -> QuestionResult:
    """Score `payload`, an answer in compact form, against `key`.

    Args:
        definition: what was asked.
        key: what is right.
        payload: the answer, or None.
        answers: the file's other answers in compact form, by question id: numbers of a table may
            follow from one of them.

    Never below zero, never above one. An empty or missing answer has the status empty and no score:
    missing is not wrong. An answer to another question or article is not gradable, with a note.
    """
    if is_empty(payload):
        return _result(definition, key, Status.EMPTY)
    assert payload is not None
    problem = _misfit(definition, payload)
    if problem:
        return _result(definition, key, Status.NOT_GRADABLE, notes=(problem,))
    if key.machine is None:
        return _result(definition, key, Status.TEACHER)
    match key.machine:
        case LabelsKey() as machine:
            return _labels(definition, key, machine, payload)
        case MarksKey() as machine:
            return _marks(definition, key, machine, payload)
        case MatrixKey() as machine:
            return _matrix(definition, key, machine, payload)
        case TableKey() as machine:
            return _table(definition, key, machine, payload, answers)
        case CardsKey() as machine:
            return _cards(definition, key, machine, payload)
        case ChoiceKey() as machine:
            choice = score_choice(machine, payload.get("chosen", ()))
        case ShortKey() as machine:
            choice = score_short(machine, payload.get("text", ""))
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=choice.score,
        found=int(choice.score),
        of=1,
        items=choice.items,
        notes=_few(choice.notes),
    )


def key_items(key: QuestionKey) -> tuple[ItemResult, ...]:
    """Return what there was to find in a question that nobody answered, each item as missed."""
    match key.machine:
        case LabelsKey() as machine:
            return score_labels(machine, {}).items
        case MarksKey() as machine:
            return score_marks(machine, ()).items
        case MatrixKey() as machine:
            return score_matrix(machine, {}).items
        case TableKey() as machine:
            return score_table(machine, {}).items
        case CardsKey() as machine:
            return score_cards(machine, {}).items
        case _:
            return ()


def _misfit(definition: Question, payload: Payload) -> str:
    kind, article = payload.get("kind"), payload.get("article", "")
    if kind != definition.kind:
        return f"{definition.id} asks for {definition.kind}, and the file holds {kind} there."
    if definition.kind not in ("labels", "marks"):
        return ""
    if definition.article and article != definition.article:
        return f"{definition.id} is about article {definition.article}, and the answer about {article[:40]!r}."
    return ""


def _result(
    definition: Question,
    key: QuestionKey,
    status: Status,
    *,
    raw: float = 0.0,
    found: int = 0,
    of: int = 0,
    items: tuple[ItemResult, ...] = (),
    notes: tuple[str, ...] = (),
) -> QuestionResult:
    return QuestionResult(
        question=definition.id,
        points=definition.points,
        status=status,
        score=min(1.0, raw / key.level) if status is Status.MARKED else None,
        raw=raw,
        level=key.level,
        found=found,
        of=of,
        both=key.compared.both if key.compared else None,
        agreed=key.compared.agreed if key.compared else None,
        items=items,
        notes=notes,
        by_teacher=key.machine is None,
        together=key.machine.rare if isinstance(key.machine, LabelsKey) else (),
    )


def _labels(
    definition: Question, key: QuestionKey, machine: LabelsKey, payload: Payload
) -> QuestionResult:
    field, offered = definition.field, definition.label_ids
    given = {name: labels.get(field, "") for name, labels in payload.get("labels", {}).items()}
    notes = []
    if offered and not offered.issuperset(filter(None, given.values())):
        strange = [name for name, label in given.items() if label and label not in offered]
        for sentence in strange:
            label = given.pop(sentence)
            notes.append(f"{sentence[:40]!r}: {label[:40]!r} is not one of the labels.")
    outcome = score_labels(machine, given)
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=outcome.score,
        found=outcome.found,
        of=len(machine.sentences),
        items=outcome.items,
        notes=_few(notes),
    )


def _marks(
    definition: Question, key: QuestionKey, machine: MarksKey, payload: Payload
) -> QuestionResult:
    offered = definition.label_ids
    length = len(machine.index.text)
    marks, notes = [], list(payload.get("notes", ()))
    for mark in payload.get("marks", ()):
        start, end, label = mark["start"], mark["end"], mark.get("label", "")
        if not 0 <= start < end <= length:
            notes.append(f"Mark {mark['id'][:40]!r} lies outside the text and was not counted.")
            continue
        if offered and label and label not in offered:
            notes.append(f"Mark {mark['id'][:40]!r}: {label[:40]!r} is not one of the labels.")
        marks.append(StudentMark(start, end, label, mark["id"], mark.get("source") or ""))
    outcome = score_marks(machine, marks)
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=outcome.score,
        found=outcome.found,
        of=outcome.of,
        items=outcome.items,
        notes=_few(notes),
    )


def _matrix(
    definition: Question, key: QuestionKey, machine: MatrixKey, payload: Payload
) -> QuestionResult:
    outcome = score_matrix(machine, payload.get("cells", {}))
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=outcome.score,
        found=outcome.found,
        of=len(machine.cells),
        items=outcome.items,
        notes=_few(outcome.notes),
    )


def _table(
    definition: Question,
    key: QuestionKey,
    machine: TableKey,
    payload: Payload,
    answers: Answers | None,
) -> QuestionResult:
    outcome = score_table(machine, payload.get("rows", {}), answers)
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=outcome.score,
        found=outcome.found,
        of=len(machine.cells),
        items=outcome.items,
        notes=_few(outcome.notes),
    )


def _cards(
    definition: Question, key: QuestionKey, machine: CardsKey, payload: Payload
) -> QuestionResult:
    outcome = score_cards(machine, payload.get("cards", {}))
    return _result(
        definition,
        key,
        Status.MARKED,
        raw=outcome.score,
        found=outcome.found,
        of=len(machine.cards),
        items=outcome.items,
    )


def _few(notes: Sequence[str], most: int = 5) -> tuple[str, ...]:
    """Keep the first notes and count the rest: a hostile file could hold thousands."""
    if len(notes) <= most:
        return tuple(notes)
    return (*notes[:most], f"… and {len(notes) - most} more of the same kind.")
