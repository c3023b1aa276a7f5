"""The code is formatted, lint-clean and typed; part of the one run so that one command says all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from course_copy import ROOT


@pytest.mark.parametrize(
    "words",
    [("ruff", "format", "--check", "."), ("ruff", "check", "."), ("mypy",)],
    ids=["format", "lint", "types"],
)
def test_tool_has_nothing_to_say(words):
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
