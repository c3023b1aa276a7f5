"""Whose a file is, by the names of five platforms' downloads; no two people become one."""

import pytest

from briefing.keys import has_solutions
from briefing.marking.hand_ins import Layout, Roster, listed, read, survey
from briefing.marking.hand_ins.layouts import blackboard, canvas, google, moodle, nbgrader
from briefing.marking.simulate_layouts import CLASS_LIST, HAND_INS, Student, laid_out, zipped

DATA = b'{"format": "reading-the-briefing/answers"}'
PLATFORMS = [
    Layout.CANVAS,
    Layout.MOODLE,
    Layout.BLACKBOARD,
    Layout.GOOGLE,
    Layout.NBGRADER,
]
STUDENTS = 15


def files(students=STUDENTS):
    """A class as `simulate_class` gives it, of whom number 8 hands in twice."""
    for number in range(students):
        name = f"ex02.student-{number:05d}.answers.json"
        if number == 8:
            yield f"{number:05d}-hand-in/first-try/{name}", DATA + b" "
        yield f"{number:05d}-hand-in/{name}", DATA


def put(folder, placed):
    for path, data in placed:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def whose(source, **more):
    """Path → whose, for every file that can be read."""
    return {ref.path: ref for ref in listed(source, **more)}


def numbered(people):
    """Student number → ids, by the made-up names."""
    return {
        number: {ref.who for ref in people if f"student-{number:05d}" in ref.path}
        for number in range(STUDENTS)
    }


# --- single names -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("madeupana_12345_67890_ex02.fox-4821.answers.json", ("12345", "madeupana", False, 67890)),
        ("madeupana_LATE_12345_67890_ex02-2.json", ("12345", "madeupana", True, 67890)),
        ("anon_x7Yz2_67890_ex02.json", ("anon_x7Yz2", "", False, 67890)),
        ("LATE_anon_x7Yz2_67890_ex02.json", ("anon_x7Yz2", "", True, 67890)),
        ("madeupana_12345_text.html", ("12345", "madeupana", False, 0)),
        ("فهد_12345_67890_a_1_2_b.json", ("12345", "فهد", False, 67890)),
        ("late_12345_67890_a.json", ("12345", "late", False, 67890)),
        ("ex02.fox-4821.answers.json", None),
        ("12345_67890_a.json", None),
    ],
)
def test_canvas_names(name, known):
    claim = canvas([name])
    assert (claim and (claim.id, claim.name, claim.late, claim.attempt)) == known


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("Ana B_1234567_assignsubmission_file/ex02.json", ("1234567", "Ana B")),
        ("Ana B_1234567_assignsubmission_file_/sub/ex02.json", ("1234567", "Ana B")),
        ("Ana B_1234567_assignsubmission_file_ex02.json", ("1234567", "Ana B")),
        ("Ana B_1234567_assignsubmission_onlinetext/onlinetext.html", ("1234567", "Ana B")),
        ("Participant_123_assignsubmission_file/ex02.json", ("123", "")),
        ("Участник_123_assignsubmission_file_/ex02.json", ("123", "")),
        ("Group 1_77_assignsubmission_file/ex02.json", ("77", "Group 1")),
        ("Team 1-Ana B_1234567_assignsubmission_file_/ex02.json", ("1234567", "Team 1-Ana B")),
        ("Default group_assignsubmission_file/ex02.json", ("Default group", "Default group")),
        ("Ana B_1234567/ex02.json", None),
    ],
)
def test_moodle_names(path, known):
    claim = moodle(path.split("/"))
    assert (claim and (claim.id, claim.name)) == known


