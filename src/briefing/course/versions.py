"""Earlier versions of a student's answers, told in words for the hand-in; brings none back itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from briefing.answers import AnswersStore, is_empty
from briefing.answers.earlier import BEFORE_RESTORE, OTHER_WINDOW

if TYPE_CHECKING:
    from briefing.widgets.handin import Version

_WHY = {
    OTHER_WINDOW: "from another window",
    BEFORE_RESTORE: "stood there before something was brought back or loaded",
}
_PARTS = {
    "labels": ("label", "labels"),
    "marks": ("mark", "marks"),
    "chosen": ("choice", "choices"),
    "cards": ("card", "cards"),
    "rows": ("row", "rows"),
    "cells": ("cell", "cells"),
}


def versions_of(store: AnswersStore, titles: Mapping[str, str]) -> list[Version]:
    """Return the versions of `store` that can be brought back, the latest first.

    Args:
        store: the exercise's answers.
        titles: question id → title, of every question that asks for an answer.
    """
    from briefing.widgets.handin import Version

    found = []
    earlier = store.earlier()
    # What stands there now, and what is listed with its reason already.
    named = {store.revision} | {kept.revision for kept, _ in earlier if kept.why}
    for kept, answers in reversed(earlier):
        if kept.revision in named and not kept.why:
            continue
        full = {q: a for q, a in answers.items() if not is_empty(a)}
        found.append(
            Version(
                name=kept.name,
                revision=kept.revision,
                saved=kept.saved_iso,
                answered=len(full),
                why=_WHY.get(kept.why, ""),
                holds=tuple(f"{titles.get(q, q)}: {_much(a)}" for q, a in full.items()),
            )
        )
    return found


def _much(answer: Mapping[str, Any]) -> str:
    """How much an answer holds, such as `12 labels`."""
    if isinstance(answer.get("text"), str):
        number = len(answer["text"].split())
        return f"{number} word{'' if number == 1 else 's'}"
    for field, (one, many) in _PARTS.items():
        if field in answer:
            number = len(answer[field])
            return f"{number} {one if number == 1 else many}"
    return "an answer"
