"""What is put beside the teacher's work: our own unchanged file is replaced, everything else stays."""

import pytest

from briefing.marking.imports import ImportRefused, put
from briefing.marking.imports.putting import MOST, _written


@pytest.fixture(autouse=True)
def own_course(tmp_path_factory, monkeypatch):
    """Remember in a folder of the test's own."""
    course = tmp_path_factory.mktemp("course")
    monkeypatch.setattr("briefing.marking.imports.putting.course_folder", lambda: course)
    return course


def putting(path, data):
    def write(part):
        part.write_bytes(data)

    return put(path, write)


def test_a_file_that_was_put_there_and_is_unchanged_is_replaced_and_that_is_said(tmp_path):
    out = tmp_path / "my class" / "moodle-import.csv"
    out.parent.mkdir()
    assert putting(out, b"1").sentence == ""
    again = putting(out, b"2")
    assert (again.path, out.read_bytes()) == (out, b"2")
    assert again.sentence == f"The {out} of before, which nobody had changed, is replaced."
    assert [path.name for path in out.parent.iterdir()] == ["moodle-import.csv"]


def test_a_file_that_a_teacher_changed_stays_and_the_new_one_is_named(tmp_path):
    out = tmp_path / "moodle-import.csv"
    putting(out, b"1")
    out.write_bytes(b"hers")
    second = putting(out, b"2")
    assert second.path == tmp_path / "moodle-import-2.csv"
    assert f"{out} was changed" in second.sentence
    assert f"NEW one is {second.path}" in second.sentence
    third = putting(out, b"3")
    assert (third.path, third.path.read_bytes()) == (second.path, b"3")
    assert "NEW one" in third.sentence
    assert out.read_bytes() == b"hers"
    second.path.write_bytes(b"hers, too")
    assert putting(out, b"4").path == tmp_path / "moodle-import-3.csv"


def test_a_file_of_somebody_else_stays_and_so_does_a_link(tmp_path):
    out = tmp_path / "pages.zip"
    out.write_bytes(b"not ours")
    assert putting(out, b"1").path.name == "pages-2.zip"
    assert out.read_bytes() == b"not ours"
    link = tmp_path / "link.csv"
    try:
        link.symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("this system makes no links")
    assert putting(link, b"1").path.name == "link-2.csv"
    assert link.is_symlink()


def test_nothing_is_left_where_it_cannot_be_written(tmp_path):
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "no" / "such" / "folder.csv"):
        with pytest.raises(ImportRefused, match="cannot be written"):
            putting(out, b"1")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


@pytest.mark.parametrize("spoilt", [b"", b"[1]", b"\xff", b'{"a": 1}', b"[" * 100_000])
def test_where_the_memory_is_spoilt_nothing_is_overwritten(tmp_path, own_course, spoilt):
    out = tmp_path / "a.csv"
    putting(out, b"1")
    (own_course / ".start" / "exported.json").write_bytes(spoilt)
    assert putting(out, b"2").path.name == "a-2.csv"
    assert out.read_bytes() == b"1"


def test_the_memory_is_bounded(tmp_path, own_course):
    for number in range(3):
        putting(tmp_path / f"{number}.csv", b"1")
    assert len(_written()) == 3
    many = ", ".join(f'"{n}": "x"' for n in range(2 * MOST))
    (own_course / ".start" / "exported.json").write_text("{" + many + "}")
    putting(tmp_path / "last.csv", b"1")
    assert len(_written()) == MOST
    assert str(tmp_path / "last.csv") in list(_written())[-1]
