"""The sentences of an article with a student's marks in them, and what is said about each; no files."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from briefing.corpus import Article, plain
from briefing.keys import ItemResult, Question, Verdict
from briefing.keys.marks import MarksKey
from briefing.keys.remembered import Remembered
from briefing.marking.highlight import Layer, highlighted
from briefing.marking.lines import Line, line_of

SHOWN_MARKS = 300
"""Marks of one answer that a page shows; a file may hold thousands, one over the other."""


MOST_LINES = 2_000
MOST_PASSAGES = 1_500
"""What is kept of one question, some KB each at most: a class has few sentences, marked much alike."""


class Passage(Struct, frozen=True):
    """A sentence of the article with marks in it, and what is said about them."""

    id: str
    html: Markup
    lines: tuple[Line, ...]
    more: str = ""
    nothing: str = "Nothing was marked here, and nothing had to be."


class _Here(Struct, frozen=True, gc=False):
    """A mark in a sentence, its number on the page, and whether this is the sentence that tells of it."""

    item: ItemResult
    number: str
    tells: bool

    @property
    def alike(self) -> tuple[ItemResult, str, bool]:
        """The same without the mark's own id in its student's file."""
        return replace(self.item, target=""), self.number, self.tells


class Passages:
    """The asked sentences of one question, as pages show them with a student's marks in them."""

    def __init__(self, key: MarksKey, question: Question, article: Article) -> None:
        """Take in what is the same for every student.

        Args:
            key: what the marks are scored against.
            question: what was asked.
            article: the text.
        """
        self._question = question
        self._article = article
        asked = key.asked or tuple((s.span.start, s.span.end) for s in article.sentences)
        self._asked = sorted(asked)
        self._starts = [start for start, _ in self._asked]
        self._ends = [end for _, end in self._asked]
        self._names = {segment.span.start: segment.id for segment in article.segments}
        self._lines = Remembered[ItemResult, Line](MOST_LINES)
        self._known = Remembered[tuple[Any, ...], Passage](MOST_PASSAGES)

    def of(self, items: Sequence[ItemResult]) -> tuple[Passage, ...]:
        """Return the asked sentences, and at the end what stands elsewhere.

        Args:
            items: what is said of each mark.
        """
        items, hidden = _shown_marks(items)
        own = sorted(
            (i for i in items if i.verdict is not Verdict.MISSED and i.start is not None),
            key=lambda i: (i.start, i.end, i.target),
        )
        numbers = {item.target: str(n) for n, item in enumerate(own, 1)}
        here: list[list[_Here]] = [[] for _ in self._asked]
        rest = []
        for item in items:
            touched = self._touched(item)
            number = numbers.get(item.target, "")
            for place in touched:
                here[place].append(_Here(item, number, place == touched[0]))
            if not touched:
                rest.append((item, number))
        shown = [self._passage(place, marks) for place, marks in enumerate(here)]
        if rest:
            lines = tuple([self._line(item, number) for item, number in rest[:50]])
            shown.append(Passage("", Markup(""), lines))
        if hidden:
            more = f"{hidden:,} more marks are counted and not shown here: the file has them."
            shown.append(Passage("", Markup(""), (), more))
        return tuple(shown)

    def _touched(self, item: ItemResult) -> range:
        """Return the places of the asked sentences that a mark stands in; the first tells of it."""
        if item.start is None:
            return range(0)
        end = item.end or item.start + 1
        return range(bisect_right(self._ends, item.start), bisect_left(self._starts, end))

    def _passage(self, place: int, marks: list[_Here]) -> Passage:
        told = [one for one in marks if one.tells]
        if len(told) > 1:
            told.sort(key=lambda one: (one.item.start, one.item.end, one.item.target))
        # Whoever marks a sentence alike sees it alike; only the marks' own ids are others.
        name = (place, *[one.alike for one in marks], *[one.alike for one in told])
        known = self._known.get(name)
        if known is None:
            start, end = self._asked[place]
            layers = [_layer(one.item, one.number) for one in marks]
            known = self._known[name] = Passage(
                self._names.get(start, ""),
                highlighted(self._article.text, start, end, layers),
                tuple([self._line(one.item, one.number) for one in told]),
                **({"nothing": _begun_before(marks)} if marks and not told else {}),
            )
        return known

    def _line(self, item: ItemResult, number: str) -> Line:
        name = replace(item, target="")
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = mark_line(item, self._question, self._article)
        own = number and item.verdict is not Verdict.MISSED
        return replace(line, number=number) if own else line


def _shown_marks(items: Sequence[ItemResult]) -> tuple[list[ItemResult], int]:
    """Return what a page has room for, in its order, and how many marks it leaves out.

    What was missed and what found something is shown first.
    """
    strays = [n for n, item in enumerate(items) if item.verdict in (Verdict.EXTRA, Verdict.NOTE)]
    left_out = set(strays[SHOWN_MARKS:])
    return [item for n, item in enumerate(items) if n not in left_out], len(left_out)


def _begun_before(marks: Sequence[_Here]) -> str:
    """Say of a sentence in which marks only end where the page tells of them."""
    numbers = [one.number for one in marks if one.number]
    if not numbers:  # a place of the key across a border
        return "This place begins in a sentence further up, and is told there."
    if len(numbers) == 1:
        return f"Mark {numbers[0]} begins in a sentence further up, and is told there."
    return f"Marks {', '.join(numbers)} begin in sentences further up, and are told there."


def _layer(item: ItemResult, number: str) -> Layer:
    missed = item.verdict is Verdict.MISSED
    label = item.expected if missed else item.label
    kind = f"{'key' if missed else 'own'}-{look_of(label)}"
    return Layer(item.start or 0, item.end or 0, kind, number)


def look_of(label: str) -> str:
    """Return how marks with a label look on the page: says-words in one way, all others in another."""
    return "cue" if label == "cue" else "source"


def legend(question: Question) -> tuple[tuple[str, str], ...]:
    """Return each look of a student's marks with what it means; other kinds of questions have none."""
    if question.kind != "marks":
        return ()
    looks: dict[str, list[str]] = {}
    for label in question.labels:
        looks.setdefault(look_of(label.id), []).append(label.name)
    if len(looks) < 2:  # then the look tells no label: it stands behind each mark in words
        return tuple((look, "your mark") for look in looks)
    return tuple((look, f"your mark: {' or '.join(names)}") for look, names in looks.items())


def mark_line(item: ItemResult, question: Question, article: Article) -> Line:
    """Return what a page says of one mark, whatever its number and its id in the file."""
    words = plain(article.text[item.start or 0 : item.end or 0])
    quote = words if len(words) <= 160 else f"{words[:80]} … {words[-60:]}"
    line = line_of(item, question, quote)
    paid = item.verdict in (Verdict.RIGHT, Verdict.NEAR, Verdict.WRONG)
    if paid and (item.extent or 1) < 1 and item.key_start is not None:
        asked = plain(article.text[item.key_start : item.key_end])
        said = f"The key has “{asked}”."
        if question.extent != "marked":
            whole = (item.counted or 0) == 1
            said += " That costs nothing." if whole else " Yours covers more, so it counts in part."
        line = replace(line, text=f"{line.text} {said}")
    return line
