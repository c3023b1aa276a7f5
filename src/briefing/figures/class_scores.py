"""The class's scores as bars, one a score, with the number of students on each; knows no student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from briefing.figures.inline import BAR, INK, SOFT, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BARS = 21


def score_bins(scores: Mapping[int, int], total: int) -> list[tuple[int, int, int]]:
    """Return bars as (from, below, students), in hundredths of a point, lowest first.

    Args:
        scores: hundredths of a point → students.
        total: what could be earned, in hundredths.

    A bar is one point wide, or as many whole points as keep the bars few; full marks stand in the
    last bar with what is near them, unless the total is a whole number of bars: then in their own.
    """
    width = 100 * max(1, -(-total // (100 * (MOST_BARS - 1))))
    bins = [[start, start + width, 0] for start in range(0, total + 1, width)]
    for score, students in scores.items():
        bins[min(max(0, score) // width, len(bins) - 1)][2] += students
    return [(start, below, students) for start, below, students in bins]


def class_scores(bins: Sequence[tuple[int, int, int]], label: str, *, median: float) -> Axes:
    """Draw the distribution.

    Args:
        bins: what `score_bins` returns.
        label: stands below the axis.
        median: of the scores, in hundredths; a triangle at the top.

    Returns:
        Axes with one bar a bin and its count above it.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    ax = Figure(figsize=(WIDTH, 2.3), layout="constrained").add_subplot()
    most = max(students for _, _, students in bins)
    width = (bins[0][1] - bins[0][0]) / 100
    places = [start / 100 for start, _, _ in bins]
    ax.bar(places, [n for _, _, n in bins], width=0.86 * width, align="edge", color=BAR)
    for place, (_, _, students) in zip(places, bins, strict=True):
        if students:
            ax.text(
                place + 0.43 * width, students + most * 0.03, str(students), ha="center",
                va="bottom", fontsize=10, color=INK,
            )  # fmt: skip
    # Above the bars, where it crosses no number.
    ax.plot([median / 100], [most * 1.27], marker="v", color=INK, markersize=6, clip_on=False)
    ax.set_ylim(0, most * 1.32)
    ax.set_xlim(0, bins[-1][1] / 100)
    ax.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    ax.set_xlabel(label, color=SOFT, fontsize=10)
    ax.set_ylabel("students", color=SOFT, fontsize=10)
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    plain_frame(ax)
    return ax


def plain_frame(ax: Axes) -> None:
    """Leave only the axes that carry numbers, in the page's own colours."""
    ax.tick_params(labelsize=10, color=SOFT, labelcolor=INK)
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("bottom", "left"))
        spine.set_color(SOFT)
    ax.patch.set_alpha(0)
    ax.figure.patch.set_alpha(0)


def class_scores_in_words(
    bins: Sequence[tuple[int, int, int]], students: int, *, median: float, total: int
) -> str:
    """Return what the bars show, for someone who cannot see them."""
    told = "; ".join(
        f"{_points(start)} to under {_points(below)}: {n}" if below <= total else f"{_points(start)} and more: {n}"
        for start, below, n in bins
        if n
    )  # fmt: skip
    return (
        f"Bars: how many of {students} students have how many of {_points(total)} points. {told}. "
        f"The triangle stands at the median, {_points(median)}."
    )


def _points(hundredths: float) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
