"""Time what a student waits for before the first word: imports, setting up, the first cell.

Prints seconds and ratios from one run. Setting up is timed on copies of the course without `.venv`,
by each of the three ways; what was fetched before stays in the caches of uv and pip, as it does on
a student's second try.

    .venv/bin/python benchmarks/start.py [--rounds N] [--only imports|setup|cell]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
NOT_CLONED = (".git", ".venv", ".start", "work", "node_modules", "__pycache__", ".*_cache")
IMPORTS = {
    "anywidget alone": "import anywidget",
    "with briefing": "import anywidget, briefing",
    "with what lessons use": "import anywidget; from briefing import articles, exercise",
}


def main() -> None:
    """Print the parts that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=["imports", "setup", "cell"])
    given = parser.parse_args()
    if given.only in (None, "imports"):
        time_imports(given.rounds)
    if given.only in (None, "setup"):
        time_setting_up()
    if given.only in (None, "cell"):
        time_first_cell()


def time_imports(rounds: int) -> None:
    """Print what importing our package adds to importing anywidget."""
    took: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(rounds + 1):  # the first round fills the caches
        for name, code in IMPORTS.items():
            took[name].append(seconds_inside(code))
    medians = {name: statistics.median(values[1:]) for name, values in took.items()}
    alone = medians["anywidget alone"]
    print(f"imports, median of {rounds}")
    for name, value in medians.items():
        print(
            f"  {name:24}{value * 1000:6.0f} ms  {value / alone:5.2f}x"
            f"  {(value - alone) * 1000:+5.0f} ms"
        )


def seconds_inside(code: str) -> float:
    """Return the seconds that `code` takes in a Python of its own, its start not counted."""
    timed = f"import time; began = time.perf_counter(); {code}; print(time.perf_counter() - began)"
    done = subprocess.run(
        [sys.executable, "-c", timed], capture_output=True, text=True, cwd=COURSE, check=False
    )
    if done.returncode:
        sys.exit(f"“{code}” failed:\n{done.stderr[-2000:]}")
    return float(done.stdout)


def time_setting_up() -> None:
    """Print how long it takes from a bare clone to an answer of JupyterLab, by each way."""
    uv = shutil.which("uv")
    folders = os.environ.get("PATH", "").split(os.pathsep)
    without_uv = os.pathsep.join(f for f in folders if f and not list(Path(f).glob("uv*")))
    took: dict[str, float] = {}
    if uv:
        took["uv"] = clone_to_answer(os.environ["PATH"], uv_can_be_had=True)
    took["uv fetched by pip"] = clone_to_answer(without_uv, uv_can_be_had=True)
    took["pip alone"] = clone_to_answer(without_uv, uv_can_be_had=False)
    print("bare clone until JupyterLab answers")
    for way, value in took.items():
        print(f"  {way:24}{value:6.1f} s   {took['pip alone'] / value:5.1f}x as quick as pip alone")


def clone_to_answer(path: str, *, uv_can_be_had: bool) -> float:
    """Return the seconds from `start.py` in a copy without `.venv` to an answer."""
    with tempfile.TemporaryDirectory(prefix="briefing-clone-") as folder:
        course = Path(folder) / "course"
        shutil.copytree(COURSE, course, ignore=shutil.ignore_patterns(*NOT_CLONED))
        if not uv_can_be_had:
            (course / "requirements-test.txt").write_text("# nothing to fetch uv from\n")
        began = time.perf_counter()
        with Lab(course, path):
            return time.perf_counter() - began


def time_first_cell() -> None:
    """Print how long JupyterLab takes to its answer and to the first cell's result."""
    with tempfile.TemporaryDirectory(prefix="briefing-work-") as work:
        os.environ["BRIEFING_WORK"] = work
        began = time.perf_counter()
        with Lab(COURSE, os.environ["PATH"]) as lab:
            answered = time.perf_counter() - began
            lab.seconds_to_result("pass")  # the first kernel of a server is slower
            empty = lab.seconds_to_result("pass")
            first = lab.seconds_to_result(IMPORTS["with what lessons use"])
    print("JupyterLab, set up already")
    print(f"  until it answers        {answered:6.2f} s")
    print(f"  kernel and an empty cell{empty:6.2f} s")
    print(f"  kernel and a first cell {first:6.2f} s   {first / empty:5.2f}x")


class Lab:
    """A JupyterLab started by `start.py`, for as long as the block lasts."""

    def __init__(self, course: Path, path: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._command = [sys.executable, str(course / "start.py"), "--no-browser"]
        self._command.append(f"--port={self._port}")
        self._environment = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"}

    def __enter__(self) -> Lab:
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self._process.stdout:
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+/\S*\?token=(\w+)", line)
            if found:
                self._token = found[1]
                break
        else:
            sys.exit("JupyterLab did not start:\n" + "".join(said))
        while True:
            try:
                self.ask("/api/status")
                return self
            except urllib.error.URLError:
                time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate()

    def ask(self, page: str, posted: dict[str, str] | None = None) -> dict[str, object]:
        """Return the answer to a request of the server."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{page}",
            data=None if posted is None else json.dumps(posted).encode(),
            headers={"Authorization": f"token {self._token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def seconds_to_result(self, code: str) -> float:
        """Return the seconds from asking for a kernel to the end of its first cell."""
        import websocket

        began = time.perf_counter()
        kernel = self.ask("/api/kernels", {"name": "python3"})["id"]
        channel = websocket.create_connection(
            f"ws://127.0.0.1:{self._port}/api/kernels/{kernel}/channels?token={self._token}",
            timeout=60,
        )
        number = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        header = {"msg_id": number, "msg_type": "execute_request", "version": "5.3"}
        header |= {"username": "", "session": number, "date": ""}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        channel.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        while True:
            reply = json.loads(channel.recv())
            if reply["msg_type"] == "execute_reply" and reply["parent_header"]["msg_id"] == number:
                break
        took = time.perf_counter() - began
        channel.close()
        if reply["content"]["status"] != "ok":
            sys.exit(f"“{code}” failed: {reply['content'].get('evalue')}")
        return took


if __name__ == "__main__":
    main()
