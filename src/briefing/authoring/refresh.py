"""Run notebooks in a fresh kernel each and store what comes out; judges no output.

Each run gets an empty work folder of its own, so that stored widgets are empty and nobody's work is
touched, and a time limit of its own: a run that stalls is stopped and tried once more, and says so.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

import briefing
from briefing.authoring.exercises import write_exercises
from briefing.authoring.shelf import find_notebooks
from briefing.authoring.store import Notebook, cleaned, dumps, read_notebook
from briefing.corpus import course_folder
from briefing.errors import BriefingError

CELL_LIMIT = 60  # seconds for one cell
LIMIT = 300.0  # seconds for a whole notebook


class NotebookFailed(BriefingError):
    """A cell of a notebook raised an error, or the notebook did not finish."""


def refresh_notebooks(
    names: Sequence[str], report: Callable[[str], None] = print, limit: float = LIMIT
) -> list[Path]:
    """Run the notebooks that `names` mean (all for none) and store them; return those changed.

    The exercises are made from their solutions first.

    Raises:
        UnknownNotebook: no notebook goes by one of the names.
        NotebookFailed: a notebook failed; it and those after it are left as they were.
    """
    write_exercises()
    changed = []
    for path in find_notebooks(names):
        text = dumps(run(path, report=report, limit=limit))
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
        report(f"{_shown(path)}: {'stored' if path in changed else 'as it was'}.")
    return changed


def run(
    path: Path,
    report: Callable[[str], None] = print,
    limit: float = LIMIT,
    environment: dict[str, str] | None = None,
) -> Notebook:
    """Run the notebook at `path` and return it as it is to be stored; the file is not touched.

    Args:
        path: the notebook.
        report: told when a run has stalled and is tried once more.
        limit: seconds for the whole notebook.
        environment: changes to the kernel's environment.

    Raises:
        NotebookFailed: a cell raised an error, or the second run did not finish either.
    """
    notebook = read_notebook(path)
    for tried in (1, 2):
        try:
            return _run_once(notebook, path, limit, environment or {})
        except CellExecutionError as problem:
            raise NotebookFailed(
                f"{_shown(path)} stopped: {problem.ename}: {problem.evalue}"
            ) from None
        except (TimeoutError, CellTimeoutError, DeadKernelError) as problem:
            why = f"{_shown(path)} did not finish ({type(problem).__name__}, {limit:.0f} s)"
            if tried == 2:
                raise NotebookFailed(f"{why}, twice; run it by hand to see where.") from None
            report(f"{why}; trying once more.")
    raise AssertionError("unreachable")


def _run_once(notebook: Notebook, path: Path, limit: float, changes: dict[str, str]) -> Notebook:
    fresh = nbformat.from_dict(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory(
        prefix="briefing-refresh-", ignore_cleanup_errors=True
    ) as scratch:
        client = NotebookClient(
            fresh,
            timeout=CELL_LIMIT,
            # On a busy computer outputs come after the reply; they are waited for, never dropped.
            iopub_timeout=CELL_LIMIT,
            raise_on_iopub_timeout=True,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            store_widget_state=False,
            record_timing=False,
        )
        environment = {**_environment(Path(scratch)), **changes}
        # In a thread of its own: whoever calls this may have an event loop running already.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(asyncio.run, _within(limit, client, environment)).result()
    return cleaned(fresh)


async def _within(limit: float, client: NotebookClient, environment: dict[str, str]) -> None:
    # What the kernel itself says of its connection belongs to nobody's output.
    run = client.async_execute(env=environment, stderr=subprocess.DEVNULL)
    await asyncio.wait_for(run, limit)


def _environment(scratch: Path) -> dict[str, str]:
    """The kernel's environment: this package, an empty work folder, nobody's settings, no hub."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BINDER_", "BRIEFING_", "JUPYTERHUB_"))
    }
    package = str(Path(briefing.__file__).parent.parent)
    paths = [package, *filter(None, [kept.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONHASHSEED": "0",
        "BRIEFING_WORK": str(scratch / "work"),
        "BRIEFING_CLASSES": str(scratch / "classes"),
        "IPYTHONDIR": str(scratch / "ipython"),
    }


def _shown(path: Path) -> str:
    course = course_folder()
    inside = path.is_relative_to(course)
    return (path.relative_to(course) if inside else path).as_posix()