def test_a_file_named_like_somebody_elses_does_not_become_theirs():
    assert moodle(["Ana_1_assignsubmission_file_Bo_2_assignsubmission_file_x.json"]).id == "1"
    assert moodle(["Ana_1_assignsubmission_file", "Bo_2_assignsubmission_file", "x"]).id == "1"
    assert canvas(["ana_1_2_bo_3_4_x.json"]).id == "1"
    stamp = "attempt_2026-11-22-19-40-00"
    assert blackboard([f"Ex_ana_{stamp}_Ex_bo_{stamp}_x.json"]).id == "Ex_ana"
    assert nbgrader(["submitted", "ana", "ex02", "submitted", "bo", "ex02", "x.json"]).id == "ana"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Exercise 2_ab123_attempt_2026-11-22-19-40-00_ex02.json", (20261122194000, False)),
        ("Exercise 2_ab123_attempt_2026-11-22-19-40-00.txt", (20261122194000, True)),
        ("Exercise 2_ab123_poging_2026-11-22-19-40-00_notes.txt", (20261122194000, False)),
        ("Exercise 2_ab123_2026-11-22-19-40-00_ex02.json", None),
    ],
)
def test_blackboard_names(name, known):
    claim = blackboard([name])
    assert (claim and (claim.attempt, claim.own)) == known


def test_google_names_are_hints_only():
    assert google(["ex02 - Ana B.json"]).name == "Ana B"
    assert google(["ex02 - Ana B (1).answers.json"]).name == "Ana B"
    assert not google(["ex02 - Ana B.json"]).sure
    assert google(["ex02.fox-4821.answers.json"]) is None


# --- whole classes ----------------------------------------------------------------------------


@pytest.mark.parametrize("layout", PLATFORMS)
@pytest.mark.parametrize("packed", [True, False])
def test_a_platforms_download_is_recognised_and_everybody_kept_apart(tmp_path, layout, packed):
    placed = list(laid_out(layout, files(), "ex02"))
    source = put(tmp_path / "class", placed)
    if packed:
        source = tmp_path / "class.zip"
        source.write_bytes(zipped(placed))
    seen = survey(source)
    assert seen.layout is layout
    assert seen.fitting == seen.files == len(placed)
    refs = whose(source)
    assert len(refs) == STUDENTS + 1
    assert all(read(ref).data == DATA.ljust(len(read(ref).data)) for ref in refs.values())
    if layout is Layout.GOOGLE:
        assert {ref.who.told_by for ref in refs.values()} == {"code"}
        assert len({ref.who.name for ref in refs.values()}) == STUDENTS
        return
    assert {ref.who.told_by for ref in refs.values()} == {"path"}
    ids = numbered(refs.values())
    assert all(len(found) == 1 for found in ids.values())
    assert len({who.id for found in ids.values() for who in found}) == STUDENTS


def test_moodle_without_folders(tmp_path):
    placed = laid_out(Layout.MOODLE, files(), "ex02", flat=True)
    refs = whose(put(tmp_path, placed))
    assert {ref.who.id for ref in refs.values()} == {
        str(Student(n, exercise="ex02").participant) for n in range(STUDENTS)
    }
    assert not any("/" in path for path in refs)


def test_a_download_inside_a_folder_and_zips_inside_a_download(tmp_path):
    inner = zipped([("my work/ex02.json", DATA)])
    placed = [("Ana B_12_assignsubmission_file/work.zip", inner)]
    (tmp_path / "download.zip").write_bytes(zipped(placed))
    (ref,) = listed(tmp_path)
    assert ref.path.endswith("file/work.zip/my work/ex02.json")
    assert (ref.who.id, ref.who.name, ref.who.told_by) == ("12", "Ana B", "path")


def test_a_download_packed_once_more_and_a_zip_of_several_downloads(tmp_path):
    for week in ("ex02", "ex03"):
        placed = [
            (f"{name}_{number}_assignsubmission_file/{week}.json", DATA)
            for name, number in (("Ana B", 12), ("Bo C", 13))
        ]
        (tmp_path / f"{week}.zip").write_bytes(zipped(placed))
    weeks = [(f"{week}.zip", (tmp_path / f"{week}.zip").read_bytes()) for week in ("ex02", "ex03")]
    for packed in (weeks[:1], weeks):
        source = tmp_path / "again.zip"
        source.write_bytes(zipped(packed))
        assert survey(source).layout is Layout.MOODLE
        refs = list(listed(source))
        assert len(refs) == 2 * len(packed)
        assert {ref.who.id for ref in refs} == {"12", "13"}
        named = survey(source, layout=Layout.MOODLE)
        assert named.fitting == named.files == 2 * len(packed)
    own = [(f"{code}.zip", zipped([("ex02.json", DATA)])) for code in ("ana", "bo")]
    source.write_bytes(zipped(own))
    assert survey(source).layout is Layout.PLAIN


