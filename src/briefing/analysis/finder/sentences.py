"""Cut a text into sentences of words, marks and whole quotations; it knows nothing of sources.

A sentence ends where the codebook ends it, with one difference: what stands inside a quotation is
not cut, because a quotation is said as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from briefing.analysis.finder.attribution import Mode
from briefing.analysis.finder.quotations import Quotation, ends_a_sentence, quotations
from briefing.corpus.segments import ABBREVIATIONS

_TOKEN = re.compile(r"\w+(?:[-’'.,/&]\w+)*|\n|[^\w\s\ufeff]")
_TITLES = ("Dr", "Mrs", "Ms", "Prof", "Sgt", "Capt", "Cmdr", "Adm", "St", "Rev", "Jan", "Feb", "Aug",
           "Brig", "Cpl", "Maj-Gen", "Lt-Col", "Lt-Gen", "vs", "e.g", "i.e", "U.K", "U.N",
           "Mar", "Apr", "Jr", "Sr", "Inc", "Ltd", "Co")  # fmt: skip
SHORT = frozenset((*ABBREVIATIONS, *_TITLES))
_SENTENCE_ENDS = frozenset(".?!…")


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    MARK = "mark"
    QUOTATION = "quotation"


@dataclass(slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation; `low` is the word in small letters."""

    kind: Kind
    start: int
    end: int
    low: str
    capital: bool = False


@dataclass(slots=True)
class Sentence:
    """The tokens of a sentence; `line` is the number of its first line in the text.

    `headline` is true where the line it ends has no full stop: a headline or a subheading.
    """

    text: str
    tokens: list[Token]
    line: int
    headline: bool
    _counts: tuple[list[int], ...] = ()

    def words(self, first: int, last: int) -> str:
        """Return the text from token `first` to before token `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def mode(self, first: int, last: int) -> Mode:
        """Return how tokens `first` to before `last` are said: all quoted, some or none."""
        if not self._counts:  # counted once, however many statements the sentence holds
            kinds = [token.kind for token in self.tokens]
            self._counts = (
                [0, *accumulate(kind is Kind.QUOTATION for kind in kinds)],
                [0, *accumulate(kind is Kind.WORD for kind in kinds)],
            )
        quoted, retold = (count[last] - count[first] for count in self._counts)
        if not quoted:
            return "indirect"
        return "mixed" if retold else "direct"


def tokens(text: str, quoted: list[Quotation]) -> Iterator[Token]:
    r"""Yield words, marks, line ends (a mark `\\n`) and quotations in their order."""
    at = 0
    for quotation in [*quoted, None]:
        stop = quotation.start if quotation else len(text)
        for found in _TOKEN.finditer(text, at, stop):
            words = found.group()
            first = words[0]
            kind = Kind.WORD if first.isalnum() or first == "_" else Kind.MARK
            end = found.end()
            if kind is Kind.WORD and end < stop and text[end] == "." and _is_short(words):
                end += 1  # Gen., U.S.: the full stop belongs to the word
            low = words.lower().replace("’", "'") if kind is Kind.WORD else words
            if found.start() >= at:  # else it is the full stop of a short word
                yield Token(kind, found.start(), end, low, first.isupper())
            at = end
        if quotation:
            yield Token(Kind.QUOTATION, quotation.start, quotation.end, '"')
            at = quotation.end


def _is_short(word: str) -> bool:
    return word in SHORT or (len(word) == 1 and word.isupper() and word != "I")


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in their order.

    >>> [s.words(0, len(s.tokens)) for s in sentences('It sank. “We ran. We had to,” he said. Why?')]
    ['It sank.', '“We ran. We had to,” he said.', 'Why?']
    """
    quoted = quotations(text)
    by_start = {quotation.start: quotation for quotation in quoted}
    stream = tokens(text, quoted)
    ahead = next(stream, None)
    line = started = 0
    held: list[Token] = []
    while ahead is not None:
        token, ahead = ahead, next(stream, None)
        if token.low == "\n" and token.kind is Kind.MARK:
            if held and not (ahead and _flows_on(held[-1], ahead)):
                yield Sentence(text, held, started, headline=_is_headline(text, held, by_start))
                held = []
            line += 1
            continue
        if not held:
            started = line
        held.append(token)
        if token.kind is Kind.QUOTATION:
            line += text.count("\n", token.start, token.end)
        if ahead and _cut_after(text, token, ahead, held, by_start):
            yield Sentence(text, held, started, headline=False)
            held = []
    if held:
        yield Sentence(text, held, started, headline=_is_headline(text, held, by_start))


def _flows_on(last: Token, following: Token) -> bool:
    """A line that was only wrapped goes on in small letters."""
    if following.kind is not Kind.WORD or following.capital or not following.low[0].isalpha():
        return False
    return last.kind is Kind.WORD or last.low == ","


def _is_headline(text: str, held: list[Token], quoted: dict[int, Quotation]) -> bool:
    last = held[-1]
    if last.kind is Kind.QUOTATION:
        return not ends_a_sentence(text, quoted[last.start])
    return last.low not in _SENTENCE_ENDS and last.low != ":"


def _cut_after(
    text: str, token: Token, following: Token, held: list[Token], quoted: dict[int, Quotation]
) -> bool:
    opens = following.kind is Kind.QUOTATION or following.capital or following.low[0].isdigit()
    if not opens and following.low not in "([":
        return False
    if token.kind is Kind.QUOTATION:
        return following.start > token.end and bool(ends_a_sentence(text, quoted[token.start]))
    if token.kind is not Kind.MARK:
        return False
    if token.low == ")" and len(held) > 1 and held[-2].low in _SENTENCE_ENDS:
        return True
    return not (token.low not in _SENTENCE_ENDS or following.start == token.end)
