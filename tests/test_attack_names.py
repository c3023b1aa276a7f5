"""A file named for somebody else takes nobody's mark and nobody's place."""

import csv
import hashlib
import io
import json
import shutil
import zipfile

import pytest
from mutations import no_hang
from test_attack_files import marked, rows, statuses
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions
from briefing.marking.hand_ins import Layout, Roster, Who, listed, settled
from briefing.marking.imports import plain_pages
from briefing.marking.kept_rows import digits_of, short
from briefing.marking.page_list import pages_in

needs_key = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
NAMES = "id,name\n1,Ana B\n2,Bo C\n3,Cai D\n"
CODES = "id,name,code\n1,Ana B,ana-1\n2,Bo C,bo-1\n3,Cai D,cai-1\n"


def roster(folder, text):
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def drive(folder, **files):
    """A class's Drive folder; each file is given as (name, code, answers)."""
    for name, code, more in files.values():
        put(folder, f"class/ex02 - {name}.answers.json", answers_file(student=code, **more))
    return folder / "class"


OWN = {
    "ana": ("Ana B", "ana-1", {}),
    "bo": ("Bo C", "bo-1", {"saved": "2026-11-21T10:00:00Z"}),
    "cai": ("Cai D", "cai-1", {}),
}
LATER = {"saved": "2026-11-30T10:00:00Z", "revision": 9}


@needs_key
@pytest.mark.parametrize("code", ["bo-1", "fresh-1"])
@pytest.mark.parametrize("keep", ["latest", "best", "before-due", "all"])
def test_a_later_file_of_another_code_named_for_a_classmate_displaces_nobody(tmp_path, code, keep):
    source = drive(tmp_path, **OWN, forged=("Ana B (1)", code, LATER))
    people = roster(tmp_path, NAMES)
    lines, _ = marked(
        source, tmp_path / "out", "--roster", str(people), "--layout", "google", "--keep", keep
    )
    seen = {(line["student"], line["code"]): line for line in lines}
    assert set(seen) == {("1", "ana-1"), ("1", code), ("2", "bo-1"), ("3", "cai-1")}
    assert {line["status"] for line in lines} == {"marked"}
    for own in ("ana-1", code):
        (said,) = [one for one in seen["1", own]["reason"].split(". ") if "different codes" in one]
        assert "ana-1" in said
        assert code in said
    assert "different codes" not in seen["2", "bo-1"]["reason"] + seen["3", "cai-1"]["reason"]
    totals = {line["student"]: line for line in rows(tmp_path / "out" / "totals.csv")}
    assert totals["1"]["no mark for"] == "ex02"
    assert totals["1"]["total in percent"] == ""
    assert totals["2"]["no mark for"] == totals["3"]["no mark for"] == ""
    assert len(list((tmp_path / "out" / "feedback").iterdir())) == 4
    answers = rows(tmp_path / "out" / "open-answers.csv")
    assert len({line["row"] for line in answers}) == len(answers)


@needs_key
def test_a_code_with_a_classmates_first_digits_gets_neither_row_nor_page(tmp_path):
    # The SHA-256 of these two begins with the same eight digits; such a pair is found in a second.
    own = OWN | {"ana": ("Ana B", "fox-39798", {})}
    source = drive(tmp_path, **own, forged=("Ana B (1)", "fox-116592", LATER))
    out = tmp_path / "out"
    marked(source, out, "--roster", str(roster(tmp_path, NAMES)), "--layout", "google")
    assert len(list((out / "feedback").iterdir())) == 4
    marks = [row["row"].partition("-")[0] for row in rows(out / "open-answers.csv")]
    assert len(set(marks)) == len(marks)


