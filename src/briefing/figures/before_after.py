"""Counts on the whole page beside counts in the story: drawn from one table and told from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefing.analysis.page_parts import before_and_after
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_PAGE, _STORY, _INK = "#ffffff", "#0072b2", "#222222"


def before_after(table: pd.DataFrame) -> Axes:
    """Draw for each word of each article how often it stands on the page and in the story.

    Args:
        table: a table made by `briefing.analysis.page_parts.before_and_after`.

    Returns:
        Axes with one line a row: an open circle at `page`, a filled one at `story`, both numbers
        written beside them.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    ax = Figure(figsize=(7.2, 0.9 + 0.42 * len(table))).add_subplot()
    for lane, (_, row) in enumerate(table.iterrows()):
        page, story = int(row["page"]), int(row["story"])
        ax.plot([story, page], [-lane, -lane], color=_INK, linewidth=1, zorder=1)
        ax.plot(page, -lane, "o", markersize=11, markerfacecolor=_PAGE, markeredgecolor=_INK)
        ax.plot(story, -lane, "o", markersize=7, markerfacecolor=_STORY, markeredgecolor=_INK)
        ax.annotate(
            f"{page} → {story}", (page, -lane), xytext=(10, 0), textcoords="offset points",
            va="center", fontsize=9, color=_INK,
        )  # fmt: skip
    names = [f"{row['article']}: “{row['name']}”" for _, row in table.iterrows()]
    ax.set_yticks([-lane for lane in range(len(table))], names)
    ax.set_ylim(-len(table) + 0.4, 0.6)
    ax.set_xlim(-0.6, max(table["page"]) + 2.5)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    ax.set_xlabel("times it is counted · open circle: whole page · filled: story", fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(labelsize=9)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return ax


def before_after_in_words(table: pd.DataFrame) -> str:
    """Return what the picture shows, for someone who cannot see it."""
    told = [
        f"article {row['article']}, “{row['name']}”: {row['page']} on the page, "
        f"{row['story']} in the story"
        for _, row in table.iterrows()
    ]
    return f"Counts before and after cutting. {'; '.join(told)}."


def counts_picture(names: Iterable[str], articles: Iterable[str]) -> DescribedFigure:
    """Return the counts of words before and after cutting, with their description.

    Raises:
        UnknownArticle: there is no such text.
    """
    table = before_and_after(names, articles)
    return described(before_after(table), before_after_in_words(table))
