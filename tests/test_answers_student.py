"""The student's code: proposed, changed, refused, and made a file name."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.answers import (
    AnswersStore,
    WrongCode,
    change_code,
    check_code,
    file_part,
    propose_code,
    student_code,
)

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt1"}


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """Neither a hub nor Binder."""
    for name in ("JUPYTERHUB_USER", "BINDER_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)


def test_a_code_is_an_animal_and_a_number():
    codes = {propose_code() for _ in range(50)}
    assert all(re.fullmatch(r"[a-z]+-[1-9]\d{3}", code) for code in codes)
    assert len(codes) > 40


def test_a_hub_proposes_the_user_name_but_binder_does_not(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "ana.lopez")
    assert propose_code() == "ana.lopez"
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    assert propose_code() != "ana.lopez"
    monkeypatch.delenv("BINDER_SERVICE_HOST")
    monkeypatch.setenv("JUPYTERHUB_USER", "<script>")
    assert re.fullmatch(r"[a-z]+-\d{4}", propose_code())


def test_the_code_stays_until_it_is_changed(tmp_path):
    code = student_code(tmp_path)
    assert student_code(tmp_path) == code
    assert change_code(tmp_path, "  bear-1  ") == "bear-1"
    assert student_code(tmp_path) == "bear-1"


def test_a_damaged_code_file_gives_a_new_code(tmp_path):
    (tmp_path / "student.json").write_bytes(b'{"format": "reading-the-briefing/student", \xff')
    assert re.fullmatch(r"[a-z]+-\d{4}", student_code(tmp_path))


@pytest.mark.parametrize("data", [b"[" * 9_000, b'{"a":' * 1_900])
def test_a_code_file_that_is_nested_deeply_gives_a_new_code(tmp_path, data):
    (tmp_path / "student.json").write_bytes(data)
    assert re.fullmatch(r"[a-z]+-\d{4}", student_code(tmp_path))


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_no_file_is_moved_aside_and_the_code_stays(tmp_path, what):
    path = tmp_path / "student.json"
    if what == "folder":
        path.mkdir()
        (path / "mine.txt").write_text("kept")
    elif hasattr(os, "mkfifo"):
        os.mkfifo(path)
    else:
        pytest.skip("this system has no pipes")
    code = student_code(tmp_path)
    assert student_code(tmp_path) == code
    aside = tmp_path / "student.json.aside-1"
    assert aside.exists()
    assert what == "pipe" or (aside / "mine.txt").read_text() == "kept"


def test_a_changed_code_reaches_answers_begun_before(tmp_path):
    store = AnswersStore.open("ex02", tmp_path)
    store.save("q1", {"kind": "text", "text": "one"})
    change_code(tmp_path, "bear-1")
    assert "go on under bear-1" in AnswersStore.open("ex02", tmp_path).notices[0]
    store.save("q1", {"kind": "text", "text": "two"})
    assert store.student == "bear-1"


@pytest.mark.parametrize(
    "code",
    [
        "fox-4821",
        "Müller, Anna",
        "O'Brien",
        'the "fox"',
        "Лиса",
        "שועל",
        "ثعلب",
        "狐",
        "🦊",
        "👩‍🚀 7",
    ],
)
def test_codes_in_every_script_are_accepted(code, tmp_path):
    assert change_code(tmp_path, code) == code
    assert AnswersStore.open("ex02", tmp_path).student == code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Please type a code"),
        (" \n\t ", "Please type a code"),
        ("x" * 10_000, "10,000 characters"),
        ("=cmd|' /C calc'!A0", "formula"),
        ("+1", "formula"),
        ("@me", "formula"),
        ("<script>alert(1)</script>", "< and >"),
        ("two\nlines", "cannot be seen"),
        ("nul\x00l", "cannot be seen"),
        ("right\u202eleft", "cannot be seen"),
        ("\ufefffox", "cannot be seen"),
        ("half \ud83d", "cannot be seen"),
    ],
)
def test_codes_that_would_do_harm_are_refused_in_a_sentence(code, words, tmp_path):
    before = student_code(tmp_path)
    with pytest.raises(WrongCode) as caught:
        change_code(tmp_path, code)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert student_code(tmp_path) == before


@given(st.text(max_size=80))
def test_a_file_name_is_safe_on_every_system(code):
    part = file_part(code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part)
    assert len(part) <= 49
    assert part not in RESERVED


@pytest.mark.parametrize("code", sorted(RESERVED))
def test_names_that_windows_keeps_for_itself_are_not_used(code):
    assert file_part(code) != code
    assert file_part(code).startswith(code + "-")


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_codes_never_share_a_file_name(one, other):
    assert (file_part(one) == file_part(other)) == (one == other)


def test_a_plain_code_is_its_own_file_name():
    assert file_part("fox-4821") == "fox-4821"
    assert file_part("Fox-4821") != "fox-4821"
    assert check_code("fox-4821") == "fox-4821"