@needs_key
@pytest.mark.parametrize("keep", ["latest", "all"])
def test_what_was_given_to_one_of_two_before_hand_ins_had_so_many_digits_stays(tmp_path, keep):
    source = drive(tmp_path, **OWN, forged=("Ana B (1)", "fresh-1", LATER))
    options = ("--roster", str(roster(tmp_path, NAMES)), "--layout", "google", "--keep", keep)
    out = tmp_path / "out"
    marked(source, out, *options)
    table = out / "open-answers.csv"
    there = rows(table)
    data = (source / "ex02 - Ana B.answers.json").read_bytes()
    apart = hashlib.sha256(data if keep == "all" else b"ana-1").hexdigest()
    entered = []
    for row in there:
        whole, version = row["row"].split("-")
        new, old = (
            f"r{digits_of(row['exercise'], row['question'], '1', 'known', one)}"
            for one in (apart[:32], apart[:8])
        )
        if whole == new:
            row |= {"points": "1", "row": f"{short(old)}-{short(version)}"}
            entered.append(f"{new}-{version}")
    assert entered
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, there[0].keys())
        writer.writeheader()
        writer.writerows(there)
    marked(source, out, *options)
    assert [row["row"] for row in rows(table) if row["points"]] == entered
    assert not any(row["remark"] for row in rows(table))


@needs_key
def test_two_tries_of_one_code_are_still_one_students(tmp_path):
    source = drive(tmp_path, **OWN, again=("Ana B (1)", "ana-1", LATER))
    lines, _ = marked(
        source, tmp_path / "out", "--roster", str(roster(tmp_path, NAMES)), "--layout", "google"
    )
    assert [line["status"] for line in lines if line["student"] == "1"] == ["marked", "older copy"]
    (totals,) = [r for r in rows(tmp_path / "out" / "totals.csv") if r["student"] == "1"]
    assert totals["no mark for"] == ""


@needs_key
def test_what_a_teacher_gives_to_one_of_two_goes_to_that_one(tmp_path):
    source = drive(tmp_path, **OWN, forged=("Ana B (1)", "fresh-1", LATER))
    options = ("--roster", str(roster(tmp_path, NAMES)), "--layout", "google")
    marked(source, tmp_path / "out", *options)
    table = tmp_path / "out" / "open-answers.csv"
    lines = table.read_text("utf-8-sig").splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if ",1," in line)
    entered = rows(table)[first - 1]
    before, after = lines[first].rsplit(f",,{entered['max_points']},", 1)
    lines[first] = f"{before},1,{entered['max_points']},{after}"
    table.write_text("".join(lines), "utf-8-sig")
    again, _ = marked(source, tmp_path / "out", *options)
    marks = [line for line in rows(table) if line["points"]]
    assert [line["row"] for line in marks] == [entered["row"]]
    question = entered["question"]
    given = [line[question] for line in again if line["student"] == "1"]
    assert sorted(given) == ["", "1"]


@pytest.mark.parametrize(
    ("code", "who", "word"),
    [
        ("ana-1", Who("1", "Ana B", "roster"), ""),
        ("bo-1", Who("bo-1", "Ana B", "code"), "another code"),
        ("fresh-1", Who("fresh-1", "Ana B", "code"), "another code"),
        ("", Who("1", "Ana B", "name"), ""),
    ],
)
def test_the_lists_codes_go_before_a_files_name(tmp_path, code, who, word):
    people = Roster.read(roster(tmp_path, CODES))
    put(tmp_path, "class/ex02 - Ana B.json", answers_file())
    (ref,) = listed(tmp_path / "class", layout=Layout.GOOGLE, roster=people)
    assert ref.who == Who("1", "Ana B", "name")
    found, said, _ = settled(ref.who, code, people)
    assert found == who
    assert word in " ".join(said)
    assert bool(said) == bool(word)


@needs_key
def test_no_page_of_two_codes_with_one_name_is_sent_to_who_bears_it(tmp_path):
    source = drive(tmp_path, **OWN, forged=("Ana B (1)", "fresh-1", LATER))
    people = (
        "id,name,email\n1,Ana B,ana@example.org\n2,Bo C,bo@example.org\n3,Cai D,cai@example.org\n"
    )
    path = roster(tmp_path, people)
    marked(source, tmp_path / "out", "--roster", str(path), "--layout", "google")
    parcel = plain_pages(pages_in(tmp_path / "out"), Roster.read(path))
    (tmp_path / "send.csv").write_bytes(parcel.more["send.csv"])
    sent = [(line["student"], line["email"]) for line in rows(tmp_path / "send.csv")]
    assert sorted(sent) == [("1", ""), ("1", ""), ("2", "bo@example.org"), ("3", "cai@example.org")]
    assert any("no page is sent on that" in said for said in parcel.sentences)


# --- names that can be cut in two ways -----------------------------------------------------------

