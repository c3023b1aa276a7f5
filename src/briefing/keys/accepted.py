"""What a teacher accepted into the key for one class: spans and labels, laid over a key; scores nothing.

The key itself stays as it is. A mark that pairs with a span of the key never pairs with an accepted
one instead, so accepting costs nobody anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from msgspec import Struct

from briefing.keys.keyfiles import QuestionKey
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey
from briefing.keys.paid_marks import AcceptedSpan


class AcceptedLabel(Struct, frozen=True, order=True):
    """A further label that is right for a sentence in this class."""

    sentence: str
    label: str


def with_accepted(
    key: QuestionKey, spans: Sequence[AcceptedSpan] = (), labels: Iterable[AcceptedLabel] = ()
) -> QuestionKey:
    """Return the key of one question with what a teacher accepted laid over it.

    Args:
        key: the key as the course has it.
        spans: for a question that asks for marks; ignored for others.
        labels: for a question that asks for labels; ignored for others.
    """
    match key.machine:
        case MarksKey() as marks if spans:
            kept = tuple(sorted(set(spans)))
            return replace(key, machine=replace(marks, accepted=kept))
        case LabelsKey() as sentences:
            also = _by_sentence(sentences, labels)
            return replace(key, machine=replace(sentences, accepted_here=also)) if also else key
        case _:
            return key


def _by_sentence(key: LabelsKey, labels: Iterable[AcceptedLabel]) -> Mapping[str, frozenset[str]]:
    right = {sentence.sentence: sentence.label for sentence in key.sentences}
    found: dict[str, set[str]] = {}
    for one in labels:
        if one.sentence in right and one.label != right[one.sentence]:
            found.setdefault(one.sentence, set()).add(one.label)
    return {sentence: frozenset(more) for sentence, more in sorted(found.items())}
