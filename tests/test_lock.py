"""The two lists of pinned packages: complete, hashed, silent about the machine that made them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest
from course_copy import ROOT, copy_course, plain_environment, start
from packaging.requirements import Requirement

from briefing.setting_up.failures import sentence_for_output
from briefing.setting_up.installing import block_of

LISTS = ("requirements.txt", "requirements-test.txt")
MOST_PACKAGES = 130


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins_of(name: str) -> list[tuple[Requirement, frozenset[str]]]:
    """Return each pin with its hashes."""
    blocks = re.findall(r"^[\w.-]+==(?:.*\\\n)*.*\n", text_of(name), re.MULTILINE)
    return [
        (
            Requirement(block.split("--hash")[0].replace("\\\n", " ").strip()),
            frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block)),
        )
        for block in blocks
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_and_hashed(name):
    pins = pins_of(name)
    assert len(pins) > 100
    for requirement, hashes in pins:
        assert re.fullmatch(r"==[\w.+!-]+", str(requirement.specifier)), requirement
        assert hashes, requirement
    lines = [line for line in text_of(name).splitlines() if line and line[0] not in " #"]
    assert len(lines) == len(pins), "a line is neither a pin nor a comment"


@pytest.mark.parametrize("name", LISTS)
def test_no_place_of_the_machine_that_made_it(name):
    found = re.findall(r"https?:|file:|--index|--find-links|--extra|[~:]/|/[a-z]+/", text_of(name))
    assert found == []


def test_test_list_holds_the_course_list():
    tests = {str(r): h for r, h in pins_of("requirements-test.txt")}
    for requirement, hashes in pins_of("requirements.txt"):
        assert tests.get(str(requirement)) == hashes, requirement


def test_course_needs_few_packages_on_linux():
    linux = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"}
    for version in ("3.11", "3.14"):
        where = linux | {"python_version": version, "python_full_version": f"{version}.8"}
        needed = [
            r for r, _ in pins_of("requirements.txt") if not r.marker or r.marker.evaluate(where)
        ]
        assert 60 < len(needed) <= MOST_PACKAGES


def test_what_the_project_asks_for_is_pinned():
    asked = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    pins: dict[str, list[str]] = {}
    for requirement, _ in pins_of("requirements.txt"):
        pins.setdefault(requirement.name, []).append(str(requirement.specifier).removeprefix("=="))
    for wish in map(Requirement, asked):
        assert wish.name in pins, f"run `python3 start.py lock`: {wish.name} is not pinned"
        assert all(wish.specifier.contains(version) for version in pins[wish.name]), wish


def test_a_package_is_found_in_the_text_with_its_hashes():
    pins = "a==1 \\\n    --hash=sha256:00\n    # via b\nab==2 \\\n    --hash=sha256:11\n"
    assert block_of("ab", pins) == "ab==2 \\\n    --hash=sha256:11\n"
    assert block_of("a", pins) == "a==1 \\\n    --hash=sha256:00\n"
    with pytest.raises(ValueError, match="b is not in the list"):
        block_of("b", pins)


@pytest.mark.slow
@pytest.mark.parametrize("python", ["3.11", "3.14"])
@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_ready_made_packages_exist_for(system, python, tmp_path):
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on the PATH: cannot resolve for other systems")
    words = ["pip", "compile", "--quiet", "--only-binary", ":all:", "--python-version", python]
    words += ["--python-platform", system, "--output-file", str(tmp_path / "out.txt")]
    done = subprocess.run(
        [uv, *words, str(ROOT / "requirements-test.txt")],
        env=plain_environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    skip_without_network(done.stderr)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_making_the_lists_again_changes_nothing(tmp_path):
    if shutil.which("uv") is None:
        pytest.skip("uv is not on the PATH: cannot make the lists")
    copy = copy_course(tmp_path / "course")
    done = start(copy, "lock")
    skip_without_network(done.stderr)
    assert done.returncode == 0, done.stderr
    for name in LISTS:
        assert (copy / name).read_text(encoding="utf-8") == text_of(name)


def skip_without_network(said: str) -> None:
    if "network is missing" in (sentence_for_output(said, ROOT) or ""):
        pytest.skip("no network: cannot look up packages")
