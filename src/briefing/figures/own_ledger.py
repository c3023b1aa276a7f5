"""A reader's own ledger as a picture, with its description; it says nothing of right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.analysis.own_ledger import NO_ANSWER, OwnLine, by_period
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe-Ito, each with a stripe of its own: nothing depends on seeing a colour.
_FATES = (("#0072b2", ""), ("#e69f00", "////"), ("#56b4e9", "...."), ("#009e73", "xxxx"))
_INK = "#222222"


def own_ledger(lines: Sequence[OwnLine], title: str) -> DescribedFigure:
    """Return a picture of some lines of a ledger as one reader wrote them.

    Args:
        lines: at least one.
        title: stands above the picture and begins its description.

    Returns:
        Axes with one bar a line, as long as its figure, under the period that the reader chose.
    """
    groups = by_period(lines)
    return described(_drawn(groups, title), _in_words(groups, title))


def _period(since: str) -> str:
    return f"Period: {since or NO_ANSWER}"


def _drawn(groups: dict[str, list[OwnLine]], title: str) -> Axes:
    # A Figure of its own, not pyplot's: nothing is shown twice and no window is left open.
    from matplotlib.figure import Figure

    lines = [line for group in groups.values() for line in group]
    fates = dict(zip(_said(lines), _FATES * len(lines), strict=False))
    height = 0.9 + 0.56 * len(lines) + 0.36 * len(groups)
    ax = Figure(figsize=(8.4, height)).add_subplot()
    most = max(line.value for line in lines)
    places, lane = [], 0.0
    for since, group in groups.items():
        ax.text(0, lane + 0.08, _period(since), fontsize=9, fontweight="bold", color=_INK)
        for line in group:
            lane -= 0.6
            colour, stripes = fates.get(line.said, ("#ffffff", ""))
            ax.barh(lane, line.value, height=0.36, color=colour, hatch=stripes, edgecolor=_INK,
                    linewidth=0.8, linestyle="-" if line.said else "--")  # fmt: skip
            ax.text(most * 0.004, lane - 0.42, line.words, fontsize=8, color=_INK)
            places.append(lane)
            lane -= 0.4
        lane -= 0.7
    ax.set_yticks(places, [line.where for line in lines])
    ax.set_ylim(lane + 0.4, 0.5)
    ax.set_xlim(0, most * 1.02)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(labelsize=8)
    ax.set_xlabel("each bar is as long as its figure", fontsize=8)
    ax.set_title(title, loc="left", fontsize=10)
    return ax


def _said(lines: Sequence[OwnLine]) -> list[str]:
    return list(dict.fromkeys(line.said for line in lines if line.said))


def _in_words(groups: dict[str, list[OwnLine]], title: str) -> str:
    told = [
        f"{_period(since)}. " + " ".join(f"{line.where}: {line.words}." for line in group)
        for since, group in groups.items()
    ]
    return f"{title}. One bar a figure, as long as the figure. {' '.join(told)}"
