"""What every expected failure of the course has in common; imports nothing of ours.

A `BriefingError` carries one sentence for the person in front of the screen: what is wrong, with
which file, and what to do next. The command line prints it without a traceback.
"""

from __future__ import annotations


class BriefingError(Exception):
    """An expected failure, told in one clear sentence."""

    def _render_traceback_(self) -> list[str]:
        """Let IPython show the sentence alone; the traceback would bury it."""
        return [str(self)]
