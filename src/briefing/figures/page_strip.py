"""Pages as strips: one bar a piece, as wide as its words, story, caption and furniture told apart.

Colour repeats what the height and the stripes of a bar already say, so nothing depends on seeing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefing.analysis.page_parts import page_parts
from briefing.corpus.story import PAGE_LABELS
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Okabe-Ito, which holds apart for all common kinds of colour blindness.
_LOOKS = {
    "story": ("#0072b2", "", 0.72),
    "caption": ("#e69f00", "....", 0.50),
    "furniture": ("#ffffff", "////", 0.30),
}
_INK = "#222222"


def page_strip(pages: Mapping[str, pd.DataFrame]) -> Axes:
    """Draw pages below one another, each from its first word to its last.

    Args:
        pages: a name to stand before each strip, and its table from `page_parts`.

    Returns:
        Axes with one bar a piece, `before` to `before + words` wide. Story bars are tall, captions
        lower and dotted, furniture lowest and striped.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    longest = max(int(table["words"].sum()) for table in pages.values())
    ax = Figure(figsize=(9.2, 1.15 + 0.75 * len(pages))).add_subplot()
    for lane, table in enumerate(pages.values()):
        for _, row in table.iterrows():
            colour, hatch, height = _LOOKS[row["label"]]
            ax.barh(
                -lane, row["words"], left=row["before"], height=height, color=colour, hatch=hatch,
                edgecolor=_INK, linewidth=0.6, label="_", clip_on=False,
            )  # fmt: skip
        total, kept = int(table["words"].sum()), _words(table, "story")
        told = f"{total} words on the page\n{kept} of them story"
        ax.text(total + longest * 0.01, -lane, told, va="center", fontsize=8)
    ax.set_yticks([-lane for lane in range(len(pages))], list(pages))
    ax.set_ylim(-len(pages) + 0.4, 0.6)
    ax.set_xlim(0, longest)
    ax.set_xlabel("words from the top of the page", fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(labelsize=8)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    keys = [
        Patch(facecolor=_LOOKS[name][0], hatch=_LOOKS[name][1], edgecolor=_INK, label=name)
        for name in PAGE_LABELS
    ]
    ax.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, fontsize=8
    )
    return ax


def page_strip_in_words(pages: Mapping[str, pd.DataFrame]) -> str:
    """Return what the strips show, for someone who cannot see them."""
    told = []
    for name, table in pages.items():
        counts = ", ".join(f"{_words(table, label)} {label}" for label in PAGE_LABELS)
        first, last = _run(table), _run(table.iloc[::-1])
        told.append(
            f"{name}: {len(table)} pieces with {int(table['words'].sum())} words ({counts}). "
            f"Before the first piece of the story stand {first} words, after its last {last}."
        )
    return f"Pages as strips, one bar a piece, from top to bottom of the page. {' '.join(told)}"


def pages_picture(*articles: str) -> DescribedFigure:
    """Return the pages of articles as strips, with their description.

    Raises:
        UnknownArticle: there is no such text.
    """
    pages = {f"Article {name}": page_parts(name) for name in articles}
    return described(page_strip(pages), page_strip_in_words(pages))


def _words(table: pd.DataFrame, label: str) -> int:
    return int(table.loc[table["label"] == label, "words"].sum())


def _run(table: pd.DataFrame) -> int:
    """The words before the first piece of story."""
    outside = (table["label"] != "story").cumprod().astype(bool)
    return int(table.loc[outside, "words"].sum())
