"""Every way to a filled `.venv`, from any kind of folder, on a light course with one package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from course_copy import (
    in_course,
    last_sentence,
    light_course,
    path_without_uv,
    plain_environment,
    start,
)

from briefing.setting_up import on_path
from briefing.setting_up.places import Course, base_python

posix = pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for uv")


@pytest.fixture
def course(tmp_path):
    return light_course(tmp_path / "course")


def record(course: Path) -> str:
    return (course / ".start" / "set-up.log").read_text(encoding="utf-8")


def works(course: Path) -> bool:
    return in_course(course, "import comm, briefing; print(briefing.__version__)") != ""


def put_command(folder: Path, name: str, script: str) -> str:
    """Put a shell script on the PATH before everything else and return that PATH."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return os.pathsep.join([str(folder), os.environ["PATH"]])


def test_first_call_sets_up_and_the_second_says_nothing(course):
    if shutil.which("uv") is None:
        pytest.skip("uv is not on the PATH: this way cannot be tried")
    done = start(course, "setup")
    assert done.returncode == 0, done.stderr
    assert [line.split("] ")[1][:7] for line in done.stderr.splitlines()] == [
        "making ",
        "fetchin",
        "putting",
        "set up",
    ]
    assert works(course)
    assert "pip install" in record(course)
    before = record(course)
    again = start(course, "setup")
    assert (again.returncode, again.stderr) == (0, "")
    assert record(course) == before


def test_folder_may_be_called_anything(tmp_path):
    name = "Kurs’ „Ü“ ß 日本 🙂 $HOME;x"
    if os.name != "nt":
        name += ' "q" \\ `y`'
    course = light_course(tmp_path / name)
    done = start(course, "setup")
    assert done.returncode == 0, done.stderr
    assert works(course)
    launcher = Course(course).scripts / ("briefing.cmd" if os.name == "nt" else "briefing")
    said = subprocess.run(
        [launcher, "a b", "$HOME"],
        cwd=tmp_path,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout)["words"][1:] == ["a b", "$HOME"]


def test_package_is_put_on_the_path_in_ascii(tmp_path):
    source = tmp_path / "Ünïcode" / "src"
    site = tmp_path / "Ünïcode" / ".venv" / "lib" / "site-packages"
    site.mkdir(parents=True)
    written = on_path.put_on_path(source, site, site, windows=True)
    assert written[0].read_text(encoding="ascii").strip() == str(Path("../../../src"))
    assert written[1].name == "briefing.cmd"
    assert written[1].read_bytes().isascii()
    assert written[1].read_bytes().count(b"\r\n") == 2


def test_changed_list_is_followed_and_a_moved_course_mends_itself(course, tmp_path):
    start(course, "setup")
    (course / "requirements.txt").write_text(
        "# changed\n" + (course / "requirements.txt").read_text()
    )
    done = start(course, "setup")
    assert "making .venv" not in done.stderr
    assert "fetching" in done.stderr
    moved = course.rename(tmp_path / "moved")
    done = start(moved, "setup")
    assert "making .venv" in done.stderr
    assert works(moved)


def test_setup_again_starts_from_nothing(course):
    start(course, "setup")
    stray = course / ".venv" / "stray"
    stray.touch()
    assert start(course, "setup", "--again").returncode == 0
    assert not stray.exists()
    assert works(course)


def test_own_python_may_set_up_again(course):
    """Someone has activated `.venv` and types `python start.py`."""
    start(course, "setup")
    (course / ".venv" / "reading-the-briefing.json").unlink()
    done = subprocess.run(
        [Course(course).python, "start.py", "setup"],
        cwd=course,
        env=plain_environment(VIRTUAL_ENV=str(course / ".venv")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert works(course)


@pytest.mark.parametrize(
    "damage",
    ["no stamp", "nonsense in the stamp", "no Python", "stamp of a list", "venv is a file"],
)
def test_damaged_environment_is_made_again(course, damage):
    start(course, "setup")
    stamp = course / ".venv" / "reading-the-briefing.json"
    if damage == "no stamp":
        stamp.unlink()
        shutil.rmtree(course / ".venv" / ("Lib" if os.name == "nt" else "lib"))
    elif damage == "nonsense in the stamp":
        stamp.write_bytes(b"\xff\x00{")
    elif damage == "stamp of a list":
        stamp.write_text("[1]")
    elif damage == "no Python":
        Course(course).python.unlink()
    else:
        shutil.rmtree(course / ".venv")
        (course / ".venv").write_text("not a folder")
    done = start(course, "setup")
    assert done.returncode == 0, done.stderr
    assert works(course)
    assert not list((course / ".start").glob("old-*"))


@pytest.mark.slow
def test_without_uv_pip_fetches_it(course):
    environment = plain_environment(PATH=path_without_uv())
    done = start(course, "setup", environment=environment)
    assert done.returncode == 0, done.stderr
    assert Course(course).uv.exists()
    assert works(course)
    (course / "requirements.txt").write_text(
        (course / "requirements.txt").read_text() + "# changed\n"
    )
    done = start(course, "setup", environment=environment)
    assert "fetching uv" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_without_any_uv_pip_does_it(course):
    (course / "requirements-test.txt").write_text("# no uv here\n")
    done = start(course, "setup", environment=plain_environment(PATH=path_without_uv()))
    assert done.returncode == 0, done.stderr
    assert "pip does it alone" in done.stderr
    assert works(course)


@posix
def test_uv_that_is_only_a_name_is_not_used(course, tmp_path):
    path = put_command(tmp_path / "bin", "uv", "exit 127")
    done = start(course, "setup", environment=plain_environment(PATH=path))
    assert done.returncode == 0, done.stderr
    assert "uv did not manage" not in done.stderr
    assert works(course)


@posix
def test_uv_that_fails_is_replaced_by_pip(course, tmp_path):
    script = '[ "$1" = --version ] && exit 0; echo "error: unexpected argument"; exit 2'
    path = put_command(tmp_path / "bin", "uv", script)
    done = start(course, "setup", environment=plain_environment(PATH=path))
    assert done.returncode == 0, done.stderr
    assert "uv did not manage; going on with pip" in done.stderr
    assert works(course)


def test_missing_list_gets_a_sentence(course):
    (course / "requirements.txt").unlink()
    done = start(course, "setup")
    assert done.returncode == 1
    assert last_sentence(done.stderr).startswith("requirements.txt is missing from ")


def test_package_with_another_hash_is_refused(course):
    pins = course / "requirements.txt"
    lines = pins.read_text().splitlines()
    hashed = next(line for line in lines if "sha256:" in line)
    pins.write_text(f"{lines[0]}\n{hashed.split('sha256:')[0]}sha256:{'0' * 64}\n")
    done = start(course, "setup")
    assert done.returncode == 1
    assert "is not the one this course was tested with" in last_sentence(done.stderr)


def test_python_underneath_is_used():
    if sys.prefix == sys.base_prefix:
        pytest.skip("the tests do not run in an environment")
    assert not base_python().is_relative_to(sys.prefix)
