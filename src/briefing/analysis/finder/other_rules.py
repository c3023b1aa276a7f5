"""The rules that do not begin at a verb: *according to*, nouns, headlines, quotations that stand alone."""

from __future__ import annotations

from briefing.analysis.finder import cues
from briefing.analysis.finder.clauses import Found, Places, longer
from briefing.analysis.finder.phrases import apposition_after, source_after
from briefing.analysis.finder.places import (
    REACH,
    at_end,
    has_verb,
    is_mark,
    is_quotation,
    is_verb_like,
    word,
)
from briefing.analysis.finder.sentences import Kind, Sentence

LONGEST_NAME = 6
"""In a headline: the most words that a source before a colon or after a dash may have."""


def according_to(sentence: Sentence, at: int, found: list[Found]) -> list[Found]:
    """Find `According to NAME, CONTENT` and `CONTENT, according to NAME`; `at` is the first word."""
    cue = (at, at + 2)
    end = source_after(sentence, cue[1], greedy=True)
    if end == cue[1] or at + 2 >= len(sentence.tokens):
        return []
    opening = all(word(sentence, number) in cues.CONNECTIVES or is_mark(sentence, number)
                  for number in range(min(at, 4))) and at <= 4  # fmt: skip
    if opening:
        if not is_mark(sentence, end) and has_verb(sentence, cue[1], end):
            end = _capitals(sentence, cue[1])
        after = apposition_after(sentence, end)
        if after > end and is_mark(sentence, after) and after + 1 < len(sentence.tokens):
            end = after
        begin = end + 1 if is_mark(sentence, end) else end
        if begin >= len(sentence.tokens) or at_end(sentence, begin):
            return []
        return [Found((begin, len(sentence.tokens)), (cue[1], end), cue)]
    floor = max([f.content[1] for f in found if f.content[1] <= at], default=0)
    stop = at - 1 if is_mark(sentence, at - 1, ",–—") else at
    if stop <= floor:
        return []
    whole = Found((floor, stop), (cue[1], end), cue)
    goes_on = is_mark(sentence, end, ",–—") and not has_verb(sentence, floor, stop)
    if goes_on and has_verb(sentence, end + 1, len(sentence.tokens)):
        whole = longer(whole, Found((end + 1, len(sentence.tokens)), (cue[1], end), cue))
    return [whole]


def _capitals(sentence: Sentence, first: int) -> int:
    """Return the end of a name without a comma after it: *the mayor*, *Orlo*, *the Harbour Office*."""
    at = first
    if word(sentence, at) in cues.DETERMINERS:
        at += 1
    named = at < len(sentence.tokens) and sentence.tokens[at].capital
    while at < min(len(sentence.tokens), first + 8):
        token = sentence.tokens[at]
        if token.kind is not Kind.WORD or (at > first and token.low in cues.DETERMINERS):
            break
        if named and not token.capital and token.low != "of":
            break
        at += 1
    return at


def noun_that(sentence: Sentence, at: int, found: list[Found]) -> list[Found]:
    """Find `the ministry's claim that CONTENT`, `reports by NAME that CONTENT`."""
    if found:
        return []
    source: Places | None = None
    begin = at + 1
    if word(sentence, begin) in ("by", "from"):
        end = source_after(sentence, begin + 1, greedy=False)
        source, begin = (begin + 1, end), end
    if word(sentence, begin) != "that" or begin + 2 >= len(sentence.tokens):
        return []
    owner = at - 1
    if source is None and (
        word(sentence, owner).endswith("'s") or word(sentence, owner).endswith("s'")
    ):
        first = owner
        while first > 0 and (sentence.tokens[first - 1].capital or (word(sentence, first) not in cues.DETERMINERS
                             and word(sentence, first - 1) in cues.DETERMINERS)):  # fmt: skip
            first -= 1
        source = (first, at)
    elif source is None and word(sentence, owner) in ("his", "her", "its", "their"):
        source = (owner, at)
    return [Found((begin + 1, _that_clause_end(sentence, begin + 1)), source, (at, at + 1))]


