"""Read the phrases around a says-word: who stands before it, who after, what is skipped; no verdicts.

Places are numbers of tokens.
"""

from __future__ import annotations

from briefing.analysis.finder import cues
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

_STOPS = frozenset(".?!…;:—–,()[]/")


def source_before(sentence: Sentence, at: int, floor: int = 0) -> tuple[int, int] | None:
    """Return the phrase that ends before token `at` and can name a source, or nothing.

    After `Orlo, the mayor,` it is the whole phrase; after `On Monday the mayor` it is the mayor.
    """
    floor = max(floor, at - REACH)
    if at > floor and is_mark(sentence, at - 1, ",–—"):
        return _with_apposition(sentence, at - 1, floor)
    first = at
    while first > floor:
        token = sentence.tokens[first - 1]
        if token.kind is Kind.QUOTATION:
            break
        if token.kind is Kind.MARK and token.low in _STOPS:
            break
        if token.kind is Kind.WORD and not token.capital:
            if token.low in cues.VERBS and first < at and not _is_inside(sentence, first - 1):
                break
            if _starts_clause(sentence, first - 1, at):
                break
        first -= 1
    first = _without_opening(sentence, first, at)
    return (first, at) if first < at and _can_speak(sentence, first, at) else None


def _is_inside(sentence: Sentence, at: int) -> bool:
    """*a report by Orlo*, *a man who asked not to be named*: the word belongs to the phrase."""
    if word(sentence, at - 1) in ("who", "which"):
        return True
    return word(sentence, at) in cues.NOUNS | cues.PAPERS and (
        word(sentence, at - 1) in cues.DETERMINERS or word(sentence, at + 1) in ("by", "from", "on")
    )


def _starts_clause(sentence: Sentence, at: int, end: int) -> bool:
    low = word(sentence, at)
    if low not in cues.CLAUSE_STARTS or _joins_names(sentence, at, end):
        return False
    that_day = low == "that" and word(sentence, at + 1) in cues.TIMES | cues.PERIODS
    return not that_day


def _joins_names(sentence: Sentence, at: int, end: int) -> bool:
    """*and* inside a source (Orlo and Maron said) has a phrase without a verb on both sides."""
    if word(sentence, at) != "and" or at + 1 >= end:
        return False
    return not has_verb(sentence, max(0, at - 5), at) and not is_mark(sentence, at - 1)


def _with_apposition(sentence: Sentence, comma: int, floor: int) -> tuple[int, int] | None:
    """Return `NAME, the mayor of Pelby` for the comma after it."""
    end, last = comma, comma
    for _ in range(3):
        first = last
        while first > floor and not (
            sentence.tokens[first - 1].kind is not Kind.WORD
            and (is_mark(sentence, first - 1, ",;:—–.") or is_quotation(sentence, first - 1))
        ):
            first -= 1
        if first == last or (first <= floor and floor > 0):
            return None
        begin = _without_opening(sentence, first, last)
        low = word(sentence, first)
        described = low.endswith(("ed", "ing")) or _has_relative(sentence, first, last)
        if has_verb(sentence, first, last) and not described:
            return None
        if last < end and begin < last and _is_name(sentence, begin, last):
            return begin, end
        if not is_mark(sentence, first - 1, ",–—"):
            return None
        last = first - 1
    return None


def _has_relative(sentence: Sentence, first: int, last: int) -> bool:
    """A phrase may hold a verb after *who*, *whose*, *which*, or a participle after a comma."""
    within = range(max(first, last - REACH), last)
    return any(
        word(sentence, at) in ("who", "whose", "which", "that")
        or (word(sentence, at).endswith(("ed", "ing")) and is_mark(sentence, at - 1))
        or word(sentence, at) in ("published", "posted", "released", "created", "issued", "seen")
        for at in within
    )


def _is_name(sentence: Sentence, first: int, last: int) -> bool:
    """A short phrase with a capital or an article in front, and no verb in it."""
    token = sentence.tokens[first]
    return (
        last - first <= 12
        and (token.capital or token.low in cues.DETERMINERS)
        and not has_verb(sentence, first, last)
    )


def _without_opening(sentence: Sentence, first: int, at: int) -> int:
    """Skip *But*, *On Monday*, *In a statement* in front of a source."""
    while first < at:
        low = word(sentence, first)
        if low in cues.CONNECTIVES or (low in cues.TIMES and first + 1 < at):
            first += 1
        elif low in ("that", "this", "same", "last", "next") and (
            word(sentence, first + 1) in cues.TIMES | cues.PERIODS
        ):
            first += 2
        elif low in cues.CLAUSE_STARTS and first == 0 and first + 1 < at:
            first += 1  # While Orlo said …
        elif low in cues.PREPOSITIONS and first + 1 < at:
            after = _phrase_end(sentence, first + 1, at)
            if after >= at:
                break
            first = after
        else:
            break
    return first


