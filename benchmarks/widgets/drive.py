"""Marks by mouse in the real JupyterLab and brings back the times; knows no tool by name."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from texts import Given
from tools import COMMON, Tool

HERE = Path(__file__).resolve().parent
COURSE = HERE.parents[1]
sys.path.insert(0, str(COURSE / "tests" / "browser"))

PATIENCE = 90
"""Seconds that one mark may take before the tool's row is given up."""

LONGEST = 240
"""Seconds after which no further mark is begun with one tool on one text."""


@dataclass(slots=True)
class Times:
    """Milliseconds from the mouse button's release, one of each a mark; `failed` says why not.

    `pressed`: from the button's press, the page has done the first frame after it; `selected`: the selection is painted (tools that select first); `painted`: the mark is, in the
    second animation frame that has it; `framed`: the page has done the work of the first of them;
    `heard`: the kernel has it; `saved`: the page says that it is on disk; `written`: the file is.
    """

    pressed: list[float] = field(default_factory=list)
    selected: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    framed: list[float] = field(default_factory=list)
    heard: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    failed: str = ""


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[tuple[Any, Any]]:
    """JupyterLab on a copy of the course in `folder`, and the Chromium that is driven."""
    from playwright.sync_api import sync_playwright
    from real_lab import FLAGS, browser_path, running_lab

    path = browser_path()
    if not path:
        sys.exit("No Chromium was found: install the package chromium, then run this again.")
    os.environ["COMPARED"] = str(folder / "compared")
    (folder / "compared").mkdir(exist_ok=True)
    with running_lab(folder) as lab, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield lab, chromium
        chromium.close()


def measure(lab: Any, chromium: Any, tool: Tool, text: Given, count: int) -> Times:
    """Make `count` marks with `tool` on a page of its own; a failure is told, not raised."""
    compared = Path(os.environ["COMPARED"])
    shutil.rmtree(compared / "kept", ignore_errors=True)
    (compared / "kept").mkdir()
    (compared / "heard.txt").unlink(missing_ok=True)
    marks = text.marks if tool.overlaps else text.apart
    (compared / "given.json").write_text(json.dumps({"text": text.text, "marks": marks}))
    cells = [nbformat.v4.new_code_cell(COMMON % tool.trait), nbformat.v4.new_code_cell(tool.cell)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, lab.course / "compared.ipynb")
    times = Times()
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    lab.page = page
    try:
        lab.open("compared.ipynb")
        lab.run_all()
        problems = lab.errors()
        if problems:
            times.failed = problems[0][:200]
            return times
        page.wait_for_selector(tool.root)
        page.add_script_tag(path=str(HERE / "measure.js"))
        page.wait_for_timeout(3_000)
        _mark(page, tool, text, count, times, compared)
    except Exception as problem:  # another tool's trouble must not end the run
        times.failed = f"{type(problem).__name__}: {str(problem).splitlines()[0][:160]}"
    finally:
        context.close()
        lab.shut_kernels()
    return times


def _mark(page: Any, tool: Tool, text: Given, count: int, times: Times, compared: Path) -> None:
    spread = [text.targets[len(text.targets) * n // (3 * count)] for n in range(3 * count)]
    begun = time.monotonic()
    for start, end in spread:
        if len(times.painted) == count:
            return
        if time.monotonic() - begun > LONGEST:
            times.failed = f"stopped after {LONGEST} s with {len(times.painted)} marks made"
            return
        box = _placed(page, tool, text, start, end)
        if box is None:
            continue
        middle = box["top"] + box["height"] / 2
        page.mouse.move(box["left"] + 1, middle)
        page.evaluate("window.compare.press()")
        page.mouse.down()
        times.pressed.append(page.evaluate("window.compare.pressed"))
        page.mouse.move((box["left"] + box["right"]) / 2, middle, steps=4)
        page.wait_for_timeout(350)  # as long as a hand takes; some wait for that
        page.mouse.move(box["right"] - 1, middle, steps=4)
        page.wait_for_timeout(150)
        if tool.label:
            told = _released(page, tool.selected, None, page.mouse.up)
            times.selected.append(told["painted"])
            page.wait_for_timeout(200)
            button = page.locator(tool.label).bounding_box()
            page.mouse.move(button["x"] + button["width"] / 2, button["y"] + button["height"] / 2)
            page.mouse.down()
            page.wait_for_timeout(60)
        ack = {"node": ".bw", "attribute": "data-state", "value": "saved"}
        told = _released(page, tool.shown, ack if tool.acknowledged else None, page.mouse.up)
        times.painted.append(told["painted"])
        times.framed.append(told["framed"])
        if told["saved"] is not None:
            times.saved.append(told["saved"])
        page.wait_for_timeout(700)
        times.heard.append(_heard(compared, len(times.painted)) - told["released"])
        if tool.kept:
            written = max(one.stat().st_mtime for one in compared.glob(tool.kept))
            times.written.append(written * 1000 - told["released"])
        page.wait_for_timeout(300)
    if len(times.painted) < count:
        times.failed = f"only {len(times.painted)} places could be marked"


def _placed(page: Any, tool: Tool, text: Given, start: int, end: int) -> Any:
    """Scroll words into sight and wait until they stand still; None where they break a line."""
    gone = 0 if tool.newlines else text.text.count("\n", 0, start)
    asked = [tool.root, tool.skip, start - gone, end - gone]
    look = "([root, skip, start, end]) => window.compare.place(root, skip, start, end)"
    before = None
    for _ in range(20):
        box = page.evaluate(look, asked)
        if box is not None and box == before:
            return box if box["words"] == text.text[start:end] else None
        before = box
        page.wait_for_timeout(200)
    return None


def _released(page: Any, shown: str, saved: Any, release: Callable[[], None]) -> dict[str, Any]:
    page.evaluate("([shown, saved]) => window.compare.arm(shown, saved)", [shown, saved])
    release()
    wait = f"""() => Promise.race([window.compare.result, new Promise((_, no) => setTimeout(
        () => no(new Error("nothing was painted within {PATIENCE} s")), {PATIENCE * 1000}))])"""
    return dict(page.evaluate(wait))


def _heard(compared: Path, number: int) -> float:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        file = compared / "heard.txt"
        lines = file.read_text().split() if file.exists() else []
        if len(lines) >= number:
            return float(lines[number - 1])
        time.sleep(0.05)
    raise TimeoutError("the kernel did not hear of the mark")
