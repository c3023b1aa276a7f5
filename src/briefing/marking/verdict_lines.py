"""What a page says of one sentence, mark or cell: its verdict in words and a sign; scores nothing."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from briefing.keys import ItemResult, Question, Verdict
from briefing.keys.feedback import item_sentence

WORDS = {
    Verdict.RIGHT: "right",
    Verdict.NEAR: "close",
    Verdict.WRONG: "not right",
    Verdict.MISSED: "missed",
    Verdict.EXTRA: "wrongly flagged",
    Verdict.FINE: "neither needed nor wrong",
    Verdict.NOTE: "not asked",
}
SIGNS = {
    Verdict.RIGHT: "✓",
    Verdict.NEAR: "≈",
    Verdict.WRONG: "✗",
    Verdict.MISSED: "○",
    Verdict.EXTRA: "✗",
    Verdict.FINE: "·",
    Verdict.NOTE: "·",
}


class VerdictLine(Struct, frozen=True, gc=False):
    """One thing that is said: a verdict, the words it is about, the labels, and the reason."""

    verdict: str
    word: str
    sign: str
    quote: Markup | str
    given: str
    expected: str
    text: str
    number: str = ""


def verdict_line(
    item: ItemResult, question: Question, quote: Markup | str, number: str = ""
) -> VerdictLine:
    """Return what is said of one item, the words it is about already made safe."""
    word = "looks like it, but is not" if item.look_alike else WORDS[item.verdict]
    if question.kind == "labels" and item.verdict is Verdict.MISSED:
        word = "no label"
    return VerdictLine(
        verdict=str(item.verdict),
        word=word,
        sign=SIGNS[item.verdict],
        quote=quote,
        given=question.label_name(item.label) if item.label else "",
        expected=question.label_name(item.expected) if item.expected else "",
        text=item_sentence(item, question, brief=True),
        number=number,
    )
