"""A name that was changed since the list was exported costs nobody their mark, and gives nobody another's."""

import pytest
from test_attack_files import marked, rows
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions
from briefing.marking.hand_ins import Layout, Roster, listed

needs_key = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
WORKSHEET = (
    "Identifier,Full name,Status\nParticipant 101,Ana Bell,S\nParticipant 102,Søren Ødegård,S\n"
    "Participant 103,Cai Dunn,S\n"
)
GRADES = (
    'Student,ID,SIS Login ID,Section,ex02 (7)\n"    Points Possible",,,,20\n"Bell, Ana",101,ab,A,\n'
    '"Ødegård, Søren",102,so,A,\n"Dunn, Cai",103,cd,A,\n'
)
USERS = "Username,Name\nab,Ana Bell\nso,Søren Ødegård\ncd,Cai Dunn\n"
PARTICIPANTS = (
    "First name,Last name,ID number,Groups\nAna,Bell,S1,Red\nBo,Carr,S2,Red\nCai,Dunn,S3,Red\n"
    "Di,Ewing,S4,Blue\n"
)


def moodle(name, number):
    return f"{name}_{number}_assignsubmission_file_/ex02.json"


def canvas(name, number, upload=7):
    return f"{name}_{number}_{upload}_ex02.json"


def roster(folder, text):
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def whose(folder, people, *paths, layout=None):
    folder.mkdir(exist_ok=True)
    for path in paths:
        put(folder, f"class/{path}", b"{}")
    refs = listed(folder / "class", roster=Roster.read(roster(folder, people)), layout=layout)
    return {ref.path: ref for ref in refs}


def blackboard(folder, name, user):
    before = f"class/Ex 2_{user}_attempt_2026-11-22-19-40-00"
    put(folder, f"{before}_ex02.json", b"{}")
    put(folder, f"{before}.txt", f"Name: {name} ({user})\n".encode())


@pytest.mark.parametrize("name", ["Soeren Oedegaard", "Sam Smith", "索伦", "Cai Dunn"])
def test_who_has_another_name_now_is_known_by_the_platforms_id(tmp_path, name):
    own = moodle(name, 102)
    refs = whose(tmp_path, WORKSHEET, moodle("Ana Bell", 101), own, moodle("Cai Dunn", 103))
    assert [ref.who.id for ref in refs.values()].count("102") == 1
    assert (refs[own].who.id, refs[own].who.told_by) == ("102", "roster")
    assert f"“{name}”" in refs[own].notes[0]
    assert "“Søren Ødegård”" in refs[own].notes[0]


def test_so_it_is_in_canvas_and_blackboard(tmp_path):
    paths = (canvas("bellana", 101), canvas("smithsam", 102), canvas("dunncai", 103))
    refs = whose(tmp_path / "canvas", GRADES, *paths)
    assert {ref.who.id for ref in refs.values()} == {"101", "102", "103"}
    for name, user in (("Ana Bell", "ab"), ("Sam Smith", "so"), ("Cai Dunn", "cd")):
        blackboard(tmp_path / "board", name, user)
    refs = whose(tmp_path / "board", USERS)
    assert {ref.who.id for ref in refs.values()} == {"ab", "so", "cd"}


def test_ids_of_another_list_are_nobodys(tmp_path):
    """A table of one's own may count its people from 101, too."""
    paths = (canvas("dunncai", 101), canvas("bellana", 102), canvas("smithsam", 103))
    refs = whose(tmp_path, GRADES, *paths)
    assert refs[paths[2]].who.id == "103 (canvas)"
    assert "who has no such name there: not guessed" in refs[paths[2]].notes[0]


def test_somebody_else_of_an_absent_ones_name_is_not_taken_for_them(tmp_path):
    other = canvas("bellana", 909)
    refs = whose(tmp_path, GRADES, other, canvas("ødegårdsøren", 102), canvas("dunncai", 103))
    assert (refs[other].who.id, refs[other].who.told_by) == ("909", "shared")
    assert "whose id there is 101 and not 909" in refs[other].notes[0]


def test_a_worksheet_of_another_week_still_tells_names(tmp_path):
    week = moodle("Ana Bell", 501), moodle("Cai Dunn", 503)
    refs = whose(
        tmp_path,
        WORKSHEET,
        *(f"week 1/{path}" for path in week),
        f"week 2/{moodle('Ana Bell', 101)}",
        f"week 2/{moodle('Cai Dunn', 103)}",
    )
    assert [ref.who.id for ref in refs.values()] == ["101", "103"] * 2


@pytest.mark.parametrize("now", ["odegardsøren", "smithsøren", "smithsam"])
def test_a_name_changed_between_two_weeks_of_canvas_parts_nobody(tmp_path, now):
    weeks = (("w1", "ødegårdsøren"), ("w2", now))
    paths = [
        f"{week}/{canvas(name, number)}"
        for week, own in weeks
        for name, number in (("bellana", 101), (own, 102), ("dunncai", 103))
    ]
    refs = whose(tmp_path, GRADES, *paths)
    assert sorted(ref.who.id for ref in refs.values()) == ["101", "101", "102", "102", "103", "103"]


@needs_key
def test_who_is_called_as_a_group_gives_its_members_nothing(tmp_path):
    people = (("Ana Bell", 101, "ana-1"), ("Red", 102, "bo-1"), ("Di Ewing", 104, "di-1"))
    for name, number, code in people:
        put(tmp_path, f"class/{moodle(name, number)}", answers_file(student=code))
    lines, _ = marked(
        tmp_path / "class", tmp_path / "out", "--roster", str(roster(tmp_path, PARTICIPANTS))
    )
    status = {line["student"]: line["status"] for line in lines}
    assert status == {
        "S1": "marked",
        "S2": "nothing handed in",
        "S3": "nothing handed in",
        "S4": "marked",
        "102": "marked",
    }
    totals = {
        line["student"]: line["total in percent"] for line in rows(tmp_path / "out/totals.csv")
    }
    assert totals["S2"] == totals["S3"] == ""


def test_a_group_called_as_a_student_is_not_that_student(tmp_path):
    people = (
        "Identifier,Full name,Group,Status\nParticipant 101,Ana Bell,Red,S\n"
        "Participant 102,Bo Carr,Blue,S\nParticipant 103,Cai Dunn,Old name,S\n"
    )
    forged = moodle("Ana Bell", 79)
    refs = whose(tmp_path, people, moodle("Red", 77), moodle("Blue", 78), forged)
    assert refs[forged].who.id == "79"
    assert "a group can have any name" in refs[forged].notes[0]


@pytest.mark.parametrize("named", ["ab", "so", "Cai Dunn", "bell, ana"])
def test_a_folder_may_be_called_by_an_id_or_by_a_name(tmp_path, named):
    own = {"ab": "ab", "so": "so", "Cai Dunn": "cd", "bell, ana": "ab"}[named]
    refs = whose(tmp_path, USERS, f"{named}/ex02.json", layout=Layout.FOLDERS)
    (ref,) = refs.values()
    assert (ref.who.id, ref.who.told_by) == (own, "roster")


def test_a_folder_called_by_a_classmates_id_does_not_take_the_classmates_place(tmp_path):
    refs = whose(
        tmp_path, USERS, "Ana Bell/a.json", "ab/b.json", "so/c.json", layout=Layout.FOLDERS
    )
    assert {path: ref.who.told_by for path, ref in refs.items()} == {
        "Ana Bell/a.json": "shared",
        "ab/b.json": "shared",
        "so/c.json": "roster",
    }
    assert refs["ab/b.json"].who.id == "ab (folders)"
