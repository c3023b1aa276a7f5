"""Names beside the ids in the tables that a teacher reads, and none where answers are marked or judged."""

import csv
import io

import pytest
from marked_class import save_table, table
from test_marking_cli import run

from briefing.keys import has_solutions
from briefing.marking.notes import Notes

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
READ = ("notes.csv", "totals.csv", "changed.csv")


@pytest.fixture
def school(tmp_path):
    run("simulate", "--students", 8, "--layout", "moodle", "--out", tmp_path)
    path = tmp_path / "class-list.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    text = io.StringIO()
    rows[1][1] = '=HYPERLINK("x"),Ana; Eve'
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    graded(tmp_path)
    marked = tmp_path / "MARKED"
    names = ("student", "exercise", "question", "points", "reason", "remark", "row")
    student = first_two(marked)[0]["student"]
    row = dict(zip(names, (student, "ex02", "q1", "7", "Said aloud.", "", ""), strict=True))
    save_table(marked, [row], name="by-hand.csv")
    graded(tmp_path)
    return tmp_path


def graded(school, *more):
    words = ("grade", school / "hand-ins.zip", "--roster", school / "class-list.csv")
    done = run(*words, "--out", school / "MARKED", *more)
    assert done.exit_code == 0, done.output


def first_two(marked):
    return [row for row in table(marked, "gradebook.csv") if row["status"] == "marked"][:2]


def header(path):
    return next(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def test_the_tables_have_the_names_that_the_gradebook_has(school):
    marked = school / "MARKED"
    known = {row["student"]: row["name"] for row in table(marked, "gradebook.csv")}
    for name in READ:
        columns = header(marked / name)
        assert columns.index("name") == columns.index("student") + 1, name
        rows = table(marked, name)
        assert rows
        for row in rows:
            assert row["name"] == known[row["student"]] != "", name
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert any("HYPERLINK" in row["name"] for row in table(marked, "totals.csv"))


def test_where_answers_are_marked_and_arguments_judged_there_is_no_name(school):
    for name in ("open-answers.csv", "defended.csv"):
        text = (school / "MARKED" / name).read_text("utf-8-sig")
        assert "name" not in header(school / "MARKED" / name)
        for row in first_two(school / "MARKED"):
            assert row["name"] not in text


def test_a_table_of_before_without_names_is_read_and_nothing_is_lost(school):
    marked = school / "MARKED"
    rows = table(marked, "notes.csv")
    rows = [row | {"note": f"Note {n}"} for n, row in enumerate(rows)]
    for row in rows:
        del row["name"]
    save_table(marked, rows, name="notes.csv")
    graded(school)
    again = table(marked, "notes.csv")
    assert [row["note"] for row in again] == [row["note"] for row in rows]
    assert all(row["name"] and not row["remark"] for row in again)
    before = (marked / "notes.csv").read_bytes()
    graded(school)
    assert (marked / "notes.csv").read_bytes() == before


def test_a_class_without_names_keeps_those_that_its_teacher_typed(tmp_path):
    run("simulate", "--students", 4, "--out", tmp_path / "class")
    words = ("grade", tmp_path / "class", "--out", tmp_path / "MARKED")
    run(*words)
    marked = tmp_path / "MARKED"
    for name in READ:
        assert "name" not in header(marked / name)
    rows = table(marked, "notes.csv")
    rows = [row | {"name": f"Pupil {n}"} for n, row in enumerate(rows)]
    save_table(marked, [rows[0] | {"note": "Good."}, *rows[1:]], name="notes.csv")
    run(*words)
    run(*words)
    again = table(marked, "notes.csv")
    assert [row["name"] for row in again] == [row["name"] for row in rows]
    assert again[0]["note"] == "Good."


def test_a_name_that_the_course_wrote_keeps_no_row_of_somebody_who_is_gone(tmp_path):
    path = tmp_path / "notes.csv"
    text = "exercise,student,name,note,remark,row\nex02,1,Ana,Well.,,\nex02,2,Bo,,,\n"
    path.write_text(text, "utf-8")
    for named in (True, False):
        lines = "".join(Notes.read(path).table([], named=named))
        assert "Ana" in lines
        assert "Bo" not in lines
