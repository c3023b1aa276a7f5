"""A class marked in parts, by processes that know nothing of one another, and put together."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest
from mutations import no_hang
from test_marking_grade import answers_file, contents, put
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking import settings
from briefing.marking.classroom import Wanted, grade_folder
from briefing.marking.output import OutputRefused
from briefing.marking.part_note import PartsDoNotFit, Shard
from briefing.marking.parts import grade_shard, merge_parts
from briefing.marking.simulate import write_class

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A class, its two parts made by two processes at the same time, and the class in one piece."""
    folder = tmp_path_factory.mktemp("parts")
    write_class("ex02", 300, folder / "class", seed=5)
    briefing = [sys.executable, "-m", "briefing", "grade", str(folder / "class"), "--json"]
    both = [
        subprocess.Popen(
            [*briefing, "--shard", f"{n}/2", "--out", str(folder / f"part{n}")],
            stdout=subprocess.PIPE,
        )
        for n in (1, 2)
    ]
    told = [json.loads(one.communicate()[0]) for one in both]
    assert [one["part"] for one in told] == ["1/2", "2/2"]
    assert sum(one["files"] for one in told) == 301
    assert all(one["files"] for one in told)
    grade_folder(folder / "class", folder / "whole")
    return folder


def test_two_processes_give_the_bytes_of_one(parts, tmp_path):
    words = [
        "merge",
        parts / "part2",
        parts / "part1",
        "--out",
        tmp_path / "out",
        "--no-report",
        "--json",
    ]
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["files"] == 301
    assert contents(tmp_path / "out") == contents(parts / "whole")
    before = contents(parts / "part1")
    merge_parts([parts / "part1", parts / "part2"], tmp_path / "out")
    assert contents(tmp_path / "out") == contents(parts / "whole")
    assert contents(parts / "part1") == before


def copies(parts, tmp_path):
    for n in (1, 2):
        shutil.copytree(parts / f"part{n}", tmp_path / f"part{n}")
    return [tmp_path / "part1", tmp_path / "part2"]


def refused(folders, out, said):
    with pytest.raises(PartsDoNotFit) as stop:
        merge_parts(folders, out)
    assert said in str(stop.value)
    assert not out.exists()


def test_a_missing_a_double_and_a_foreign_part_are_named(parts, tmp_path):
    one, two = parts / "part1", parts / "part2"
    refused([one], tmp_path / "out", "Of 2 parts, 2 is missing.")
    refused([one, one, two], tmp_path / "out", "Part 1 of 2 is there twice")
    refused([one, parts / "whole"], tmp_path / "out", "is no part of a class")
    refused([one, tmp_path], tmp_path / "out", "is no part of a class")


