"""Another class or another exercise marked into the same folder never replaces an earlier marking; open tables."""

import csv
import io
import json

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions
from briefing.marking.marksheet import write_sheet

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")


def test_another_class_is_not_marked_over_an_earlier_one(tmp_path):
    put(tmp_path, "first/a.json", answers_file(student="fox-1"))
    put(tmp_path, "second/a.json", answers_file(student="owl-2"))
    out = tmp_path / "out"
    assert run("grade", tmp_path / "first", "--out", out).exit_code == 0
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    refused = run("grade", tmp_path / "second", "--out", out)
    assert "holds ex02 of 1 student, and none of that" in str(refused.exception)
    assert "--replace" in str(refused.exception)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert not list(tmp_path.glob(".out*"))
    for number in (1, 2):
        part = tmp_path / f"part{number}"
        shard = run("grade", tmp_path / "second", "--shard", f"{number}/2", "--out", part)
        assert shard.exit_code == 0, shard.output
    merged = run("merge", tmp_path / "part1", tmp_path / "part2", "--out", out)
    assert "none of that" in str(merged.exception)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert run("grade", tmp_path / "second", "--out", out, "--replace").exit_code == 0
    assert "owl-2" in (out / "gradebook.csv").read_text("utf-8-sig")


def test_a_class_list_and_one_more_hand_in_are_the_same_class(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="fox-1"))
    assert run("grade", tmp_path / "class", "--out", tmp_path / "out").exit_code == 0
    put(tmp_path, "class/b.json", answers_file(student="owl-2"))
    roster = put(tmp_path, "list.csv", b"Student ID,Name,Code\n17,Ann Fox,fox-1\n18,Bo Owl,owl-2\n")
    again = run(
        "grade", tmp_path / "class", "--out", tmp_path / "out", "--roster", roster, "--json"
    )
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["files"] == 2


@pytest.mark.parametrize(
    "lock", [".~lock.gradebook.csv#", "~$gradebook.csv", "~$totals.csv", ".~lock.changed.csv#"]
)
def test_any_table_that_is_open_is_said_to_be_open(tmp_path, lock):
    put(tmp_path, "class/a.json", answers_file())
    out = tmp_path / "out"
    assert run("grade", tmp_path / "class", "--out", out).exit_code == 0
    put(out, lock, b"")
    refused = str(run("grade", tmp_path / "class", "--out", out).exception)
    assert "is open in a spreadsheet: save and close it, then mark again" in refused
    assert "another --out" not in refused
    (out / lock).unlink()
    put(out, "my notes.txt", b"")
    refused = str(run("grade", tmp_path / "class", "--out", out).exception)
    assert "my notes.txt" in refused
    assert "another --out" not in refused


def test_the_summary_counts_the_open_answers_that_are_marked_that_wait_and_that_are_unread(
    tmp_path,
):
    for number in range(3):
        put(tmp_path, f"class/{number}.json", answers_file(student=f"fox-{number}"))
    out = tmp_path / "out"
    first = run("grade", tmp_path / "class", "--out", out)
    path = out / "open-answers.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    count = len(rows)
    assert count >= 3
    assert f"Open answers: 0 marked, {count} wait for you." in first.output
    rows[0][header.index("points")] = "0"
    rows[1][header.index("points")] = "perhaps"
    path.write_bytes(write_sheet(header, rows, header))
    told = json.loads(run("grade", tmp_path / "class", "--out", out, "--json").stdout)
    assert told["open_answers"] == {"marked": 1, "waiting": count - 2, "unread": 1}
    again = " ".join(run("grade", tmp_path / "class", "--out", out).output.split())
    assert "1 could not be read (see the column remark)." in again
    assert "ex02 has 2 lines: an open answer that waits for your mark is not in the points" in again


def test_the_summary_names_who_handed_in_nothing_and_says_where_the_rest_stand(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="fox-1"))
    people = "".join(f"{n:02d},[b]Ann {chr(65 + n)},owl-{n}\n" for n in range(12))
    roster = put(tmp_path, "list.csv", f"Student ID,Name,Code\n99,Bo,fox-1\n{people}".encode())
    told = run("grade", tmp_path / "class", "--out", tmp_path / "out", "--roster", roster).output
    told = " ".join(told.split())
    assert "handed in nothing (ex02): [b]Ann A; [b]Ann B;" in told
    assert "[b]Ann J and 2 more: see the status in the gradebook." in told
    assert "Ann K" not in told
    assert "not on the class list" not in told


