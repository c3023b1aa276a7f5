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
    results_in,
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
    ImportRow("B, Ana", {"id": "101", "identifier": "201"}, score=17.25, feedback="<b> ok"),
    ImportRow("C, Bo", {"id": "102", "identifier": "202"}, score=None),
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
    rows = [*ROWS, ImportRow("F, Eve", {"id": "999"}, score=3)]
    said = canvas(tmp_path, rows).sentences
    assert any("C, Bo" in s and "not zero" in s for s in said)
    assert any("F, Eve" in s and "not on the platform's list" in s for s in said)
    assert any("E, Di" in s and "sis id" in s and "by hand" in s for s in said)


def test_who_calls_themselves_points_possible_is_a_student_like_any_other(tmp_path):
    name = "Points Possible"
    row = ImportRow(name, {"id": "101", "identifier": "201"}, score=3)
    lines = cells(canvas(tmp_path, [row], CANVAS.replace('"B, Ana"', name)))
    assert [line[-1] for line in lines if line[0].strip() == name] == ["20.00", "3"]
    lines = cells(
        moodle(tmp_path, [ROWS[1]], WORKSHEET.replace("Ana B", name), zero_for={"missing"})
    )
    assert [line[4] for line in lines if line[1] == name] == ["0"]


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
    row = ImportRow("B, Ana", {"id": "101"}, score=15, why="open answers wait for your mark.")
    made = canvas(tmp_path, [row])
    assert made.filled == 0
    assert any("wait for your mark" in s for s in made.sentences)
    assert canvas(tmp_path, [row], unfinished=True).filled == 1


def test_two_results_for_one_line_are_said_and_neither_is_taken(tmp_path):
    twice = [ImportRow("B, Ana", {"id": "101"}, score=score) for score in (3, 4)]
    made = canvas(tmp_path, twice)
    assert made.filled == 0
    assert any("two results" in s for s in made.sentences)


def test_a_file_without_points_beside_the_right_one_does_no_harm(tmp_path):
    document = ImportRow("B, Ana", {"id": "101"})
    for rows in ([document, ROWS[0]], [ROWS[0], document]):
        assert cells(canvas(tmp_path, rows))[3][-1] == "17.25"


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


def test_a_scale_is_refused_for_moodle_would_take_no_number(tmp_path):
    words = WORKSHEET.replace("Maximum grade", "Scale").replace("20.00", '"Poor\nFair\nGood"')
    for text in (words, words.replace("Scale", "Asteikko")):
        with pytest.raises(ImportRefused, match=r"words \(Poor, Fair, Good\)"):
            moodle(tmp_path, ROWS, text)


def test_points_are_scaled_by_what_stands_beside_the_grade_in_any_language(tmp_path):
    italian = WORKSHEET.replace("Grade,Maximum grade", "Valutazione,Valutazione massima", 1)
    made = moodle(tmp_path, ROWS, italian.replace("20.00", "100.00"))
    assert cells(made)[1][4] == "86.25"
    assert "out of 100" in made.sentences[0]


def test_a_locked_grade_is_said_for_moodle_passes_it_over(tmp_path):
    locked = WORKSHEET.replace("Submitted,,20.00,Yes", "Submitted,,20.00,No")
    (said,) = [s for s in moodle(tmp_path, ROWS, locked).sentences if "locked" in s]
    assert said.endswith("(Ana B).")
    french = locked.replace("Grade can be changed", "x,Note modifiable")
    french = french.replace(",Yes,", ",En cours,Oui,").replace(",No,", ",En cours,Non,")
    assert moodle(tmp_path, ROWS, french).sentences[-1] == said
    dashes = WORKSHEET.replace(",Yes,", ",-,")
    assert not [s for s in moodle(tmp_path, ROWS, dashes).sentences if "locked" in s]


def test_where_moodle_hides_the_names_nobody_is_called_by_the_status(tmp_path):
    blind = "Identifier,Status,Grade\n" + "".join(
        f"Participant {number},Submitted,\n" for number in (201, 202, 203)
    )
    rows = [ImportRow("", {"identifier": f"{n}"}, score=3, why="x.") for n in (201, 202)]
    assert moodle(tmp_path, rows, blind).sentences == (
        "2 students: left as they were; x. (201; 202)",
    )


def test_a_students_two_files_are_one_student_and_one_sentence(tmp_path):
    rows = [ImportRow("Guy H", {"identifier": "9"}, score=score) for score in (3, None)]
    made = moodle(tmp_path, [*ROWS, *rows])
    assert [said for said in made.sentences if "Guy H" in said] == [
        "Guy H: left out; is not on the platform's list."
    ]
    with pytest.raises(ImportRefused, match="Nobody of the 1 student is"):
        moodle(tmp_path, rows)


