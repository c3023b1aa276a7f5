"""Two texts side by side with linked stretches: what one says beside what the other says.

For reading only: nothing is saved and nothing is asked. Positions are Unicode code points of the
texts it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from briefing.widgets.labels import GREY_PARTS, units_from
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import apart, esc
from briefing.widgets.static_question import folded_html

_BUILT = Path(__file__).parent / "built"

_CELL = (
    "border:1px solid #8a8a8a;padding:6px 9px;text-align:left;vertical-align:top;"
    "white-space:pre-wrap"
)


@dataclass(frozen=True, slots=True)
class ReaderText:
    """One of the two texts. `lang` is its language as in HTML; empty where it is not known.

    `segments` are its parts as the annotator takes them; they give the text its look.
    """

    title: str
    text: str
    lang: str = ""
    segments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderLink:
    """Two stretches that belong together, in code points, and a word for what links them."""

    left: tuple[int, int]
    right: tuple[int, int]
    word: str = ""


class Reader(QuestionWidget):
    """Show two texts beside each other; a linked stretch leads to its partner.

    Args:
        left: the text on the left, as `ReaderText` or as a mapping with the same names.
        right: the text on the right.
        links: pairs of stretches, as `ReaderLink` or as mappings with `left`, `right` and `word`.
        title: the accessible name, shown above.
        name: a name of its own, where one notebook holds several readers.

    Raises:
        ValueError: a stretch is empty or lies outside its text.
    """

    _esm = _BUILT / "reader.js"
    _css = _BUILT / "reader.css"

    kind: ClassVar[str] = "reader"
    word: ClassVar[str] = "Side by side"

    def __init__(
        self,
        left: ReaderText | Mapping[str, Any],
        right: ReaderText | Mapping[str, Any],
        links: Iterable[ReaderLink | Mapping[str, Any]] = (),
        *,
        title: str = "",
        name: str = "",
    ) -> None:
        self.left, self.right = _text(left), _text(right)
        self.links = tuple(_link(one, self.left, self.right) for one in links)
        super().__init__(
            title=title or f"{self.left.title} and {self.right.title}",
            question=name,
            readonly=True,
            config={
                "left": _config(self.left),
                "right": _config(self.right),
                "links": [
                    {"left": list(one.left), "right": list(one.right), "word": one.word}
                    for one in self.links
                ],
            },
        )

    def __repr__(self) -> str:
        """Return a fixed text: nbval compares it, and a notebook stores it."""
        return "<Reader: run all cells to read side by side>"

    def static_body(self) -> str:
        """Return the linked pairs as a table of two columns, and both texts folded below."""
        rows = "".join(
            f"<tr>{self._stretch(self.left, one.left)}{self._stretch(self.right, one.right)}"
            f'<td style="{_CELL}">{apart(one.word)}</td></tr>'
            for one in self.links
        )
        head = "".join(
            f'<th scope="col" style="{_CELL}">{apart(words)}</th>'
            for words in (self.left.title, self.right.title, "What links them")
        )
        table = (
            f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
        whole = "".join(_whole(text) for text in (self.left, self.right))
        return (table if self.links else "") + whole

    @staticmethod
    def _stretch(text: ReaderText, span: tuple[int, int]) -> str:
        words = text.text[slice(*span)]
        return f'<td style="{_CELL}"{_said_in(text)}>{apart(words)}</td>'


def _said_in(text: ReaderText) -> str:
    return f' lang="{esc(text.lang)}" dir="auto"' if text.lang else ' dir="auto"'


def _whole(text: ReaderText) -> str:
    lines = "".join(
        f'<p style="white-space:pre-wrap"{_said_in(text)}>{esc(line.strip())}</p>'
        for line in text.text.split("\n")
        if line.strip()
    )
    return folded_html(f"The whole text: {text.title}", lines)


def _text(given: ReaderText | Mapping[str, Any]) -> ReaderText:
    if isinstance(given, ReaderText):
        return given
    try:
        return ReaderText(
            title=str(given["title"]),
            text=str(given["text"]),
            lang=str(given.get("lang", "") or ""),
            segments=tuple(given.get("segments", ())),
        )
    except KeyError as missing:
        raise ValueError(f"a text of a reader lacks {missing}") from None


def _link(given: ReaderLink | Mapping[str, Any], left: ReaderText, right: ReaderText) -> ReaderLink:
    if not isinstance(given, ReaderLink):
        try:
            given = ReaderLink(
                _span(given["left"]), _span(given["right"]), str(given.get("word", "") or "")
            )
        except KeyError as missing:
            raise ValueError(f"a link of a reader lacks {missing}") from None
    for side, (start, end), text in (("left", given.left, left), ("right", given.right, right)):
        if not 0 <= start < end <= len(text.text):
            raise ValueError(
                f"a link's {side} stretch {start}–{end} lies outside a text of {len(text.text)} "
                "code points"
            )
    return given


def _span(given: Any) -> tuple[int, int]:
    start, end = (given.start, given.end) if hasattr(given, "start") else given
    return int(start), int(end)


def _config(text: ReaderText) -> dict[str, Any]:
    return {
        "title": text.title,
        "text": text.text,
        "lang": text.lang,
        "segments": [
            {
                "id": unit.id,
                "start": unit.start,
                "end": unit.end,
                "part": unit.part,
                "unit": unit.part not in GREY_PARTS,
                "grey": unit.part in GREY_PARTS,
            }
            for unit in units_from(text.segments, len(text.text))
        ],
    }
