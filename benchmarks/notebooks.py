"""Time the notebooks run as tests (nbval) against the same notebooks merely executed.

Both sides give every notebook a kernel of its own, one after another, and an empty work folder.
Prints seconds and their ratio from one run; the order alternates so that a slow minute of the
machine falls on both.

    python benchmarks/notebooks.py [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent

EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
for name in sys.argv[1:]:
    notebook = nbformat.read(name, as_version=4)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": sys.path[0]}}).execute()
"""


def notebooks() -> list[str]:
    """Return every notebook of the course, as paths relative to it."""
    folders = ("notebooks", "exercises", "solutions")
    return [
        str(path.relative_to(COURSE))
        for folder in folders
        for path in sorted((COURSE / folder).glob("*.ipynb"))
    ]


def seconds(command: list[str]) -> float:
    """Run `command` in the course folder with an empty work folder; return its wall time."""
    with tempfile.TemporaryDirectory() as work:
        started = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=COURSE,
            env={**os.environ, "BRIEFING_WORK": work},
            capture_output=True,
            text=True,
            check=False,
        )
        took = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return took


def main() -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    names = notebooks()
    compare = [
        sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider",
        "--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "--nbval-cell-timeout=60", *names,
    ]  # fmt: skip
    execute = [sys.executable, "-c", EXECUTE, *names]
    compared, executed = [], []
    for turn in range(rounds):
        sides = [(compare, compared), (execute, executed)]
        for command, kept in sides if turn % 2 == 0 else reversed(sides):
            kept.append(seconds(command))
    ratios = [c / e for c, e in zip(compared, executed, strict=True)]
    print(f"{len(names)} notebooks, {rounds} rounds")
    for label, values in (("as tests (nbval)", compared), ("executed only", executed)):
        low, high = min(values), max(values)
        print(f"  {label:18} median {statistics.median(values):6.1f} s   ({low:.1f} to {high:.1f})")
    print(f"  ratio, tests to execution: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
