"""The whole of ex02 without a mouse, in the real JupyterLab: from opening to hand-in."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from real_lab import Lab
from student_hands import widget

from briefing.answers import AnswersStore
from briefing.corpus import any_article
from briefing.keys import definition, exercise_key

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EX02 = "exercises/ex02-who-says-so.ipynb"
TITLES = {name: question.title for name, question in definition("ex02").questions.items()}
TITLES["hand-in"] = "Hand in ex02"

_ALL_RUN = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === "code")
    .every(cell => cell.model.executionCount !== null && cell.model.executionState !== "running")"""
_CELL = "window.jupyterapp.shell.currentWidget.content.activeCellIndex"
_FOCUS = """() => {
    const node = document.activeElement;
    const { top, bottom, width } = node.getBoundingClientRect();
    const pane = document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
    return {
        title: node.closest(".bw")?.querySelector(".bw-title").textContent ?? "",
        cell: node.matches(".jp-Cell"),
        seen: width > 0 && bottom > pane.top && top < pane.bottom,
        ring: getComputedStyle(node).outlineStyle !== "none"
            || getComputedStyle(node).boxShadow !== "none",
        name: node.tagName,
    };
}"""


class Hands:
    """Ten fingers on a keyboard: they press keys, count them, and hear what is announced."""

    def __init__(self, lab: Lab) -> None:
        self.lab, self.page = lab, lab.page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        """Press keys; the focus stays in the notebook, where it can be seen."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def focus(self) -> dict[str, Any]:
        """Where the focus is."""
        return dict(self.page.evaluate(_FOCUS))

    def heard(self, question: str, words: str) -> str:
        """What the status region says in the accessibility tree, once it begins with the words."""
        status = widget(self.page, TITLES[question]).get_by_role("status")
        until = time.monotonic() + 20
        said = ""
        while time.monotonic() < until:
            # The tree's own text: quotes are escaped in it, a no-break space tells two alike apart.
            said = status.aria_snapshot().removeprefix("- status:").replace("\xa0", " ").strip(' "')
            if said.startswith(words):
                return said
            self.page.wait_for_timeout(30)
        raise AssertionError(f"{question}: “{words}” was not announced, but: {said}")

    def into(self, question: str, target: str) -> None:
        """By arrow keys to the question's cell of words, then by Tab to a control of its widget."""
        cell = self.lab.cell_of(question) - 1 if question != "hand-in" else 17
        for _ in range(20):
            now = self.page.evaluate(_CELL)
            if now == cell:
                break
            self.press("ArrowUp" if now > cell else "ArrowDown")
            self.page.wait_for_function(f"now => {_CELL} !== now", arg=now)
        assert self.page.evaluate(_CELL) == cell
        self.tab_to(question, target, most=16)

    def tab_to(self, question: str, target: str, most: int) -> None:
        """Press Tab until a control of the widget has the focus; each stop in it is seen."""
        for _ in range(most):
            self.press("Tab")
            now = self.focus()
            if now["title"] == TITLES[question]:
                assert now["seen"], now
                assert now["ring"], now
                if self.page.evaluate("target => document.activeElement.matches(target)", target):
                    return
        raise AssertionError(f"{target} of {question} was not reached by {most} Tabs: {now}")

    def leave(self, presses: int) -> None:
        """Escape leads back to the notebook's cell."""
        self.press(*["Escape"] * presses)
        assert self.focus()["cell"], self.focus()


def answers(lab: Lab) -> dict[str, Any]:
    """The answers in the file on the disk."""
    file = lab.work / "ex02.answers.json"
    return json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}


def on_disk(lab: Lab, condition: Callable[[], object]) -> None:
    """Wait until the disk holds something."""
    until = time.monotonic() + 30
    while not condition() and time.monotonic() < until:
        lab.page.wait_for_timeout(30)
    assert condition()


