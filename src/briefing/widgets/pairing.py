"""Pair two sets of stretches one to one, for the greatest total overlap; gives no points.

`js/pairing.js` does exactly the same on the page; a test compares them. Whole numbers only, so that
a tie is a tie on both sides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MANY = 120
"""Where more than so many lie over one another, the widest overlap is taken first, and so on."""


class Place(NamedTuple):
    """A labelled stretch: `start` to `end`, in any one unit."""

    start: int
    end: int
    label: str


def pairs(mine: Sequence[Place], theirs: Sequence[Place]) -> dict[int, int]:
    """Return which place of `mine` goes with which of `theirs`, by their numbers.

    A pair is worth 2·shared / (one + other), which counts from .3; of equal ones that with the same
    label is taken.

    Args:
        mine: places in order of their starts.
        theirs: places in order of their starts.
    """
    edges = _overlaps(mine, theirs)
    found: dict[int, int] = {}
    for left, right in _apart(edges):
        crowded = len(left) > MANY or len(right) > MANY
        found.update(_greedy(left, edges) if crowded else _best(left, right, edges))
    return found


def _overlaps(mine: Sequence[Place], theirs: Sequence[Place]) -> list[dict[int, int]]:
    starts = [one.start for one in theirs]
    longest = max((one.end - one.start for one in theirs), default=0)
    made = []
    for one in mine:
        first = bisect_left(starts, one.start - longest)
        near = range(first, bisect_left(starts, one.end))
        worth = {}
        for j in near:
            other = theirs[j]
            shared = min(one.end, other.end) - max(one.start, other.start)
            total = one.end - one.start + other.end - other.start
            if shared > 0 and 20 * shared >= 3 * total:
                worth[j] = 2_000_000 * shared // total * 1000 + (one.label == other.label)
        made.append(worth)
    return made


def _apart(edges: list[dict[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    back: dict[int, list[int]] = {}
    for i, worth in enumerate(edges):
        for j in worth:
            back.setdefault(j, []).append(i)
    seen: set[int] = set()
    for first, worth in enumerate(edges):
        if first in seen or not worth:
            continue
        left, right, waiting = {first}, set[int](), [first]
        while waiting:
            for j in edges[waiting.pop()]:
                if j not in right:
                    right.add(j)
                    new = set(back[j]) - left
                    left |= new
                    waiting += new
        seen |= left
        yield sorted(left), sorted(right)


def _greedy(left: list[int], edges: list[dict[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    taken: set[int] = set()
    order = sorted((-worth, i, j) for i in left for j, worth in edges[i].items())
    for _, i, j in order:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _best(left: list[int], right: list[int], edges: list[dict[int, int]]) -> dict[int, int]:
    """The Hungarian method with potentials; see `js/pairing.js`."""
    flipped = len(left) > len(right)
    rows, columns = (right, left) if flipped else (left, right)
    table = [[edges[c].get(r, 0) if flipped else edges[r].get(c, 0) for c in columns] for r in rows]
    n, m = len(rows), len(columns)
    row_price, column_price, row_at = [0] * (n + 1), [0] * (m + 1), [0] * (m + 1)
    endless = 1 << 80
    for row in range(1, n + 1):
        row_at[0] = row
        least, came_from, done = [endless] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        here = 0
        while row_at[here]:
            done[here] = True
            at, step, following = row_at[here], endless, 0
            for column in range(1, m + 1):
                if done[column]:
                    continue
                slack = -table[at - 1][column - 1] - row_price[at] - column_price[column]
                if slack < least[column]:
                    least[column], came_from[column] = slack, here
                if least[column] < step:
                    step, following = least[column], column
            for column in range(m + 1):
                if done[column]:
                    row_price[row_at[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            here = following
        while here:
            row_at[here], here = row_at[came_from[here]], came_from[here]
    found = {}
    for column in range(1, m + 1):
        row = row_at[column] - 1
        if row >= 0 and table[row][column - 1]:
            i, j = rows[row], columns[column - 1]
            found[j if flipped else i] = i if flipped else j
    return found
