"""Score a matrix of texts and functions: yes or no balanced, and the words that show a yes.

Half the score is for yes and no, function by function and balanced in each: the mean of the recall on
both, rescaled so that the same answer for every text earns nothing. What all texts do, or none, is soon
said of all of them: it is not paid, and a mistake in it costs its share. Half is for the words, over the cells where the key says yes: of the
stretches that stand in a cell, those that pair with a key span (weight from .3 by the token rule)
are counted one to one, and up to as many strays as pairs cost nothing, so that whoever paints the
page is not paid for it. Words that are attached to three functions of a text or more show none of
them in particular, and are strays, unless the key has them there too. It knows no files and no widgets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from briefing.keys.matching import match
from briefing.keys.results import ItemResult, Verdict
from briefing.keys.tokens import TokenIndex

YES, NO = "yes", "no"
FUNCTIONS = 3
"""In so many functions of a text, or more, the same words show none of them."""


class MatrixEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key file says about one cell; spans count code points of the article."""

    present: bool
    spans: list[tuple[int, int]] = []
    why: str = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The key of one cell: whether the text does it, where (any of these spans), and why."""

    id: str
    article: str
    function: str
    present: bool
    spans: tuple[tuple[int, int], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class MatrixKey:
    """The key of a matrix: its cells in order, and the tokens of its texts by article."""

    cells: tuple[MatrixCell, ...]
    index: Mapping[str, TokenIndex]


@dataclass(frozen=True, slots=True)
class MatrixScore:
    """The score (0 to 1), how many cells are right in full, what is said of each, and remarks."""

    score: float
    found: int
    items: tuple[ItemResult, ...]
    notes: tuple[str, ...]


def score_matrix(key: MatrixKey, cells: Mapping[str, Any]) -> MatrixScore:
    """Score `cells` (cell id → `{"present": …, "spans": […]}`); cells left out earn nothing."""
    decided: list[tuple[MatrixCell, bool]] = []
    shown: list[float] = []
    items, notes = [], list[str]()
    everywhere = _everywhere(key, cells)
    for cell in key.cells:
        given = cells.get(cell.id) or {}
        present = given.get("present")
        decided.append((cell, present is cell.present))
        credit, attached = 1.0, False
        if cell.present:
            spans, strange = _inside(given.get("spans", ()), len(key.index[cell.article].text))
            if strange:
                notes.append(f"{cell.id}: words outside the text were not counted ({strange}).")
            strays = everywhere.get(cell.article, frozenset())
            credit = _credit(key.index[cell.article], cell.spans, spans, strays) if present else 0.0
            shown.append(credit)
            attached = bool(spans)
        items.append(_item(cell, present, credit, attached=attached))
    score = (_decisions(decided) + sum(shown) / len(shown)) / 2
    known = {cell.id for cell in key.cells}
    stray = [name for name in cells if name not in known]
    if stray:
        names = ", ".join(repr(name[:40]) for name in stray[:5])
        notes.append(f"Not cells of this question: {names}.")
    found = sum(item.verdict is Verdict.RIGHT for item in items)
    return MatrixScore(score, found, tuple(items), tuple(notes))


def _decisions(decided: Sequence[tuple[MatrixCell, bool]]) -> float:
    """Return what yes and no are worth, 0 to 1, given each cell and whether it was decided rightly."""
    by_function: dict[str, list[tuple[MatrixCell, bool]]] = {}
    for cell, right in decided:
        by_function.setdefault(cell.function, []).append((cell, right))
    differ = [own for own in by_function.values() if len({cell.present for cell, _ in own}) > 1]
    if not differ:  # one text, or texts that are all alike: its functions differ
        return _balanced(decided)
    alike = [own for own in by_function.values() if own not in differ]
    wrong = sum(not right for own in alike for _, right in own)
    return max(0.0, sum(map(_balanced, differ)) / len(differ) - wrong / len(decided))


def _balanced(decided: Sequence[tuple[MatrixCell, bool]]) -> float:
    """Return the mean recall on yes and on no, rescaled so that one answer throughout is 0."""
    recall = 0.0
    for present in (True, False):
        own = [right for cell, right in decided if cell.present is present]
        recall += sum(own) / len(own) / 2
    return max(0.0, 2 * recall - 1)


def _inside(spans: Iterable[Any], length: int) -> tuple[list[tuple[int, int]], int]:
    """The different spans that lie in the text, in order, and how many do not."""
    kept, strange = set[tuple[int, int]](), 0
    for span in spans:
        start, end = span
        if 0 <= start < end <= length:
            kept.add((start, end))
        else:
            strange += 1
    return sorted(kept), strange


def _everywhere(key: MatrixKey, cells: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    """By text, the words (as token positions) that stand in three cells or more.

    Word by word: stretches that are moved or cut a little from cell to cell were not read either. Nor was
    one cell left out, so that no word stands in all. Where the key has words in as many cells, they show it.
    """
    given: dict[str, Counter[int]] = {}
    shown: dict[str, Counter[int]] = {}
    for cell in key.cells:
        index = key.index[cell.article]
        spans, _ = _inside((cells.get(cell.id) or {}).get("spans", ()), len(index.text))
        for found, here in ((given, spans), (shown, cell.spans)):
            own = set[int]().union(*(index.positions(*span) for span in here))
            found.setdefault(cell.article, Counter()).update(own)
    return {
        article: frozenset(
            word
            for word, times in found.items()
            if times >= FUNCTIONS and shown[article][word] < FUNCTIONS
        )
        for article, found in given.items()
    }


def _credit(
    index: TokenIndex,
    wanted: Iterable[tuple[int, int]],
    given: Sequence[tuple[int, int]],
    strays: frozenset[int],
) -> float:
    """What the words of one cell are worth: 1 where at least half of them pair with a key span."""
    if not given:
        return 0.0
    marks = [index.positions(*span) for span in given]
    keys = [index.positions(*span) for span in sorted(wanted)]
    counted = [mark for mark in marks if 2 * len(strays.intersection(mark)) < len(mark)]
    return min(1.0, 2 * len(match(counted, keys)) / len(marks))


def _item(cell: MatrixCell, present: bool | None, credit: float, *, attached: bool) -> ItemResult:
    if present is None:
        verdict = Verdict.MISSED
    elif present is not cell.present:
        verdict = Verdict.WRONG
    else:
        verdict = Verdict.RIGHT if credit == 1 else Verdict.NEAR
    return ItemResult(
        target=cell.id,
        verdict=verdict,
        label="" if present is None else YES if present else NO,
        expected=YES if cell.present else NO,
        why=cell.why,
        counted=credit if cell.present and present and attached else None,
    )
