"""The five articles against the evidence then available: draws every row by date, judges none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from briefing.analysis.evidence_lanes import evidence_lanes, lane_counts
from briefing.corpus import articles
from briefing.corpus.lanes import LANE_NAMES, LANES, TOO_LATE
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Okabe-Ito; each kind has a shape of its own as well, so that nothing hangs on a colour.
KINDS = {
    "news report": ("o", "#0072b2"),
    "monitor or NGO": ("s", "#d55e00"),
    "party to the dispute": ("^", "#cc79a7"),
    "primary record": ("D", "#009e73"),
    "official inquiry": ("v", "#222222"),
}
_INK, _SOFT, _BEFORE, _LATER = "#222222", "#6a6a6a", "#eef4f8", "#f5f1ea"
_TICKS = (1, 3, 7, 30, 90)
_FAR = 180
"""Rows farther from an article than so many days stand in a block, ordered by kind."""
_LEVELS = (0, 1, -1, 2, -2, 3, -3)
_STEP = 0.105  # between dots above one another; a lane is 1 high
_WIDE = 0.17  # between dots beside one another
_BLOCK = 7  # dots above one another in a block


def place(days: int) -> float:
    """Return where so many days stand on the axis: equal factors take equal room, the day is 0."""
    return math.copysign(math.log1p(abs(days)), days)


def dots(rows: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return `row → (x, height)` for the rows of one article, no two on the same spot.

    Args:
        rows: the rows of one article of the table.
    """
    found: dict[str, tuple[float, float]] = {}
    near = rows[abs(rows["days"]) <= _FAR].sort_values(["days", "row"])
    for _, row in near.iterrows():
        x = place(row["days"])
        tries = ((x + shift * _WIDE, level * _STEP) for shift in range(99) for level in _LEVELS)
        found[row["row"]] = next(
            (a, b)
            for a, b in tries
            if all(abs(a - c) >= _WIDE - 1e-9 or abs(b - d) > _STEP / 2 for c, d in found.values())
        )
    for side in (-1, 1):
        far = rows[(rows["days"] * side) > _FAR]
        order = far.sort_values("row").sort_values("kind", key=_kind_order, kind="stable")
        for number, name in enumerate(order["row"]):
            column, level = divmod(number, _BLOCK)
            x = side * (place(_FAR) + (column + 2) * _WIDE)
            found[name] = (x, _LEVELS[level] * _STEP)
    return found


def _kind_order(kinds: pd.Series[str]) -> pd.Series[int]:
    return kinds.map(list(KINDS).index)


def evidence_timeline(table: pd.DataFrame) -> Axes:
    """Draw one lane an article and one dot a row: left of the line what came before its day.

    Args:
        table: a table made by `briefing.analysis.evidence_lanes.evidence_lanes`.

    Returns:
        Axes whose x is days from each article's own day, squeezed (see `place`); a dot stands at the
        last day that its date can mean (beside it, where others stand), hollow where no day is
        known. What is farther off stands in a block at the edge.
    """
    from matplotlib.figure import Figure

    names = list(dict.fromkeys(table["article"]))
    counts = lane_counts(table)
    spots = {name: dots(table[table["article"] == name]) for name in names}
    ax = Figure(figsize=(10.4, 1.5 + 1.15 * len(names)), layout="constrained").add_subplot()
    most = max((abs(x) for name in names for x, _ in spots[name].values()), default=0)
    edge = max(most, place(_FAR)) + 0.3
    ax.axvspan(-edge, -_WIDE, color=_BEFORE, linewidth=0, zorder=0)
    ax.axvspan(_WIDE, edge, color=_LATER, linewidth=0, zorder=0)
    ax.axvline(0, color=_INK, linewidth=1.2, zorder=1)
    for lane, name in enumerate(names):
        if lane:
            ax.axhline(0.5 - lane, color="white", linewidth=3, zorder=1)
        for _, row in table[table["article"] == name].iterrows():
            marker, colour = KINDS[row["kind"]]
            x, height = spots[name][row["row"]]
            ax.plot(
                x, -lane + height - 0.06, marker, markersize=6, markeredgecolor=colour,
                markerfacecolor=colour if row["exact"] else "white", zorder=3, gid=row["row"],
            )  # fmt: skip
        for key, x, align in zip(
            LANES, (0.08 - edge, 0, edge - 0.08), ("left", "center", "right"), strict=True
        ):
            number = int(counts.loc[name, key])
            ax.text(x, -lane + 0.38, f"{number} {LANE_NAMES[key]}", ha=align, va="center",
                    fontsize=8.5, color=_INK, weight="bold",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85})  # fmt: skip
    labels = [f"{name} {articles[name].outlet}\n{_day(articles[name].published)}" for name in names]
    ax.set_yticks([-lane for lane in range(len(names))], labels)
    ticks = [sign * days for sign in (-1, 1) for days in _TICKS]
    far = place(_FAR) + 1.5 * _WIDE
    for side in (-1, 1):
        ax.axvline(side * far, color="white", linewidth=3, zorder=1)
    middle = (far + edge) / 2
    ax.set_xticks([*(place(days) for days in (*ticks, 0)), -middle, middle],
                  [*(str(abs(days)) for days in ticks), "its day", *[f"more than {_FAR}"] * 2])  # fmt: skip
    ax.set(xlim=(-edge, edge), ylim=(-len(names) + 0.45, 0.6))
    ax.set_xlabel(
        "days from the article’s own day · hollow: only a month or a year is known", fontsize=9
    )
    ax.tick_params(axis="y", length=0, labelsize=9)
    ax.tick_params(axis="x", labelsize=8, colors=_SOFT)
    for edge_name in ("top", "right", "left"):
        ax.spines[edge_name].set_visible(False)
    handles = [
        ax.plot([], [], marker, color=colour, markersize=6, linestyle="", label=kind)[0]
        for kind, (marker, colour) in KINDS.items()
        if kind in set(table["kind"])
    ]
    ax.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=len(handles),
        fontsize=8.5, frameon=False, handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip
    return ax


def _day(written: str) -> str:
    from datetime import date

    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"


def evidence_timeline_in_words(table: pd.DataFrame) -> str:
    """Return what the picture shows, for someone who cannot see it."""
    counts = lane_counts(table)
    told = []
    for name in counts.index:
        rows = table[(table["article"] == name) & (table["lane"] == "before")]
        kinds = [f"{n} {kind}" for kind in KINDS if (n := int((rows["kind"] == kind).sum()))]
        of_kinds = f" ({', '.join(kinds)})" if kinds else ""
        told.append(
            f"Article {name}, {articles[name].outlet}, {_day(articles[name].published)}: "
            f"{counts.loc[name, 'before']} before{of_kinds}, {counts.loc[name, 'same_day']} on the "
            f"same day, {counts.loc[name, 'later']} later."
        )
    hollow = table[table["article"] == counts.index[0]]["exact"]
    return (
        f"The {len(hollow)} rows of evidence that are filed under the five articles, beside each of "
        f"them in time. {' '.join(told)} For {int((~hollow).sum())} rows only a month or a year is "
        f"known; they stand at its last day. Of a later row: {TOO_LATE.lower()}"
    )


def evidence_picture() -> DescribedFigure:
    """Return the five articles against the evidence then available, with its description.

    Raises:
        TableError: a table is missing or damaged.
    """
    table = evidence_lanes()
    return described(evidence_timeline(table), evidence_timeline_in_words(table))
