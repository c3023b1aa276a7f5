"""Keeping the notebooks: running and storing them, making exercises from solutions, guarding them."""

from briefing.authoring.exercises import exercise_of, write_exercises
from briefing.authoring.refresh import NotebookFailed, refresh_notebooks, run
from briefing.authoring.shelf import UnknownNotebook, all_notebooks, find_notebooks
from briefing.authoring.store import cleaned, dumps, read_notebook

__all__ = [
    "NotebookFailed",
    "UnknownNotebook",
    "all_notebooks",
    "cleaned",
    "dumps",
    "exercise_of",
    "find_notebooks",
    "read_notebook",
    "refresh_notebooks",
    "run",
    "write_exercises",
]
