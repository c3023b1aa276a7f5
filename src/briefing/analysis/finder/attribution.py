"""What the finder finds: who says what, by which word, as spans; it holds no rule of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.corpus.spans import Span

Mode = Literal["direct", "indirect", "mixed"]
"""Quoted word for word, retold, or retold with words in quotation marks."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One stretch of content that a text credits to somebody.

    Every span counts Unicode code points of the text that was searched, end exclusive.

    Attributes:
        start, end: from the first of its parts that stand in the sentence to the last.
        mode: `direct`, `indirect` or `mixed`.
        source: the words that name who says it. `None` where the text gives nobody in reach. In a
            quotation without a says-word it is the last source before it, in another sentence.
        cue: the says-word, or `None` where there is none.
        content: what is said, without the quotation marks around it.
        rule: the name of the rule that found it (`briefing.analysis.finder.RULES`).
    """

    start: int
    end: int
    mode: Mode
    source: Span | None
    cue: Span | None
    content: Span
    rule: str
