"""A stretch of an article with a student's marks and the key in it, as escaped HTML; scores nothing.

Marks may overlap: the text is cut at every border, and each piece carries what covers it. Colour is
never the only sign: a mark is underlined and numbered, a place of the key is boxed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that covers a stretch: `kind` is a CSS class, `tag` is shown after its end."""

    start: int
    end: int
    kind: str
    tag: str = ""


def highlighted(text: str, start: int, end: int, layers: Sequence[Layer]) -> Markup:
    """Return `text[start:end]` as HTML with the layers in it; offsets count code points."""
    inside = [layer for layer in layers if layer.start < end and start < layer.end]
    return _marked(text, start, end, inside) if inside else escape(text[start:end])


def _marked(text: str, start: int, end: int, inside: Sequence[Layer]) -> Markup:
    borders = sorted(
        {start, end}
        | {max(start, layer.start) for layer in inside}
        | {min(end, layer.end) for layer in inside}
    )
    parts = []
    for left, right in pairwise(borders):
        over = [layer for layer in inside if layer.start <= left and right <= layer.end]
        piece = str(escape(text[left:right]))
        if over:
            kinds = " ".join(dict.fromkeys(layer.kind for layer in over))
            piece = f'<mark class="{kinds}">{piece}</mark>'
        tags = [layer.tag for layer in over if layer.tag and min(end, layer.end) == right]
        parts.append(piece + "".join(f"<sup>{escape(tag)}</sup>" for tag in tags))
    return Markup("".join(parts))  # every piece is escaped above
