"""Makes the picture of lesson 02 in the README: `.venv/bin/python tests/browser/picture_lesson.py`.

It runs the lesson in the real JupyterLab, marks a few sentences of article 002, asks for feedback,
and writes docs/images/lesson-02.png. Give another file name to write that one, `--dark`, `--width N`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from real_lab import COURSE, FLAGS, browser_path, running_lab
from student_hands import label_by_keyboard, label_by_mouse, widget

from briefing.keys import definition, exercise_key

# The third and the last of these are labelled otherwise than in the key, to show both answers.
SHOWN = 9
WRONG = (2, 8)


def picture(out: Path, *, width: int = 1400, height: int = 1000, dark: bool = False) -> None:
    """Write the picture to `out`."""
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
        asked = exercise_key("lesson02")["q1"].machine.sentences
        labels = [
            other(one.label) if number in WRONG else one.label
            for number, one in enumerate(asked[:SHOWN])
        ]
        label_by_mouse(task, asked[0].sentence, labels[0])
        for label in labels[1:]:
            label_by_keyboard(task, "1" if label == "attributed" else "2")
        task.locator(".bw-bar .bw-primary").click()
        task.locator(".bw-told").wait_for()
        task.evaluate("node => node.scrollIntoView({ block: 'start' })")
        lab.page.screenshot(path=out)
        browser.close()


def other(label: str) -> str:
    """The other one of the two labels."""
    return "outlet" if label == "attributed" else "attributed"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Make the picture of lesson 02.")
    asked.add_argument("out", nargs="?", default=COURSE / "docs" / "images" / "lesson-02.png")
    asked.add_argument("--width", type=int, default=1400)
    asked.add_argument("--dark", action="store_true")
    given = asked.parse_args()
    picture(Path(given.out), width=given.width, dark=given.dark)
