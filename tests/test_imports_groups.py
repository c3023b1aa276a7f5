"""Group assignments of Moodle: each member gets what the group handed in, and what is unclear is said."""

import csv
import io
import json
import zipfile

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking import hand_ins
from briefing.marking.hand_ins.names import group_key
from briefing.marking.hand_ins.roster import Roster
from briefing.marking.imports import (
    ImportRefused,
    ImportRow,
    moodle_gradebook,
    moodle_pages,
    moodle_worksheet,
    plain_pages,
)
from briefing.marking.naming import page_name
from briefing.marking.page_list import Listed
from briefing.marking.row_status import RowStatus

SHEET = (
    "Identifier,Full name,Email address,Status,Group,Grade,Maximum grade,"
    "Last modified (grade),Feedback comments\n"
    "Participant 201,Ana B,a@example.org,Submitted,R&D: one,,20.00,-,\n"
    "Participant 202,Bo C,b@example.org,Submitted,R&D: one,,20.00,-,\n"
    "Participant 203,Cy D,c@example.org,No submission,Team 2,,20.00,-,\n"
    "Participant 204,Di E,d@example.org,Submitted,Default group,,20.00,-,\n"
)
ABSENT = [
    ImportRow(name, {"identifier": number})
    for name, number in (("Ana B", "201"), ("Bo C", "202"), ("Cy D", "203"), ("Di E", "204"))
]


def put(tmp_path, text=SHEET):
    path = tmp_path / "worksheet.csv"
    path.write_text(text, encoding="utf-8")
    return path


def of(group, number="77", score=15.0, **more):
    return ImportRow(group, {"identifier": number}, "fox-1", score, feedback="15 of 20.", **more)


def grades(tmp_path, rows, text=SHEET, absent=ABSENT, **more):
    made = moodle_worksheet(put(tmp_path, text), rows, points=20, absent=absent, **more)
    lines = list(csv.DictReader(io.StringIO(made.data.decode("utf-8"))))
    return {line["Full name"]: line["Grade"] for line in lines}, " ".join(made.sentences), made


def test_each_member_gets_the_groups_points_and_words(tmp_path):
    got, said, made = grades(tmp_path, [of("Ramp;D one"), of("Default group", "Default group", 9)])
    assert got == {"Ana B": "15", "Bo C": "15", "Cy D": "", "Di E": "9"}
    assert made.by == {"group": 3}
    assert made.data.decode().count("15 of 20.") == 3
    assert "Nothing is there of these groups (Team 2: Cy D)." in said
    assert "left out" not in said


def test_no_zero_for_a_member_of_a_group_that_handed_in(tmp_path):
    zero = {"zero_for": {"missing"}}
    assert grades(tmp_path, [of("R&D one")], **zero)[0] == {
        "Ana B": "15",
        "Bo C": "15",
        "Cy D": "0",
        "Di E": "0",
    }
    waits = of("R&D one", why="open answers wait for your mark.")
    got, said, _ = grades(tmp_path, [waits], **zero)
    assert (got["Ana B"], got["Bo C"]) == ("", "")
    assert "Ana B; Bo C" in said
    cannot = of("R&D one", score=None)
    assert grades(tmp_path, [cannot], **zero)[0]["Ana B"] == ""


def test_where_a_file_is_nobodys_no_other_group_gets_a_zero(tmp_path):
    renamed = of("Team two", "78")
    got, said, _ = grades(tmp_path, [of("R&D one"), renamed], zero_for={"missing"})
    assert (got["Ana B"], got["Cy D"], got["Di E"]) == ("15", "", "")
    assert "Team two: left out" in said
    assert "They get no zero" in said


def test_a_large_class_without_hand_ins_is_one_short_sentence(tmp_path):
    many = "".join(
        f"Participant {n},Student {n},,,Group {n % 20},,20,-,\n" for n in range(300, 900)
    )
    got, said, _ = grades(tmp_path, [of("R&D one")], SHEET + many)
    assert got["Ana B"] == "15"
    assert "Group 0: Student 300, Student 320" in said
    assert "20 more; " in said
    assert len(said) < 3_000


def test_two_hand_ins_of_a_group_are_said_and_neither_is_taken(tmp_path):
    twice = [of("R&D one"), of("R&D one", "78", 3)]
    got, said, _ = grades(tmp_path, twice, zero_for={"missing"})
    assert (got["Ana B"], got["Bo C"]) == ("", "")
    assert "two hand-ins are of their group" in said


