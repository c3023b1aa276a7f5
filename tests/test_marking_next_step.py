"""What `grade` says at its end: which line comes next, and what its numbers are of."""

import os
import shlex

import pytest
from marked_class import save_table, table

from briefing.cli import main
from briefing.cli.hints import TYPED
from briefing.cli.next_step import next_step
from briefing.keys import has_solutions
from briefing.marking.summary import Summary

pytestmark = [
    pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02"),
    pytest.mark.skipif(os.name == "nt", reason="lines are taken apart as a POSIX shell does"),
]


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Return a function that gives a line and returns what it says; in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(TYPED, "python3 start.py")

    def give(*words, code=0):
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        assert (ended.value.code or 0) == code
        return capsys.readouterr().out

    return give


def mark_all(school):
    marked = school / "MARKED"
    save_table(marked, [row | {"points": "2"} for row in table(marked)])


def last(said):
    line = said.splitlines()[-1]
    assert line.startswith("Next: ")
    return shlex.split(line.partition("python3 start.py ")[2])


def made(told, layout):
    told("simulate", "--students", 12, "--layout", layout, "--out", "my class")
    return (
        "grade",
        "my class/hand-ins.zip",
        "--roster",
        "my class/class-list.csv",
        "--out",
        "MARKED",
    )


@pytest.mark.parametrize("layout", ["moodle", "canvas"])
def test_the_next_line_is_the_same_again_and_then_the_platforms(tmp_path, told, layout):
    words = made(told, layout)
    said = told(*words, "--replace")
    assert "Next: mark the open answers, in open-answers.csv or in the notebook" in said
    assert last(said) == list(words)  # what was only meant once is not given again
    mark_all(tmp_path)
    again = last(told(*last(said)))
    pages = ["--pages", "FEEDBACK.zip"] if layout == "moodle" else []
    assert again == [layout, "my class/class-list.csv", "--marked", "MARKED", *pages]
    assert f"Give it to {layout.title()}: " in told(*again)


def test_one_answer_that_could_not_be_read_is_marked_first(tmp_path, told):
    words = made(told, "moodle")
    told(*words)
    mark_all(tmp_path)
    rows = table(tmp_path / "MARKED")
    save_table(tmp_path / "MARKED", [rows[0] | {"points": "much"}, *rows[1:]])
    assert last(told(*words)) == list(words)


def test_where_the_list_does_not_fit_no_line_is_promised(tmp_path, told):
    words = made(told, "moodle")
    rows = (tmp_path / "my class" / "class-list.csv").read_text("utf-8-sig").splitlines()
    people = "".join(f"{row.split(',')[1]},a{n}@x\n" for n, row in enumerate(rows[1:]))
    (tmp_path / "people.csv").write_text(f"Full name,Email address\n{people}", "utf-8")
    words = (*words[:3], "people.csv", *words[4:])
    told(*words)
    mark_all(tmp_path)
    assert "Next:" not in told(*words)


def test_a_line_that_cannot_be_shown_as_it_is_is_left_out(tmp_path):
    summary = Summary()
    summary.open_answers["waiting"] = 1
    step = next_step(summary, tmp_path, None, ["grade", "a\x1b]0;x\x07", "--out", "MARKED"])
    assert step.endswith("then give the same line again.")
    assert next_step(summary, tmp_path, None, ()).endswith("then give the same line again.")
    words = ["grade", "X", "--marks", "Y", "--out=M", "--marks=Z", "--replace"]
    assert next_step(summary, tmp_path, None, words).endswith(" grade X --out=M")


def test_numbers_say_what_they_are_of(tmp_path, told):
    words = made(told, "moodle")
    said = " ".join(told(*words).split())
    assert "mean points where answered: q1 " in said
    assert " of 7, q2 " in said
    assert "a second" not in said
    mark = table(tmp_path / "MARKED")[0] | {"points": "3"}
    save_table(tmp_path / "MARKED", [mark, *table(tmp_path / "MARKED")[1:]])
    said = " ".join(told(*words).split())
    assert (
        "ex02 has 2 lines: an open answer that waits for your mark is not in the points yet; those of 20 have "
        "none that waits (marked, or left empty)." in said
    )
    mark_all(tmp_path)
    assert "lines:" not in told(*words)