LIST = (
    '"Last name","First name","Email address",Groups\nC,Bo,bo@example.org,a\nB,Ana,ana@example.org,a\n'
    "D,Cy,cy@example.org,a\nE,Di,-di@example.org,a\nF,Ed,,a\nG,Flo,flo@example.org,a\n"
)


def test_moodles_gradebook_has_only_those_who_have_points(tmp_path):
    rows = [
        ImportRow("Bo C", score=3, feedback="=1+1"),
        ImportRow("Ana B", score=17.25),
        ImportRow("Cy D"),
        ImportRow("Di E", score=3),
        ImportRow("Ed F", score=3),
        ImportRow("Flo G", score=3, why="open answers wait."),
        ImportRow("Guy H", score=3),
    ]
    made = moodle_gradebook(put(tmp_path, LIST), rows, "Exercise 2", points=20, by_name=True)
    assert cells(made) == [
        ["Email address", "Exercise 2", "Feedback"],
        ["bo@example.org", "3", "'=1+1"],
        ["ana@example.org", "17.25", ""],
    ]
    assert len(made.sentences) == 5
    again = [rows[0], rows[0]]
    twice = moodle_gradebook(put(tmp_path, LIST), again, "Exercise 2", points=20, by_name=True)
    assert twice.filled == 0
    with pytest.raises(ImportRefused, match="Nobody in"):
        moodle_gradebook(put(tmp_path, "Full name\nAna B\n"), rows, "Exercise 2", points=20)


def test_a_note_goes_into_the_comments_also_where_there_are_no_points(tmp_path):
    rows = [
        ImportRow(
            "B, Ana", {"identifier": "201"}, score=3, feedback="3 of 20.", note="<i>Well</i>"
        ),
        ImportRow("C, Bo", {"identifier": "202"}, why="open answers wait.", note="=see me"),
    ]
    made = moodle(tmp_path, rows)
    assert [line[4] for line in cells(made)[1:]] == ["3", "12.00", ""]
    assert [line[8] for line in cells(made)[1:]] == [
        "&lt;i&gt;Well&lt;/i&gt;<br>3 of 20.",
        "'=see me",
        "",
    ]
    assert made.filled == 1
    listed = put(tmp_path, "Full name,Email address\nAna B,ana@example.org\nBo C,bo@example.org\n")
    table = moodle_gradebook(listed, rows, "Exercise 2", points=20, by_name=True)
    assert [line[0] for line in cells(table)[1:]] == ["ana@example.org"]
    canvas_rows = [ImportRow("C, Bo", {"id": "102"}, note="see me")]
    assert cells(canvas(tmp_path, canvas_rows))[4][-1] == "12.5"


# --- the list of another assignment or class ------------------------------------------------------


@pytest.mark.parametrize("fill", [canvas, moodle])
def test_a_list_on_which_only_names_fit_is_not_filled_unless_the_teacher_says_so(tmp_path, fill):
    other = [
        ImportRow("B, Ana", {"id": "901", "identifier": "901"}, score=17.25),
        ImportRow("D, Cy", {"id": "902", "identifier": "902"}, score=3),
        ImportRow("X, Nobody", {"id": "903", "identifier": "903"}, score=3),
    ]
    with pytest.raises(ImportRefused, match=r"only names fit \(2 of 3 students\).*--by-name"):
        fill(tmp_path, other)
    no_ids = [ImportRow("B, Ana", score=17.25)]
    with pytest.raises(ImportRefused, match=r"only names fit"):
        fill(tmp_path, no_ids)
    made = fill(tmp_path, other, by_name=True)
    assert dict(made.by) == {"name": 2}
    with pytest.raises(ImportRefused, match=r"Nobody of the 1 student is on .*another class"):
        fill(tmp_path, other[2:], zero_for={"missing"})


def test_a_list_without_moodles_numbers_is_said_to_be_one_and_not_another_class(tmp_path):
    text = "First name,Last name,Email address\nAna,B,a@example.org\nCy,D,c@example.org\n"
    kinds = ("identifier", "email", "id number", "user name")
    rows = [ImportRow("Ana B", dict.fromkeys(kinds, "3010"), score=17)]
    with pytest.raises(
        ImportRefused, match=r"numbers in Moodle's download.*1 of 1.*--by-name"
    ) as no:
        moodle_gradebook(put(tmp_path, text), rows, "Exercise 2", points=20)
    assert "another" not in str(no.value)
    made = moodle_gradebook(put(tmp_path, text), rows, "Exercise 2", points=20, by_name=True)
    assert cells(made)[1][:2] == ["a@example.org", "17"]
    other = [ImportRow("Ana B", dict.fromkeys(kinds, "ana@other.org"), score=17)]
    with pytest.raises(ImportRefused, match="another assignment or class"):
        moodle_gradebook(put(tmp_path, text), other, "Exercise 2", points=20)


