"""The annotator in the real JupyterLab: marks by mouse and keyboard outlive kernel and page."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import nbformat
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
    import json, os, pathlib
    from dataclasses import dataclass
    from briefing.widgets import Annotator

    place = pathlib.Path(os.environ["BRIEFING_WORK"]) / "marks.json"

    @dataclass
    class Receipt:
        revision: int
        saved_iso: str

    def save(answer, base):
        kept = json.loads(place.read_text()) if place.exists() else {"revision": 0}
        revision = kept["revision"] + 1
        place.write_text(json.dumps({"revision": revision, "answer": answer}))
        return Receipt(revision, "2026-11-22T19:40:00Z")

    kept = json.loads(place.read_text()) if place.exists() else {}
"""

SHOW = """
    Annotator(
        "Officials in Aurelia said \U0001f680 that 64 targets were hit.\\nNobody else has confirmed it.",
        labels=["source", "cue", "content"],
        question="ex99/q1",
        title="Who says so?",
        answer=kept.get("answer"),
        revision=kept.get("revision", 0),
        saved="2026-11-22T19:40:00Z" if kept else "",
        save=save,
    )
"""


@pytest.fixture
def notebook(lab: Any) -> Any:
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(textwrap.dedent(SETUP).strip()),
            nbformat.v4.new_code_cell(textwrap.dedent(SHOW).strip()),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(made, lab.course / "marking.ipynb")
    lab.open("marking.ipynb")
    lab.run_all()
    lab.page.wait_for_selector(".bw-text")
    return lab


def marks_on_disk(work: Path) -> list[tuple[str, int, int]]:
    file = work / "marks.json"
    if not file.exists():
        return []
    found = json.loads(file.read_text(encoding="utf-8"))["answer"]["marks"]
    return [(mark["label"], mark["start"], mark["end"]) for mark in found]


def drag_over(page: Any, words: str) -> None:
    """Drag the mouse over words of the annotator's text."""
    box = page.evaluate(
        """words => {
            for (const block of document.querySelectorAll(".bw-par")) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                block.scrollIntoView({ block: "center" });
                const range = document.createRange();
                range.setStart(block.firstChild, at);
                range.setEnd(block.firstChild, at + words.length);
                const box = range.getBoundingClientRect();
                return [box.left + 1, box.top + box.height / 2, box.right - 1];
            }
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[1], steps=6)
    page.mouse.up()


def saved(page: Any) -> None:
    page.wait_for_selector('.bw[data-state="saved"]')


def test_marks_outlive_kernel_and_page(notebook: Any) -> None:
    page, work = notebook.page, notebook.work
    cells = page.locator(".jp-Cell").count()
    assert page.locator("[id^=briefing-static]").is_hidden()

    drag_over(page, "Officials in Aurelia")
    page.click(".bw-palette [data-label=source]")
    saved(page)
    assert marks_on_disk(work) == [("source", 0, 20)]

    page.focus(".bw-text")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("2")
    page.wait_for_function("document.querySelectorAll('.bw-item').length === 2")
    saved(page)
    page.wait_for_timeout(200)
    assert marks_on_disk(work) == [("source", 0, 20), ("cue", 21, 25)]

    # Keys that would cut, copy or insert cells in command mode stay inside the widget.
    page.keyboard.press("Escape")
    page.focus(".bw-text")
    for key in ("a", "b", "x", "m", "d", "d", "c", "v"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.locator(".jp-Cell").count() == cells

    notebook.restart_kernel()
    drag_over(page, "64 targets")
    page.keyboard.press("3")
    page.wait_for_selector('.bw[data-state="unsaved"]', timeout=15_000)
    assert "Not saved" in page.inner_text(".bw-notice")
    assert len(marks_on_disk(work)) == 2

    notebook.run_all()
    saved(page)
    page.wait_for_timeout(300)
    # Code points: the rocket counts as one.
    text = "Officials in Aurelia said \U0001f680 that 64 targets were hit."
    start = text.index("64 targets")
    assert marks_on_disk(work)[2] == ("content", start, start + len("64 targets"))

    notebook.save()
    notebook.reload()
    notebook.run_all()
    page.wait_for_function("document.querySelectorAll('.bw-item').length === 3")
    words = page.locator(".bw-item-words").all_text_contents()
    assert words == ["Officials in Aurelia", "said", "64 targets"]
