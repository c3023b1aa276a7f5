"""What an exercise is out of, at the import, is what the class's rules say, also while everybody's open answers wait."""

import csv
import io

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, key_answers, put

from briefing.keys import has_solutions

SHEET = (
    "Identifier,Full name,Status,Grade,Maximum grade,Last modified (grade)\n"
    "Participant 11,Ana X,S,,20.00,-\nParticipant 12,Bo X,S,,20.00,-\n"
)


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("left_empty", [False, True])
@pytest.mark.parametrize(("rules", "grade"), [("", "17"), ("points = { q1 = 27 }", "18.5")])
def test_points_are_scaled_by_the_classs_own(tmp_path, rules, grade, left_empty):
    put(tmp_path, "marking.toml", f"[exercise.ex02]\n{rules}\n".encode())
    answers = key_answers()
    for number, name in ((11, "Ana"), (12, "Bo")):
        if left_empty and name == "Bo":
            del answers["q6"]  # nothing of it waits then
        own = answers_file(answers, student=f"{name}-1")
        put(tmp_path, f"class/{name} X_{number}_assignsubmission_file/a.answers.json", own)
    path, out = put(tmp_path, "sheet.csv", SHEET.encode()), tmp_path / "out"
    done = run("grade", tmp_path / "class", "--roster", path, "--out", out)
    assert done.exit_code == 0, done.output
    more = ("--unfinished", "--out", tmp_path / "import.csv")
    done = run("moodle", path, "--marked", out, *more)
    assert done.exit_code == 0, done.output
    lines = csv.DictReader(io.StringIO((tmp_path / "import.csv").read_text("utf-8-sig")))
    assert [line["Grade"] for line in lines] == [grade, grade]
    assert ("of 40: all points are scaled" in " ".join(done.output.split())) == bool(rules)