def test_two_people_of_one_name_do_not_open_the_list_of_another_class(tmp_path):
    twice = WORKSHEET + "Participant 204,Cy D,e@example.org,Submitted,,20.00,Yes,-,\n"
    rows = [ImportRow("Ana B", {"identifier": "9"}, score=3), ImportRow("Cy D", score=3)]
    with pytest.raises(ImportRefused, match="only names fit"):
        moodle(tmp_path, rows, twice)


def test_where_ids_fit_another_id_is_left_out_and_gets_no_zero_for_missing(tmp_path):
    rows = [ROWS[0], ImportRow("D, Cy", {"id": "999", "identifier": "999"}, score=3)]
    made = moodle(tmp_path, rows, zero_for={"missing"})
    assert [line[4] for line in cells(made)[1:]] == ["17.25", "0", ""]
    assert dict(made.by) == {"id": 1, "": 1}
    assert any(
        s.startswith("D, Cy: left out; the name is") and "--by-name" in s for s in made.sentences
    )
    both = moodle(tmp_path, rows, by_name=True)
    assert [line[4] for line in cells(both)[1:]] == ["17.25", "12.00", "3"]
    assert (dict(both.by), both.column) == ({"id": 1, "name": 1}, "Grade")


def test_those_whose_open_answers_wait_are_one_sentence(tmp_path):
    head, *_ = WORKSHEET.splitlines(keepends=True)
    names = [f"Ana {letter * 2}" for letter in "ABCDEFGH"]
    lines = [f"Participant {n},{name},,,,20.00,Yes,-,\n" for n, name in enumerate(names, 300)]
    why = "open answers wait for your mark."
    rows = [
        ImportRow(name, {"identifier": str(n)}, score=3, why=why)
        for n, name in enumerate(names, 300)
    ]
    (said,) = moodle(tmp_path, rows, head + "".join(lines)).sentences
    assert said.startswith(f"8 students: left as they were; {why} (Ana AA, ")
    assert said.endswith("Ana EE and 3 more, all in open-answers.csv)")
    empty = [ImportRow(row.name, row.ids, why="nothing is answered.") for row in rows]
    (said,) = moodle(tmp_path, empty, head + "".join(lines)).sentences
    assert all(name in said for name in names)


# --- from a gradebook -------------------------------------------------------------------------


GRADEBOOK = (
    "student,name,code,exercise,status,score,max_score,q1,reason\n"
    '101,"B, Ana",fox-1,ex02,marked,17.25,20,7,\n'
    '101,"B, Ana",fox-1,ex02,older copy,,,,A newer one counts.\n'
    '102,"C, Bo",owl-2,ex02,marked,9,17,5,"Waits for your mark in open-answers.csv: q6 (of 3)."\n'
    '103,"D, Cy",elk-3,ex02,partly marked,9,20,5,One answer.\n'
    '104,"E, Di",bee-4,ex02,empty,,,,Nothing is answered in this file.\n'
    ",,,,not gradable,,,,Not an answers file: a picture.\n"
    '104,"E, Di",,,not gradable,,,,Not an answers file: a picture.\n'
    "102,,,ex02,marked,20,20,7,\n"
    '\'=1,"=X",ant-5,ex02,marked,3,20,7,\n'
    '101,"B, Ana",fox-1,ex01,marked,3,10,3,\n'
)


def results(tmp_path, exercise="ex02", text=GRADEBOOK):
    path = tmp_path / "gradebook.csv"
    path.write_text(text, encoding="utf-8-sig")
    return results_in(tmp_path, exercise, ("id",))


def test_the_gradebook_gives_the_rows_that_count(tmp_path):
    found = results(tmp_path)
    assert found.points == 20
    assert [(row.ids.get("id"), row.score, bool(row.why)) for row in found.rows] == [
        ("101", 17.25, False),
        ("102", 9, True),
        ("103", 9, True),
        ("104", None, True),
        ("104", None, True),
        (None, 20, False),  # a code that looks like somebody's id is none
        (None, 3, False),  # an id that was made safe for spreadsheets is not exact any more
    ]
    assert found.rows[5].code == "102"
    assert results(tmp_path, "ex01").points == 10


def test_an_exercise_must_be_named_where_there_are_several(tmp_path):
    with pytest.raises(ImportRefused, match="ex01, ex02"):
        results(tmp_path, "")
    with pytest.raises(ImportRefused, match="--exercise"):
        results(tmp_path, "ex07")
    with pytest.raises(ImportRefused, match="no folder that `grade` has written"):
        results_in(tmp_path / "nowhere", "ex02", ("id",))


