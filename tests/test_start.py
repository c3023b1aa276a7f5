"""What the words after `start.py` do, and the sentences for whoever cannot get in."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from course_copy import ROOT, copy_course, last_sentence, light_course, plain_environment, start

from briefing.setting_up import lab
from briefing.setting_up.failures import SetUpError
from briefing.setting_up.trying import notebooks, pytest_arguments
from briefing.setting_up.words import lab_options


def other_pythons() -> list[str]:
    """Return Pythons of this computer that are too old, one a version."""
    found: dict[str, str] = {}
    candidates = [shutil.which(f"python{v}") for v in ("2.7", *(f"3.{n}" for n in range(4, 11)))]
    if shutil.which("pyenv"):
        asked = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False)
        candidates += map(str, Path(asked.stdout.strip()).glob("versions/*/bin/python"))
    for path in filter(None, candidates):
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        said = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
        version = said.stdout.strip()
        if re.fullmatch(r"\d+\.\d+", version) and tuple(map(int, version.split("."))) < (3, 11):
            found.setdefault(version, path)
    return list(found.values())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(address: str) -> int:
    """Ask until there is an answer; JupyterLab prints its address a moment before it listens."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def light(tmp_path_factory):
    """A light course that is set up."""
    course = light_course(tmp_path_factory.mktemp("light") / "course")
    done = start(course, "setup")
    assert done.returncode == 0, done.stderr
    return course


def test_any_python_can_read_it():
    ast.parse((ROOT / "start.py").read_text(encoding="ascii"), feature_version=(3, 4))


def test_python_that_is_too_old_gets_one_sentence():
    pythons = other_pythons()
    if not pythons:
        pytest.skip(
            "no Python older than 3.11 on this computer: only the simulated ones were tried"
        )
    for python in pythons:
        done = subprocess.run(
            [python, str(ROOT / "start.py")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, python
        assert done.stdout == ""
        sentence = done.stderr.strip()
        assert "\n" not in sentence, sentence
        assert sentence.startswith("This course needs Python 3.11 to 3.14, and this is Python ")


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 15, 0)])
def test_python_out_of_range_gets_the_way_on(version, monkeypatch, capsys):
    start_py = runpy.run_path(str(ROOT / "start.py"))
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setenv("PATH", "")
    assert start_py["main"]() == 1
    sentence = capsys.readouterr().err
    assert sentence.count("\n") == 1
    assert "install one from python.org" in sentence


@pytest.mark.skipif(os.name == "nt", reason="Windows has one `py` for all Pythons")
def test_python_that_is_already_there_is_named(monkeypatch, capsys, tmp_path):
    start_py = runpy.run_path(str(ROOT / "start.py"))
    for name, code in (("python3.12", 0), ("python3.13", 1)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    monkeypatch.setenv("PATH", str(tmp_path))
    start_py["main"]()
    assert "type: python3.12 start.py." in capsys.readouterr().err


def test_help_names_every_word():
    done = start(ROOT, "--help")
    assert done.returncode == 0
    for word in ("--no-browser", "--port", "setup", "test", "lock", "grade", "py start.py"):
        assert word in done.stdout


def test_port_that_is_taken_gets_another_one_and_nothing_is_set_up(tmp_path):
    course = light_course(tmp_path / "course")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = start(course, "--no-browser", "--port", str(port))
    assert done.returncode == 1
    sentence = last_sentence(done.stderr)
    assert sentence.startswith(f"Port {port} is taken")
    offered = int(re.search(r"start\.py --port (\d+)$", sentence)[1])
    assert offered != port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", offered))
    assert not (course / ".venv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "abc"], "“abc” is no port"),
        (["--port", "0"], "“0” is no port"),
        (["--port=65536"], "“65536” is no port"),
        (["--port", "²"], "“²” is no port"),
        (["--port"], "“” is no port"),
        (["--no-browser", "--quiet"], "knows no “--quiet”"),
    ],
)
def test_words_that_make_no_sense_get_a_sentence(words, said):
    with pytest.raises(SetUpError, match=re.escape(said)):
        lab_options(words)


def test_every_line_to_type_can_be_typed(monkeypatch):
    def reserved(port):
        if port < 1024:
            raise PermissionError(13, "Permission denied")

    typed = "py start.py" if os.name == "nt" else "python3 start.py"
    monkeypatch.setattr(lab, "_try", reserved)
    with pytest.raises(SetUpError, match=f"type: {typed} --port 1024"):
        lab.check_port(80)
    with pytest.raises(SetUpError, match=f"“{typed} --help”"):
        lab_options(["--quiet"])