def test_a_member_with_a_hand_in_of_their_own_is_said(tmp_path):
    own = ImportRow("Ana B", {"identifier": "201"}, score=20)
    got, said, _ = grades(tmp_path, [of("R&D one"), own], zero_for={"missing"})
    assert (got["Ana B"], got["Bo C"]) == ("", "15")
    assert "Ana B: left as it was; their group handed in, and so did they alone" in said
    picture = ImportRow("Ana B", {"identifier": "201"})
    assert grades(tmp_path, [of("R&D one"), picture])[0]["Ana B"] == "15"


def test_a_group_of_one_name_with_a_student_is_the_students_only_by_the_id(tmp_path):
    text = SHEET.replace("R&D: one", "Cy D")
    got, _, _ = grades(tmp_path, [of("Cy D")], text)
    assert got == {"Ana B": "15", "Bo C": "15", "Cy D": "", "Di E": ""}
    got, _, _ = grades(tmp_path, [of("Cy D", "203")], text)
    assert got == {"Ana B": "", "Bo C": "", "Cy D": "15", "Di E": ""}


def test_two_groups_that_a_path_cannot_tell_apart_are_said(tmp_path):
    text = SHEET.replace("Team 2", "RD one")
    got, said, _ = grades(tmp_path, [of("RD one")], text, zero_for={"missing"})
    assert (got["Ana B"], got["Cy D"]) == ("", "")
    assert "two groups on the list could be meant" in said


def test_a_groups_name_alone_does_not_open_the_worksheet_of_another_assignment(tmp_path):
    with pytest.raises(ImportRefused, match="mark with --roster and this list"):
        grades(tmp_path, [of("R&D one")], absent=())
    other = [ImportRow(row.name, {"identifier": "9" + row.ids["identifier"]}) for row in ABSENT]
    with pytest.raises(ImportRefused, match="only names fit"):
        grades(tmp_path, [of("R&D one")], absent=other)
    assert grades(tmp_path, [of("R&D one")], absent=(), by_name=True)[2].filled == 2


@pytest.mark.parametrize("heading", ["Gruppe", "Groupe", "Grupo", "Groep", "Grup", "群组"])
def test_the_column_is_known_in_other_languages(tmp_path, heading):
    text = SHEET.replace(",Group,", f",{heading},")
    assert grades(tmp_path, [of("R&D one")], text)[2].filled == 2


def test_moodles_gradebook_gives_no_zero_to_a_member_and_says_where_the_points_go(tmp_path):
    text = (
        'First name,Last name,Email address,Groups\nAna,B,a@x.org,"Lab, Team 9"\nCy,D,c@x.org,Lab\n'
    )
    rows = [
        ImportRow("Team 9", {"email": "77"}, score=15),
        ImportRow("Cy D", {"email": "c@x.org"}, score=3),
    ]
    made = moodle_gradebook(
        put(tmp_path, text), rows, "Exercise 2", points=20, zero_for={"missing"}
    )
    assert b"a@x.org" not in made.data
    assert any("Ana B: left as it was; their group handed in" in said for said in made.sentences)


@pytest.mark.parametrize(
    ("listed", "in_path"),
    [
        ("Team_9", "Team 9"),
        ("R&D", "Ramp;D"),
        ("A/B: 'c'", "AB c"),
        ("=Sum", "'=Sum"),
        ("a;b", "a,b"),
        ("Équipe", "E\u0301quipe"),
        ("Wait...", "Wait"),
    ],
)
def test_a_groups_name_is_known_as_a_path_or_a_table_has_it(listed, in_path):
    assert group_key(listed) == group_key(in_path)


def test_groups_that_differ_by_a_sign_are_not_one():
    assert len({group_key(name) for name in ("Team 1", "Team 11", "C", "C++", "C#", "team 1")}) == 6


COURSE = "First name,Last name,Email address,Groups\n" + "".join(
    f'{name},B,{name.lower()}@x.org,"Team A, Lab"\n' for name in ("Ana", "Bo", "Cy", "Di")
)


