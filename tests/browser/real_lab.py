"""The real JupyterLab as a process on a copy of the course, and how the tests drive its page.

It can be killed, the kernels too, as power cuts and full memories do. It judges nothing itself.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import psutil

from briefing.setting_up.lab import FILES, ONLY, environment

COURSE = Path(__file__).resolve().parents[2]
TOKEN = "briefing-test"
CHROMIUM = (
    "chromium-headless-shell",  # opens a page with a third of the work: it draws no window around it
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SLOW = r"^error: (\[anywidget\] Failed to initialize model|Disposed$)"
"""Cries that are not ours. anywidget's, where a busy machine needs more than two seconds to load a
widget's module: such a widget says that it is not saving, and what a test then asks of it fails for
itself. JupyterLab's, where a notebook is closed while its kernel is still being asked for."""

_PANEL = "window.jupyterapp.shell.currentWidget"
_IDLE = f"() => {_PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
_ALL_RUN = f"""() => {{
    const cells = [...({_PANEL}?.content?.widgets ?? [])].map(cell => cell.model);
    const code = cells.filter(cell => cell.type === "code" && cell.sharedModel.getSource().trim());
    return code.length > 0 && code.every(cell => cell.executionCount !== null
        && cell.executionState !== "running");
}}"""
_RESTART = f"async () => {{ await {_PANEL}.sessionContext.session.kernel.restart(); }}"
_LISTEN = f"""() => {{
    const context = {_PANEL}.sessionContext;
    if (window.briefingHeard) context.statusChanged.disconnect(window.briefingHeard);
    window.briefingStatuses = [];
    window.briefingHeard = (_, status) => window.briefingStatuses.push(status);
    context.statusChanged.connect(window.briefingHeard);
}}"""
_BACK = f"""() => {{
    const heard = window.briefingStatuses;
    return heard.includes("autorestarting")
        && {_PANEL}.sessionContext.session?.kernel?.status === "idle";
}}"""
_ERRORS = f"""() => [...{_PANEL}.content.widgets].filter(cell => cell.model.type === "code")
    .flatMap(cell => cell.model.outputs.toJSON())
    .filter(output => output.output_type === "error" || output.name === "stderr")
    .map(output => output.ename ? output.ename + ": " + output.evalue : output.text)"""
_RUN_CELL = f"""async index => {{
    const notebook = {_PANEL}.content;
    notebook.deselectAll();
    notebook.activeCellIndex = index;
    await window.jupyterapp.commands.execute("notebook:run-cell");
}}"""
_CELL_OF = f"""question => [...{_PANEL}.content.widgets].findIndex(
    cell => cell.model.getMetadata("briefing")?.question === question)"""


