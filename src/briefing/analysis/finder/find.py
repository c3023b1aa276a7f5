"""Find attributions: walk through the sentences, ask the rules in order, keep what they answer.

The time grows with the length of the text and with nothing else: every character is read a fixed number
of times, and a rule looks at no more than a fixed number of words to either side. No model, no network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from briefing.analysis.finder import cues
from briefing.analysis.finder.attribution import Attribution
from briefing.analysis.finder.other_rules import (
    according_to,
    colon_quotation,
    headline_colon,
    headline_dash,
    in_words_of,
    noun_that,
)
from briefing.analysis.finder.phrases import (
    at_end,
    before_helpers,
    is_mark,
    is_quotation,
    skip_circumstances,
    source_before,
    word,
)
from briefing.analysis.finder.rules import CUE_RULES, Found, Places, shortened
from briefing.analysis.finder.sentences import Kind, Sentence, sentences
from briefing.corpus.spans import Span

CARRIED_LINES = 4
"""How many lines below its last words a source still speaks in a quotation that names nobody."""

NEAREST = 4
"""How many earlier finds of a sentence a rule gets to see."""

WORDS_OF_A_STATEMENT = 6
"""A shorter quotation inside a sentence without a says-word is taken for a name or a scare quote."""

OTHER_RULES = {
    "according to": "*According to* is no verb, and credits all the same.",
    "noun": "*The claim that* holds a statement, in a noun.",
    "headline": "Headlines shorten *said* to a dash or a colon.",
    "colon": "A colon before quotation marks hands over to a speaker.",
    "carried": "A quotation that stands alone goes on with the last speaker.",
}
RULES = (*(rule.name for rule in CUE_RULES), *OTHER_RULES)
"""The names of all rules. `nothing said` finds nothing and keeps others from finding."""


@dataclass(slots=True)
class _Speaker:
    """The last source and its says-word; how far down the text it reaches."""

    source: Span | None = None
    cue: Span | None = None
    line: int = -CARRIED_LINES - 1
    pending: bool = False

    def near(self, sentence: Sentence) -> Span | None:
        return self.source if sentence.line - self.line <= CARRIED_LINES else None


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
    speaker = _Speaker()
    for sentence in sentences(text):
        found += _in_sentence(sentence, wanted, speaker, found)
    return tuple(sorted(found, key=lambda one: (one.content.start, one.content.end)))


def _in_sentence(
    sentence: Sentence, wanted: frozenset[str], speaker: _Speaker, earlier: list[Attribution]
) -> list[Attribution]:
    pending, speaker.pending = speaker.pending, False
    if not _may_hold_one(sentence):
        return []
    named = _named(sentence, wanted)
    finished = (_finished(sentence, rule, one) for rule, one in named)
    here = [one for one in finished if one is not None]
    bare = _speaker_alone(sentence) if not here else None
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
        alone = _alone(sentence, at, wanted, speaker, pending)
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
        elif _is_noun(sentence, at):
            if "noun" in wanted and not inside:
                found += [("noun", one) for one in noun_that(sentence, at, so_far)]
        else:
            cue = _cue_at(sentence, at)
            if cue is None or (inside and not _breaks_off(sentence, cue, so_far)):
                continue
            for rule in CUE_RULES:
                if rule.name not in wanted or (
                    inside and rule.name != "joined" and not _new_clause(sentence, cue)
                ):
                    continue
                answer = rule.apply(sentence, cue, so_far)
                if answer is None:
                    continue
                if answer and inside and found:
                    cut = _cut_before(sentence, answer[0], cue)
                    name, last = found[-1]
                    found[-1] = (name, shortened(last, cut))
                found += [(rule.name, one) for one in answer]
                break
        closed = max([closed, *(one.content[1] for _, one in found[-2:])])
    return found


def _cue_at(sentence: Sentence, at: int) -> Places | None:
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


def _is_noun(sentence: Sentence, at: int) -> bool:
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


def _breaks_off(sentence: Sentence, cue: Places, found: list[Found]) -> bool:
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
    return _new_clause(sentence, cue)


def _new_clause(sentence: Sentence, cue: Places) -> bool:
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


def _cut_before(sentence: Sentence, new: Found, cue: Places) -> int:
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


def _speaker_alone(sentence: Sentence) -> tuple[Span, Span, bool] | None:
    """Read `Orlo said.` and `Orlo told reporters:`, a source and a says-word with nothing said."""
    for at, token in enumerate(sentence.tokens[:40]):
        if token.kind is Kind.WORD and token.low in cues.VERBS:
            cue = _cue_at(sentence, at)
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


def _alone(
    sentence: Sentence, at: int, wanted: frozenset[str], speaker: _Speaker, pending: bool
) -> Attribution | None:
    """Judge a quotation that no says-word of its sentence has claimed."""
    token = sentence.tokens[at]
    words = sentence.text[token.start : token.end].split()
    if "colon" in wanted:
        one = colon_quotation(sentence, at)
        if one is not None:
            here = _finished(sentence, "colon", one)
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
    here = _finished(sentence, "carried", Found((at, at + 1), None, None))
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


def _finished(sentence: Sentence, rule: str, one: Found) -> Attribution | None:
    """Turn places of tokens into spans of code points, and tell the mode; nothing for no words."""
    first, last = _trimmed(sentence, *one.content)
    if first >= last:
        return None
    content = _content_span(sentence, first, last)
    if content is None:
        return None
    source = _span(sentence, one.source)
    cue = _span(sentence, one.cue)
    parts = [span for span in (content, source, cue) if span is not None]
    begin = min(span.start for span in parts)
    end = max(span.end for span in parts)
    return Attribution(begin, end, sentence.mode(first, last), source, cue, content, rule)


def _trimmed(sentence: Sentence, first: int, last: int) -> Places:
    while first < last and (
        is_mark(sentence, first, ",;:–—-.?!)") or (_opens(sentence, first, last))
    ):
        first += 1
    while last > first and is_mark(sentence, last - 1, ",;:–—-.?!("):
        last -= 1
    return first, last


def _opens(sentence: Sentence, first: int, last: int) -> bool:
    """*Moreover,* and *But* at the start of a sentence are the writer's, not the speaker's."""
    if first > 0 and sentence.tokens[0].low != word(sentence, first):
        return False
    low = word(sentence, first)
    return (
        first == 0 and low in cues.CONNECTIVES and (is_mark(sentence, 1) or low in ("but", "and"))
    )


def _span(sentence: Sentence, places: Places | None) -> Span | None:
    if places is None or places[0] >= places[1]:
        return None
    return Span(sentence.tokens[places[0]].start, sentence.tokens[places[1] - 1].end)


def _content_span(sentence: Sentence, first: int, last: int) -> Span | None:
    text = sentence.text
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    if is_quotation(sentence, first):
        start += 1
    if is_quotation(sentence, last - 1):
        while end > start and text[end - 1] in "\"”»'’,. \u00a0\n":
            end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end) if start < end else None


def iter_rules() -> Iterator[tuple[str, str, str]]:
    """Yield name, reason and example of every rule; the rules without a verb have no example here."""
    for rule in CUE_RULES:
        yield rule.name, rule.reason, rule.example
    for name, reason in OTHER_RULES.items():
        yield name, reason, ""
