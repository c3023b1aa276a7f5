"""The marking notebook in the real JupyterLab: marked by keys, the kernel restarted, gone on, graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from marked_class import ANSWERS, grade_again, mark_class, points_of, table

from briefing.keys import has_solutions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not has_solutions(), reason="needs the criteria of ex02"),
]

NOTEBOOK = "solutions/grade-a-class.ipynb"


def marked_so_far(marked: Path) -> int:
    return sum(bool(row["criterion 3"]) for row in table(marked))


def wait_for(lab: Any, condition: Any) -> None:
    for _ in range(600):
        if condition():
            return
        lab.page.wait_for_timeout(50)
    frame = lab.page.locator(".bw-desk").first
    where = lab.page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
    assert condition(), (frame.get_attribute("data-state"), frame.inner_text(), where)


def desk(lab: Any) -> Any:
    frame = lab.page.locator(".bw-desk").first
    frame.locator(".bd-card").focus()
    return frame


def test_a_class_is_marked_by_keys_over_a_restart_and_grade_counts_it(lab: Any) -> None:
    marked = mark_class(lab.course)
    lab.open(NOTEBOOK)
    cells = lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    lab.run_all()
    lab.page.wait_for_selector(".bw-desk .bd-card")
    desk(lab)
    for key in ("1", "2", "0", "Enter", "1", "2", "3", "Enter", "x", "d", "d", "b"):
        lab.page.keyboard.press(key)
    wait_for(lab, lambda: marked_so_far(marked) == 2)
    lab.restart_kernel()
    lab.run_all()
    frame = desk(lab)
    frame.locator(".bd-head", has_text="Answer 3 of 5").wait_for()
    assert frame.locator(".bd-count").text_content() == "2 of 5 marked"
    for key in ("0", "Enter", "0", "Enter", "0", "e"):
        lab.page.keyboard.press(key)
    lab.page.keyboard.type("See me, please")
    lab.page.keyboard.press("Control+s")
    wait_for(lab, lambda: marked_so_far(marked) == 5)
    wait_for(lab, lambda: any(row["note"] == "See me, please" for row in table(marked)))
    assert lab.errors() == []
    now = lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    assert now == cells
    lab.save()
    stored = (lab.course / NOTEBOOK).read_text("utf-8")
    assert not [words for words in (*ANSWERS, *ANSWERS.values()) if words in stored]
    grade_again(lab.course)
    points = sorted(points_of(marked, student)["q6"] for student in ANSWERS)
    assert points == ["0", "0", "0", "2", "3"]
    assert any("See me, please" in page.read_text("utf-8") for page in marked.glob("feedback/*"))