CUTS = 'Student,ID,SIS Login ID,Section\n"B, Ana",101,anab,A\n"C, Bo",202,boc,A\n'
NAMED = 'Student,ID,SIS Login ID,Section\n"B, Ana",101,anab,A\n"bana_101_9",202,boc,A\n'


@pytest.mark.parametrize(
    ("name", "who", "attempt"),
    [
        ("bana_101_345_ex02.json", Who("101", "B, Ana", "roster"), 345),
        ("bana_101_345_2026_11_22_ex02.json", Who("101", "B, Ana", "name"), 345),
        ("cbo_7_9_202_345_ex02.json", Who("202", "C, Bo", "name", "7"), 345),
        ("cbo_7_LATE_202_345_ex02.json", Who("202", "C, Bo", "roster"), 345),
    ],
)
def test_the_roster_decides_how_a_name_is_cut(tmp_path, name, who, attempt):
    people = Roster.read(roster(tmp_path, CUTS))
    put(tmp_path, f"class/{name}", b"{}")
    (ref,) = listed(tmp_path / "class", roster=people, layout=Layout.CANVAS)
    assert (ref.who, ref.attempt, ref.notes) == (who, attempt, ())


@pytest.mark.parametrize(
    ("listed_as", "name"),
    [
        (NAMED, "bana_101_9_202_345_ex02.json"),
        (CUTS, "bana_101_9_202_345_ex02.json"),  # the list is older than the name
        (CUTS, "cbo_101_9_202_345_ex02.json"),
        (CUTS, "cbo_202_345_bana_101_346_ex02.json"),
    ],
)
def test_a_name_with_the_ids_of_two_on_the_roster_is_nobodys_and_says_so(tmp_path, listed_as, name):
    people = Roster.read(roster(tmp_path, listed_as))
    put(tmp_path, f"class/{name}", b"{}")
    (ref,) = listed(tmp_path / "class", roster=people, layout=Layout.CANVAS)
    assert ref.who == Who("", "", "shared")
    assert "101" in ref.problem
    assert "202" in ref.problem


@needs_key
@pytest.mark.parametrize("own", ["202", "909"])
def test_who_takes_a_classmates_name_and_id_into_their_own_displaces_nobody(tmp_path, own):
    put(tmp_path, "class/bana_101_300_ex02.json", answers_file(student="ana-1"))
    put(tmp_path, f"class/bana_101_999_{own}_400_ex02.json", answers_file(student="bo-1", **LATER))
    lines, _ = marked(tmp_path / "class", tmp_path / "out", "--roster", str(roster(tmp_path, CUTS)))
    (ana,) = [line for line in lines if line["code"] == "ana-1"]
    assert (ana["student"], ana["status"]) == ("101", "marked")


@needs_key
def test_an_id_in_somebodys_name_makes_nobody_elses_id_doubtful(tmp_path):
    put(tmp_path, "class/bana_101_300_ex02.json", answers_file(student="ana-1"))
    put(tmp_path, "class/cbo_202_301_ex02.json", answers_file(student="bo-1"))
    put(tmp_path, "class/zz_101_9_303_400_ex02.json", answers_file(student="cai-1", **LATER))
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    (ana,) = [line for line in lines if line["code"] == "ana-1"]
    assert (ana["student"], ana["status"]) == ("101", "marked")


@pytest.mark.parametrize("rest", ["4_x.json", "4_1_x.json"])
def test_one_name_with_an_accent_and_without_is_one_name_however_it_can_be_cut(tmp_path, rest):
    put(tmp_path, f"class/anab_123_{rest}", b"{}")
    put(tmp_path, f"class/anáb_123_5{rest}", b"{}")
    assert {ref.who.id for ref in listed(tmp_path / "class", layout=Layout.CANVAS)} == {"123"}
    put(tmp_path, f"class/bob_123_6{rest}", b"{}")
    assert len({ref.who.id for ref in listed(tmp_path / "class", layout=Layout.CANVAS)}) > 1


def test_no_other_file_makes_a_name_with_the_ids_of_two_somebodys(tmp_path):
    """Another name with the first id makes that id doubtful; it is still the one that the list has."""
    people = Roster.read(roster(tmp_path, CUTS))
    both = "bana_101_202_8_a.json"
    put(tmp_path, f"class/{both}", b"{}")
    alone = {ref.path: ref for ref in listed(tmp_path / "class", roster=people)}
    put(tmp_path, "class/eweve_101_303_7_a.json", b"{}")
    beside = {ref.path: ref for ref in listed(tmp_path / "class", roster=people)}
    assert alone[both].who == Who("", "", "shared")
    assert beside[both] == alone[both]


