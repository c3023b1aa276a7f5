"""Copies of the course for tests that set up, break or clone one; never touches the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from briefing.setting_up.installing import block_of

ROOT = Path(__file__).resolve().parents[1]

_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".start",
    "work",
    "node_modules",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
)

# In place of the command line, which needs packages that a light course does not have.
ECHO = """\
import json, os, sys

def main():
    print(json.dumps({"words": sys.argv, "folder": os.getcwd(), "path": sys.path,
                      "course": os.environ.get("BRIEFING_COURSE")}))
    sys.exit(7 if "seven" in sys.argv else 0)
"""


def copy_course(to: Path) -> Path:
    """Copy the whole course as a fresh clone would hold it."""
    shutil.copytree(ROOT, to, ignore=_LEFT_OUT)
    return to


def light_course(to: Path) -> Path:
    """Make a course that needs one small package only and whose commands echo their words."""
    to.mkdir(parents=True)
    for name in ("start.py", "pyproject.toml"):
        shutil.copy(ROOT / name, to)
    package = to / "src" / "briefing"
    shutil.copytree(ROOT / "src" / "briefing" / "setting_up", package / "setting_up")
    for name in ("__init__.py", "__main__.py", "errors.py", "visible.py"):
        shutil.copy(ROOT / "src" / "briefing" / name, package)
    (package / "cli.py").write_text(ECHO)
    pins = (ROOT / "requirements-test.txt").read_text(encoding="utf-8")
    (to / "requirements.txt").write_text(block_of("comm", pins))
    (to / "requirements-test.txt").write_text(block_of("comm", pins) + block_of("uv", pins))
    return to


def plain_environment(**changes: str) -> dict[str, str]:
    """Return this process's environment without what the test run itself put there."""
    ours = ("BRIEFING_CLASSES", "BRIEFING_COURSE", "BRIEFING_WORK")
    gone = (*ours, "PYTHONPATH", "VIRTUAL_ENV")
    return {k: v for k, v in os.environ.items() if k not in gone} | changes


def path_without_uv() -> str:
    """Return the PATH less the folders that hold a uv."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(f for f in folders if f and not list(Path(f).glob("uv*")))


def start(
    course: Path,
    *words: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run `start.py` with these words and wait for its end."""
    return subprocess.run(
        [sys.executable, str(course / "start.py"), *words],
        env=dict(environment or plain_environment()),
        cwd=folder or course,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def in_course(course: Path, code: str) -> str:
    """Run code with the Python of the course's `.venv`, outside the course, and return its output."""
    name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    done = subprocess.run(
        [course.joinpath(".venv", *name), "-c", code],
        env=plain_environment(),
        cwd=course.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def last_sentence(said: str) -> str:
    """Return the last line, having made sure that nobody was shown a traceback."""
    assert "Traceback" not in said, said
    return said.strip().splitlines()[-1]
