"""A reader's own labels as an attribution strip, with its description; it says nothing of right or wrong."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.analysis.own import own_voices
from briefing.figures.described import DescribedFigure, described
from briefing.figures.strips import attribution_strip
from briefing.figures.who_speaks import strip_in_words


def own_strip(article: str, labels: Mapping[str, str], title: str) -> DescribedFigure:
    """Return the strip of a text by one reader's labels `credited` and `not credited`.

    Args:
        article: any text of the course.
        labels: sentence → `attributed` or `outlet`; what is missing is drawn as not labelled yet.
        title: stands above the picture and begins its description.

    Raises:
        UnknownArticle: there is no such text.
    """
    table = own_voices(article, labels)
    return described(attribution_strip(table, title), strip_in_words(table, title))
