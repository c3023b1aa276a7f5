"""The progress board: what it says of answer files, whatever is in them, and what it never does."""

import json
from pathlib import Path

import pytest

import briefing
from briefing.answers import AnswersStore, hand_in
from briefing.answers.student import change_code
from briefing.corpus import articles, course_folder
from briefing.course.progress import rows
from briefing.keys import definition, exercise_names
from briefing.widgets.board import BoardQuestion, BoardRow, ProgressBoard

HOSTILE = '"></a><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
HERE = course_folder() / "notebooks"


def row(folder, name="ex02"):
    (found,) = [one for one in rows(folder, HERE) if one.name == name]
    return found


def states(one):
    return {question.id: question.words for question in one.questions}


def test_every_lesson_and_exercise_has_a_row_in_the_courses_order_with_its_notebook(tmp_path):
    found = rows(tmp_path, HERE)
    assert sorted(one.name for one in found) == exercise_names()
    names = [one.name for one in found]
    assert names.index("lesson00") == 0
    assert names.index("lesson02") + 1 == names.index("ex02")
    links = {one.name: one.link for one in found}
    assert links["lesson00"] == "00-start-here.ipynb"
    assert links["ex02"] == "../exercises/ex02-who-says-so.ipynb"
    for one in found:
        assert not one.link or (HERE / one.link).is_file()
        assert {q.words for q in one.questions} == {"empty"}
        assert one.saved == ""


def test_links_start_from_the_notebook_that_shows_them(tmp_path):
    (found,) = [one for one in rows(tmp_path, course_folder() / "exercises") if one.name == "ex02"]
    assert found.link == "ex02-who-says-so.ipynb"
    (found,) = [one for one in rows(tmp_path, Path("/")) if one.name == "ex02"]
    assert found.link == "../exercises/ex02-who-says-so.ipynb"


def test_answered_begun_empty_and_checked_are_told_apart(tmp_path):
    store = AnswersStore.open("ex02", tmp_path)
    about = definition("ex02").questions["q1"].article
    labels = {articles[about].sentences[3].id: {"voice": "outlet"}}
    store.save("q1", {"kind": "labels", "article": about, "attempts": 2, "labels": labels})
    store.save("q5", {"kind": "choice", "chosen": ["a"], "attempts": 1})
    store.save("q6", {"kind": "text", "text": "  \n"})
    found = row(tmp_path)
    told = states(found)
    assert told["q1"].startswith("begun: 1 of ")
    assert told["q1"].endswith(", checked 2 times")
    assert told["q5"] == "answered, checked once"
    assert told["q6"] == "empty"
    assert told["q2"] == "empty"
    assert found.saved == store.saved_iso


def test_reasons_without_a_decision_are_begun_and_not_answered(tmp_path):
    name, asked = next(
        (name, q)
        for name in exercise_names()
        for q in definition(name).question
        if q.kind == "cards"
    )
    store = AnswersStore.open(name, tmp_path)
    cards = {asked.cards[0].id: {"decision": "", "gate": "", "reason": "It names a source."}}
    store.save(asked.id, {"kind": "cards", "attempts": 0, "cards": cards})
    told = states(row(tmp_path, name))[asked.id]
    assert told == f"begun: 0 of {len(asked.cards)} cards"


def test_what_the_marker_calls_empty_is_empty_here_and_on_the_receipt(tmp_path):
    (asked,) = [q for q in definition("ex07").question if q.kind == "matrix"]
    cells = {f"{a}/{f.id}": {"present": None} for a in asked.articles for f in asked.functions}
    store = AnswersStore.open("ex07", tmp_path)
    store.save(asked.id, {"kind": "matrix", "attempts": 0, "cells": cells})
    assert states(row(tmp_path, "ex07"))[asked.id] == "empty"
    assert hand_in(store, {asked.id: "The matrix"}).empty == ("The matrix",)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"format": broken', "damaged"),
        (b"", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[" * 100_000, "damaged"),
        (
            b'{"format": "reading-the-briefing/answers", "version": 1, "exercise": "ex02",'
            b' "student": "x", "revision": 1, "answers": {"q1": ["no answer"]}}',
            "damaged",
        ),
        (b'{"format": "reading-the-briefing/answers", "version": 99}', "newer version"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_in_its_row_and_stays_as_it_is(
    tmp_path, data, told
):
    file = tmp_path / "ex02.answers.json"
    file.write_bytes(data)
    found = row(tmp_path)
    assert told in found.problem
    assert found.problem.endswith(".")
    assert "ex02.answers.json" in found.problem
    assert found.questions == ()
    assert file.read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["ex02.answers.json"]
    assert row(tmp_path, "lesson02").problem == ""


def test_another_exercises_file_and_another_kind_of_answer_are_not_counted(tmp_path):
    store = AnswersStore.open("ex02", tmp_path)
    store.save("q5", {"kind": "text", "text": "not a choice"})
    assert states(row(tmp_path))["q5"] == "empty"
    (tmp_path / "ex02.answers.json").rename(tmp_path / "lesson02.answers.json")
    assert "holds answers to ex02" in row(tmp_path, "lesson02").problem


def test_no_points_are_shown_and_looking_changes_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path))
    monkeypatch.chdir(HERE)
    store = AnswersStore.open("ex02", tmp_path)
    store.save("q5", {"kind": "choice", "chosen": ["a"], "attempts": 1})
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    board = briefing.progress()
    assert board.student == store.student
    shown = board.static_html() + json.dumps(board.board)
    assert "point" not in shown.casefold()
    assert "score" not in shown.casefold()
    assert f"of {definition('ex02').points:g}" not in shown
    assert store.student not in shown
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_look_again_reads_the_files_again(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path))
    board = briefing.progress()
    AnswersStore.open("ex02", tmp_path).save("q5", {"kind": "choice", "chosen": ["a"]})
    board.wish = {"n": 1, "what": "look"}
    assert board.told["ok"]
    assert board.told["message"].startswith("1 of ")
    (found,) = [one for one in board.board if one["name"] == "ex02"]
    assert [q["id"] for q in found["questions"] if q["state"] == "answered"] == ["q5"]


def test_an_empty_work_folder_looks_the_same_for_everybody(tmp_path, monkeypatch):
    shown = set()
    monkeypatch.chdir(HERE)
    for name in ("a", "b"):
        monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / name))
        (tmp_path / name).mkdir()
        change_code(tmp_path / name, f"{name}-1234")
        board = briefing.progress()
        shown.add(board.static_html() + repr(board))
    assert len(shown) == 1


def test_the_static_board_escapes_everything():
    question = BoardQuestion(HOSTILE, HOSTILE, "begun", HOSTILE)
    board = ProgressBoard(
        lambda: [BoardRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE, (question,), HOSTILE)], title=HOSTILE
    )
    html = board.static_html()
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert html.count("<a ") == 1
