"""Paths with signs that a terminal obeys: no sentence that is printed holds one of them."""

import os

import pytest

from briefing.cli import main
from briefing.corpus.articles import UnknownArticle
from briefing.errors import BriefingError
from briefing.keys import has_solutions
from briefing.marking.output import OutputRefused, fresh_folder, whole_path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such names elsewhere")
EVIL = "ev\x1b[31mil\x1b]0;title\x07\u202e\x9b"
OBEYED = frozenset("\x1b\x07\u202e\x9b\r")

COMMANDS = [
    ["grade", "in", "--out", "{e}full"],
    ["grade", "in", "--out", "{e}file"],
    ["grade", "in", "--out", "{e}file/x"],
    ["grade", "in", "--out", "o", "--roster", "{e}.csv"],
    ["grade", "in", "--out", "o", "--roster", "{e}none.csv"],
    ["grade", "in", "--out", "o", "--rules", "{e}.toml"],
    ["grade", "in", "--out", "o", "--rules", "{e}none"],
    ["grade", "in", "--out", "o", "--marks", "{e}.csv"],
    ["grade", "{e}.zip", "--out", "o"],
    ["grade", "in", "--out", "{e}new"],
    ["grade", "{e}in", "--out", "{e}new"],
    ["grade", "in", "--out", "{e}part", "--shard", "1/2"],
    ["grade", "in", "--out", "o", "--shard", "{e}"],
    ["merge", "{e}", "in", "--out", "o"],
    ["check", "{e}"],
    ["check", "{e}in", "{e}.zip", "{e}file"],
    ["canvas", "{e}.csv", "--marked", "in", "--out", "o.csv"],
    ["moodle", "{e}.csv", "--marked", "{e}", "--out", "{e}"],
    ["pages", "{e}", "--out", "p.zip"],
    ["simulate", "--out", "{e}full"],
    ["simulate", "--out", "{e}made-up", "--students", "2"],
]


@pytest.mark.skipif(not has_solutions(), reason="most of these commands need the keys")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words))
def test_no_command_prints_what_a_terminal_obeys(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    for folder in ("in", f"{EVIL}full", f"{EVIL}in"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{EVIL}.answers.json").write_text("no answers", encoding="utf-8")
    for name, text in {
        "file": "x",
        ".csv": "a,b\n1,2\n",
        ".toml": "zone = 3\n",
        ".zip": "PK",
    }.items():
        (tmp_path / f"{EVIL}{name}").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        main([word.format(e=EVIL) for word in command])
    printed = capsys.readouterr()
    said = printed.out + printed.err
    assert said.strip()
    assert not OBEYED & set(said)


def test_no_expected_failure_says_what_a_terminal_obeys(tmp_path):
    (tmp_path / EVIL).write_text("x", encoding="utf-8")
    for out in (tmp_path / EVIL, tmp_path / EVIL / "below"):
        with pytest.raises(OutputRefused) as refused, fresh_folder(out, "x", lambda path: False):
            pass
        assert "il" in str(refused.value)
        assert not OBEYED & set(str(refused.value))
    with pytest.raises(OutputRefused) as refused:
        whole_path(tmp_path / (EVIL * 100))
    assert not OBEYED & set(str(refused.value))
    for kind in (BriefingError, UnknownArticle):
        assert str(kind(f"There is no {EVIL}\nAll is marked.")).isprintable()
