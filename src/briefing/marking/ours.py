"""The names of all that marking writes into its output, and the sentence it signs with; writes nothing."""

from __future__ import annotations

import re

SENTENCE = "Made by `briefing grade`; marking again replaces this folder."
"""The first line of the file that says who made the output."""
GRADEBOOK = "gradebook.csv"
OPEN_ANSWERS = "open-answers.csv"
DEFENDED = "defended.csv"
BY_HAND = "by-hand.csv"
NOTES = "notes.csv"
CHANGED = "changed.csv"
TOTALS = "totals.csv"
PAGE_LIST = "pages.jsonl"
PAGES = "feedback"
REPORTS = "class"
WRITTEN_ANEW = (GRADEBOOK, TOTALS, CHANGED)
"""Tables that nobody is asked to fill in; whoever does has their copy kept."""
KEPT = re.compile(r"(gradebook|totals|changed)\.changed-by-hand(-[0-9]+)?\.csv")
"""Such a table in which somebody has typed."""
SECOND = re.compile(r"open-answers\.second-[a-z0-9]{1,12}\.csv")
"""A second marker's table."""
LEFT = re.compile(r"\.open-answers(\.second-[a-z0-9]{1,12})?\.csv\.([0-9]+\.part|lock)")
"""What a power cut in the middle of saving may leave behind, and what keeps two desks from writing at once."""
_NAMES = frozenset({GRADEBOOK, OPEN_ANSWERS, DEFENDED, BY_HAND, NOTES, CHANGED, TOTALS, PAGE_LIST})


def is_ours(path: str) -> bool:
    """Say whether a path below the output is one that marking writes."""
    folder, _, name = path.partition("/")
    if path in _NAMES or any(shape.fullmatch(path) for shape in (KEPT, SECOND, LEFT)):
        return True
    return folder in (PAGES, REPORTS) and name.endswith(".html") and "/" not in name
