"""`start.py test`: one pytest run over the tests and every notebook; judges nothing itself."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from briefing.setting_up.places import Course
from briefing.setting_up.running import environment_for, waited_for

NOTEBOOK_FOLDERS = ("notebooks", "exercises", "solutions")
SECONDS_A_CELL = 60
SANITISER = "tests/nbval_sanitize.cfg"


def notebooks(root: Path) -> list[str]:
    """Return every notebook of the course, as paths relative to its folder."""
    return sorted(
        path.relative_to(root).as_posix()
        for folder in NOTEBOOK_FOLDERS
        for path in (root / folder).rglob("*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    )


def pytest_arguments(root: Path, given: Sequence[str]) -> list[str]:
    """Return pytest's arguments: everything, or only the files that are named in `given`."""
    arguments = ["--nbval", f"--nbval-cell-timeout={SECONDS_A_CELL}"]
    if (root / SANITISER).exists():
        arguments.append(f"--nbval-sanitize-with={SANITISER}")
    # A file is one unit of work: the cells of a notebook share a kernel. They are taken as they come,
    # the browser's first, so that no long one is left for the end.
    arguments += ["-n", str(workers()), "--dist", "loadfile", "--no-loadscope-reorder"]
    if any((root / word.split("::")[0]).exists() for word in given if not word.startswith("-")):
        return [*arguments, *given]
    return [*arguments, *given, "tests", *notebooks(root)]


def workers() -> int:
    """Return how many test processes run side by side: one a processor, two to eight of them."""
    if hasattr(os, "sched_getaffinity"):
        processors = len(os.sched_getaffinity(0))
    else:
        processors = os.cpu_count() or 1
    return min(max(processors, 2), 8)


def run_tests(course: Course, given: Sequence[str]) -> int:
    """Run pytest in the finished environment and return its exit code.

    Whatever the person keeps in the home folder (JupyterLab settings, IPython start-up files, a
    work folder with marks) is neither used nor touched.
    """
    with tempfile.TemporaryDirectory(
        prefix="briefing-test-", ignore_cleanup_errors=True
    ) as scratch:
        environment = environment_for(course)
        environment.pop("BRIEFING_COURSE", None)
        environment.pop("PYTEST_ADDOPTS", None)
        for name, folder in _FRESH.items():
            path = Path(scratch) / folder
            path.mkdir(parents=True, exist_ok=True)
            environment[name] = str(path)
        # Kept between runs: matplotlib needs a while to list the fonts.
        fonts = course.state / "matplotlib"
        fonts.mkdir(parents=True, exist_ok=True)
        environment["MPLCONFIGDIR"] = str(fonts)
        os.chdir(course.root)
        command = [str(course.python), "-P", "-m", "pytest"]
        return waited_for([*command, *pytest_arguments(course.root, given)], environment)


_FRESH = {
    "BRIEFING_WORK": "work",
    "BRIEFING_CLASSES": "classes",
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter/config",
    "JUPYTER_DATA_DIR": "jupyter/data",
    "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
    "JUPYTERLAB_SETTINGS_DIR": "jupyter/settings",
    "JUPYTERLAB_WORKSPACES_DIR": "jupyter/workspaces",
}