@pytest.mark.parametrize("between", ["/", "_"])
def test_a_text_typed_into_moodle_has_a_row_only_where_there_is_no_file(tmp_path, between):
    placed = [
        (f"Ana B_12_assignsubmission_file{between}ex02.json", DATA),
        (f"Ana B_12_assignsubmission_onlinetext{between}onlinetext.html", b"<p>See my file</p>"),
        (f"Bo C_13_assignsubmission_onlinetext{between}onlinetext.html", b"<p>My answers</p>"),
        (f"Cy D_14_assignsubmission_file{between}onlinetext.html", b"<p>a file of that name</p>"),
    ]
    source = tmp_path / "class.zip"
    source.write_bytes(zipped(placed))
    refs = {ref.who.id: ref for ref in listed(source)}
    assert {who: "onlinetext" in ref.path for who, ref in refs.items()} == {
        "12": False,
        "13": True,
        "14": True,
    }
    assert "a text typed into Moodle; ask" in read(refs["13"]).problem
    assert "a web page" in read(refs["14"]).problem
    again = tmp_path / "again.zip"
    again.write_bytes(zipped([("class.zip", source.read_bytes())]))
    for download, layout in ((source, None), (again, None), (again, Layout.MOODLE)):
        assert len(list(listed(download, layout=layout))) == len(refs)
        seen = survey(download, layout=layout)
        assert seen.sentence.endswith(" 1 text typed into Moodle beside a file: not read.")


