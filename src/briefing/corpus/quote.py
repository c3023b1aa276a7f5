"""Sentences of an article for a lesson to show, rendered by span; it never changes a word of them.

A lesson names a sentence (`quote("000.s11")`); its words come from the file each time, so nothing
is ever retyped. Marks are drawn with underlines of three styles and a small written label, never
with colour alone, in inline styles that survive JupyterLab's sanitiser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from briefing.corpus.articles import Article, Segment, any_article
from briefing.corpus.spans import Span, plain
from briefing.errors import BriefingError

_UNDERLINES = {
    "who": "border-bottom: 3px solid #0072b2",
    "says-word": "border-bottom: 3px dashed #d55e00",
    "what is said": "border-bottom: 2px dotted #009e73",
    "figure": "border-bottom: 4px double #0072b2",
    # The functions of a frame: told apart by the written label.
    **dict.fromkeys(
        ("problem", "cause", "judgement", "remedy"), "border-bottom: 3px solid #0072b2"
    ),
}
_ORDER = ("who", "says-word", "what is said")


class NotInSentence(BriefingError):
    """The words or the span to be marked are not in the sentence, or not once."""


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """A marked stretch of a quoted sentence; `span` counts code points of the article."""

    role: str
    span: Span


def _find(segment: Segment, article: Article, wanted: str | Span) -> Span:
    if isinstance(wanted, Span):
        if not segment.span.contains(wanted):
            raise NotInSentence(
                f"The span {wanted.start}-{wanted.end} lies outside {segment.id} "
                f"({segment.span.start}-{segment.span.end}); give code points of the whole article."
            )
        return wanted
    words = plain(segment.span.of(article.text))
    if words.count(wanted) != 1:
        raise NotInSentence(
            f"{wanted!r} stands {words.count(wanted)} times in {segment.id}; "
            "give words that stand in it exactly once, or a span."
        )
    start = segment.span.start + words.index(wanted)
    return Span(start, start + len(wanted))


@dataclass(frozen=True)
class Quotation:
    """One sentence shown with its id. Marks, note and fold are added by copies of it."""

    article: Article = field(repr=False)
    segment: Segment
    marks: tuple[QuoteMark, ...] = ()
    note: str = ""

    def mark(
        self,
        *,
        who: str | Span | Sequence[Span] = (),
        says: str | Span | Sequence[Span] = (),
        claim: str | Span | Sequence[Span] = (),
    ) -> Quotation:
        """Return the quotation with the source, the says-word and what is said underlined.

        Each is a short cue that stands in the sentence exactly once, a span, or several spans, in
        code points of the article.

        Raises:
            NotInSentence: a cue is not in the sentence once, or a span lies outside it.
        """
        marks = list(self.marks)
        for role, wanted in zip(_ORDER, (who, says, claim), strict=True):
            pieces: Iterable[str | Span]
            pieces = [wanted] if isinstance(wanted, (Span, str)) else list(wanted)
            marks += [QuoteMark(role, _find(self.segment, self.article, piece)) for piece in pieces]
        return replace(self, marks=tuple(sorted(marks, key=lambda m: (m.span, m.role))))

    def because(self, note: str) -> Quotation:
        """Return the quotation with a sentence below it."""
        return replace(self, note=note)

    @property
    def words(self) -> str:
        """The words of the sentence as they stand in the article, with plain spaces."""
        return plain(self.segment.span.of(self.article.text))

    def __str__(self) -> str:
        return f"{self.segment.id}  {self.words}"

    def __repr__(self) -> str:
        return str(self)

    def _painted(self) -> str:
        """The sentence as escaped HTML with its marks; where two marks overlap the first wins."""
        text, at, pieces = self.article.text, self.segment.span.start, []
        for mark in self.marks:
            if mark.span.start < at:
                continue
            pieces.append(escape(text[at : mark.span.start]))
            pieces.append(
                f'<span style="{_UNDERLINES[mark.role]}">{escape(mark.span.of(text))}</span>'
                f'<sub style="white-space: nowrap"> {mark.role}</sub>'
            )
            at = mark.span.end
        pieces.append(escape(text[at : self.segment.span.end]))
        return "".join(pieces)

    def sentence_html(self) -> str:
        """Return the sentence with its id as an escaped block of HTML."""
        label = escape(self.segment.id)
        if self.article.constructed:
            label += " (constructed)"
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return (
            '<blockquote style="max-width: 42em; line-height: 1.7">'
            f"<code>{label}</code> {self._painted()}{note}</blockquote>"
        )

    def _repr_html_(self) -> str:
        return self.sentence_html()


def quote(sentence: str) -> Quotation:
    """Return one sentence, or any other segment, by its id, ready to be shown.

    Raises:
        UnknownArticle: the id does not begin with the id of a text of the course.
        UnknownSegment: the text has no segment of that id.
    """
    article = any_article(sentence.partition(".")[0])
    return Quotation(article, article.segment(sentence))
