"""Points go to the platform's id, whatever the name is there by now."""

import csv
import io

import pytest
from test_attack_files import marked
from test_marking_cli import run
from test_marking_grade import answers_file, put
from test_names_changed import GRADES, canvas, needs_key, roster

from briefing.marking.imports import ImportRefused, ImportRow, canvas_import, results_in

FRESH = GRADES.replace("Ødegård, Søren", "Smith, Sam")
RESULTS = [
    ImportRow("Bell, Ana", {"id": "101"}, "a", 15.0),
    ImportRow("Ødegård, Søren", {"id": "102"}, "b", 12.0),
]
ZERO = ("missing",)


def points(folder, text, results):
    made = canvas_import(
        roster(folder, text), results, "ex02", points=20, zero_for=ZERO, unfinished=True
    )
    lines = csv.DictReader(io.StringIO(made.data.decode()))
    return {line["ID"]: line["ex02 (7)"] for line in lines if line["ID"]}, made


def test_points_go_to_the_id_whatever_its_name_is_now(tmp_path):
    more = [*RESULTS, ImportRow("Dunn, Cai", {"id": "103"}, "c", 9.0)]
    given, made = points(tmp_path, FRESH, more)
    assert given == {"101": "15", "102": "12", "103": "9"}
    assert made.sentences == (
        "Ødegård, Søren: called Smith, Sam on the platform's list; taken by the id.",
    )


def test_a_hundred_files_of_one_who_is_called_otherwise_now_are_one_students(tmp_path):
    text = FRESH + '"Qq, Zz",104,en,A,\n"Finn, Fay",105,ff,A,\n'
    mine = [ImportRow("Old, Eve", {"id": "104"}, "", None, "damaged")] * 100
    others = [
        ImportRow("Dunn, Cai", {"id": "103"}, "c", 9.0),
        ImportRow("Finn, Fay", {"id": "105"}, "f", 8.0),
    ]
    given, _ = points(tmp_path, text, [*RESULTS, *others, *mine])
    assert given == {"101": "15", "102": "12", "103": "9", "104": "", "105": "8"}


def test_while_an_id_is_in_doubt_whose_it_is_there_gets_no_zero(tmp_path):
    given, made = points(tmp_path, FRESH, RESULTS)
    assert given == {"101": "15", "102": "", "103": "0"}
    assert "Ødegård, Søren: left out" in made.sentences[0]


@needs_key
def test_a_code_that_is_a_classmates_id_on_an_empty_file_is_no_result_of_theirs(tmp_path):
    put(tmp_path, f"class/{canvas('bellana', 101)}", answers_file(student="ana-1"))
    put(tmp_path, "class/own.json", answers_file({}, student="102"))
    listed_as = roster(tmp_path, GRADES)
    options = ("--roster", str(listed_as), "--layout", "canvas")
    marked(tmp_path / "class", tmp_path / "out", *options)
    results = results_in(tmp_path / "out", "ex02", ("id",))
    given, made = points(tmp_path, GRADES, results.rows)
    assert (given["101"] != "", given["102"]) == (True, "0")
    assert "102: left out; is not on the platform's list." in made.sentences


def test_an_id_that_is_anothers_of_another_kind_is_still_its_owners(tmp_path):
    people = (
        "Student,ID,SIS User ID,SIS Login ID,Section,ex02 (7)\n"
        '"Bell, Ana",101,12,ab,A,\n"Carr, Bo",102,b2,12,A,\n"Dunn, Cai",103,c3,cd,A,\n'
    )
    results = [
        ImportRow("Carr, Bo", dict.fromkeys(("id", "sis id", "user name"), "12"), "b", 12.0),
        ImportRow("Dunn, Cai", {"id": "103"}, "c", 9.0),
    ]
    given, made = points(tmp_path, people, results)
    assert given == {"101": "0", "102": "12", "103": "9"}
    assert made.sentences == ()


@needs_key
def test_who_was_not_found_for_a_new_name_among_a_few_gets_no_zero(tmp_path):
    put(tmp_path, f"class/{canvas('bellana', 101)}", answers_file(student="ana-1"))
    put(tmp_path, f"class/{canvas('smithsam', 102)}", answers_file(student="so-1"))
    listed_as = roster(tmp_path, GRADES)
    lines, _ = marked(tmp_path / "class", tmp_path / "out", "--roster", str(listed_as))
    assert {line["student"]: line["status"] for line in lines}["102 (canvas)"] == "marked"
    results = results_in(tmp_path / "out", "ex02", ("id",))
    given, _ = points(tmp_path, GRADES, results.rows)
    assert (given["101"] != "", given["102"], given["103"]) == (True, "", "0")