def test_late_attempt_and_time_are_taken_where_a_platform_says_them(tmp_path):
    for layout in PLATFORMS:
        put(tmp_path / layout, laid_out(layout, files(), "ex02"))
    first, again = (ref for p, ref in whose(tmp_path / "canvas").items() if "student-00008" in p)
    assert first.attempt != again.attempt
    late = {ref.late for p, ref in whose(tmp_path / "canvas").items() if "student-00006" in p}
    assert late == {True}
    assert {ref.late for ref in whose(tmp_path / "moodle").values()} == {None}
    tries = [
        ref.attempt for p, ref in whose(tmp_path / "blackboard").items() if "student-00008" in p
    ]
    assert sorted(tries) == [20261106085600, 20261106095600]
    times = {ref.handed_in for ref in whose(tmp_path / "nbgrader").values()}
    assert "2026-11-06T08:00:00Z" in times
    assert "" not in times


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-22 19:40:00.123456 UTC", "2026-11-22T19:40:00Z"),
        ("2026-11-22 19:40:00", "2026-11-22T19:40:00Z"),
        ("2026-11-22 19:40:00.0 Nowhere/Town", ""),
        ("2026-99-22 19:40:00 UTC", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_nbgraders_time(tmp_path, text, time):
    at = tmp_path / "submitted" / "ana" / "ex02"
    put(at, [("ex02.json", DATA), ("timestamp.txt", text.encode())])
    (ref,) = listed(tmp_path)
    assert (ref.who.id, ref.handed_in) == ("ana", time)


def test_nbgraders_folder_submitted_alone_and_its_other_folders(tmp_path):
    put(tmp_path / "course", laid_out(Layout.NBGRADER, files(3), "ex02"))
    put(tmp_path / "course", [("autograded/mu_00000/ex02/ex02.json", DATA), ("gradebook.db", b"x")])
    assert {ref.who.id for ref in listed(tmp_path / "course")} == {f"mu_0000{n}" for n in range(3)}
    alone = tmp_path / "course" / "submitted"
    assert survey(alone).layout is Layout.NBGRADER
    assert {ref.who.id for ref in listed(alone)} == {f"mu_0000{n}" for n in range(3)}


def test_blackboards_own_text_names_the_user_whatever_signs_are_in_it(tmp_path):
    put(tmp_path, laid_out(Layout.BLACKBOARD, files(4), "ex02"))
    whole = {ref.who for ref in listed(tmp_path)}
    assert {who.id for who in whole} == {f"mu_0000{n}" for n in range(4)}
    assert {who.name for who in whole} == {Student(n).name for n in range(4)}
    for text in tmp_path.glob("*.txt"):
        text.unlink()
    without = {ref.who.id for ref in listed(tmp_path)}
    assert len(without) == 4


def test_blackboards_text_of_another_user_is_not_believed(tmp_path):
    stem = "Exercise_ana_attempt_2026-11-22-19-40-00"
    put(tmp_path, [(f"{stem}.txt", b"Name: Bo C (bo)\n"), (f"{stem}_ex02.json", DATA)])
    (ref,) = listed(tmp_path)
    assert ref.who.id == "ana"


def test_a_hand_in_without_a_file_has_its_row(tmp_path):
    stem = "Exercise_ana_attempt_2026-11-22-19-40-00"
    put(tmp_path, [(f"{stem}.txt", b"Name: Ana B (ana)\nAssignment: Exercise\n")])
    (ref,) = listed(tmp_path)
    assert (ref.who.id, ref.who.name) == ("ana", "Ana B")
    assert read(ref).problem.startswith("Handed in without a file")


def test_one_id_with_two_names_is_two_people(tmp_path):
    names = ["Ana B_12_assignsubmission_file/a.json", "Bo C_12_assignsubmission_file/a.json"]
    put(tmp_path, [(name, DATA) for name in names])
    assert len({ref.who.id for ref in listed(tmp_path)}) == 2
    put(tmp_path / "teams", [("red_1_123_456_a.json", DATA), ("blue_1_124_457_a.json", DATA)])
    assert len({ref.who.id for ref in listed(tmp_path / "teams")}) == 2


def test_the_layout_needs_more_than_half_of_the_files_and_the_rest_is_known_by_code(tmp_path):
    fitting = [(f"Ana B_{n}_assignsubmission_file/ex02.json", DATA) for n in range(3)]
    others = [(f"{n}.json", DATA) for n in range(3)]
    put(tmp_path / "half", [*fitting, *others])
    assert survey(tmp_path / "half").layout is Layout.PLAIN
    put(tmp_path / "most", [*fitting, *others[:2]])
    seen = survey(tmp_path / "most")
    assert seen.layout is Layout.MOODLE
    assert "2 of 5 files do not fit" in seen.sentence
    by = [ref.who.told_by for ref in listed(tmp_path / "most")]
    assert (by.count("code"), by.count("path")) == (2, 3)


def test_a_layout_can_be_forced_and_is_said(tmp_path):
    placed = [("Ana B/ex02.json", DATA), ("Bo C/ex02.json", DATA), ("loose.json", DATA)]
    put(tmp_path, placed)
    assert survey(tmp_path).layout is Layout.PLAIN
    forced = survey(tmp_path, layout=Layout.FOLDERS)
    assert "as you said" in forced.sentence
    ids = {path: ref.who.id for path, ref in whose(tmp_path, layout=Layout.FOLDERS).items()}
    assert ids == {"Ana B/ex02.json": "Ana B", "Bo C/ex02.json": "Bo C", "loose.json": ""}


def test_an_ordinary_folder_is_plain_and_says_nothing_of_anybody(tmp_path):
    put(tmp_path, [("2026_11_22_ex02.json", DATA), ("b/ex02 1.json", DATA), ("c.txt", b"")])
    seen = survey(tmp_path)
    assert seen.layout is Layout.PLAIN
    assert "the code in each file" in seen.sentence
    assert {ref.who.told_by for ref in listed(tmp_path)} == {"code"}


def test_an_empty_folder_is_plain(tmp_path):
    assert survey(tmp_path).files == 0
    assert survey(tmp_path).layout is Layout.PLAIN


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("layout", PLATFORMS)
def test_simulated_downloads_are_the_same_whenever_they_are_made(tmp_path, layout):
    from briefing.marking.simulate import write_layout

    for out in ("one", "two"):
        assert write_layout("ex02", 14, tmp_path / out, 1, layout) == 15
    for name in (HAND_INS, CLASS_LIST):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    roster = Roster.read(tmp_path / "one" / CLASS_LIST)
    refs = list(listed(tmp_path / "one" / HAND_INS, roster=roster))
    told_by = "name" if layout is Layout.GOOGLE else "roster"
    assert {ref.who.told_by for ref in refs} == {told_by}
    handed_in = {ref.who.id for ref in refs}
    missing = [person for person in roster.people if person.id not in handed_in]
    assert missing == list(roster.people[-2:])
    assert len(roster.people) == 16
