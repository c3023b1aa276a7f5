"""An article as a heat map of what a class marked or labelled, as escaped HTML; counts nothing itself.

Colour is never the only sign: five steps differ in their underline too, and the numbers stand in the
text. The words come from the article by their place, never from a student.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape
from msgspec import Struct

from briefing.corpus import Article, any_article, plain
from briefing.errors import BriefingError
from briefing.keys import Question, QuestionKey, Verdict
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.tokens import TokenIndex
from briefing.marking.class_report.lines import FEW
from briefing.marking.class_report.seen import OTHER
from briefing.marking.class_report.sums import QuestionSums
from briefing.percent import percent

STEPS = 5
THIN = 10
"""Where a whole text is asked for, a sentence outside the key is shown if one in so many marked it."""


class MapSentence(Struct, frozen=True):
    """One sentence of the map: its id, its words as HTML, and the numbers behind it in words."""

    id: str
    html: Markup
    told: tuple[str, ...] = ()


class HeatMap(Struct, frozen=True):
    """A map: what it shows, of how many students, and its sentences in the order of the text."""

    title: str
    students: int
    passages: tuple[MapSentence, ...]
    marks: bool
    thinned: bool = False


def step(part: int, whole: int) -> int:
    """Return 0 for none, else the fifth that a share lies in, 1 to 5."""
    return -(-STEPS * part // whole) if whole and part else 0


def heat_maps(
    question: Question, key: QuestionKey, sums: QuestionSums, students: int
) -> tuple[HeatMap, ...]:
    """Return the maps of a question; () where it asks for no labels or marks in a text."""
    match key.machine:
        case LabelsKey() as machine:
            return (_labels(question, machine, sums, students),)
        case MarksKey() as machine:
            layers = [label.id for label in question.labels] or [OTHER]
            return tuple(_marks(question, machine, sums, students, layer) for layer in layers)
        case MatrixKey() as machine:
            return tuple(_cells(question, machine, sums))
        case _:
            return ()


def _labels(question: Question, key: LabelsKey, sums: QuestionSums, students: int) -> HeatMap:
    article = any_article(question.article)
    passages = []
    for one in key.sentences:
        item = sums.items.get(one.sentence)
        given: Counter[str] = Counter()
        right = 0
        for (verdict, label), n in item.given.items() if item else ():
            given[label] += n
            right += n if verdict is Verdict.RIGHT else 0
        labelled = sum(n for label, n in given.items() if label)
        words = escape(_words(article, one.start, one.end))
        level = step(labelled - right, labelled)
        html = Markup('<span class="heat h{}">{}</span>').format(level, words)
        here = sorted(key.accepted_here.get(one.sentence, ()))
        accepted = (one.label, *one.accepted, *here)
        told = [
            f"{question.label_name(label) if label != OTHER else 'not offered'} {n} "
            f"({percent(n, labelled)} %){', the key' if label in accepted else ''}"
            for label, n in sorted(given.items(), key=lambda pair: (-pair[1], pair[0]))
            if label
        ]
        told += [
            f"{question.label_name(label)} 0, the key"
            for label in dict.fromkeys(accepted)
            if not given[label]
        ]
        if given[""]:
            told.append(f"no label {given['']}")
        passages.append(MapSentence(one.sentence, html, tuple(told)))
    title = "The share that gave another label than the key accepts"
    return HeatMap(title, students, tuple(passages), marks=False)


def _marks(
    question: Question, key: MarksKey, sums: QuestionSums, students: int, layer: str
) -> HeatMap:
    article = any_article(question.article)
    counts = sums.layers.get(layer, Counter())
    spans = [
        (span.start, span.end)
        for span in key.ordered
        if span.status is SpanStatus.REQUIRED and span.label == layer
    ]
    decoys = [
        (span.start, span.end) for span in key.ordered if span.status is SpanStatus.LOOK_ALIKE
    ]
    asked = key.asked or None
    title = f"Marked as: {question.label_name(layer)}" if layer != OTHER else "Marked"
    passages = _passages(article, key.index, counts, students, spans, decoys, asked)
    return HeatMap(title, students, passages, marks=True, thinned=asked is None)


def _cells(question: Question, key: MatrixKey, sums: QuestionSums) -> list[HeatMap]:
    names = {function.id: function.name for function in question.functions}
    maps = []
    for cell in key.cells:
        item = sums.items.get(cell.id)
        said = sum(n for (_, given), n in item.given.items() if given == "yes") if item else 0
        counts = sums.layers.get(cell.id, Counter())
        if said < FEW:
            continue
        article, index = any_article(cell.article), key.index[cell.article]
        title = (
            f"Article {cell.article}: words shown for “{names.get(cell.function, cell.function)}”"
        )
        passages = _passages(article, index, counts, said, list(cell.spans), [], None)
        maps.append(HeatMap(title, said, passages, marks=True, thinned=True))
    return maps


def _passages(
    article: Article,
    index: TokenIndex,
    counts: Counter[int],
    students: int,
    spans: list[tuple[int, int]],
    decoys: list[tuple[int, int]],
    asked: Sequence[tuple[int, int]] | None,
) -> tuple[MapSentence, ...]:
    """The sentences asked for, or those where something was marked or should have been."""
    covered = [
        (index.starts[token], index.ends[token], n) for token, n in sorted(counts.items()) if n
    ]
    found = []
    for segment in article.segments:
        start, end = segment.span.start, segment.span.end
        if asked is not None and not any(a < end and start < b for a, b in asked):
            continue
        inside = [one for one in covered if one[0] < end and start < one[1]]
        here = [one for one in spans if one[0] < end and start < one[1]]
        most = max((n for _, _, n in inside), default=0)
        if asked is None and not here and (not most or most * THIN < students):
            continue
        html = _heated(article, (start, end), inside, students, here, decoys)
        found.append(MapSentence(segment.id, html))
    return tuple(found)


def _heated(
    article: Article,
    where: tuple[int, int],
    covered: Sequence[tuple[int, int, int]],
    students: int,
    spans: Sequence[tuple[int, int]],
    decoys: Sequence[tuple[int, int]],
) -> Markup:
    """One sentence: runs of words in the same step together, key spans in brackets."""
    start, end = where
    runs = list[list[int]]()  # start, end, step, the most students on a word of it
    for first, last, n in covered:
        level = step(n, students)
        gap = runs and article.text[runs[-1][1] : first]
        if runs and runs[-1][2] == level and gap is not None and not _token_in(str(gap)):
            runs[-1][1], runs[-1][3] = last, max(runs[-1][3], n)
        else:
            runs.append([first, last, level, n])
    borders = sorted(
        {start, end}
        | {min(max(at, start), end) for run in runs for at in run[:2]}
        | {min(max(at, start), end) for span in (*spans, *decoys) for at in span}
    )
    parts = []
    for left, right in pairwise(borders):
        run = next((r for r in runs if r[0] <= left and right <= r[1]), None)
        keyed = next((s for s in spans if s[0] <= left and right <= s[1]), None)
        decoy = next((s for s in decoys if s[0] <= left and right <= s[1]), None)
        piece = escape(_words(article, left, right))
        kinds = [f"heat h{run[2]}"] if run else []
        kinds += ["key"] if keyed else ["decoy"] if decoy else []
        if kinds:
            piece = Markup('<span class="{}">{}</span>').format(" ".join(kinds), piece)
        if run and run[1] == right:
            piece += Markup("<sup>{}</sup>").format(run[3])
        if any(s[0] == left for s in spans):
            piece = Markup('<b class="edge">[</b>') + piece
        if any(s[1] == right for s in spans):
            piece += Markup('<b class="edge">]</b>')
        parts.append(piece)
    return Markup("").join(parts)


def _token_in(gap: str) -> bool:
    """Whether a word stands between two marked ones; a, an and the are no words here."""
    from briefing.keys.tokens import tokens

    return bool(tokens(gap))


def _words(article: Article, start: int, end: int) -> str:
    return plain(article.text[start:end])


def article_line(question: Question) -> str:
    """Say which article a question is about; "" where it names none."""
    try:
        article = any_article(question.article)
    except BriefingError:
        return ""
    title = article.title or article.outlet
    return f"Article {article.id}: {title}" if title else f"Article {article.id}"
