"""Made-up classes for rehearsing an evening: no two collide, one has something defended, ids do their work."""

import csv
import io
import json

import pytest
from test_marking_cli import run

from briefing.keys import has_solutions
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.imports import ImportRefused
from briefing.marking.marksheet import write_sheet
from briefing.marking.simulate import simulate_class
from briefing.marking.simulate_layouts import Student, class_list

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the keys")


def codes(exercise, seed):
    return [json.loads(data)["student"] for _, data in simulate_class(exercise, 10, seed)]


def test_a_class_is_the_same_in_every_exercise_and_shares_nobody_with_another():
    assert codes("ex01", 1) == codes("ex02", 1)
    assert not set(codes("ex02", 1)) & set(codes("ex02", 2))
    for one in ("id", "participant", "user", "family", "student_id"):
        classes = [
            {getattr(Student(n, seed, "ex02"), one) for n in range(200)} for seed in range(1, 9)
        ]
        assert len(set().union(*classes)) == 8 * 200


def test_moodle_numbers_anew_in_each_assignment_and_other_platforms_do_not():
    def listed(layout, exercise):
        rows = csv.reader(io.StringIO(class_list(layout, 9, exercise).decode()))
        return {row[0 if layout is Layout.MOODLE else 1] for row in list(rows)[2:]}

    assert not listed(Layout.MOODLE, "ex02") & listed(Layout.MOODLE, "ex03")
    assert listed(Layout.CANVAS, "ex02") == listed(Layout.CANVAS, "ex03")


@pytest.mark.parametrize("exercise", ["ex01", "ex02", "ex03"])
def test_somebody_defends_an_answer_that_the_key_does_not_have(tmp_path, exercise):
    run("simulate", "--students", 5, "--exercise", exercise, "--out", tmp_path / "class")
    done = run("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/defended.csv").read_text("utf-8-sig"))))
    assert rows
    assert all("Made up" in row["arguments"] for row in rows)


def test_last_weeks_marks_do_not_go_into_this_weeks_worksheet(tmp_path):
    for exercise in ("ex02", "ex03"):
        words = ("--students", 5, "--exercise", exercise, "--layout", "moodle")
        run("simulate", *words, "--out", tmp_path / exercise)
    school = tmp_path / "ex02"
    run(
        "grade",
        school / "hand-ins.zip",
        "--roster",
        school / "class-list.csv",
        "--out",
        tmp_path / "out",
    )
    fill = ("--marked", tmp_path / "out", "--unfinished", "--out", tmp_path / "import.csv")
    refused = run("moodle", tmp_path / "ex03" / "class-list.csv", *fill)
    assert isinstance(refused.exception, ImportRefused)
    assert "only names fit" in str(refused.exception)
    assert not (tmp_path / "import.csv").exists()
    done = run("moodle", school / "class-list.csv", *fill)
    assert "found by id" in done.output, done.output


def test_the_summary_says_how_many_defended_answers_still_wait(tmp_path):
    run("simulate", "--students", 5, "--out", tmp_path / "class")
    first = " ".join(run("grade", tmp_path / "class", "--out", tmp_path / "out").output.split())
    path = tmp_path / "out" / "defended.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    assert len(rows) > 1
    assert (
        f"Students defend {len(rows)} answers against the key, {len(rows)} for you to decide"
        in first
    )
    rows[0][head.index("accept")] = "yes"
    path.write_bytes(write_sheet(head, rows, head))
    again = " ".join(run("grade", tmp_path / "class", "--out", tmp_path / "out").output.split())
    assert f"against the key, {len(rows) - 1} for you to decide" in again
    assert "What you decided changed the points of 1 answer: " in again
