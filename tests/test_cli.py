"""The command line: its groups, and how it says that something could not be done."""

import os
import subprocess
import sys

import pytest

from briefing.cli import GROUPS, app, main
from briefing.errors import BriefingError


def run(*words):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "briefing", *words], capture_output=True, text=True, env=environment
    )


def test_an_expected_failure_is_one_sentence_and_no_traceback():
    done = run("refresh", "no-such-notebook")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("There is no notebook 'no-such-notebook'")
    assert done.stderr.count("\n") == 1


def test_the_version_and_the_schema_are_printed():
    assert run("--version").stdout == "Reading the Briefing 1.0.0\n"
    assert '"$schema"' in run("schema").stdout


def test_every_group_has_commands():
    names = {command.callback.__module__ for command in app.registered_commands}
    assert names == {f"briefing.cli.{group}" for group in GROUPS}


def test_the_options_of_marking_are_all_it_knows():
    from briefing.cli.grade import KEPT, GradedLayout, Keep, SimulatedLayout
    from briefing.marking.hand_ins import Layout
    from briefing.marking.rules import Counts

    assert [str(KEPT.get(keep, keep)) for keep in Keep] == [str(counts) for counts in Counts]
    layouts = [str(layout) for layout in Layout]
    assert [str(layout) for layout in GradedLayout] == layouts
    # Folders are what somebody makes by hand; no platform gives them.
    assert [str(layout) for layout in SimulatedLayout] == [w for w in layouts if w != "folders"]


def test_stopping_by_hand_is_no_traceback(monkeypatch, capsys):
    def stop(**_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("briefing.cli.app", stop)
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_name_that_the_stream_cannot_hold_is_no_traceback(tmp_path):
    path = tmp_path / "Кирилл.answers.json"
    path.write_text('{"format": "reading-the-briefing/answers"', encoding="utf-8")
    windows = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    windows |= {"PYTHONIOENCODING": "cp1252:strict", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "check", path], capture_output=True, env=windows
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"??????.answers.json: CANNOT be marked." in done.stdout


def test_errors_of_ours_are_told_in_a_notebook_without_a_traceback():
    assert BriefingError("One sentence.")._render_traceback_() == ["One sentence."]
