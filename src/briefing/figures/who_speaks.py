"""The pictures of "who says so?" as lessons show them: drawn from the key and described from it.

The description is made from the same table as the picture, so that the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from briefing.analysis.voices import NOT_CREDITED, voices, word_shares
from briefing.corpus import any_article
from briefing.figures.described import DescribedFigure, described
from briefing.figures.strips import attribution_strip, two_readings

if TYPE_CHECKING:
    import pandas as pd


def who_speaks(article: str) -> DescribedFigure:
    """Return the attribution strip of a text, read strictly, with its description.

    Raises:
        UnknownArticle: there is no such text.
        BriefingError: the key that lessons show has no rows for it.
    """
    table = voices(article)
    title = f"{_title(article)}: who speaks in which sentence"
    return described(attribution_strip(table, title), strip_in_words(table, title))


def two_ways(article: str, inherited: Collection[str]) -> DescribedFigure:
    """Return a text read strictly and with some runs inherited, with its description.

    Raises:
        UnknownArticle, UnknownRun, BriefingError: as `voices` does.
    """
    strict, other = voices(article), voices(article, inherited)
    title = f"{_title(article)}: one text, two readings"
    words = readings_in_words(strict, other, title)
    return described(two_readings(strict, other, title), words)


def strip_in_words(table: pd.DataFrame, title: str) -> str:
    """Return what an attribution strip shows, for someone who cannot see it."""
    shares = word_shares(table)
    lanes = []
    for speaker, rows in table.groupby("speaker", sort=False):
        words, percent = shares.loc[speaker, ["words", "percent"]]
        numbers = [name.rpartition(".s")[2] for name in rows["sentence"]]
        noun = "sentence" if len(numbers) == 1 else "sentences"
        lane = f"{speaker}: {noun} {', '.join(numbers)}; {words} words, {percent}%."
        lanes.append((speaker == NOT_CREDITED, lane[0].upper() + lane[1:]))
    told = " ".join(lane for _, lane in sorted(lanes, key=lambda pair: pair[0]))
    return (
        f"{title}. {len(table)} sentences with {table['words'].sum()} words, one bar each, "
        f"in the order of the text. {told}"
    )


def readings_in_words(strict: pd.DataFrame, inherited: pd.DataFrame, title: str) -> str:
    """Return what the picture of two readings shows, for someone who cannot see it."""
    total = int(strict["words"].sum())
    changed = strict["credited"].to_numpy() != inherited["credited"].to_numpy()
    numbers = ", ".join(name.rpartition(".s")[2] for name in strict.loc[changed, "sentence"])
    left = [int(table.loc[~table["credited"], "words"].sum()) for table in (strict, inherited)]
    shares = [f"{words} of {total} words ({round(100 * words / total)}%)" for words in left]
    return (
        f"{title}. Two rows of the same {len(strict)} bars. Read strictly, {shares[0]} are not "
        f"credited. With sentences {numbers} read as inherited, {shares[1]} are left."
    )


def _title(article: str) -> str:
    text = any_article(article)
    return f"Constructed text {text.id}" if text.constructed else f"Article {text.id}"
