"""Find answers written as data: an item of a graded question beside what the key says of it.

Each function takes the articles that are graded and a text, and returns the places. None knows an
answer: the form alone gives such a place away.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LABEL = (
    r"(?:attributed|outlet|direct|indirect|mixed|named_official|unnamed_official|institution|"
    r"other_media|document|other_person|(?:not )?credited)"
)


def labelled(articles: Collection[str], text: str) -> list[str]:
    """Return the places where a sentence of one of the articles stands beside a label.

    As a table, a mapping or a list has them: `901.s07,1204,1290,body,attributed`,
    `"901.s07": {"voice": "attributed"}`, `not credited: 901.s11`.
    """
    sentence = rf"\b(?:{'|'.join(articles)})\.s\d+"
    gap = r"[\"']?\s*[,:;|=\t]\s*"
    field = r"(?:[{\[(]*[\"']?[\w.-]*[\"']?\s*[,:;|=\t]\s*)"
    after = rf"{sentence}{gap}{field}{{0,5}}[{{\[(]*[\"']?{LABEL}\b"
    before = rf"\b{LABEL}[\"']?(?:\s*[,:;|=(\t{{\[])+\s*[\"']?{sentence}"
    return [match.group() for match in re.finditer(f"{after}|{before}", text)]


def ledger_lines(articles: Collection[str], text: str) -> list[str]:
    """Return the places where a row of the ledger of one of the articles stands beside a result."""
    row = rf"\b(?:{'|'.join(articles)})\.n\d+"
    result = r"(?:adds_up|does_not_add_up|cannot_tell)"
    return _beside(articles, row, result, text)


def settled_cards(articles: Collection[str], text: str) -> list[str]:
    """Return the places where an omission card of one of the articles stands beside its verdict."""
    card = rf"\b(?:{'|'.join(articles)})\.c\d\d\b"
    verdict = r"(?:established|plausible|not_shown|accept|reject)\b"
    return _beside(articles, card, verdict, text)


def _beside(articles: Collection[str], item: str, told: str, text: str) -> list[str]:
    if not any(f"{article}." in text for article in articles):
        return []  # most texts, and the search is slow
    gap = r"[^\n]{0,80}?"
    return [m.group() for m in re.finditer(f"{item}{gap}{told}|{told}{gap}{item}", text)]


def counted_names(articles: Collection[str], text: str) -> list[str]:
    """Return the lines that tell where or how often one of the articles uses a name."""
    start = rf"^(?:{'|'.join(articles)}),"
    place = start + r"\d+,\d+,[^\n]+,(?:yes|no)$"
    count = start + r"[^\n]+,\w+,\d+,\d+$"
    return re.findall(f"{place}|{count}", text, re.MULTILINE)


def told_frames(articles: Collection[str], text: str) -> list[str]:
    """Return the places that say whether one of the articles fulfils a function."""
    cell = rf"\b(?:{'|'.join(articles)})[\"']?[,/][\"' ]*(?:problem|cause|judgement|remedy)\b"
    told = r"(?:[\"'\]\s:{,=]|present){1,24}(?:yes|no|true|false)\b"
    return [match.group() for match in re.finditer(cell + told, text, re.IGNORECASE)]


PATTERNS = {
    "attribution": labelled,
    "numbers": ledger_lines,
    "omission": settled_cards,
    "naming": counted_names,
    "frames": told_frames,
}
"""What is graded, by the word of `graded.csv`, and the function that finds its answers."""
