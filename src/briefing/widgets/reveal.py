"""Predict, then reveal: the student commits to an answer before the reason appears.

For worked examples, where nothing is marked. The reason is told only after a prediction; the static
view keeps it folded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from briefing.widgets.choice import Choice, Option
from briefing.widgets.feedback import Feedback, FeedbackItem, Verdict
from briefing.widgets.static_question import folded_html, prompt_html
from briefing.widgets.text import Text


class Reveal(Choice):
    """Choose what you expect, then read the reason.

    Args:
        prompt: what to predict.
        options: what can be predicted, as `Option` or mappings with `id` and `text`.
        reason: what is told afterwards.
        right: the option that the reason supports; empty where there is no right prediction.
        reasons: a sentence on single options, by id.
        quote: words that the question is about, shown apart.
        **common: see `QuestionWidget`; `check` is not among them.
    """

    word: ClassVar[str] = "Predict, then reveal"

    def __init__(
        self,
        prompt: str,
        options: Sequence[Option | Mapping[str, Any]],
        reason: str,
        *,
        right: str = "",
        reasons: Mapping[str, str] | None = None,
        quote: str = "",
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.reason = reason
        self.right = right
        self.reasons = dict(reasons or {})
        plain = [{"id": o.id, "text": o.text} if isinstance(o, Option) else o for o in options]
        super().__init__(
            [{"id": "prediction", "prompt": prompt, "options": plain}],
            quote=quote,
            check=self.reveal,
            config={"check": "Show the reason", "ask_first": _ASK_FIRST, **(config or {})},
            **common,
        )
        ids = [option.id for option in self.groups[0].options]
        unknown = ({right} if right else set()) | set(self.reasons)
        if not unknown <= set(ids):
            raise ValueError(f"{sorted(unknown - set(ids))} are no options of this prediction")
        if self.attempts and self.chosen:
            # Whoever has seen the reason once finds it again when the cell is run again.
            self.feedback = self.reveal(self.answer).as_dict(0, self.attempts)

    def reveal(self, answer: Mapping[str, Any]) -> Feedback:
        """Return the reason, and a sentence on each option that has one."""
        chosen = set(answer.get("chosen", ()))
        items = [
            FeedbackItem(
                option.id, self._verdict(option.id, chosen), self.reasons.get(option.id, "")
            )
            for option in self.groups[0].options
            if option.id in self.reasons or option.id == self.right
        ]
        return Feedback(summary=self.reason, items=items)

    def _verdict(self, option: str, chosen: set[str]) -> Verdict:
        if not self.right:
            return "note"
        if option == self.right:
            return "right"
        return "wrong" if option in chosen else "note"

    def static_body(self) -> str:
        """Return the question, and the reason folded."""
        group = self.groups[0]
        parts = [prompt_html("", self.quote), prompt_html(group.prompt, strong=True)]
        parts += [prompt_html(f"○ {option.text}") for option in group.options]
        told = [prompt_html(self.reason)]
        for option in group.options:
            lead = "✓ " if option.id == self.right else ""
            if lead or option.id in self.reasons:
                more = self.reasons.get(option.id, "")
                told.append(prompt_html(f"{lead}{option.text}{': ' if more else ''}{more}"))
        return "".join(parts) + folded_html(_FOLDED, "".join(told))


class RevealText(Text):
    """Write what you expect, then read the reason.

    Args:
        prompt: what to predict.
        reason: what is told afterwards.
        **common: see `Text`; `check` is not among them.
    """

    word: ClassVar[str] = "Predict, then reveal"

    def __init__(
        self,
        prompt: str,
        reason: str,
        *,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.reason = reason
        super().__init__(
            prompt,
            check=self.reveal,
            config={"check": "Show the reason", "ask_first": _ASK_FIRST, **(config or {})},
            **{"rows": 2, **common},
        )
        if self.attempts and self.text:
            self.feedback = self.reveal(self.answer).as_dict(0, self.attempts)

    def reveal(self, _answer: Mapping[str, Any]) -> Feedback:
        """Return the reason."""
        return Feedback(summary=self.reason)

    def static_body(self) -> str:
        """Return the question, and the reason folded."""
        return prompt_html(self.prompt, self.quote) + folded_html(_FOLDED, prompt_html(self.reason))


_ASK_FIRST = "Predict first: the reason comes after."
_FOLDED = "Made your prediction? Open the reason."
