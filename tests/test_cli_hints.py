"""What was probably meant: a line that the command line of this system takes as it is printed."""

import shlex

import pytest

from briefing.cli import main
from briefing.cli.hints import TYPED, meant, quoted


@pytest.fixture
def school(tmp_path, monkeypatch):
    """A folder with spaces and quotes in names; the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(TYPED, "python3 start.py")
    for name in (
        "my class",
        "my class/it's 10b.zip",
        "my class/class list.csv",
        "unpacked",
        "MARKED",
    ):
        path = tmp_path / name
        path.write_bytes(b"") if path.suffix else path.mkdir()
    (tmp_path / "MARKED" / "gradebook.csv").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "better"),
    [
        (["grade", "my", "class/it's", "10b.zip", "--out", "OUT"], ["grade", "my class/it's 10b.zip", "--out", "OUT"]),
        (["grade", "my class/it's 10b", "--out", "my out"], ["grade", "my class/it's 10b.zip", "--out", "my out"]),
        (["grade", "unpacked.zip", "--out", "unpacked.zip"], ["grade", "unpacked", "--out", "unpacked.zip"]),
        (["grade", "unpacked", "--roster", "my class"], ["grade", "unpacked", "--roster", "my class/class list.csv", "--out", "MARKED"]),
        (["moodle", "my class/", "--marked", "MARKED/gradebook.csv"], ["moodle", "my class/class list.csv", "--marked", "MARKED"]),
        (["pages", "MARKED.zip"], ["pages", "MARKED"]),
        (["Grade", "unpacked", "—out", "x"], ["grade", "unpacked", "--out", "x"]),
        (["grade", "unpacked", "-–out", "x", "-layout", "moodle"], ["grade", "unpacked", "--out", "x", "--layout", "moodle"]),
        (["grade", "my", "class"], ["grade", "my class", "--out", "MARKED"]),
        (["moodle", "my class/class list.csv"], ["moodle", "my class/class list.csv", "--marked", "MARKED"]),
    ],
)  # fmt: skip
def test_the_line_can_be_pasted(school, words, better):
    line = meant(words)
    assert line.startswith("python3 start.py ")
    assert shlex.split(line)[2:] == better


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["grade"],
        ["grade", "unpacked", "--out", "x"],
        ["grade", "unpacked", "--out=x"],
        ["pages", "-h"],
        ["grade", "no such", "thing"],
        ["grade", "a\0b"],
    ],
)
def test_nothing_is_said_where_nothing_better_is_known(school, words):
    assert meant(words) == ""


def test_windows_quotes(school):
    assert quoted(r"C:\my class\a & b.zip", windows=True) == '"C:\\my class\\a & b.zip"'
    assert quoted("ex02.zip", windows=True) == "ex02.zip"


def test_a_command_that_fails_prints_it(school, capsys):
    with pytest.raises(SystemExit):
        main(["grade", "my", "class", "--out", "OUT"])
    said = capsys.readouterr().err
    assert "Perhaps you meant" in said
    assert "python3 start.py grade 'my class' --out OUT\n" in said
    with pytest.raises(SystemExit):
        main(["pages", "MARKED.zip"])
    said = capsys.readouterr().err
    assert "    python3 start.py pages MARKED\n" in said
    assert "Traceback" not in said
