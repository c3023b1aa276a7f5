"""What was entered after a class was marked: no points of before go back without a word."""

import csv
import io
from pathlib import Path

import pytest
from marked_class import row_of, save_table, table
from test_marking_cli import run

from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.desk import open_desk
from briefing.marking.entered import entered_since
from briefing.marking.imports import ImportRefused

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
SAID = "give the `grade` line again first"


@pytest.fixture
def school(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("simulate", "--students", 6, "--layout", "moodle", "--out", "P")
    again()
    return tmp_path


def again():
    grade_folder(Path("P/hand-ins.zip"), Path("MARKED"), roster=Path("P/class-list.csv"))


def enter(marked, name="open-answers.csv", **cells):
    rows = table(marked, name)
    save_table(marked, [rows[0] | cells, *rows[1:]], name=name)


def by_hand(marked, points="2"):
    names = ("student", "exercise", "question", "points", "reason", "remark", "row")
    student = row_of(marked, table(marked)[0]["student"])["student"]
    row = dict(zip(names, (student, "ex02", "q1", points, "", "", ""), strict=True))
    save_table(marked, [row], name="by-hand.csv")


MOODLE = ("moodle", "P/class-list.csv", "--marked", "MARKED", "--unfinished")
CANVAS = ("canvas", "P/class-list.csv", "--marked", "MARKED")
PAGES = ("pages", "MARKED")


@pytest.mark.parametrize("words", [MOODLE, CANVAS, PAGES])
@pytest.mark.parametrize("name", ["open-answers.csv", "by-hand.csv", "defended.csv"])
def test_points_of_before_do_not_go_back_without_a_word(school, words, name):
    marked = school / "MARKED"
    if name == "by-hand.csv":
        by_hand(marked)
    else:
        enter(marked, name, **({"accept": "yes"} if name == "defended.csv" else {"points": "2"}))
    refused = run(*words)
    assert isinstance(refused.exception, ImportRefused)
    assert f"in {name} after MARKED was made: {SAID}" in str(refused.exception)
    assert not [*school.glob("*.zip"), *school.glob("*import.csv")]
    if words is not CANVAS:  # whose list this is not
        assert run(*words, "--as-marked").exit_code == 0
        again()
        done = run(*words)
        assert done.exit_code == 0, done.output


def test_a_note_goes_with_the_points_as_it_is_now_and_not_with_a_page_of_before(school):
    enter(school / "MARKED", "notes.csv", note="Come and see me.")
    done = run(*MOODLE)
    assert done.exit_code == 0, done.exception
    assert "Come and see me." in (school / "moodle-import.csv").read_text("utf-8")
    for words in ((*MOODLE, "--pages", "F.zip"), PAGES):
        refused = str(run(*words).exception)
        assert f"in notes.csv after MARKED was made: {SAID}, or the pages of before" in refused


def saved_by_a_spreadsheet(path, separator=";", encoding="cp1252"):
    """Open and save a table as a spreadsheet does: sorted, numbers as it writes them."""
    first, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    rows.sort(key=str, reverse=True)
    rows = [[cell.replace("1.5", "1,5").replace("yes", "YES") for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows([first, *rows])
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def test_a_table_that_was_only_opened_and_saved_is_not_refused(school):
    marked = school / "MARKED"
    for name in ("open-answers.csv", "by-hand.csv", "defended.csv", "notes.csv"):
        saved_by_a_spreadsheet(marked / name, ",", "utf-8-sig")
    assert not entered_since(marked)
    enter(marked, points="1.5")
    enter(marked, "defended.csv", accept="yes")
    enter(marked, "notes.csv", note="Well argued.")
    by_hand(marked, "1.5")
    assert len(entered_since(marked)) == 4
    again()
    for name in ("open-answers.csv", "by-hand.csv", "defended.csv", "notes.csv"):
        before = (marked / name).read_bytes()
        saved_by_a_spreadsheet(marked / name)
        assert (marked / name).read_bytes() != before
    assert not entered_since(marked)
    assert run(*MOODLE).exit_code == 0


def test_entries_that_were_taken_away_are_seen_and_a_column_of_ones_own_is_not(school):
    marked = school / "MARKED"
    enter(marked, points="1", mine="look again")
    assert entered_since(marked) == ["open-answers.csv"]
    again()
    enter(marked, mine="done")
    assert not entered_since(marked)
    row = next(row for row in table(marked) if row["points"])
    save_table(
        marked,
        [one | ({"points": ""} if one["row"] == row["row"] else {}) for one in table(marked)],
    )
    assert entered_since(marked) == ["open-answers.csv"]
    (marked / "open-answers.csv").unlink()
    assert entered_since(marked) == ["open-answers.csv"]


def test_of_a_marking_from_before_this_was_written_down_nothing_is_said(school):
    marked = school / "MARKED"
    told = marked / "made-by-briefing.txt"
    lines = told.read_text("utf-8").splitlines(keepends=True)
    told.write_text("".join(line for line in lines if "entries" not in line), encoding="utf-8")
    enter(marked, points="2")
    assert run(*MOODLE).exit_code == 0


def test_the_notebook_says_that_marks_do_not_count_yet(school, monkeypatch, capsys):
    monkeypatch.setenv("BRIEFING_CLASSES", str(school))
    open_desk("MARKED")
    assert "grade" not in capsys.readouterr().out
    enter(school / "MARKED", points="2")
    open_desk("MARKED")
    assert (
        "since MARKED was made: give the `grade` line again, then it counts"
        in capsys.readouterr().out
    )
