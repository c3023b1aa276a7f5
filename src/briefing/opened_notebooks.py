"""How JupyterLab opens notebooks here: what a stranger's notebook brings along does not run by itself.

Widget state that is saved in a notebook may hold the program of a widget. JupyterLab starts it when the
notebook is opened, without asking whether the notebook is trusted; anywidget, which the course brings
along, makes any program of it. So the programs are left out of what is not trusted. Everything else
stays, as do the answers in it.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

PROGRAMS = frozenset({"_esm", "_css"})
"""The parts of a widget's state that a browser runs, or obeys."""


class CourseFiles(AsyncLargeFileManager):
    """The files of JupyterLab as always, but for the programs in notebooks that are not trusted."""

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Look whether a notebook that is being opened is trusted."""
        super().mark_trusted_cells(nb, path)  # type: ignore[no-untyped-call]
        if not self.notary.check_signature(nb):
            without_programs(nb.get("metadata", {}).get("widgets"))


def without_programs(state: Any) -> None:
    """Take the programs out of saved widget state, in place; whatever it looks like."""
    waiting = [state]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            for name in PROGRAMS & one.keys():
                del one[name]
            waiting += one.values()
        elif isinstance(one, list):
            one[:] = [part for part in one if not _is_program(part)]
            waiting += one


def _is_program(part: Any) -> bool:
    """Say whether a part of a list is a program that is kept apart from its state, as bytes."""
    path = part.get("path") if isinstance(part, dict) else None
    return isinstance(path, list) and any(one in PROGRAMS for one in path if isinstance(one, str))
