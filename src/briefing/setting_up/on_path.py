"""Puts the course's own package on the path of the Python that runs this file; builds nothing.

Run by `start.py` with the Python of `.venv`, and by Binder's `postBuild` with its own. One `.pth`
file makes `import briefing` work, a two-line launcher makes `briefing` a command.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PTH_NAME = "reading_the_briefing.pth"

# `-P` keeps the current folder off the path: in a folder of answers lies what others wrote.
POSIX_LAUNCHER = '#!/bin/sh\nexec "$(dirname "$0")/{python}" -P -m briefing "$@"\n'
WINDOWS_LAUNCHER = '@echo off\r\n"%~dp0{python}" -P -m briefing %*\r\n'


def path_line(source: Path, site_packages: Path) -> str:
    """Return the line of the `.pth` file.

    It is relative to site-packages where that is possible: such a line is plain ASCII whatever the
    course folder is called, and Windows reads `.pth` files in its own code page before Python 3.13.
    """
    try:
        return os.path.relpath(source, site_packages)
    except ValueError:  # another drive
        return str(source)


def put_on_path(source: Path, site_packages: Path, scripts: Path, *, windows: bool) -> list[Path]:
    """Write the `.pth` file and the launcher and return their paths.

    Args:
        source: the folder that holds the package `briefing`.
        site_packages: where the environment's Python looks for `.pth` files.
        scripts: where the environment keeps its commands.
        windows: whether the launcher is for Windows.

    Raises:
        OSError: one of the two cannot be written.
    """
    pth = site_packages / PTH_NAME
    pth.write_text(path_line(source, site_packages) + "\n", encoding="utf-8")
    launcher = scripts / ("briefing.cmd" if windows else "briefing")
    template = WINDOWS_LAUNCHER if windows else POSIX_LAUNCHER
    text = template.format(python=Path(sys.executable).name)
    launcher.write_bytes(text.encode("ascii"))
    launcher.chmod(0o755)
    return [pth, launcher]


def main() -> int:
    """Put the course on the path of this Python."""
    for written in put_on_path(
        SOURCE,
        Path(sysconfig.get_path("purelib")),
        Path(sysconfig.get_path("scripts")),
        windows=os.name == "nt",
    ):
        print(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