CALLED_ALIKE = (
    "First name,Last name,Email address,Groups\n"
    "Ana,Bell,ana@example.org,A\nDi,Dunn,di@example.org,A\n"
    "Di,Dunn,eve@example.org,A\nFay,Finn,fay@example.org,A\n"
)


@needs_key
@pytest.mark.parametrize("by", ["participants", "worksheet"])
def test_of_two_who_bear_one_name_and_handed_in_nobody_gets_a_zero(tmp_path, by):
    for name, own in (("Ana Bell", 11), ("Di Dunn", 12), ("Di Dunn", 13)):
        path = f"class/{name}_{own}_assignsubmission_file/a.answers.json"
        put(tmp_path, path, answers_file(student=f"own-{own}"))
    sheet = "Identifier,Full name,Status\n" + "".join(
        f"Participant {own},{name},S\n"
        for own, name in ((11, "Ana Bell"), (12, "Di Dunn"), (13, "Di Dunn"), (14, "Fay Finn"))
    )
    people = roster(tmp_path, CALLED_ALIKE)
    listed_as = people if by == "participants" else put(tmp_path, "ws.csv", sheet.encode())
    marked(tmp_path / "class", tmp_path / "out", "--roster", str(listed_as))
    words = ("moodle", people, "--marked", tmp_path / "out", "--gradebook", "Exercise 2")
    more = ("--unfinished", "--zero-for-missing", "--out", tmp_path / "import.csv")
    told = run(*words, *more, *(["--by-name"] if by == "worksheet" else []))
    assert told.exit_code == 0, told.output
    lines = csv.DictReader(io.StringIO((tmp_path / "import.csv").read_text("utf-8")))
    given = {line["Email address"]: line["Exercise 2"] for line in lines}
    assert given == {"ana@example.org": "17", "fay@example.org": "0"}
    assert "2 people on the roster can be “Di Dunn”" in " ".join(told.output.split())


def test_of_two_with_one_id_nobody_gets_a_zero(tmp_path):
    twice = GRADES.replace("102", "103")
    given, _ = points(
        tmp_path, twice, [*RESULTS[:1], ImportRow("Dunn, Cai", {"id": "103"}, "c", 9.0)]
    )
    assert "0" not in given.values()


@needs_key
@pytest.mark.parametrize("typed", ["103", "102"])
@pytest.mark.parametrize("how", ["list", "paths", "neither"])
def test_an_id_that_somebody_types_into_a_damaged_file_is_nobodys(tmp_path, how, typed):
    """Neither a zero for what cannot be marked comes of it, nor is anybody spared one for nothing."""
    name = "own.json" if how != "paths" else canvas("bellana", 101)
    put(tmp_path, f"class/{name}", answers_file(student="ana-1"))
    damaged = f'{{"format":"reading-the-briefing/answers","exercise":"ex02","student":"{typed}",'
    put(tmp_path, "class/other.json", damaged.encode())
    codes = "id,name,code\n101,Ana Bell,ana-1\n102,Søren Ødegård,so-1\n103,Cai Dunn,cai-1\n"
    more = ("--roster", str(put(tmp_path, "codes.csv", codes.encode()))) if how == "list" else ()
    layout = ("--layout", "canvas") if how == "paths" else ()
    lines, _ = marked(tmp_path / "class", tmp_path / "out", *more, *layout)
    (row,) = [line for line in lines if line["status"] == "not gradable"]
    assert typed in (row["student"] if how == "neither" else row["code"])
    results = results_in(tmp_path / "out", "ex02", ("id",)).rows
    if how == "neither":
        with pytest.raises(ImportRefused):
            canvas_import(
                roster(tmp_path, GRADES), results, "ex02", points=20, zero_for=("not gradable",)
            )
        return
    for zero, there in (("not gradable", ""), ("missing", "0")):
        made = canvas_import(
            roster(tmp_path, GRADES), results, "ex02", points=20, zero_for=(zero,), unfinished=True
        )
        cells = {
            line["ID"]: line["ex02 (7)"] for line in csv.DictReader(io.StringIO(made.data.decode()))
        }
        assert (cells["101"], cells[typed]) == ("17", there)
