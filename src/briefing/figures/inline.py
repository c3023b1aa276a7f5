"""A finished figure as SVG inside a page: the same bytes each time, in the page's own colours.

The figures use the colours named here; in the page each becomes a CSS property, so that a figure
follows the reader's light or dark setting and prints dark on white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 4.7
"""Inches: narrow, so that the letters can still be read on a telephone."""

INK, SOFT, BAR = "#1b1b1b", "#555555", "#0072b2"
COLOURS = {INK: "var(--ink)", SOFT: "var(--soft)", BAR: "var(--bar)"}
SALT = "reading-the-briefing"

_ID = re.compile(r'\bid="([^"]+)"')


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw and save with matplotlib's defaults, whatever this user's own settings say."""
    from matplotlib import rc_context, rcdefaults

    with rc_context():
        rcdefaults()
        yield


def inline_svg(axes: Axes, name: str, words: str) -> str:
    """Return the figure as an `<svg>` element with its description.

    Args:
        axes: what a function of `briefing.figures` returned.
        name: different for each figure of a page; letters, digits and hyphens.
        words: what someone who cannot see the figure needs to know.

    Raises:
        ValueError: the description is empty.
    """
    from matplotlib import rc_context

    if not words.strip():
        raise ValueError("a figure needs a description in words")
    target = StringIO()
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure")
    with rc_context({"svg.hashsalt": SALT, "svg.fonttype": "none"}):
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    svg = target.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->|<style.*?</style>", "", svg, flags=re.DOTALL)
    for colour, css in COLOURS.items():
        svg = svg.replace(colour, css)
    svg = re.sub(r"font: ([0-9.]+px) [^;\"]*", r"font: \1 system-ui, sans-serif", svg)
    svg = _own_ids(svg, name)
    opening = re.search(r'viewBox="([^"]+)"', svg)
    assert opening is not None
    head = (
        f'<svg class="figure" viewBox="{opening[1]}" role="img" aria-label="{escape(words)}" '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    )
    body = svg[svg.index(">") + 1 :]
    return "\n".join(line for line in (head + body).splitlines() if line.strip())


def _own_ids(svg: str, name: str) -> str:
    """Keep only ids that something refers to, and make them the figure's own."""
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    svg = _ID.sub(lambda m: f'id="{name}-{m[1]}"' if m[1] in used else "", svg)
    return re.sub(r"(url\(#|href=\"#)([^)\"]+)", rf"\g<1>{name}-\2", svg)
