"""Has nbgrader autograde the same made-up students, in an environment of its own; measures it.

The answers stand in the notebook as a dictionary; ten autograded cells compare them with the key, a
tenth of what is marked in each, and give points in part. That is less than our marking does: no spans are
matched, nothing is explained. nbgrader is installed for this alone (`requirements.txt` here).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CELLS = 10


@dataclass(frozen=True)
class Autograded:
    """What nbgrader took: its version, and what each submission after the first took.

    Attributes:
        version: its version.
        cpu: processor seconds, children included.
        wall: seconds.
    """

    version: str
    cpu: float
    wall: float


def autograde(students: int, seed: int) -> Autograded:
    """Autograde a class of one, then of `students`, and return what each further one took."""
    with tempfile.TemporaryDirectory() as folder:
        python = _environment(Path(folder) / "env")
        times = [_graded(python, Path(folder), count, seed) for count in (1, students)]
        told = subprocess.run(
            [python, "-c", "import nbgrader; print(nbgrader.__version__)"],
            check=True,
            capture_output=True,
            text=True,
        )
    (cpu, wall), (more_cpu, more_wall) = times
    more = students - 1
    return Autograded(told.stdout.strip(), (more_cpu - cpu) / more, (more_wall - wall) / more)


def _environment(folder: Path) -> Path:
    uv = shutil.which("uv")
    if uv is None:
        sys.exit(
            "uv is needed to install nbgrader for the comparison; see https://docs.astral.sh/uv."
        )
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, folder], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    words = ["pip", "install", "-q", "--python", python, "-r", HERE / "requirements.txt"]
    subprocess.run([uv, *map(str, words)], check=True)
    return python


def _graded(python: Path, folder: Path, students: int, seed: int) -> tuple[float, float]:
    """Autograde a class; return processor seconds and seconds."""
    course = folder / f"course-{students}"
    hand_ins = _hand_ins(students, seed)
    checks = _checks()
    (course / "source" / "ex02").mkdir(parents=True)
    _write(course / "source" / "ex02" / "ex02.ipynb", _notebook({}, checks))
    for name, answers in hand_ins.items():
        path = course / "submitted" / name / "ex02" / "ex02.ipynb"
        path.parent.mkdir(parents=True)
        _write(path, _notebook(answers, checks))
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "made_up"\n', encoding="utf-8"
    )
    run = [str(python), "-m", "nbgrader"]
    env = {**os.environ, "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [*run, "generate_assignment", "ex02"], cwd=course, check=True, capture_output=True, env=env
    )
    before, started = os.times(), time.perf_counter()
    subprocess.run(
        [*run, "autograde", "ex02"], cwd=course, check=True, capture_output=True, env=env
    )
    after, ended = os.times(), time.perf_counter()
    done = list((course / "autograded").glob("*/ex02/ex02.ipynb"))
    if len(done) != students:
        sys.exit(f"nbgrader graded {len(done)} of {students} submissions.")
    user = after.children_user - before.children_user
    system = after.children_system - before.children_system
    return user + system, ended - started


def _hand_ins(students: int, seed: int) -> dict[str, dict[str, Any]]:
    """Return student → answers in plain form, of the class that ours marks."""
    from briefing.marking.simulate import simulate_class

    found: dict[str, dict[str, Any]] = {}
    for path, data in simulate_class("ex02", students, seed):
        try:
            found[path.partition("-")[0]] = json.loads(data)["answers"]
        except ValueError:  # one file is cut short, as in any class
            found[path.partition("-")[0]] = {}
    return found


def _checks() -> list[str]:
    """Return the code of the autograded cells: each compares a part of the labels with the key."""
    from briefing.keys import definition, exercise_key
    from briefing.keys.labels import LabelsKey

    parts = []
    for question in definition("ex02").question:
        key = exercise_key("ex02")[question.id].machine
        if isinstance(key, LabelsKey):
            parts += [(question.id, question.field, s.sentence, s.label) for s in key.sentences]
    edges = [len(parts) * n // CELLS for n in range(CELLS + 1)]
    return [
        f"part = {parts[a:b]!r}\n"
        "right = [answers.get(q, {}).get('labels', {}).get(s, {}).get(f) == k for q, f, s, k in part]\n"
        "sum(right) / len(right)"
        for a, b in pairwise(edges)
    ]


def _notebook(answers: dict[str, Any], checks: list[str]) -> dict[str, Any]:
    solution = {"grade": False, "grade_id": "answers", "locked": False, "solution": True}
    cells = [_cell("answers", f"answers = {answers!r}", solution)]
    for number, code in enumerate(checks):
        grade_id = f"check-{number}"
        graded = {
            "grade": True,
            "grade_id": grade_id,
            "locked": True,
            "points": 1,
            "solution": False,
        }
        cells.append(_cell(grade_id, code, graded))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, code: str, nbgrader: dict[str, Any]) -> dict[str, Any]:
    more = {"schema_version": 3, "task": False, "cell_type": "code"}
    return {
        "cell_type": "code",
        "id": name,
        "execution_count": None,
        "metadata": {"nbgrader": nbgrader | more},
        "outputs": [],
        "source": code,
    }


def _write(path: Path, notebook: dict[str, Any]) -> None:
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
