"""Attribution strips: one bar a sentence, as wide as its words, in the lane of who speaks.

Colour repeats what the lane and its written name already say, so nothing depends on seeing it.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from briefing.analysis.voices import NOT_CREDITED, word_shares

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# Okabe-Ito, which holds apart for all common kinds of colour blindness.
KIND_COLOURS = {
    "named_official": "#0072b2",
    "unnamed_official": "#56b4e9",
    "institution": "#e69f00",
    "document": "#009e73",
    "other_media": "#cc79a7",
    "other_person": "#f0e442",
    "": "#ffffff",
    "no_label": "#bbbbbb",  # a reader's own strip: not labelled yet
}
_INK = "#222222"
_NARROWEST_WITH_NUMBER = 8  # words: a narrower bar has no room for its number
_MOST_NUMBERS = 64  # so many fit beside each other in one strip


def _axes(width: float, height: float) -> Axes:
    # A Figure of its own, not pyplot's: nothing is shown twice and no window is left open.
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height)).add_subplot()


def _plain_frame(ax: Axes, words: int) -> None:
    ax.set_xlim(0, words)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(labelsize=8)
    ax.xaxis.label.set_fontsize(8)


def _bar(ax: Axes, row: pd.Series, lane: float, colour: str, edge: float = 0.8) -> None:
    ax.barh(
        lane, row["words"], left=row["before"], height=0.72, color=colour, edgecolor=_INK,
        linewidth=edge, hatch="" if row["credited"] else "////", zorder=2 + edge,
        clip_on=False,
    )  # fmt: skip


def _number(ax: Axes, row: pd.Series, lane: float, total: int) -> None:
    if row["words"] >= max(_NARROWEST_WITH_NUMBER, total / _MOST_NUMBERS):
        middle = row["before"] + row["words"] / 2
        number = row["sentence"].rpartition(".s")[2]
        ax.text(middle, lane + 0.40, number, ha="center", va="bottom", fontsize=7, color=_INK)


def attribution_strip(table: pd.DataFrame, title: str) -> Axes:
    """Draw who speaks in which sentence of one text.

    Args:
        table: a table made by `briefing.analysis.voices.voices`.
        title: stands above the picture.

    Returns:
        Axes with one bar a sentence, `before` to `before + words` wide, in its speaker's lane.
        Lanes come in the order in which the speakers do, "not credited" last.
    """
    shares = word_shares(table)
    lanes = [name for name in dict.fromkeys(table["speaker"]) if name != NOT_CREDITED]
    if NOT_CREDITED in shares.index:
        lanes.append(NOT_CREDITED)
    total = int(table["words"].sum())
    ax = _axes(9.2, 0.75 + 0.62 * len(lanes))
    for _, row in table.iterrows():
        lane = -lanes.index(row["speaker"])
        _bar(ax, row, lane, KIND_COLOURS[row["kind"]])
        _number(ax, row, lane, total)
    for lane, name in enumerate(lanes):
        words, percent = shares.loc[name, ["words", "percent"]]
        ax.text(total * 1.01, -lane, f"{words} words\n{percent}%", va="center", fontsize=8)
    ax.set_yticks([-lane for lane in range(len(lanes))], [fill(name, 26) for name in lanes])
    ax.set_ylim(-len(lanes) + 0.45, 0.75)
    ax.set_xlabel("words from the beginning of the text; small numbers name the sentences")
    ax.set_title(title, loc="left", fontsize=10)
    _plain_frame(ax, total)
    return ax


def two_readings(strict: pd.DataFrame, inherited: pd.DataFrame, title: str) -> Axes:
    """Draw one text twice: its uncredited sentences read strictly, and read as inherited.

    Args:
        strict: the text's table from `voices` with every run read strictly.
        inherited: its table with some runs read as inherited.
        title: stands above the picture.

    Returns:
        Axes with two rows of bars. Sentences that change sides keep a thick edge in both rows.
    """
    total = int(strict["words"].sum())
    ax = _axes(9.2, 2.5)
    changed = strict["credited"].to_numpy() != inherited["credited"].to_numpy()
    for lane, table in ((0, strict), (-1, inherited)):
        for (_, row), moves in zip(table.iterrows(), changed, strict=True):
            credited = "#56b4e9" if moves else "#0072b2"
            _bar(ax, row, lane, credited if row["credited"] else "#ffffff", 2.2 if moves else 0.8)
            if moves:
                _number(ax, row, lane, total)
        words = int(table.loc[~table["credited"], "words"].sum())
        share = f"not credited:\n{words} words, {round(100 * words / total)}%"
        ax.text(total * 1.01, lane, share, va="center", fontsize=8)
    ax.set_yticks([0, -1], ["read strictly", "read as inherited"])
    ax.set_ylim(-1.55, 0.75)
    ax.set_xlabel(
        "words from the beginning of the text\n"
        "striped: not credited · filled: credited · thick edge: changes with the reading"
    )
    ax.set_title(title, loc="left", fontsize=10)
    _plain_frame(ax, total)
    return ax
