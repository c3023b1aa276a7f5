"""Never lose work, in the real JupyterLab: kernels and the server killed, a full disk, two tabs.

One JupyterLab serves all tests of this file; each begins with no kernel, no answers, new pages.
"""

from __future__ import annotations

import copy
import json
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from playwright.sync_api import expect
from real_lab import Lab, running_lab, watched_page
from student_hands import label_by_keyboard, widget

from briefing.answers import AnswersStore
from briefing.keys import definition

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Q1, Q4, Q6 = (definition("ex02").questions[question].title for question in ("q1", "q4", "q6"))
CELLS = (
    'from briefing import exercise\nex02 = exercise("ex02")',
    'ex02.ask("q1")',
    'ex02.ask("q4")',
    'ex02.ask("q6")',
    "ex02.hand_in()",
)
# What JupyterLab throws by itself when nobody answers it.
KILLED = "^error: (Failed to fetch|NetworkError|Canceled future|Kernel connection)"


@pytest.fixture(scope="module")
def running(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture
def lab(browser: Any, running: Lab) -> Iterator[Lab]:
    """The server with a new page and two notebooks that ask three questions of ex02."""
    running.shut_kernels()
    shutil.rmtree(running.work)
    running.work.mkdir()
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    for name in ("one.ipynb", "two.ipynb"):
        nbformat.write(made, running.course / name)
    with watched_page(browser, KILLED, viewport={"width": 1200, "height": 900}) as page:
        page.set_default_timeout(30_000)
        running.page = page
        yield running


def run_whole(lab: Lab, notebook: str = "one.ipynb") -> None:
    lab.open(notebook)
    lab.run_all()
    assert lab.errors() == []


def second_tab(lab: Lab) -> Lab:
    """The same JupyterLab in another tab of the same browser."""
    other = copy.copy(lab)
    other.page = lab.page.context.new_page()
    other.page.set_default_timeout(30_000)
    return other


def answers(lab: Lab) -> dict[str, Any]:
    file = lab.work / "ex02.answers.json"
    return json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}


def labels(lab: Lab) -> dict[str, Any]:
    found: dict[str, Any] = answers(lab).get("q1", {}).get("labels", {})
    return found


def chosen(lab: Lab) -> list[str]:
    return list(answers(lab).get("q4", {}).get("chosen", []))


