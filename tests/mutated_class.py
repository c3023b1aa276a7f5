"""What must hold of a class with broken files in it; used by the two modules that break them."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import re
from pathlib import Path

from mutations import HEALTHY, healthy_files, no_hang
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import Status
from briefing.marking.grade import Desk, Desks, Graded, grade
from briefing.marking.pages import Pages
from briefing.marking.row_status import RowStatus

WHAT_TO_DO = re.compile(
    "hand in|[Aa]sk the student|bring the course|save it as|unpack it|use the full version|mark again"
)
ENDS = (RowStatus.MARKED, RowStatus.PARTLY, RowStatus.EMPTY, RowStatus.NOT_GRADABLE)
PAGE_LIMIT = 1_500_000
"""Characters: no file, however large, makes a page that no browser opens."""


def check_one(data: bytes, desks: Desks, makers: dict[str, Pages]) -> RowStatus:
    """Mark one file twice, and hold the outcome against everything that must be so."""
    first, again = grade(data, desks), grade(bytes(bytearray(data)), desks)
    assert first == again
    assert first.status in ENDS
    if first.status is RowStatus.NOT_GRADABLE:
        (reason,) = first.reasons
        assert WHAT_TO_DO.search(reason), reason
        assert reason.endswith(".")
        assert len(reason) < 600, reason
        assert not first.results
    _in_range(first)
    assert len(" ".join(first.reasons)) < 4_000
    desk = desks.get(first.exercise)
    if first.results:
        assert isinstance(desk, Desk)
        maker = makers.setdefault(first.exercise, Pages(desk))
        page = maker.page(first)
        assert page == Pages(desk).page(again)
        assert len(page) < PAGE_LIMIT
        assert page.count("<script") == 0
        page.encode("utf-8")
    return first.status


def _in_range(graded: Graded) -> None:
    for result in graded.results.values():
        if result.status is Status.MARKED:
            assert result.score is not None
            assert 0 <= result.score <= 1
            assert 0 <= (result.earned or 0) <= result.points
            assert all(note.strip() for note in result.notes)
        else:
            assert result.score is None
    assert 0 <= graded.score <= graded.max_score <= sum(r.points for r in graded.results.values())


def check_class(tmp_path: Path, broken: list[bytes], rng: random.Random, monkeypatch) -> None:
    """Mark a folder of broken files among whole ones: nobody else's row or page changes."""
    whole = healthy_files()
    home, here = tmp_path / "home", tmp_path / "here"
    for folder in (home, here):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(home))
    # The library that draws the class report keeps a list of fonts, and would in the home folder.
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path.with_name(f"{tmp_path.name}-fonts")))
    monkeypatch.chdir(here)
    for name, data in whole.items():
        for folder in ("alone", "class"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_bytes(data)
    for number, data in enumerate(broken):
        folder = tmp_path / "class" / f"hand-in {number % 7}"
        folder.mkdir(exist_ok=True)
        suffix = rng.choice((".answers.json", ".answers.json", ".json", ".txt", ""))
        (folder / f"{number:04d}{suffix}").write_bytes(data)
    before = _tree(tmp_path)
    alone = _marked(tmp_path / "alone", tmp_path / "out-alone")
    together = _marked(tmp_path / "class", tmp_path / "out-class")
    assert not [line for line in together if "could not deal with" in line.get("reason", "")]
    after = {
        path: sum_
        for path, sum_ in _tree(tmp_path).items()
        if not path.startswith(("out-alone/", "out-class/"))
    }
    assert sorted(after.items() ^ before.items()) == [], "something was written outside OUT"
    wanted = {(line["student"], line["exercise"]): line for line in alone}
    assert len(wanted) == len(whole)
    found = {
        (line["student"], line["exercise"]): line
        for line in together
        if line.get("student") in HEALTHY
    }
    assert found == wanted
    others = len(together) - len(wanted)
    assert len(set(broken)) <= others <= len(broken), "a file has no row, or two"
    for page in sorted((tmp_path / "out-alone" / "feedback").iterdir()):
        twin = tmp_path / "out-class" / "feedback" / page.name
        assert twin.read_bytes() == page.read_bytes()


def _marked(folder: Path, out: Path) -> list[dict[str, str]]:
    with no_hang():
        done = CliRunner().invoke(app, ["grade", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    text = (out / "gradebook.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    # Columns are those of all exercises in the folder: what is empty says nothing.
    return [{name: cell for name, cell in line.items() if cell} for line in lines]


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        )
        for path in sorted(folder.rglob("*"))
        if path.name not in ("out-alone", "out-class")
    }