@needs_key
def test_without_a_roster_such_a_name_displaces_nobody(tmp_path):
    put(tmp_path, "class/bana_101_300_ex02.json", answers_file(student="ana-1"))
    put(tmp_path, "class/cbo_202_301_ex02.json", answers_file(student="bo-1"))
    put(tmp_path, "class/bana_101_9_203_400_ex02.json", answers_file(student="cai-1", **LATER))
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    codes = {line["code"]: line for line in lines}
    assert {line["status"] for line in lines} == {"marked"}
    assert set(codes) == {"ana-1", "bo-1", "cai-1"}
    assert "different codes" in codes["ana-1"]["reason"]
    assert "different codes" in codes["cai-1"]["reason"]
    assert "different codes" not in codes["bo-1"]["reason"]
    totals = {line["student"]: line["no mark for"] for line in rows(tmp_path / "out/totals.csv")}
    assert totals == {"101": "", "202": ""}


MANY = "_1" * 30


@needs_key
@pytest.mark.parametrize(
    ("name", "who"), [(f"dcai_303{MANY}_8_x", "303"), ("dcai_303_8_101_9_x", "101")]
)
@pytest.mark.parametrize("weeks", [False, True])
def test_what_could_be_several_peoples_is_one_row_and_no_codes_in_it_make_students(
    tmp_path, name, who, weeks
):
    people = roster(tmp_path, CUTS + '"D, Cai",303,caid,A\n')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as crowd:
        for n in range(24):
            crowd.writestr(f"{n}.json", json.dumps(answers_file(student=f"sock-{n}")))
    honest = {
        "bana_101_7_a.json": answers_file(student="ana-1"),
        "cbo_202_8_a.json": answers_file(student="bo-1"),
    }
    above = "week2/" if weeks else ""
    for path, content in honest.items():
        put(tmp_path, f"class/{above}{path}", content)
    put(tmp_path, f"class/{above}{name}.zip", packed.getvalue())
    if weeks:  # as the platform's own zip, in a folder with others
        with zipfile.ZipFile(tmp_path / "class/week2.zip", "w") as download:
            for file in sorted((tmp_path / "class/week2").iterdir()):
                download.write(file, file.name)
        shutil.rmtree(tmp_path / "class/week2")
    lines, said = marked(tmp_path / "class", tmp_path / "out", "--roster", str(people))
    assert statuses(lines) == {
        "101": "marked",
        "202": "marked",
        "303": "nothing handed in",
        "": "not gradable",
    }
    (row,) = [line for line in lines if not line["student"]]
    assert f"{name}.zip" in row["reason"]
    assert f"id {who}" in row["reason"]
    assert "not on the class list: 1 row" in said


def test_a_name_with_many_numbers_says_whose_it_may_be_and_what_to_do(tmp_path):
    put(tmp_path, f"class/bana_101{MANY}_202_7_a.json", answers_file(student="bo-1"))
    (ref,) = listed(tmp_path / "class", layout=Layout.CANVAS)
    assert "“bana”, id 101" in ref.problem
    assert "20" in ref.problem
    assert "name" in ref.problem


# --- one letter written in two ways ---------------------------------------------------------------

ONE, TWO = "r\u00e9mi", "re\u0301mi"


@pytest.mark.parametrize(("listed_as", "in_path"), [(ONE, TWO), (TWO, ONE), (ONE, ONE.upper())])
def test_an_id_or_code_with_an_accent_is_found_however_it_is_written(tmp_path, listed_as, in_path):
    people = Roster.read(roster(tmp_path, f"username,name,code\n{listed_as},R. B,{listed_as}-1\n"))
    put(tmp_path, f"class/submitted/{in_path}/ex02/ex02.json", b"{}")
    (ref,) = listed(tmp_path / "class", roster=people, layout=Layout.NBGRADER)
    assert ref.who == Who(listed_as, "R. B", "roster")
    found = people.by_code(f"{in_path}-1").person
    assert found is not None
    assert people.meant(f"{in_path}-1") == found.id == listed_as


