"""The base of widgets that ask Python for something and show what it answers.

The browser sets `wish` (`{"n": 3, "what": "pack", …}`); Python sets `told` with the same `n`, whether
it went well, and one sentence. Nothing is an answer to a question here, so nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets as t

from briefing.errors import BriefingError
from briefing.widgets.question import QuestionWidget


class AskingWidget(QuestionWidget):
    """A widget with wishes; a subclass has a method `wish_NAME(wish) -> dict` for each of them."""

    wish = t.Dict().tag(sync=True)
    told = t.Dict().tag(sync=True)

    def __init__(self, **common: Any) -> None:
        super().__init__(**common)
        self.observe(self._on_wish, "wish")

    def __repr__(self) -> str:
        """Return a fixed text: nbval compares it, and a notebook stores it."""
        name = f" {self.question}" if self.question else ""
        return f"<{type(self).__name__}{name}: run all cells to use it>"

    def _on_wish(self, change: Mapping[str, Any]) -> None:
        wish = dict(change["new"])
        number = wish.get("n")
        if not isinstance(number, int):
            return
        method = getattr(self, f"wish_{wish.get('what')}", None)
        try:
            if method is None:
                raise BriefingError("This widget does not know that wish; run the cell again.")
            found = {"ok": True, "message": "", **method(wish)}
        except BriefingError as problem:
            found = {"ok": False, "message": str(problem)}
        except Exception as problem:
            # Whatever goes wrong, the page must hear of it, or it would wait for ever.
            sentence = f"That did not work: {type(problem).__name__}, {problem}"
            found = {"ok": False, "message": sentence}
        self.told = {**found, "n": number}
