"""Who may have handed in what is found to be nobody's loses nothing by it: no zero, at no platform and in no total."""

import csv
import io

import pytest
from test_hand_ins_imports import canvas, cells
from test_marking_cli import run
from test_marking_grade import answers_file, gradebook, put

from briefing.keys import has_solutions
from briefing.marking.imports import ImportRow, moodle_gradebook

needs_key = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
THIRD = {"q3": {"kind": "choice", "chosen": ["chain:c", "heard:a"]}}
PEOPLE = "First name,Last name,Email address\n" + "".join(
    f"{name},X,{mail}@example.org\n"
    for name, mail in (("Ana", "ana"), ("Bo", "bo"), ("Di", "di"), ("Di", "eve"), ("Gus", "gus"))
)


def marked(folder, handed_in, rules='missing = "zero"\n', people=PEOPLE):
    """Mark a class; return what was said, the gradebook's status by student, and the totals by student."""
    for week, name, own in handed_in:
        answers = answers_file(
            THIRD if week == 3 else None, student=f"own-{own}", exercise=f"ex0{week}"
        )
        put(folder, f"class/{name} X_{own}_assignsubmission_file/{week}.answers.json", answers)
    put(folder, "marking.toml", rules.encode())
    path = put(folder, "list.csv", people.encode())
    told = run("grade", folder / "class", "--roster", path, "--out", folder / "out")
    assert told.exit_code == 0, told.output
    lines = gradebook(folder / "out")
    totals = csv.DictReader(io.StringIO((folder / "out/totals.csv").read_text("utf-8-sig")))
    return (
        told.output,
        {(line["student"].split("@")[0], line["exercise"]): line for line in lines},
        {line["student"].split("@")[0]: line for line in totals},
    )


BOTH = [(week, name, own) for week in (2, 3) for name, own in (("Ana", 11), ("Bo", 12))]
ALIKE = [(2, "Di", 13), (2, "Di", 14)]


@needs_key
def test_of_two_of_one_name_whose_files_are_there_nobody_has_handed_in_nothing(tmp_path):
    said, rows, _ = marked(tmp_path, [*BOTH, *ALIKE])
    for who in ("di", "eve"):
        assert rows[who, "ex02"]["status"] == "perhaps handed in"
        assert "“13” and “14”" in rows[who, "ex02"]["reason"]
        assert rows[who, "ex03"]["status"] == "nothing handed in"
    assert rows["gus", "ex02"]["status"] == "nothing handed in"
    assert "handed in nothing (ex02): Gus X." in said
    assert "2 perhaps handed in" in said
    told = run(
        "pages", tmp_path / "out", "--exercise", "ex02", "--out", tmp_path / "pages.zip"
    ).output
    assert "2 have no page, for whose it is what may be theirs is not known" in told
    assert "1 on the class list handed in nothing" in told


@needs_key
def test_where_what_is_missing_is_zero_what_is_perhaps_theirs_is_not(tmp_path):
    _, _, totals = marked(tmp_path, [*BOTH, *ALIKE])
    for who in ("di", "eve"):
        line = totals[who]
        assert (line["total in percent"], line["weight counted"], line["of"]) == ("0", "1", "2")
        assert line["no mark for"] == "ex02, ex03"
    assert totals["gus"]["weight counted"] == "2"
    assert totals["ana"]["weight counted"] == "2"


@needs_key
def test_what_is_of_nobody_on_the_list_spares_only_whom_it_can_mean(tmp_path):
    one_di = PEOPLE.replace("Di,X,eve", "Eve,X,eve").replace("Email address", "ID number")
    stranger = [*BOTH, (2, "Zed", 99)]
    _, rows, totals = marked(tmp_path, stranger, people=one_di)
    assert {line["status"] for (_, ex), line in rows.items() if ex == "ex02"} == {
        "marked", "nothing handed in",
    }  # fmt: skip
    assert totals["di"]["weight counted"] == "2"


@needs_key
def test_files_of_two_codes_under_one_name_are_no_zero_for_whom_they_name(tmp_path):
    for name, code in (("Di X", "own-1"), ("Di X (1)", "own-2")):
        put(tmp_path, f"class/ex02 - {name}.json", answers_file(student=code))
    names = ("Ana", "Bo", "Cy", "Ed")
    for week in (2, 3):
        for name in names:
            answers = answers_file(
                THIRD if week == 3 else None, student=name, exercise=f"ex0{week}"
            )
            put(tmp_path, f"class/ex0{week} - {name} X.json", answers)
    put(tmp_path, "marking.toml", b'missing = "zero"\n')
    people = "name,id\n" + "".join(f"{name} X,{name.lower()}\n" for name in (*names, "Di"))
    path = put(tmp_path, "list.csv", people.encode())
    words = ("grade", tmp_path / "class", "--roster", path, "--layout", "google")
    told = run(*words, "--out", tmp_path / "out")
    assert told.exit_code == 0, told.output
    totals = csv.DictReader(io.StringIO((tmp_path / "out/totals.csv").read_text("utf-8-sig")))
    di = next(line for line in totals if line["student"] == "di")
    assert (di["weight counted"], di["of"]) == ("1", "2")


def test_whom_no_zero_was_given_is_named(tmp_path):
    text = (
        "Student,ID,SIS Login ID,Section,ex02 (7)\n    Points Possible,,,,20\n"
        '"X, Ana",1,ana,A,\n"X, Di",2,di,A,\n"X, Di",3,eve,A,\n"X, Gus",4,gus,A,\n'
    )
    rows = [ImportRow("Ana X", {"id": "1"}, score=3), ImportRow("Di X", {"id": "9"}, score=4)]
    made = canvas(tmp_path, rows, text, zero_for={"missing"})
    assert [line[-1] for line in cells(made)[2:]] == ["3", "", "", "0"]
    said = " ".join(made.sentences)
    assert (
        "2 students: left as they were; what is left out may be theirs, so no zero. (X, Di, 2; X, Di, 3)"
        in said
    )


def test_two_on_the_list_with_one_address_get_no_line_by_it(tmp_path):
    people = "Full name,Email address\nAna B,a@example.org\nBo C,both@example.org\nCy D,BOTH@example.org\n"
    rows = [ImportRow("Ana B", {"email": "a@example.org"}, score=3), ImportRow("Bo C", score=4)]
    path = put(tmp_path, "list.csv", people.encode())
    made = moodle_gradebook(path, rows, "Ex 2", points=20, zero_for={"missing"}, by_name=True)
    assert cells(made)[1:] == [["a@example.org", "3", ""]]
    said = " ".join(made.sentences)
    assert (
        "Bo C: left out of the file; 2 people on the list have the email both@example.org." in said
    )
