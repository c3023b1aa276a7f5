"""The small widgets in the real JupyterLab: saved to the course's file, handed in, found again."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import nbformat
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
    from briefing.answers import AnswersStore
    from briefing.answers.handin import hand_in
    from briefing.answers.student import change_code, propose_code
    from briefing.answers.folder import work_folder
    from briefing.widgets import Choice, Feedback, FeedbackItem, HandIn, HandInReceipt, StudentCode, Text

    store = AnswersStore.open("ex02")

    def of(q):
        return dict(
            question=f"ex02/{q}", student=store.student, answer=store.answer(q),
            revision=store.revision, saved=store.saved_iso,
            save=lambda payload, base: store.save(q, payload, base),
        )

    def check(answer):
        return Feedback("That fits.", [FeedbackItem("b", "right", "Because.")])

    def pack():
        made = hand_in(store, {"q5": "Question 5", "q6": "Question 6", "q9": "Question 9"})
        receipt = HandInReceipt(made.revision, made.saved_iso, made.empty, 3 - len(made.empty))
        return made.name, made.data, receipt

    def load(data):
        return f"Loaded. {store.load_back(data).message}"
"""
CELLS = (
    """Choice([{"id": "g", "prompt": "Which?", "options": [
        {"id": "a", "text": "Alpha"}, {"id": "b", "text": "Beta"}]}], check=check, **of("q5"))""",
    """Text("Rewrite it.", words=(3, 60), **of("q6"))""",
    """HandIn(pack, load, question="ex02/hand-in", student=store.student)""",
    """StudentCode(store.student, lambda code: change_code(work_folder(), code),
        propose=propose_code)""",
)


@pytest.fixture
def opened(lab: Any) -> Any:
    """A notebook with one widget of each kind, run."""
    sources = [SETUP, *CELLS]
    cells = [nbformat.v4.new_code_cell(textwrap.dedent(source).strip()) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, lab.course / "small.ipynb")
    lab.open("small.ipynb")
    lab.run_all()
    lab.page.wait_for_selector(".bw-student")
    return lab


def on_disk(lab: Any) -> dict[str, Any]:
    """The answers in the file."""
    file = lab.work / "ex02.answers.json"
    return json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}


def wait_for(lab: Any, condition: Any) -> None:
    for _ in range(1200):
        if condition():
            return
        lab.page.wait_for_timeout(50)
    assert condition()


def cells(lab: Any) -> int:
    return int(lab.page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length"))


def test_answered_by_keyboard_handed_in_and_found_again(opened, tmp_path):
    page = opened.page
    choice, text, handin, student = (
        page.locator(f".bw-{name}") for name in ("choice", "writing", "handin", "student")
    )
    count = cells(opened)
    choice.get_by_label("Alpha").focus()
    for key in ("Space", "ArrowDown", "b", "a", "x", "m"):
        page.keyboard.press(key)
    wait_for(opened, lambda: on_disk(opened).get("q5", {}).get("chosen") == ["b"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    choice.locator(".bq-summary", has_text="That fits.").wait_for()
    wait_for(opened, lambda: on_disk(opened)["q5"]["attempts"] == 1)

    text.get_by_role("textbox").focus()
    page.keyboard.type("dd Über שלום \U0001f98a")
    page.keyboard.press("Control+s")
    wait_for(opened, lambda: on_disk(opened).get("q6", {}).get("text") == "dd Über שלום \U0001f98a")
    page.keyboard.press("Escape")
    assert not text.evaluate("e => e.contains(document.activeElement)")
    assert cells(opened) == count

    opened.restart_kernel()
    text.get_by_role("textbox").fill("Typed to nobody")
    page.locator(".bw-writing .bw-notice", has_text="Not saved").wait_for(timeout=15_000)
    opened.run_all()
    wait_for(opened, lambda: on_disk(opened)["q6"]["text"] == "Typed to nobody")
    page.locator(".bw-choice").get_by_label("Beta").wait_for()
    assert page.locator(".bw-choice").get_by_label("Beta").is_checked()
    assert page.locator(".bw-writing textarea").input_value() == "Typed to nobody"

    student.get_by_role("textbox").fill("heron-1937")
    page.keyboard.press("Enter")
    student.locator(".bq-loaded", has_text="heron-1937").wait_for()

    with page.expect_download() as waiting:
        handin.get_by_role("button", name="Download my answers").click()
    waiting.value.save_as(tmp_path / "handed.json")
    handed = json.loads((tmp_path / "handed.json").read_text("utf-8"))
    assert handed["answers"]["q6"]["text"] == "Typed to nobody"
    assert "Still empty: Question 9." in handin.locator(".bq-receipt").text_content()

    text.get_by_role("textbox").fill("Something else entirely")
    wait_for(opened, lambda: on_disk(opened)["q6"]["text"] == "Something else entirely")
    handin.locator("input[type=file]").set_input_files(tmp_path / "handed.json")
    handin.locator(".bq-loaded", has_text="Loaded.").wait_for()
    assert on_disk(opened)["q6"]["text"] == "Typed to nobody"
    # Each static view is hidden beside its live widget.
    page.wait_for_timeout(300)
    assert page.locator("[id^='briefing-static-']:visible").count() == 0
