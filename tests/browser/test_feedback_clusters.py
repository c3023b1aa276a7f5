"""Signs that belong together without end: a feedback page cuts them at their box, and nothing is covered."""

import json

import pytest

from briefing.keys import definition, has_solutions
from briefing.keys.own_card import CARD
from briefing.marking.grade import Desks, grade
from briefing.marking.pages import feedback_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not has_solutions(), reason="needs the keys"),
]

RUNS = {
    "marks": "said" + "\u0310\u0489\u20dd" * 400,
    "joined": "\u200d".join("\U0001f469" * 300),
    "jamo": "\u1100" * 600,
}


def answers(exercise, run):
    """A file with the run in every place of an exercise where a student writes."""
    if exercise == "ex02":
        marks = [{"id": run[:90], "type": "Annotation", "body": [{"purpose": "tagging", "value": run}],
                  "target": {"selector": [{"type": "TextPositionSelector", "start": 1, "end": 9}]}}]  # fmt: skip
        return {
            "q2": {"kind": "marks", "article": "001", "marks": marks},
            "q4": {"kind": "choice", "chosen": [run[:90]]},
            "q6": {"kind": "text", "text": run},
        }
    if exercise == "ex04":
        asked = definition(exercise).questions["q1"]
        rows: dict[str, dict[str, str]] = {}
        for row, column in asked.asked_cells:
            rows.setdefault(row.id, {})[column.id] = run
        return {"q1": {"kind": "table", "rows": rows}}
    columns = ("missing", "words", "row", "without", "with", "rival", "sentence", "verdict")
    return {
        "q1": {"kind": "cards", "cards": {"001.c01": {"decision": run[:20], "reason": run}}},
        "q5": {"kind": "table", "rows": {CARD: dict.fromkeys(columns, run)}},
    }


@pytest.fixture(params=RUNS)
def run(request):
    return RUNS[request.param]


@pytest.mark.parametrize("width", [320, 900])
@pytest.mark.parametrize("exercise", ["ex02", "ex04", "ex05"])
def test_no_run_of_signs_leaves_its_box(page, tmp_path, exercise, run, width):
    file = {"format": "reading-the-briefing/answers", "version": 1, "exercise": exercise,
            "student": run[:190], "revision": 1, "answers": answers(exercise, run)}  # fmt: skip
    desks = Desks()
    made = grade(json.dumps(file).encode(), desks)
    path = tmp_path / "page.html"
    path.write_text(feedback_page(made, desks.get(exercise), remarks=made.reasons), "utf-8")
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Beside the text nothing is drawn; a table of many columns takes the room there, but not the window's edge.
    body = page.evaluate("document.body.getBoundingClientRect().right")
    right = (width if exercise == "ex04" else body) - 10
    height = page.evaluate("document.documentElement.scrollHeight")
    edge = page.screenshot(full_page=True, clip={"x": right, "y": 0, "width": 9, "height": height})
    blank = page.evaluate("document.body.replaceChildren()") or page.screenshot(
        clip={"x": right, "y": 0, "width": 9, "height": 1}
    )
    assert colours(page, edge) == colours(page, blank)


def colours(page, picture):
    """The colours of a picture, as the browser reads it."""
    return page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const drawing = canvas.getContext("2d");
          drawing.drawImage(image, 0, 0);
          const data = new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer);
          return [...new Set(data)].sort();
        }""",
        list(picture),
    )
