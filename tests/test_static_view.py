"""The static view where styles are dropped, on dark pages, and with text from the right."""

from __future__ import annotations

import re

from briefing.widgets import Annotator, Label

TEXT = (
    "Officials in Aurelia said that 64 targets were hit.\nדובר הצבא אמר 64 מטרות.\nשלום then more."
)


def view(*marked: str) -> str:
    marks = [
        {"id": f"m{n}", "start": TEXT.index(words), "end": TEXT.index(words) + len(words), "label": "abc"[n]}
        for n, words in enumerate(marked)
    ]  # fmt: skip
    labels = [Label("a", "who"), Label("b", "says-word"), Label("c", "content")]
    return Annotator(TEXT, labels=labels, marks=marks, title="Marks").static_html()


def as_on_github(html: str) -> str:
    """GitHub's notebook pages keep elements such as `mark` and drop every style, class and id."""
    return re.sub(r' (?:style|class|id)="[^"]*"', "", html)


def test_without_styles_a_mark_begins_and_ends_and_has_its_name() -> None:
    bare = as_on_github(view("Officials in Aurelia", "said"))
    assert "<mark>Officials in Aurelia</mark><span> [who]</span>" in bare
    assert "<mark>said</mark><span> [says-word]</span>" in bare


def test_nested_marks_are_nested_without_styles_too() -> None:
    bare = as_on_github(view("Officials in Aurelia", "Aurelia"))
    assert "<mark>Officials in </mark><mark><mark>Aurelia</mark></mark>" in bare
    assert "[who, says-word]" in bare


def test_whoever_gives_a_ground_gives_the_ink() -> None:
    found = re.findall(r'style="([^"]*background-color[^"]*)"', view("said", "64 targets", "hit"))
    assert len(found) == 3
    assert all(re.search(r"(?:^|;)color:#1c1c1c", style) for style in found)


def test_paragraphs_from_the_right_say_so_and_others_do_not() -> None:
    ways = re.findall(r"<p([^>]*?) style", view())
    assert ways == ["", ' dir="rtl"', ' dir="rtl"']