def test_the_notes_of_the_table_go_with_their_students(tmp_path):
    notes = "exercise,student,note,remark,row\nex02,101,Well argued.,,\nex01,101,Not here.,,\nex02,104,See me.,,\n"
    (tmp_path / "notes.csv").write_text(notes, encoding="utf-8-sig")
    found = results(tmp_path).rows
    assert [row.note for row in found][:4] == ["Well argued.", "", "", "See me."]
    assert found[0].words.startswith("Well argued.\n17.25 of 20 points.")


def command(*words):
    from typer.testing import CliRunner

    from briefing.cli import app

    return CliRunner().invoke(app, list(map(str, words)))


def test_the_commands_write_a_file_and_say_who_is_left_out(tmp_path):
    results(tmp_path)
    out = tmp_path / "import.csv"
    words = (
        "canvas",
        put(tmp_path, CANVAS),
        "--marked",
        tmp_path,
        "--exercise",
        "ex02",
        "--out",
        out,
    )
    done = command(*words)
    assert done.exit_code == 0, done.output
    assert "Points for 1 student in" in done.output
    assert "ex02 goes into the column “Exercise ex02 (22)”: 1 found by id." in done.output
    assert "C, Bo: left as it was; open answers wait for your mark." in done.output
    assert "17.25" in out.read_text(encoding="utf-8")
    out.write_bytes(out.read_bytes().replace(b"17.25", b"18"))
    again = command(*words)
    assert f"The NEW one is {tmp_path / 'import-2.csv'}." in again.output
    assert f"in {tmp_path / 'import-2.csv'}. Give it to Canvas: Grades, Import." in again.output
    assert b"18" in out.read_bytes()
    sheet = put(tmp_path, WORKSHEET.replace("Ana B", '"B, Ana"'))
    moodle_out = ("--out", tmp_path / "moodle.csv", "--by-name")
    done = command("moodle", sheet, "--marked", tmp_path, "--exercise", "ex02", *moodle_out)
    assert "Points for 1 student" in done.output
    listed = put(tmp_path, LIST)
    item = ("--gradebook", "Exercise 2", "--out", tmp_path / "plain.csv", "--by-name")
    done = command("moodle", listed, "--marked", tmp_path, "--exercise", "ex02", *item)
    assert "Points for 1 student" in done.output


def test_no_sign_that_moodle_reads_as_its_own_takes_the_next_cell_into_a_name(tmp_path):
    # Moodle writes the table anew, and "Ana B\" would not close its cell there: another number is the grade then.
    text = WORKSHEET.replace("Ana B", "Ana B\\").replace("Submitted,,", "Sub\\mitted\\,,")
    text = text.replace("Kept words", "Kept \\ words\\").replace("a@example", "a\\@example")
    row = ImportRow(
        "Ana B", {"identifier": "201"}, score=17.25, feedback="15 of 20.", note="So :\\"
    )
    made = moodle(tmp_path, [row], text)
    assert b"\\" not in made.data
    first, second = cells(made)[1:3]
    assert (first[1], first[4], second[8]) == ("Ana B/", "17.25", "Kept &#92; words&#92;")
    assert first[8].endswith("So :&#92;") or first[8].startswith("So :&#92;")


def test_an_id_with_a_sign_of_moodles_own_is_left_out_and_said(tmp_path):
    people = "Full name,Username\nAna B,school\\ana\nBo C,bo\n"
    rows = [ImportRow("Ana B", score=3), ImportRow("Bo C", score=4, feedback="\\")]
    made = moodle_gradebook(put(tmp_path, people), rows, "Ex 2", points=20, by_name=True)
    assert cells(made)[1:] == [["bo", "4", "&#92;"]]
    assert "Ana B: left out of the file" in " ".join(made.sentences)


def test_points_so_far_say_that_the_column_is_out_of_more(tmp_path):
    results(tmp_path)
    words = ("--marked", tmp_path, "--exercise", "ex02", "--out", tmp_path / "import.csv")
    whole = command("canvas", put(tmp_path, CANVAS), *words)
    assert "so far" not in whole.output
    done = command("canvas", put(tmp_path, CANVAS), *words, "--unfinished")
    assert done.exit_code == 0, done.output
    assert (
        "1 student: points so far, while open answers wait for your mark (--unfinished). They go into a column "
        "out of 20 as if they were all: 9 of 17 stands there as 9 of 20." in done.output
    )
    scaled = put(tmp_path, CANVAS.replace("20.00", "100"))
    done = command("canvas", scaled, *words, "--unfinished")
    assert "9 of 17 stands there as 45 of 100." in done.output
