"""Comparing with a partner in the real JupyterLab: the file goes to Python, both sets are shown."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from briefing.corpus import any_article

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
from briefing import exercise
ex02 = exercise("ex02")
widget = ex02.widget("q2")
made = {made!r}
widget.answer = {{**widget.answer, "marks": made}}
widget.edit += 1
assert widget.ack["ok"]
"""


def test_a_partners_file_is_chosen_and_compared(lab: Any) -> None:
    text = any_article("001").text
    start, said = text.index("Russian General Staff"), text.index(" said ") + 1
    made = [
        {"id": "m1", "start": start, "end": start + 21, "label": "source", "note": ""},
        {"id": "m2", "start": said, "end": said + 4, "label": "source", "note": ""},
    ]
    cells = [SETUP.format(made=made), 'ex02.compare("q2")']
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(book, lab.course / "comparing.ipynb")
    lab.open("comparing.ipynb")
    lab.run_all()
    page = lab.page
    page.wait_for_selector(".bw-partner")
    file = lab.work / "ex02.answers.json"
    before = file.read_bytes()
    theirs = json.loads(before)
    theirs["student"] = "owl-2"
    marks = theirs["answers"]["q2"]["marks"]
    marks[1]["body"][0]["value"] = "cue"
    data = json.dumps(theirs).encode()
    chosen = {"name": "partner.json", "mimeType": "application/json", "buffer": data}
    page.set_input_files(".bw-partner input[type=file]", chosen)
    page.wait_for_selector(".bw-compare:visible")
    told = page.inner_text(".bw-partner-told")
    assert "Read: owl-2" in told
    assert told.endswith("1 of 2 marks agree; 1 with another label.")
    page.focus(".bw-text")
    page.keyboard.press("d")
    page.wait_for_function(
        "document.querySelector('.bw-live[role=status]').textContent.startsWith('owl-2: says-word')"
    )
    wrong = {**chosen, "buffer": data.replace(b'"ex02"', b'"ex03"')}
    page.set_input_files(".bw-partner input[type=file]", wrong)
    page.wait_for_selector(".bw-partner-wrong")
    assert "belongs to ex03" in page.inner_text(".bw-partner-told")
    assert file.read_bytes() == before
    assert lab.errors() == []
