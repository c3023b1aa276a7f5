"""The matrix by its traits: what is kept, told and shown statically; and joined to the course."""

import json
import re
import shutil

import pytest
from disk_in_memory import Disk

from briefing.answers import AnswersStore
from briefing.answers.read import parse_answers
from briefing.corpus import articles, course_folder
from briefing.course import exercise
from briefing.marking.grade import Desks, grade
from briefing.marking.pages import feedback_page
from briefing.marking.simulate import simulate_class
from briefing.widgets.feedback import Feedback, FeedbackItem
from briefing.widgets.matrix import Function, Matrix, MatrixText, WrongMatrix

HOSTILE = '</td><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
TEXT = "The \U0001f98a said so. שלום עולם. Nobody else did."


def matrix(**more):
    texts = [
        MatrixText("a", TEXT, "First"),
        {"id": "b", "text": "Another text.", "title": "Second"},
    ]
    return Matrix(texts, [Function("p", "Problem", "what is wrong"), "cause"], **more)


def put(widget, **cells):
    """Do what the page does: set the answer and raise `edit`."""
    named = {name.replace("_", "/"): cell for name, cell in cells.items()}
    with widget.hold_trait_notifications():
        widget.answer = {**widget.answer, "cells": {**widget.answer["cells"], **named}}
        widget.edit += 1


def test_what_the_page_decides_is_kept_in_the_tables_order_and_by_start():
    disk = Disk()
    widget = matrix(save=disk)
    put(
        widget,
        b_p={"present": False, "spans": []},
        a_p={"present": True, "spans": [[9, 13], [4, 5]]},
    )
    assert disk.saved[-1] == {
        "kind": "matrix",
        "cells": {
            "a/p": {"present": True, "spans": [[4, 5], [9, 13]]},
            "b/p": {"present": False, "spans": []},
        },
        "attempts": 0,
    }
    assert list(disk.saved[-1]["cells"]) == ["a/p", "b/p"]
    assert widget.ack["ok"]
    assert widget.cells["a/p"]["words"] == [TEXT[9:13], "\U0001f98a"]


