"""Pictures of frames and of words compared: a matrix in words, and lists side by side; no verdicts.

Everything is written out, and a no has a frame of its own, so nothing depends on seeing a colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# A blue of Okabe and Ito's palette, and a pale one of the same hue.
BLUE = "#0072b2"
_PALE, _INK = "#d9ecf7", "#222222"


def _axes(width: float, height: float) -> Axes:
    # A Figure of its own, not pyplot's: nothing is shown twice and no window is left open.
    from matplotlib.figure import Figure

    ax = Figure(figsize=(width, height)).add_subplot()
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, labelsize=10)
    return ax


def matrix_in_words(said: pd.DataFrame, places: pd.DataFrame, title: str) -> Axes:
    """Draw for each text and function yes with what is said, or no.

    Args:
        said: a row a text, a column a function; a sentence, or "" for a no.
        places: of the same form; in how many places the text does it.
        title: stands above the picture.

    Returns:
        Axes with one box a cell, the first text on top. A yes is filled and has an unbroken edge, a
        no is empty and has a dashed one.
    """
    from matplotlib.patches import Rectangle

    ax = _axes(10.6, 0.7 + 1.15 * len(said))
    for lane, (_, row) in enumerate(said.iterrows()):
        for column, function in enumerate(said.columns):
            gist, yes = row[function], bool(row[function])
            ax.add_patch(
                Rectangle(
                    (column + 0.02, -lane - 0.96), 0.96, 0.92, edgecolor=BLUE if yes else _INK,
                    facecolor=_PALE if yes else "white", linewidth=1.4,
                    linestyle="-" if yes else "--",
                )
            )  # fmt: skip
            count = int(places.to_numpy()[lane, column])
            head = f"yes, {count} place{'s' if count != 1 else ''}" if yes else "no"
            ax.text(column + 0.06, -lane - 0.1, head, va="top", fontsize=9, fontweight="bold",
                    color=_INK)  # fmt: skip
            ax.text(column + 0.06, -lane - 0.32, fill(gist, 28), va="top", fontsize=8.5,
                    color=_INK, linespacing=1.25)  # fmt: skip
    ax.set_xlim(0, len(said.columns))
    ax.set_ylim(-len(said), 0)
    ax.set_xticks([n + 0.5 for n in range(len(said.columns))], list(said.columns))
    ax.xaxis.tick_top()
    ax.set_yticks([-lane - 0.5 for lane in range(len(said))], list(said.index))
    ax.set_title(title, loc="left", fontsize=10, pad=26)
    return ax


def lists_side_by_side(lists: Mapping[str, Sequence[str]], base: str, title: str) -> Axes:
    """Draw lists of words beside each other, with a line where a word stands in the next list too.

    Args:
        lists: heading → words, the first word on top.
        base: the heading of the list that the others are compared with; best the middle one.
        title: stands above the picture.

    Returns:
        Axes with one text a word, and a line a pair. A word that is not in the base list is bold
        and has a star.
    """
    longest = max(len(words) for words in lists.values())
    ax = _axes(2.9 * len(lists), 0.9 + 0.32 * longest)
    names = list(lists)
    for column, name in enumerate(names):
        ax.text(column, 1, name, va="center", fontsize=10, color=_INK)
        for place, word in enumerate(lists[name]):
            new = word not in lists[base]
            ax.text(column, -place, f"{place + 1}  {word}{' *' if new else ''}", va="center",
                    fontsize=10, fontweight="bold" if new else "normal", color=_INK)  # fmt: skip
    for column, (left, right) in enumerate(pairwise(names)):
        there = list(lists[right])
        for place, word in enumerate(lists[left]):
            if word in there:
                ax.plot([column + 0.45, column + 0.95], [-place, -there.index(word)], color=BLUE,
                        linewidth=1.2)  # fmt: skip
    ax.set_xlim(-0.05, len(names) - 0.4)
    ax.set_ylim(0.6 - longest, 1.4)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(title, loc="left", fontsize=10)
    return ax
