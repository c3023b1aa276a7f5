"""Turn what a rule found into spans of the text: trim it, drop the marks around it; finds nothing."""

from __future__ import annotations

from briefing.analysis.finder import cues
from briefing.analysis.finder.attribution import Attribution
from briefing.analysis.finder.clauses import Found, Places
from briefing.analysis.finder.places import is_mark, is_quotation, word
from briefing.analysis.finder.sentences import Sentence
from briefing.corpus.spans import Span


def finished(sentence: Sentence, rule: str, one: Found) -> Attribution | None:
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
