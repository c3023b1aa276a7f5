"""docs/widgets.md keeps its word: every example runs, is short, and names what exists."""

import re
from pathlib import Path

import pytest

import briefing.widgets

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "widgets.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.S)
PARTS = {"Feedback", "FeedbackItem", "QuestionWidget"}
"""Exports that are no widget of their own."""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda source: source.split("import ")[1][:20])
def test_every_example_runs_and_is_short(example):
    made: dict[str, object] = {}
    exec(compile(example, "docs/widgets.md", "exec"), made)
    code = [line for line in example.splitlines() if line.strip()]
    assert len(code) <= 12  # as the formatter lays them out
    shown = [thing for thing in made.values() if hasattr(thing, "static_html")]
    assert any(not isinstance(thing, type) for thing in shown)
    assert all(thing.static_html() for thing in shown if not isinstance(thing, type))


def test_every_widget_is_on_the_page():
    told = set(re.findall(r"\w+", PAGE))
    assert sorted(set(briefing.widgets.__all__) - PARTS - told) == []
    assert EXAMPLES
