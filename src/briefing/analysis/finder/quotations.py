"""Find the quotation marks that belong together; it does not ask who is quoted.

Straight and curly, single and double marks are read. A mark inside a quotation belongs to the
quotation. Whether a straight mark opens or closes is told by its neighbours: it opens after a space
and closes after a letter. An apostrophe is no mark. A quotation that is not closed at the end of its
paragraph goes on in the next one if that begins with an opening mark, as newspapers print it.

Every mark is looked at once, so the time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile("[\"“”«»'‘’]")
_DOUBLE_OPENING, _DOUBLE_CLOSING = frozenset('"“«'), frozenset('"”»')
_SINGLE_OPENING, _SINGLE_CLOSING = frozenset("'‘"), frozenset("'’")
_BEFORE_OPENING = frozenset("([{/-–—:")
_PARAGRAPH = re.compile(r"[^\n]+")
_SOMEBODY_SAID = re.compile(r"[,?!](\s)(?:[^\s,]+\s){1,4}(?:said|says|told|added|noted)\b")
_CLOSING_MARKS = frozenset("\"”»'’")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, marks included, in code points.

    `closed` is false where the closing mark is missing; then it ends with its paragraph.
    """

    start: int
    end: int
    closed: bool = True

    def inner(self) -> tuple[int, int]:
        """Return start and end of the words without the marks around them."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text in their order; none lies inside another.

    >>> [text[q.start : q.end] for text in ['She said “no” and ‘left’.'] for q in quotations(text)]
    ['“no”', '‘left’']
    """
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first, last = paragraph.span()
        here = list(_in_paragraph(text, first, last))
        if here and found and _goes_on(text, found[-1], here[0], first):
            here[0] = Quotation(found.pop().start, here[0].end, here[0].closed)
        found += here
    return [quotation if quotation.closed else _mended(text, quotation) for quotation in found]


def _mended(text: str, quotation: Quotation) -> Quotation:
    """Where the closing mark was forgotten, the words end before a comma and *somebody said*."""
    tag = _SOMEBODY_SAID.search(text, quotation.start, quotation.end)
    return Quotation(quotation.start, tag.start(1), closed=False) if tag else quotation


def _goes_on(text: str, last: Quotation, following: Quotation, paragraph: int) -> bool:
    """A new paragraph that opens with a mark goes on with a quotation that was left open."""
    if last.closed or text[paragraph : following.start].strip():
        return False
    # Without a closing mark, only the paragraph just before it can be meant.
    return not text[last.end : paragraph].strip()


def _in_paragraph(text: str, first: int, last: int) -> Iterator[Quotation]:
    marks = [found.start() for found in _MARKS.finditer(text, first, last)]
    opens = [_may_open(text, at, first, last) for at in marks]
    closes = [_may_close(text, at, first, last) for at in marks]
    pairs = list(zip(closes, marks, strict=True))
    double = _next_of(text, marks, closes, _DOUBLE_CLOSING)
    single = _next_of(text, marks, closes, _SINGLE_CLOSING)
    sure = _next_of(text, marks, [c and not _plural(text, at) for c, at in pairs], _SINGLE_CLOSING)
    again = _next_of(text, marks, opens, _SINGLE_OPENING)
    number = 0
    while number < len(marks):
        at, mark = marks[number], text[marks[number]]
        number += 1
        if not opens[number - 1]:
            continue
        if mark in _DOUBLE_OPENING:
            closing = double[number]
        elif mark in _SINGLE_OPENING:
            closing = _single_closing(single[number], sure[number], again[number])
            if closing is None:
                continue  # an apostrophe
        else:
            continue
        if closing is None:
            yield Quotation(at, last, closed=False)
            return
        if text[at + 1 : marks[closing]].strip():
            yield Quotation(at, marks[closing] + 1)
        number = closing + 1


def _may_open(text: str, at: int, first: int, last: int) -> bool:
    if text[at] in "”»’":
        return False
    if at + 1 >= last or text[at + 1].isspace():
        return False
    if text[at] in "“«":
        return True
    if text[at] in "'‘" and text[at + 1].isdigit():
        return False  # '90s
    before = text[at - 1] if at > first else " "
    return before.isspace() or before in _BEFORE_OPENING or before in "\"“‘'"


def _may_close(text: str, at: int, first: int, last: int) -> bool:
    if text[at] in "“«‘" or at == first:
        return False
    if text[at] in "”»":
        return True
    after = text[at + 1] if at + 1 < last else " "
    if text[at] == '"':
        return not text[at - 1].isspace() or after.isspace()
    return not text[at - 1].isspace() and not after.isalnum()  # else an apostrophe


def _plural(text: str, at: int) -> bool:
    """Say whether the mark may be that of *the boats' crew*: after an s, before a small letter."""
    return text[at - 1] in "sS" and text[at + 1 : at + 3].strip()[:1].islower()


def _single_closing(first: int | None, sure: int | None, again: int | None) -> int | None:
    """Prefer a mark that is no plural's, unless another quotation opens before it."""
    if sure is None or (first is not None and again is not None and first < again < sure):
        return first
    return sure


def _next_of(
    text: str, marks: list[int], allowed: list[bool], kind: frozenset[str]
) -> list[int | None]:
    """For each place among the marks: the next mark of that kind that is allowed there."""
    following: list[int | None] = [None] * (len(marks) + 1)
    for number in range(len(marks) - 1, -1, -1):
        fits = allowed[number] and text[marks[number]] in kind
        following[number] = number if fits else following[number + 1]
    return following


def ends_a_sentence(text: str, quotation: Quotation) -> str:
    """Return the mark `.`, `?` or `!` with which the quoted words end, or nothing."""
    at = quotation.inner()[1] - 1
    while at > quotation.start and (text[at] in _CLOSING_MARKS or text[at].isspace()):
        at -= 1
    return text[at] if text[at] in ".?!…" else ""