def test_two_on_the_list_whose_ids_only_look_alike_are_not_guessed(tmp_path):
    people = Roster.read(roster(tmp_path, f"username,name\n{ONE},R. B\n{TWO},R. C\n"))
    assert len(people.people) == 2
    put(tmp_path, f"class/submitted/{ONE}/ex02/ex02.json", b"{}")
    (ref,) = listed(tmp_path / "class", roster=people, layout=Layout.NBGRADER)
    assert ref.who.told_by == "path"
    assert "2 people on the roster have" in ref.notes[0]


@pytest.mark.parametrize(
    ("layout", "listed_as", "name"),
    [
        (Layout.CANVAS, CUTS, "bana_202_400_ex02.json"),
        (
            Layout.MOODLE,
            "Identifier,Full name,Status\nParticipant 101,Ana B,S\nParticipant 202,Bo C,S\n",
            "Ana B_202_assignsubmission_file/ex02.json",
        ),
    ],
)
def test_a_new_name_of_somebody_on_the_list_is_not_taken_for_a_classmate(
    tmp_path, layout, listed_as, name
):
    """Also where the classmate has handed in nothing."""
    people = Roster.read(roster(tmp_path, listed_as))
    put(tmp_path, f"class/{name}", b"{}")
    (ref,) = listed(tmp_path / "class", roster=people, layout=layout)
    assert people.person(ref.who.id) is None
    assert "not guessed" in ref.notes[0]


# --- names of signs, and names without an end ------------------------------------------------------

WORKSHEET = "Identifier,Full name,Status\nParticipant 101,🦊,S\nParticipant 102,Bo C,S\n"


def test_a_name_without_a_letter_is_found_by_its_id_and_is_nobody_elses(tmp_path):
    people = Roster.read(roster(tmp_path, WORKSHEET))
    put(tmp_path, "class/🦊_101_assignsubmission_file/a.json", b"{}")
    put(tmp_path, "class/--_909_assignsubmission_file/a.json", b"{}")
    other, own = listed(tmp_path / "class", roster=people, layout=Layout.MOODLE)
    assert own.who == Who("101", "🦊", "roster")
    assert (other.who.id, other.who.told_by) == ("909", "shared")


@pytest.mark.parametrize("name", ["n " * 50_000, "a" + "\u0300" * 40_000 + "\u0316" * 40_000])
def test_a_name_without_an_end_costs_little(tmp_path, name):
    with no_hang(30):
        people = Roster.read(roster(tmp_path, f"id,name,code\n1,{name},c-1\n{name},Bo C,{name}\n"))
        assert people.find({"id": "1"}, name).by == "id"
        assert people.by_code("c-1").person == people.people[0]


# --- a classmate's code under an id of one's own ---------------------------------------------------

OWN_IDS = "id,name,code\n1,Ana Bell,ana-1\n2,Bo Carr,bo-1\n5,Eve Ewing,eve-1\n"
CANVAS_CODES = (
    'Student,ID,Section,Code\n"Bell, Ana",101,A,ana-1\n"Carr, Bo",102,A,bo-1\n'
    '"Ewing, Eve",105,A,eve-1\n'
)


@needs_key
@pytest.mark.parametrize("keep", ["latest", "best", "before-due", "all"])
@pytest.mark.parametrize(
    ("people", "own", "forged", "place"),
    [
        (
            OWN_IDS,
            "Ana Bell_101_assignsubmission_file/a.json",
            "Ana Zed_105_assignsubmission_file/a.json",
            "1",
        ),
        (OWN_IDS, "submitted/ana/ex02/a.json", "submitted/eve/ex02/a.json", "1"),
        (CANVAS_CODES, "bellana_101_7_a.json", "anon_eve_105_8_a.json", "101"),
    ],
)
def test_a_code_under_another_id_of_the_platform_takes_nobodys_place(
    tmp_path, people, own, forged, place, keep
):
    """Also where the code is all that tells who the owner is: then none of the two is guessed."""
    put(tmp_path, f"class/{own}", answers_file(student="ana-1"))
    put(
        tmp_path,
        f"class/{own.replace('Ana Bell_101', 'Bo Carr_102').replace('bellana_101', 'carrbo_102').replace('/ana/', '/bo/')}",
        answers_file(student="bo-1"),
    )
    put(tmp_path, f"class/{forged}", answers_file(student="ana-1", **LATER))
    listed_as = str(roster(tmp_path, people))
    lines, _ = marked(tmp_path / "class", tmp_path / "out", "--roster", listed_as, "--keep", keep)
    handed = [line for line in lines if not line["status"].endswith(" handed in")]
    assert [line["status"] for line in handed] == ["marked"] * 3
    said = " ".join(line["reason"] for line in handed)
    assert "anybody's to type" in said or "stands in the files of 2 students" in said
    totals = {line["student"]: line["no mark for"] for line in rows(tmp_path / "out/totals.csv")}
    assert totals[place] == ("ex02" if "submitted" in own else "")
    answers = rows(tmp_path / "out" / "open-answers.csv")
    assert len({line["row"] for line in answers}) == len(answers) == 3


