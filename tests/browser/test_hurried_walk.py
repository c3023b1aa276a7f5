"""ex02 from opening to hand-in with the mouse, as someone in a hurry: in the real JupyterLab.

Double clicks, drags that slip, a second press, quick undo and a reload in the middle: each must do
what was meant, once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from student_hands import _boxes, widget

from briefing.answers import AnswersStore
from briefing.corpus import any_article
from briefing.keys import definition, exercise_key

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EX02 = "exercises/ex02-who-says-so.ipynb"
TITLES = {name: question.title for name, question in definition("ex02").questions.items()}


def answers(lab: Any) -> dict[str, Any]:
    """The answers in the file on the disk."""
    file = lab.work / "ex02.answers.json"
    return json.loads(file.read_text("utf-8"))["answers"] if file.exists() else {}


def labels(lab: Any, question: str) -> dict[str, str]:
    """Sentence → label, on the disk."""
    found = answers(lab).get(question, {}).get("labels", {})
    return {sentence: next(iter(label.values())) for sentence, label in found.items()}


def kept(lab: Any) -> list[dict[str, Any]]:
    """The marks of question 2 on the disk, in the text's order."""
    found = AnswersStore.open("ex02", lab.work).answer("q2") or {"marks": []}
    return sorted(found["marks"], key=lambda one: (one["start"], one["end"]))


def marks(lab: Any) -> list[tuple[str, int, int]]:
    """Label, start and end of each."""
    return [(one["label"], one["start"], one["end"]) for one in kept(lab)]


def on_disk(lab: Any, condition: Callable[[], object]) -> None:
    """Wait until the disk holds something."""
    until = time.monotonic() + 30
    while not condition() and time.monotonic() < until:
        lab.page.wait_for_timeout(30)
    assert condition()


class Mouse:
    """A quick hand: it does not look twice."""

    def __init__(self, lab: Any) -> None:
        self.lab, self.page = lab, lab.page

    def task(self, question: str) -> Any:
        """The question's widget, in sight."""
        found = widget(self.page, TITLES[question])
        found.scroll_into_view_if_needed()
        return found

    def lines(self, root: Any, sentence: str, start: int, end: int) -> list[dict[str, float]]:
        """The lines on the screen of a stretch of the article."""
        return _boxes(root, sentence, start, end)

    def sentence(self, root: Any, sentence: str) -> tuple[float, float]:
        """A point on a sentence."""
        span = any_article("001").segment(sentence).span
        first = self.lines(root, sentence, span.start, span.end)[0]
        return first["left"] + 12, first["y"]

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, pull, let go."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()


def run(lab: Any) -> None:
    """Run all; again where a busy machine loaded a widget too late, as such a widget advises."""
    deaf: list[str] = []
    hear = lambda error: deaf.append(str(error))  # noqa: E731
    lab.page.on("pageerror", hear)
    for _ in range(3):
        deaf.clear()
        lab.run_all()
        lab.page.wait_for_timeout(2_500)
        if not deaf:
            break
    lab.page.remove_listener("pageerror", hear)
    assert lab.errors() == []


