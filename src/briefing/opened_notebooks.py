"""How JupyterLab opens notebooks here: what a stranger's notebook brings along does not run by itself.

Widget state that is saved in a notebook may hold the program of a widget. JupyterLab starts it when the
notebook is opened, without asking whether the notebook is trusted; anywidget, which the course brings
along, makes any program of it. So the programs are left out of what is not trusted, and so are widgets
that could bring one from elsewhere. Everything else stays, as do the answers in it.

What is trusted is told by `ExactNotary`, for Jupyter's own notary can be made to take one notebook for another.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat.sign import NotebookNotary, signature_removed
from traitlets import default

PROGRAMS = frozenset({"_esm", "_css"})
"""The parts of a widget's state that a browser runs, or obeys."""
STATE = "application/vnd.jupyter.widget-state+json"
"""Under which a notebook keeps its widgets."""
OURS = ("anywidget", "AnyModel")
"""The widgets of the course, harmless without their program."""
JUPYTERS = frozenset({"@jupyter-widgets/base", "@jupyter-widgets/controls"})
"""Jupyter's own widgets, which hold no program. Of others nobody here knows what they do."""
LINK = "Link"
"""In the name of those of Jupyter's own that put a part of one widget into another: as they come up, they
would put the words of a text where a program belongs."""
BORROWED = "__proto__"
"""The name of that from which an object in a browser borrows the parts that it lacks."""
SHARED = frozenset({BORROWED, "constructor", "prototype"})
"""The names by which one gets from an object in a browser to what all of the page's objects share."""


class ExactNotary(NotebookNotary):
    """Signs a notebook as it is written, brackets and all.

    Jupyter's own signs its names and values run together. So a harmless notebook, whose one odd name holds
    what is widget state in a second, signs that one too, and JupyterLab signs what has no outputs whenever
    it saves it: a stranger who sends in both would have the second one trusted.
    """

    def compute_signature(self, nb: Any) -> str:
        """Return the signature of a notebook."""
        # A key of its own: what Jupyter's notary has signed elsewhere on this computer is not signed here.
        key = self.secret + b" exactly as written"
        with signature_removed(nb):
            written = json.dumps(nb, sort_keys=True).encode()
        return hmac.new(key, written, self.digestmod).hexdigest()


class CourseFiles(AsyncLargeFileManager):
    """The files of JupyterLab as always, but for the programs in notebooks that are not trusted."""

    @default("notary")
    def _notary_default(self) -> ExactNotary:
        return ExactNotary(parent=self)  # type: ignore[no-untyped-call]

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Look whether a notebook that is being opened is trusted."""
        # Before the cells are marked: a mark is a change, and no changed notebook is a trusted one.
        trusted = self.notary.check_signature(nb)
        super().mark_trusted_cells(nb, path)  # type: ignore[no-untyped-call]
        if not trusted:
            without_borrowed(nb)
            without_programs(nb.get("metadata", {}).get("widgets"))


def without_programs(widgets: Any) -> None:
    """Take the programs, and widgets that could bring one, out of saved widgets, in place.

    Args:
        widgets: what a notebook's metadata hold of its widgets, whatever it looks like.
    """
    for one in _parts(widgets):
        if isinstance(one, dict):
            for name in PROGRAMS & one.keys():
                del one[name]
        else:
            one[:] = [part for part in one if not _is_program(part)]
    saved = widgets.get(STATE) if isinstance(widgets, dict) else None
    if isinstance(saved, dict) and isinstance(saved.get("state"), dict):
        kept = {name: one for name, one in saved["state"].items() if _is_harmless(one)}
        saved["state"] = kept
    elif isinstance(saved, dict):
        saved.pop("state", None)


def without_borrowed(notebook: Any) -> None:
    """Take out, in place, what would give a part of a notebook more in a browser than stands in it here."""
    for one in _parts(notebook):
        if isinstance(one, dict):
            one.pop(BORROWED, None)


def _parts(whole: Any) -> Iterator[Any]:
    """Yield every object and list, each before those within it; what is taken out meanwhile is passed over."""
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            yield one
            waiting += one.values() if isinstance(one, dict) else one


def _is_harmless(model: Any) -> bool:
    """Say whether a saved widget, without its program, can make no other one run something."""
    if not isinstance(model, dict):
        return False
    module, name = model.get("model_module"), model.get("model_name")
    if not isinstance(module, str) or not isinstance(name, str):
        return False
    return (module, name) == OURS or (module in JUPYTERS and LINK not in name)


def _is_program(part: Any) -> bool:
    """Say whether a part of a list is bytes that are kept apart from their widget, and must not get to their place.

    It is that of a program, or lies outside the widget: with bytes in every object a page no longer works.
    """
    path = part.get("path") if isinstance(part, dict) else None
    if not isinstance(path, list):
        return isinstance(path, dict)  # which a browser may take for a list
    # A browser takes a list of one name for that name.
    return any(
        one in PROGRAMS | SHARED if isinstance(one, str) else not isinstance(one, int)
        for one in path
    )
