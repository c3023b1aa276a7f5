"""Class lists of every usual kind, and whom they say a file is from; nobody is guessed."""

import pytest

from briefing.marking.hand_ins import Roster, RosterUnreadable, Who, listed, settled
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.names import alike, squeezed, words_of
from briefing.marking.marksheet import MarksheetUnreadable

DATA = b'{"format": "reading-the-briefing/answers"}'


def roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return Roster.read(path)


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (1),ex02 (2)\n"
    ",,,,,Manual Posting,\n"
    "    Points Possible,,,,,10,20\n"
    '"B, Ana",101,S1,anab,10b,,\n"C, Bo",102,="007",boc,10b,,\n"Student, Test",999,,x,10b,,\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade\n"
    "Participant 201,Ana B,ana@example.org,,\nParticipant 202,Bo C,bo@example.org,,\n"
)
PARTICIPANTS = (
    '"First name","Last name","ID number","Email address",Groups\nAna,B,S1,ana@example.org,10b\n'
)


def test_a_canvas_gradebook(tmp_path):
    people = roster(tmp_path, CANVAS).people
    assert [(p.id, p.name, p.section) for p in people] == [
        ("101", "B, Ana", "10b"),
        ("102", "C, Bo", "10b"),
    ]
    assert people[1].ids == {"id": "102", "sis id": "007", "user name": "boc"}


def test_a_moodle_worksheet_and_a_list_of_participants(tmp_path):
    people = roster(tmp_path, MOODLE).people
    assert [(p.id, p.name) for p in people] == [("201", "Ana B"), ("202", "Bo C")]
    (ana,) = roster(tmp_path, PARTICIPANTS).people
    assert (ana.id, ana.name, ana.section) == ("S1", "Ana B", "10b")


GERMAN = (
    "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung\n"
    'Teilnehmer/in501,Ana B,a@example.org,Abgegeben,,"20,00"\n'
    'Teilnehmer/in502,Bo C,b@example.org,Abgegeben,,"20,00"\n'
)
BLIND = "Identifier,Status,Grade\nParticipant 501,Submitted,\nParticipant 502,Submitted,\nParticipant 503,-,\n"


