"""One function of one article, worked: its answer folded away below the question; it saves nothing.

The answer is read from the key that lessons show, so that a lesson can never disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from briefing.corpus import Span, any_article
from briefing.corpus.quote import Quotation, QuoteMark, quote
from briefing.keys.frames import cells, shown_frames
from briefing.keys.worked import NotInKey


@dataclass(frozen=True)
class WorkedFrame:
    """Whether an article does something, and the places that show it, folded away."""

    article: str
    function: str
    present: bool
    places: tuple[tuple[Quotation, str], ...]
    looked_for: str = ""

    @property
    def verdict(self) -> str:
        """Yes with the number of places, or no with what was looked for."""
        if not self.present:
            return f"No. {self.looked_for}"
        places = "1 place" if len(self.places) == 1 else f"{len(self.places)} places"
        return f"Yes, in {places}."

    def __repr__(self) -> str:
        told = "\n".join(f"{place}\n{gist}" for place, gist in self.places)
        return f"{self.article}, {self.function}: {self.verdict}\n{told}".strip()

    def _repr_html_(self) -> str:
        places = "".join(place.because(gist).sentence_html() for place, gist in self.places)
        return (
            '<details style="max-width: 42em"><summary><b>Decided? Open our answer: '
            f"{escape(self.function)} in {escape(self.article)}</b></summary>"
            f"<p>{escape(self.verdict)}</p>{places}</details>"
        )


def worked_frame(article: str, function: str) -> WorkedFrame:
    """Return what the key says of one function of an article, folded until the student decides.

    Args:
        article: the id of an article whose frames a lesson may show.
        function: `problem`, `cause`, `judgement` or `remedy`.

    Raises:
        NotInKey: the frames that lessons show have no such cell.
    """
    cell = cells(shown_frames()).get((article, function))
    if cell is None:
        raise NotInKey(
            f"The frames that lessons show have no {function} of {article}; choose article 000, 002 "
            "or 004, and problem, cause, judgement or remedy."
        )
    if not cell.present:
        return WorkedFrame(article, function, False, (), cell.gists[0])
    places = tuple(
        (_marked(article, span, function), gist)
        for span, gist in zip(cell.spans, cell.gists, strict=True)
    )
    return WorkedFrame(article, function, True, places)


def _marked(article: str, span: Span, function: str) -> Quotation:
    sentence = next(s.id for s in any_article(article).segments if s.span.contains(span))
    return replace(quote(sentence), marks=(QuoteMark(function, span),))
