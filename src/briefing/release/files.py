"""Which files the course consists of: what git tracks, else what lies there; opens none of them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

LEFT_BEHIND = frozenset(
    {
        ".git",
        ".venv",
        ".start",
        "work",
        "node_modules",
        "__pycache__",
        ".ipynb_checkpoints",
        "build",
    }
    | {"dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
)
"""Folders that are no part of the course, for a copy without git."""


def course_files(course: Path) -> list[str]:
    """Return the files of a course, as paths below it with `/`, sorted.

    Links are left out: what a link leads to is not what was looked at.
    """
    names = _tracked(course)
    if names is None:
        names = _lying_there(course)
    return sorted(
        name for name in names if (course / name).is_file() and not (course / name).is_symlink()
    )


def _tracked(course: Path) -> list[str] | None:
    """What git tracks in the course; None where the course is no repository of its own."""
    if not (course / ".git").exists():
        return None
    # A variable of somebody's hook must not send git to another repository.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"],
            cwd=course,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name] or None


def _lying_there(course: Path) -> list[str]:
    found = []
    for folder, folders, names in os.walk(course):
        folders[:] = [n for n in folders if n not in LEFT_BEHIND and not n.endswith(".egg-info")]
        inside = Path(folder).relative_to(course)
        found += [(inside / n).as_posix() for n in names if not n.endswith((".pyc", ".partial"))]
    return found
