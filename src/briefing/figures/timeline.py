"""The timeline of lesson 00: the articles beside the events, down to a day that the caller names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from briefing.corpus.background import timeline
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK, _ARTICLE = "#1c1c1c", "#00619a"
_HALF = 0.05  # half the width of the band that carries the years


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return positions at least `gap` apart, in the same order, as near to `wanted` as can be.

    `wanted` must be sorted. Neighbours that would touch are pooled and placed round their mean.
    """
    blocks: list[tuple[float, int]] = []
    for index, place in enumerate(wanted):
        mean, size = place - index * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        blocks.append((mean, size))
    level = [mean for mean, size in blocks for _ in range(size)]
    return [mean + index * gap for index, mean in enumerate(level)]


def _years(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _today(today: date) -> str:
    return f"{today.day} {today:%B %Y}"


def timeline_figure(today: date) -> Axes:
    """Draw the events up to `today`, time running downwards: articles left, the war right.

    Raises:
        TableError: the timeline cannot be read.
    """
    from matplotlib.figure import Figure

    events = [e for e in timeline() if e.day <= today]
    first, last = 2011.0, _years(today)
    ax = Figure(figsize=(9.6, 8.6), layout="constrained").subplots()
    ax.fill_betweenx([first, last], -_HALF, _HALF, color="#e9e6de", linewidth=0)
    for year in range(2011, today.year + 1):
        ax.plot([-_HALF, _HALF], [year, year], color="white", linewidth=1.5)
        middle = (year + min(year + 1, last)) / 2
        ax.text(0, middle, str(year), ha="center", va="center", fontsize=9, color="#4a4a4a")

    for side, marker, colour, chosen in (
        (-1, "D", _ARTICLE, [e for e in events if e.article]),
        (1, "o", _INK, [e for e in events if not e.article]),
    ):
        heights = spread([_years(e.day) for e in chosen], 0.8)
        for event, height in zip(chosen, heights, strict=True):
            at, edge = _years(event.day), _HALF * side
            corners = [edge, 0.17 * side, 0.21 * side]
            ax.plot(corners, [at, height, height], color="#9a9a9a", linewidth=0.8, zorder=1)
            ax.plot(edge, at, marker=marker, markersize=6.5, color=colour, zorder=3,
                    markeredgecolor="white")  # fmt: skip
            ax.text(
                0.23 * side, height, f"{event.when}\n{event.label}", fontsize=9.5,
                linespacing=1.15, va="center", ha="right" if side < 0 else "left", color=colour,
                weight="bold" if side < 0 else "normal", gid=f"event:{event.id}",
            )  # fmt: skip
    ax.plot([-_HALF, _HALF], [last, last], color=_INK, linewidth=2)
    ax.text(-_HALF - 0.02, last, f"Today: {_today(today)}", ha="right", va="center", fontsize=9.5,
            gid="today")  # fmt: skip
    ax.set(xlim=(-0.62, 0.78), ylim=(last + 0.6, first - 0.2))
    ax.axis("off")
    ax.set_title("The five articles (diamonds, left) and the war (circles, right)", fontsize=12)
    return ax


def timeline_in_words(today: date) -> str:
    """Return the text alternative of `timeline_figure`: dates and labels, oldest first.

    Raises:
        TableError: the timeline cannot be read.
    """
    events = [e for e in timeline() if e.day <= today]
    listed = "; ".join(f"{event.when}: {event.label}" for event in events)
    years = " and ".join(str(year) for year in sorted({e.day.year for e in events if e.article}))
    return (
        "Timeline from 2011 to today. The five articles stand on the left, the events of the war "
        f"on the right. The articles are of {years}. {listed}. Today is {_today(today)}."
    )


def timeline_picture(today: date) -> DescribedFigure:
    """Return the timeline down to `today`, with its description.

    Raises:
        TableError: the timeline cannot be read.
    """
    return described(timeline_figure(today), timeline_in_words(today))