def test_the_summary_doubts_a_class_list_that_has_not_everybody(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="fox-1"))
    for people, doubted in (("98,Bo,fox-1\n99,Cy,owl-2\n", False), ("99,Cy,owl-2\n", True)):
        roster = put(tmp_path, "list.csv", f"Student ID,Name,Code\n{people}".encode())
        told = run("grade", tmp_path / "class", "--out", tmp_path / "out", "--roster", roster)
        words = " ".join(told.output.split())
        assert ("not on the class list: 1 row of the gradebook. So some" in words) is doubted
        assert "handed in nothing (ex02): Cy" in words


def test_one_folder_and_one_list_for_the_whole_course_give_totals_with_the_teachers_marks(tmp_path):
    zips, out = tmp_path / "zips", tmp_path / "out"
    zips.mkdir()
    for week in ("ex02", "ex03"):
        made = ("--layout", "moodle", "--students", 6, "--exercise", week, "--out", tmp_path / week)
        assert run("simulate", *made).exit_code == 0
    sheet = list(csv.DictReader((tmp_path / "ex02/class-list.csv").open(encoding="utf-8-sig")))
    lines = "".join(f"{line['Full name']},{line['Email address']}\n" for line in sheet)
    people = put(tmp_path, "people.csv", f"Full name,Email address\n{lines}".encode())

    def mark(week):
        (zips / f"{week}.zip").write_bytes((tmp_path / week / "hand-ins.zip").read_bytes())
        told = run("grade", zips, "--roster", people, "--out", out, "--json")
        return json.loads(told.stdout)["open_answers"]

    waiting = mark("ex02")["waiting"]
    header, *rows = csv.reader((out / "open-answers.csv").open(encoding="utf-8-sig"))
    for row in rows:
        row[header.index("points")] = "1"
    (out / "open-answers.csv").write_bytes(write_sheet(header, rows, header))
    assert waiting == len(rows)
    assert mark("ex03")["marked"] == waiting
    totals = (out / "totals.csv").read_text("utf-8-sig")
    assert sum(" of 20," in line for line in totals.splitlines()) >= waiting
    back = ("--exercise", "ex03", "--unfinished", "--pages", tmp_path / "pages.zip")
    given = run(
        "moodle",
        tmp_path / "ex03/class-list.csv",
        "--marked",
        out,
        *back,
        "--out",
        tmp_path / "i.csv",
    )
    assert "found by id." in given.output
    assert "left out" not in given.output


def test_ctrl_c_says_that_nothing_has_changed_and_that_it_goes_on(tmp_path, monkeypatch):
    put(tmp_path, "class/a.json", answers_file())

    def pressed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("briefing.marking.classroom.finish", pressed)
    words = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out")]
    stopped = run(*words)
    assert stopped.exit_code == 130
    assert "out is as it was; the same line again goes on where it stopped." in stopped.stderr
    monkeypatch.undo()
    assert json.loads(run(*words, "--json").stdout)["reused"] == 1


def test_one_students_file_of_another_exercise_takes_no_share_of_the_others_totals(tmp_path):
    run("simulate", "--students", 6, "--out", tmp_path / "class" / "a", "--exercise", "ex02")
    run("simulate", "--students", 1, "--out", tmp_path / "class" / "b", "--exercise", "ex01")
    rules, out = tmp_path / "marking.toml", tmp_path / "out"

    def marked(text):
        rules.write_text(text, encoding="utf-8")
        said = run("grade", tmp_path / "class", "--out", out).output
        totals = (out / "totals.csv").read_text("utf-8-sig")
        return " ".join(said.split()), totals.splitlines()[0]

    said, header = marked('missing = "zero"\n')
    assert "ex01 goes into no total: only 1 student handed it in" in said
    assert "ex01" not in header
    assert "ex02" in header
    # The rules say that it belongs to the course; and where nothing is zero, nobody loses by it.
    for text in ('missing = "zero"\n[exercise.ex01]\nweight = 1\n', ""):
        said, header = marked(text)
        assert "goes into no total" not in said
        assert "ex01,ex02" in header