def test_moodles_worksheet_is_known_in_another_language_and_with_hidden_names(tmp_path):
    people = roster(tmp_path, GERMAN).people
    assert [(p.name, p.ids["identifier"], p.ids["email"]) for p in people] == [
        ("Ana B", "501", "a@example.org"),
        ("Bo C", "502", "b@example.org"),
    ]
    people = roster(tmp_path, BLIND).people
    assert [(p.id, p.name) for p in people] == [("501", ""), ("502", ""), ("503", "")]
    two = "Identifier,Status,Grade\nParticipant 501,No submission,\nParticipant 502,Submitted,\n"
    assert [(p.id, p.name) for p in roster(tmp_path, two).people] == [("501", ""), ("502", "")]
    people = roster(tmp_path, "id,name\npupil01,Ana B\npupil02,Bo C\n").people
    assert (people[0].id, people[0].ids) == ("pupil01", {"id": "pupil01"})


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.zip"])
@pytest.mark.parametrize("data", [b"PK\x03\x04 a workbook", b"\xd0\xcf\x11\xe0 an old one"])
def test_a_workbook_is_said_to_be_one(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(
        MarksheetUnreadable, match="a zip: give" if "zip" in name else "choose Save as"
    ):
        Roster.read(path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_spreadsheet_saved_it(tmp_path, separator, encoding):
    text = "id,name,code\n7,Çağlar Ö,fox-1\n8,Bo C,owl-2\n".replace(",", separator)
    text = text.replace("ğ", "g") if encoding == "cp1252" else text
    people = roster(tmp_path, text, encoding).people
    assert [(p.id, p.code) for p in people] == [("7", "fox-1"), ("8", "owl-2")]
    assert words_of(people[0].name) == ("caglar", "o")


@pytest.mark.parametrize("text", [b"", b"a,b\n1,2\n", b"name\n", b"Status,Grade\nx,y\n"])
def test_a_table_that_names_nobody_is_one_sentence(tmp_path, text):
    with pytest.raises(RosterUnreadable, match="names nobody"):
        roster(tmp_path, text)


def test_a_roster_that_is_not_there(tmp_path):
    with pytest.raises(MarksheetUnreadable):
        Roster.read(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "name", ["Ana B", "ana b", "B, Ana", "B Ana", "ÁNA B", "  Ana   B ", "A\u0301na B"]
)
def test_names_match_whatever_accents_case_and_order(tmp_path, name):
    found = roster(tmp_path, MOODLE).find({}, name).person
    assert found is not None
    assert found.id == "201"


@pytest.mark.parametrize("in_a_path", ["Zoë OBrien", "Zoë O'Brien", "zoe o’brien", "Zoë O_Brien"])
def test_a_name_is_found_whatever_became_of_its_apostrophe(tmp_path, in_a_path):
    people = roster(tmp_path, "name,email\nZoë O'Brien,z@example.org\nBo C,b@example.org\n")
    assert people.find({}, in_a_path).person.name == "Zoë O'Brien"
    two = roster(tmp_path, "name,email\nZoë O'Brien,z@example.org\nZoë OBrien,b@example.org\n")
    assert two.find({}, in_a_path).person is None or "_" in in_a_path


def test_names_without_spaces(tmp_path):
    people = roster(tmp_path, 'name,id\n"van der Berg, Łucja María",1\nBo Chang Li,2\n')
    for name, identity in {"vanderbergłucjamaria": "1", "bochangli": "2", "libochang": "2"}.items():
        found = people.find({}, name, without_spaces=True).person
        assert found is not None
        assert found.id == identity
    assert people.find({}, "changlu", without_spaces=True).person is None
    assert "bana" in squeezed("B, Ana")


def test_two_people_of_one_name_are_said_and_not_guessed(tmp_path):
    people = roster(tmp_path, "id,name\n1,Ana B\n2,Ana B\n3,Bo C\n")
    match = people.find({}, "Ana B")
    assert match.person is None
    assert "2 people" in match.sentence
    assert people.find({"id": "2"}, "Ana B").person.id == "2"


def test_one_id_twice_is_said_and_not_guessed(tmp_path):
    people = roster(tmp_path, "id,name\n1,Ana B\n1,Bo C\n")
    assert len({p.id for p in people.people}) == 2
    match = people.find({"id": "1"})
    assert match.person is None
    assert match.sentence


def test_a_person_in_two_sections_is_one(tmp_path):
    assert len(roster(tmp_path, "id,name,section\n1,Ana B,a\n1,Ana B,b\n").people) == 1


def test_an_id_of_another_kind_or_another_name_does_not_match(tmp_path):
    people = roster(tmp_path, "ID number,Full name\n12,Bo C\n13,Ana B\n")
    assert people.find({"identifier": "12"}, "Ana B").person.id == "13"
    assert people.find({"id number": "12"}, "Ana B").person.id == "13"
    assert people.find({"id number": "12"}, "Dora E").person is None
    assert not alike("Bo C", "Ana B")


@pytest.mark.parametrize(
    ("listed_as", "given"),
    [
        ("伟 王", "伟 王"),
        ("王, 伟", "伟 王"),
        ("王伟", "王 伟"),
        ("A B C", "C, A B"),
        ("伟", "伟 王"),
    ],
)
def test_a_name_of_words_of_one_letter_is_like_itself(tmp_path, listed_as, given):
    assert alike(listed_as, given)
    people = roster(tmp_path, f'id,name\n7,"{listed_as}"\n8,Bo C\n')
    match = people.find({"id": "7"}, given)
    assert (match.by, match.person.id) == ("id", "7")


@pytest.mark.parametrize(
    ("one", "other"), [("伟 王", "芳 王"), ("A B", "A C"), ("A B", "Ana B"), ("🦊", "🐻"), ("", "")]
)
def test_one_letter_in_common_makes_no_names_alike(one, other):
    assert not alike(one, other)
    assert not alike(one, other, without_spaces=True)


def test_a_name_of_words_of_one_letter_is_known_without_its_spaces():
    assert alike("王, 伟", "王伟", without_spaces=True)
    assert not alike("A B", "bochangli", without_spaces=True)


def put(folder, name):
    path = folder / "class" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(DATA)
    return folder / "class"


def test_the_roster_goes_before_the_path_and_the_path_before_the_code(tmp_path):
    people = roster(
        tmp_path, CANVAS.replace("Section,", "Section,code,").replace("10b,", "10b,fox-1,", 1)
    )
    source = put(tmp_path, "bana_101_9_x.json")
    put(tmp_path, "estranger_555_9_x.json")
    ana, stranger = listed(source, roster=people)
    assert ana.who == Who("101", "B, Ana", "roster")
    assert settled(ana.who, "owl-2", people)[:2] == (ana.who, ())
    assert stranger.who == Who("555", "estranger", "shared")  # the list has the platform's ids
    who, said, _ = settled(stranger.who, "fox-1", people)
    assert who == stranger.who  # Ana's code in a stranger's file makes nobody Ana
    assert said == ("Not found on the roster.",)


def test_the_code_tells_where_nothing_else_does(tmp_path):
    people = roster(tmp_path, "id,name,code\n1,Ana B,Fox-1\n2,Bo C,owl-2\n3,Cy D,owl-2\n")
    nobody = Who()
    assert settled(nobody, "fox-1", people)[0] == Who("1", "Ana B", "roster")
    who, said, _ = settled(nobody, "owl-2", people)
    assert who == Who("owl-2", "", "code")
    assert "2 people" in said[0]
    assert settled(nobody, "elk-3", people)[:2] == (
        Who("elk-3", "", "code"),
        ("Not found on the roster.",),
    )
    assert settled(nobody, "elk-3", None)[:2] == (Who("elk-3", "", "code"), ())


def test_an_anonymous_participant_is_known_by_the_worksheet_or_the_code(tmp_path):
    source = put(tmp_path, "Participant_201_assignsubmission_file/x.json")
    (ref,) = listed(source, roster=roster(tmp_path, MOODLE))
    assert ref.who == Who("201", "Ana B", "roster")
    codes = roster(tmp_path, "name,code\nAna B,fox-1\n")
    (ref,) = listed(source, roster=codes)
    assert settled(ref.who, "fox-1", codes)[0].name == "Ana B"


def test_an_ambiguous_name_keeps_its_path_and_says_so(tmp_path):
    people = roster(tmp_path, "id,name\n1,Ana B\n2,Ana B\n")
    (ref,) = listed(put(tmp_path, "Ana B_201_assignsubmission_file/x.json"), roster=people)
    assert ref.who == Who("201", "Ana B", "path")
    assert "not guessed" in ref.notes[0]


def test_an_apostrophe_of_a_spreadsheet_goes_and_one_of_a_name_stays(tmp_path):
    people = roster(tmp_path, "id,name\n'007,'t Hooft\n").people
    assert [(p.id, p.name) for p in people] == [("007", "'t Hooft")]


def test_a_roster_in_the_folder_is_passed_over(tmp_path):
    source = put(tmp_path, "a.json")
    inside = source / "roster.csv"
    inside.write_text(MOODLE, encoding="utf-8")
    assert [ref.path for ref in listed(source, passed=[inside])] == ["a.json"]


def test_a_groups_hand_in_is_said_to_be_one(tmp_path):
    people = roster(tmp_path, "Identifier,Full name,Group\nParticipant 1,Ana B,Team 9\n")
    source = tmp_path / "download"
    (source / "Team 9_77_assignsubmission_file").mkdir(parents=True)
    (source / "Team 9_77_assignsubmission_file" / "ex02.json").write_bytes(DATA)
    (ref,) = listed(source, roster=people)
    assert (ref.who.id, ref.who.name) == ("77", "Team 9")
    assert ref.notes[0].startswith("Handed in by the group “Team 9” (1 on the class list)")


def test_a_group_with_a_students_name_or_number_is_no_student(tmp_path):
    people = roster(tmp_path, "Identifier,Full name,Group\nParticipant 77,Ana Team,Ana\n")
    source = tmp_path / "download"
    (source / "Ana_77_assignsubmission_file").mkdir(parents=True)
    (source / "Ana_77_assignsubmission_file" / "ex02.json").write_bytes(DATA)
    (ref,) = listed(source, roster=people)
    assert (ref.who.id, ref.who.name) == ("77 (moodle)", "Ana")


def test_an_id_in_a_path_never_becomes_another_kind_of_id_on_the_roster(tmp_path):
    people = roster(tmp_path, "ID number,Full name\n12,Bo C\n")
    source = put(tmp_path, "Ana B_12_assignsubmission_file/x.json")
    put(tmp_path, "Bo C_13_assignsubmission_file/x.json")
    ana, bo = listed(source, roster=people)
    assert bo.who == Who("12", "Bo C", "roster")
    assert ana.who.told_by == "path"
    assert ana.who.id != "12"


def two_anns(tmp_path, people, *paths, **more):
    for path in paths:
        source = put(tmp_path, path)
    return {ref.path: ref for ref in listed(source, roster=roster(tmp_path, people), **more)}


NAMESAKES = {
    "canvas": ("leeann_11_9_x.json", "leeann_12_9_x.json", "annlee_13_9_x.json"),
    "moodle": (
        "Ann Lee_11_assignsubmission_file/x.json",
        "Ánn LEE_12_assignsubmission_file/x.json",
        "Lee Ann_13_assignsubmission_file/x.json",
    ),
    "folders": ("Ann Lee/x.json", "Ánn LEE/x.json", "Lee, Ann/x.json"),
}


@pytest.mark.parametrize("layout", NAMESAKES)
@pytest.mark.parametrize("people", ["code,name\nfox-1,Ann Lee\n", "ID number,name\ns1,Ann Lee\n"])
def test_nobody_takes_a_namesakes_place(tmp_path, layout, people):
    refs = two_anns(tmp_path, people, *NAMESAKES[layout], layout=Layout(layout))
    on_it = roster(tmp_path, people)
    assert len({ref.who.id for ref in refs.values()}) == 3
    for ref in refs.values():
        who, said, _ = settled(ref.who, "fox-1", on_it)  # nor by her code
        assert who == ref.who
        assert who.told_by == "shared"
        assert said == ("Not found on the roster.",)
        assert "nobody is guessed" in ref.notes[0]
        assert "mark again" in ref.notes[0]


def test_a_namesake_is_told_apart_by_what_blackboard_writes(tmp_path):
    for user in ("al1", "al2"):
        for name, text in (
            (f"Ex 2_{user}_attempt_2026-11-22-19-40-00.txt", f"Name: Ann Lee ({user})\n"),
            (f"Ex 2_{user}_attempt_2026-11-22-19-40-00_x.json", DATA.decode()),
        ):
            put(tmp_path, name)
            (tmp_path / "class" / name).write_text(text, encoding="utf-8")
    refs = list(listed(tmp_path / "class", roster=roster(tmp_path, "name\nAnn Lee\n")))
    assert [(ref.who.id, ref.who.told_by) for ref in refs] == [("al1", "shared"), ("al2", "shared")]
    named = roster(tmp_path, "Username,name\nal1,Ann Lee\n")
    one, other = listed(tmp_path / "class", roster=named)
    assert one.who == Who("al1", "Ann Lee", "roster")
    assert other.who == Who("al2", "Ann Lee", "shared")


def test_a_namesake_with_an_id_on_the_list_keeps_her_place(tmp_path):
    refs = two_anns(tmp_path, "ID,name\n11,Ann Lee\n", *NAMESAKES["canvas"][:2])
    one, other = refs.values()
    assert one.who == Who("11", "Ann Lee", "roster")
    assert (other.who.id, other.who.told_by) == ("12", "shared")
    assert "whose id there is 11 and not 12" in other.notes[0]


def test_one_person_hands_in_again_and_every_week(tmp_path):
    week = "{}/Ann Lee_{}_assignsubmission_file/{}"
    paths = [
        week.format(*one)
        for one in (("week 1", 11, "x.json"), ("week 1", 11, "y.json"), ("week 2", 21, "x.json"))
    ]
    refs = two_anns(tmp_path, "Email address,name\na@example.org,Ann Lee\n", *paths)
    assert {ref.who for ref in refs.values()} == {Who("a@example.org", "Ann Lee", "roster")}
    # A namesake of one week is in doubt in all: who handed in alone in the next may be the other one.
    more = two_anns(
        tmp_path,
        "Email address,name\na@example.org,Ann Lee\n",
        week.format("week 2", 22, "x.json"),
    )
    assert {ref.who.told_by for ref in more.values()} == {"shared"}


def test_two_namesakes_on_the_list_are_told_apart_by_their_codes(tmp_path):
    people = "code,name\nfox-1,Ann Lee\nowl-2,Ann Lee\n"
    refs = two_anns(tmp_path, people, *NAMESAKES["canvas"][:2])
    one, other = refs.values()
    on_it = roster(tmp_path, people)
    assert settled(one.who, "owl-2", on_it)[0].told_by == "roster"
    assert settled(other.who, "fox-1", on_it)[0].told_by == "roster"


def test_a_group_with_a_students_name_makes_no_namesake(tmp_path):
    people = "Identifier,Full name,Group\nParticipant 1,Ann Lee,\nParticipant 2,Bo C,Ann Lee\n"
    paths = (
        "Ann Lee_77_assignsubmission_file/x.json",
        "Ann Lee_1_assignsubmission_file/x.json",
    )
    refs = two_anns(tmp_path, people, *paths)
    assert refs[paths[1]].who == Who("1", "Ann Lee", "roster")
    assert refs[paths[0]].notes[0].startswith("Handed in by the group")


def test_two_people_of_one_name_with_codes_are_two(tmp_path):
    people = roster(tmp_path, "code,name\nfox-1,Ann Lee\nowl-2,Ann Lee\nfox-1,Ann Lee\n").people
    assert [(one.id, one.code) for one in people] == [
        ("Ann Lee", "fox-1"),
        ("Ann Lee (row 2)", "owl-2"),
    ]