def test_ex02_from_opening_to_hand_in_without_a_mouse(lab, tmp_path):
    page = lab.page
    page.set_viewport_size({"width": 1100, "height": 800})
    deaf: list[str] = []
    page.on("pageerror", lambda error: deaf.append(str(error)))
    lab.open(EX02)
    # The only time that the focus is put anywhere.
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activate()")
    hands = Hands(lab)

    hands.press(*["Shift+Enter"] * 19)
    page.wait_for_function(_ALL_RUN, timeout=60_000)
    lab.wait_idle()
    assert lab.errors() == []
    page.wait_for_timeout(2_500)
    if deaf:  # a busy machine loaded a widget too late: what the widgets advise is to run all again
        lab.run_all()

    # 1: a digit for each sentence; each is announced with the next one; a slip is undone.
    units = len(exercise_key("ex02")["q1"].machine.sentences)
    hands.into("q1", ".bw-text")
    hands.heard("q1", f"Sentence s06, 1 of {units}, no label.")
    hands.press("1")
    said = hands.heard("q1", f"Sentence s06: credited. 1 of {units} labelled.")
    assert f"Sentence s07, 2 of {units}, no label." in said
    hands.press("2")
    hands.heard("q1", f"Sentence s07: not credited. 2 of {units} labelled.")
    hands.press("Control+z")
    hands.heard("q1", "Undone: sentence s07: not credited.")
    hands.press("Control+y")
    hands.heard("q1", "Done again: sentence s07: not credited.")
    on_disk(lab, lambda: len(answers(lab).get("q1", {}).get("labels", {})) == 2)
    # Undo and redo lead back to their sentence, so that the next digit puts the slip right.
    hands.press("1")
    hands.heard("q1", "Sentence s07: credited instead of not credited.")
    hands.press("ArrowDown", *["1"] * (units - 2))
    on_disk(lab, lambda: len(answers(lab)["q1"]["labels"]) == units)
    hands.press("Control+s")
    hands.heard("q1", "Saved at")
    # A sentence is not held as selected words are: one Escape leaves.
    hands.leave(1)

    # 2: who, says-word, and the link between them.
    hands.into("q2", ".bw-text")
    key = exercise_key("ex02")["q2"].machine
    who, says = (span for span in key.ordered if span.sentence == key.ordered[0].sentence)
    name = who.sentence.split(".")[1]
    hands.heard("q2", f"{name}: ")
    text = any_article("001").text
    speaker, cue_words = text[who.start : who.end], text[says.start : says.end]
    hands.press("End")
    for _ in text[says.end : any_article("001").segment(says.sentence).span.end - 1].split():
        hands.press("ArrowLeft")
    hands.heard("q2", cue_words)
    hands.press("Enter")
    hands.heard("q2", f"Selected: “{cue_words}”.")
    hands.press("2")
    hands.heard("q2", f"Marked as says-word: “{cue_words}”.")
    for word in reversed(speaker.split()):
        hands.press("ArrowLeft")
        hands.heard("q2", word)
    hands.press(*["Shift+ArrowRight"] * len(speaker.split()))
    hands.heard("q2", f"Selected: “{speaker}”.")
    hands.press("1")
    hands.heard("q2", f"Marked as who: “{speaker}”.")
    hands.press("n")
    hands.heard("q2", f"says-word: “{cue_words}”, mark 2 of 2.")
    hands.press("Enter")
    page.wait_for_function("document.activeElement.closest('.bw-inspector')")
    assert hands.focus()["seen"], "the tools of the mark come into sight with the focus"
    hands.tab_to("q2", "select", most=6)
    hands.press("ArrowDown")
    hands.heard("q2", f"Linked. One attribution: who “{speaker}”, says-word “{cue_words}”.")
    hands.press("Escape")
    assert page.evaluate("document.activeElement.matches('.bw-text')"), "back to the words"
    hands.leave(2)
    on_disk(lab, lambda: len(answers(lab).get("q2", {}).get("marks", [])) == 2)
    kept = AnswersStore.open("ex02", lab.work).answer("q2")["marks"]
    cue = next(mark for mark in kept if mark["label"] == "cue")
    source = next(mark for mark in kept if mark["label"] == "source")
    assert cue["source"] == source["id"]
    assert (cue["start"], cue["end"]) == (says.start, says.end)
    assert (source["start"], source["end"]) == (who.start, who.end)

    # 3: three labels, then the list beside them, which is one stop for Tab.
    hands.into("q3", ".bw-text")
    hands.press("3", "2", "1", "2", "1", "3")
    hands.heard("q3", "Sentence")
    on_disk(lab, lambda: len(answers(lab).get("q3", {}).get("labels", {})) == 6)
    hands.tab_to("q3", ".bw-item-button", most=8)
    hands.press("ArrowUp")
    assert hands.focus()["title"] == TITLES["q3"]
    assert widget(page, TITLES["q3"]).locator(".bw-list [tabindex='0']").count() == 1
    hands.leave(1)

    # 4 and 5: one option in each group.
    for question in ("q4", "q5"):
        hands.into(question, "input")
        hands.press("Space", "Tab", "Space")
        on_disk(lab, lambda: len(answers(lab).get(question, {}).get("chosen", [])) == 2)  # noqa: B023
        hands.tab_to(question, ".bw-primary", most=2)
        hands.press("Enter")
        told = widget(page, TITLES[question]).locator(".bq-summary")
        told.wait_for()
        hands.heard(question, str(told.text_content())[:30])
        on_disk(lab, lambda: answers(lab)[question]["attempts"] == 1)  # noqa: B023
        hands.leave(1)

    # 6: the notebook takes none of the letters.
    hands.into("q6", "textarea")
    cells = page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length")
    words = "Kartapolov added that dd all xx aa bb."
    page.keyboard.type(words)
    hands.pressed += len(words)
    hands.leave(1)
    on_disk(lab, lambda: answers(lab).get("q6", {}).get("text") == words)
    assert page.evaluate("window.jupyterapp.shell.currentWidget.content.widgets.length") == cells

    # Hand in: the receipt is announced, with what is not finished.
    hands.into("hand-in", ".bw-primary")
    with page.expect_download() as waiting:
        hands.press("Enter")
    said = hands.heard("hand-in", "Downloaded ex02.")
    assert re.search(r"6 answers are in the file\. Not finished: q2 .*1 of 10 sentences", said)
    handed = tmp_path / "handed.json"
    waiting.value.save_as(handed)
    assert json.loads(handed.read_text("utf-8"))["answers"] == answers(lab)
    hands.leave(1)
    assert hands.pressed < 320, "the walk has grown long"
