"""The annotator in the real Notebook 7: the same cells on a simpler page than JupyterLab's."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_lab import Notebook, running_lab, watched_page

HERE = importlib.util.find_spec("notebook") is not None
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not HERE, reason="Notebook 7 was NOT tried: the package notebook is not installed"
    ),
]

OWN = r"Cannot read properties of undefined \(reading 'schema'\)"
"""What Notebook 7.6 itself cries while it starts, with and without a widget."""

COUNT = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"

WHOLE = """() => {
    const boxes = [...document.querySelectorAll(".jp-Cell-outputArea:has(.bw)")];
    return boxes.length > 5 && boxes.every(box => box.scrollHeight - box.clientHeight < 2);
}"""


@pytest.fixture
def notebook(browser: Any, tmp_path: Path) -> Iterator[Any]:
    with watched_page(browser, OWN) as page:
        page.set_default_timeout(40_000)
        with running_lab(tmp_path, Notebook) as answering:
            answering.page = page
            yield answering


def labels(work: Path, exercise: str, question: str) -> dict[str, Any]:
    """What the answers file holds of a question."""
    (file,) = work.glob(f"{exercise}*.answers.json")
    return dict(json.loads(file.read_text(encoding="utf-8"))["answers"].get(question, {}))


def test_ex02_is_marked_by_mouse_and_keyboard_and_comes_back(notebook: Any) -> None:
    notebook.open("exercises/ex02-who-says-so.ipynb")
    notebook.run_all()
    page = notebook.page
    assert notebook.errors() == []
    first = page.locator('.bw-annotator[data-mode="sentences"]').first
    first.wait_for()
    assert page.locator("[id^=briefing-static]:visible").count() == 0
    # The page scrolls, and no box within it: Notebook 7 makes one of a tall output unless told not to.
    page.wait_for_function(WHOLE)

    text = first.locator(".bw-text")
    text.focus()
    page.keyboard.press("Home")
    page.keyboard.press("1")
    first.locator(".bw-item-button").nth(2).click()
    first.locator(".bw-labels [data-label]").nth(1).click()
    page.wait_for_function(
        "() => document.querySelector('.bw-annotator[data-mode=sentences]').dataset.state === 'saved'"
    )
    page.wait_for_timeout(300)
    kept = labels(notebook.work, "ex02", "q1")["labels"]
    assert sorted(v["voice"] for v in kept.values()) == ["attributed", "outlet"]

    # Notebook's own commands stay away while the text has the focus.
    before = page.evaluate(COUNT)
    text.focus()
    for key in ("a", "b", "x", "m", "d", "d", "c", "v"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.evaluate(COUNT) == before

    notebook.save()
    notebook.reload()
    notebook.run_all()
    first.wait_for()
    page.wait_for_function(
        "() => document.querySelector('.bw-annotator[data-mode=sentences] .bw-progress')"
        ".textContent.startsWith('2 of')"
    )
    assert labels(notebook.work, "ex02", "q1")["labels"] == kept
