"""The sentences of an article with a student's marks in them, and what is said about each; no files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from msgspec.structs import replace

from briefing.corpus import Article, plain
from briefing.keys import ItemResult, Question, Verdict
from briefing.keys.marks import MarksKey
from briefing.marking.highlight import Layer, highlighted
from briefing.marking.lines import Line, line_of

SHOWN_MARKS = 300
"""Marks of one answer that a page shows; a file may hold thousands, one over the other."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the article with marks in it, and what is said about them."""

    id: str
    html: Markup
    lines: tuple[Line, ...]
    more: str = ""


def passages(
    key: MarksKey,
    items: Sequence[ItemResult],
    article: Article,
    line_for: Callable[[ItemResult], Line],
) -> tuple[Passage, ...]:
    """Return the asked sentences, and at the end what stands elsewhere.

    Args:
        key: what the marks were scored against.
        items: what is said of each mark.
        article: the text.
        line_for: what a page says of a mark, its number left out: see `mark_line`.
    """
    asked = key.asked or tuple((s.span.start, s.span.end) for s in article.sentences)
    items, hidden = _shown_marks(items)
    own = sorted(
        (i for i in items if i.verdict is not Verdict.MISSED and i.start is not None),
        key=lambda i: (i.start, i.end, i.target),
    )
    numbers = {item.target: str(n) for n, item in enumerate(own, 1)}

    def numbered(item: ItemResult) -> Line:
        number = "" if item.verdict is Verdict.MISSED else numbers.get(item.target, "")
        line = line_for(item)
        return replace(line, number=number) if number else line

    layers = [_layer(item, numbers.get(item.target, "")) for item in items]
    names = {segment.span.start: segment.id for segment in article.segments}
    told: set[int] = set()
    shown = []
    for start, end in asked:
        here = [
            (n, item)
            for n, item in enumerate(items)
            if n not in told
            and item.start is not None
            and item.start < end
            and start < (item.end or item.start + 1)
        ]
        told.update(n for n, _ in here)
        here.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[1].target))
        lines = tuple([numbered(item) for _, item in here])
        shown.append(
            Passage(names.get(start, ""), highlighted(article.text, start, end, layers), lines)
        )
    rest = [item for n, item in enumerate(items) if n not in told]
    if rest:
        lines = tuple([numbered(item) for item in rest[:50]])
        shown.append(Passage("", Markup(""), lines))
    if hidden:
        more = f"{hidden:,} more marks are counted and not shown here: the file has them."
        shown.append(Passage("", Markup(""), (), more))
    return tuple(shown)


def _shown_marks(items: Sequence[ItemResult]) -> tuple[list[ItemResult], int]:
    """Return what a page has room for, in its order, and how many marks it leaves out.

    What was missed and what found something is shown first.
    """
    strays = [n for n, item in enumerate(items) if item.verdict in (Verdict.EXTRA, Verdict.NOTE)]
    left_out = set(strays[SHOWN_MARKS:])
    return [item for n, item in enumerate(items) if n not in left_out], len(left_out)


def _layer(item: ItemResult, number: str) -> Layer:
    missed = item.verdict is Verdict.MISSED
    label = item.expected if missed else item.label
    kind = f"{'key' if missed else 'own'}-{'cue' if label == 'cue' else 'source'}"
    return Layer(item.start or 0, item.end or 0, kind, number)


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
