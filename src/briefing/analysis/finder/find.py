"""Find attributions: walk through the sentences, ask the rules in order, keep what they answer.

The time grows with the length of the text and with nothing else: every character is read a fixed number
of times, and a rule looks at no more than a fixed number of words to either side. No model, no network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefing.analysis.finder import cues
from briefing.analysis.finder.attribution import Attribution
from briefing.analysis.finder.clauses import Found, shortened
from briefing.analysis.finder.finish import finished
from briefing.analysis.finder.other_rules import (
    according_to,
    headline_colon,
    headline_dash,
    in_words_of,
    noun_that,
)
from briefing.analysis.finder.places import word
from briefing.analysis.finder.rules import CUE_RULES
from briefing.analysis.finder.says_words import breaks_off, cue_at, cut_before, is_noun, new_clause
from briefing.analysis.finder.sentences import Kind, Sentence, sentences
from briefing.analysis.finder.standing import Speaker, speaker_alone, standing_alone

NEAREST = 4
"""How many earlier finds of a sentence a rule gets to see."""

OTHER_RULES = {
    "according to": "*According to* is no verb, and credits all the same.",
    "noun": "*The claim that* holds a statement, in a noun.",
    "headline": "Headlines shorten *said* to a dash or a colon.",
    "colon": "A colon before quotation marks hands over to a speaker.",
    "carried": "A quotation that stands alone goes on with the last speaker.",
}
RULES = (*(rule.name for rule in CUE_RULES), *OTHER_RULES)
"""The names of all rules. `nothing said` finds nothing and keeps others from finding."""


def find_attributions(
    text: str, *, rules: Collection[str] | None = None
) -> tuple[Attribution, ...]:
    """Find who says what in English news prose, by rules that can be read.

    It finds the form of a credit. Whether what is credited is true, or a quotation real, it cannot know.

    Args:
        text: any text. A paragraph is a line.
        rules: names of the rules to use (`RULES`); all of them where left out.

    Returns:
        What was found, in the order of the text. Statements inside statements are not taken apart.

    >>> [found] = find_attributions("The ferry was full, harbour master Tamsin Orlo said on Friday.")
    >>> found.mode, found.content, found.rule
    ('indirect', Span(start=0, end=18), 'tag')
    """
    wanted = frozenset(RULES if rules is None else rules)
    found: list[Attribution] = []
    speaker = Speaker()
    for sentence in sentences(text):
        found += _in_sentence(sentence, wanted, speaker, found)
    return tuple(sorted(found, key=lambda one: (one.content.start, one.content.end)))


def _in_sentence(
    sentence: Sentence, wanted: frozenset[str], speaker: Speaker, earlier: list[Attribution]
) -> list[Attribution]:
    pending, speaker.pending = speaker.pending, False
    if not _may_hold_one(sentence):
        return []
    named = _named(sentence, wanted)
    spans = (finished(sentence, rule, one) for rule, one in named)
    here = [one for one in spans if one is not None]
    bare = speaker_alone(sentence) if not here else None
    if bare is not None:
        source, cue, opens = bare
        speaker.source, speaker.cue, speaker.line = source, cue, sentence.line
        speaker.pending = opens
        last = earlier[-1] if earlier else None
        if last and not opens and last.rule == "carried" and last.cue is None and "tag" in wanted:
            span = last.content
            end = max(source.end, cue.end)
            earlier[-1] = Attribution(last.start, end, last.mode, source, cue, span, "tag")
            return []
    result = list(here)
    line = _last_line(sentence)
    for one in here:
        if one.source:
            speaker.source, speaker.line = one.source, line
    covered = sorted((one.content.start, one.content.end) for one in here)
    reached = passed = 0
    for at, token in enumerate(sentence.tokens):
        while passed < len(covered) and covered[passed][0] < token.end:
            reached = max(reached, covered[passed][1])
            passed += 1
        if token.kind is not Kind.QUOTATION or reached > token.start:
            continue
        alone = standing_alone(sentence, at, wanted, speaker, pending)
        if alone is not None:
            result.append(alone)
            speaker.line = line
    return result


def _last_line(sentence: Sentence) -> int:
    first, last = sentence.tokens[0].start, sentence.tokens[-1].end
    return sentence.line + sentence.text.count("\n", first, last)


def _may_hold_one(sentence: Sentence) -> bool:
    for token in sentence.tokens:
        if token.kind is Kind.QUOTATION or token.low in _SIGNS:
            return True
    return sentence.headline


_SIGNS = (
    cues.VERBS | cues.NOUNS | cues.FINDS | {"according", "words"} | frozenset(cues.WITH_PARTICLE)
)


def _named(sentence: Sentence, wanted: frozenset[str]) -> list[tuple[str, Found]]:
    """Ask the rules at each says-word from left to right; return what they found with their names."""
    found: list[tuple[str, Found]] = []
    if sentence.headline and "headline" in wanted:
        found += [("headline", one) for one in headline_dash(sentence) or headline_colon(sentence)]
        if found:
            return found
    closed = 0  # up to here the sentence belongs to what was found
    for at, token in enumerate(sentence.tokens):
        if token.kind is not Kind.WORD or token.low not in _SIGNS:
            continue
        so_far = [one for _, one in found[-NEAREST:]]
        inside = at < closed
        if token.low == "according":
            if "according to" in wanted and word(sentence, at + 1) == "to":
                if inside and found[-1][0].startswith("front"):
                    found, so_far = [], []  # whoever is named last passes all of it on
                elif inside:
                    continue
                found += [("according to", one) for one in according_to(sentence, at, so_far)]
        elif token.low == "words":
            if "according to" in wanted and not inside:
                found += [("according to", one) for one in in_words_of(sentence, at)]
        elif is_noun(sentence, at):
            if "noun" in wanted and not inside:
                found += [("noun", one) for one in noun_that(sentence, at, so_far)]
        else:
            cue = cue_at(sentence, at)
            if cue is None or (inside and not breaks_off(sentence, cue, so_far)):
                continue
            for rule in CUE_RULES:
                if rule.name not in wanted or (
                    inside and rule.name != "joined" and not new_clause(sentence, cue)
                ):
                    continue
                answer = rule.apply(sentence, cue, so_far)
                if answer is None:
                    continue
                if answer and inside and found:
                    cut = cut_before(sentence, answer[0], cue)
                    name, last = found[-1]
                    found[-1] = (name, shortened(last, cut))
                found += [(rule.name, one) for one in answer]
                break
        closed = max([closed, *(one.content[1] for _, one in found[-2:])])
    return found


def iter_rules() -> Iterator[tuple[str, str, str]]:
    """Yield name, reason and example of every rule; the rules without a verb have no example here."""
    for rule in CUE_RULES:
        yield rule.name, rule.reason, rule.example
    for name, reason in OTHER_RULES.items():
        yield name, reason, ""
