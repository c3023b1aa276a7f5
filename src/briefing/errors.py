"""What every expected failure of the course has in common; of ours it imports `visible` alone.

A `BriefingError` carries one sentence for the person in front of the screen: what is wrong, with
which file, and what to do next. The command line prints it without a traceback. What a path or a
stranger's words put into it is shown as a sign where it cannot be seen: a terminal would obey it.
"""

from __future__ import annotations

from briefing.visible import visible


class BriefingError(Exception):
    """An expected failure, told in one clear sentence."""

    def __str__(self) -> str:
        return visible(super().__str__())

    def _render_traceback_(self) -> list[str]:
        """Let IPython show the sentence alone; the traceback would bury it."""
        return [str(self)]
