"""Makes the picture of lesson 02 that the README shows: `python tests/browser/picture_lesson.py`.

It runs the lesson in the real JupyterLab, marks a few sentences of article 002, asks for feedback,
and writes docs/images/lesson-02.png. Give another file name to write that one, `--dark`, `--width N`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from real_lab import COURSE, FLAGS, browser_path, running_lab
from student_hands import label_by_keyboard, label_by_mouse, widget

# Two sentences are labelled otherwise than in the key, so that the picture shows both answers.
LABELS = ("1", "1", "1", "2", "1", "2", "1", "2")


def picture(out: Path, *, width: int = 1400, height: int = 1000, dark: bool = False) -> None:
    """Write the picture to `out`."""
    sys.path.insert(0, str(COURSE / "src"))
    from playwright.sync_api import sync_playwright

    from briefing.keys import definition

    title = definition("lesson02").questions["q1"].title
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        lab.page = browser.new_page(viewport={"width": width, "height": height})
        lab.open("notebooks/02-who-says-so.ipynb")
        lab.theme(dark=dark)
        lab.run_all()
        lab.command("application:toggle-left-area")
        task = widget(lab.page, title)
        task.scroll_into_view_if_needed()
        label_by_mouse(task, "002.s06", "attributed")
        label_by_keyboard(task, "ArrowDown", *LABELS[1:])  # each label goes on to the next
        task.locator(".bw-bar .bw-primary").click()
        task.locator(".bw-told").wait_for()
        task.evaluate("node => node.scrollIntoView({ block: 'start' })")
        lab.page.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Make the picture of lesson 02.")
    asked.add_argument("out", nargs="?", default=COURSE / "docs" / "images" / "lesson-02.png")
    asked.add_argument("--width", type=int, default=1400)
    asked.add_argument("--dark", action="store_true")
    given = asked.parse_args()
    picture(Path(given.out), width=given.width, dark=given.dark)
