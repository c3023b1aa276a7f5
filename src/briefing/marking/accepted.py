"""What a teacher accepted for one class, as plain values; lays it over desks and says what it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec
from msgspec import structs

from briefing.corpus import plain
from briefing.keys import QuestionResult, score_question
from briefing.keys.accepted import AcceptedLabel, with_accepted
from briefing.keys.paid_marks import AcceptedSpan
from briefing.marking.defences import OutsideKey
from briefing.marking.grade import Change, Desk, Graded


class Taken(msgspec.Struct, frozen=True, order=True):
    """One mark or label that was taken into the key of a class; see `AcceptedSpan.paid`."""

    what: OutsideKey
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """Everything that a teacher accepted for a class, in one order."""

    taken: tuple[Taken, ...] = ()

    @classmethod
    def of(cls, taken: Iterable[Taken]) -> Accepted:
        """Return the same whatever the order; of one taken twice the paid one stands."""
        best = {one.what: one for one in sorted(taken)}
        return cls(tuple(sorted(best.values())))

    @property
    def digest(self) -> str:
        """What tells this from any other state of a class's key."""
        return hashlib.sha256(msgspec.json.encode(self.taken)).hexdigest()

    def desk(self, desk: Desk) -> Desk:
        """Return an exercise's desk with what was accepted in it; its `plain` keys are those without."""
        own = [one for one in self.taken if one.what.exercise == desk.exercise.exercise]
        keys, before = dict(desk.keys), dict(desk.plain)
        for question in desk.exercise.question:
            here = [one for one in own if one.what.question == question.id]
            spans = [
                AcceptedSpan(one.what.start, one.what.end, one.what.label, one.paid)
                for one in here
                if not one.what.sentence
            ]
            labels = [
                AcceptedLabel(one.what.sentence, one.what.label)
                for one in here
                if one.what.sentence
            ]
            key = with_accepted(keys[question.id], spans, labels)
            if key is not keys[question.id]:
                before.setdefault(question.id, keys[question.id])
                keys[question.id] = key
        return replace(desk, keys=keys, plain=before) if before else desk


def with_changes(graded: Graded, desk: Desk) -> Graded:
    """Return a file's mark with what the accepted ones changed in it, question by question.

    Args:
        graded: the mark that the desk gave, before any teacher's points.
        desk: the desk that gave it.
    """
    changes = []
    for name, key in desk.plain.items():
        result, payload = graded.results.get(name), graded.payloads.get(name)
        if result is None or payload is None or result.earned is None:
            continue
        asked = desk.exercise.questions[name]
        before = score_question(asked, key, payload, graded.payloads)
        if before.earned is not None and abs(before.earned - result.earned) > 1e-9:
            changes.append(Change(name, before.earned, result.earned, _why(result, desk)))
    return structs.replace(graded, changes=(*graded.changes, *changes)) if changes else graded


def _why(result: QuestionResult, desk: Desk) -> str:
    """Say in one sentence what of this student's was accepted."""
    asked = desk.exercise.questions[result.question]
    article = desk.articles.get(asked.article)
    mine = [item for item in result.items if item.accepted_here and item.start is not None]
    if not mine or article is None:
        return "Your teacher took something into the key of your class."
    said = []
    for item in mine[:3]:
        words = plain(article.text[item.start : item.end])
        shown = words if len(words) <= 60 else f"{words[:60]}…"
        said.append(f"“{shown}” as {asked.label_name(item.label)}")
    more = f" and {len(mine) - len(said)} more" if len(mine) > len(said) else ""
    return f"Your teacher took this into the key of your class: {', '.join(said)}{more}."
