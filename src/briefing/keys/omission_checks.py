"""Do omission cards keep the course's own rules? Says what is wrong, row by row; mends nothing.

A card that breaks a rule would mark students by it: words that are not absent, a record that came
after the article, a verdict that its own dates do not carry, a set in which one answer wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from briefing.corpus import (
    CATEGORIES,
    LANES,
    Article,
    Lane,
    Span,
    TableError,
    articles,
    categories,
    evidence,
    find_words,
)
from briefing.corpus.absence import SEARCHED_PARTS, WordUnsearchable
from briefing.keys.omissions import OmissionRow, read_cards

LEAST_CARDS = 8
"""How many cards an article has at least."""
LEAST_OWN = 2
"""How many words of a card are not on its category's list, at least."""


def checked_cards(path: Path) -> tuple[OmissionRow, ...]:
    """Return the cards of a settled table once every rule was tried.

    Raises:
        TableError: the table breaks a rule; the first is told, with file and row.
    """
    rows = read_cards(path)
    for fault in (*(f"row {row.id}: {f}" for row in rows for f in card_faults(row)),
                  *set_faults(rows)):  # fmt: skip
        raise TableError(f"The table {path}, {fault}")
    return rows


def best_lane(lanes: Iterable[Lane]) -> Lane | None:
    """Return the earliest of the lanes; None where there are none."""
    return min(lanes, key=LANES.index, default=None)


def card_faults(row: OmissionRow) -> Iterator[str]:
    """Yield what is wrong with one card, each as a sentence."""
    article = articles[row.article]
    if not _in_story(article, row.span):
        yield f"{row.start}-{row.end} lies in no sentence of the story."
    yield from _absence_faults(row, article)
    known = {one["id"] for one in evidence()}
    unknown = [name for name in row.rows if name not in known]
    if unknown:
        yield f"data/evidence.csv has no row {', '.join(unknown)}."
    else:
        yield from _verdict_faults(row, best_lane(row.lanes().values()))


def _in_story(article: Article, span: Span) -> bool:
    return any(s.part in SEARCHED_PARTS and s.span.contains(span) for s in article.segments)


def _absence_faults(row: OmissionRow, article: Article) -> Iterator[str]:
    own = set(row.terms) - set(categories()[row.category].words)
    if len(own) < LEAST_OWN:
        yield f"at least {LEAST_OWN} words must be its own, not on the list of {row.category}."
    outside = [span for span in row.nearest if not _in_story(article, span)]
    if outside:
        yield f"{outside[0].start}-{outside[0].end} lies in no sentence of the story."
        return
    shown = {s.id for s in article.segments for span in row.nearest if s.span.contains(span)}
    try:
        found = find_words(article, row.terms)
    except WordUnsearchable as problem:
        yield str(problem)
        return
    for one in found:
        if one.segment not in shown:
            yield (
                f"“{one.word}” stands at {one.span.start}-{one.span.end}, in a sentence that "
                "absence_result does not show."
            )


def _verdict_faults(row: OmissionRow, lane: Lane | None) -> Iterator[str]:
    if (row.verdict == "established") != (row.gate == "all"):
        yield "the gate is “all” where and only where the verdict is established."
    if row.verdict == "established" and lane != "before":
        yield "no row comes before the article, so it cannot be established."
    if row.verdict == "plausible" and lane not in ("before", "same_day"):
        yield "no row comes before the article or on its day, so it is not shown."
    if lane == "later" and row.gate not in ("date", "absent", "evidence"):
        # A text that says it, or a row that says otherwise, decides whatever the dates are.
        yield "every row is later than the article, so “date”, “absent” or “evidence” decides."
    if row.gate == "date" and lane not in ("later", "same_day"):
        yield "the gate “date” needs rows, all later than the article or of its day."
    if row.gate == "absent" and not row.nearest:
        yield "the text is to say it, but absence_result shows no place."


def set_faults(rows: Sequence[OmissionRow]) -> Iterator[str]:
    """Yield what is wrong with the cards together, each as a sentence.

    Each article needs enough cards, half of them to accept (within one), in the order of the text;
    no gate may decide more than half of those to reject; all five articles use every category.
    """
    by_article: dict[str, list[OmissionRow]] = {}
    for row in rows:
        by_article.setdefault(row.article, []).append(row)
    for article, cards in by_article.items():
        if len(cards) < LEAST_CARDS:
            yield f"article {article}: {len(cards)} cards, and {LEAST_CARDS} are needed."
        accepted = sum(card.decision == "accept" for card in cards)
        if abs(2 * accepted - len(cards)) > 1:
            yield f"article {article}: {accepted} of {len(cards)} cards are to be accepted, not half."
        ids = [f"{article}.c{number:02}" for number in range(1, len(cards) + 1)]
        if [card.id for card in cards] != ids:
            yield f"article {article}: its cards must be numbered {ids[0]} to {ids[-1]} in order."
        if [card.span for card in cards] != sorted(card.span for card in cards):
            yield f"article {article}: its cards do not stand in the order of the text."
    order = [row.article for row in rows]
    if order != sorted(order):
        yield "the cards must be sorted by article."
    rejected = Counter(row.gate for row in rows if row.decision == "reject")
    for gate, number in rejected.items():
        if 2 * number > rejected.total():
            yield f"the gate “{gate}” decides {number} of {rejected.total()} cards to be rejected."
    unused = [name for name in CATEGORIES if name not in {row.category for row in rows}]
    if unused and set(by_article) == set(articles):
        yield f"no card is about {', '.join(unused)}."
