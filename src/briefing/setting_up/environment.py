"""Makes and mends the course's `.venv`; never starts anything in it.

A stamp inside `.venv` is written last and removed first, so that whatever was interrupted is seen
and made again on the next call.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from briefing.setting_up import failures
from briefing.setting_up.failures import SetUpError
from briefing.setting_up.installing import install
from briefing.setting_up.places import Course, plain_environment
from briefing.setting_up.steps import Progress, StepFailed
from briefing.setting_up.turn import turn

_ON_PATH = Path(__file__).with_name("on_path.py")


def wanted(course: Course, tests: bool) -> dict[str, str]:
    """Return what the stamp says once everything stands.

    Raises:
        SetUpError: a list of packages is missing from the course folder.
    """
    stamp = {"course": str(course.root), "python": "{}.{}".format(*sys.version_info[:2])}
    for name, needed in (("packages", True), ("test packages", tests)):
        if needed:
            path = course.pins(tests=name == "test packages")
            try:
                stamp[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                raise SetUpError(
                    f"{path.name} is missing from {course.root}; fetch the course again."
                ) from error
    return stamp


def stands(course: Course, tests: bool = False) -> bool:
    """Whether the environment is finished and fits the course as it is now."""
    found = _stamp(course)
    return course.python.exists() and wanted(course, tests).items() <= found.items()


def ensure(course: Course, tests: bool = False, again: bool = False) -> None:
    """Make the environment, or whatever is missing of it; say nothing where all is well.

    Args:
        course: the course.
        tests: whether what the tests need is wanted too.
        again: whether to start from nothing in any case.

    Raises:
        SetUpError: it cannot be made; the message is the sentence to show.
    """
    if not again and stands(course, tests):
        return
    try:
        course.state.mkdir(exist_ok=True)
        with (course.state / "set-up.log").open("a", encoding="utf-8", errors="replace") as record:
            progress = Progress(record)
            with turn(
                course.state / "lock",
                lambda: progress.say("waiting for another start.py that is setting up"),
            ) as held:
                if again or not stands(course, tests):
                    record.truncate(0)
                    make(course, tests, again, progress, None if os.name == "nt" else held)
    except OSError as error:
        raise SetUpError(failures.sentence_for_os_error(error, course.root)) from error


def make(
    course: Course, tests: bool, again: bool, progress: Progress, keep_open: int | None
) -> None:
    """Make the environment while holding the turn; see `ensure`.

    Raises:
        SetUpError: it cannot be made.
        OSError: a file cannot be written or removed.
    """
    found = _stamp(course)
    goal = wanted(course, tests)
    same = all(found.get(name) == goal[name] for name in ("course", "python"))
    afresh = again or not same or not course.python.exists()
    with suppress(FileNotFoundError, NotADirectoryError):
        course.stamp.unlink()
    if afresh:
        clear(course)

    def run(step: str, *command: str | Path) -> None:
        progress.run(step, command, plain_environment(), course.root, keep_open)

    try:
        install(course, tests, afresh, run, progress.say, lambda: clear(course))
        run("putting the course on the path", course.python, "-P", _ON_PATH)
    except StepFailed as failure:
        if failures.is_disk_full(failure.output):
            clear(course)  # a half-made environment would keep the disk full
        raise SetUpError(
            failures.sentence_for_output(failure.output, course.root)
            or failures.unknown(failure.step, failure.output)
        ) from failure
    draft = course.stamp.with_suffix(".new")
    draft.write_text(json.dumps(goal, indent=1) + "\n", encoding="utf-8")
    draft.replace(course.stamp)
    progress.say("set up")


def clear(course: Course) -> None:
    """Remove the environment, out of the way first: a half-removed one must not pass for ours."""
    if course.venv.is_symlink() or course.venv.is_file():
        course.venv.unlink()
    elif course.venv.exists():
        course.venv.rename(course.state / f"old-{os.getpid()}")
    for old in course.state.glob("old-*"):
        shutil.rmtree(old, ignore_errors=True)


def _stamp(course: Course) -> dict[str, str]:
    try:
        found = json.loads(course.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
