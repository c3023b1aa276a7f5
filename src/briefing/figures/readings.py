"""How much hangs on the reading, drawn: two bars a text, with their numbers written beside them.

The description is made from the same table as the picture, so that the two can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from briefing.analysis.readings import both_readings
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_INK = "#222222"
READINGS = {"strict": "read strictly", "inherited": "all inherited"}
# Okabe-Ito; the stripes say again what the written names say.
_COLOURS = {"strict": "#e69f00", "inherited": "#56b4e9"}
_HATCHES = {"strict": "", "inherited": "...."}
TITLE = "Words that credit nobody, by two readings"


def how_much_hangs(articles: Iterable[str]) -> DescribedFigure:
    """Return the picture of both readings of some texts, with its description.

    Raises:
        UnknownArticle: there is no such text.
        BriefingError: the key that lessons show has no rows for it.
    """
    table = both_readings(articles)
    return described(reading_bars(table, TITLE), readings_told(table, TITLE))


def reading_bars(table: pd.DataFrame, title: str) -> Axes:
    """Draw for each text which percent of its words credits nobody, by either reading.

    Args:
        table: a table made by `briefing.analysis.readings.both_readings`.
        title: stands above the picture.

    Returns:
        Axes with two bars a text, from 0 to its percent, each with its numbers beside it; the
        strict one stands above the inherited one.
    """
    from matplotlib.figure import Figure

    ax = Figure(figsize=(8.2, 0.9 + 0.95 * len(table))).add_subplot()
    lanes, names = [], []
    for place, (article, row) in enumerate(table.iterrows()):
        for below, reading in enumerate(READINGS):
            lane = -(2.6 * place + below)
            percent = int(row[f"{reading}_percent"])
            ax.barh(
                lane, percent, height=0.86, color=_COLOURS[reading], edgecolor=_INK,
                linewidth=0.8, hatch=_HATCHES[reading],
            )  # fmt: skip
            said = f"{percent}%: {row[reading]} of {row['words']} words"
            ax.text(percent + 0.6, lane, said, va="center", fontsize=8, color=_INK)
            lanes.append(lane)
            names.append(f"{article}, {READINGS[reading]}")
    ax.set_yticks(lanes, names)
    ax.set_xlim(0, max(10, int(table["strict_percent"].max())) * 1.35)
    ax.set_xlabel("percent of the text's words", fontsize=8)
    ax.set_title(title, loc="left", fontsize=10)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(labelsize=8)
    return ax


def readings_told(table: pd.DataFrame, title: str) -> str:
    """Return what the picture shows, for someone who cannot see it."""
    told = [
        f"{article}: {row['strict']} of {row['words']} words ({row['strict_percent']}%) strictly, "
        f"{row['inherited']} ({row['inherited_percent']}%) with all inherited."
        for article, row in table.iterrows()
    ]
    return f"{title}. Two bars a text. {' '.join(told)}"
