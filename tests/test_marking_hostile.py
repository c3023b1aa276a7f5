"""Hostile notes, labels, links and names on a feedback page and in the table of open answers."""

import csv
import io

import pytest
from test_marking_grade import answers_file, key_answers, put
from test_marking_pages import Tags, page

from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.open_answers import NAME

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = (
    "<img src=x onerror=\"alert(1)\"></script></style></mark><script>alert('x')</script>"
    f"\u202egnp.exe\u2066 {BIDI} {{{{ 7*7 }}}}\"' onfocus=alert(2) autofocus x='"
)
FORMULA = '=HYPERLINK("http://evil.test","click")'


def hostile_answers():
    answers = key_answers()
    marks = answers["q2"]["marks"]
    for number, mark in enumerate(marks):
        mark["note"] = HOSTILE if number else HOSTILE * 1_500
        if "source" in mark:
            mark["source"] = f"{HOSTILE[:60]}{number}"
    marks[0]["label"] = HOSTILE[:100]
    marks[1]["id"] = HOSTILE[:60]
    for label in answers["q1"]["labels"].values():
        label["voice"] = HOSTILE[:100]
    answers["q4"]["chosen"] = [HOSTILE[:60], f"reading:{HOSTILE[:60]}"]
    answers["q6"] = {"kind": "text", "text": HOSTILE}
    return answers


def test_a_feedback_page_shows_them_as_words():
    text = page(answers_file(hostile_answers(), student=HOSTILE[:60]))
    tags = Tags(text)
    assert not {"script", "img", "iframe", "object", "svg"} & set(tags.names)
    assert tags.names.count("style") == 1
    names = {name for name, _ in tags.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert "autofocus" not in names
    assert "{{ 7*7 }}" in text
    assert "49" not in text.split("{{ 7*7 }}", 1)[1][:4]
    assert tags.open == []
    assert len(text) < 400_000, "a huge note does not make a huge page"
    # A control of direction must not turn round what stands beside it.
    assert not set(BIDI) & set(text)


def test_the_table_of_open_answers_holds_them_as_words(tmp_path):
    for student, answer in (("fox-1", HOSTILE), (FORMULA, FORMULA), (HOSTILE[:60], "+1 said so")):
        answers = hostile_answers()
        answers["q6"] = {"kind": "text", "text": answer}
        put(tmp_path / "in", f"{len(answer)}.json", answers_file(answers, student=student))
    grade_folder(tmp_path / "in", tmp_path / "out")
    table = (tmp_path / "out" / NAME).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(rows) == 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert any(HOSTILE[:12] in row["answer"] for row in rows)
    assert not set(BIDI) & set(table)