def _that_clause_end(sentence: Sentence, begin: int) -> int:
    """Return where a clause after a noun ends: at a comma, or at a second *was* (… *was denied*)."""
    seen = False
    at = begin
    while at < min(len(sentence.tokens), begin + REACH) and not is_mark(sentence, at, ",;–—"):
        low = word(sentence, at)
        if low in _AUXILIARIES:
            if seen:
                return at
            seen = True
        elif low in cues.CLAUSE_STARTS or low == "who":
            seen = False
        at += 1
    return at


_AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
    ]
)


def in_words_of(sentence: Sentence, at: int) -> list[Found]:
    """Find `In NAME's words, CONTENT` and `in the words of NAME, CONTENT`; `at` is *words*."""
    if word(sentence, at + 1) == "of":
        end = source_after(sentence, at + 2, greedy=False)
        if (
            word(sentence, at - 1) == "the"
            and is_mark(sentence, end)
            and end + 1 < len(sentence.tokens)
        ):
            return [Found((end + 1, len(sentence.tokens)), (at + 2, end), (at - 1, at + 2))]
        return []
    owner = word(sentence, at - 1)
    opened = word(sentence, 0) == "in" and at <= LONGEST_NAME + 2
    if not (opened and owner.endswith("'s") and is_mark(sentence, at + 1)):
        return []
    return [Found((at + 2, len(sentence.tokens)), (1, at), (0, at + 1))]


def headline_dash(sentence: Sentence) -> list[Found]:
    """Find `CONTENT - NAME` in a headline."""
    last = len(sentence.tokens)
    for at in range(last - 2, max(0, last - LONGEST_NAME - 2), -1):
        if is_mark(sentence, at, "-–—"):
            token = sentence.tokens[at]
            apart = sentence.text[token.start - 1].isspace() and sentence.text[token.end].isspace()
            named = sentence.tokens[at + 1].capital and not has_verb(sentence, at + 1, last)
            if apart and named and at > 2 and not is_mark(sentence, at - 1, ".?!"):
                return [Found((0, at), (at + 1, last), None)]
            return []
    return []


def headline_colon(sentence: Sentence) -> list[Found]:
    """Find `NAME: CONTENT` in a headline, where the name is somebody who can speak."""
    last = len(sentence.tokens)
    for at in range(1, min(last - 1, LONGEST_NAME + 1)):
        if is_mark(sentence, at, ":"):
            words = [token.low for token in sentence.tokens[:at]]
            letters = sentence.words(0, at)
            known = cues.is_one_of(words, cues.SPEAKERS) or (letters.isupper() and at == 1)
            quoted = is_quotation(sentence, at + 1)
            if (known or quoted) and not has_verb(sentence, 0, at) and last - at > 2 - quoted:
                return [Found((at + 1, last), (0, at), None)]
            return []
        if sentence.tokens[at].kind is not Kind.WORD:
            return []
    return []


def colon_quotation(sentence: Sentence, at: int) -> Found | None:
    """Find `NAME: “CONTENT”` and `The sign at the gate: “CONTENT”`; `at` is the quotation."""
    if not is_mark(sentence, at - 1, ":"):
        return None
    first = 0
    name = (first, at - 1)
    short = at - 1 <= LONGEST_NAME and not has_verb(sentence, *name)
    papers = cues.is_one_of((t.low for t in sentence.tokens[max(0, at - REACH) : at]), cues.PAPERS)
    if short and (sentence.tokens[0].capital or papers):
        return Found((at, at + 1), name, None)
    verb = next((n for n in range(1, min(at, REACH)) if is_verb_like(sentence.tokens[n])), 0)
    if papers and 0 < verb <= LONGEST_NAME:  # The answer was short: “No.”
        return Found((at, at + 1), (0, verb), None)
    return Found((at, at + 1), None, None)
