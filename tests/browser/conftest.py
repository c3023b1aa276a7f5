"""What every browser test shares: Chromium, a plain page for one widget, the real JupyterLab."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

COURSE = Path(__file__).resolve().parents[2]
BUILT = COURSE / "src" / "briefing" / "widgets" / "built"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _browser_path() -> str:
    for name in (os.environ.get("BRIEFING_CHROMIUM", ""), *CHROMIUM):
        found = shutil.which(name) if name else None
        if found:
            return found
    message = "no Chromium was found: browser tests did not run (install the chromium package)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, one for the session; skipped loudly without one, a failure when required."""
    path = _browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own storage; an uncaught error or a dialog on it fails the test."""
    context = browser.new_context(viewport={"width": 1100, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(f"error: {error}"))

    def on_dialog(dialog: Any) -> None:
        problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    opened.on("dialog", on_dialog)
    yield opened
    context.close()
    assert problems == []


def state_of(widget: Any) -> dict[str, Any]:
    """What the browser is told of a Python widget: its synced traits but for code and layout."""
    names = (
        "question", "title", "student", "answer", "edit", "ping", "ack", "check", "feedback",
        "readonly", "can_check", "config", "static_id",
    )  # fmt: skip
    return {name: getattr(widget, name) for name in names}


Mount = Callable[..., Any]


@pytest.fixture
def mount(page: Any) -> Mount:
    """Put a Python widget on a plain page with the built module, and return the page."""

    def put(widget: Any, name: str = "annotator", *, dark: bool = False, **how: Any) -> Any:
        theme = "false" if dark else "true"
        paper = "#111" if dark else "#fff"
        ink = "#eee" if dark else "#111"
        css = (BUILT / f"{name}.css").read_text(encoding="utf-8")
        page.route(
            "http://widget.test/*",
            lambda route: route.fulfill(
                content_type="text/html; charset=utf-8",
                body=(
                    "<!doctype html><html lang='en'><head><title>A widget</title></head>"
                    f"<body data-jp-theme-light='{theme}' style='background:{paper};color:{ink};"
                    "margin:8px'><main class='jp-Cell' data-cell tabindex='-1'>"
                    "<h1 style='font-size:16px'>A notebook</h1>"
                    f"{widget.static_html()}<div id='widget'></div></main></body></html>"
                ),
            ),
        )
        page.goto("http://widget.test/")
        page.add_style_tag(content=css)
        page.add_script_tag(path=str(Path(__file__).with_name("fake_model.js")))
        page.evaluate(
            """async ([esm, state, how]) => {
                const el = document.getElementById("widget");
                Object.assign(window, await window.briefingTest.mount({ esm, state, el, ...how }));
            }""",
            [
                (BUILT / f"{name}.js").read_text(encoding="utf-8"),
                json.loads(json.dumps(state_of(widget))),
                how,
            ],
        )
        page.wait_for_selector(".bw")
        page.wait_for_timeout(60)
        return page

    return put


class Lab:
    """The real JupyterLab on a copy of the course, with a work folder of its own."""

    def __init__(self, course: Path, work: Path, url: str, token: str, opened: Any) -> None:
        self.course = course
        self.work = work
        self.url = url
        self.token = token
        self.page = opened

    def open(self, notebook: str) -> None:
        """Open a notebook (a path below the course) and wait until its kernel is idle."""
        self.page.goto(f"{self.url}/lab/tree/{notebook}?token={self.token}&reset")
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

    def restart_kernel(self) -> None:
        """Restart the kernel as its menu does, without the question; outputs stay painted."""
        self.page.evaluate(_RESTART)
        self.wait_idle()

    def save(self) -> None:
        """Save the notebook."""
        self.command("docmanager:save")
        self.page.wait_for_timeout(500)


_PANEL = "window.jupyterapp.shell.currentWidget"
_IDLE = f"() => {_PANEL}?.sessionContext?.session?.kernel?.status === 'idle'"
_ALL_RUN = f"""() => {{
    const cells = [...({_PANEL}?.content?.widgets ?? [])].map(cell => cell.model);
    const code = cells.filter(cell => cell.type === "code" && cell.sharedModel.getSource().trim());
    return code.length > 0 && code.every(cell => cell.executionCount !== null
        && cell.executionState !== "running");
}}"""
_RESTART = f"async () => {{ await {_PANEL}.sessionContext.session.kernel.restart(); }}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def lab(page: Any, tmp_path: Path) -> Iterator[Lab]:
    """JupyterLab answering, on a temporary copy of the course; stopped after the test."""
    course = tmp_path / "course"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "work", "node_modules", "__pycache__", ".*_cache", "tests"
    )
    shutil.copytree(COURSE, course, ignore=ignored)
    work = tmp_path / "work"
    work.mkdir()
    news = tmp_path / "settings" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    (news / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    port, token = _free_port(), "briefing-test"
    env = {
        **os.environ,
        "BRIEFING_WORK": str(work),
        "BRIEFING_COURSE": str(course),
        "PYTHONPATH": str(course / "src"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    log = (tmp_path / "lab.log").open("wb")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}",
            f"--ServerApp.root_dir={course}", f"--IdentityProvider.token={token}",
            "--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True", "--allow-root",
            "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        env=env, cwd=course, stdout=log, stderr=log,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            if server.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{url}/api?token={token}", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail("JupyterLab did not answer within a minute", pytrace=False)
        if server.poll() is not None:
            pytest.fail((tmp_path / "lab.log").read_text(encoding="utf-8"), pytrace=False)
        page.set_default_timeout(20_000)
        yield Lab(course, work, url, token, page)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
