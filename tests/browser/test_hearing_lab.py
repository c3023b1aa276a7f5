"""Widgets that anywidget has given up for loading too slowly, in the real JupyterLab: they hear all
the same. Its two seconds are made none here, so that every widget of the page is given up."""

from __future__ import annotations

import json
import textwrap
from typing import Any

import nbformat
import pytest
from real_lab import Lab, running_lab, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NO_PATIENCE = """
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => (ms === 2000 ? AbortSignal.abort("given up") : timeout(ms));
    const listen = AbortSignal.prototype.addEventListener;
    AbortSignal.prototype.addEventListener = function (type, hear, ...more) {
        if (type === "abort" && this.aborted && this.reason === "given up") return hear();
        return listen.call(this, type, hear, ...more);
    };
    window.givenUp = 0;
    window.addEventListener("unhandledrejection", (event) => {
        if (String(event.reason).includes("Failed to initialize model")) window.givenUp += 1;
    });
"""
GIVEN_UP = r"^error: \[anywidget\] Failed to initialize model"

CELLS = (
    """
    from briefing.answers import AnswersStore, change_code
    from briefing.answers.folder import work_folder
    from briefing.widgets import Annotator, Feedback, FeedbackItem, StudentCode, Text

    store = AnswersStore.open("ex02")
    text = "Officials said that 64 targets were hit. Nobody else has confirmed it."
    """,
    # Feedback and another's marks are told after the model was opened: the page must hear of them.
    """
    Annotator(text, labels=["source", "cue"], feedback=Feedback("A solved example."),
        marks=[{"start": 0, "end": 9, "label": "source"}],
        other=[{"start": 10, "end": 14, "label": "cue"}], other_name="Partner", readonly=True)
    """,
    """
    Text("Rewrite it.", words=(3, 60), question="ex02/q6", student=store.student,
        save=lambda payload, base: store.save("q6", payload, base))
    """,
    "StudentCode(store.student, lambda code: change_code(work_folder(), code))",
)


@pytest.fixture
def hurried(browser: Any, tmp_path: Any) -> Any:
    """A notebook whose widgets are all given up, run."""
    with watched_page(browser, GIVEN_UP) as page, running_lab(tmp_path) as lab:
        page.set_default_timeout(45_000)
        page.add_init_script(NO_PATIENCE)
        lab.page = page
        cells = [nbformat.v4.new_code_cell(textwrap.dedent(source).strip()) for source in CELLS]
        kernel = {"name": "python3", "display_name": "Python 3"}
        made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(made, lab.course / "hurried.ipynb")
        lab.open("hurried.ipynb")
        lab.run_all()
        page.wait_for_selector(".bw-student")
        yield lab
        page.close()


def test_a_widget_that_was_given_up_saves_and_hears_all_the_same(hurried: Lab) -> None:
    page = hurried.page
    page.wait_for_function("() => window.givenUp > 0")
    # What Python told before the module was there.
    page.locator(".bw-annotator .bw-told").filter(has_text="Partner").wait_for()
    # An answer is acknowledged.
    page.locator(".bw-writing textarea").fill("One two three four")
    page.locator(".bw-writing textarea").blur()
    page.locator('.bw-writing[data-state="saved"]').wait_for()
    saved = json.loads((hurried.work / "ex02.answers.json").read_text("utf-8"))
    assert saved["answers"]["q6"]["text"] == "One two three four"
    # A wish is answered.
    page.locator(".bw-student input").fill("owl-1234")
    page.locator(".bw-student").get_by_role("button", name="Save").click()
    page.locator(".bw-student .bq-code").filter(has_text="owl-1234").wait_for()
