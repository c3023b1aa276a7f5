"""A worked example on one sentence: shown bare, its answer folded away; it asks and saves nothing.

The answer is read from the key each time, so that a lesson can never disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from briefing.corpus import Span, sources
from briefing.corpus.quote import Quotation, quote
from briefing.errors import BriefingError
from briefing.keys import tables

_MODES = {
    "direct": "Direct: the whole statement stands in quotation marks.",
    "indirect": "Indirect: the outlet tells in its own words what was said.",
    "mixed": "Mixed: retold, with a quoted piece inside.",
}


class NotInKey(BriefingError):
    """The key has no label for the sentence that is to be worked."""


@dataclass(frozen=True)
class Worked:
    """A sentence and its answer, folded away until the student has decided."""

    bare: Quotation
    marked: Quotation
    answer: tuple[str, ...]
    why: str

    def __repr__(self) -> str:
        return f"{self.bare}\n\nThe answer: {' '.join(self.answer)} {self.why}"

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in (*self.answer, self.why) if line)
        marked = self.marked.sentence_html() if self.marked.marks else ""
        return (
            f"{self.bare.sentence_html()}"
            '<details style="max-width: 42em"><summary><b>Decided? Open the answer</b></summary>'
            f"{marked}{lines}</details>"
        )


def _row(sentence: str) -> tables.AttributionRow:
    row = next((row for row in tables.attribution() if row.sentence == sentence), None)
    if row is None or not row.voice:
        raise NotInKey(
            f"The key has no label for {sentence}; choose a sentence of the story itself, "
            "of an article whose attribution the lessons show."
        )
    return row


def _marked(sentence: str, bare: Quotation) -> Quotation:
    spans: dict[str, list[Span]] = {"source": [], "cue": []}
    for row in tables.spans():
        if row.sentence == sentence and row.status == "required" and row.role in spans:
            spans[row.role].append(Span(row.start, row.end))
    return bare.mark(who=spans["source"], says=spans["cue"])


def _credit(row: tables.AttributionRow) -> str:
    name = sources()[row.source]["name"]
    where = ", named in another sentence" if row.carried == "yes" else ""
    cue = f"The says-word is “{row.cue}”." if row.cue else "There is no says-word."
    return f"Credited. Who: {name}{where}. {cue}"


def _no_credit(row: tables.AttributionRow) -> tuple[str, ...]:
    inherited = row.also("source")
    if not row.run or not inherited:
        return ("Not credited: the outlet says it in its own voice.",)
    name = sources()[inherited[0]]["name"]
    return (
        "Read strictly: not credited. The outlet says it in its own voice.",
        f"Read as inherited: credited to {name}, who speaks beside it.",
    )


def worked(sentence: str) -> Worked:
    """Return a sentence with the answer to "who says so?" folded below it.

    Raises:
        UnknownArticle, UnknownSegment: there is no such sentence.
        NotInKey: the key has no label for it.
    """
    bare, row = quote(sentence), _row(sentence)
    answer = (_credit(row),) if row.voice == "attributed" else _no_credit(row)
    return Worked(bare, _marked(sentence, bare), answer, tables.reasons().get(sentence, ""))


def worked_mode(sentence: str) -> Worked:
    """Return a credited sentence with "direct, indirect or mixed?" folded below it.

    Raises:
        UnknownArticle, UnknownSegment: there is no such sentence.
        NotInKey: the key has no label for it, or credits nobody in it.
    """
    bare, row = quote(sentence), _row(sentence)
    if row.mode not in _MODES:
        raise NotInKey(f"{sentence} credits nobody; choose a credited sentence.")
    return Worked(bare, _marked(sentence, bare), (_MODES[row.mode],), "")
