"""Marks and notes of students who are not here this time: the summary says so, and what to do."""

import zipfile

import pytest
from marked_class import grade_again, hand_in, mark_class, save_table, table
from test_marking_cli import run

from briefing.keys import has_solutions

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")


def participants(school):
    """Write a list of the same people with other ids than the worksheet has."""
    lines = (school / "class-list.csv").read_text("utf-8-sig").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    text = "".join(f"{row[1]},s{n}@school.example\n" for n, row in enumerate(rows))
    path = school / "participants.csv"
    path.write_text(f"Full name,Email address\n{text}", "utf-8")
    return path


def mark_all(marked, *, notes=0):
    save_table(marked, [row | {"points": "2"} for row in table(marked)])
    rows = table(marked, "notes.csv")
    rows = [row | {"note": "Good." if n < notes else ""} for n, row in enumerate(rows)]
    save_table(marked, rows, name="notes.csv")


def graded(school, roster):
    words = ("grade", school / "hand-ins.zip", "--roster", roster, "--out", school / "MARKED")
    done = run(*words, "--replace")
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_marked_with_another_list_the_summary_says_that_the_marks_do_not_count(tmp_path):
    run("simulate", "--students", 8, "--layout", "moodle", "--out", tmp_path)
    graded(tmp_path, tmp_path / "class-list.csv")
    mark_all(tmp_path / "MARKED", notes=1)
    there = len(table(tmp_path / "MARKED"))
    said = graded(tmp_path, tmp_path / "class-list.csv")
    assert f"Open answers: {there} marked, 0 wait" in said
    assert "not here this time" not in said
    other = graded(tmp_path, participants(tmp_path))
    assert f"{there} wait for you" in other
    assert (
        f"{there} marks in open-answers.csv are of students who are not here this time, and do not count: "
        "the same answers are here under other ids"
    ) in other
    assert "--roster of before, and they count again" in other
    assert "1 note in notes.csv is for a student who is not here this time" in other
    assert f"Open answers: {there} marked, 0 wait" in graded(tmp_path, tmp_path / "class-list.csv")


def test_a_name_taken_in_a_later_week_is_said_to_be_the_reason(tmp_path):
    zips = tmp_path / "zips"
    zips.mkdir()
    for week in ("ex02", "ex03"):
        made = ("--layout", "moodle", "--students", 8, "--exercise", week, "--out", tmp_path / week)
        run("simulate", *made)
    words = ("grade", zips, "--roster", participants(tmp_path / "ex02"), "--out", tmp_path / "out")
    (zips / "ex02.zip").write_bytes((tmp_path / "ex02" / "hand-ins.zip").read_bytes())
    run(*words)
    mark_all(tmp_path / "out")
    with (
        zipfile.ZipFile(tmp_path / "ex03" / "hand-ins.zip") as honest,
        zipfile.ZipFile(zips / "ex03.zip", "w") as taken,
    ):
        for name in honest.namelist():
            taken.writestr(name.replace("Bo Madeup-Aaab_", "Ana Madeup-Aaaa_"), honest.read(name))
    said = " ".join(run(*words).output.split())
    assert "1 mark in open-answers.csv is of a student who is not here this time" in said
    assert "somebody has taken the name of another" in said
    assert "--roster of before" not in said


def test_where_a_file_is_missing_that_is_said_to_be_the_reason(tmp_path):
    marked = mark_class(tmp_path)
    mark_all(marked)
    next((tmp_path / "class").glob("0.*")).unlink()
    hand_in(tmp_path / "class", "new-7777", "Somebody said another thing.")
    notes = run("grade", tmp_path / "class", "--out", marked).output
    said = " ".join(notes.split())
    assert "1 mark in open-answers.csv is of a student who is not here this time" in said
    assert "and does not count: nothing of theirs is in what was handed in." in said


def test_a_note_beside_an_answer_is_no_mark(tmp_path):
    marked = mark_class(tmp_path)
    save_table(marked, [row | {"note": "Later."} for row in table(marked)])
    next((tmp_path / "class").glob("0.*")).unlink()
    grade_again(tmp_path)
    said = run("grade", tmp_path / "class", "--out", marked).output
    assert "not here this time" not in said