@pytest.mark.parametrize("called", ["Team A", "Lab ."])
def test_who_is_called_like_a_group_of_the_course_spares_nobody_in_it_a_zero(tmp_path, called):
    """Groups of the course are no groups of the assignment: what most handed in tells."""
    rows = [
        ImportRow("Ana B", {"email": "7001"}, score=15),
        ImportRow("Bo B", {"email": "7002"}, score=12),
        ImportRow(called, {"email": "7003"}, score=17),
        *[ImportRow(called, {"email": "7003"}, why="damaged") for _ in range(9)],
    ]
    made = moodle_gradebook(
        put(tmp_path, COURSE), rows, "ex02", points=20, zero_for={"missing"}, by_name=True
    )
    lines = csv.DictReader(io.StringIO(made.data.decode()))
    got = {line["Email address"]: line["ex02"] for line in lines}
    assert got == {"ana@x.org": "15", "bo@x.org": "12", "cy@x.org": "0", "di@x.org": "0"}
    assert not any("group" in said for said in made.sentences)
    assert any(said.startswith(f"{called}: left out") for said in made.sentences)


# --- pages ------------------------------------------------------------------------------------


def listed(student, name, *, page=True):
    file = page_name(student, "ex02", "known") if page else ""
    status = RowStatus.MARKED if page else RowStatus.NOTHING
    return Listed(student, "ex02", status, file, True, name)


def parcel(tmp_path, *pages, text=SHEET):
    made = moodle_pages(pages, Roster.read(put(tmp_path, text)))
    return {name.split("_")[1]: page for name, page in made.files.items()}, " ".join(made.sentences)


def test_each_member_gets_the_groups_page(tmp_path):
    group, missing = listed("77", "R&D one"), listed("203", "Cy D", page=False)
    ana = listed("201", "Ana B", page=False)
    got, said = parcel(tmp_path, group, missing, ana)
    assert got == {"201": group.page, "202": group.page}
    assert said == "1 on the class list handed in nothing and have no page."


def test_a_page_of_a_group_goes_to_nobody_where_it_is_unclear(tmp_path):
    group, ana = listed("77", "R&D one"), listed("201", "Ana B")
    got, said = parcel(tmp_path, group, ana)
    assert got == {"201": ana.page, "202": group.page}
    assert (
        "their group handed in, and so did they alone; give the one that counts yourself. (Ana B)"
        in said
    )
    got, said = parcel(tmp_path, group, listed("78", "R&D one"), listed("203", "Cy D"))
    assert list(got) == ["203"]
    assert "two hand-ins are of their group" in said
    mates = [Listed(n, "ex02", RowStatus.BY_GROUP, "", True, "x") for n in ("201", "202")]
    assert "2 have no page of their own: their group handed in" in " ".join(
        plain_pages([group, *mates], None).sentences
    )
    got, said = parcel(tmp_path, group)
    assert not got
    assert "mark with --roster and this list first" in said


# --- the whole way ----------------------------------------------------------------------------


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def download(tmp_path, *folders):
    """A download of Moodle's with the hand-ins of a made-up class in these folders."""
    run("simulate", "--students", 4, "--out", tmp_path / "class", "--layout", "moodle")
    with zipfile.ZipFile(tmp_path / "class" / "hand-ins.zip") as made:
        answers = [made.read(name) for name in made.namelist()]
    whole = [data for data in answers if data[:1] == b"{" and _is_json(data)]
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as made:
        for folder, data in zip(folders, whole, strict=False):
            made.writestr(f"{folder}/ex02.json", data)
    return tmp_path / "download.zip"


