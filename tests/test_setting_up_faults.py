"""Setting up when the world does not cooperate: killed, alone, full, read-only, cut off."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from course_copy import (
    ROOT,
    in_course,
    last_sentence,
    light_course,
    path_without_uv,
    plain_environment,
    start,
)

from briefing.setting_up import environment, failures, installing, words
from briefing.setting_up.failures import SetUpError
from briefing.setting_up.places import Course
from briefing.setting_up.steps import Progress, StepFailed
from briefing.setting_up.turn import turn

posix = pytest.mark.skipif(os.name == "nt", reason="signals and shell scripts of Linux and macOS")

# Leaves a half-made environment behind and then never ends, as on a line that hangs.
HANGING_UV = """\
#!/bin/sh
[ "$1" = --version ] && exit 0
mkdir -p .venv/bin && echo half > .venv/bin/python && echo $$ > .venv/half-made
while :; do sleep 0.1; done
"""


@pytest.fixture
def course(tmp_path):
    return light_course(tmp_path / "course")


@pytest.fixture
def hanging(course, tmp_path):
    """A `start.py setup` that hangs in the middle, and the number of its hanging command."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text(HANGING_UV)
    (tmp_path / "bin" / "uv").chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    process = subprocess.Popen(
        [sys.executable, "start.py", "setup"],
        cwd=course,
        env=plain_environment(PATH=path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    half_made = course / ".venv" / "half-made"
    wait_until(lambda: half_made.exists() and half_made.read_text().strip())
    child = int(half_made.read_text())
    yield process, child
    for number in (process.pid, child):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.communicate()


def wait_until(done, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def works(course: Path) -> bool:
    return in_course(course, "import comm, briefing; print(briefing.__version__)") != ""


@posix
def test_killed_in_the_middle_mends_itself(course, hanging):
    process, child = hanging
    process.kill()
    process.wait()
    os.kill(child, signal.SIGKILL)
    done = start(course, "setup")
    assert done.returncode == 0, done.stderr
    assert works(course)
    assert not (course / ".venv" / "half-made").exists()


@posix
def test_command_that_outlives_a_killed_start_is_waited_for(course, hanging):
    process, child = hanging
    process.kill()
    process.wait()
    second = subprocess.Popen(
        [sys.executable, "start.py", "setup"],
        cwd=course,
        env=plain_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert "waiting for another start.py" in second.stderr.readline()
    assert (course / ".venv" / "half-made").exists(), "the environment was taken from under it"
    os.kill(child, signal.SIGKILL)
    said = second.communicate(timeout=60)[1]
    assert second.returncode == 0, said
    assert works(course)


@posix
def test_ctrl_c_stops_with_a_sentence_and_leaves_nothing_running(course, hanging):
    process, child = hanging
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert last_sentence(said) == "Stopped. The same command run again goes on."
    wait_until(lambda: not is_alive(child))
    assert start(course, "setup").returncode == 0
    assert works(course)


def test_several_at_once_do_not_break_each_other(course):
    several = [
        subprocess.Popen(
            [sys.executable, "start.py", "setup"],
            cwd=course,
            env=plain_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[1] for process in several]
    assert [process.returncode for process in several] == [0, 0, 0], said
    assert sum("making .venv" in words for words in said) == 1
    assert works(course)


def test_waiting_has_an_end(tmp_path):
    told = []
    with (
        turn(tmp_path / "lock", lambda: None),
        pytest.raises(SetUpError, match="for a long time"),
        turn(tmp_path / "lock", lambda: told.append("waiting"), patience=0.3),
    ):
        pytest.fail("two had their turn at once")
    assert told == ["waiting"]
    with turn(tmp_path / "lock", lambda: pytest.fail("nobody holds it")):
        pass


def without_network(tmp_path: Path, **more: str) -> dict[str, str]:
    nowhere = "http://127.0.0.1:9/simple"
    return plain_environment(
        UV_DEFAULT_INDEX=nowhere,
        UV_CACHE_DIR=str(tmp_path / "no-cache"),
        PIP_INDEX_URL=nowhere,
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        **more,
    )


@pytest.mark.slow
@pytest.mark.parametrize("uv", [True, False], ids=["uv", "pip"])
def test_no_network_gets_a_sentence_and_later_it_goes_on(course, tmp_path, uv):
    path = {} if uv else {"PATH": path_without_uv()}
    done = start(course, "setup", environment=without_network(tmp_path, **path))
    assert done.returncode == 1
    assert last_sentence(done.stderr).startswith("The packages cannot be fetched")
    assert start(course, "setup").returncode == 0
    assert works(course)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes of its own; `options` can be changed by mounting it again."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount")
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if not mounted or subprocess.run(words, check=False, capture_output=True).returncode != 0:
        pytest.skip("no right to mount a small disk: only the simulated one was tried")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.slow
def test_full_disk_gets_a_sentence_and_no_leftovers(small_disk):
    course = light_course(small_disk / "course")
    pins = (ROOT / "requirements-test.txt").read_text(encoding="utf-8")
    (course / "requirements.txt").write_text(installing.block_of("pygments", pins))
    copying = plain_environment(UV_LINK_MODE="copy", UV_NO_PROGRESS="1")
    done = start(course, "setup", environment=copying)
    assert done.returncode == 1
    sentence = last_sentence(done.stderr)
    assert sentence.startswith("The disk is full: "), done.stderr
    assert "MB are free" in sentence
    assert not (course / ".venv").exists()


def test_read_only_folder_gets_a_sentence(small_disk):
    course = light_course(small_disk / "course")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = start(course, "setup")
    assert done.returncode == 1
    assert last_sentence(done.stderr).startswith(f"Nothing can be written in {course}")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full: "),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "The disk is full: "),
        (OSError(errno.EROFS, "Read-only file system"), "Nothing can be written in "),
        (PermissionError(errno.EACCES, "Permission denied"), "Nothing can be written in "),
        (OSError(errno.EIO, "Input/output error"), "Setting up stopped: "),
    ],
)
def test_errors_of_the_system_get_a_sentence(course, monkeypatch, capsys, error, said):
    def refuse(*_args, **_options):
        raise error

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert words.main(str(course), ["setup"]) == 1
    assert last_sentence(capsys.readouterr().err).startswith(said)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("x\nERROR: Could not install: [Errno 28] No space left on device\n", "The disk is full: "),
        ("error: There is not enough space on the disk. (os error 112)", "The disk is full: "),
        ("invalid peer certificate: UnknownIssuer", "This network replaces the certificates"),
        ("dns error: failed to lookup address", "The packages cannot be fetched"),
        ("ERROR: Permission denied: '.venv'", "Nothing can be written in "),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "A package that was fetched is not the one"),
        ("boom: no sentence for this\n\n", "Setting up stopped while making .venv"),
        ("", "Setting up stopped while making .venv"),
    ],
)
def test_failed_commands_get_a_sentence(course, monkeypatch, capsys, output, said):
    def fail(_self, step, *_rest, **_options):
        raise StepFailed(step, output)

    monkeypatch.setattr(Progress, "run", fail)
    assert words.main(str(course), ["setup"]) == 1
    sentence = last_sentence(capsys.readouterr().err)
    assert sentence.startswith(said)
    if "boom" in output:
        assert "“boom: no sentence for this”" in sentence
        assert failures.RECORD in sentence


def test_python_without_ensurepip_gets_the_command_that_helps(course, monkeypatch, capsys):
    monkeypatch.setattr(installing, "uv_on_path", lambda: None)
    monkeypatch.setattr(installing, "find_spec", lambda _name: None)
    assert words.main(str(course), ["setup"]) == 1
    assert "sudo apt install python3-venv" in last_sentence(capsys.readouterr().err)


def test_stamp_is_removed_before_anything_is_changed(course, monkeypatch):
    assert start(course, "setup").returncode == 0
    (course / "requirements.txt").write_text("# changed\n")
    stamps = []

    def look(_self, step, *_rest, **_options):
        stamps.append(Course(course).stamp.exists())
        raise StepFailed(step, "stopped")

    monkeypatch.setattr(Progress, "run", look)
    with pytest.raises(SetUpError):
        environment.ensure(Course(course))
    assert stamps
    assert not any(stamps)
