"""Imports for Canvas and Moodle: exact ids, no zero for anybody who was not marked, nothing deleted."""

import csv
import io

import pytest

from briefing.marking.imports import (
    ImportRefused,
    ImportRow,
    canvas_import,
    moodle_gradebook,
    moodle_worksheet,
)

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,My notes,Essay (11),Exercise ex02 (22),Final Score\n"
    ",,,,,,,Manual Posting,\n"
    "    Points Possible,,,,,,10.00,20.00,(read only)\n"
    '"B, Ana",101,S1,anab,10b,,7,,80\n'
    '"C, Bo",102,S2,boc,10b,=1+1,8,12.5,81\n'
    '"D, Cy",103,S3,cyd,10b,,9,EX,82\n'
    '"E, Di",104,=S4,die,10b,,9,,82\n'
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (grade),Feedback comments\n"
    "Participant 201,Ana B,a@example.org,Submitted,,20.00,Yes,-,\n"
    'Participant 202,"=Bo C",b@example.org,Submitted,12.00,20.00,Yes,'
    '"Friday, 6 November 2026, 8:00 AM",Kept words\n'
    "Participant 203,Cy D,c@example.org,No submission,,20.00,Yes,-,\n"
)
ROWS = [
    ImportRow(
        "B, Ana", {"id": "101", "identifier": "201"}, score=17.25, out_of=20, feedback="<b> ok"
    ),
    ImportRow("C, Bo", {"id": "102", "identifier": "202"}, score=None, out_of=0),
]


def put(tmp_path, text):
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def cells(made):
    return list(csv.reader(io.StringIO(made.data.decode("utf-8"))))


def canvas(tmp_path, rows, text=CANVAS, **more):
    return canvas_import(put(tmp_path, text), rows, "ex02", points=20, **more)


def moodle(tmp_path, rows, text=WORKSHEET, **more):
    return moodle_worksheet(put(tmp_path, text), rows, points=20, **more)


# --- Canvas -----------------------------------------------------------------------------------


def test_canvas_gets_one_column_and_keeps_every_other_grade(tmp_path):
    made = canvas(tmp_path, ROWS)
    assert cells(made) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Exercise ex02 (22)"],
        ["", "", "", "", "", "Manual Posting"],
        ["    Points Possible", "", "", "", "", "20.00"],
        ["B, Ana", "101", "S1", "anab", "10b", "17.25"],
        ["C, Bo", "102", "S2", "boc", "10b", "12.5"],
        ["D, Cy", "103", "S3", "cyd", "10b", "EX"],
    ]
    assert made.filled == 1
    assert not made.data.startswith(b"\xef\xbb\xbf")


def test_canvas_says_who_is_left_out_and_why(tmp_path):
    rows = [*ROWS, ImportRow("F, Eve", {"id": "999"}, score=3, out_of=20)]
    said = canvas(tmp_path, rows).sentences
    assert any("C, Bo" in s and "not zero" in s for s in said)
    assert any("F, Eve" in s and "not on the platform's list" in s for s in said)
    assert any("E, Di" in s and "sis id" in s and "by hand" in s for s in said)


def test_a_zero_only_where_the_teacher_says_so(tmp_path):
    column = [line[-1] for line in cells(canvas(tmp_path, ROWS, zero_for={"missing"}))[3:]]
    assert column == ["17.25", "12.5", "0"]
    both = canvas(tmp_path, ROWS, zero_for={"missing", "not gradable"})
    assert [line[-1] for line in cells(both)[3:]] == ["17.25", "0", "0"]


def test_points_are_scaled_to_what_the_platforms_item_is_out_of_and_that_is_said(tmp_path):
    made = canvas(tmp_path, ROWS, CANVAS.replace("20.00", "100"))
    assert cells(made)[3][-1] == "86.25"
    assert any("scaled" in s for s in made.sentences)


def test_an_answer_that_waits_for_the_teacher_is_not_exported_as_if_it_were_wrong(tmp_path):
    row = ImportRow("B, Ana", {"id": "101"}, score=15, out_of=17)
    made = canvas(tmp_path, [row])
    assert made.filled == 0
    assert any("wait for your mark (3 points)" in s for s in made.sentences)
    assert canvas(tmp_path, [row], unfinished=True).filled == 1


