"""Whose feedback page it is, in its head: the name that the class list has, and none that anybody types."""

import re

import pytest
from msgspec.structs import replace
from test_marking_grade import answers_file, contents, marked, put
from test_marking_pages import HOSTILE, Tags, words

from briefing.keys import has_solutions
from briefing.marking import runs
from briefing.marking.classroom import Wanted, grade_folder
from briefing.marking.grade import Desks
from briefing.marking.hand_ins import Layout
from briefing.marking.pages import feedback_page
from briefing.marking.part_note import Shard
from briefing.marking.parts import grade_shard, merge_parts

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

CODES = [f"fox-{number}" for number in range(12)]


def head(text):
    return re.search(r'<p class="who">.*?</p>', text, re.DOTALL)[0]


def page(**more):
    return feedback_page(replace(marked(answers_file({})), **more), Desks().get("ex02"))


@pytest.fixture
def listed(tmp_path):
    """Twelve hand-ins and the class list; one name on it is hostile."""
    for code in CODES:
        put(tmp_path, f"class/{code}.json", answers_file({}, student=code))
    names = ["Ana B", "Bo <script>alert(1)</script> C", *(f"Cy D{n}" for n in range(2, 12))]
    lines = [f'{70 + n},"{name}",{CODES[n]}' for n, name in enumerate(names)]
    people = tmp_path / "list.csv"
    people.write_text("\n".join(["id,name,code", *lines, ""]), encoding="utf-8")
    return people


def test_the_name_from_the_class_list_stands_beside_the_id(tmp_path, listed):
    grade_folder(tmp_path / "class", tmp_path / "out", roster=listed)
    heads = {head(p.read_text("utf-8")) for p in (tmp_path / "out" / "feedback").iterdir()}
    assert len(heads) == 12
    assert '<p class="who">Feedback for <bdi>Ana B</bdi> (<bdi>70</bdi>)</p>' in heads
    (hostile,) = (one for one in heads if "(<bdi>71</bdi>)" in one)
    assert "&lt;script&gt;" in hostile
    assert "<script" not in hostile


def test_without_a_name_the_head_is_as_before():
    assert head(page()) == '<p class="who">Feedback for <bdi>fox-4821</bdi></p>'


def test_a_name_that_anybody_could_type_or_that_is_the_id_is_not_shown():
    for more in ({"known": False}, {"known": True, "by_name": True}):
        assert "Ana B" not in page(name="Ana B", **more)
    assert page(name="fox-4821", known=True) == page(known=True)


def test_a_hostile_name_is_text_and_turns_no_direction():
    text = page(name=f"\u202e{HOSTILE}\x07", known=True)
    assert "script" not in Tags(text).names
    assert HOSTILE in words(text)
    assert not set("\u202e\x07") & set(text)


def test_parts_two_processes_and_a_stopped_run_give_the_same_bytes(tmp_path, listed, monkeypatch):
    monkeypatch.setattr(runs, "USUAL", 3)
    source, whole = tmp_path / "class", tmp_path / "whole"
    grade_folder(source, whole, roster=listed, jobs=1)
    assert any(b"<bdi>Ana B</bdi>" in data for data in contents(whole).values())
    parts = [tmp_path / "one", tmp_path / "two"]
    for number, part in enumerate(parts, 1):
        grade_shard(source, part, Shard(number, 2), Wanted(roster=listed))
    merge_parts(parts, tmp_path / "merged")
    assert contents(tmp_path / "merged")["gradebook.csv"] == contents(whole)["gradebook.csv"]
    assert feedback(tmp_path / "merged") == feedback(whole)
    grade_folder(source, tmp_path / "both", roster=listed, jobs=2)
    assert feedback(tmp_path / "both") == feedback(whole)

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_folder(source, tmp_path / "out", roster=listed, jobs=1, report=stop)
    assert not (tmp_path / "out").exists()
    again = grade_folder(source, tmp_path / "out", roster=listed, jobs=1)
    assert 0 < again.reused < 12
    assert feedback(tmp_path / "out") == feedback(whole)


def feedback(out):
    return {name: data for name, data in contents(out).items() if name.startswith("feedback/")}


def test_a_name_in_a_path_that_the_platform_made_is_shown(tmp_path):
    inside = "Ana B_1234567_assignsubmission_file_/a.json"
    put(tmp_path, f"class/{inside}", answers_file({}))
    grade_folder(tmp_path / "class", tmp_path / "out", layout=Layout.MOODLE)
    (only,) = (tmp_path / "out" / "feedback").iterdir()
    assert "<bdi>Ana B</bdi> (<bdi>1234567</bdi>)" in head(only.read_text("utf-8"))
