"""Have other processes start without hearing Ctrl-C, which is for this one alone; starts none itself.

A process that is still importing cannot ignore the key by itself: it would print a traceback first. Whether
it is heard is handed down from the process that starts it, so it is decided here, before the start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deaf_children() -> Iterator[None]:
    """What is started in this block never hears Ctrl-C; this process still does, at the latest after it.

    POSIX: a blocked signal stays blocked in what is started (`sigprocmask(2)`, "inherited"), and one that
    comes meanwhile is kept (or heard at once by another thread). Windows: `SetConsoleCtrlHandler(NULL, TRUE)` is inherited likewise.
    """
    if sys.platform == "win32":
        import ctypes

        console = ctypes.windll.kernel32
        console.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            console.SetConsoleCtrlHandler(None, False)
        return
    import signal
    from multiprocessing import resource_tracker

    # It would let the signal through again on its first start, which every later start relies on.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
