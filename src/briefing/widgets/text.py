"""Short answers in the student's own words, with a live word count; never judges the words.

The number of words asked for is guidance, not a lock: a longer or shorter text is kept all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from briefing.errors import BriefingError
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import line
from briefing.widgets.static_question import prompt_html, reasons_html, written_html

_BUILT = Path(__file__).parent / "built"

MOST_CHARACTERS = 20_000
"""The longest text that the box takes, in Unicode code points."""


class TextTooLong(BriefingError):
    """A text that is longer than the box holds."""


class WrongText(BriefingError):
    """An answer that is no text."""


def asked_for(least: int | None, most: int | None) -> str:
    """Return the guidance in words, such as `5 to 60 words`; empty where there is none."""
    if least and most:
        return f"{least} to {most} words"
    if least:
        return f"at least {least} words"
    return f"at most {most} words" if most else ""


class Text(QuestionWidget):
    """Write a short text.

    Args:
        prompt: what is asked.
        quote: words that the question is about, shown apart.
        words: the least and the most words asked for; None where there is no bound.
        rows: how many lines the box shows at first.
        most_characters: the longest text that is kept, in Unicode code points.
        **common: see `QuestionWidget`.

    The answer is `{"kind": "text", "text": "…", "attempts": 0}`.
    """

    _esm = _BUILT / "text.js"
    _css = _BUILT / "text.css"

    kind: ClassVar[str] = "text"
    word: ClassVar[str] = "Write"

    def __init__(
        self,
        prompt: str = "",
        *,
        quote: str = "",
        words: tuple[int | None, int | None] | list[int] | None = None,
        rows: int = 4,
        most_characters: int = MOST_CHARACTERS,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.prompt = prompt
        self.quote = quote
        self.least, self.most = (words[0], words[1]) if words else (None, None)
        self.most_characters = most_characters
        super().__init__(
            config={
                "prompt": prompt,
                "quote": quote,
                "least": self.least,
                "most": self.most,
                "rows": rows,
                "most_characters": most_characters,
                **(config or {}),
            },
            **common,
        )

    @property
    def text(self) -> str:
        """What is written now."""
        return str(self.answer.get("text", ""))

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer with nothing written."""
        return {"kind": self.kind, "text": "", "attempts": 0}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer with half characters, which no file can hold, replaced by a sign.

        Raises:
            WrongText: it is no text.
            TextTooLong: it has more code points than the box holds.
        """
        text = answer.get("text", "")
        if not isinstance(text, str):
            raise WrongText("This answer is no text, so it cannot be kept; write it again.")
        if len(text) > self.most_characters:
            raise TextTooLong(
                f"The text has {len(text):,} characters and this box keeps "
                f"{self.most_characters:,}; shorten it, and it is saved."
            )
        whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
        return {**answer, "kind": self.kind, "text": whole}

    def static_body(self) -> str:
        """Return the prompt, the guidance, and what was written."""
        asked = asked_for(self.least, self.most)
        parts = [prompt_html(self.prompt, self.quote)]
        if asked:
            parts.append(line(f"Asked for: {asked}."))
        parts.append(written_html(self.text) if self.text else line("Run all cells to write."))
        if self.feedback.get("summary"):
            parts.append(prompt_html(str(self.feedback["summary"])))
            parts.append(reasons_html(self.feedback))
        return "".join(parts)
