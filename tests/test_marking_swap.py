"""The old output while the new one takes its place: whatever goes wrong there, it is not lost."""

import errno
import shutil
from pathlib import Path

import pytest
from test_marking_grade import answers_file, contents, put
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking.classroom import Wanted, grade_folder
from briefing.marking.output import MARK, OutputRefused, fresh_folder
from briefing.marking.part_note import Shard
from briefing.marking.parts import grade_shard
from briefing.marking.work import work_beside

SENTENCE = "Made for a test."
CALLS = range(1, 8)
"""More than the calls that a swap and the tidying after it are made of."""


def write(out, text, *, done=False):
    """Write an output as a command does; `done` says whether it has kept a run of files."""
    with work_beside(out, SENTENCE, lambda path: path == "marks.txt") as work:
        (work.target / "marks.txt").write_text(text, encoding="utf-8")
        if done:
            (work.kept.records / "a.jsonl").write_text("{}\n", encoding="utf-8")


def held(folder):
    """Return what an output holds, or "" where it is not there."""
    path = folder / "marks.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_a_name_that_leaves_no_room_for_the_work_folders_is_one_sentence(tmp_path):
    with pytest.raises(OutputRefused, match="name too long.*give another one"):
        write(tmp_path / ("x" * 250), "now")


class Trouble:
    """Stops the n-th rename or removal of a folder, before or after it is done, or lets it fail."""

    def __init__(self, monkeypatch, at, how):
        self.at, self.how, self.calls = at, how, 0
        rename, rmtree = Path.rename, shutil.rmtree
        monkeypatch.setattr(Path, "rename", lambda path, to: self.call(rename, path, to))
        monkeypatch.setattr(shutil, "rmtree", lambda path, **more: self.call(rmtree, path, **more))

    def call(self, really, path, *more, **how):
        self.calls += 1
        if self.how == "fails for good" and self.calls >= self.at and not how:
            raise OSError(errno.EACCES, "Permission denied")
        if self.how == "Ctrl-C before" and self.calls == self.at:
            raise KeyboardInterrupt
        done = really(path, *more, **how)
        if self.how == "Ctrl-C after" and self.calls == self.at:
            raise KeyboardInterrupt
        return done


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("how", ["Ctrl-C before", "Ctrl-C after", "fails for good"])
@pytest.mark.parametrize("at", CALLS)
def test_the_old_output_outlives_whatever_stops_a_command(tmp_path, monkeypatch, at, how, done):
    out, old = tmp_path / "out", tmp_path / ".out.marking" / "old"
    write(out, "before")
    said = None
    with monkeypatch.context() as patched:
        trouble = Trouble(patched, at, how)
        try:
            write(out, "now", done=done)
        except (KeyboardInterrupt, OutputRefused) as problem:
            said = problem
    assert trouble.calls >= at or said is None
    if said is None:
        assert held(out) == "now"
    elif isinstance(said, KeyboardInterrupt) or "unchanged" in str(said):
        assert held(out) == "before"  # of Ctrl-C, too, the command line says: OUT is as it was
    else:
        assert f"is kept in {old}, and the same command puts it back" in str(said)
        assert held(old) == "before"
    with (
        pytest.raises(OutputRefused, match="another reason"),
        work_beside(out, SENTENCE, lambda path: path == "marks.txt"),
    ):
        raise OutputRefused("another reason")
    assert held(out) == ("now" if said is None else "before")
    write(out, "at last")
    assert held(out) == "at last"


@pytest.mark.parametrize("how", ["Ctrl-C before", "Ctrl-C after", "fails for good"])
@pytest.mark.parametrize("at", CALLS)
def test_a_made_up_class_outlives_it_too(tmp_path, monkeypatch, at, how):
    def fill(text):
        with fresh_folder(out, SENTENCE, lambda path: path == "marks.txt") as target:
            (target / "marks.txt").write_text(text, encoding="utf-8")

    out, said = tmp_path / "out", None
    fill("before")
    with monkeypatch.context() as patched:
        Trouble(patched, at, how)
        try:
            fill("now")
        except (KeyboardInterrupt, OutputRefused) as problem:
            said = problem
    if said is None:
        assert held(out) == "now"
    elif isinstance(said, KeyboardInterrupt):
        assert held(out) in ("before", "now")
    elif "unchanged" in str(said):
        assert held(out) == "before"
    else:
        (old,) = tmp_path.glob(".out.*.old")
        assert f"is kept in {old}" in str(said)
        assert held(old) == "before"


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("command", ["grade", "merge"])
def test_ctrl_c_in_the_middle_of_the_swap_leaves_the_marks_as_they_were(
    tmp_path, monkeypatch, command
):
    put(tmp_path, "class/a.json", answers_file())
    out = tmp_path / "out"
    words = {
        "grade": ["grade", tmp_path / "class"],
        "merge": ["merge", tmp_path / "part"],
    }[command]
    grade_shard(tmp_path / "class", tmp_path / "part", Shard(1, 1), Wanted())
    grade_folder(tmp_path / "class", out, class_report=True)
    before = contents(out)
    rename = Path.rename

    def pressed(path, to):
        done = rename(path, to)
        if Path(to).name == "old":
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "rename", pressed)
    stopped = CliRunner().invoke(app, [*map(str, words), "--out", str(out)])
    monkeypatch.undo()
    assert stopped.exit_code == 130
    assert "out is as it was" in stopped.stderr
    assert contents(out) == before
    assert before[MARK]
