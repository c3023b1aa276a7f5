"""Gives every notebook of a test run a work folder of its own, and every test one that is not real.

It lies in the course folder, not in `tests/`, because pytest asks only the files above a notebook.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

_scratch = tempfile.TemporaryDirectory(prefix="briefing-work-", ignore_cleanup_errors=True)
_notebook: list[Path] = []


def pytest_configure() -> None:
    """Keep marks that a person made in `work/` out of the run, and the run out of them."""
    os.environ["BRIEFING_WORK"] = str(_empty("tests"))


def pytest_unconfigure() -> None:
    """Remove it all: a test process that runs beside others ends without asking what is left to do."""
    _scratch.cleanup()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Point a notebook's kernel, which starts right after this, to an empty work folder."""
    if item.path.suffix != ".ipynb" or _notebook == [item.path]:
        return
    _notebook[:] = [item.path]
    os.environ["BRIEFING_WORK"] = str(_empty(f"{item.path.parent.name}-{item.path.stem}"))


def _empty(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_scratch.name))
