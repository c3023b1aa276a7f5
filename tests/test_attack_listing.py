"""Students who would hide, rename or stall what others handed in, by names and folders alone."""

import os

import pytest
from mutations import no_hang

from briefing.marking.hand_ins import Layout, listed, read, survey
from briefing.marking.ours import GRADEBOOK, SENTENCE
from briefing.marking.output import MARK

DATA = b'{"format": "reading-the-briefing/answers"}'
SIGNED = f"{SENTENCE}\n{GRADEBOOK} 0\n".encode()


def put(folder, *placed):
    for path, data in placed:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def at(*names):
    """Files of these names, with something in them that could be marked."""
    return [(name, DATA) for name in names]


def whose(source, **more):
    return {ref.path: ref for ref in listed(source, **more)}


@pytest.mark.parametrize(
    "mark", [b"", SIGNED, SENTENCE.encode() + b" And so on.\n", b"\xff\xfe" + SIGNED]
)
def test_a_mark_that_anybody_can_copy_hides_no_time(tmp_path, mark):
    for student in ("ana", "bo"):
        late = b"2026-11-29 19:40:00 UTC" if student == "bo" else b"2026-11-22 19:40:00 UTC"
        put(tmp_path, (f"submitted/{student}/ex02/timestamp.txt", late))
        put(tmp_path, *at(f"submitted/{student}/ex02/ex02.json"))
    for where in ("submitted/bo/ex02", "submitted/bo"):
        put(tmp_path, (f"{where}/{MARK}", mark), (f"{where}/{GRADEBOOK}", b""))
    times = {
        ref.who.id: ref.handed_in for ref in listed(tmp_path) if ref.path.endswith("ex02.json")
    }
    assert times == {"ana": "2026-11-22T19:40:00Z", "bo": "2026-11-29T19:40:00Z"}


