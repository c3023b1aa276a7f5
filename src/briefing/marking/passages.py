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
from briefing.marking.numbered import place
from briefing.marking.verdict_lines import VerdictLine, verdict_line

SHOWN_MARKS = 300
"""Marks of one answer that a page shows; a file may hold thousands, one over the other."""


MOST_LINES = 2_000
MOST_PASSAGES = 1_500
"""What is kept of one question, some KB each at most: a class has few sentences, marked much alike."""


class Shape(Struct, frozen=True):
    """A sentence of the article with marks in it, and what is said about them.

    The marks' numbers are places to be filled (see `numbered`), so that it is the same on many pages.
    """

    id: str
    html: Markup
    lines: tuple[VerdictLine, ...]
    more: str = ""
    nothing: str = "Nothing was marked here, and nothing had to be."


class Passage(Struct, frozen=True):
    """A shape, and the number of its first mark on this page."""

    shape: Shape
    first: int = 0


class _Here(Struct, frozen=True, gc=False):
    """A mark in a sentence, its number on the page, and whether this is the sentence that tells of it.

    Attributes:
        item: what is said of it.
        alike: the same without the mark's own id in its student's file.
        number: counted from 1; 0 for what was missed.
        tells: whether it is told of here.
    """

    item: ItemResult
    alike: ItemResult
    number: int
    tells: bool


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
        self._lines = Remembered[ItemResult, VerdictLine](MOST_LINES)
        self._known = Remembered[tuple[Any, ...], Shape](MOST_PASSAGES)

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
        numbers = {item.target: n for n, item in enumerate(own, 1)}
        here: list[list[_Here]] = [[] for _ in self._asked]
        rest = []
        for item in items:
            touched = self._touched(item)
            number = numbers.get(item.target, 0)
            alike = replace(item, target="")
            for at in touched:
                here[at].append(_Here(item, alike, number, at == touched[0]))
            if not touched:
                rest.append(_Here(item, alike, number, True))
        shown = [self._passage(at, marks) for at, marks in enumerate(here)]
        if rest:
            lines = tuple([self._line(one, 0) for one in rest[:50]])
            shown.append(Passage(Shape("", Markup(""), lines)))
        if hidden:
            more = f"{hidden:,} more marks are counted and not shown here: the file has them."
            shown.append(Passage(Shape("", Markup(""), (), more)))
        return tuple(shown)

    def _touched(self, item: ItemResult) -> range:
        """Return the places of the asked sentences that a mark stands in; the first tells of it."""
        if item.start is None:
            return range(0)
        end = item.end or item.start + 1
        return range(bisect_right(self._ends, item.start), bisect_left(self._starts, end))

    def _passage(self, at: int, marks: list[_Here]) -> Passage:
        told = [n for n, one in enumerate(marks) if one.tells]
        if len(told) > 1:
            told.sort(key=lambda n: _in_text(marks[n].item))
        first = min([one.number for one in marks if one.number], default=0)
        # Whoever marks a sentence alike sees it alike, but for the marks' numbers and their own ids.
        name = (
            at,
            *[(one.alike, one.number and one.number - first + 1, one.tells) for one in marks],
            *told,
        )
        known = self._known.get(name)
        if known is None:
            start, end = self._asked[at]
            known = self._known[name] = Shape(
                self._names.get(start, ""),
                highlighted(self._article.text, start, end, [_layer(m, first) for m in marks]),
                tuple([self._line(marks[n], first) for n in told]),
                **({"nothing": _begun_before(marks, first)} if marks and not told else {}),
            )
        return Passage(known, first)

    def _line(self, one: _Here, first: int) -> VerdictLine:
        line = self._lines.get(one.alike)
        if line is None:
            line = self._lines[one.alike] = mark_line(one.alike, self._question, self._article)
        own = one.number and one.item.verdict is not Verdict.MISSED
        return replace(line, number=_place(one, first)) if own else line


def _in_text(item: ItemResult) -> tuple[int, int, str]:
    return item.start or 0, item.end or 0, item.target


def _place(one: _Here, first: int) -> str:
    """Return what stands for the number of a mark; "" where it has none."""
    return place(one.number - first) if one.number else ""


def _shown_marks(items: Sequence[ItemResult]) -> tuple[list[ItemResult], int]:
    """Return what a page has room for, in its order, and how many marks it leaves out.

    What was missed and what found something is shown first.
    """
    strays = [n for n, item in enumerate(items) if item.verdict in (Verdict.EXTRA, Verdict.NOTE)]
    left_out = set(strays[SHOWN_MARKS:])
    return [item for n, item in enumerate(items) if n not in left_out], len(left_out)


def _begun_before(marks: Sequence[_Here], first: int) -> str:
    """Say of a sentence in which marks only end where the page tells of them."""
    numbers = [_place(one, first) for one in marks if one.number]
    if not numbers:  # a place of the key across a border
        return "This place begins in a sentence further up, and is told there."
    if len(numbers) == 1:
        return f"Mark {numbers[0]} begins in a sentence further up, and is told there."
    return f"Marks {', '.join(numbers)} begin in sentences further up, and are told there."


def _layer(one: _Here, first: int) -> Layer:
    item = one.item
    missed = item.verdict is Verdict.MISSED
    label = item.expected if missed else item.label
    kind = f"{'key' if missed else 'own'}-{look_of(label)}"
    return Layer(item.start or 0, item.end or 0, kind, _place(one, first))


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


def mark_line(item: ItemResult, question: Question, article: Article) -> VerdictLine:
    """Return what a page says of one mark, whatever its number and its id in the file."""
    words = plain(article.text[item.start or 0 : item.end or 0])
    quote = words if len(words) <= 160 else f"{words[:80]} … {words[-60:]}"
    line = verdict_line(item, question, quote)
    paid = item.verdict in (Verdict.RIGHT, Verdict.NEAR, Verdict.WRONG)
    if paid and (item.extent or 1) < 1 and item.key_start is not None:
        asked = plain(article.text[item.key_start : item.key_end])
        said = f"The key has “{asked}”."
        if question.extent != "marked":
            whole = (item.counted or 0) == 1
            said += " That costs nothing." if whole else " Yours covers more, so it counts in part."
        line = replace(line, text=f"{line.text} {said}")
    return line
