"""Lets one `start.py` set up at a time; knows nothing of what is set up.

The lock is the operating system's own, so it ends with its process, however that ends. On Linux and
macOS the commands that are run inherit it: an installer that outlives a killed `start.py` still
counts as setting up, and the next call waits for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.setting_up.failures import SetUpError

PATIENCE = 900.0
"""Seconds after which waiting for another `start.py` is given up."""


@contextmanager
def turn(path: Path, on_wait: Callable[[], None], patience: float = PATIENCE) -> Iterator[int]:
    """Hold the lock file at `path`, waiting for another holder; yield its file descriptor.

    Args:
        path: the lock file, made where it is missing.
        on_wait: called once, where there is someone to wait for.
        patience: seconds to wait at most.

    Raises:
        SetUpError: the other holder did not end in time.
        OSError: the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        until = time.monotonic() + patience
        told = False
        while not _take(descriptor):
            if not told:
                on_wait()
                told = True
            if time.monotonic() > until:
                raise SetUpError(
                    "Another start.py has been setting up this course for a long time; end it, or "
                    "restart the computer, and run the same command again."
                )
            time.sleep(0.2)
        yield descriptor
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import errno
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Some network folders know no locks; setting up without one beats not setting up.
            return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
        return True
