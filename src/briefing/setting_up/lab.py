"""Opens JupyterLab on the start notebook; sets nothing up."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

from briefing.setting_up.failures import SetUpError
from briefing.setting_up.places import Course
from briefing.setting_up.running import become

DEFAULT_PORT = 8888
START = "notebooks/00-start-here.ipynb"
FILES = "--ServerApp.contents_manager_class=briefing.opened_notebooks.CourseFiles"
"""So that a notebook from somebody else runs nothing by being opened."""
ONLY = "--KernelSpecManager.allowed_kernelspecs=python3"
"""A notebook names its kernel, and others than ours (R's, say) run what lies beside the notebook as they start."""
KERNELS = {"PYTHONSAFEPATH": "1"}
"""`-P` for the kernels, too: they start in the folder of their notebook, and would take a file that somebody
put there for the program that a kernel is."""
SETTINGS = Path(__file__).with_name("jupyter")
"""Where JupyterLab finds what is set otherwise in the course than it comes: so it does not ask about its news,
which are switched off here anyway. What somebody has set for themselves goes before it, and stays."""


def check_port(port: int) -> None:
    """Return when the port can be had.

    Raises:
        SetUpError: it is taken, or not for us.
    """
    try:
        _try(port)
    except PermissionError:
        raise SetUpError(
            f"Port {port} is reserved for the system; type: {typed()} --port {_free_after(1024)}"
        ) from None
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
            raise
        raise SetUpError(
            f"Port {port} is taken, perhaps by a JupyterLab that is still open; use that one, or "
            f"type: {typed()} --port {_free_after(port + 1)}"
        ) from None


def open_lab(course: Course, port: int, browser: bool) -> int:
    """Become JupyterLab, or wait for it where a process cannot become another one.

    Args:
        course: the course, set up.
        port: the port it listens on.
        browser: whether it opens a browser.

    Raises:
        SetUpError: the port is taken.
    """
    check_port(port)
    start = f"/lab/tree/{START}" if (course.root / START).exists() else "/lab"
    command = [
        str(course.python),
        "-P",
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={course.root}",
        f"--ServerApp.default_url={start}",
        f"--LabApp.default_url={start}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        FILES,
        ONLY,
        "--log-level=WARN",  # the address still shows, without the pages of reports around it
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # as in a container, where there is no one else
    print(
        f"Opening JupyterLab on port {port}. Leave this window open while you work; to end, press "
        "Ctrl+C here and answer y.",
        file=sys.stderr,
        flush=True,
    )
    return become(command, course, environment())


def environment() -> dict[str, str]:
    """Return the environment variables that JupyterLab and its kernels get besides those of the course."""
    theirs = filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])
    return KERNELS | {"JUPYTER_CONFIG_PATH": os.pathsep.join([str(SETTINGS), *theirs])}


def _try(port: int) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            probe = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue  # a computer without this family
        with probe:
            if os.name == "nt":
                probe.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
            else:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                    continue
                raise


def _free_after(port: int) -> int:
    for candidate in range(port, min(port + 200, 65536)):
        try:
            _try(candidate)
        except OSError:
            continue
        return candidate
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def typed() -> str:
    """Return what somebody types here to start the course."""
    return "py start.py" if os.name == "nt" else "python3 start.py"
