"""Pictures of sums: parts against a total, two periods, many releases; they draw and never judge.

Every bar carries its number in writing, and what may or may not be counted is striped, so nothing
depends on seeing a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Okabe-Ito, which holds apart for all common kinds of colour blindness.
BLUES = ("#0072b2", "#56b4e9")
ORANGE = "#e69f00"
_INK = "#222222"
_ON = {"#0072b2": "white", "#56b4e9": _INK, ORANGE: _INK, "#ffffff": _INK}


def _axes(width: float, height: float) -> Axes:
    # A Figure of its own, not pyplot's: nothing is shown twice and no window is left open.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height)).add_subplot()


def _plain_frame(ax: Axes, hidden: Sequence[str]) -> None:
    for side in hidden:
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=8)
    ax.xaxis.label.set_fontsize(8)
    ax.yaxis.label.set_fontsize(8)


def parts_against_total(
    parts: pd.DataFrame, total: int, title: str, *, called: str, open_parts: Sequence[str] = ()
) -> Axes:
    """Draw the parts of a list end to end, and the figure that they are compared with.

    Args:
        parts: columns `what` and `value`, in the order of the list; the index holds ids.
        total: the figure that they are compared with.
        title: stands above the picture.
        called: what that figure counts.
        open_parts: ids of parts that may or may not be counted; striped, at the end.

    Returns:
        Axes with one bar a part, each in a lane of its own and beginning where the one above it
        ends, and one bar for the other figure in the lowest lane.
    """
    ax = _axes(8.4, 1.0 + 0.36 * (len(parts) + 1))
    reached = 0.0
    for lane, (name, row) in enumerate(parts.iterrows()):
        striped = name in open_parts
        ax.barh(-lane, row["value"], left=reached, height=0.62, edgecolor=_INK, linewidth=0.8,
                color="#ffffff" if striped else BLUES[0], hatch="////" if striped else "")  # fmt: skip
        before, reached = reached, reached + row["value"]
        sofar = f"{row['value']:g}" + (f"   makes {reached:g}" if before else "")
        # Words that would cross the dashed line stand behind it.
        crosses = before and reached < total
        ax.text((total if crosses else reached) + 0.6, -lane, sofar, va="center", fontsize=8,
                color=_INK)  # fmt: skip
    last = -len(parts)
    ax.barh(last, total, height=0.62, color=ORANGE, edgecolor=_INK, linewidth=0.8)
    ax.text(total + 0.6, last, f"{total}", va="center", fontsize=8, color=_INK)
    ax.axvline(total, color=_INK, linewidth=1, linestyle="--", zorder=0)
    names = [f"{what} (?)" if n in open_parts else what for n, what in parts["what"].items()]
    ax.set_yticks([-lane for lane in range(len(parts) + 1)], [*names, called])
    ax.set_xlim(0, max(reached, total) * 1.18)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel(
        "each bar of the list begins where the one above it ends; dashed: where the lowest bar ends"
    )
    ax.set_title(title, loc="left", fontsize=10)
    _plain_frame(ax, ("top", "right", "left"))
    return ax


def rates_as_areas(periods: pd.DataFrame, title: str) -> Axes:
    """Draw periods side by side: as wide as their days, as high as their targets a day.

    Args:
        periods: columns `targets`, `days` and `per day`; the index names the periods, in order.
        title: stands above the picture.

    Returns:
        Axes with one bar a period, whose area is its number of targets.
    """
    ax = _axes(7.6, 3.2)
    left = 0.0
    for place, (name, row) in enumerate(periods.iterrows()):
        colour = BLUES[place % 2]
        ax.bar(left, row["per day"], width=row["days"], align="edge", color=colour,
               edgecolor=_INK, linewidth=0.8)  # fmt: skip
        ax.text(
            left + row["days"] / 2, row["per day"] + 1,
            f"{name}\n{row['targets']:g} targets in {row['days']:g} days: "
            f"about {row['per day']:.0f} a day",
            ha="center", va="bottom", fontsize=8, color=_INK,
        )  # fmt: skip
        left += row["days"]
    ax.set_xlim(0, left)
    ax.set_ylim(0, periods["per day"].max() * 1.28)
    ax.set_xlabel("days since the start of the operation")
    ax.set_ylabel("targets a day")
    ax.set_title(title, loc="left", fontsize=10)
    _plain_frame(ax, ("top", "right"))
    return ax


def sums_against_totals(table: pd.DataFrame, parts: Sequence[str], total: str, title: str) -> Axes:
    """Draw for each row its parts end to end and the printed total as a thick line.

    Args:
        table: as `briefing.analysis.numbers.added_up` returns it.
        parts: the two columns that were added.
        total: the column of printed totals.
        title: stands above the picture.

    Returns:
        Axes with two bars and one line a row, the first row on top. Rows that do not add up say so
        in words.
    """
    ax = _axes(8.4, 0.9 + 0.34 * len(table))
    widest = max(table["sum"].max(), table[total].max())
    for lane, (_, row) in enumerate(table.iterrows()):
        left = 0
        for part, colour in zip(parts, BLUES, strict=True):
            ax.barh(-lane, row[part], left=left, height=0.62, color=colour, edgecolor=_INK,
                    linewidth=0.6)  # fmt: skip
            ax.text(left + row[part] / 2, -lane, f"{row[part]}", ha="center", va="center",
                    fontsize=8, color=_ON[colour])  # fmt: skip
            left += row[part]
        ax.plot([row[total]] * 2, [-lane - 0.42, -lane + 0.42], color=_INK, linewidth=2.6)
        fits = row["difference"] == 0
        words = (
            f"{row['sum']}, printed {row[total]}"
            if fits
            else f"{row['sum']}, but printed {row[total]}: does not add up"
        )
        ax.text(widest * 1.02, -lane, words, va="center", fontsize=8, color=_INK,
                fontweight="normal" if fits else "bold")  # fmt: skip
    first = table.iloc[0]
    for part, middle in zip(
        parts, (first[parts[0]] / 2, first[parts[0]] + first[parts[1]] / 2), strict=True
    ):
        ax.text(middle, 0.42, part, ha="center", va="bottom", fontsize=8, color=_INK, gid=part)
    ax.set_yticks([-lane for lane in range(len(table))], [str(name) for name in table.index])
    ax.set_ylim(-len(table) + 0.4, 0.95)
    ax.set_xlim(0, widest * 1.01)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("strikes; the thick line is the total that the release prints")
    ax.set_title(title, loc="left", fontsize=10)
    _plain_frame(ax, ("top", "right", "left"))
    return ax
