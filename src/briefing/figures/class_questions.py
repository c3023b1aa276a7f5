"""Each question's mean share and each item's share as dots on one line a question; knows no student."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing.figures.class_scores import plain_frame
from briefing.figures.inline import BAR, INK, SOFT, WIDTH
from briefing.percent import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Lane(NamedTuple):
    """One question: its name, how many answered, the mean share (0 to 1), and its items' shares."""

    name: str
    students: int
    mean: float
    items: tuple[float, ...] = ()


def class_questions(lanes: Sequence[Lane]) -> Axes:
    """Draw the questions below one another.

    Returns:
        Axes with an upright bar at each question's mean share, small rings for the share of each
        of its items that was answered rightly, and n at the right.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, 0.75 + 0.36 * len(lanes)), layout="constrained")
    ax = figure.add_subplot()
    for place, lane in enumerate(lanes):
        ax.plot([0, 100], [place, place], color=SOFT, linewidth=0.5, zorder=1)
        ax.scatter(
            [100 * share for share in lane.items], [place] * len(lane.items), s=26,
            facecolors="none", edgecolors=BAR, linewidths=1.1, zorder=2, clip_on=False,
        )  # fmt: skip
        ax.plot(
            [100 * lane.mean] * 2, [place - 0.3, place + 0.3], color=INK, linewidth=3.2, zorder=3,
            solid_capstyle="butt", clip_on=False,
        )  # fmt: skip
        ax.text(107, place, f"n = {lane.students}", va="center", fontsize=10, color=INK)
    ax.set_yticks(range(len(lanes)), [lane.name for lane in lanes])
    ax.set_ylim(len(lanes) - 0.4, -0.6)
    ax.set_xlim(0, 100)
    ax.set_xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("bar: mean share of the points · rings: items", color=SOFT, fontsize=10)
    plain_frame(ax)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def class_questions_in_words(lanes: Sequence[Lane]) -> str:
    """Return what the lines show, for someone who cannot see them."""
    told = []
    for lane in lanes:
        one = f"{lane.name}: mean {_percent(lane.mean)} of the points, n = {lane.students}"
        if len(lane.items) > 1:
            low, high = min(lane.items), max(lane.items)
            one += f", {len(lane.items)} items between {_percent(low)} and {_percent(high)} right"
        told.append(one)
    return f"One line a question. {'; '.join(told)}."


def _percent(share: float) -> str:
    return f"{percent(share)} %"
