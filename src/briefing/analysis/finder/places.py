"""Look at one place of a sentence, or walk a few words from it; it decides nothing.

Places are numbers of tokens. Every walk stops after `REACH` tokens, so that a sentence of a million
words costs no more for each of its words than a short one.
"""

from __future__ import annotations

from briefing.analysis.finder import cues
from briefing.analysis.finder.sentences import Kind, Sentence, Token

REACH = 40
"""How many tokens a rule looks to either side."""


def is_mark(sentence: Sentence, at: int, marks: str = ",") -> bool:
    """Say whether token `at` is one of the punctuation marks."""
    if not 0 <= at < len(sentence.tokens):
        return False
    token = sentence.tokens[at]
    return token.kind is Kind.MARK and token.low in marks


def is_quotation(sentence: Sentence, at: int) -> bool:
    """Say whether token `at` is a whole quotation."""
    return 0 <= at < len(sentence.tokens) and sentence.tokens[at].kind is Kind.QUOTATION


def word(sentence: Sentence, at: int) -> str:
    """Return token `at` as a word in small letters; empty for marks and outside the sentence."""
    if not 0 <= at < len(sentence.tokens):
        return ""
    token = sentence.tokens[at]
    return token.low if token.kind is Kind.WORD else ""


def at_end(sentence: Sentence, at: int) -> bool:
    """Say whether the sentence ends at token `at`, closing marks aside."""
    return at >= len(sentence.tokens) or is_mark(sentence, at, ".?!…")


def is_verb_like(token: Token) -> bool:
    """Say whether a word may be the verb of a clause."""
    if token.kind is not Kind.WORD or token.capital:
        return False
    return token.low in cues.FINITE or (
        len(token.low) > 4 and token.low.endswith("ed") and "-" not in token.low
    )


def has_verb(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether a verb stands among the tokens; at most `REACH` of them are looked at."""
    stop = min(last, first + REACH, len(sentence.tokens))
    for at in range(max(first, 0), stop):
        token = sentence.tokens[at]
        if is_verb_like(token):
            return True
        if token.low in cues.VERBS and token.kind is Kind.WORD:
            a_noun = token.low in cues.NOUNS or token.low in cues.PAPERS
            if not (a_noun and word(sentence, at - 1) in cues.DETERMINERS):
                return True
    return False


def before_helpers(sentence: Sentence, at: int) -> tuple[int, bool]:
    """Step left from a says-word over *has*, *also*, *did not*.

    Returns:
        The place after the last word that is no helper, and whether something was denied.
    """
    denied = False
    while at > 0:
        low = word(sentence, at - 1)
        if (
            low in cues.NOT_SAID
            or low.endswith("n't")
            or (low == "to" and word(sentence, at - 2) in cues.NOT_SAID)
        ):
            denied = True
        elif low not in cues.HELPERS:
            break
        at -= 1
    return at, denied