def on_disk(lab: Lab, condition: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        lab.page.wait_for_timeout(50)
    assert condition()


def state(root: Any, *names: str) -> None:
    """Wait until a widget is in one of these states."""
    root.page.wait_for_function(
        "([root, names]) => names.includes(root.dataset.state)",
        arg=[root.element_handle(), list(names)],
        timeout=30_000,
    )


# Keeps what was called saved, when each change was made, and when it was called unsaved.
_WATCH = """root => {
    window.seen = { saved: {}, first: null, unsaved: null };
    const copy = () => {
        const key = Object.keys(localStorage).find(k => /^briefing\\/ex02\\/q1\\/[^/]+$/.test(k));
        return key ? JSON.parse(localStorage.getItem(key)) : null;
    };
    new MutationObserver(() => {
        const state = root.dataset.state;
        if (state === "saving") window.seen.first ??= performance.now();
        if (state === "unsaved") window.seen.unsaved ??= performance.now();
        if (state !== "saved") return;
        window.seen.first = null;
        const kept = copy();
        if (kept?.saved) window.seen.saved = kept.answer.labels;
    }).observe(root, { attributeFilter: ["data-state"] });
}"""


def shown(root: Any) -> int:
    return int(root.locator(".bw-progress").text_content().split()[0])


def mark_and_kill(
    lab: Lab, done: int, kill: Callable[[], Any], *, first: bool = False
) -> tuple[int, float | None]:
    """Label four sentences while something is killed at a random moment, or before the `first`.

    Returns how many sentences have a label on the screen, and after how many milliseconds the page
    said that work was not saved, where it had to.
    """
    chance = random.Random()  # each run kills at other moments
    q1 = widget(lab.page, Q1)
    q1.scroll_into_view_if_needed()
    q1.evaluate(_WATCH)
    label_by_keyboard(q1, "Home", *["ArrowDown"] * done)
    killer = threading.Timer(chance.uniform(0, 0.3), kill)
    killer.start()
    if first:
        killer.join()
    for _ in range(4):
        lab.page.keyboard.press(chance.choice("12"))
    killer.join()
    state(q1, "saved", "unsaved", "away")
    seen = lab.page.evaluate("window.seen")
    if seen["unsaved"]:
        assert "run all cells again" in q1.locator(".bw-notice[role=alert]").text_content()
    made = shown(q1)
    assert made >= done
    assert seen["saved"].items() <= labels(lab).items()
    return made, seen["unsaved"] and seen["unsaved"] - seen["first"]


def all_there(lab: Lab, made: int) -> None:
    """After all cells were run: nothing is asked, nothing is missing."""
    q1 = widget(lab.page, Q1)
    expect(q1.locator(".bw-progress")).to_contain_text(f"{made} of 26", timeout=30_000)
    assert q1.locator(".bw-offer").is_hidden()
    on_disk(lab, lambda: len(labels(lab)) == made)
    state(q1, "saved")


def test_killed_kernels_lose_nothing_that_was_called_saved(lab):
    run_whole(lab)
    done = 0
    late = []
    # A fast machine may save all before the kill: the last is killed first, so something must wait.
    for first in (False, False, True):
        lab.listen_for_restart()
        done, after = mark_and_kill(lab, done, lab.kernel_process().kill, first=first)
        late += [after] if after else []
        # As told: run all cells again.
        lab.wait_for_new_kernel()
        lab.run_all()
        all_there(lab, done)
    assert done >= 3
    assert late, "no kill left anything unsaved"
    assert max(late) <= 2000, late

    # What was undone before can be done again, though page and kernel are new.
    q1 = widget(lab.page, Q1)
    q1.locator(".bw-text").focus()
    lab.page.keyboard.press("Control+z")
    on_disk(lab, lambda: len(labels(lab)) == done - 1)
    lab.save()
    lab.reload()
    lab.run_all()
    q1.locator(".bw-text").focus()
    lab.page.keyboard.press("Control+Shift+z")
    on_disk(lab, lambda: len(labels(lab)) == done)
    assert lab.errors() == []


def choose_at(tab: Lab, moment: float, option: int) -> None:
    """Let a tab choose by itself at a moment (`Date.now()`), so that two can do it at once."""
    widget(tab.page, Q4).evaluate(
        """(root, [moment, option]) => {
            const input = root.querySelector(".bq-group").querySelectorAll("input")[option];
            setTimeout(() => input.click(), moment - Date.now());
        }""",
        [moment, option],
    )


def first_choice(tab: Lab) -> int:
    return int(
        widget(tab.page, Q4).evaluate(
            """root => [...root.querySelector(".bq-group").querySelectorAll("input")]
                .findIndex(input => input.checked)"""
        )
    )


def test_two_tabs_on_one_kernel_race_and_neither_version_is_lost(lab):
    run_whole(lab)
    lab.save()
    other = second_tab(lab)
    other.open("one.ipynb")
    widget(other.page, Q4).wait_for()
    # What one does shows in the other.
    widget(lab.page, Q4).locator("input").first.check()
    expect(widget(other.page, Q4).locator("input").first).to_be_checked(timeout=30_000)
    on_disk(lab, lambda: chosen(lab))
    state(widget(other.page, Q4), "saved")
    lab.page.wait_for_timeout(500)
    before = chosen(lab)

    moment = lab.page.evaluate("Date.now()") + 1500
    choose_at(lab, moment, 1)
    choose_at(other, moment, 2)
    lab.page.wait_for_timeout(2500)
    for tab in (lab, other):
        state(widget(tab.page, Q4), "saved")
    store = AnswersStore.open("ex02", lab.work)
    now = chosen(lab)
    assert now != before
    kept = [found["q4"]["chosen"] for one, found in store.earlier() if one.why == "other-window"]
    versions = [found["q4"]["chosen"] for _, found in store.earlier()]
    # Both changes were saved, one after the other; both tabs show the one that stands.
    assert len({tuple(one) for one in versions} - {tuple(before)}) == 2
    assert first_choice(lab) == first_choice(other)
    if kept:  # they met: then both were told
        for tab in (lab, other):
            assert "Another window" in widget(tab.page, Q4).locator(".bw-remark").text_content()


def test_two_kernels_on_one_exercise_do_not_overwrite_each_other_silently(lab):
    run_whole(lab)
    other = second_tab(lab)
    run_whole(other, "two.ipynb")
    mine, theirs = widget(lab.page, Q4), widget(other.page, Q4)
    mine.locator("input").nth(0).check()
    state(mine, "saved")
    first = chosen(lab)
    # The other window hears of it as soon as it is used.
    other.page.wait_for_timeout(4_200)
    theirs.locator("input").nth(1).focus()
    remark = theirs.locator(".bw-remark")
    remark.get_by_text("changed this question since").wait_for()
    assert theirs.locator("input:checked").count() == 0
    # It goes on all the same: what stood there is kept, and it says where.
    theirs.locator("input").nth(1).check()
    remark.get_by_text("other version is kept").wait_for()
    assert chosen(lab) != first
    frame = widget(other.page, "Hand in ex02")
    frame.locator("summary", has_text="Earlier versions").click()
    row = frame.locator(".bq-list > li", has_text="from another window")
    row.get_by_role("button", name="Bring back").click()
    row.get_by_role("button", name="Yes").click()
    frame.locator(".bq-done", has_text="Run all cells").wait_for()
    assert chosen(lab) == first
    other.run_all()
    expect(widget(other.page, Q4).locator("input").nth(0)).to_be_checked(timeout=30_000)
    assert widget(other.page, Q4).locator(".bw-remark").is_hidden()


_EXECUTE = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    await kernel.requestExecute({ code, store_history: false }).done;
}"""
LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
"""


