"""Who handed in something that cannot be read gets no zero for handing in nothing, whatever it says it is."""

import csv
import io
import zipfile

import pytest
from test_attack_files import marked
from test_imports_groups import SHEET, download, gradebook, run, table
from test_imports_groups import put as listed_groups
from test_marking_grade import answers_file, put
from test_names_changed import GRADES, canvas, needs_key, roster

from briefing.marking.imports import canvas_import, results_in

SAYS = (
    b'{"format":"reading-the-briefing/answers","version":1,"exercise":"%s","student":"so-1","answ'
)


def given(folder, marked_in, **more):
    """Return the points by id that Canvas's table gets, with a zero for nothing."""
    found = results_in(marked_in, "ex02", ("id",))
    made = canvas_import(
        roster(folder, GRADES), found.rows, "ex02", points=20, unfinished=True, **more
    )
    lines = csv.DictReader(io.StringIO(made.data.decode()))
    return {line["ID"]: line["ex02 (7)"] for line in lines if line["ID"]}


@needs_key
@pytest.mark.parametrize("exercise", [b"ex03", b"zz99"])
def test_a_damaged_file_that_names_another_exercise_is_no_zero(tmp_path, exercise):
    put(tmp_path, f"class/{canvas('bellana', 101)}", answers_file(student="ana-1"))
    put(tmp_path, f"class/{canvas('ødegårdsøren', 102)}", SAYS % exercise)
    lines, _ = marked(
        tmp_path / "class", tmp_path / "out", "--roster", str(roster(tmp_path, GRADES))
    )
    assert {line["student"]: line["status"] for line in lines} == {
        "101": "marked",
        "102": "not gradable",
        "103": "nothing handed in",
    }
    cells = given(tmp_path, tmp_path / "out", zero_for={"missing"})
    assert (cells["101"] != "", cells["102"], cells["103"]) == (True, "", "0")
    assert given(tmp_path, tmp_path / "out", zero_for={"not gradable"})["102"] == "0"


@needs_key
def test_a_damaged_file_of_an_exercise_that_others_handed_in_is_that_exercises(tmp_path):
    """Otherwise whoever spoilt one of two exercises would have no zero in the other."""
    put(tmp_path, f"class/{canvas('bellana', 101)}", answers_file(student="ana-1"))
    other = answers_file({}, student="ana-1", exercise="ex03")
    put(tmp_path, f"class/{canvas('bellana', 101, 8)}", other)
    put(tmp_path, f"class/{canvas('ødegårdsøren', 102)}", SAYS % b"ex03")
    lines, _ = marked(
        tmp_path / "class", tmp_path / "out", "--roster", str(roster(tmp_path, GRADES))
    )
    status = {(line["student"], line["exercise"]): line["status"] for line in lines}
    assert (status["102", "ex02"], status["102", "ex03"]) == ("nothing handed in", "not gradable")
    cells = given(tmp_path, tmp_path / "out", zero_for={"missing"})
    assert (cells["102"], cells["103"]) == ("0", "0")


@needs_key
def test_no_member_of_a_group_whose_file_is_damaged_gets_a_zero(tmp_path):
    source = download(tmp_path, "Team 2_203_assignsubmission_file")
    with zipfile.ZipFile(source, "a") as more:
        more.writestr("Ramp;D one_77_assignsubmission_file/ex02.json", SAYS % b"zz99")
    sheet, out = listed_groups(tmp_path, SHEET), tmp_path / "out"
    run("grade", source, "--roster", sheet, "--out", out)
    assert [line["name"] for line in gradebook(out) if line["status"] == "not gradable"]
    words = ("moodle", sheet, "--marked", out, "--out", tmp_path / "i.csv", "--unfinished")
    told = run(*words, "--zero-for-missing")
    got = {line["Full name"]: line["Grade"] for line in table(tmp_path / "i.csv")}
    assert (got["Ana B"], got["Bo C"], got["Di E"]) == ("", "", "0")
    assert got["Cy D"] not in ("", "0")
    assert "what was handed in cannot be marked, which is not zero" in " ".join(told.split())
