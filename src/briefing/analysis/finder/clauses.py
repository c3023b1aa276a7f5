"""What the rules ask of a sentence: where the content begins and ends, who may have said it.

Places are numbers of tokens. Each function looks at a fixed number of tokens and no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.analysis.finder import cues
from briefing.analysis.finder.phrases import (
    skip_circumstances,
    source_before,
)
from briefing.analysis.finder.places import (
    REACH,
    before_helpers,
    has_verb,
    is_mark,
    is_quotation,
    word,
)
from briefing.analysis.finder.sentences import Kind, Sentence

Places = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, in places of tokens: content, and who and says-word where there are any."""

    content: Places
    source: Places | None
    cue: Places | None


def who(sentence: Sentence, cue: Places) -> Places | None:
    """Return the phrase before a says-word that names its source, or nothing."""
    first, _ = before_helpers(sentence, cue[0])
    if word(sentence, cue[0]).endswith("ing") and is_mark(sentence, first - 1):
        return None  # …, adding that: the rule `joined` knows whose it is
    return source_before(sentence, first)


def content_start(sentence: Sentence, at: int) -> int:
    """Step over when and where, *that*, a colon or a comma to the first word of the content."""
    at = skip_circumstances(sentence, at)
    if word(sentence, at) == "that" or is_mark(sentence, at, ":,"):
        at += 1
    return at


def introduced(sentence: Sentence, cue: Places) -> int | None:
    """Return where the content starts after *that*, a colon or before a quotation, if so opened."""
    form = word(sentence, cue[0])
    listens = form in cues.TELL or form in ("warned", "warns", "asked", "reminded")
    begin = skip_circumstances(sentence, cue[1], listener=listens)
    if is_mark(sentence, begin) and not is_quotation(sentence, begin + 1):
        # said, citing two engineers, that …
        for at in range(begin + 1, min(len(sentence.tokens), begin + 15)):
            if is_mark(sentence, at) and word(sentence, at + 1) == "that":
                return at + 2 if form not in cues.QUOTED_ONLY - cues.THAT else None
    if word(sentence, begin) == "that" and form not in cues.QUOTED_ONLY - cues.THAT:
        return begin + 1
    for marks in (":", ","):
        if is_mark(sentence, begin, marks) and (marks == ":" or is_quotation(sentence, begin + 1)):
            return begin + 1 if begin + 1 < len(sentence.tokens) else None
    return begin if is_quotation(sentence, begin) else None


def content_end(sentence: Sentence, begin: int) -> int:
    """Content that is a quotation ends with it: `Orlo said: “We go”, and left.`."""
    end = begin
    while is_quotation(sentence, end):
        end += 1
    if end > begin and is_mark(sentence, end, ",–—(") and word(sentence, end + 1):
        return end
    return len(sentence.tokens)


def quoted_before(sentence: Sentence, at: int) -> bool:
    """A quotation ends just before token `at`, with or without a comma."""
    return is_quotation(sentence, at - 1) or (
        is_mark(sentence, at - 1, ",–—") and is_quotation(sentence, at - 2)
    )


def content_before(sentence: Sentence, at: int, found: list[Found]) -> Places:
    """Return the content that ends before token `at`: from the sentence's start, or a later stop."""
    floor = 0
    for earlier in found:
        floor = max(floor, *(part[1] for part in (earlier.source, earlier.cue) if part), 0)
        if earlier.content[1] <= at:
            floor = max(floor, earlier.content[1])
    end = at
    while end > floor and is_mark(sentence, end - 1, ",–—"):
        end -= 1
    if is_quotation(sentence, end - 1):
        first = end - 1
        while first > floor and is_quotation(sentence, first - 1):
            first -= 1
        if first > floor and not is_mark(sentence, first - 1, ":,;.?!–—"):
            first = floor  # The move was “a mistake,” she said
        return first, end
    for mark in range(end - 1, max(floor, end - REACH) - 1, -1):
        if is_mark(sentence, mark, ";"):
            return mark + 1, end
    return floor, end


OPENINGS = ("when", "while", "as", "after", "before", "asked", "speaking", "although", "if")


def opens_only(sentence: Sentence, content: Places) -> bool:
    """*In a statement* or *Asked about the delay* before a source is no content."""
    low = word(sentence, content[0])
    if not has_verb(sentence, *content):
        return True
    return low in OPENINGS


def interrupts(sentence: Sentence, content: Places, after: int) -> bool:
    """*The bridge, Orlo said, was closed*: words of a clause on both sides of the tag."""
    low = word(sentence, content[0])
    return (
        is_mark(sentence, after, ",–—")
        and low not in cues.PREPOSITIONS
        and not word(sentence, after + 1).endswith("ing")
        and has_verb(sentence, after + 1, len(sentence.tokens))
    )


def second_half(
    sentence: Sentence, content: Places, after: int, source: Places, cue: Places
) -> list[Found]:
    """Find what goes on behind the tag: `“…,” NAME said, “CONTENT”`, `The bridge, …, CONTENT`."""
    begin = after + 1 if is_mark(sentence, after, ",–—:") else after
    if is_quotation(sentence, begin):
        end = begin + 1
        while is_quotation(sentence, end):
            end += 1
        return [Found((begin, end), source, cue)]
    if begin > after and not is_quotation(sentence, content[1] - 1):
        unfinished = not has_verb(sentence, *content)
        if unfinished and interrupts(sentence, content, after):
            return [Found((begin, len(sentence.tokens)), source, cue)]
    return []


def clause_end(sentence: Sentence, begin: int) -> int:
    """Return the place of the next comma, or the end of the sentence."""
    for at in range(begin, min(len(sentence.tokens), begin + REACH)):
        if is_mark(sentence, at, ",;–—"):
            return at
    return len(sentence.tokens)


def subject_of(sentence: Sentence, limit: int) -> Places | None:
    """Return the first phrase of the sentence, up to its first verb."""
    for at in range(min(limit, REACH)):
        token = sentence.tokens[at]
        if token.kind is not Kind.WORD:
            return None
        if has_verb(sentence, at, at + 1) and at:
            return source_before(sentence, before_helpers(sentence, at)[0])
    return None


def longer(one: Found, other: Found) -> Found:
    """Of a clause that its source interrupts, the longer part stands for the whole."""
    length, rest = one.content[1] - one.content[0], other.content[1] - other.content[0]
    return one if length >= rest else other


def shortened(earlier: Found, at: int) -> Found:
    """Return what was found before with its content ending before token `at`."""
    first, end = earlier.content
    return replace(earlier, content=(first, min(end, at))) if first < at else earlier
