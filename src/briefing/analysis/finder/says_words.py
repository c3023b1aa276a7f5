"""Tell a says-word from its look-alikes, and whether it begins a statement of its own; credits nobody."""

from __future__ import annotations

from briefing.analysis.finder import cues
from briefing.analysis.finder.clauses import Found, Places
from briefing.analysis.finder.phrases import source_before
from briefing.analysis.finder.places import before_helpers, is_mark, word
from briefing.analysis.finder.sentences import Sentence


def cue_at(sentence: Sentence, at: int) -> Places | None:
    """Return the whole says-word at token `at` (*went on to say*), or nothing for a name or a noun."""
    token = sentence.tokens[at]
    low = token.low
    if (
        token.capital
        and at
        and low not in cues.SAY | cues.TELL | frozenset(("warns", "denies", "claims"))
    ):
        return None
    if low in cues.WITH_PARTICLE:
        if word(sentence, at + 1) != cues.WITH_PARTICLE[low]:
            return (at, at + 1) if low in cues.VERBS else None
        if word(sentence, at + 2) == "to" and word(sentence, at + 3) in cues.VERBS:
            return None  # went on to say: say is the word
        return at, at + 2
    if [word(sentence, at - 3), word(sentence, at - 2), word(sentence, at - 1)] == [
        "went",
        "on",
        "to",
    ]:
        return at - 3, at + 1
    return at, at + 1


def is_noun(sentence: Sentence, at: int) -> bool:
    """*The report says* and *reports that* (noun) against *he reports that* (verb)."""
    low = word(sentence, at)
    if low not in cues.NOUNS:
        return False
    if low not in cues.VERBS:
        return True
    before = word(sentence, at - 1)
    if (
        at == 0
        or before in cues.DETERMINERS
        or before in ("of", "in", "by", "despite", "amid", "to")
    ):
        return True
    if before.endswith("'s") or before in cues.BE or before in ("denied", "dismissed", "rejected"):
        return True
    return is_mark(sentence, at - 1)


def breaks_off(sentence: Sentence, cue: Places, found: list[Found]) -> bool:
    """Inside what somebody says, a new source counts only after *, adding* or *while NAME said*."""
    first, _ = before_helpers(sentence, cue[0])
    before = word(sentence, first - 1)
    form = word(sentence, cue[0])
    if form.endswith("ing"):
        return is_mark(sentence, first - 1, ",;–—") or (
            before == "and" and form in ("adding", "saying")
        )
    if before in ("and", "but", "who"):
        return before != "who" or is_mark(sentence, first - 2)
    return new_clause(sentence, cue)


def new_clause(sentence: Sentence, cue: Places) -> bool:
    """Say whether a says-word has a source and a clause of its own: *…, but Orlo said …*."""
    first, _ = before_helpers(sentence, cue[0])
    source = source_before(sentence, first)
    if source is None:
        return False
    if is_mark(sentence, source[0] - 1, ";"):
        return True
    if sentence.tokens[0].low in ("while", "although", "whereas", "though"):
        return is_mark(sentence, source[0] - 1)
    return word(sentence, source[0] - 1) in ("while", "but", "whereas", "and") and is_mark(
        sentence, source[0] - 2
    )


def cut_before(sentence: Sentence, new: Found, cue: Places) -> int:
    """Where the earlier content ends: before the new source or says-word and its conjunction."""
    first, _ = before_helpers(sentence, cue[0])
    if new.source and new.source[1] == first:
        first = new.source[0]
    while first > 0 and (
        word(sentence, first - 1) in ("and", "but", "while", "whereas", "who", "then")
        or is_mark(sentence, first - 1, ",;–—")
    ):
        first -= 1
    return first
