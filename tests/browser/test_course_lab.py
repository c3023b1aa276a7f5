"""The course as a student meets it, in the real JupyterLab: start, lesson, exercise, hand-in.

One JupyterLab serves all tests of this file; each begins with no kernel, no answers, new pages.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from real_lab import COURSE, Lab, running_lab, watched_page
from student_hands import (
    choose,
    label_by_keyboard,
    label_by_mouse,
    link_by_keyboard,
    mark_by_mouse,
    walk_to_word,
    widget,
)

from briefing.answers import AnswersStore
from briefing.course.feedback import SAVED
from briefing.course.solved import model_answer
from briefing.keys import definition, exercise_key
from briefing.marking.hand_ins import listed, read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EX02 = "exercises/ex02-who-says-so.ipynb"
MARKED = "001.s07"
LESSON02 = "notebooks/02-who-says-so.ipynb"
START = "notebooks/00-start-here.ipynb"
Q1, Q2, Q4, Q6 = (
    definition("ex02").questions[question].title for question in ("q1", "q2", "q4", "q6")
)
# What JupyterLab throws by itself when nobody answers it.
KILLED = "^error: (Failed to fetch|NetworkError|Canceled future|Kernel connection)"
CHECK = re.compile("^Check( again| my .*)?$")
REWRITTEN = 'Kartapolov said: my own words, with Über, שלום, \U0001f98a & <b>"signs"</b>.'


@pytest.fixture(scope="module")
def running(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The server of this file; it needs the browser so that nothing starts without one."""
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture
def lab(browser: Any, running: Lab) -> Iterator[Lab]:
    """The server with a new page, as on the first day."""
    running.shut_kernels()
    shutil.rmtree(running.work)
    running.work.mkdir()
    for notebook in (EX02, LESSON02, START):
        shutil.copy(COURSE / notebook, running.course / notebook)
    with watched_page(browser, KILLED, viewport={"width": 1200, "height": 900}) as page:
        page.set_default_timeout(30_000)
        running.page = page
        yield running


def run_whole(lab: Lab, notebook: str) -> None:
    """Open a notebook and run it; nothing in it may fail or warn."""
    lab.open(notebook)
    lab.run_all()
    assert lab.errors() == []


def answers(lab: Lab, exercise: str = "ex02") -> dict[str, Any]:
    """The answers in the file on the disk."""
    file = lab.work / f"{exercise}.answers.json"
    return json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}


def labels(lab: Lab, exercise: str = "ex02", question: str = "q1") -> dict[str, str]:
    """The labels of sentences on the disk."""
    found = answers(lab, exercise).get(question, {}).get("labels", {})
    return {sentence.split(".")[1]: label["voice"] for sentence, label in found.items()}


def marks(lab: Lab) -> list[tuple[str, int, int, str]]:
    """The marks of question 2 on the disk: label, start, end, and the id of the linked one."""
    kept = AnswersStore.open("ex02", lab.work).answer("q2") or {"marks": []}
    return [(m["label"], m["start"], m["end"], m.get("source", "")) for m in kept["marks"]]


def on_disk(lab: Lab, condition: Callable[[], object]) -> None:
    """Wait until the disk holds something; the page has a minute for it."""
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        lab.page.wait_for_timeout(50)
    assert condition()


def saved(root: Any) -> None:
    """Wait until the widget says that it is saved."""
    root.page.wait_for_function(
        "root => root.dataset.state === 'saved'", arg=root.element_handle(), timeout=30_000
    )


def check(root: Any) -> str:
    """Ask for feedback, and return what it says in sum."""
    root.get_by_role("button", name=CHECK).click()
    summary = root.locator(".bw-told, .bq-summary").first
    summary.wait_for()
    return str(summary.text_content())


def test_the_start_page_runs_and_its_first_widget_works(lab):
    run_whole(lab, START)
    title = definition("lesson00").questions["q1"].title
    task = widget(lab.page, title)
    task.scroll_into_view_if_needed()
    label_by_keyboard(task, "Control+Home", "ArrowDown", "Shift+ArrowRight", "1")
    on_disk(lab, lambda: len(answers(lab, "lesson00").get("q1", {}).get("marks", [])) == 1)
    saved(task)
    assert check(task)
    code = json.loads((lab.work / "lesson00.answers.json").read_text("utf-8"))["student"]
    assert widget(lab.page, "Your code").get_by_role("textbox").input_value() == code


