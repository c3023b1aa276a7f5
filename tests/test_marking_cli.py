"""The instructor's commands as they are typed."""

import csv
import io
import json
import shlex

import pytest
from test_marking_grade import answers_file, put
from typer.testing import CliRunner

from briefing.cli import app, main
from briefing.corpus import course_folder
from briefing.keys import has_solutions

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_simulate_grade_check(tmp_path):
    made = run("simulate", "--students", 14, "--out", tmp_path / "class", "--seed", 3)
    assert made.exit_code == 0, made.output
    assert "15 answers files" in made.output
    graded = run("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert graded.exit_code == 0, graded.output
    assert "1 not gradable" in graded.output
    assert "1 older copy" in graded.output
    rows = list(csv.reader(io.StringIO((tmp_path / "out/gradebook.csv").read_text("utf-8-sig"))))
    assert rows[0] == [
        "student", "exercise", "status", "score", "max_score",
        "q1", "q2", "q3", "q4", "q5", "q6", "reason",
    ]  # fmt: skip
    assert len(rows) == 1 + 15
    files = sorted((tmp_path / "class").rglob("*.json"))
    checked = run("check", *files)
    assert checked.exit_code == 1
    assert checked.output.count("can be marked") == 14
    assert checked.output.count("CANNOT be marked") == 1


def test_the_summary_prints_names_as_they_are_and_no_emoji_for_them(tmp_path):
    put(tmp_path, "class/x:skull:[red].json", b'{"format": "reading-the-briefing/answers"')
    put(tmp_path, "class/:warning:.answers.json", answers_file(student=":warning:"))
    graded = run("grade", tmp_path / "class", "--out", tmp_path / "out:ok:")
    assert graded.exit_code == 0, graded.output
    assert "x:skull:[red].json" in graded.output
    assert "out:ok:" in graded.output
    assert not set("💀⚠🆗") & set(graded.output)


def test_a_platforms_zip_is_simulated_checked_and_marked(tmp_path):
    made = run("simulate", "--students", 12, "--out", tmp_path / "class", "--layout", "moodle")
    assert made.exit_code == 0, made.output
    hand_ins = tmp_path / "class" / "hand-ins.zip"
    assert sorted(path.name for path in hand_ins.parent.glob("*.*")) == [
        "class-list.csv", "hand-ins.zip", "made-by-briefing.txt",
    ]  # fmt: skip
    checked = run("check", hand_ins)
    assert checked.output.count(": can be marked") == 12
    assert checked.output.count("CANNOT be marked") == 1
    graded = run("grade", hand_ins, "--out", tmp_path / "out")
    assert graded.exit_code == 0, graded.output
    assert "11 marked" in graded.output


@pytest.mark.parametrize("layout", ["plain", "moodle"])
def test_the_line_that_simulate_says_marks_its_class(tmp_path, monkeypatch, layout):
    monkeypatch.chdir(tmp_path)
    made = run("simulate", "--students", 3, "--out", "two words", "--layout", layout)
    said = made.output.split("To mark it, type: briefing ")[1].strip()
    graded = run(*shlex.split(said))
    assert graded.exit_code == 0, graded.output
    assert (tmp_path / "MARKED" / "gradebook.csv").is_file()


def test_the_course_is_not_marked_in_place_of_hand_ins(tmp_path):
    put(tmp_path, "course/seeds/SHA256SUMS", b"")
    put(tmp_path, "course/work/a.answers.json", answers_file())
    for words in (("check",), ("grade", "--out", tmp_path / "out")):
        refused = run(*words, tmp_path / "course")
        assert refused.exit_code != 0
        assert "is the course itself" in str(refused.output) + str(refused.exception)
    inside = run("grade", tmp_path / "course", "--out", tmp_path / "course" / "out")
    assert "is the course itself" in str(inside.exception)
    assert not list(tmp_path.rglob("out"))
    # One that a student handed in, among others' files, is looked into as any folder.
    put(tmp_path, "class/course/seeds/SHA256SUMS", b"")
    put(tmp_path, "class/course/work/a.answers.json", answers_file())
    assert run("grade", tmp_path / "class", "--out", tmp_path / "out").exit_code == 0
    assert "marked" in (tmp_path / "out" / "gradebook.csv").read_text("utf-8")


def test_check_of_a_good_file_succeeds(tmp_path):
    checked = run("check", put(tmp_path, "a.json", answers_file()))
    assert checked.exit_code == 0
    assert "Every question is answered." in checked.output


def test_no_pages(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    graded = run("grade", tmp_path / "class", "--out", tmp_path / "out", "--no-pages")
    assert graded.exit_code == 0, graded.output
    assert not (tmp_path / "out" / "feedback").exists()


def test_markup_in_a_reason_is_printed_as_it_is(tmp_path):
    put(tmp_path, "class/[bold]x.answers.json", b"")
    graded = run("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert "[bold]x" in graded.output.replace("\n", "")


def test_an_expected_failure_is_one_sentence_and_no_traceback(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["grade", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert "There is no folder" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", ["attribution", "spans"])
def test_a_key_is_printed_as_it_stands(name):
    printed = run("key", name)
    stored = (course_folder() / "solutions" / "keys" / f"{name}.csv").read_text("utf-8")
    assert printed.stdout == stored
    assert printed.stderr == ""


def test_without_solutions_the_key_is_what_lessons_may_show(tmp_path, monkeypatch):
    import shutil

    for name in ("seeds", "data"):
        shutil.copytree(course_folder() / name, tmp_path / name)
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path))
    printed = run("key", "attribution")
    assert {line[:3] for line in printed.stdout.splitlines()[1:]} == {"000", "002", "004"}
    assert "only what lessons may show" in printed.stderr
    graded = run("grade", tmp_path / "data", "--out", tmp_path / "out")
    assert "nothing can be marked with it" in str(graded.exception)
    assert not (tmp_path / "out").exists()


def test_agreement_is_printed_both_ways():
    assert "| voice | all labelled sentences |" in run("agreement").stdout
    assert run("agreement", "--as", "csv").stdout.startswith("column,over,n,raw,alpha,low,high\n")


def test_the_summary_says_by_which_rules_a_class_was_marked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "practice/class/a.json", answers_file())
    put(tmp_path, "practice/class/marking.toml", b'counts = "best"')
    put(tmp_path, "practice/marking.toml.txt", b"")
    told = run("grade", "practice/class", "--out", "out").output
    assert "Rules: none (no marking.toml beside class), so being late takes nothing." in told
    said = " ".join(told.split())
    assert "practice/class/marking.toml lies in what was handed in and does not count" in said
    assert "whoever hands in could put it there. If it is yours: it must lie beside class" in said
    assert "practice/marking.toml.txt is not called marking.toml" in said
    put(tmp_path, "practice/marking.toml", b'counts = "best"')
    does = "Rules: practice/marking.toml (of several hand-ins the best counts)."
    assert does in run("grade", "practice/class", "--out", "out").output
    shown = run("grade", "practice/class", "--out", "out", "--json").stdout
    assert json.loads(shown)["rules"] == does


def test_check_shows_a_files_name_without_obeying_it(tmp_path):
    try:
        path = put(tmp_path, "a\x1b]0;owned\x07.json", answers_file())
    except OSError:
        pytest.skip("this system has no such names")
    checked = run("check", path or next(tmp_path.iterdir()))
    assert "\x1b" not in checked.output
    assert "\x07" not in checked.output
    assert "a\ufffd]0;owned\ufffd.json: can be marked" in checked.output.replace("\n", "")
