"""What a check answers: a summary, a verdict with its reason for each part, and the key.

Plain values that travel to the browser as JSON. This module never decides what is right; whoever
passes a `check` callable to a widget does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["right", "near", "wrong", "missed", "extra", "fine", "note"]
VERDICTS: tuple[Verdict, ...] = ("right", "near", "wrong", "missed", "extra", "fine", "note")


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """What is said about one part of an answer.

    `target` is a sentence id, a mark id, an option id, or a stretch of text as
    `{"start": …, "end": …}` in Unicode code points. `label` is the right label where it is told.
    """

    target: str | Mapping[str, int]
    verdict: Verdict
    text: str
    label: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}, not {self.verdict!r}")

    def as_dict(self) -> dict[str, Any]:
        """Return the item as JSON-ready values."""
        target = self.target if isinstance(self.target, str) else dict(self.target)
        return {
            "target": target,
            "verdict": self.verdict,
            "label": self.label,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a check says about a whole answer.

    `key` holds the marks of the key (`start`, `end`, `label`, in code points), shown only because
    a try was made. `final` says that no further try is asked for.
    """

    summary: str
    items: Sequence[FeedbackItem] = ()
    key: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    final: bool = False

    def as_dict(self, check: int, attempts: int) -> dict[str, Any]:
        """Return the feedback as the `feedback` trait holds it, for the check numbered `check`."""
        return {
            "check": check,
            "attempts": attempts,
            "summary": self.summary,
            "items": [item.as_dict() for item in self.items],
            "key": [dict(mark) for mark in self.key],
            "final": self.final,
        }
