"""What Binder would build: its own tool's Dockerfile, its steps run here in a fresh environment."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from course_copy import copy_course, plain_environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="repo2docker does not run on Windows"),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The course as Binder fetches it."""
    return copy_course(tmp_path_factory.mktemp("binder") / "course")


@pytest.fixture(scope="module")
def dockerfile(repository):
    """The Dockerfile that Binder's tool writes for the course."""
    words = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan", "."]
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", *words],
        cwd=repository,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def steps_of(dockerfile: str) -> list[str]:
    """Return the commands that are ours: they follow the copying of the whole course."""
    after = dockerfile.split("COPY --chown=1000:1000 src/ ${REPO_DIR}/", 1)[1]
    return re.findall(r"^RUN (.+)$", after, re.MULTILINE)


def test_python_is_the_reference_and_the_course_is_not_built(repository, dockerfile):
    pinned = (repository / "binder" / "runtime.txt").read_text().strip()
    assert re.fullmatch(r"python-3\.1[1-4]", pinned), "Binder takes two-part versions only"
    # The tool writes every sign of a path but letters and digits as a dash and its code.
    unmasked = re.sub(r"-([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), dockerfile)
    assert f"environment.py-{pinned.removeprefix('python-')}-linux-64.lock" in unmasked
    pips = re.findall(r"^RUN .*pip install.*$", dockerfile, re.MULTILINE)
    assert len(pips) == 1, "Binder would build and install the course as a package"


def test_its_steps_give_a_course_that_opens(repository, dockerfile, tmp_path):
    prefix = tmp_path / "prefix"
    uv = shutil.which("uv")
    making = [uv, "venv", "--quiet", "--seed", "--python"] if uv else []
    making += [sys.executable] if uv else [sys.executable, "-m", "venv"]
    subprocess.run([*making, str(prefix)], check=True)
    (tmp_path / "home").mkdir()
    environment = plain_environment(
        HOME=str(tmp_path / "home"),
        KERNEL_PYTHON_PREFIX=str(prefix),
        PATH=os.pathsep.join([str(prefix / "bin"), os.environ["PATH"]]),
    )
    steps = steps_of(dockerfile)
    assert [shlex.split(step)[0] for step in steps] == [
        "${KERNEL_PYTHON_PREFIX}/bin/pip",
        "chmod",
        "./binder/postBuild",
    ]
    for step in steps:
        done = subprocess.run(
            ["bash", "-c", step],
            cwd=repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{step}\n{done.stdout}\n{done.stderr}"

    said = subprocess.run(
        ["python", "-c", "import briefing; print(briefing.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(repository / "src" / "briefing" / "__init__.py")
    assert (prefix / "bin" / "briefing").exists()
    with lab(repository, environment) as address:
        start = repository / "notebooks" / "00-start-here.ipynb"
        page = "/lab/tree/notebooks/00-start-here.ipynb" if start.exists() else "/lab"
        assert status_of(address + page) == 200


class lab:
    """JupyterLab in the fresh environment, for as long as the block lasts."""

    def __init__(self, folder, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["lab", "--no-browser", "--allow-root", f"--port={self.port}"]
        words += ["--ip=127.0.0.1", "--IdentityProvider.token="]
        self.process = subprocess.Popen(
            ["jupyter", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def status_of(address: str) -> int:
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
