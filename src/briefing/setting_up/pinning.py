"""`start.py lock`: makes both lists of pinned packages again; installs none of them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from briefing.setting_up.failures import SetUpError
from briefing.setting_up.installing import uv_on_path
from briefing.setting_up.places import Course, plain_environment
from briefing.setting_up.running import waited_for

OLDEST_PYTHON = "3.11"
PAIRS = (("pyproject.toml", "requirements.txt"), ("requirements-test.in", "requirements-test.txt"))


def pin(course: Course, given: Sequence[str]) -> int:
    """Resolve both lists for every Python and system the course promises; return an exit code.

    Versions that are pinned already stay, so that doing it twice changes nothing.

    Args:
        course: the course.
        given: further words for uv, such as `--upgrade` or `--upgrade-package NAME`.

    Raises:
        SetUpError: there is no uv.
    """
    uv = uv_on_path() or (str(course.uv) if course.uv.exists() else None)
    if uv is None:
        raise SetUpError("Making the lists of packages needs uv; install it and try again.")
    environment = plain_environment() | {"UV_CUSTOM_COMPILE_COMMAND": "python3 start.py lock"}
    os.chdir(course.root)
    for source, pins in PAIRS:
        command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
        command += ["--python-version", OLDEST_PYTHON, *given, source, "-o", pins]
        code = waited_for(command, environment)
        if code != 0:
            return code
    return 0
