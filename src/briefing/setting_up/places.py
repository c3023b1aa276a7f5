"""Where setting up puts things in the course folder, and which Python it uses; writes nothing."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

# These would send packages elsewhere than into .venv, or let others in.
_MISLEADING = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "UV_SYSTEM_PYTHON",
    "UV_PROJECT_ENVIRONMENT",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)


@dataclass(frozen=True)
class Course:
    """The course folder and the places that setting up uses in it."""

    root: Path

    @property
    def venv(self) -> Path:
        """The environment."""
        return self.root / ".venv"

    @property
    def scripts(self) -> Path:
        """Where the environment keeps its commands."""
        return self.venv / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def uv(self) -> Path:
        """The environment's own uv, where the computer has none."""
        return self.scripts / ("uv.exe" if os.name == "nt" else "uv")

    @property
    def stamp(self) -> Path:
        """The file that says for which locks and which Python the environment was finished."""
        return self.venv / "reading-the-briefing.json"

    @property
    def state(self) -> Path:
        """The folder with the lock and the record of the last set-up."""
        return self.root / ".start"

    def pins(self, tests: bool) -> Path:
        """Return the list of pinned packages: the course's, or what the tests need as well."""
        return self.root / ("requirements-test.txt" if tests else "requirements.txt")


def base_python() -> Path:
    """Return the Python underneath, also when this one belongs to an environment (maybe ours)."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def plain_environment() -> dict[str, str]:
    """Return the environment variables without those that would mislead Python, pip or uv."""
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    kept["UV_PYTHON_DOWNLOADS"] = "never"
    kept["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    kept["PYTHONUTF8"] = "1"
    return kept
