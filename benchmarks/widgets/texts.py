"""Makes the texts and marks of the comparison, always the same ones; measures nothing."""

from __future__ import annotations

import random
from typing import NamedTuple

SENTENCE = (
    "officials said that several targets were struck in the province of Marenia while nobody else "
    "has confirmed the number of sorties flown over the past day and a resident of Aurelia told the "
    "agency by telephone that the bridge was still standing"
)
"""Invented: no article is needed to compare tools."""

WORDS = SENTENCE.split()
LABELS = ("source", "cue", "content")
KINDS = ("4 KB", "200 KB", "200 KB + 1,000 marks")


class Given(NamedTuple):
    """One text with the marks it starts from, and where marks are to be made.

    `marks` overlap and nest; `apart` are as many that do not. Targets are stretches of words, none
    of them touched by `apart`. All positions are code points, which here are UTF-16 units as well.
    """

    text: str
    marks: list[tuple[int, int, str]]
    apart: list[tuple[int, int, str]]
    targets: list[tuple[int, int]]


def given(kind: str, seed: int = 1) -> Given:
    """Return the text, marks and targets of one of `KINDS`."""
    chance = random.Random(seed)
    size = 4_000 if kind == "4 KB" else 200_000
    paragraphs = []
    length = 0
    while length < size:
        words = " ".join(chance.choice(WORDS) for _ in range(60))
        paragraphs.append(f"{words.capitalize()}.")
        length += len(words) + 3
    text = "\n\n".join(paragraphs)
    count = 1_000 if "marks" in kind else 0
    marks = []
    for _ in range(count):
        start = chance.randrange(0, len(text) - 400)
        marks.append((start, start + chance.randrange(20, 300), chance.choice(LABELS)))
    apart = []
    for number in range(count):
        start = number * (len(text) // count)
        apart.append((start, start + chance.randrange(20, 90), chance.choice(LABELS)))
    return Given(text, marks, apart, _targets(text, apart))


def _targets(text: str, apart: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Two whole words each, all over the text, inside one paragraph and beside every mark."""
    taken = set()
    for start, end, _ in apart:
        taken.update(range(start - 1, end + 1))
    found = []
    step = len(text) // 120
    for begin in range(step, len(text) - 200, step):
        start = text.find(" ", begin) + 1
        end = text.find(" ", text.find(" ", start) + 1)
        words = text[start:end]
        if "\n" in words or "." in words or taken.intersection(range(start, end)):
            continue
        found.append((start, end))
    return found
