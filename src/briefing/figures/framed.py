"""The pictures of lesson 07: made from the frames that lessons show and from the words of the texts.

The description is made from the same table as the picture, so that the two can never disagree.
"""

from __future__ import annotations

from briefing.analysis.frames import SHOWN, frame_matrix, frame_places
from briefing.analysis.terms import SPUTNIK, top_words
from briefing.corpus import articles
from briefing.figures.described import DescribedFigure, described
from briefing.figures.framing import lists_side_by_side, matrix_in_words

MOST = 8
"""How many words a list has."""


def frames_shown() -> DescribedFigure:
    """Return the matrix of 000, 002 and 004 with its description."""
    said, places = frame_matrix(SHOWN), frame_places(SHOWN)
    names = {name: f"{name}\n{articles[name].outlet}" for name in SHOWN}
    title = "Four functions in three articles: what is said in the first place that does it"
    told = []
    for name, row in said.iterrows():
        cells = "; ".join(
            f"{function} {'yes, ' + gist.rstrip('.') if gist else 'no'}"
            for function, gist in row.items()
        )
        told.append(f"{name}, {articles[str(name)].outlet}: {cells}.")
    yes = int((places > 0).to_numpy().sum())
    return described(
        matrix_in_words(said.rename(index=names), places.rename(index=names), title),
        f"{title}. A table with a row for each article and a column for each function. "
        f"{' '.join(told)} {yes} of {places.size} cells say yes.",
    )


def top_words_break() -> DescribedFigure:
    """Return Sputnik's top words: without article 000, as counted, and from whole pages."""
    rest = [name for name in articles if name not in SPUTNIK]
    base = "lead and body"
    lists = {
        "without 000": top_words([n for n in SPUTNIK if n != "000"], rest, MOST),
        base: top_words(SPUTNIK, rest, MOST),
        "whole pages": top_words(SPUTNIK, rest, MOST, page=True),
    }
    title = "The words likeliest in Sputnik's texts: the list breaks"
    first = lists[base]
    told = " ".join(
        f"{name}: {', '.join(found)}"
        + (f"; new are {', '.join(new)}." if (new := [w for w in found if w not in first]) else ".")
        for name, found in lists.items()
    )
    return described(
        lists_side_by_side(lists, base, title),
        f"{title}. Three lists of {MOST} words, the likeliest first. {told}",
    )