@needs_key
def test_a_class_known_by_its_codes_alone_has_one_line_each(tmp_path):
    for name in ("ana", "bo", "eve"):
        put(tmp_path, f"class/submitted/{name}/ex02/a.json", answers_file(student=f"{name}-1"))
        again = answers_file(student=f"{name}-1", **LATER)
        put(tmp_path, f"class/submitted/{name}/ex02/b.json", again)
    lines, _ = marked(
        tmp_path / "class", tmp_path / "out", "--roster", str(roster(tmp_path, OWN_IDS))
    )
    assert [(line["student"], line["status"]) for line in lines] == [
        (student, status) for student in "125" for status in ("marked", "older copy")
    ]
    totals = rows(tmp_path / "out/totals.csv")
    assert [line["no mark for"] for line in totals] == ["", "", ""]


# --- a code that reads as a classmate's name -------------------------------------------------------


@needs_key
@pytest.mark.parametrize(
    ("people", "name", "got"),
    [
        ("id,name\n1,Ana B\n5,Eve E\n", "Di X", {"1": True, "Ana B": False}),
        ("id,name,code\n1,Ana B,ana-1\n5,Eve E,Ana B\n", "Eve E", {"1": False, "5": False}),
        ("id,name,code\n1,Ana B,ana-1\n5,Eve E,Ana B\n", "Di X", {"1": False, "Ana B": False}),
    ],
)
def test_points_set_by_hand_for_a_name_are_not_those_of_who_has_it_as_a_code(
    tmp_path, people, name, got
):
    put(tmp_path, "class/ex02 - Ana B.json", answers_file({}, student="ana-1"))
    put(tmp_path, f"class/ex02 - {name}.json", answers_file({}, student="Ana B"))
    options = ("--roster", str(roster(tmp_path, people)), "--layout", "google")
    marked(tmp_path / "class", tmp_path / "out", *options)
    table = tmp_path / "out" / "by-hand.csv"
    table.write_text("student,exercise,question,points\nAna B,ex02,q2,2\n", encoding="utf-8")
    lines, _ = marked(tmp_path / "class", tmp_path / "out", *options)
    handed = [line for line in lines if "handed in" not in line["status"]]
    assert {line["student"]: line.get("q2") == "2" for line in handed} == got
    (entered,) = rows(table)
    assert bool(entered["remark"]) != got["1"]


@needs_key
@pytest.mark.parametrize("more", ["", "7,Ana B\n"])
def test_more_time_for_a_name_is_not_that_of_who_has_it_as_a_code(tmp_path, more):
    put(tmp_path, "class/ex02 - Di X.json", answers_file(student="Ana B"))
    put(tmp_path, "class/ex02 - Eve E.json", answers_file(student="eve-1"))
    put(
        tmp_path,
        "class.toml",
        b'zone = "UTC"\n\n[late]\ntakes = "points"\nper_day = 1\n\n[exercise.ex02]\n'
        b'due = "2026-11-20 23:59"\n\n[student."Ana B"]\nex02 = "2026-12-01 23:59"\n',
    )
    people = str(roster(tmp_path, f"id,name\n1,Ana B\n5,Eve E\n{more}"))
    options = ("--roster", people, "--layout", "google", "--rules", str(tmp_path / "class.toml"))
    lines, _ = marked(tmp_path / "class", tmp_path / "out", *options)
    late = {line["student"]: line["late"] for line in lines if line["status"] == "marked"}
    assert late == {"Ana B": "yes", "5": "yes"}


