"""Cut a text into segments (sentences and page furniture) by the codebook's rule; no files.

The rule (METHOD, "Segments"): a segment never crosses a line break, starts and ends at a non-space
character, and together they cover every other character once. A sentence ends at `.`, `?` or `!`
plus any closing quotation mark, before a space and a capital, a digit or an opening quotation mark,
or at the end of the line; not after the abbreviations listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.corpus.spans import Span

ABBREVIATIONS = ("Maj", "Gen", "Col", "Lt", "Sept", "Oct", "Nov", "Dec", "a.m", "p.m", "U.S", "Mr")

# A straight quotation mark may close or open; after the end of a sentence and before the space it
# closes, after the space it opens.
_END = re.compile(r"""[.?!]+["'”’)]*(?=[^\S\n]+["“‘'(]?[^\W_])""")
_LINE = re.compile(r"[^\n]+")
_STARTS = re.compile(r"""["“‘'(]""")


def _is_boundary(line: str, stop: int, end: int) -> bool:
    before = line[:stop]
    if any(re.search(rf"(?<!\w){re.escape(short)}$", before) for short in ABBREVIATIONS):
        return False
    following = line[end:].lstrip()[:2]
    if _STARTS.match(following):
        return True
    return following[:1].isupper() or following[:1].isdigit()


def segment(text: str) -> Iterator[Span]:
    """Yield the segments of `text` in order, as spans in code points."""
    for line_match in _LINE.finditer(text):
        line, offset = line_match.group(), line_match.start()
        start = 0
        ends = [m.end() for m in _END.finditer(line) if _is_boundary(line, m.start(), m.end())]
        for end in [*ends, len(line)]:
            piece = line[start:end]
            inner = piece.strip()
            if inner:
                left = offset + start + (len(piece) - len(piece.lstrip()))
                yield Span(left, left + len(inner))
            start = end
