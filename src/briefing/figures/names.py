"""Names inside and outside quotation marks: a dot for each mention, drawn and told from one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from briefing.analysis.naming import in_and_out
from briefing.corpus import any_article
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_INK, _FAINT = "#222222", "#6e6e6e"
# Okabe-Ito. The side of the line and the shape say the same as the colour.
SIDES = {"outside": (-1, "o", "#0072b2"), "inside": (1, "s", "#d55e00")}
TITLE = "Names for fighters: one dot for each time"


def names_in_and_out(ids: Iterable[str]) -> DescribedFigure:
    """Return the names of some articles inside and outside quotation marks, with a description.

    Raises:
        NotInNames: an article's names are an exercise, or there is no such article.
    """
    tables = {_called(article): in_and_out(article) for article in ids}
    return described(name_dots(tables, TITLE), names_told(tables, TITLE))


def _called(article: str) -> str:
    text = any_article(article)
    return f"Article {article} ({text.outlet}, {str(text.published)[:4]})"


def name_dots(tables: Mapping[str, pd.DataFrame], title: str) -> Axes:
    """Draw one row for each name, a dot for each time it stands there.

    Args:
        tables: what each article is called, with a table made by `in_and_out`.
        title: stands above the picture.

    Returns:
        Axes on which dots left of the line stand outside quotation marks, dots right of it inside,
        with the number beside them.
    """
    from matplotlib.figure import Figure

    rows = sum(len(table) + 1.4 for table in tables.values())
    ax = Figure(figsize=(8.6, 1.0 + 0.36 * rows)).add_subplot()
    lane, lanes, labels = 0.0, [], []
    ends = [max(int(table[side].max()) for table in tables.values()) + 1.4 for side in SIDES]
    for called, table in tables.items():
        lane -= 1
        ax.text(-ends[0], lane, called, fontsize=9.5, weight="bold", va="center", color=_INK)
        for name, row in table.iterrows():
            lane -= 1
            lanes.append(lane)
            labels.append(str(name))
            for side, (sign, marker, colour) in SIDES.items():
                times = int(row[side])
                places = [sign * (place + 0.6) for place in range(times)]
                ax.plot(
                    places, [lane] * times, marker, color=colour, markeredgecolor="white",
                    markersize=8, gid=f"{side}:{called}:{name}",
                )  # fmt: skip
                ax.text(
                    sign * (times + 0.45), lane, str(times), fontsize=8.5, va="center",
                    ha="center", color=_INK if times else _FAINT,
                )  # fmt: skip
        lane -= 0.4
    ax.plot([0, 0], [lane + 0.2, -0.4], color=_INK, linewidth=1)
    for side, (sign, _, _) in SIDES.items():
        ax.text(
            sign * 0.3, 0.05, f"{side} quotation marks", fontsize=9, color=_INK,
            ha="left" if sign > 0 else "right", va="center", weight="bold",
        )  # fmt: skip
    ax.set_yticks(lanes, labels)
    ax.tick_params(axis="y", length=0, labelsize=9)
    ax.set_xticks([])
    ax.set_xlim(-ends[0], max(ends[1], 6.5))
    ax.set_ylim(lane, 0.6)
    ax.set_title(title, loc="left", fontsize=10)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def names_told(tables: Mapping[str, pd.DataFrame], title: str) -> str:
    """Return what the picture shows, for someone who cannot see it."""
    told = []
    for called, table in tables.items():
        rows = "; ".join(
            f"{name}: {row['outside']} outside, {row['inside']} inside"
            for name, row in table.iterrows()
        )
        told.append(f"{called}: {rows}.")
    return (
        f"{title}. A line in the middle; dots left of it stand outside quotation marks, squares "
        f"right of it inside. {' '.join(told)}"
    )
