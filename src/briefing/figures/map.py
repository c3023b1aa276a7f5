"""The map of lesson 00: where the places of the five articles lie; it shows nobody's control."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from typing import TYPE_CHECKING

from briefing.corpus.background import Place, outlines, places
from briefing.figures.described import DescribedFigure, described

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEST, EAST, SOUTH, NORTH = 33.9, 45.1, 31.9, 37.8
_KM_PER_DEGREE = 111.32
_LAND, _SYRIA, _SEA, _LINE, _INK = "#f1efe9", "#fffdf5", "#dfe9f0", "#8c8c8c", "#1c1c1c"
_MARKERS = {"city": ("o", 6.5), "town": ("o", 5), "village": ("s", 4.5), "air base": ("^", 7.5)}
_NEIGHBOURS = {
    "Turkey": (38.3, 37.35),
    "Iraq": (42.4, 34.4),
    "Jordan": (37.35, 32.2),
    "Lebanon": (35.75, 34.0),
    "Israel": (35.27, 32.72),
}
# Where each label stands, in points from its place: the west of the country is too crowded for a
# rule, and a test sees to it that no two labels touch.
_OFFSETS = {
    "Aleppo": (-12, 30),
    "Ain al-Fijah": (-60, 4),
    "al-Bab": (14, 12),
    "Atshan": (34, 4),
    "Baghdad": (-8, 12),
    "Damascus": (12, -10),
    "Deir ez-Zor": (10, 8),
    "Hama": (30, -8),
    "Hmeimim air base": (-34, -22),
    "Homs": (12, -12),
    "Idlib": (-62, 36),
    "Ithriya": (14, -8),
    "Latakia": (-34, 2),
    "Mosul": (10, 8),
    "Palmyra": (12, -4),
    "Raqqa": (10, 8),
    "Salma": (-66, 24),
    "Sarmin": (46, 4),
}


def _label(place: Place) -> str:
    return f"{place.name}\n{' · '.join(place.articles)}"


def _scale_bar(ax: Axes, kilometres: int) -> None:
    lat, left = SOUTH + 0.42, EAST - 2.9
    length = kilometres / (_KM_PER_DEGREE * cos(radians(lat)))
    ax.plot([left, left + length], [lat, lat], color=_INK, linewidth=2, solid_capstyle="butt")
    for end in (left, left + length):
        ax.plot([end, end], [lat - 0.05, lat + 0.05], color=_INK, linewidth=2)
    ax.text(left + length / 2, lat + 0.09, f"{kilometres} km", ha="center", fontsize=9)


def syria_map(shown: Iterable[Place] | None = None) -> Axes:
    """Draw Syria, its neighbours and `shown` (by default every place of known position).

    Each place carries its name and the numbers of the articles that name it. Shapes, not colours,
    tell cities and towns, villages, and the air base apart.

    Raises:
        TableError: the outlines or the places cannot be read.
    """
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    ax = Figure(figsize=(9.6, 6.7), layout="constrained").subplots()
    ax.set_facecolor(_SEA)
    for country, rings in outlines().items():
        for ring in rings:
            fill = _SYRIA if country == "Syria" else _LAND
            ax.fill(*zip(*ring, strict=True), facecolor=fill, edgecolor="none", zorder=1)
            width = 1.6 if country == "Syria" else 0.7
            ax.plot(*zip(*ring, strict=True), color=_LINE, linewidth=width, zorder=2)
    for country, (lon, lat) in _NEIGHBOURS.items():
        ax.text(lon, lat, country, fontsize=10, style="italic", color="#5a5a5a", ha="center")
    ax.text(35.27, 32.1, "West\nBank", fontsize=7.5, style="italic", color="#5a5a5a", ha="center")
    ax.text(39.3, 34.95, "S Y R I A", fontsize=15, color="#8a8474", ha="center", zorder=3)
    ax.text(34.6, 34.25, "Mediterranean\nSea", fontsize=9, style="italic", color="#4a6478",
            ha="center")  # fmt: skip

    for place in places() if shown is None else shown:
        if place.lat is None or place.lon is None:
            continue
        marker, size = _MARKERS[place.kind]
        ax.plot(place.lon, place.lat, marker=marker, markersize=size, color=_INK, zorder=5,
                markerfacecolor="white" if place.kind == "village" else _INK)  # fmt: skip
        across = _OFFSETS.get(place.name, (8, 8))
        ax.annotate(
            _label(place), (place.lon, place.lat), xytext=across, textcoords="offset points",
            fontsize=8.5, linespacing=1.05, zorder=6, gid=f"place:{place.name}",
            ha="left" if across[0] >= 0 else "right", va="center",
            arrowprops={"arrowstyle": "-", "color": "#6e6e6e", "linewidth": 0.6,
                        "shrinkA": 0, "shrinkB": 3},
        )  # fmt: skip

    signs = [("city", "city or town"), ("village", "village"), ("air base", "air base")]
    handles = [
        Line2D([], [], linestyle="none", marker=_MARKERS[kind][0], markersize=_MARKERS[kind][1],
               color=_INK, markerfacecolor="white" if kind == "village" else _INK, label=text)
        for kind, text in signs
    ]  # fmt: skip
    ax.legend(handles=handles, loc="upper right", fontsize=9, framealpha=1, title="000 … 004:\n"
              "articles that name it", title_fontsize=9)  # fmt: skip
    _scale_bar(ax, 100)
    ax.set(xlim=(WEST, EAST), ylim=(SOUTH, NORTH), xticks=[], yticks=[])
    ax.set_aspect(1 / cos(radians((SOUTH + NORTH) / 2)))
    ax.set_title("Places that the five articles name", loc="left", fontsize=12)
    ax.set_xlabel(
        "Outlines: Natural Earth (public domain), drawn as land is held, not as the law sees it. "
        "No area's control is shown.",
        fontsize=8, loc="left",
    )  # fmt: skip
    return ax


def map_in_words(shown: Iterable[Place] | None = None) -> str:
    """Return the text alternative of `syria_map`: the places from north to south.

    Raises:
        TableError: the places cannot be read.
    """
    found = [p for p in (places() if shown is None else shown) if p.lat is not None]
    listed = "; ".join(
        f"{p.name} ({p.kind}{'' if p.country == 'Syria' else ' in ' + p.country}): "
        f"{', '.join(p.articles)}"
        for p in sorted(found, key=lambda p: (-(p.lat or 0.0), p.name))
    )
    return (
        "Map of Syria. Around it lie Turkey in the north, Iraq in the east, Jordan in the south, "
        "Israel and the West Bank in the south-west, Lebanon and the Mediterranean Sea in the west. Most of the "
        "places marked lie in the west of the country. "
        f"From north to south, each with the articles that name it: {listed}."
    )


def places_picture() -> DescribedFigure:
    """Return the map of every place of known position, with its description.

    Raises:
        TableError: the outlines or the places cannot be read.
    """
    return described(syria_map(), map_in_words())
