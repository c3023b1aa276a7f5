"""Processes that mark never hear Ctrl-C, not even while they are still importing; their parent does."""

import signal
import subprocess
import sys
import threading

import pytest

from briefing.marking import runs
from briefing.marking.quiet_start import deaf_children

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there signals are no process's own"
)

HEARS = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('deaf')"


def test_what_is_started_within_never_hears_ctrl_c():
    command = [sys.executable, "-c", HEARS]
    with deaf_children():
        deaf = subprocess.run(command, capture_output=True, text=True)
    assert (deaf.stdout, deaf.stderr) == ("deaf\n", "")
    assert "Traceback" in subprocess.run(command, capture_output=True, text=True).stderr


def test_ctrl_c_that_comes_within_is_heard_after_it():
    heard = []
    before = signal.signal(signal.SIGINT, lambda *_: heard.append(1))
    try:
        with deaf_children():
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)
            assert heard == []
        assert heard == [1]
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_pool_starts_its_processes_within():
    class Pool:
        def submit(self, *_):
            return signal.pthread_sigmask(signal.SIG_BLOCK, [])

    assert signal.SIGINT in runs._submitted(Pool(), runs.Run("a", ()))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
