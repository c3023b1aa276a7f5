"""The three ways to a filled `.venv`, the quickest first; keeps no record of its own.

uv where the computer has it, else uv fetched into the environment by pip, else pip alone. A way
that fails hands over to the next one unless the disk is full: pip may know a mirror, a proxy or a
certificate that uv does not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from briefing.setting_up import failures
from briefing.setting_up.failures import SetUpError
from briefing.setting_up.places import Course, base_python, plain_environment
from briefing.setting_up.steps import StepFailed


class Run(Protocol):
    """Runs one step; raises StepFailed where it fails."""

    def __call__(self, step: str, *command: str | Path) -> None:
        """Run `command`, which does `step`."""


def install(
    course: Course,
    tests: bool,
    afresh: bool,
    run: Run,
    say: Callable[[str], None],
    clear: Callable[[], None],
) -> None:
    """Fill the environment with the pinned packages.

    Args:
        course: the course.
        tests: whether with what the tests need.
        afresh: whether there is no environment yet.
        run: runs a step.
        say: tells of a change of ways.
        clear: removes the environment.

    Raises:
        StepFailed: no way led there; of several failures the one most worth telling.
        SetUpError: this Python cannot make environments.
    """
    pins = course.pins(tests)
    told: StepFailed | None = None
    uv = uv_on_path()
    if uv is not None:
        try:
            if afresh:
                run(_MAKING, uv, "venv", "--python", base_python(), course.venv)
            _fill_with_uv(uv, course, pins, run)
            return
        except StepFailed as failure:
            told = _unless_hopeless(failure)
            say("uv did not manage; going on with pip")
            clear()
            afresh = True
    if not afresh and not course.uv.exists():
        clear()  # made by a uv that has gone since; there is no pip in it
        afresh = True
    try:
        if afresh:
            if find_spec("ensurepip") is None:
                if told is not None:
                    raise told
                raise SetUpError(_NO_ENSUREPIP)
            run(_MAKING, base_python(), "-m", "venv", course.venv)
        _fill_by_pip(course, pins, run, say)
    except StepFailed as failure:
        if told is not None and failures.sentence_for_output(failure.output, course.root) is None:
            raise told from failure
        raise


def uv_on_path() -> str | None:
    """Return the computer's uv if it answers; a name on the PATH can be an empty shell."""
    found = shutil.which("uv")
    if found is None:
        return None
    try:
        answer = subprocess.run(
            [found, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            env=plain_environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found if answer.returncode == 0 else None


def block_of(name: str, pins: str) -> str:
    """Return a package's lines, hashes included, from the text of a list of pinned packages.

    Raises:
        ValueError: the package is not in the list.
    """
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", pins, re.MULTILINE)
    if found is None:
        raise ValueError(f"{name} is not in the list of pinned packages")
    return found.group()


def _fill_with_uv(uv: str | Path, course: Course, pins: Path, run: Run) -> None:
    run(
        _filling(pins),
        *(uv, "pip", "install", "--python", course.python, "--require-hashes", "-r", pins),
    )


def _fill_by_pip(course: Course, pins: Path, run: Run, say: Callable[[str], None]) -> None:
    pip: list[str | Path] = [
        course.python,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    # As with uv, Python compiles what is used when it is first used: half the time is saved.
    pip += ["--retries", "2", "--no-compile", "--require-hashes", "-r"]
    try:
        if not course.uv.exists():
            only_uv = course.state / "uv.txt"
            all_pins = course.pins(tests=True).read_text(encoding="utf-8")
            only_uv.write_text(block_of("uv", all_pins), encoding="utf-8")
            run("fetching uv, which installs quickly", *pip, only_uv)
        _fill_with_uv(course.uv, course, pins, run)
    except (StepFailed, OSError, ValueError) as failure:
        if isinstance(failure, StepFailed):
            _unless_hopeless(failure)
        say("uv cannot be had; pip does it alone, which takes a minute or two")
        run(_filling(pins), *pip, pins)


def _unless_hopeless(failure: StepFailed) -> StepFailed:
    if failures.is_disk_full(failure.output):
        raise failure
    return failure


def _filling(pins: Path) -> str:
    count = len(re.findall(r"^[\w.-]+==", pins.read_text(encoding="utf-8"), re.MULTILINE))
    return f"fetching and installing about {count} packages (a few minutes on a slow line)"


_MAKING = f"making .venv for Python {sys.version.split()[0]}"
_NO_ENSUREPIP = (
    "This Python was installed without the part that makes environments; on Debian or Ubuntu type "
    "“sudo apt install python3-venv”, elsewhere install Python from python.org, and then run the "
    "same command again."
)