def test_only_what_marking_itself_writes_is_passed_over_below_its_mark(tmp_path):
    written = ["feedback/ex02.html", "class/ex02.html", "open-answers.csv", "pages.jsonl"]
    foreign = ["feedback/deep/a.html", "mine.csv", "mine.html", "notes.txt", "x/gradebook.csv"]
    put(tmp_path, *at(*(f"old/{name}" for name in (*written, *foreign))))
    put(tmp_path, (f"old/{GRADEBOOK}", b""))
    assert {f"old/{name}" for name in (*written, *foreign)} < set(whose(tmp_path))
    put(tmp_path, (f"old/{MARK}", SENTENCE.encode()))
    assert {f"old/{name}" for name in (*written, *foreign)} < set(whose(tmp_path))
    put(tmp_path, (f"old/{MARK}", SIGNED))
    assert {f"old/{name}" for name in foreign} == set(whose(tmp_path))
    put(tmp_path, (f"old/{MARK}", SIGNED.replace(b"\n", b"\r\n")))
    assert {f"old/{name}" for name in foreign} == set(whose(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("what", ["pipe", "link", "device"])
def test_a_mark_or_a_time_that_is_no_file_is_neither_waited_for_nor_followed(tmp_path, what):
    put(tmp_path, ("elsewhere/timestamp.txt", b"2026-11-01 00:00:00 UTC"), ("elsewhere/m", SIGNED))
    put(tmp_path / "class", *at("submitted/bo/ex02/ex02.json"), ("submitted/bo/gradebook.csv", b""))
    for name, to in (("ex02/timestamp.txt", "timestamp.txt"), (MARK, "m")):
        path = tmp_path / "class" / "submitted" / "bo" / name
        if what == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero" if what == "device" else tmp_path / "elsewhere" / to)
    with no_hang(30):
        found = list(listed(tmp_path / "class"))
    assert {ref.handed_in for ref in found} == {""}
    assert {"submitted/bo/gradebook.csv", "submitted/bo/ex02/ex02.json"} <= {
        ref.path for ref in found
    }


@pytest.mark.skipif(os.name != "posix", reason="needs links without special rights")
def test_a_folder_that_became_a_link_since_it_was_listed_is_not_followed(tmp_path):
    put(tmp_path, *at("class/bo/ex02.json", "elsewhere/ex02.json"))
    (ref,) = listed(tmp_path / "class")
    (tmp_path / "class" / "bo").rename(tmp_path / "old")
    (tmp_path / "class" / "bo").symlink_to(tmp_path / "elsewhere")
    found = read(ref)
    assert found.data == b""
    assert "link" in found.problem


# --- who decides how a class is read --------------------------------------------------------------


FORGED = {
    Layout.NBGRADER: "submitted/ana-{0}/ex02/x.json",
    Layout.CANVAS: "ana_{0}_2_x.json",
    Layout.MOODLE: "Ana_{0}_assignsubmission_file/x.json",
    Layout.BLACKBOARD: "Ex_ana{0}_attempt_2026-11-22-19-40-00_x.json",
    Layout.GOOGLE: "ex02 - Ana B ({0}).json",
}


@pytest.mark.parametrize("layout", FORGED)
@pytest.mark.parametrize("above", ["", "download/", "download/deep/"])
def test_one_students_many_files_do_not_decide_how_the_class_is_read(tmp_path, layout, above):
    put(tmp_path, *at(*(f"{above}{name}/ex02.answers.json" for name in ("ana", "bo", "cai"))))
    put(tmp_path, *at(*(f"{above}bo/{FORGED[layout].format(n)}" for n in range(40))))
    assert survey(tmp_path).layout is Layout.PLAIN
    assert {ref.who.told_by for ref in listed(tmp_path)} == {"code"}


@pytest.mark.parametrize("layout", [one for one in FORGED if one is not Layout.NBGRADER])
@pytest.mark.parametrize("above", ["", "course/"])
def test_one_students_many_files_do_not_take_a_course_from_nbgrader(tmp_path, layout, above):
    for name in ("ana", "bo", "cai"):
        put(tmp_path, *at(f"{above}submitted/{name}/ex02/ex02.json"))
    put(tmp_path, *at(*(f"{above}submitted/bo/{FORGED[layout].format(n)}" for n in range(40))))
    assert survey(tmp_path).layout is Layout.NBGRADER


@pytest.mark.parametrize("above", ["", "course/"])
@pytest.mark.parametrize("layout", [None, Layout.NBGRADER])
def test_a_folder_submitted_within_a_students_own_makes_nobody_else_of_them(
    tmp_path, above, layout
):
    for step in ("submitted", "autograded", "feedback"):
        for name in ("ana", "bo"):
            put(tmp_path, *at(f"{above}{step}/{name}/ex02/ex02.json"))
        put(tmp_path, *at(*(f"{above}{step}/bo/ex02/submitted/ana/ex02/{n}.json" for n in "123")))
    put(tmp_path, *at(f"{above}source/ex02/ex02.ipynb", f"{above}gradebook.db"))
    put(tmp_path, (f"{above}README.md", b"Our course"))
    seen = {path: ref.who.id for path, ref in whose(tmp_path, layout=layout).items()}
    inside = f"{above}submitted/bo/ex02"
    assert {path: who for path, who in seen.items() if who} == {
        f"{above}submitted/ana/ex02/ex02.json": "ana",
        f"{inside}/ex02.json": "bo",
        **{f"{inside}/submitted/ana/ex02/{n}.json": "bo" for n in "123"},
    }


def test_what_is_no_hand_in_has_no_vote(tmp_path):
    put(tmp_path, *at(*(f"hand-ins/Ana_{n}_assignsubmission_file/x.json" for n in range(3))))
    put(tmp_path, ("readme.txt", b"x"), ("tasks/ex02.pdf", b"%PDF"), ("marks.csv", b"a,b"))
    assert survey(tmp_path).layout is Layout.MOODLE
