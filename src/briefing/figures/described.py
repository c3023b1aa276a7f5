"""A picture with its description in words, both kept in the notebook; it draws nothing itself.

JupyterLab gives images in outputs no alternative text (it drops the `alt` metadata, which other
tools such as nbconvert do use). So the description is stored in three places: as that metadata, as
the plain-text form of the output, and as a folded paragraph under the picture, open to everyone.
"""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class DescribedFigure:
    """A finished figure and the words that say what it shows."""

    def __init__(self, axes: Axes, words: str) -> None:
        """Keep the figure's picture and its description.

        Args:
            axes: what a function of `briefing.figures` returned.
            words: what someone who cannot see the picture needs to know.

        Raises:
            ValueError: the description is empty.
        """
        if not words.strip():
            raise ValueError("a figure needs a description in words")
        self.axes, self.words = axes, " ".join(words.split())

    def __repr__(self) -> str:
        return f"Picture. {self.words}"

    def png(self) -> bytes:
        """Return the figure as a PNG on white, which reads in a light and in a dark theme."""
        target = BytesIO()
        figure = self.axes.get_figure(root=True)
        if figure is None:
            raise ValueError("these axes belong to no figure")
        figure.savefig(
            target, format="png", dpi=110, bbox_inches="tight", facecolor="white",
            metadata={"Software": None},
        )  # fmt: skip
        return target.getvalue()

    def words_html(self) -> str:
        """Return the description as a folded paragraph of escaped HTML."""
        return (
            '<details style="max-width: 42em"><summary>This picture in words</summary>'
            f"<p>{escape(self.words)}</p></details>"
        )

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        picture: dict[str, Any] = {"image/png": self.png(), "text/plain": repr(self)}
        publish_display_data(picture, metadata={"image/png": {"alt": self.words}})  # type: ignore[no-untyped-call]
        publish_display_data({"text/html": self.words_html(), "text/plain": self.words})  # type: ignore[no-untyped-call]


def described(axes: Axes, words: str) -> DescribedFigure:
    """Return `axes` ready to be shown with `words` as its alternative text."""
    return DescribedFigure(axes, words)
