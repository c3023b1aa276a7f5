"""Who handed in nothing, and for what: a file that cannot be read takes no classmate's word for it."""

import json

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, gradebook, put

from briefing.keys import has_solutions

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo")
LIST = "Identifier,Full name,Status\n" + "".join(
    f"Participant {n + 11},{name} X,S\n" for n, name in enumerate((*NAMES, "Eve", "Gus"))
)
PEOPLE = "Full name,Email address\n" + "".join(
    f"{name} X,{name.lower()}@example.org\n" for name in (*NAMES, "Eve", "Gus")
)
THIRD = {"q3": {"kind": "choice", "chosen": ["chain:c", "heard:a"]}}
CY = "Cy X_13_assignsubmission_file/my answers.pdf"


def hand_in(folder, week=2, names=NAMES):
    for name in names:
        answers = answers_file(THIRD if week == 3 else None, student=name, exercise=f"ex0{week}")
        own = NAMES.index(name) + 11
        put(folder, f"{name} X_{own}_assignsubmission_file/a.answers.json", answers)


def nothing(folder, roster):
    """Who handed in nothing for which exercise, as the gradebook has it."""
    path = put(folder, "list.csv", roster.encode())
    told = run("grade", folder / "class", "--roster", path, "--out", folder / "out")
    assert told.exit_code == 0, told.output
    lines = gradebook(folder / "out")
    absent = [line for line in lines if line["status"] == "nothing handed in"]
    return {(line["name"].removesuffix(" X"), line["exercise"]) for line in absent}


EVES = {
    "an exercise that is none": '{"format": "reading-the-briefing/answers", "exercise": "zz99"',
    "damaged": '{"format": "reading-the-briefing/answers", "exercise": "ex03"',
    "whole": json.dumps(answers_file(THIRD, student="eve-1", exercise="ex03")),
}


@pytest.mark.parametrize("eves", EVES)
def test_one_file_of_another_exercise_makes_nobody_absent_who_handed_something_in(tmp_path, eves):
    hand_in(tmp_path / "class", names=[name for name in NAMES if name != "Cy"])
    put(tmp_path / "class", CY, b"%PDF-1.4 honest mistake")
    before = nothing(tmp_path, LIST)
    assert before == {("Eve", "ex02"), ("Gus", "ex02")}
    path = "Eve X_17_assignsubmission_file/x.answers.json"
    put(tmp_path / "class", path, EVES[eves].encode())
    after = nothing(tmp_path, LIST)
    # A whole file of an exercise of the course's: that the others have none is true.
    others = {(name, "ex03") for name in (*NAMES, "Gus")} if eves == "whole" else set()
    eve = {("Eve", "ex02")} if eves == "whole" else set()
    assert after == {("Gus", "ex02")} | eve | others


@pytest.mark.parametrize("week", [2, 3])
def test_of_several_weeks_a_file_that_cannot_be_read_is_one_for_its_own(tmp_path, week):
    for one in (2, 3):
        names = [name for name in NAMES if name != "Cy"]
        hand_in(tmp_path / f"class/week{one}", one, names)
    put(tmp_path / f"class/week{week}", CY, b"%PDF-1.4 honest mistake")
    absent = nothing(tmp_path, PEOPLE)
    assert {one for one in absent if one[0] == "Cy"} == {("Cy", f"ex0{5 - week}")}


@pytest.mark.parametrize("eves", EVES)
def test_nor_makes_it_the_members_of_a_group_absent(tmp_path, eves):
    head = LIST.replace("Status\n", "Group\n").replace(",S\n", ",{}\n")
    roster = head.format("A", "A", "B", "B", "C", "C", "D", "D")
    put(tmp_path / "class", "A_91_assignsubmission_file/a.json", answers_file(student="ana"))
    put(tmp_path / "class", "B_92_assignsubmission_file/a.pdf", b"%PDF-1.4 honest mistake")
    put(tmp_path / "class", "C_93_assignsubmission_file/a.json", answers_file(student="ed"))
    path = "D_94_assignsubmission_file/x.answers.json"
    put(tmp_path / "class", path, EVES[eves].encode())
    assert not {("Cy", "ex02"), ("Di", "ex02")} & nothing(tmp_path, roster)


def test_where_nothing_can_be_read_it_says_who_handed_in_nothing(tmp_path):
    put(tmp_path / "class", CY, b"%PDF-1.4 honest mistake")
    path = "Eve X_17_assignsubmission_file/x.answers.json"
    put(tmp_path / "class", path, EVES["damaged"].encode())
    absent = nothing(tmp_path, LIST)
    assert {name for name, _ in absent} == {*NAMES, "Gus"} - {"Cy"}
