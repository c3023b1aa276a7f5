"""What could not be marked, as the teacher reads it: by reason, who, and whom to ask for what."""

import pytest
from typer.testing import CliRunner

from briefing.answers import read
from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking.problems import SHOWN, Problems, for_teacher

CUT = "The file is not complete JSON (line {}): it was cut short or changed by hand; hand in the original again."
PICTURE = "Not an answers file: a picture; ask the student for the file that ends in .answers.json."


def told(*files):
    problems = Problems()
    for one in files:
        problems.add(*one)
    return problems.told()


def test_like_reasons_are_one_sentence_that_asks_the_teacher():
    assert told(
        (PICTURE, "", "d.png"),
        (CUT.format(3), "Ana B", "a.json"),
        (CUT.format(17), "Bo C", "b.json"),
        (CUT.format(9), "Bo C", "b2.json"),
    ) == [
        "3 files: The file is not complete JSON: it was cut short or changed by hand; ask for the file "
        "again: Ana B; Bo C.",
        "d.png: Not an answers file: a picture; ask for the file that ends in .answers.json.",
    ]


def test_a_single_file_is_told_with_its_place():
    assert told((CUT.format(3), "Ana B", "x/a.json")) == [
        "Ana B: The file is not complete JSON (line 3): it was cut short or changed by hand; ask for the "
        "file again. File: x/a.json."
    ]


def test_a_large_class_is_told_in_few_sentences():
    many = told(*((CUT.format(n), f"Student {n}", "a") for n in range(1_000)))
    assert len(many) == 1
    assert many[0].startswith("1,000 files: ")
    assert many[0].endswith(f"Student {SHOWN - 1} and {1_000 - SHOWN} more, all in the gradebook.")
    strange = told(*((f"Reason {'x' * n}.", "Ana B", "a") for n in range(30)))
    assert len(strange) == SHOWN + 1
    assert strange[-1] == f"{30 - SHOWN} files for other reasons, all in the gradebook."


@pytest.mark.parametrize(
    "data",
    [b"", b'{"a', b"\xff\xfe{\x00", b"\xff", b"[" * 100_000, b'{"a": NaN}', b"{}", b'{"a": 1e999}'],
)
def test_no_sentence_for_a_teacher_speaks_to_the_student(data):
    with pytest.raises(read.NotGradable) as refused:
        read.parse_answers(data)
    said = for_teacher(refused.value.reason)
    assert "hand in" not in said
    assert "ask for the file" in said


@pytest.mark.skipif(not has_solutions(), reason="needs a key")
def test_the_command_groups_them_and_the_gradebook_keeps_its_sentences(tmp_path):
    (tmp_path / "class").mkdir()
    for name in ("a", "b"):
        start = b'{"format": "reading-the-briefing/answers", '
        (tmp_path / "class" / f"{name}.answers.json").write_bytes(start)
    words = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words, env={"COLUMNS": "300"})
    assert done.exit_code == 0
    assert "2 files: The file is not complete JSON: it was cut short" in done.output
    assert "ask for the file again: a.answers.json; b.answers.json." in done.output
    assert "hand in" not in done.output
    gradebook = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8-sig")
    assert gradebook.count("hand in the original again") == 2


def test_quoted_names_make_no_reason_of_their_own():
    many = told(*((f'The answer to "q\'{n}" cannot be read.', "", f"{n}.json") for n in range(30)))
    assert len(many) == 1
    assert many[0].startswith("30 files: ")
