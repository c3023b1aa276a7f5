"""Quotations that no says-word of their sentence claims: who may still be speaking; no says-word is judged."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.analysis.finder import cues
from briefing.analysis.finder.attribution import Attribution
from briefing.analysis.finder.clauses import Found
from briefing.analysis.finder.finish import finished
from briefing.analysis.finder.other_rules import (
    colon_quotation,
)
from briefing.analysis.finder.phrases import skip_circumstances, source_before
from briefing.analysis.finder.places import at_end, before_helpers, is_mark
from briefing.analysis.finder.says_words import cue_at
from briefing.analysis.finder.sentences import Kind, Sentence
from briefing.corpus.spans import Span

CARRIED_LINES = 4
"""How many lines below its last words a source still speaks in a quotation that names nobody."""

WORDS_OF_A_STATEMENT = 6
"""A shorter quotation inside a sentence without a says-word is taken for a name or a scare quote."""


@dataclass(slots=True)
class Speaker:
    """The last source and its says-word; how far down the text it reaches."""

    source: Span | None = None
    cue: Span | None = None
    line: int = -CARRIED_LINES - 1
    pending: bool = False

    def near(self, sentence: Sentence) -> Span | None:
        """Return the source if it is near enough to be speaking still."""
        return self.source if sentence.line - self.line <= CARRIED_LINES else None


def speaker_alone(sentence: Sentence) -> tuple[Span, Span, bool] | None:
    """Read `Orlo said.` and `Orlo told reporters:`, a source and a says-word with nothing said."""
    for at, token in enumerate(sentence.tokens[:40]):
        if token.kind is Kind.WORD and token.low in cues.VERBS:
            cue = cue_at(sentence, at)
            first, denied = before_helpers(sentence, at)
            source = source_before(sentence, first)
            if cue is None or source is None or denied:
                continue
            after = skip_circumstances(sentence, cue[1], listener=token.low in cues.TELL)
            opens = is_mark(sentence, after, ":") and after + 1 >= len(sentence.tokens)
            if opens or (at_end(sentence, after) and source[0] == 0 and token.low in _TAGS):
                who = Span(sentence.tokens[source[0]].start, sentence.tokens[source[1] - 1].end)
                says = Span(sentence.tokens[cue[0]].start, sentence.tokens[cue[1] - 1].end)
                return who, says, opens
    return None


_TAGS = frozenset(["said", "says", "asked", "added", "told", "replied", "answered", "shouted"])


def standing_alone(
    sentence: Sentence, at: int, wanted: frozenset[str], speaker: Speaker, pending: bool
) -> Attribution | None:
    """Judge a quotation that no says-word of its sentence has claimed."""
    token = sentence.tokens[at]
    words = sentence.text[token.start : token.end].split()
    if "colon" in wanted:
        one = colon_quotation(sentence, at)
        if one is not None:
            here = finished(sentence, "colon", one)
            if here is not None and here.source is None:
                span = here.content
                source = speaker.near(sentence)
                return Attribution(here.start, here.end, "direct", source, None, span, "colon")
            return here
    if "carried" not in wanted or (len(words) < 3 and len(sentence.tokens) > 2):
        return None
    stands = all(
        other.kind is not Kind.WORD or other.low in cues.CONNECTIVES for other in sentence.tokens
    )
    if not stands and (len(words) < WORDS_OF_A_STATEMENT or _is_title(words)):
        return None
    here = finished(sentence, "carried", Found((at, at + 1), None, None))
    if here is None:
        return None
    cue = speaker.cue if pending else None
    start = min(here.start, cue.start) if cue else here.start
    return Attribution(
        start, here.end, "direct", speaker.near(sentence), cue, here.content, "carried"
    )


def _is_title(words: list[str]) -> bool:
    """Most long words of a book, film or song have capitals."""
    long = [w.strip("\"“”‘’'«».,:") for w in words]
    long = [w for w in long if len(w) > 3]
    return sum(w[:1].isupper() for w in long) * 2 > len(long)