@pytest.mark.parametrize(
    "cell",
    [
        {"present": "yes", "spans": []},
        {"present": True, "spans": [[0, 10_000]]},
        {"present": True, "spans": [[5, 5]]},
        {"present": True, "spans": [[True, 5]]},
        {"present": True, "spans": "all"},
        {"present": True, "spans": [[n, n + 1] for n in range(30)] * 7},
        ["yes"],
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(cell):
    disk = Disk()
    widget = matrix(save=disk)
    put(widget, a_p=cell)
    assert not widget.ack["ok"]
    assert widget.ack["message"].endswith((".", "undo it."))
    assert disk.saved == []
    with pytest.raises(WrongMatrix):
        widget.clean({"cells": {"a/p": cell}})


def test_cells_and_words_that_cannot_be_shown_are_kept_all_the_same():
    disk = Disk()
    before = {
        "a/p": {"present": True, "spans": [[0, 3], [900, 901]], "seen": 1},
        "z/old": {"present": True, "spans": [[5, 6]]},
    }
    widget = matrix(save=disk, answer={"cells": before})
    assert widget.answer["cells"]["a/p"]["spans"] == [[0, 3]]
    put(widget, a_cause={"present": None, "spans": []})
    kept = disk.saved[-1]["cells"]
    assert kept["a/p"] == {"present": True, "spans": [[0, 3], [900, 901]], "seen": 1}
    assert kept["z/old"] == before["z/old"]


def test_texts_and_functions_need_ids_of_their_own():
    for texts, functions in (
        ([], ["p"]),
        ([{"id": "a", "text": "x"}], []),
        ([{"id": "a", "text": "x"}] * 2, ["p"]),
        ([{"id": "a/b", "text": "x"}], ["p"]),
        ([{"id": "a"}], ["p"]),
        ([{"id": "a", "text": "x"}], [{"name": "p"}]),
    ):
        with pytest.raises(ValueError, match="matrix"):
            Matrix(texts, functions)


def test_the_static_view_says_every_answer_in_words_and_shows_what_is_attached():
    widget = matrix(
        answer={
            "cells": {
                "a/p": {"present": True, "spans": [[15, 24]]},
                "a/cause": {"present": False, "spans": []},
                "b/p": {"present": None, "spans": []},
            }
        }
    )
    html = widget.static_html()
    for words in ("✓ yes", "✗ no", "? cannot say yet", "○ not decided", "what is wrong", "Second"):
        assert words in html
    assert f"“\u2068{TEXT[15:24]}\u2069”" in html
    assert html == matrix(answer=widget.answer).static_html()


def test_the_static_view_tells_the_reasons_and_escapes_everything():
    told = Feedback(HOSTILE, [FeedbackItem("a/p", "wrong", HOSTILE, "yes")])
    widget = Matrix(
        [
            {"id": HOSTILE.replace("/", "|"), "text": HOSTILE, "title": HOSTILE},
            {"id": "a", "text": HOSTILE},
        ],
        [{"id": "p", "name": HOSTILE, "hint": HOSTILE}],
        prompt=HOSTILE,
        title=HOSTILE,
        answer={"cells": {"a/p": {"present": True, "spans": [[0, len(HOSTILE)]]}}},
        check=lambda _answer: told,
    )
    widget.check += 1
    html = widget.static_html()
    assert html.count("Not right.") == 1
    assert "Our answer" not in html
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert not re.search(r"<[^>]*\s(class|role|aria-|data-|on\w+)", html)


def test_readonly_keeps_nothing_and_repr_is_fixed():
    disk = Disk()
    widget = matrix(save=disk, readonly=True, question="ex07/q1")
    put(widget, a_p={"present": True, "spans": []})
    assert disk.saved == []
    assert repr(widget) == "<Matrix ex07/q1: run all cells to answer>"


# Joined to the course: an exercise of its own in a copy, with places that are nobody's key.

EXERCISE = """
exercise = "ex99"
title = "Four functions"
points = 8
graded = true
[[question]]
id = "q1"
kind = "matrix"
points = 8
title = "Which functions"
prompt = "Decide."
articles = ["000", "004"]
functions = [{ id = "problem", name = "Problem", hint = "what is wrong" }, { id = "remedy", name = "Remedy" }]
"""


def key_file():
    first, second = (articles[a].sentences[2].span for a in ("000", "004"))
    return f"""
[q1.cells."000/problem"]
present = true
spans = [[{first.start}, {first.end}]]
why = "A reason of its own."
[q1.cells."000/remedy"]
present = false
why = "Nothing is asked for <b>there</b>."
[q1.cells."004/problem"]
present = false
[q1.cells."004/remedy"]
present = true
spans = [[{second.start}, {second.end}]]
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    for name in ("seeds", "data", "solutions"):
        shutil.copytree(course_folder() / name, tmp_path / "course" / name)
    (tmp_path / "course/data/exercises/ex99.toml").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "course/solutions").mkdir(exist_ok=True)
    (tmp_path / "course/solutions/keys").mkdir(exist_ok=True)
    (tmp_path / "course/solutions/keys/ex99.toml").write_text(key_file(), encoding="utf-8")
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path / "course"))
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "work"))
    return tmp_path


def test_asked_answered_checked_saved_and_found_again(course):
    asked = exercise("ex99")
    widget = asked.widget("q1")
    assert [text["id"] for text in widget.config["texts"]] == ["000", "004"]
    assert widget.config["texts"][0]["title"] == "Sputnik, Sunday, 11 October 2015"
    span = articles["000"].sentences[2].span
    with widget.hold_trait_notifications():
        widget.answer = {
            **widget.answer,
            "cells": {"000/problem": {"present": True, "spans": [[span.start, span.end]]}},
        }
        widget.edit += 1
    assert widget.ack["ok"], widget.ack
    widget.check += 1
    assert "You got 1 of 4 cells right." in widget.feedback["summary"]
    assert [item["target"] for item in widget.feedback["items"]] == ["000/problem"]
    assert "A reason of its own." in widget.feedback["items"][0]["text"]
    file = (course / "work" / "ex99.answers.json").read_bytes()
    kept = json.loads(file)["answers"]["q1"]
    assert kept == {
        "kind": "matrix",
        "cells": {"000/problem": {"present": True, "spans": [[span.start, span.end]]}},
        "attempts": 1,
    }
    parse_answers(file)
    again = exercise("ex99").widget("q1")
    assert again.cells["000/problem"]["words"] == [span.of(articles["000"].text)]


def test_the_solved_exercise_shows_the_key_with_every_reason(course):
    widget = exercise("ex99", solved=True).widget("q1")
    assert widget.cells["000/remedy"]["present"] is False
    assert widget.feedback["final"]
    html = widget.static_html()
    assert "A reason of its own." in html
    assert "<b>there</b>" not in html


def test_the_students_page_shows_both_answers_and_the_words_of_both(course):
    store = AnswersStore.open("ex99", course / "work")
    other = articles["000"].sentences[4].span
    store.save(
        "q1",
        {
            "kind": "matrix",
            "attempts": 0,
            "cells": {
                "000/problem": {
                    "present": True,
                    "spans": [[other.start, other.end], [9**8, 9**8 + 1]],
                },
                "000/remedy": {"present": True, "spans": []},
            },
        },
    )
    desks = Desks()
    graded = grade((course / "work" / "ex99.answers.json").read_bytes(), desks)
    assert graded.results["q1"].found == 0
    assert graded.score == 0
    assert any("outside the text" in reason for reason in graded.reasons)
    page = feedback_page(graded, desks.get("ex99"))
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert (
        "000 · Problem ≈ close You: yes · Key: yes Yes, but the words that show it are others."
        in plain
    )
    assert "000 · Remedy ✗ not right You: yes · Key: no" in plain
    assert "Nothing is asked for &lt;b&gt;there&lt;/b&gt;." in page
    assert "004 · Problem ○ not decided You: not decided · Key: no" in plain
    assert f"You attached: {other.of(articles['000'].text)[:60].replace(chr(34), '&#34;')}" in plain


def test_a_made_up_class_answers_it_and_is_marked_between_nothing_and_all(course):
    desks = Desks()
    scores = [grade(data, desks).score for path, data in simulate_class("ex99", 10, 4)]
    assert len(scores) == 10
    assert all(0 <= score <= 8 for score in scores)
    assert len({round(score, 3) for score in scores}) > 3