def test_ex02_with_a_hurried_mouse(lab, tmp_path):
    page = lab.page
    page.set_viewport_size({"width": 1366, "height": 768})
    lab.open(EX02)
    run(lab)
    hand = Mouse(lab)
    units = [one.sentence for one in exercise_key("ex02")["q1"].machine.sentences]

    # 1: a double click on the first sentence and on its label labels one and goes on.
    q1 = hand.task("q1")
    page.mouse.dblclick(*hand.sentence(q1, units[0]))
    q1.locator(".bw-palette [data-label=attributed]").dblclick()
    on_disk(lab, lambda: labels(lab, "q1") == {units[0]: "attributed"})
    # Then one press after the other on the same label beside the text.
    beside = q1.locator(".bw-inspector [data-label=outlet]")
    for n in range(2, 6):
        beside.click()
        q1.locator(".bw-steps", has_text=f"({n + 1} of ").wait_for()
    # A drag that slips out of the widget still means the sentence where it began.
    at = hand.sentence(q1, units[8])
    hand.drag(at, (15, at[1] + 120))
    q1.locator(".bw-steps", has_text="(9 of ").wait_for()
    page.keyboard.press("1")
    q1.locator(".bw-steps", has_text="(10 of ").wait_for()
    wanted = {units[0]: "attributed", **dict.fromkeys(units[1:5], "outlet"), units[8]: "attributed"}
    on_disk(lab, lambda: labels(lab, "q1") == wanted)
    # Too much, too fast: undo leads back one by one, redo forth again.
    for _ in range(3):
        q1.get_by_role("button", name="Undo").click()
    q1.get_by_role("button", name="Redo").click()
    on_disk(lab, lambda: labels(lab, "q1") == {s: wanted[s] for s in units[:4]})
    check = q1.get_by_role("button", name="Check")
    check.dblclick()
    q1.locator(".bw-told").wait_for()
    page.wait_for_timeout(300)
    assert answers(lab)["q1"]["attempts"] == 1

    # 2: backward drags, a double click on a word, a drag that ends in the panel beside the text.
    q2 = hand.task("q2")
    ordered = exercise_key("ex02")["q2"].machine.ordered
    meant = []
    for span in ordered[:4]:
        lines = hand.lines(q2, span.sentence, span.start, span.end)
        hand.drag((lines[-1]["right"] - 2, lines[-1]["y"]), (lines[0]["left"] + 2, lines[0]["y"]))
        q2.locator(f".bw-palette [data-label={span.label}]").click()
        meant.append((span.label, span.start, span.end))
        on_disk(lab, lambda: marks(lab) == sorted(meant, key=lambda one: one[1:]))
    word = next(s for s in ordered[4:] if s.label == "cue")
    line = hand.lines(q2, word.sentence, word.start, word.end)[0]
    page.mouse.dblclick(line["left"] + 6, line["y"])
    q2.locator(".bw-palette [data-label=cue]").dblclick()
    meant.append(("cue", word.start, word.end))
    on_disk(lab, lambda: marks(lab) == sorted(meant, key=lambda one: one[1:]))
    line = hand.lines(q2, word.sentence, word.start, word.end)[0]
    side = q2.locator(".bw-side").bounding_box()
    hand.drag((line["left"] + 1, line["y"]), (side["x"] + 90, line["y"]))
    q2.locator(".bw-live[role=status]", has_text="Selected: ").wait_for()
    said = str(q2.locator(".bw-live[role=status]").text_content())
    end = any_article("001").segment(word.sentence).span.end
    assert len(said) <= len("Selected: “”.\xa0") + end - word.start, "no more than its sentence"
    page.keyboard.press("Escape")
    # One press links the says-word to who stands beside it.
    q2.locator(".bw-item-button").nth(1).click()
    q2.locator(".bw-inspector button", has_text="Link to").click()
    on_disk(lab, lambda: sum("source" in one for one in kept(lab)) == 1)

    # The page is loaded again in the middle; JupyterLab would ask about a notebook that is not saved.
    before = answers(lab)
    lab.save()
    lab.reload()
    run(lab)
    assert answers(lab) == before
    assert hand.task("q2").locator(".bw-progress").text_content().startswith("5 marks")
    # What was marked before can still be undone after it.
    hand.task("q2").get_by_role("button", name="Undo").click()
    on_disk(lab, lambda: not any("source" in one for one in kept(lab)))
    hand.task("q2").get_by_role("button", name="Redo").click()
    on_disk(lab, lambda: answers(lab)["q2"]["marks"] == before["q2"]["marks"])

    # 3: click, label, label, label.
    q3 = hand.task("q3")
    q3.locator(".bw-item-button").first.click()
    for label in ("direct", "indirect", "mixed"):
        q3.locator(f".bw-labels [data-label={label}]").click()
    on_disk(lab, lambda: list(labels(lab, "q3").values()) == ["direct", "indirect", "mixed"])

    # 4 and 5: checked before anything is chosen; chosen by double clicks; checked twice.
    for question in ("q4", "q5"):
        task = hand.task(question)
        ask = task.get_by_role("button", name="Check")
        ask.dblclick()
        assert task.locator(".bq-hint").text_content()
        for number in range(task.locator(".bq-group").count()):
            task.locator(".bq-group").nth(number).locator("label").nth(1).dblclick()
        ask.dblclick()
        task.locator(".bq-summary").wait_for()
        on_disk(lab, lambda: answers(lab)[question]["attempts"] == 1)  # noqa: B023
        assert len(answers(lab)[question]["chosen"]) == task.locator(".bq-group").count()

    # 6: words, and straight to the hand-in, which must not leave the last of them behind.
    q6 = hand.task("q6")
    q6.get_by_role("textbox").click()
    page.keyboard.type("Kartapolov added that he was in a hurry.")
    downloads: list[Any] = []
    page.on("download", lambda one: downloads.append(one))
    page.get_by_role("button", name="Download my answers").dblclick()
    widget(page, "Hand in ex02").locator(".bq-receipt").wait_for()
    page.wait_for_timeout(500)
    assert len(downloads) == 1
    handed = tmp_path / "handed.json"
    downloads[0].save_as(handed)
    file = json.loads(handed.read_text("utf-8"))
    assert file["answers"]["q6"]["text"] == "Kartapolov added that he was in a hurry."
    assert file["answers"] == answers(lab)
