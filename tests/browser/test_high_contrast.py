"""Windows High Contrast (forced colours): marks stay apart from each other and from what is chosen."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from test_annotator_hurry import sentences, settle, spans

pytestmark = pytest.mark.browser

WHERE = """words => {
    const walker = document.createTreeWalker(document.querySelector(".bw-text"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const [box] = range.getClientRects();
        return [box.left, box.top + box.height / 2, box.right];
    }
}"""
BRIGHT = """async ([data, x, y, width, height]) => {
    const image = new Image();
    image.src = "data:image/png;base64," + data;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: all } = context.getImageData(x, y, width, height);
    let bright = 0;
    for (let i = 0; i < all.length; i += 4) bright += (all[i] + all[i + 1] + all[i + 2]) / 765;
    return bright / (all.length / 4);
}"""


def brightness(page: Any, words: str) -> float:
    """Of the paper behind words, from 0 (black) to 1 (white)."""
    left, middle, right = page.evaluate(WHERE, words)
    picture = base64.b64encode(page.screenshot()).decode()
    box = [int(left), int(middle) - 6, int(right - left), 12]
    return float(page.evaluate(BRIGHT, [picture, *box]))


@pytest.fixture(autouse=True)
def forced(page: Any) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")


@pytest.mark.parametrize("painter", ["highlights", "elements"])
def test_a_label_is_a_line_and_what_is_chosen_a_block(
    mount: Callable[..., Any], page: Any, painter: str
) -> None:
    if painter == "elements":
        page.add_init_script("delete window.Highlight")
    mount(sentences(answer={"labels": {"t.s01": {"voice": "outlet"}}}))
    page.focus(".bw-text")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    settle(page)
    plain = brightness(page, "A resident told the agency")
    assert brightness(page, "Officials in Aurelia") == pytest.approx(plain, abs=0.12)
    assert brightness(page, "Nobody else") < plain - 0.3


def test_marks_over_each_other_and_the_chosen_row_are_told_apart(
    mount: Callable[..., Any], page: Any
) -> None:
    marks = [
        {"id": "m1", "start": 0, "end": 9, "label": "source", "note": ""},
        {"id": "m2", "start": 0, "end": 25, "label": "cue", "note": ""},
    ]
    mount(spans(marks=marks))
    page.focus(".bw-text")
    page.keyboard.press("n")
    page.keyboard.press("n")
    settle(page)
    assert brightness(page, "Officials") < brightness(page, "in Aurelia") - 0.3
    lines = page.locator(".bw-item-button").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).outlineStyle)"
    )
    assert sorted(lines) == ["none", "solid"]
