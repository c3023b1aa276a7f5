"""How a notebook is stored: the same bytes for the same content, nothing of the machine or the run.

No widget state, no widget views (a saved one shows "model not found"), no timings; the kernel and
the language by name only.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat

from briefing.errors import BriefingError

Notebook = Any  # nbformat.NotebookNode, which is a dict that also has attributes

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
METADATA = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
CELL_METADATA = ("briefing", "jupyter", "tags")
WIDGET_TYPES = (
    "application/vnd.jupyter.widget-view+json",
    "application/vnd.jupyter.widget-state+json",
)


class NotANotebook(BriefingError):
    """A file that is no notebook."""


def read_notebook(path: Path) -> Notebook:
    """Return the notebook at `path`, in format 4.

    Raises:
        NotANotebook: it cannot be read or is no notebook.
    """
    try:
        return nbformat.read(path, as_version=4)
    except Exception as problem:  # nbformat raises many things, all meaning this
        raise NotANotebook(f"The file {path} is no notebook that can be read: {problem}.") from None


def cleaned(notebook: Notebook) -> Notebook:
    """Return a copy of a notebook as it is to be stored."""
    clean = copy.deepcopy(notebook)
    clean.nbformat, clean.nbformat_minor = 4, 5
    clean.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(clean.cells):
        cell.setdefault("id", f"cell-{number:02d}")
        kept = {k: v for k, v in cell.metadata.items() if k in CELL_METADATA and v}
        cell.metadata = nbformat.from_dict(kept)
        cell.source = cell.source.strip("\n")
        if cell.cell_type == "code":
            cell.outputs = _joined([_output(output) for output in cell.outputs])
    return clean


def _output(output: Notebook) -> Notebook:
    for kind in WIDGET_TYPES:
        output.get("data", {}).pop(kind, None)
    if "metadata" in output:
        # A picture's description stays with it: nbconvert and others show it as alternative text.
        told = {kind: how for kind, how in output.metadata.items() if isinstance(how, dict)}
        kept = {kind: {"alt": how["alt"]} for kind, how in told.items() if "alt" in how}
        output.metadata = nbformat.from_dict(kept)
    return output


def _joined(outputs: list[Notebook]) -> list[Notebook]:
    """Join what was printed in several pieces: how many there were is up to chance."""
    joined: list[Notebook] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == "stream" == last.output_type and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def dumps(notebook: Notebook) -> str:
    """Return the text of a notebook file, with a newline at its end."""
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return text.rstrip("\n") + "\n"


def write_notebook(path: Path, notebook: Notebook) -> None:
    """Write a notebook as it is to be stored."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(cleaned(notebook)), encoding="utf-8", newline="\n")