def test_lesson_02_runs_and_gives_reasons(lab):
    run_whole(lab, LESSON02)
    questions = definition("lesson02").questions
    task = widget(lab.page, questions["q1"].title)
    label_by_mouse(task, "002.s06", "attributed")
    label_by_keyboard(task, "2")
    on_disk(lab, lambda: len(labels(lab, "lesson02")) == 2)
    saved(task)
    assert labels(lab, "lesson02")["s06"] == "attributed"
    assert check(task)
    key = exercise_key("lesson02")["q1"].machine
    reason = next(one.why for one in key.sentences if one.sentence == "002.s06")
    said = task.locator(".bw-item-active .bw-item-said, .bw-item-said")
    assert any(reason in words for words in said.all_text_contents())
    on_disk(lab, lambda: answers(lab, "lesson02")["q1"]["attempts"] == 1)


def test_ex02_from_the_first_mark_to_the_feedback_page(lab, tmp_path):
    page = lab.page
    run_whole(lab, EX02)
    q1, q2 = widget(page, Q1), widget(page, Q2)

    # Sentences by mouse and by keyboard.
    label_by_mouse(q1, MARKED, "attributed")
    label_by_keyboard(q1, "1", "2")
    on_disk(lab, lambda: labels(lab) == {"s07": "attributed", "s08": "attributed", "s09": "outlet"})

    # Who by mouse, the says-word by keyboard, and the link.
    key = exercise_key("ex02")["q2"].machine
    who, says = (span for span in key.ordered if span.sentence == key.ordered[0].sentence)
    mark_by_mouse(q2, who.sentence, who.start, who.end, "source")
    walk_to_word(q2, "said")
    for press in ("Shift+ArrowRight", "2"):
        page.keyboard.press(press)
    link_by_keyboard(q2)
    on_disk(
        lab,
        lambda: (
            [mark[:3] for mark in marks(lab)]
            == [("source", who.start, who.end), ("cue", says.start, says.end)]
            and marks(lab)[1][3]
        ),
    )
    summary = check(q2)
    assert summary
    assert says.why in " ".join(q2.locator(".bw-item-said").all_text_contents())

    # A choice, and the text.
    choose(widget(page, Q4), 0, 2)
    on_disk(lab, lambda: len(answers(lab).get("q4", {}).get("chosen", [])) == 2)
    writing = widget(page, Q6)
    writing.get_by_role("textbox").fill(REWRITTEN)
    on_disk(lab, lambda: answers(lab).get("q6", {}).get("text") == REWRITTEN)
    before = answers(lab)

    # The kernel dies. The next mark is not saved, and the page says so soon.
    q1.scroll_into_view_if_needed()
    q1.evaluate(_WATCH)
    label_by_keyboard(q1)
    lab.kill_kernel()
    page.keyboard.press("1")
    notice = q1.locator(".bw-notice[role=alert]")
    notice.wait_for()
    seconds = page.evaluate("(window.unsavedAt - window.savingAt) / 1000")
    assert 1 < seconds < 15
    told = notice.text_content()
    assert "Not saved" in told
    assert "run all cells again" in told
    assert q1.get_attribute("data-state") == "unsaved"
    assert answers(lab) == before

    # As told: run again. Everything is there, the unsaved mark too.
    lab.wait_for_new_kernel()
    lab.run_all()
    assert lab.errors() == []
    on_disk(lab, lambda: labels(lab).get("s10") == "attributed")
    saved(q1)
    assert notice.is_hidden()
    now = answers(lab)
    assert {**now, "q1": None} == {**before, "q1": None}
    assert labels(lab).items() > {"s07": "attributed", "s08": "attributed"}.items()

    # The page is loaded again, then the server is killed and started again.
    lab.save()
    lab.reload()
    found_again(lab)
    lab.kill_server()
    lab.start()
    lab.open(EX02)
    lab.run_all()
    found_again(lab)
    assert answers(lab) == now

    # Hand in.
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my answers").click()
    handed = tmp_path / "handed in" / waiting.value.suggested_filename
    waiting.value.save_as(handed)
    file = json.loads((lab.work / "ex02.answers.json").read_text("utf-8"))
    assert json.loads(handed.read_text("utf-8")) == file
    assert handed.name == f"ex02.{file['student']}.answers.json"
    graded(lab, handed.parent, tmp_path / "marked", file["student"])

    # Whoever hands in the notebook instead hands in the same answers; the page shows nothing of them.
    assert page.locator("#briefing-static-ex02-hand-in").is_hidden()
    lab.save()
    notebook = tmp_path / "a notebook" / "ex02.ipynb"
    notebook.parent.mkdir()
    shutil.copy(lab.course / EX02, notebook)
    (ref,) = listed(notebook.parent)
    assert json.loads(read(ref).data) == file
    graded(lab, notebook.parent, tmp_path / "marked from it", file["student"])


