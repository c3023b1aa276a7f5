"""Who got it from whom, drawn: one row a sentence, one box a link, from the outlet to the origin.

A link that nobody could ask has a dashed edge and says "unnamed"; colour repeats the kind of source.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING

from briefing.analysis.chains import chain
from briefing.figures.described import DescribedFigure, described
from briefing.figures.strips import KIND_COLOURS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_INK = "#222222"
_WIDE, _HIGH, _GAP = 2.3, 1.0, 0.6
_COLOURS = {**KIND_COLOURS, "outlet": "#dddddd"}
_DARK = ("named_official",)  # white letters stand out on it
TITLE = "Who got it from whom"


def chains(*sentences: str) -> DescribedFigure:
    """Return the chains of some credited sentences, with their description.

    Raises:
        UnknownArticle: there is no such text.
        NoChain: the key that lessons show has no chain for one of them.
    """
    found = {sentence: chain(sentence) for sentence in sentences}
    return described(chain_diagram(found, TITLE), chains_in_words(found, TITLE))


def chain_diagram(found: Mapping[str, pd.DataFrame], title: str) -> Axes:
    """Draw one row of boxes for each sentence.

    Args:
        found: sentence → its table from `briefing.analysis.chains.chain`.
        title: stands above the picture.

    Returns:
        Axes with one box a link, the outlet on the left; an arrow runs from each link to the one
        that had it from there.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import FancyBboxPatch

    longest = max(len(links) for links in found.values())
    ax = Figure(figsize=(1.2 + 2.6 * longest, 0.6 + 1.15 * len(found))).add_subplot()
    for row, (sentence, links) in enumerate(found.items()):
        low = -row * (_HIGH + 0.45)
        middle = low + _HIGH / 2
        ax.text(-0.25, middle, sentence, ha="right", va="center", fontsize=8, color=_INK)
        for place, link in enumerate(links.itertuples()):
            left = place * (_WIDE + _GAP)
            dark = link.kind in _DARK
            box = FancyBboxPatch(
                (left, low), _WIDE, _HIGH, boxstyle="round,pad=0,rounding_size=0.08",
                facecolor=_COLOURS[str(link.kind)], edgecolor=_INK,
                linewidth=1.0 if link.named else 1.8, linestyle="-" if link.named else "--",
            )  # fmt: skip
            ax.add_patch(box)
            ax.text(
                left + _WIDE / 2, middle, f"{fill(str(link.name), 25)}\n({link.what})",
                ha="center", va="center", fontsize=8, color="white" if dark else _INK,
            )  # fmt: skip
            if place:
                ax.annotate(
                    "", (left - _GAP, middle), (left, middle),
                    arrowprops={"arrowstyle": "-|>", "color": _INK, "lw": 1.4},
                )  # fmt: skip
    ax.set_xlim(-1.1, longest * (_WIDE + _GAP) - _GAP + 0.1)
    ax.set_ylim(-(len(found) - 1) * (_HIGH + 0.45) - 0.15, _HIGH + 0.15)
    ax.set_title(title, loc="left", fontsize=10)
    ax.axis("off")
    return ax


def chains_in_words(found: Mapping[str, pd.DataFrame], title: str) -> str:
    """Return what the picture shows, for someone who cannot see it."""
    told = [
        f"{sentence}: "
        + ", from ".join(f"{link.name} ({link.what})" for link in links.itertuples())
        + "."
        for sentence, links in found.items()
    ]
    return f"{title}. One row a sentence, the outlet first and the origin last. {' '.join(told)}"
