"""The annotator under a hurried hand: double clicks, drags that slip, a second press, quick undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from briefing.widgets import Annotator, Feedback, Label

pytestmark = pytest.mark.browser

FIRST = "Officials in Aurelia said on Monday that 64 targets were hit near the river crossing."
SECOND = "Nobody else has confirmed it."
THIRD = "A resident told the agency that the bridge was still standing on Tuesday morning."
TEXT = f"{FIRST}\n{SECOND}\n{THIRD}\n" + "".join(f"Line {n} is quiet.\n" for n in range(40))
SEGMENTS = [
    {"id": f"t.s0{n}", "part": "body", "start": TEXT.index(one), "end": TEXT.index(one) + len(one)}
    for n, one in enumerate((FIRST, SECOND, THIRD), 1)
]
TOLD = {
    "summary": "Read the reasons. " * 6,
    "items": [{"target": "t.s03", "verdict": "wrong", "label": "", "text": "Because. " * 9}],
    "key": [],
}


def spans(**more: Any) -> Annotator:
    labels = [Label("source", "who"), Label("cue", "says-word")]
    return Annotator(TEXT, labels=labels, title="Mark it", question="ex99/q1", **more)


def sentences(**more: Any) -> Annotator:
    return Annotator(
        TEXT, labels=[Label("attributed", "credited"), Label("outlet", "not credited")],
        mode="sentences", field="voice", segments=SEGMENTS, title="Label it",
        question="ex99/q2", **more,
    )  # fmt: skip


def settle(page: Any) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")


def place(page: Any, words: str) -> tuple[float, float, float]:
    """Left, middle and right of the first line of words on the page."""
    left, middle, right = page.evaluate(
        """words => {
            for (const block of document.querySelectorAll(".bw-par")) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(block.firstChild, at);
                range.setEnd(block.firstChild, at + words.length);
                const [box] = range.getClientRects();
                return [box.left, box.top + box.height / 2, box.right];
            }
        }""",
        words,
    )
    return left, middle, right


def double(page: Any, words: str) -> None:
    left, middle, _ = place(page, words)
    page.mouse.dblclick(left + 12, middle)
    settle(page)


def pull(page: Any, words: str, to: tuple[float, float]) -> None:
    """Drag from the beginning of words to a point of the page."""
    left, middle, _ = place(page, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(left + 30, middle)
    page.mouse.move(*to, steps=4)
    page.mouse.up()
    settle(page)


def answer(page: Any) -> dict[str, Any]:
    return dict(page.evaluate("window.model.get('answer')"))


def labels(page: Any) -> dict[str, str]:
    return {sentence[2:]: label["voice"] for sentence, label in answer(page)["labels"].items()}


def marked(page: Any) -> list[tuple[str, str]]:
    return [(one["label"], TEXT[one["start"] : one["end"]]) for one in answer(page)["marks"]]


def chosen(page: Any) -> str:
    return str(page.inner_text(".bw-steps strong"))


def undo_all(page: Any) -> int:
    """How many steps there are to undo."""
    page.focus(".bw-text")
    for step in range(20):
        page.keyboard.press("Control+z")
        if "Nothing to undo" in page.text_content(".bw-live[role=status]"):
            return step
    raise AssertionError("undo has no end")


def test_a_double_click_on_a_sentence_opens_its_labels(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    double(page, SECOND)
    assert page.locator(".bw-palette").is_visible()
    assert chosen(page) == "Sentence s02 (2 of 3)"
    assert page.evaluate("getSelection().toString()") == "", "no word of it stays selected"


def test_a_drag_over_sentences_chooses_the_one_where_it_began(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    _, middle, right = place(page, THIRD)
    pull(page, SECOND, (right, middle))
    assert page.locator(".bw-palette").is_visible()
    assert chosen(page) == "Sentence s02 (2 of 3)"
    assert page.evaluate("getSelection().toString()") == ""


def test_enter_pressed_at_once_after_a_label_goes_to_the_mark(mount: Callable[..., Any]) -> None:
    """Both keys come before the next frame, as from a quick hand on a slow laptop."""
    page = mount(spans())
    page.focus(".bw-text")
    for press in ("Control+Home", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(press)
    settle(page)
    page.evaluate(
        """() => {
            for (const key of ["1", "Enter"]) {
                const pressed = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
                document.activeElement.dispatchEvent(pressed);
            }
        }"""
    )
    settle(page)
    assert len(marked(page)) == 1
    assert page.evaluate("document.activeElement.closest('.bw-inspector') !== null")


@pytest.mark.parametrize("where", [".bw-palette", ".bw-inspector", ".bw-labels"])
def test_every_label_goes_on_and_a_double_click_labels_once(
    mount: Callable[..., Any], where: str
) -> None:
    page = mount(sentences())
    left, middle, _ = place(page, FIRST)
    page.mouse.click(left + 12, middle)
    settle(page)
    page.locator(f"{where} [data-label=outlet]").dblclick()
    settle(page)
    assert labels(page) == {"s01": "outlet"}
    assert chosen(page) == "Sentence s02 (2 of 3)"
    assert page.locator(".bw-palette").is_hidden()
    assert undo_all(page) == 1


def test_a_label_that_is_there_is_taken_off_beside_the_text_by_one_press(
    mount: Callable[..., Any],
) -> None:
    page = mount(sentences(answer={"labels": {"t.s01": {"voice": "outlet"}}}))
    left, middle, _ = place(page, FIRST)
    page.mouse.click(left + 12, middle)
    settle(page)
    page.locator(".bw-inspector [data-label=attributed]").dblclick()
    settle(page)
    assert labels(page) == {"s01": "attributed"}
    assert chosen(page) == "Sentence s01 (1 of 3)", "whoever changes a label stays"
    page.click(".bw-inspector [data-label=attributed]")
    assert labels(page) == {}


def test_the_same_label_again_is_no_step(mount: Callable[..., Any]) -> None:
    page = mount(sentences(answer={"labels": {"t.s01": {"voice": "outlet"}}}))
    page.focus(".bw-text")
    for key in ("Home", "2", "2"):
        page.keyboard.press(key)
    assert "not credited already" in page.text_content(".bw-live[role=status]")
    assert undo_all(page) == 0
    page = mount(spans())
    double(page, "Aurelia")
    for _ in range(3):
        page.keyboard.press("1")
    assert marked(page) == [("source", "Aurelia")]
    assert undo_all(page) == 1


def test_a_double_click_on_a_label_marks_once_and_selects_nothing_below_it(
    mount: Callable[..., Any],
) -> None:
    page = mount(spans())
    double(page, "Aurelia")
    page.locator(".bw-palette [data-label=source]").dblclick()
    settle(page)
    assert marked(page) == [("source", "Aurelia")]
    assert page.locator(".bw-palette").is_hidden()
    assert page.evaluate("getSelection().toString()") == ""
    assert page.locator(".bw-item-active .bw-item-words").text_content() == "Aurelia"


def test_a_drag_that_slips_out_at_the_side_ends_with_its_line(
    page: Any, mount: Callable[..., Any]
) -> None:
    page.set_viewport_size({"width": 1100, "height": 800})
    page = mount(spans())
    _, middle, _ = place(page, "else")
    side = page.locator(".bw-side").bounding_box()
    pull(page, "else", (side["x"] + 120, middle))
    page.click(".bw-palette [data-label=cue]")
    assert marked(page) == [("cue", "else has confirmed it.")]


def test_backward_and_out_of_the_widget_takes_what_is_in_sight(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.evaluate("document.querySelector('.bw-text').scrollTop = 0")
    text = page.locator(".bw-text").bounding_box()
    _, middle, _ = place(page, "confirmed")
    pull(page, "confirmed", (text["x"] - 6, middle))
    page.keyboard.press("1")
    assert marked(page) == [("source", "Nobody else has")]
    # Up over the bar and the title.
    pull(page, "targets", (text["x"] + 4, 3))
    page.keyboard.press("2")
    assert ("cue", "Officials in Aurelia said on Monday that 64") in marked(page)


def test_a_double_click_on_check_asks_once(mount: Callable[..., Any]) -> None:
    page = mount(sentences(check=lambda _answer: Feedback("")), feedback=TOLD)
    page.get_by_role("button", name="Check").dblclick()
    page.wait_for_selector(".bw-told:visible")
    settle(page)
    assert page.evaluate("window.model.get('check')") == 1


@pytest.mark.parametrize("width", [400, 1100])
def test_what_a_check_says_comes_into_sight(
    page: Any, mount: Callable[..., Any], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 480})
    lines = [(TEXT.index(f"Line {n} "), TEXT.index(f"Line {n} ") + 12) for n in range(40)]
    parts = [
        {"id": f"t.q{n}", "part": "body", "start": a, "end": b} for n, (a, b) in enumerate(lines)
    ]
    said = {**TOLD, "items": [{**TOLD["items"][0], "target": "t.q30"}]}
    page = mount(
        Annotator(
            TEXT, labels=["yes", "no"], mode="sentences", segments=parts, title="Label it",
            answer={"labels": {"t.q30": {"label": "yes"}}}, check=lambda _answer: Feedback(""),
        ),
        feedback=said,
    )  # fmt: skip
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector(".bw-told:visible")
    settle(page)
    told = page.locator(".bw-told").bounding_box()
    assert told["y"] >= 0
    assert told["y"] + told["height"] <= 481
    row = page.locator(".bw-item", has=page.locator(".bw-item-said")).bounding_box()
    shown = page.locator(".bw-list").bounding_box()
    assert shown["y"] - 1 <= row["y"] < shown["y"] + shown["height"] - 20


def test_escape_shuts_the_labels_over_a_sentence_then_leaves(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    double(page, SECOND)
    page.focus(".bw-text")
    page.keyboard.press("Escape")
    assert page.locator(".bw-palette").is_hidden()
    assert page.evaluate("document.activeElement.matches('.bw-text')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-cell]')")
    assert chosen(page) == "Sentence s02 (2 of 3)", "it waits there for who comes back"
    page.keyboard.press("Tab")
    page.focus(".bw-text")
    page.keyboard.press("?")
    assert "stays chosen until you come back" in page.inner_text(".bw-help")


def test_a_key_that_is_held_down_labels_one_sentence(mount: Callable[..., Any]) -> None:
    page = mount(sentences())
    page.focus(".bw-text")
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.down("1")
    page.keyboard.up("1")
    settle(page)
    assert labels(page) == {"s01": "attributed"}
    assert chosen(page).startswith("Sentence s02")


def test_the_first_of_two_clicks_is_forgotten_when_it_is_let_go(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Select by two clicks: start, then end").check()
    page.keyboard.press("Escape")

    def tap(words: str) -> None:
        left, middle, right = place(page, words)
        page.mouse.click((left + right) / 2, middle)
        settle(page)

    tap("Officials")
    page.focus(".bw-text")
    page.keyboard.press("Escape")
    tap("Nobody")
    assert "Start set" in page.text_content(".bw-live[role=status]")
    tap("confirmed")
    page.keyboard.press("1")
    assert marked(page) == [("source", "Nobody else has confirmed")]


def test_words_that_are_dragged_away_leave_no_press_behind(mount: Callable[..., Any]) -> None:
    page = mount(spans())
    left, middle, _ = place(page, "Aurelia")
    pull(page, "Aurelia", (left + 40, middle))
    _, chosen_at, _ = place(page, "Aurelia")
    before = page.evaluate("String(document.getSelection())")
    page.mouse.move(left + 10, chosen_at)
    page.mouse.down()
    page.mouse.move(left + 10, chosen_at + 40, steps=6)
    page.mouse.move(left + 60, 8, steps=6)
    page.mouse.up()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.mouse.click(60, 20)
    settle(page)
    page.focus(".bw-text")
    page.keyboard.press("1")
    assert before.startswith("Aurelia")
    assert marked(page) == [] or marked(page) == [("source", "Aurelia")]