def table(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def gradebook(out):
    return table(out / "gradebook.csv")


def _is_json(data):
    try:
        return bool(json.loads(data))
    except ValueError:
        return False


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_a_group_assignment_from_moodles_zip_to_moodles_zip(tmp_path):
    source = download(
        tmp_path, "Ramp;D one_203_assignsubmission_file", "Default group_assignsubmission_file"
    )
    sheet, out = put(tmp_path), tmp_path / "out"
    told = run("grade", source, "--roster", sheet, "--out", out)
    assert "Handed in by groups: 2 rows" in told
    assert "not on the class list" not in told
    rows = {line["name"]: line for line in gradebook(out)}
    group = rows["Ramp;D one".replace(";", ",")]
    for name in ("Ana B", "Bo C"):
        assert rows[name]["status"] == RowStatus.BY_GROUP
        assert rows[name]["score"] == group["score"] != ""
        assert rows[name]["max_score"] == group["max_score"]
        assert group["name"] in rows[name]["reason"].replace(";", ",")
    assert rows["Cy D"]["status"] == RowStatus.NOTHING
    assert "handed in nothing (ex02): Cy D." in told
    totals = {line["student"]: line for line in table(out / "totals.csv")}
    assert totals[rows["Ana B"]["student"]]["ex02"] == totals[group["student"]]["ex02"] != ""
    assert totals[rows["Cy D"]["student"]]["ex02"] == ""
    words = ("moodle", sheet, "--marked", out, "--out", tmp_path / "i.csv", "--unfinished")
    told = run(*words, "--zero-for-missing", "--pages", tmp_path / "p.zip")
    assert "3 found by group, 1 with a zero for handing in nothing" in told
    with (tmp_path / "i.csv").open(encoding="utf-8") as file:
        got = {line["Full name"]: line["Grade"] for line in csv.DictReader(file)}
    assert got["Ana B"] == got["Bo C"] not in ("", "0")
    assert got["Di E"] not in ("", "0")
    assert got["Cy D"] == "0"
    with zipfile.ZipFile(tmp_path / "p.zip") as made:
        pages = {name.split("_")[1]: made.read(name) for name in made.namelist()}
    assert sorted(pages) == ["201", "202", "204"]
    assert pages["201"] == pages["202"] != pages["204"]


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("group", ["R&D: one", "RD one"])
def test_which_of_two_hand_ins_a_member_has_is_not_guessed(tmp_path, group):
    numbers = (77,) if group == "RD one" else (77, 78)  # one will do where two groups have its name
    source = download(tmp_path, *(f"RD one_{number}_assignsubmission_file" for number in numbers))
    text = SHEET.replace("Team 2", group)
    out = tmp_path / "out"
    run("grade", source, "--roster", put(tmp_path, text), "--out", out)
    rows = {line["name"]: line for line in gradebook(out)}
    for name in ("Ana B", "Cy D"):
        assert rows[name]["status"] == RowStatus.BY_GROUP
        assert rows[name]["score"] == ""
        assert "not guessed" in rows[name]["reason"]


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_moodle_before_4_1_gave_each_member_a_copy(tmp_path):
    source = download(tmp_path, "RD one-Ana B_201_assignsubmission_file_")
    with zipfile.ZipFile(source) as made:
        data = made.read(made.namelist()[0])
    with zipfile.ZipFile(source, "a") as made:
        made.writestr("RD one-Bo C_202_assignsubmission_file_/ex02.json", data)
    sheet, out = put(tmp_path), tmp_path / "out"
    run("grade", source, "--roster", sheet, "--out", out)
    told = run("moodle", sheet, "--marked", out, "--out", tmp_path / "i.csv", "--unfinished")
    assert "2 found by id." in told


def test_a_file_that_somebody_named_like_a_group_gives_that_group_nothing(tmp_path):
    typed = ImportRow("Team 2", {}, "mal-1", 20.0)
    got, said, _ = grades(tmp_path, [of("R&D one"), typed], zero_for={"not gradable"})
    assert (got["Ana B"], got["Cy D"]) == ("15", "")
    assert "Team 2: left out" in said
    pages = [
        Listed("77", "ex02", RowStatus.MARKED, "a.html", True, "R&D one"),
        Listed("201", "ex02", RowStatus.NOTHING, "", True, "Ana B"),
        Listed("mal-1", "ex02", RowStatus.MARKED, "b.html", False, "Team 2"),
    ]
    parcel = moodle_pages(pages, Roster.read(put(tmp_path)))
    assert set(parcel.files.values()) == {"a.html"}


def test_a_student_called_like_a_group_takes_nobodys_own_points_away(tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(
        "First name,Last name,Email address,Groups\n"
        "Ana,B,a@example.org,Group A\nBo,C,b@example.org,Group A\nGroup,A,g@example.org,Group B\n",
        encoding="utf-8",
    )
    rows = [
        ImportRow("Ana B", {"email": "a@example.org"}, score=10.0),
        ImportRow("Bo C", {"email": "b@example.org"}, score=12.0),
        ImportRow("Group A", {"email": "555", "id number": "555"}, score=20.0),
    ]
    made = moodle_gradebook(people, rows, "ex02", points=20)
    lines = csv.DictReader(io.StringIO(made.data.decode("utf-8")))
    got = {line["Email address"]: line["ex02"] for line in lines}
    assert (got["a@example.org"], got["b@example.org"]) == ("10", "12")


@pytest.mark.parametrize("name", ["Default group", "Standard-Gruppe"])
def test_a_group_called_as_those_without_one_gives_them_nothing(tmp_path, name):
    text = SHEET.replace("Default group", name)
    zero = {"zero_for": {"missing"}, "text": text}
    got, said, _ = grades(tmp_path, [of("R&D one"), of(name, "55", 20)], **zero)
    assert (got["Ana B"], got["Di E"]) == ("15", "")
    assert "Di E: left as it was; a group that handed in is called as Moodle" in said
    own = listed("55", name)
    got, said = parcel(tmp_path, own, listed("77", "R&D one"), listed("203", "Cy D"), text=text)
    assert sorted(got) == ["201", "202", "203"]
    assert "called as Moodle calls all who are in no group" in said
    # The hand-in of those who are in none has no number, and is theirs as before.
    assert grades(tmp_path, [of(name, name, 9)], **zero)[0]["Di E"] == "9"


def test_a_group_called_as_those_without_one_is_told_in_its_row(tmp_path):
    people = Roster.read(put(tmp_path))
    for number, told in (("_55", "nobody gets its points"), ("", "to them")):
        name = f"Default group{number}_assignsubmission_file"
        source = tmp_path / (number or "none")
        (source / name).mkdir(parents=True)
        (source / name / "x.json").write_text("{}", encoding="utf-8")
        (ref,) = hand_ins.listed(source, roster=people)
        assert ref.notes[0].startswith("Handed in by the group")
        assert told in ref.notes[0]


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_who_is_in_no_group_has_no_points_of_a_group_called_so(tmp_path):
    for number, got in (("_55", False), ("", True)):
        source = download(tmp_path, f"Default group{number}_assignsubmission_file")
        out = tmp_path / f"out{number}"
        run("grade", source, "--roster", put(tmp_path), "--out", out)
        (row,) = [line for line in gradebook(out) if line["name"] == "Di E"]
        assert row["status"] == RowStatus.BY_GROUP
        assert bool(row["score"]) == got
        assert ("not guessed" in row["reason"]) != got


def test_a_groups_hand_in_is_no_members_though_the_list_has_codes_and_no_names(tmp_path):
    people = Roster.read(put(tmp_path, "Identifier,Group,Code\n11,Reds,ana-1\n12,Reds,bo-1\n"))
    name = "Reds_999_assignsubmission_file_"
    (tmp_path / "class" / name).mkdir(parents=True)
    (tmp_path / "class" / name / "x.json").write_text("{}", encoding="utf-8")
    (ref,) = hand_ins.listed(tmp_path / "class", roster=people)
    who, *_ = hand_ins.settled(ref.who, "ana-1", people)
    assert (who.id, who.name, who.told_by) == ("999", "Reds", "group")


# --- to practise with -----------------------------------------------------------------------------


def test_a_class_of_groups_can_be_made_up_and_its_points_and_pages_go_back(tmp_path):
    done = run("simulate", "--layout", "moodle", "--groups", "--students", 13, "--out", tmp_path)
    assert "6 answers files" in done  # five groups, one of which hands in twice
    sheet, out = tmp_path / "class-list.csv", tmp_path / "MARKED"
    done = run("grade", tmp_path / "hand-ins.zip", "--roster", sheet, "--out", out)
    assert "Handed in by groups" in done
    rows = list(csv.DictReader(io.StringIO((out / "gradebook.csv").read_text("utf-8-sig"))))
    teams = [row for row in rows if row["name"].startswith("Team ")]
    assert {row["status"] for row in teams} == {"marked", "not gradable", "older copy"}
    members = [row for row in rows if row["status"] == RowStatus.BY_GROUP]
    assert {row["score"] for row in members} > {""}
    words = ("--out", tmp_path / "i.csv", "--unfinished", "--pages", tmp_path / "p.zip")
    run("moodle", sheet, "--marked", out, *words)
    got = list(csv.DictReader(io.StringIO((tmp_path / "i.csv").read_text("utf-8"))))
    by_team = {}
    for line in got:
        by_team.setdefault(line["Group"], set()).add(line["Grade"])
    assert len(by_team) == 5
    assert all(len(grades) == 1 for grades in by_team.values())
    assert by_team["Team 1"] != {""}
    assert by_team["Team 2"] == {""}  # its file cannot be marked
    refused = CliRunner().invoke(app, ["simulate", "--groups", "--out", str(tmp_path / "x")])
    assert refused.exit_code == 2
    assert "--groups goes with --layout moodle" in " ".join(refused.output.split())