def test_a_full_disk_is_told_on_the_screen_and_loses_nothing(lab):
    """The system refuses to let the file grow, as a full disk does; needs no rights."""
    pytest.importorskip("resource")
    run_whole(lab)
    q6 = widget(lab.page, Q6)
    box = q6.get_by_role("textbox")
    box.fill("Kept before.")
    on_disk(lab, lambda: answers(lab).get("q6", {}).get("text") == "Kept before.")
    lab.page.evaluate(_EXECUTE, LIMIT.format(2_000))
    much = "word " * 900
    box.fill(much)
    notice = q6.locator(".bw-notice[role=alert]")
    notice.get_by_text("The disk is full").wait_for()
    assert "Free some space" in notice.text_content()
    assert answers(lab)["q6"]["text"] == "Kept before."
    assert box.input_value() == much
    lab.page.evaluate(_EXECUTE, LIMIT.format("resource.RLIM_INFINITY"))
    notice.get_by_role("button", name="Try again").click()
    state(q6, "saved")
    assert notice.is_hidden()
    assert answers(lab)["q6"]["text"] == much


_COUNT = """
    window.hearing = 0;
    const { addEventListener: add, removeEventListener: remove } = document;
    document.addEventListener = (type, ...how) => {
        if (type === "briefing-changed") window.hearing += 1;
        add.call(document, type, ...how);
    };
    document.removeEventListener = (type, ...how) => {
        if (type === "briefing-changed") window.hearing -= 1;
        remove.call(document, type, ...how);
    };
"""


def test_cells_that_are_run_again_leave_no_more_widgets_listening(lab):
    lab.page.add_init_script(_COUNT)
    run_whole(lab)
    widget(lab.page, Q4).locator("input").first.check()
    on_disk(lab, lambda: chosen(lab))
    assert lab.page.evaluate("window.hearing") == 3
    for _ in range(2):
        lab.run_all()
        widget(lab.page, Q6).wait_for()
        lab.page.wait_for_function("window.hearing === 3")
    assert first_choice(lab) >= 0


def test_a_killed_server_loses_nothing_that_was_called_saved(lab):
    """The last test of this file: another server answers afterwards."""
    run_whole(lab)
    context = lab.page.context
    made, _ = mark_and_kill(lab, 0, lab.kill_server)
    lab.page.close()  # as when the browser is closed
    lab.page = context.new_page()
    lab.page.set_default_timeout(30_000)
    lab.start()
    run_whole(lab)
    all_there(lab, made)
