"""A hostile text of a megabyte, and a note of one, in the live annotator: it paints and goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from briefing.errors import BriefingError
from briefing.widgets import Annotator, Label

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror=\"window.ran='image'\"></script></textarea><script>window.ran=1</script> "
    "\u202egnp.exe\u2066 \u2067said\u202c Officials \U0001f98a "
)
LONG = HOSTILE * 6 + "\n"
TEXT = LONG * (1_050_000 // len(LONG))
LAST = "The last word was said here."
FOREIGN = "img, script, iframe, [onerror], [onfocus], [autofocus]"


def test_a_megabyte_of_hostile_words_is_painted_scrolled_marked_and_saved(
    page: Any, mount: Callable[..., Any]
) -> None:
    page.set_default_timeout(120_000)
    at = TEXT.index("Officials")
    made = [
        {"id": HOSTILE[:60], "start": at, "end": at + 9, "label": "source", "note": TEXT[:4_000]},
        {
            "id": "m2",
            "start": 0,
            "end": 20,
            "label": "cue",
            "source": HOSTILE[:60],
            "note": HOSTILE,
        },
    ]
    page = mount(
        Annotator(
            TEXT + LAST, labels=[Label("source", HOSTILE[:80]), Label("cue")], sources=["source"],
            marks=made, title=HOSTILE[:80],
        )
    )  # fmt: skip
    assert page.locator(f"main :is({FOREIGN})").count() == 0
    painted = """() => [...CSS.highlights].filter(([name]) => /-l\\d-\\d$/.test(name))
        .reduce((sum, [, layer]) => sum + layer.size, 0)"""
    assert page.evaluate(painted) == 2
    # A megabyte is pasted into a note: the field takes what a note may hold, and the list less.
    page.locator(".bw-item-button").first.click()
    note = page.locator("[data-name=note]").first
    note.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TEXT)
    assert 0 < len(note.input_value()) <= 4_000
    note.blur()
    assert len(page.text_content(".bw-list")) < 5_000
    # To the end, and a mark there.
    page.focus(".bw-text")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+End")
    assert "here" in page.text_content(".bw-live[role=status]")
    page.keyboard.press("Space")
    page.keyboard.press("2")
    page.wait_for_selector(".bw[data-state=saved]")
    marks = page.evaluate("window.model.get('answer').marks")
    assert len(marks) == 3
    text = TEXT + LAST
    assert [text[m["start"] : m["end"]] for m in marks if m["label"] == "cue"][-1] == LAST
    page.wait_for_function("document.querySelector('.bw-text').scrollTop > 10_000")  # it glides
    page.keyboard.press("Control+z")
    assert len(page.evaluate("window.model.get('answer').marks")) == 2
    assert page.locator(f"main :is({FOREIGN})").count() == 0
    assert page.evaluate("window.ran") is None


def test_a_note_of_a_megabyte_is_refused_with_a_sentence() -> None:
    mark = {"id": "m1", "start": 0, "end": 9, "label": "source", "note": TEXT[:1_000_000]}
    with pytest.raises(BriefingError, match="longer than 4,000 characters; shorten it"):
        Annotator(TEXT, labels=["source"], marks=[mark])
