"""Every lesson and exercise in the real JupyterLab: it runs, and each of its widgets wakes up.

nbval sees no widgets, and a widget on a page of our own is not loaded by anywidget: only here does
a module that anywidget cannot start show.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_lab import COURSE, Lab, running_lab, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOKS = sorted(
    path.relative_to(COURSE).as_posix()
    for folder in ("notebooks", "exercises")
    for path in (COURSE / folder).glob("*.ipynb")
)
# The Lab draws only the cells in sight unless it is told otherwise.
ALL_CELLS = '{"windowingMode": "none"}'
PANEL = "window.jupyterapp.shell.currentWidget"
WANTED = f"""() => [...{PANEL}.content.widgets].filter(cell => cell.model.type === "code")
    .flatMap(cell => cell.model.outputs.toJSON())
    .filter(output => "application/vnd.jupyter.widget-view+json" in (output.data ?? {{}})).length"""
DRAWN = f"""() => [...{PANEL}.node.querySelectorAll(".jp-OutputArea-output .bw")]
    .filter(node => node.innerText.trim()).length"""


OPEN = """async path => {
    await window.jupyterapp.commands.execute("docmanager:open", { path });
}"""
IS_OPEN = f"""path => {PANEL}?.context?.path === path && {PANEL}.context.isReady
    && {PANEL}.content.widgets.length > 0"""
# Without the question whether to save: what ran is in the page alone.
CLOSE = f"() => {PANEL}.dispose()"


@pytest.fixture(scope="module")
def running(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server of this file, which shows all cells at once, in one page for all notebooks."""
    folder: Path = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as lab:
        settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
        settings.mkdir(parents=True)
        (settings / "tracker.jupyterlab-settings").write_text(ALL_CELLS)
        with watched_page(browser, "^error: Canceled future") as page:
            page.set_default_timeout(45_000)
            page.goto(f"{lab.url}/lab?token={lab.token}&reset")
            page.wait_for_function("() => window.jupyterapp?.started.then(() => true)")
            lab.page = page
            yield lab


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_each_widget_of_the_notebook_wakes_up(running: Lab, notebook: str) -> None:
    running.shut_kernels()
    page = running.page
    cries: list[str] = []

    def on_console(said: Any) -> None:
        if said.type == "error":
            cries.append(said.text)

    page.on("console", on_console)
    try:
        page.evaluate(OPEN, notebook)
        page.wait_for_function(IS_OPEN, arg=notebook)
        running.wait_idle()
        running.run_all()
        assert running.errors() == []
        wanted = page.evaluate(WANTED)
        page.wait_for_function(f"wanted => ({DRAWN})() === wanted", arg=wanted)
        assert not [said for said in cries if "widget" in said.lower()]
    finally:
        page.remove_listener("console", on_console)
        page.evaluate(CLOSE)


def test_there_are_widgets_to_wake() -> None:
    assert len(NOTEBOOKS) > 15  # lessons 00 to 07, exercises 1 to 7, and the page on the finder