def test_two_results_for_one_line_are_said_and_neither_is_taken(tmp_path):
    twice = [ImportRow("B, Ana", {"id": "101"}, score=score, out_of=20) for score in (3, 4)]
    made = canvas(tmp_path, twice)
    assert made.filled == 0
    assert any("two results" in s for s in made.sentences)


@pytest.mark.parametrize("column", ["22", "Exercise ex02 (22)", "EX02"])
def test_the_column_may_be_named_by_number_heading_or_word(tmp_path, column):
    made = canvas_import(put(tmp_path, CANVAS), ROWS, column, points=20)
    assert cells(made)[0][-1] == "Exercise ex02 (22)"


@pytest.mark.parametrize("column", ["ex03", "", "(", "My notes"])
def test_a_column_that_is_not_there_is_one_sentence(tmp_path, column):
    with pytest.raises(ImportRefused, match=r"Essay \(11\); Exercise ex02 \(22\)"):
        canvas_import(put(tmp_path, CANVAS), ROWS, column, points=20)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", WORKSHEET])
def test_what_is_no_gradebook_of_canvas_is_one_sentence(tmp_path, text):
    with pytest.raises(ImportRefused, match="not a gradebook exported from Canvas"):
        canvas(tmp_path, ROWS, text)


def test_semicolons_and_first_and_last_names(tmp_path):
    text = "LastName;FirstName;ID;SIS Login ID;Section;ex02 (22)\nB;Ana;101;anab;10b;\n"
    assert cells(canvas(tmp_path, ROWS, text))[-1] == ["B", "Ana", "101", "anab", "10b", "17.25"]


# --- Moodle -----------------------------------------------------------------------------------


def test_moodles_worksheet_is_filled_and_nothing_else_changes(tmp_path):
    made = moodle(tmp_path, ROWS)
    before = list(csv.reader(io.StringIO(WORKSHEET)))
    after = cells(made)
    assert after[0] == before[0]
    assert after[1] == [*before[1][:4], "17.25", *before[1][5:8], "&lt;b&gt; ok"]
    assert after[2] == [before[2][0], "'=Bo C", *before[2][2:]]
    assert after[3] == before[3]
    assert made.filled == 1


def test_moodles_worksheet_in_another_language_or_with_a_column_named(tmp_path):
    german = WORKSHEET.replace("Identifier", "ID").replace("Participant", "Teilnehmer/in")
    german = german.replace("Grade,Maximum grade", "Bewertung,Bestwertung", 1)
    assert cells(moodle(tmp_path, ROWS, german))[1][4] == "17.25"
    other = WORKSHEET.replace("Status,Grade,", "Status,Punktid,", 1)
    with pytest.raises(ImportRefused, match="Punktid"):
        moodle(tmp_path, ROWS, other)
    assert cells(moodle(tmp_path, ROWS, other, grade="punktid"))[1][4] == "17.25"


@pytest.mark.parametrize("text", ["", "Identifier,Grade\n", CANVAS, "Identifier,Grade\nAna,3\n"])
def test_what_is_no_worksheet_is_one_sentence(tmp_path, text):
    with pytest.raises(ImportRefused, match="not a grading worksheet"):
        moodle(tmp_path, ROWS, text)


def test_moodles_gradebook_has_only_those_who_have_points(tmp_path):
    rows = [
        ImportRow("Bo C", {"email": "bo@example.org"}, score=3, out_of=20, feedback="=1+1"),
        ImportRow("Ana B", {"email": "ana@example.org"}, score=17.25, out_of=20),
        ImportRow("Cy D", {"email": "cy@example.org"}),
        ImportRow("Di E", {"email": "-di@example.org"}, score=3, out_of=20),
        ImportRow("Ed F", {}, score=3, out_of=20),
        ImportRow("Flo G", {"email": "flo@example.org"}, score=3, out_of=17),
    ]
    made = moodle_gradebook(rows, "Exercise 2", points=20)
    assert cells(made) == [
        ["Email address", "Exercise 2", "Feedback"],
        ["ana@example.org", "17.25", ""],
        ["bo@example.org", "3", "'=1+1"],
    ]
    assert len(made.sentences) == 4
    twice = moodle_gradebook([rows[0], rows[0]], "Exercise 2", points=20)
    assert twice.filled == 0
    with pytest.raises(ImportRefused, match="Nobody has"):
        moodle_gradebook([rows[4]], "Exercise 2", points=20)