def test_who_is_called_as_canvass_own_test_student_stays_on_the_list(tmp_path):
    head = "Student,ID,SIS User ID,SIS Login ID,Section\n"
    own = '"Student, Test",9,,0ab4f0c1,A\n'
    people = Roster.read(roster(tmp_path, head + own + '"Student, Test",5,s5,eve,A\n')).people
    assert [one.id for one in people] == ["5"]
    sheet = 'Identifier,Full name,Status\nParticipant 5,"Student, Test",S\nParticipant 6,Bo C,S\n'
    assert len(Roster.read(roster(tmp_path, sheet)).people) == 2


@pytest.mark.parametrize("folder", ["", "week 1/"])
def test_what_lies_in_the_zip_of_somebody_with_a_name_of_signs_is_no_classmates(tmp_path, folder):
    """Canvas takes all signs out of a name: nothing is left before the first `_`."""
    people = Roster.read(roster(tmp_path, CUTS.replace("C, Bo", "🙂") + '"D, Cai",303,cd,A\n'))
    for name in ("bana_101_345_ex02.json", "dcai_303_347_ex02.json"):
        put(tmp_path, f"class/{folder}{name}", b"{}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("bana_101_999_ex02.json", "{}")
    put(tmp_path, f"class/{folder}_202_346_ex02.zip", packed.getvalue())
    for on_it in (people, None):
        refs = list(listed(tmp_path / "class", roster=on_it, layout=Layout.CANVAS))
        assert {ref.path.split("/")[-1]: ref.who.id for ref in refs} == {
            "bana_101_999_ex02.json": "202",
            "bana_101_345_ex02.json": "101",
            "dcai_303_347_ex02.json": "303",
        }


def test_a_code_under_a_name_of_signs_takes_nobodys_place(tmp_path):
    people = Roster.read(
        roster(tmp_path, CUTS.replace("Section", "Code").replace("A\n", "ana-1\n", 1))
    )
    put(tmp_path, "class/bana_101_345_ex02.json", b"{}")
    put(tmp_path, "class/_202_346_ex02.json", b"{}")
    refs = {ref.path: ref.who for ref in listed(tmp_path / "class", roster=people)}
    forged, *_ = settled(refs["_202_346_ex02.json"], "ana-1", people)
    assert forged.id == "202 (canvas)"  # two hand-ins: no majority says that it is Bo's


@pytest.mark.parametrize(
    "name",
    [
        "_LATE_202_345_ex02.json",
        "zed_LATE_202_345_cbo_202_5_ex02.json",  # another name, and a file called like oneself
        "anon_LATE_202_345_ex02.json",
        "anon_q_5_LATE_202_345_ex02.json",
        f"cbo_LATE_202_345{'_1' * 30}_ex02.json",
        "cbo_LATE_202_345_bana_101_346_ex02.json",
    ],
)
def test_no_name_hides_that_a_file_was_late(tmp_path, name):
    people = Roster.read(roster(tmp_path, CUTS))
    put(tmp_path, "class/bana_101_345_ex02.json", b"{}")
    put(tmp_path, f"class/{name}", b"{}")
    late = {ref.path: ref.late for ref in listed(tmp_path / "class", roster=people)}
    assert late == {"bana_101_345_ex02.json": False, name: True}


@needs_key
@pytest.mark.parametrize("codes", [True, False])
def test_a_stranger_with_a_classmates_code_and_a_file_called_like_theirs_displaces_nobody(
    tmp_path, codes
):
    listed_as = CUTS.replace("Section", "Code").replace(",A\n", ",ana-1\n", 1) if codes else CUTS
    put(tmp_path, "class/bana_101_345_ex02.json", answers_file(student="ana-1"))
    put(tmp_path, "class/zed_909_346_bana_101_999_ex02.json", answers_file({}, student="ana-1"))
    people = roster(tmp_path, listed_as)
    lines, _ = marked(tmp_path / "class", tmp_path / "out", "--roster", str(people))
    own = [line for line in lines if line["student"] == "101" and line["status"] == "marked"]
    assert len(own) == 1
    assert own[0]["score"] == "17"
    assert "older copy" not in {line["status"] for line in lines}
    totals = {line["student"]: line for line in rows(tmp_path / "out" / "totals.csv")}
    assert totals["101"]["total in percent"] == "100"