def _can_speak(sentence: Sentence, first: int, last: int) -> bool:
    low = word(sentence, first)
    if has_verb(sentence, first, last) and not _has_relative(sentence, first + 1, last):
        return False  # They take every such report: a noun, and no says-word
    if not low or last - first > 30 or low in cues.PREPOSITIONS or low in cues.BE:
        return False
    if low in ("there", "what", "this", "that") and last - first == 1:
        return False
    return word(sentence, last - 1) not in (
        *cues.BE,
        *cues.PREPOSITIONS,
        *cues.DETERMINERS,
        "to",
    ) or (last - first == 1 and low in ("one", "many", "some", "most", "several", "others", "both"))


def _phrase_end(sentence: Sentence, first: int, limit: int) -> int:
    """Return where a short phrase after a preposition ends: *a statement*, *Monday*, *Port Sella*."""
    at, nouns = first, 0
    named = False
    while at < min(limit, first + 8):
        token = sentence.tokens[at]
        low = token.low
        if token.kind is not Kind.WORD:
            break
        if low in cues.TIMES and not (at == first and low == "may"):
            at += 1
            while word(sentence, at) in cues.TIMES or word(sentence, at).isdigit():
                at += 1
            return min(at, limit)
        if low in cues.DETERMINERS or low in cues.PRONOUNS:
            if nouns or at > first:
                break
        elif (
            low in cues.PREPOSITIONS
            or low in cues.CLAUSE_STARTS
            or is_verb_like(token)
            or (token.capital and nouns and not named)
            or (not token.capital and named)
        ):
            break
        else:
            nouns += 1
            named = token.capital
        at += 1
    return at


def skip_circumstances(sentence: Sentence, at: int, *, listener: bool = False) -> int:
    """Step right from a says-word over who was told, when and where.

    *told reporters on Friday*, *said in a statement*; stops before what was said.
    """
    stop = min(len(sentence.tokens), at + REACH)
    if listener:
        first = at
        low = word(sentence, at)
        if low in ("him", "her", "them", "us", "me", "you"):
            at += 1
        elif low != "that":
            at = _phrase_end(sentence, at + (low in cues.DETERMINERS), stop)
        while word(sentence, at) == "and" and at > first:
            following = _phrase_end(sentence, at + 1, stop)
            if following == at + 1:
                break
            at = following
    while at < stop:
        low = word(sentence, at)
        if low in cues.TIMES:
            at += 1
        elif low in cues.PREPOSITIONS:
            first = at + 1
            if low == "to" and not _is_somebody(sentence, first):
                break  # promised to …
            while first < stop and word(sentence, first) in cues.DETERMINERS:
                first += 1
            following = _phrase_end(sentence, first, stop)
            while word(sentence, following) in ("of", "for") and following < stop:
                inner = following + 1
                while inner < stop and word(sentence, inner) in cues.DETERMINERS:
                    inner += 1
                following = _phrase_end(sentence, inner, stop)
            if following == first:
                break
            at = following
        else:
            break
    return at


def _is_somebody(sentence: Sentence, at: int) -> bool:
    low = word(sentence, at)
    known = low in cues.DETERMINERS or low in cues.LISTENERS
    return known or (bool(low) and sentence.tokens[at].capital)


def source_after(sentence: Sentence, at: int, *, greedy: bool) -> int:
    """Return the end of the phrase after token `at` that names a source.

    Args:
        sentence: the sentence.
        at: its first token.
        greedy: take what follows *in*, *on*, *by* as well (*according to officials in Pelby*);
            otherwise the phrase ends before the place and the day.
    """
    end = at
    stop = min(len(sentence.tokens), at + REACH)
    while end < stop:
        token = sentence.tokens[end]
        if token.kind is Kind.QUOTATION or (token.kind is Kind.MARK and token.low in _STOPS):
            break
        low = token.low
        if end > at and not token.capital and low in ("who", "which", "that", "as", "while", "but",
                                                      "when", "if", "because", "whether"):  # fmt: skip
            break
        if not greedy and end > at and low in cues.PREPOSITIONS - {"for", "from", "to", "with"}:
            break
        if not greedy and end > at and low in cues.TIMES and token.capital:
            break
        end += 1
    return end


def apposition_after(sentence: Sentence, end: int) -> int:
    """Return the end of *, the mayor of Pelby* after a name, or `end` where there is none."""
    if not is_mark(sentence, end):
        return end
    first = end + 1
    low = word(sentence, first)
    if (
        not low
        or low.endswith("ing")
        or low in cues.PRONOUNS - {"who"}
        or low in cues.CLAUSE_STARTS
    ):
        return end
    if low in cues.VERBS or low in cues.PREPOSITIONS:
        return end
    after = first
    stop = min(len(sentence.tokens), first + REACH // 2)
    while (
        after < stop
        and not is_mark(sentence, after, ",;:—–.?!…")
        and not is_quotation(sentence, after)
    ):
        after += 1
    closed = at_end(sentence, after) or is_mark(sentence, after, ",;")
    return after if closed and not has_verb(sentence, first, after) else end
