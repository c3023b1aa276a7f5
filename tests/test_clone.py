"""What comes out of git on Windows, where it rewrites line ends, is what went in."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pytest
from course_copy import ROOT, copy_course


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone as Windows makes it, of a repository that holds the course as it is now."""
    if shutil.which("git") is None:
        pytest.skip("git is not on the PATH: cannot clone")
    folder = tmp_path_factory.mktemp("clone")
    origin = copy_course(folder / "origin")

    def git(*words):
        config = ["-c", "core.autocrlf=true", "-c", "core.safecrlf=false"]
        config += ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
        done = subprocess.run(
            ["git", *config, *words], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    git("-C", str(origin), "init", "--quiet")
    git("-C", str(origin), "add", "--all")
    git("-C", str(origin), "commit", "--quiet", "--message", "The course")
    git("clone", "--quiet", str(origin), str(folder / "clone"))
    return folder / "clone"


def test_articles_fit_their_sums(clone):
    lines = (clone / "seeds" / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    assert len(lines) == 5
    for line in lines:
        expected, name = line.split()
        found = hashlib.sha256((clone / "seeds" / name.lstrip("*")).read_bytes()).hexdigest()
        assert found == expected, name


def test_line_ends_are_those_of_the_course(clone):
    endings = ("*.py", "*.csv", "*.txt", "*.ipynb", "binder/*", ".ci/run")
    for pattern in endings:
        for path in clone.rglob(pattern):
            if path.is_file():
                original = (ROOT / path.relative_to(clone)).read_bytes()
                assert path.read_bytes() == original, path.relative_to(clone)


def test_scripts_can_be_run():
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: file modes are not known")
    for name in (".ci/run", "binder/postBuild"):
        row = subprocess.run(
            [git, "ls-files", "--stage", name], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert row.stdout.startswith("100755"), name
