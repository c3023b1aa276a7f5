"""Make each exercise from its solved notebook, so that there is one source; runs nothing.

Cells tagged `solution` are left out, and `, solved=True` is dropped. Everything else is the same in
both, cell ids too.
"""

from __future__ import annotations

from pathlib import Path

from briefing.authoring.store import Notebook, cleaned, dumps, read_notebook
from briefing.corpus import course_folder

SOLUTION = "solution"
SOLVED = ", solved=True"


def exercise_of(solution: Notebook) -> Notebook:
    """Return the exercise of a solved notebook, without outputs."""
    notebook = cleaned(solution)
    notebook.cells = [c for c in notebook.cells if SOLUTION not in c.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = cell.source.replace(SOLVED, "")
            cell.outputs, cell.execution_count = [], None
    return notebook


def write_exercises() -> list[Path]:
    """Write `exercises/NAME.ipynb` for every `solutions/exNN-….ipynb`; return those written.

    An exercise that asks the same as before keeps its stored outputs and is not written again. A
    new one has none until `briefing refresh` has run it.
    """
    course = course_folder()
    written = []
    for path in sorted((course / "solutions").glob("ex[0-9][0-9]-*.ipynb")):
        target = course / "exercises" / path.name
        notebook = exercise_of(read_notebook(path))
        if target.exists() and without_outputs(read_notebook(target)) == dumps(notebook):
            continue
        target.parent.mkdir(exist_ok=True)
        target.write_text(dumps(notebook), encoding="utf-8", newline="\n")
        written.append(target)
    return written


def without_outputs(notebook: Notebook) -> str:
    """Return the text of a notebook as it would be stored before it has run."""
    bare = cleaned(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return dumps(bare)