def test_parts_of_other_classes_settings_or_divisions_are_refused(parts, tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    other = tmp_path / "other"
    grade_shard(tmp_path / "class", other, Shard(2, 2), Wanted())
    refused([parts / "part1", other], tmp_path / "out", "parts of different classes")
    grade_shard(parts / "class", other, Shard(2, 2), Wanted(pages=False))
    refused([parts / "part1", other], tmp_path / "out", "were marked differently")
    grade_shard(parts / "class", other, Shard(2, 3), Wanted())
    refused([parts / "part1", other], tmp_path / "out", "one of 2 parts")


@pytest.mark.parametrize("what", ["records", "pages", "note"])
def test_a_damaged_part_is_refused(parts, tmp_path, what):
    one, two = copies(parts, tmp_path)
    if what == "note":
        path = two / "part.json"
    else:
        path = next(p for p in (two / what).rglob("*") if p.is_file())
    if what == "pages":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    refused([one, two], tmp_path / "out", "part2")


def forged(path, change):
    """A run's file with other records and a sum that fits them."""
    head, *lines = path.read_bytes().splitlines()
    lines = change(lines)
    body = b"".join(line + b"\n" for line in lines)
    told = json.loads(head) | {"sum": hashlib.sha256(body).hexdigest(), "files": len(lines)}
    path.write_bytes(json.dumps(told).encode() + b"\n" + body)


@pytest.mark.parametrize(
    "more",
    [{"revision": 2**63}, {"score": "all"}, {"status": "best"}, {"exercise": "../x"}, None],
    ids=str,
)
def test_records_that_nobody_here_made_are_refused_in_one_sentence(parts, tmp_path, more):
    one, two = copies(parts, tmp_path)

    def change(lines):
        at = next(n for n, line in enumerate(lines) if json.loads(line)["status"] == "marked")
        lines[at] = json.dumps(json.loads(lines[at]) | more).encode() if more else b'{"path'
        return lines

    forged(next((two / "records").iterdir()), change)
    refused([one, two], tmp_path / "out", "part2 is damaged")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("what", ["a changed page", "a link", "a link as records", "a pipe"])
def test_nothing_that_a_part_only_points_to_is_read(parts, tmp_path, what):
    one, two = copies(parts, tmp_path)
    page = what in ("a changed page", "a link")
    path = sorted(p for p in (two / ("pages" if page else "records")).rglob("*") if p.is_file())[0]
    data = path.read_bytes()
    path.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(data)
    if what == "a changed page":
        path.write_bytes(data + b"<script>")
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(elsewhere)
    with no_hang(60):
        refused([one, two], tmp_path / "out", "part2 is damaged")


def test_parts_of_another_course_are_refused(parts, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "course_digest", lambda: "another")
    refused([parts / "part1", parts / "part2"], tmp_path / "out", "another version of the course")


def test_what_was_entered_meanwhile_is_never_left_out(parts, tmp_path):
    out = tmp_path / "out"
    merge_parts([parts / "part1", parts / "part2"], out)
    table = out / "open-answers.csv"
    lines = table.read_text("utf-8-sig").split("\n")
    head = lines[0].split(",")
    cells = lines[1].rsplit(",", len(head) - head.index("note"))
    cells[1] = "Well said."
    lines[1] = ",".join(cells)
    table.write_text("\n".join(lines), encoding="utf-8")
    typed = contents(out)
    with pytest.raises(PartsDoNotFit, match="--earlier"):
        merge_parts([parts / "part1", parts / "part2"], out)
    assert contents(out) == typed
    for n in (1, 2):
        grade_shard(parts / "class", tmp_path / f"p{n}", Shard(n, 2), Wanted(), earlier=out)
    merge_parts([tmp_path / "p1", tmp_path / "p2"], out)
    assert "Well said." in table.read_text("utf-8-sig")
    shutil.copytree(out, tmp_path / "merged")
    (out / "open-answers.csv").write_text("\n".join(lines), encoding="utf-8")
    grade_folder(parts / "class", out)
    assert contents(out) == contents(tmp_path / "merged")


@pytest.mark.parametrize("words", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3"])
def test_a_part_that_cannot_be_is_one_sentence(words):
    with pytest.raises(PartsDoNotFit, match="write 1/3"):
        Shard.read(words)


def test_what_is_entered_while_the_parts_are_put_together_is_never_lost(parts, tmp_path):
    out = tmp_path / "out"
    merge_parts([parts / "part1", parts / "part2"], out)
    table = out / "open-answers.csv"
    data = table.read_bytes()

    def marking(_progress):
        table.write_bytes(data.replace(b",,", b",Meanwhile,", 1))

    with pytest.raises(OutputRefused, match=r"open-answers\.csv in .* was saved while"):
        merge_parts([parts / "part1", parts / "part2"], out, report=marking)
    assert b"Meanwhile" in table.read_bytes()


def test_a_part_is_never_written_over_a_class(parts, tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    with pytest.raises(OutputRefused):
        grade_shard(tmp_path / "class", tmp_path / "out", Shard(1, 2), Wanted())
    with pytest.raises(OutputRefused):
        grade_folder(tmp_path / "class", parts / "part1")
