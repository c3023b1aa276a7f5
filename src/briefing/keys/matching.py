"""Pair marks with key spans one to one, for the greatest total overlap; gives no points.

The weight of a pair is w(s,k) = 2|s∩k| / (|s|+|k|) over token positions; a pair counts from .3.
Weights are kept as whole numbers, so that a tie is a tie on every machine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import lcm

from msgspec import Struct

from briefing.keys.remembered import Remembered
from briefing.keys.tokens import shared

LEAST = (3, 10)
"""The smallest weight that counts, as a fraction."""


class Pair(Struct, frozen=True, gc=False):
    """A mark and the key span it was matched with, by their places in the two lists."""

    mark: int
    key: int
    weight: float


Weight = tuple[int, int]  # numerator, denominator
Group = tuple[list[int], list[int]]  # marks and key spans that are in one another's way, by place

MOST_GROUPS, LARGEST_GROUP = 5_000, 8
"""Of how many groups it is kept how they were paired, and of how many marks at most: a hostile file
may make thousands on one word."""


class Places:
    """Key spans in the order of their starts, made once, so that those at a mark are found at once."""

    def __init__(self, keys: Sequence[range]) -> None:
        """Take in the token positions of each key span."""
        self.keys = keys
        self._order = sorted(range(len(keys)), key=lambda j: keys[j].start)
        self._starts = [keys[j].start for j in self._order]
        self._longest = max(map(len, keys), default=0)
        self._known = Remembered[tuple[int, int], tuple[tuple[int, Weight], ...]]()
        self._groups = Remembered[tuple[tuple[object, ...], ...], tuple[Pair, ...]](MOST_GROUPS)

    def near(self, mark: range) -> list[int]:
        """Return the places of all key spans that may overlap `mark`, by their starts.

        Only spans that begin before a mark's end, and not further before its start than the longest
        is long, can overlap it.
        """
        low = bisect_right(self._starts, mark.start - self._longest)
        return self._order[low : bisect_left(self._starts, mark.stop)]

    def weighed(self, mark: range) -> tuple[tuple[int, Weight], ...]:
        """Return the places of all key spans that count as a pair with `mark`, each with its weight."""
        place = (mark.start, mark.stop)
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = tuple(self._weighed(mark))
        return known

    def paired(
        self,
        marks: Sequence[range],
        group: Group,
        edges: Mapping[tuple[int, int], Weight],
        alike: Callable[[int, int], bool],
    ) -> list[Pair]:
        """Return the pairs in a group of marks and key spans that are in one another's way.

        They hang on where the marks stand and which of their labels are right, and on nothing else: so
        they are found once for all who make the same marks.
        """
        some, _ = group
        if len(some) > LARGEST_GROUP:
            return _paired(group, edges, alike)
        name = tuple(
            [
                (marks[i].start, marks[i].stop, *[alike(i, j) for j, _ in self.weighed(marks[i])])
                for i in some
            ]
        )
        known = self._groups.get(name)
        if known is None:
            known = self._groups[name] = tuple(
                Pair(some.index(pair.mark), pair.key, pair.weight)
                for pair in _paired(group, edges, alike)
            )
        return [Pair(some[pair.mark], pair.key, pair.weight) for pair in known]

    def _weighed(self, mark: range) -> Iterator[tuple[int, Weight]]:
        for j in self.near(mark):
            common = 2 * shared(mark, self.keys[j])
            total = len(mark) + len(self.keys[j])
            if common and common * LEAST[1] >= total * LEAST[0]:
                yield j, (common, total)


def weight(mark: range, key: range) -> float:
    """Return w(s,k) for two ranges of token positions: 0 (nothing shared) to 1 (the same)."""
    total = len(mark) + len(key)
    return 2 * shared(mark, key) / total if total else 0.0


def match(
    marks: Sequence[range],
    keys: Sequence[range] | Places,
    alike: Callable[[int, int], bool] = lambda mark, key: False,
) -> list[Pair]:
    """Return the one-to-one pairs of greatest total weight, in the order of the marks.

    Among assignments of equal total those with the most pairs that are `alike` stand; among these
    the first mark gets the first key span that it can have, then the second mark, and so on: with
    both lists in order of offsets, ties go to the lowest offsets.

    Args:
        marks: token positions of each mark, in order of offsets.
        keys: token positions of each key span, in order of offsets; as `Places` where they are
            matched again and again.
        alike: says of a mark and a key span, by their places, whether they carry the same label.
    """
    places = keys if isinstance(keys, Places) else Places(keys)
    weighed = [places.weighed(mark) for mark in marks]
    rivals: dict[int, int] = {}
    for here in weighed:
        for j, _ in here:
            rivals[j] = rivals.get(j, 0) + 1
    pairs: list[Pair] = []
    contested: dict[tuple[int, int], Weight] = {}
    for i, here in enumerate(weighed):
        if len(here) == 1 and rivals[here[0][0]] == 1:
            [(j, (common, total))] = here
            pairs.append(Pair(i, j, common / total))
        else:
            for j, w in here:
                contested[i, j] = w
    for group in _components(contested) if contested else ():
        pairs += places.paired(marks, group, contested, alike)
    return sorted(pairs, key=lambda pair: pair.mark)


def _paired(
    group: Group, edges: Mapping[tuple[int, int], Weight], alike: Callable[[int, int], bool]
) -> list[Pair]:
    marks, keys = group
    if len(marks) == 1 or len(keys) == 1:
        return [_best(marks, keys, edges, alike)]
    return _assign(marks, keys, edges, alike)


def _components(edges: Mapping[tuple[int, int], Weight]) -> list[Group]:
    """Split the pairs that count into groups that cannot influence one another."""
    marks_of: dict[int, list[int]] = {}
    keys_of: dict[int, list[int]] = {}
    for i, j in edges:
        keys_of.setdefault(i, []).append(j)
        marks_of.setdefault(j, []).append(i)
    groups = []
    seen: set[int] = set()
    for first in keys_of:
        if first in seen:
            continue
        group_marks, group_keys, waiting = {first}, set[int](), [first]
        while waiting:
            for j in keys_of[waiting.pop()]:
                if j not in group_keys:
                    group_keys.add(j)
                    new = set(marks_of[j]) - group_marks
                    group_marks |= new
                    waiting += new
        seen |= group_marks
        groups.append((sorted(group_marks), sorted(group_keys)))
    return groups


def _best(
    marks: list[int],
    keys: list[int],
    edges: Mapping[tuple[int, int], Weight],
    alike: Callable[[int, int], bool],
) -> Pair:
    """Return the best pair of one mark with several key spans, or of several with one."""
    scale = lcm(*(edges[i, j][1] for i in marks for j in keys))
    # Greatest weight, then alike, then the first: in whole numbers, so that a tie is a tie.
    _, _, i, j = max(
        (edges[i, j][0] * (scale // edges[i, j][1]), alike(i, j), -i, -j)
        for i in marks
        for j in keys
    )
    common, total = edges[-i, -j]
    return Pair(-i, -j, common / total)


def _assign(
    marks: list[int],
    keys: list[int],
    edges: Mapping[tuple[int, int], Weight],
    alike: Callable[[int, int], bool],
) -> list[Pair]:
    marks = _worth_trying(marks, keys, edges, alike)
    scale = lcm(*(edges[i, j][1] for i in marks for j in keys if (i, j) in edges))
    base = len(keys) + 1
    top = base ** len(marks)
    # Each weight is a whole number with the tie rules in its low digits: how many pairs are alike,
    # then one digit (in base `base`) per mark, the first mark's the highest, larger for an earlier
    # key span.
    heavy = top * (len(marks) + 1)
    table = [
        [
            edges[i, j][0] * (scale // edges[i, j][1]) * heavy
            + alike(i, j) * top
            + (len(keys) - column) * base ** (len(marks) - 1 - row)
            if (i, j) in edges
            else 0
            for column, j in enumerate(keys)
        ]
        for row, i in enumerate(marks)
    ]
    flipped = len(marks) > len(keys)
    if flipped:
        table = [list(column) for column in zip(*table, strict=True)]
    pairs = []
    for row, column in enumerate(_hungarian(table)):
        i, j = (marks[column], keys[row]) if flipped else (marks[row], keys[column])
        if (i, j) in edges:
            common, total = edges[i, j]
            pairs.append(Pair(i, j, common / total))
    return pairs


def _worth_trying(
    marks: list[int],
    keys: list[int],
    edges: Mapping[tuple[int, int], Weight],
    alike: Callable[[int, int], bool],
) -> list[int]:
    """Drop marks that no best assignment needs: beyond the best K for each of K key spans."""
    if len(marks) <= len(keys) + 1:
        return marks
    kept: set[int] = set()
    for j in keys:
        rivals = [i for i in marks if (i, j) in edges]
        rivals.sort(key=lambda i: (-edges[i, j][0] / edges[i, j][1], not alike(i, j), i))
        kept.update(rivals[: len(keys)])
    return sorted(kept)


def _hungarian(table: list[list[int]]) -> list[int]:
    """Return for each row the column of a greatest total; needs no fewer columns than rows.

    The Hungarian method with potentials, on whole numbers of any size.
    """
    rows, columns = len(table), len(table[0])
    row_price, column_price = [0] * (rows + 1), [0] * (columns + 1)
    row_at = [0] * (columns + 1)  # which row holds a column; rows and columns count from 1
    for row in range(1, rows + 1):
        row_at[0] = row
        least: list[int | None] = [None] * (columns + 1)
        came_from = [0] * (columns + 1)
        done = [False] * (columns + 1)
        here = 0
        while row_at[here]:
            done[here] = True
            at, step, following = row_at[here], None, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                slack = -table[at - 1][column - 1] - row_price[at] - column_price[column]
                known = least[column]
                if known is None or slack < known:
                    least[column] = known = slack
                    came_from[column] = here
                if step is None or known < step:
                    step, following = known, column
            assert step is not None  # there are at least as many columns as rows
            for column in range(columns + 1):
                if done[column]:
                    row_price[row_at[column]] += step
                    column_price[column] -= step
                elif (known := least[column]) is not None:
                    least[column] = known - step
            here = following
        while here:
            row_at[here], here = row_at[came_from[here]], came_from[here]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if row_at[column]:
            chosen[row_at[column] - 1] = column - 1
    return chosen
