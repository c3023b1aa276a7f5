"""One figure of an article with its line of the ledger folded below; it asks and saves nothing.

The line is read from the key that lessons show, so that a lesson can never disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from briefing.corpus import Span, any_article, sources
from briefing.corpus.quote import Quotation, QuoteMark, quote
from briefing.keys import tables
from briefing.keys.worked import NotInKey

SAID_OF_THEM = {"other": "the sentence says neither hit nor destroyed"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


@dataclass(frozen=True)
class WorkedNumber:
    """A figure in its sentence, and its line of the ledger, folded away until the student decides."""

    quotation: Quotation
    line: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        told = "; ".join(f"{name}: {value}" for name, value in self.line)
        return f"{self.quotation}\n\nThe line of the ledger: {told}."

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<tr><th style="text-align: left; padding-right: 12px">{escape(name)}</th>'
            f'<td style="text-align: left">{escape(value)}</td></tr>'
            for name, value in self.line
        )
        return (
            f"{self.quotation.sentence_html()}"
            '<details style="max-width: 42em"><summary><b>Decided? Open the line</b></summary>'
            f"<table>{cells}</table></details>"
        )


def worked_number(number: str) -> WorkedNumber:
    """Return a figure in its sentence, with its line of the ledger folded below it.

    Raises:
        NotInKey: the ledger that lessons show has no such row.
        UnknownArticle: the id does not begin with the id of a text of the course.
    """
    row = next((row for row in tables.shown_numbers() if row.id == number), None)
    if row is None:
        raise NotInKey(
            f"The ledger has no row {number}; choose a row of article 000 or 002, whose numbers the "
            "lessons show."
        )
    article = any_article(row.article)
    span = Span(row.start, row.end)
    sentence = next(s.id for s in article.segments if s.span.contains(span))
    marked = replace(quote(sentence), marks=(QuoteMark("figure", span),))
    names = {source: known["name"] for source, known in sources().items()}
    said = SAID_OF_THEM.get(row.counted_as, row.counted_as.replace("_", " "))
    who = names.get(row.asserted_by, f"{article.outlet}, the outlet, in its own voice")
    line = (
        ("figure", row.value),
        ("unit", row.unit),
        ("what is counted", row.what),
        ("said to be", said),
        ("since when", period_in_words(row.since)),
        ("per what", row.per or "–"),
        ("who says so", who),
    )
    return WorkedNumber(marked, line)


def period_in_words(since: str) -> str:
    """Return a period as a reader says it: `30 September to 11 October 2015`."""
    if not since:
        return "the sentence does not say"
    days = [day.split("-") for day in since.split("/")]
    if not all(len(day) == 3 and "".join(day).isdigit() for day in days):
        return f"the {since}"
    said = [f"{int(day)} {_MONTHS[int(month) - 1]}" for _, month, day in days]
    return f"{' to '.join(said)} {days[-1][0]}"
