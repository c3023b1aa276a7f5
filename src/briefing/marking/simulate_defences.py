"""Have a made-up student give a reason for an answer that the key does not have; nobody real is in it."""

from __future__ import annotations

from typing import Any

from briefing.keys import Question, QuestionKey
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.marking.defences import WHY

REASON = "Made up: I think that this is right, because the sentence itself says so."


def defended(question: Question, key: QuestionKey, payload: dict[str, Any]) -> dict[str, Any]:
    """Return an answer in which something is defended, if it is one of marks or labels.

    What the student has against the key anyway is taken; where there is nothing, something is added.

    Args:
        question: the question.
        key: its key.
        payload: the answer in compact form.
    """
    match key.machine:
        case MarksKey() as machine:
            return payload | {"marks": _marks(machine, payload["marks"])}
        case LabelsKey() as machine:
            offered = [label.id for label in question.labels] or list(machine.classes)
            return payload | {
                "labels": _labels(machine, payload["labels"], question.field, offered)
            }
        case _:
            return payload


def _marks(key: MarksKey, marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def place(mark: dict[str, Any]) -> tuple[int, int, str]:
        return mark["start"], mark["end"], mark["label"]

    tempting = [
        (span.start, span.end, span.label)
        for span in key.ordered
        if span.status is SpanStatus.LOOK_ALIKE
    ]
    against = [mark for mark in marks if place(mark) in tempting]
    if not against and tempting:
        start, end, label = tempting[0]
        own = {"id": f"m{len(marks) + 1}", "start": start, "end": end, "label": label, "note": ""}
        marks, against = [*marks, own], [own]
    return [mark | {"note": REASON} if mark in against[:1] else mark for mark in marks]


def _labels(
    key: LabelsKey, labels: dict[str, dict[str, str]], field: str, offered: list[str]
) -> dict[str, dict[str, str]]:
    right = {one.sentence: (one.label, *one.accepted) for one in key.sentences}
    wrong = [name for name, own in labels.items() if own[field] not in right[name]]
    if wrong:
        return labels | {wrong[0]: labels[wrong[0]] | {WHY: REASON}}
    for name, accepted in right.items():
        other = next((label for label in offered if label not in accepted), "")
        if other:
            return labels | {name: {field: other, WHY: REASON}}
    return labels
