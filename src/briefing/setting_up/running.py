"""Runs a command in the finished environment as if it had been typed; sets nothing up."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

from briefing.setting_up.places import Course, plain_environment


def become(command: Sequence[str], course: Course, extra: Mapping[str, str] | None = None) -> int:
    """Turn this process into the command, so that signals and the exit code are its own.

    Windows cannot do that; there the command is waited for and its exit code returned.

    Args:
        command: the program and its arguments.
        course: the course it belongs to; the command finds it wherever it is started from.
        extra: further environment variables.
    """
    environment = environment_for(course) | dict(extra or {})
    if os.name == "nt":
        return waited_for(command, environment)
    os.execve(command[0], list(command), environment)


def waited_for(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end, leave Ctrl+C to it, and return its exit code."""
    child = subprocess.Popen(command, env=dict(environment))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # the same key press has reached the command, which knows how to end


def environment_for(course: Course) -> dict[str, str]:
    """Return the environment variables for anything that runs in `.venv`."""
    environment = plain_environment()
    environment.pop("PYTHONUTF8")  # ours while setting up; a kernel behaves as elsewhere
    environment.setdefault("BRIEFING_COURSE", str(course.root))
    environment["PATH"] = os.pathsep.join(
        [str(course.scripts), *filter(None, [environment.get("PATH")])]
    )
    return environment
