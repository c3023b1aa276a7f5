"""How much of one student's zip, or folder, is looked at, so that nobody's stalls a class; opens nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.answers.schema import MAX_BYTES
from briefing.marking.hand_ins.notebooks import LARGEST_NOTEBOOK
from briefing.marking.hand_ins.refs import Ref

MOST_LISTED = 10_000
"""Entries of one student's zip, or of a zip within another, that are listed at all."""
MOST_ZIPS = 20
"""Zips in one student's zip that are looked into: to list one that is full takes a fifth of a second."""
MOST_ANSWERS = 100
"""Files that can be answers files by their names."""
MOST_OTHERS = 20
"""Files that cannot, each of which would have its row in the gradebook."""
MOST_UNPACKED = 64_000_000
"""Bytes that are unpacked of them all."""


def within_budget(refs: Iterable[Ref], rest: Ref, *, of: str = "zip") -> Iterator[Ref]:
    """Yield the files of one student's zip that are looked at, in their order, then one for the rest.

    What is named like an answers file goes before everything else, wherever it stands.

    Args:
        refs: all files of the zip.
        rest: the zip itself: where the row about the rest stands.
        of: what it is called; a folder can be the student's as well.
    """
    every = list(refs)
    kept, unpacked = set[int](), 0
    answers = others = 0
    for number in sorted(range(len(every)), key=lambda number: (_rank(every[number]), number)):
        ref = every[number]
        size = _bytes_read(ref)
        if _rank(ref) < _OTHER:
            answers += 1
            if answers > MOST_ANSWERS:
                continue
        else:
            others += 1
            if others > MOST_OTHERS:
                continue
        if unpacked + size > MOST_UNPACKED:
            continue
        unpacked += size
        kept.add(number)
    yield from (every[number] for number in sorted(kept))
    left = len(every) - len(kept)
    if left:
        more = "1 more entry" if left == 1 else f"{left:,} more entries"
        unpack = " If it holds a whole class, unpack it first." if of == "zip" else ""
        said = (
            f"… and {more} of this {of}, not read: of a student's {of} at most {MOST_ANSWERS} answers "
            f"files, {MOST_OTHERS} others and {MOST_UNPACKED // 1_000_000} MB are.{unpack}"
        )
        yield Ref(rest.path, rest.file, rest.inside, problem=said)


_OTHER = 2


def _rank(ref: Ref) -> int:
    name = ref.path.rpartition("/")[2].lower()
    if ref.problem:
        return _OTHER
    return 0 if ".answers" in name else 1 if name.endswith((".json", ".ipynb")) else _OTHER


def _bytes_read(ref: Ref) -> int:
    if ref.problem or not ref.inside:
        return 0
    most = LARGEST_NOTEBOOK if ref.path.lower().endswith(".ipynb") else MAX_BYTES
    return min(ref.inside[-1].size, most)