class Lab:
    """JupyterLab on a copy of the course with a work folder of its own, and the page it is seen in.

    `page` is set by whoever uses it.
    """

    page: Any
    module: ClassVar = "jupyterlab"
    address: ClassVar = "lab/tree"
    words: ClassVar = (
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )

    def __init__(self, folder: Path) -> None:
        self.course = folder / "course"
        self.work = folder / "work"
        self.token = TOKEN
        self.log = folder / "lab.log"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            **environment(),
            "BRIEFING_WORK": str(self.work),
            "BRIEFING_COURSE": str(self.course),
            "BRIEFING_CLASSES": str(self.course),  # a test run puts another folder there
            "PYTHONPATH": str(self.course / "src"),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTER_PATH": str(folder / "jupyter"),  # where a computer may have other kernels
        }
        self.server: subprocess.Popen[bytes]

    # ---- the server and its kernels ----

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            RuntimeError: it ended, or did not answer within two minutes; with what it wrote.
        """
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [
                    sys.executable, "-m", self.module, "--no-browser", f"--port={self.port}",
                    f"--ServerApp.root_dir={self.course}", f"--IdentityProvider.token={TOKEN}",
                    "--ServerApp.port_retries=0", "--allow-root", FILES, ONLY, *self.words,
                ],
                env=self.env, cwd=self.course, stdout=log, stderr=log,
            )  # fmt: skip
        until = time.monotonic() + 120
        while time.monotonic() < until and self.server.poll() is None:
            try:
                self.asked("api")
                return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"JupyterLab did not answer:\n{self.log.read_text('utf-8')}")

    def asked(self, what: str, method: str = "GET") -> Any:
        """Ask the server's API."""
        request = urllib.request.Request(f"{self.url}/{what}?token={TOKEN}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def stop(self) -> None:
        """Stop the server and its kernels."""
        children = self._children()
        self.server.terminate()
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait(10)
        _end(children)

    def kill_server(self) -> None:
        """Kill the server without a warning, and the kernels with it."""
        children = self._children()
        self.server.kill()
        self.server.wait(10)
        _end(children)

    def kernel_process(self) -> psutil.Process:
        """The process of the only kernel."""
        (kernel,) = self.asked("api/kernels")
        for process in self._children():
            try:
                if any(kernel["id"] in word for word in process.cmdline()):
                    return process
            except psutil.Error:
                continue
        raise RuntimeError("The kernel has no process.")

    def listen_for_restart(self) -> None:
        """Begin to watch the kernel's status, before it is killed."""
        self.page.evaluate(_LISTEN)

    def kill_kernel(self) -> None:
        """Kill the only kernel as `kill -9` does; the server will start another by itself."""
        self.listen_for_restart()
        self.kernel_process().kill()

    def wait_for_new_kernel(self) -> None:
        """Wait until the killed kernel has been replaced; close what JupyterLab says of it."""
        self.page.wait_for_function(_BACK, timeout=60_000)
        self.close_dialogs()

    def close_dialogs(self) -> None:
        """Close JupyterLab's own dialogs."""
        dialog = self.page.locator(".jp-Dialog")
        while dialog.count():
            dialog.first.locator("button.jp-mod-accept").click()
            self.page.wait_for_timeout(100)

    def shut_kernels(self) -> None:
        """Shut down every session and kernel."""
        for session in self.asked("api/sessions"):
            self.asked(f"api/sessions/{session['id']}", "DELETE")

    def _children(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.server.pid).children(recursive=True)
        except psutil.Error:
            return []

    # ---- the page ----

    def open(self, notebook: str) -> None:
        """Open a notebook (a path below the course) and wait until its kernel is idle."""
        self.page.goto(f"{self.url}/{self.address}/{notebook}?token={self.token}&reset")
        self.page.wait_for_selector(".jp-NotebookPanel:visible .jp-Cell", timeout=60_000)
        self.wait_idle()

    def reload(self) -> None:
        """Reload the page and wait for the notebook and its kernel."""
        self.page.reload()
        self.page.wait_for_selector(".jp-NotebookPanel:visible .jp-Cell", timeout=60_000)
        self.wait_idle()

    def command(self, name: str) -> None:
        """Run a command of JupyterLab's registry; clicking menus is not reliable."""
        self.page.evaluate("name => window.jupyterapp.commands.execute(name)", name)

    def wait_idle(self) -> None:
        """Wait until the current notebook's kernel has nothing left to do."""
        self.page.wait_for_function(_IDLE, timeout=60_000)

    def run_all(self) -> None:
        """Run every cell and wait until all have run."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(_ALL_RUN, timeout=90_000)
        self.wait_idle()

    def run_cell(self, index: int) -> None:
        """Run one cell, counted from 0, and wait for it."""
        self.page.evaluate(_RUN_CELL, index)
        self.wait_idle()

    def cell_of(self, question: str) -> int:
        """The number of the cell that asks a question, counted from 0."""
        found = int(self.page.evaluate(_CELL_OF, question))
        assert found >= 0, question
        return found

    def errors(self) -> list[str]:
        """Errors and warnings that the notebook's cells show."""
        return list(self.page.evaluate(_ERRORS))

    def theme(self, *, dark: bool) -> None:
        """Choose JupyterLab's dark or light theme, and wait until it shows."""
        name = "JupyterLab Dark" if dark else "JupyterLab Light"
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name
        )
        light = "false" if dark else "true"
        self.page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")

    def restart_kernel(self) -> None:
        """Restart the kernel as its menu does, without the question; outputs stay painted."""
        self.page.evaluate(_RESTART)
        self.wait_idle()

    def save(self) -> None:
        """Save the notebook."""
        self.command("docmanager:save")
        self.page.wait_for_function(f"() => !{_PANEL}.context.model.dirty")


class Notebook(Lab):
    """Notebook 7 in the place of JupyterLab: the same cells on a simpler page."""

    module = "notebook"
    address = "notebooks"
    words = ("--JupyterNotebookApp.expose_app_in_browser=True",)


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.Error:
            continue


def browser_path() -> str:
    """The Chromium to drive; empty where there is none."""
    names = (os.environ.get("BRIEFING_CHROMIUM", ""), *CHROMIUM)
    return next((found for name in names if name and (found := shutil.which(name))), "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_lab(folder: Path, kind: type[Lab] = Lab) -> Iterator[Lab]:
    """JupyterLab answering, on a copy of the course in `folder`; stopped afterwards."""
    lab = kind(folder)
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "work", "node_modules", "__pycache__", ".*_cache", "tests"
    )
    shutil.copytree(COURSE, lab.course, ignore=ignored)
    lab.work.mkdir()
    lab.start()
    try:
        yield lab
    finally:
        lab.stop()


@contextmanager
def watched_page(browser: Any, expected: str = "", **how: Any) -> Iterator[Any]:
    """A page of its own storage; an uncaught error or a dialog on it fails the test.

    `expected` is a pattern of what JupyterLab itself cries when its server or kernel is killed.
    """
    how = {"viewport": {"width": 1100, "height": 800}, "accept_downloads": True, **how}
    context = browser.new_context(**how)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(f"error: {error}"))

    def on_dialog(dialog: Any) -> None:
        problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.on("dialog", on_dialog)
    yield opened
    context.close()
    # Not a bare assert: pytest shows the values of those in test files only.
    problems = [
        one
        for one in problems
        if not re.search(SLOW, one) and not (expected and re.search(expected, one))
    ]
    if problems:
        raise AssertionError("\n".join(problems))
