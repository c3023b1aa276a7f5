"""Runs one step of setting up and shows that it is alive; never decides what the steps are."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

_BEAT = 0.25
_BEATS_ON_A_PLAIN_STREAM = 60  # a line every 15 seconds where lines cannot be rewritten


class StepFailed(Exception):
    """A command did not start or did not succeed; `output` is all that it printed."""

    def __init__(self, step: str, output: str) -> None:
        super().__init__(step)
        self.step = step
        self.output = output


class Progress:
    """Plain words with the seconds since the start, on standard error."""

    def __init__(self, record: TextIO, stream: TextIO | None = None) -> None:
        self._record = record
        self._stream = stream or sys.stderr
        self._began = time.monotonic()
        self._rewrites = self._stream.isatty()
        self._unfinished = False

    @property
    def seconds(self) -> float:
        """Seconds since setting up began."""
        return time.monotonic() - self._began

    def say(self, words: str) -> None:
        """Print one line and keep it in the record."""
        if self._unfinished:
            self._stream.write("\r\033[K")
            self._unfinished = False
        self._stream.write(f"[{self.seconds:4.0f} s] {words}\n")
        self._stream.flush()
        self._record.write(f"[{self.seconds:4.0f} s] {words}\n")
        self._record.flush()

    def beat(self, words: str, beats: int) -> None:
        """Show that a long step is still at work."""
        if self._rewrites:
            self._stream.write(f"\r\033[K[{self.seconds:4.0f} s] ... still {words}")
            self._stream.flush()
            self._unfinished = True
        elif beats % _BEATS_ON_A_PLAIN_STREAM == 0:
            self.say(f"... still {words}")

    def run(
        self,
        step: str,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        folder: Path,
        keep_open: int | None = None,
    ) -> str:
        """Run a command to its end and return what it printed.

        Args:
            step: what it does, in words that follow "while".
            command: the program and its arguments.
            environment: its environment variables.
            folder: where it runs.
            keep_open: a file descriptor that it inherits, so that a lock lives as long as it does.

        Raises:
            StepFailed: it could not be started, or ended with another code than 0.
        """
        self.say(step)
        words = [str(word) for word in command]
        self._record.write(f"$ {' '.join(words)}\n")
        self._record.flush()
        try:
            child = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=dict(environment),
                cwd=folder,
                pass_fds=() if keep_open is None else (keep_open,),
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise StepFailed(step, str(error)) from error
        lines: list[str] = []
        reader = threading.Thread(target=self._collect, args=(child, lines), daemon=True)
        reader.start()
        try:
            beats = 0
            while reader.is_alive():
                reader.join(_BEAT)
                beats += 1
                if reader.is_alive():
                    self.beat(step, beats)
            code = child.wait()
        except BaseException:
            _end(child)
            raise
        output = "".join(lines)
        if code != 0:
            raise StepFailed(step, output)
        return output

    def _collect(self, child: subprocess.Popen[str], lines: list[str]) -> None:
        assert child.stdout is not None
        for line in child.stdout:
            lines.append(line)
            self._record.write(line)
        self._record.flush()


def _end(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