_WATCH = """root => {
    new MutationObserver(() => {
        window[`${root.dataset.state}At`] ??= performance.now();
    }).observe(root, { attributeFilter: ["data-state"] });
}"""


def found_again(lab: Lab) -> None:
    """The work stands in the widgets, whether or not the page was run again."""
    from playwright.sync_api import expect

    slowly = {"timeout": 30_000}
    q1 = widget(lab.page, Q1)
    expect(q1.locator(".bw-progress")).to_contain_text("4 of 26", **slowly)
    expect(widget(lab.page, Q2).locator(".bw-item-mark")).to_have_count(2, **slowly)
    expect(widget(lab.page, Q6).get_by_role("textbox")).to_have_value(REWRITTEN, **slowly)
    expect(widget(lab.page, Q4).locator("input:checked")).to_have_count(2, **slowly)


def graded(lab: Lab, folder: Path, out: Path, student: str) -> None:
    """`briefing grade` writes a row and a page, and the page shows the student's own words."""
    command = [sys.executable, "-m", "briefing", "grade", str(folder), "--out", str(out)]
    done = subprocess.run(
        command, env=lab.env, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["exercise"]) == (student, "ex02")
    assert 0 < float(row["score"]) < float(row["max_score"])
    assert float(row["q4"]) == 2
    (made,) = (out / "feedback").rglob("*.html")
    feedback = lab.page.context.new_page()
    feedback.goto(made.as_uri())
    assert student in feedback.locator("header").text_content()
    assert REWRITTEN in feedback.locator("main").text_content()


_HEARD = """root => {
    const note = () => {
        if (root.dataset.state !== "saved") return;
        for (const name of Object.keys(localStorage)) {
            if (!name.startsWith("briefing/ex02/q1/")) continue;
            const copy = JSON.parse(localStorage.getItem(name));
            if (copy.saved) window.calledSaved = copy.answer.labels;
        }
    };
    new MutationObserver(note).observe(root, { attributeFilter: ["data-state"] });
}"""


def test_a_killed_kernel_loses_nothing_that_was_called_saved(lab):
    page = lab.page
    chance = random.Random(20151103)  # the moments differ from machine to machine all the same
    run_whole(lab, EX02)
    first = lab.page.evaluate(
        "window.jupyterapp.shell.currentWidget.content.widgets.findIndex("
        "cell => cell.model.type === 'code')"
    )
    pressed = 0
    for _ in range(3):
        q1 = widget(page, Q1)
        q1.scroll_into_view_if_needed()
        q1.evaluate(_HEARD)
        label_by_keyboard(q1, *([] if pressed else ["Home"]))
        lab.listen_for_restart()
        kernel = lab.kernel_process()
        killer = threading.Timer(chance.uniform(0, 0.4), kernel.kill)
        killer.start()
        for _ in range(chance.randint(3, 5)):
            page.keyboard.press(chance.choice("12"))
        killer.join()
        page.wait_for_function(
            "root => root.dataset.state !== 'saving'", arg=q1.element_handle(), timeout=30_000
        )
        # On a busy machine JupyterLab's dialog may have caught the last keys.
        shown = int(q1.locator(".bw-progress").text_content().split()[0])
        assert shown >= pressed
        pressed = shown
        called = page.evaluate("window.calledSaved ?? {}")
        disk = answers(lab).get("q1", {}).get("labels", {})
        assert called.items() <= disk.items()
        lab.wait_for_new_kernel()
        lab.run_cell(first)
        lab.run_cell(lab.cell_of("q1"))
        q1 = widget(page, Q1)
        q1.locator(".bw-progress", has_text="of 26").wait_for()
        # Where the kernel had saved more than it could still tell, the student is asked.
        offer = q1.get_by_role("button", name="Use it")
        if offer.is_visible():
            offer.click()
        on_disk(lab, lambda: len(labels(lab)) == pressed)  # noqa: B023
        saved(q1)
        if pressed >= 21:
            break
        label_by_keyboard(q1, "Home", *["ArrowDown"] * pressed)
    assert lab.errors() == []


