"""Saving while everything goes wrong: killed programs, full disks, folders without a right."""

import contextlib
import errno
import os
import random
import select
import signal
import subprocess
import sys
import time

import pytest

from briefing.answers import AnswersStore, SaveFailed, disk, parse_answers


def said(words):
    return {"kind": "text", "text": words}


def save_for_ever(folder, pipe, start):
    """What the child does: save, and acknowledge each save on the pipe."""
    store = AnswersStore.open("ex02", folder)
    number = start
    while True:
        store.save(f"q{number % 5}", said(f"{number} " + "words " * 200))
        os.write(pipe, b"%d\n" % number)
        number += 1


def killed_after(seconds, folder, start):
    """Let a child save for a while, kill it with -9, and return what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            save_for_ever(folder, writer, start)
        finally:
            os._exit(1)
    os.close(writer)
    try:
        select.select([reader], [], [], 10)  # the first acknowledgement
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reader, "rb", closefd=False) as acknowledged:
            numbers = [int(line) for line in acknowledged.read().split(b"\n") if line]
    finally:
        os.close(reader)
    assert os.WIFSIGNALED(status), "the child died by itself"
    return numbers


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_two_hundred_kills_lose_no_acknowledged_answer(tmp_path):
    chance = random.Random()  # other moments in each run
    expected = {}
    start = 0
    cut = set()
    for _ in range(200):
        numbers = killed_after(chance.uniform(0, 0.02), tmp_path, start)
        assert numbers, "nothing was saved before the kill"
        cut.update(path.name for path in tmp_path.rglob("*.part"))
        expected.update({number % 5: number for number in numbers})
        start = numbers[-1] + 1
        store = AnswersStore.open("ex02", tmp_path)
        assert store.notices == [], "a kill damaged the file"
        for question, number in expected.items():
            found = int(store.answer(f"q{question}")["text"].split()[0])
            # The save after the last acknowledged one may have reached the disk too.
            assert found == number or (found == start and found % 5 == question)
    assert start >= 200
    assert len(cut) > 10, "hardly a kill came in the middle of a save"
    AnswersStore.open("ex02", tmp_path).save("q1", said("after all that"))
    left = [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")]
    assert left == []


@pytest.fixture
def store(tmp_path):
    store = AnswersStore.open("ex02", tmp_path)
    store.save("q1", said("old"))
    return store


def assert_nothing_lost(store, words):
    assert parse_answers(store.path.read_bytes()).answers["q1"].text == words
    fresh = AnswersStore.open("ex02", store.path.parent)
    assert fresh.answer("q1") == said(words)
    assert fresh.notices == []
    assert [path.name for path in store.path.parent.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize("written", [0, 1, 200])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_while_writing_keeps_the_old_file(store, monkeypatch, written, number):
    real = os.write

    def fail(handle, data):
        if written and len(data) > written:
            return real(handle, bytes(data[:written]))
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(disk.os, "write", fail)
    with pytest.raises(SaveFailed) as caught:
        store.save("q1", said("new"))
    monkeypatch.undo()
    assert "was not saved" in str(caught.value)
    assert ("disk is full" in str(caught.value)) == (number in (errno.ENOSPC, errno.EDQUOT))
    assert_nothing_lost(store, "old")
    store.save("q1", said("new"))
    assert_nothing_lost(store, "new")


@pytest.mark.parametrize("call", ["fsync", "open"])
def test_a_disk_that_fails_elsewhere_keeps_the_old_file(store, monkeypatch, call):
    def fail(*_arguments):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(disk.os, call, fail)
    with pytest.raises(SaveFailed, match="not saved"):
        store.save("q1", said("new"))
    monkeypatch.undo()
    assert_nothing_lost(store, "old")


FULL = """
import resource, signal, sys
from pathlib import Path
from briefing.answers import AnswersStore, SaveFailed
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = AnswersStore.open("ex02", Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
try:
    store.save("q2", {"kind": "text", "text": "x" * 5_000})
except SaveFailed as failed:
    print(failed)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits that Windows has not")
def test_a_file_that_may_not_grow_keeps_the_old_one(store):
    """The system itself refuses to write on, as a full disk does; needs no rights."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(store.path.parent)], capture_output=True, env=environment
    )
    assert run.stdout.startswith(b"The disk is full"), run.stderr.decode()
    assert_nothing_lost(store, "old")


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 KB, where the tests may mount one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("mounting a small disk needs rights that this user has not")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_really_fills_up(tiny_disk):
    store = AnswersStore.open("ex02", tiny_disk)
    store.save("q1", said("old"))
    saved = ["old"]
    with contextlib.suppress(SaveFailed):
        for number in range(60):
            store.save("q1", said(f"{number} " + "x" * 4_000))
            saved.append(f"{number} " + "x" * 4_000)
    assert 2 < len(saved) < 60
    with pytest.raises(SaveFailed, match="disk is full"):
        store.save("q1", said("x" * 5_000))
    assert_nothing_lost(store, saved[-1])
    for version in store.versions():
        version.path.unlink()
    store.save("q1", said("room again"))
    assert_nothing_lost(store, "room again")


def test_a_folder_without_the_right_to_write(store, monkeypatch):
    """Root may write everywhere, so the system's answer is given in its place."""

    def refuse(path, *_arguments, **_options):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(disk.os, "open", refuse)
    with pytest.raises(SaveFailed, match="cannot be written to"):
        store.save("q1", said("new"))
    monkeypatch.undo()
    assert_nothing_lost(store, "old")


def test_a_lock_that_is_never_let_go_is_told(store, monkeypatch):
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    taken = disk.locked(store.path.parent, "ex02")
    with taken, pytest.raises(SaveFailed, match="Another program is saving"):
        store.save("q1", said("new"))
    assert_nothing_lost(store, "old")


def test_a_drive_without_locks_still_saves(store, monkeypatch):
    def no_locks(_handle):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(disk, "_try_lock", no_locks)
    store.save("q1", said("new"))
    assert_nothing_lost(store, "new")


def test_a_version_that_cannot_be_kept_does_not_stop_the_save(store, monkeypatch):
    def fail(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.Path, "write_bytes", fail)
    receipt = store.save("q1", said("new"))
    monkeypatch.undo()
    assert receipt.revision == 2
    assert_nothing_lost(store, "new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes by name")
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_lies_in_place_of_a_temporary_file_is_not_written_to(tmp_path, kind):
    """A work folder that came from somebody else may hold links that lead out of it."""
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    folder = tmp_path / "work"
    (folder / ".versions").mkdir(parents=True)
    parts = [folder / ".versions" / "ex02.r000001.part"]
    names = ("ex02.answers.json", "student.json")
    parts += [folder / f".{name}.{os.getpid()}.part" for name in names]
    for part in parts:
        if kind == "link":
            part.symlink_to(precious)
        else:
            os.mkfifo(part)
    store = AnswersStore.open("ex02", folder)
    store.save("q1", said("mine"))
    assert precious.read_text() == "precious"
    assert [version.revision for version in store.versions()] == [1]
    assert not any(os.path.lexists(part) for part in parts)
