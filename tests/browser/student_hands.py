"""What a student's hands do in a widget of the course, by mouse and by keyboard; judges nothing."""

from __future__ import annotations

import re
from typing import Any

from briefing.corpus import any_article

_BOXES = """(root, [sentence, from, to]) => {
    for (const block of root.querySelectorAll(".bw-par")) {
        const at = block.textContent.indexOf(sentence);
        if (at < 0) continue;
        block.scrollIntoView({ block: "center" });
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const place = (offset, late) => {
            let before = 0;
            walker.currentNode = block;
            while (walker.nextNode()) {
                const { length } = walker.currentNode;
                if (late ? offset < before + length : offset <= before + length) {
                    return [walker.currentNode, offset - before];
                }
                before += length;
            }
        };
        const range = document.createRange();
        range.setStart(...place(at + from, true));
        range.setEnd(...place(at + to, false));
        return [...range.getClientRects()].filter(box => box.width > 0)
            .map(box => ({ left: box.left, right: box.right, y: box.top + box.height / 2 }));
    }
    throw new Error("These words are not in the widget: " + sentence.slice(0, 40));
}"""


def widget(page: Any, title: str) -> Any:
    """The widget with that title."""
    named = page.locator(".bw-title", has_text=re.compile(f"^{re.escape(title)}$"))
    return page.locator(".bw").filter(has=named)


def _boxes(root: Any, sentence: str, start: int, end: int) -> list[dict[str, float]]:
    """The lines that a stretch of an article (in code points) fills on the screen."""
    article = any_article(sentence.split(".", maxsplit=1)[0])
    span = article.segment(sentence).span
    words = article.text[span.start : span.end]
    # JavaScript counts UTF-16 units: so many stand before a code point of this sentence.
    before = len(words[: start - span.start].encode("utf-16-le")) // 2
    length = len(article.text[start:end].encode("utf-16-le")) // 2
    root.scroll_into_view_if_needed()
    found: list[dict[str, float]] = []
    # Other widgets above may still grow: look until nothing moves any more.
    for _ in range(100):
        last, found = found, root.evaluate(_BOXES, [words, before, before + length])
        if found == last:
            break
        root.page.wait_for_timeout(100)
    return found


def select_by_mouse(root: Any, sentence: str, start: int, end: int) -> None:
    """Drag over a stretch of an article, given in code points and with its sentence's id."""
    boxes = _boxes(root, sentence, start, end)
    mouse = root.page.mouse
    mouse.move(boxes[0]["left"] + 1, boxes[0]["y"])
    mouse.down()
    mouse.move(boxes[-1]["right"] - 1, boxes[-1]["y"], steps=5)
    mouse.up()


def mark_by_mouse(root: Any, sentence: str, start: int, end: int, label: str) -> None:
    """Drag over a stretch, then choose the label beside it."""
    select_by_mouse(root, sentence, start, end)
    root.locator(f".bw-palette [data-label={label}]").click()


def label_by_mouse(root: Any, sentence: str, label: str) -> None:
    """Click on a sentence, then on the label beside it."""
    span = any_article(sentence.split(".", maxsplit=1)[0]).segment(sentence).span
    first = _boxes(root, sentence, span.start, span.end)[0]
    root.page.mouse.click(first["left"] + 12, first["y"])
    root.locator(f".bw-palette [data-label={label}]").click()


def label_by_keyboard(root: Any, *keys: str) -> None:
    """Go into the text and press keys there; a digit labels a sentence and goes to the next."""
    root.locator(".bw-text").focus()
    for key in keys:
        root.page.keyboard.press(key)


def walk_to_word(root: Any, word: str, most: int = 40) -> None:
    """Walk on with the arrow key until the screen reader's line says the word."""
    heard = root.locator(".bw-live[role=status]")
    root.locator(".bw-text").focus()
    for _ in range(most):
        root.page.keyboard.press("ArrowRight")
        if (heard.text_content() or "").strip("\xa0 ") == word:
            return
    raise AssertionError(f"{word} was not reached in {most} steps")


def link_by_keyboard(root: Any) -> None:
    """Link the chosen mark to the nearest one that it may be linked to."""
    root.locator(".bw-text").focus()
    press = root.page.keyboard.press
    press("Enter")
    select = root.locator(".bw-inspector select[data-name=link]")
    root.locator(".bw-inspector :focus").wait_for(state="attached")
    for _ in range(12):
        if select.evaluate("node => node === document.activeElement"):
            break
        press("Tab")
    press("ArrowDown")


def choose(root: Any, *options: int) -> None:
    """Choose one option, counted from 0, in each group of a choice."""
    for number, option in enumerate(options):
        root.locator(".bq-group").nth(number).locator("input").nth(option).check()