def test_a_copy_without_solutions_saves_and_gives_nothing_away(lab, tmp_path):
    shutil.move(lab.course / "solutions", tmp_path / "solutions")
    try:
        run_whole(lab, EX02)
        q1, q2, q4 = (widget(lab.page, title) for title in (Q1, Q2, Q4))
        label_by_mouse(q1, MARKED, "outlet")
        assert check(q1) == SAVED
        label_by_keyboard(q2, "Control+Home", "ArrowDown", "Shift+ArrowRight", "1")
        assert check(q2) == SAVED
        choose(q4, 0, 1)
        assert check(q4) == SAVED
        on_disk(lab, lambda: {"q1", "q2", "q4"} <= answers(lab).keys())
        shown = lab.page.content()
        state = json.dumps(lab.page.evaluate(_WIDGET_STATES))
        assert "attributed" in state
        for question in exercise_key("ex02").values():
            for why in reasons(question.machine):
                assert why not in shown
                assert why not in state
        assert lab.page.locator(".bw-item-verdict").count() == 0
    finally:
        shutil.move(tmp_path / "solutions", lab.course / "solutions")


_WIDGET_STATES = """async () => {
    const found = [];
    for (const cell of window.jupyterapp.shell.currentWidget.content.widgets) {
        if (cell.model.type === "code") found.push(cell.model.outputs.toJSON());
    }
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const code = `
import json, ipywidgets
for one in ipywidgets.Widget.get_manager_state(drop_defaults=False)["state"].values():
    state = {k: v for k, v in one["state"].items() if k not in ("_esm", "_css")}
    print(json.dumps(state, default=str))
`;
    const asked = kernel.requestExecute({ code, store_history: false });
    asked.onIOPub = message => found.push(message.content);
    await asked.done;
    return found;
}"""


def reasons(machine: Any) -> Iterator[str]:
    """Every reason that a key gives."""
    if machine is None:
        return
    for part in (*getattr(machine, "sentences", ()), *getattr(machine, "ordered", ())):
        yield part.why
    why = getattr(machine, "why", {})
    yield from why.values() if isinstance(why, dict) else ()


def test_axe_finds_nothing_in_the_widgets_of_ex02(lab):
    from axe_core_python.sync_playwright import Axe

    exercise, key = definition("ex02"), exercise_key("ex02")
    store = AnswersStore.open("ex02", lab.work)
    for question in ("q1", "q2", "q4"):
        store.save(question, model_answer(exercise.questions[question], key[question]))
    run_whole(lab, EX02)
    page = lab.page
    for title in (Q1, Q2, Q4):
        task = widget(page, title)
        task.scroll_into_view_if_needed()
        check(task)
    # Choose a sentence and a mark, so that what belongs to them is open.
    for title in (Q1, Q2):
        widget(page, title).locator(".bw-item-button").nth(1).click()
    # What is out of sight would be left out.
    page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
    for dark in (False, True):
        lab.theme(dark=dark)
        found = Axe().run(page, context=".bw", options=rules)
        assert found["passes"]
        bad = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
        assert bad == [], f"dark: {dark}"