def test_options_of_the_lab():
    assert lab_options([]) == (8888, True)
    assert lab_options(["--port=9000", "--no-browser"]) == (9000, False)


def test_setup_with_a_wrong_word(light):
    done = start(light, "setup", "again")
    assert done.returncode == 1
    assert "--again" in last_sentence(done.stderr)


def test_other_words_are_passed_on(light, tmp_path):
    words = ["grade", "a folder", "--out", "x;y", "$HOME", "‘quoted’"]
    done = start(light, *words, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["words"][1:] == words
    assert Path(told["folder"]) == tmp_path
    assert told["course"] == str(light)


def test_exit_code_is_passed_on(light):
    assert start(light, "seven").returncode == 7


def test_course_of_the_user_wins(light):
    done = start(light, "where", environment=plain_environment(BRIEFING_COURSE="elsewhere"))
    assert json.loads(done.stdout)["course"] == "elsewhere"


def test_nothing_in_the_current_folder_is_executed(light, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('executed')\n")
    (tmp_path / "briefing.py").write_text("raise SystemExit('executed')\n")
    done = start(light, "check", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) not in json.loads(done.stdout)["path"]


def test_no_other_library_is_let_in(light, tmp_path):
    done = start(light, "check", environment=plain_environment(PYTHONPATH=str(tmp_path)))
    assert str(tmp_path) not in json.loads(done.stdout)["path"]


def test_notebooks_are_found_in_order_and_without_checkpoints(tmp_path):
    for name in ("solutions/keys/b.ipynb", "notebooks/01.ipynb", "notebooks/00.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "notebooks" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "notebooks" / ".ipynb_checkpoints" / "00.ipynb").touch()
    found = ["notebooks/00.ipynb", "notebooks/01.ipynb", "solutions/keys/b.ipynb"]
    assert notebooks(tmp_path) == found
    assert pytest_arguments(tmp_path, ["-x"])[-5:] == ["-x", "tests", *found]
    assert "tests" not in pytest_arguments(tmp_path, ["notebooks/00.ipynb::Cell 0"])
    assert notebooks(tmp_path / "empty") == []


@pytest.mark.slow
def test_lab_answers_and_ends(tmp_path):
    course = copy_course(tmp_path / "course")
    port = free_port()
    environment = plain_environment(JUPYTER_RUNTIME_DIR=str(tmp_path / "runtime"))
    lab = subprocess.Popen(
        [sys.executable, str(course / "start.py"), "--no-browser", f"--port={port}"],
        env=environment,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        for line in lab.stdout:
            said.append(line)
            address = re.search(rf"http://127\.0\.0\.1:{port}(/\S*)\?token=\w+", line)
            if address:
                break
        else:
            pytest.fail("".join(said))
        expected = "/lab"
        if (course / "notebooks" / "00-start-here.ipynb").exists():
            expected = "/lab/tree/notebooks/00-start-here.ipynb"
        assert address[1] == expected
        assert status_of(address[0]) == 200
        lab.send_signal(signal.SIGTERM)
        assert lab.wait(30) is not None
    finally:
        lab.kill()
        lab.communicate()
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.2)
    pytest.fail("JupyterLab still answers after start.py was ended")


@pytest.mark.slow
def test_test_word_compares_stored_outputs_and_ends_in_one_summary(tmp_path):
    course = copy_course(tmp_path / "course")
    for folder in ("tests", "notebooks", "exercises", "solutions"):
        shutil.rmtree(course / folder, ignore_errors=True)
    (course / "tests").mkdir()
    (course / "tests" / "test_one.py").write_text(
        "import os\n\ndef test_work_is_fresh():\n    assert os.listdir(os.environ['BRIEFING_WORK']) == []\n"
    )
    (course / "notebooks").mkdir()
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "a",
        "metadata": {},
        "outputs": [{"name": "stdout", "output_type": "stream", "text": ["3\n"]}],
        "source": ["print(1 + 1)"],
    }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}}
    notebook |= {"nbformat": 4, "nbformat_minor": 5}
    path = course / "notebooks" / "00-wrong.ipynb"
    path.write_text(json.dumps(notebook))
    done = start(course, "test", "-n0")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"1 failed, 1 passed in .*=$", done.stdout.strip().splitlines()[-1])
    cell["outputs"][0]["text"] = ["2\n"]
    path.write_text(json.dumps(notebook))
    done = start(course, "test", "-n0", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r" 2 passed in .*=$", done.stdout.strip().splitlines()[-1])
