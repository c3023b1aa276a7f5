"""A marking that is cut short: the output stays as it was, and the next run goes on to the same bytes."""

import os
import subprocess
import sys
import time

import pytest
from test_marking_grade import answers_file, contents, gradebook, put

from briefing.keys import has_solutions
from briefing.marking import runs
from briefing.marking.classroom import grade_folder
from briefing.marking.output import OutputRefused
from briefing.marking.simulate import write_class

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

CHILD = """
import os, signal, sys
from pathlib import Path
from briefing.marking import classroom, runs, written, work
from briefing.marking.classroom import grade_folder

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)

folder, out, point, jobs = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
runs.USUAL = 5
calls = []
def report(progress):
    calls.append(progress)
    if point == f"after run {len(calls)}":
        die()
if point == "within a run":
    really, marked = Path.write_bytes, []
    def write(self, data):
        marked.append(self)
        if len(marked) == 12:
            really(self, data[:100])
            die()
        return really(self, data)
    Path.write_bytes = write
if point == "while the gradebook is written":
    classroom.keep_hand_work = die
if point == "between the two halves of the swap":
    rename = Path.rename
    def half(self, target):
        done = rename(self, target)
        if Path(target).name == "old":
            die()
        return done
    Path.rename = half
if point == "before the work folder is removed":
    work._remove = die
if __name__ == "__main__":
    grade_folder(folder, out, jobs=jobs, report=report, anew=True)
"""
POINTS = (
    "within a run",
    "after run 1",
    "after run 4",
    "while the gradebook is written",
    "between the two halves of the swap",
    "before the work folder is removed",
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A class, what it looks like marked without its last files, and what it looks like marked."""
    folder = tmp_path_factory.mktemp("resume")
    write_class("ex02", 30, folder / "class", seed=5)
    grade_folder(folder / "class", folder / "undisturbed")
    return folder


@pytest.fixture(autouse=True)
def _small_runs(monkeypatch):
    monkeypatch.setattr(runs, "USUAL", 5)


def killed(folder, out, point, jobs=1):
    script = folder / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    words = [sys.executable, script, folder / "class", out, point, str(jobs)]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode != 0, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_goes_on_to_the_same_bytes(folders, tmp_path, point):
    put(tmp_path, "first/a.json", answers_file())
    out = tmp_path / "out"
    grade_folder(tmp_path / "first", out)
    before = contents(out)
    killed(folders, out, point)
    if point == "before the work folder is removed":
        assert contents(out) == contents(folders / "undisturbed")
    elif point == "between the two halves of the swap":
        assert not out.exists()
    else:
        assert contents(out) == before
    assert (tmp_path / ".out.marking").is_dir()
    summary = grade_folder(folders / "class", out, anew=True)
    assert contents(out) == contents(folders / "undisturbed")
    assert not (tmp_path / ".out.marking").exists()
    assert summary.files == 31
    if point == "after run 1":
        assert 0 < summary.reused < 31
    if point == "while the gradebook is written":
        assert summary.reused == 31


def test_what_was_entered_survives_a_kill_in_the_middle_of_the_swap(folders, tmp_path):
    out = tmp_path / "out"
    grade_folder(folders / "class", out)
    table = out / "open-answers.csv"
    typed = table.read_text("utf-8-sig").replace("ex02,q6,", "ex02,q6,", 1)
    header, first, rest = typed.split("\n", 2)
    at = header.split(",").index("note")
    from_the_end = len(header.split(",")) - at
    cells = first.rsplit(",", from_the_end)
    cells[1] = "Well said."
    table.write_text("\n".join([header, ",".join(cells), rest]), encoding="utf-8")
    killed(folders, out, "between the two halves of the swap")
    assert not out.exists()
    grade_folder(folders / "class", out)
    assert "Well said." in table.read_text("utf-8-sig")


def test_with_two_processes_the_others_end_as_well_and_the_rest_is_done_later(folders, tmp_path):
    out = tmp_path / "out"
    killed(folders, out, "after run 4", jobs=2)
    deadline = time.monotonic() + 60
    while True:  # the lock is the killed process's alone; its children end by themselves
        try:
            summary = grade_folder(folders / "class", out)
            break
        except OutputRefused:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert summary.reused > 0
    assert contents(out) == contents(folders / "undisturbed")


def test_what_has_changed_since_is_marked_anew(folders, tmp_path):
    out = tmp_path / "out"
    for name in ("a", "b"):
        for n in range(12):
            put(tmp_path, f"class/{n}{name}.json", answers_file(student=f"{name}{n}"))
    killed(tmp_path, out, "while the gradebook is written")
    put(tmp_path, "class/3a.json", answers_file({}, student="a3"))
    summary = grade_folder(tmp_path / "class", out)
    assert 0 < summary.reused < 24
    rows = {row["student"]: row["status"] for row in gradebook(out)}
    assert (rows["a3"], rows["a4"]) == ("empty", "marked")


@pytest.mark.parametrize("what", ["a page", "a record", "a page is missing"])
def test_what_a_crash_has_damaged_is_marked_anew(folders, tmp_path, what):
    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    work = tmp_path / ".out.marking"
    path = next((work / ("records" if what == "a record" else "pages")).rglob("*.*l*"))
    path.unlink() if "missing" in what else path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)
    summary = grade_folder(folders / "class", out)
    assert 0 < summary.reused < 31
    assert contents(out) == contents(folders / "undisturbed")


def test_other_settings_take_nothing_from_an_earlier_try(folders, tmp_path):
    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    assert grade_folder(folders / "class", out, pages=False).reused == 0
    assert not (out / "feedback").exists()


def test_what_was_marked_for_no_report_is_not_taken_up_for_one(folders, tmp_path):
    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    assert grade_folder(folders / "class", out, class_report=True).reused == 0
    grade_folder(folders / "class", tmp_path / "afresh", class_report=True)
    assert any(name.startswith("class/") for name in contents(out))
    assert contents(out) == contents(tmp_path / "afresh")


def test_another_course_takes_nothing_from_an_earlier_try(folders, tmp_path, monkeypatch):
    from briefing.marking import settings

    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    monkeypatch.setattr(settings, "course_digest", lambda: "another")
    assert grade_folder(folders / "class", out).reused == 0


def test_a_work_folder_that_was_made_with_another_key_is_marked_anew(
    folders, tmp_path, monkeypatch
):
    """Somebody marks the same class in a course of his own, and puts better marks beside OUT."""
    from msgspec.structs import replace

    from briefing.marking import work
    from briefing.marking.records import decoded, encoded, read_run, write_run

    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    for path in (tmp_path / ".out.marking" / "records").glob("*.jsonl"):
        head, lines = read_run(path)
        better = [encoded(replace(decoded(line), score=99.0)) for line in lines]
        write_run(path, head.made_from, better, bytes(32))
    assert grade_folder(folders / "class", out).reused == 0
    assert contents(out) == contents(folders / "undisturbed")
    killed(folders, out, "while the gradebook is written")
    monkeypatch.setattr(work, "own_key", lambda: bytes(32))
    assert grade_folder(folders / "class", out).reused == 0


def test_a_changed_record_without_the_key_is_marked_anew(folders, tmp_path):
    import hashlib

    out = tmp_path / "out"
    killed(folders, out, "while the gradebook is written")
    for path in (tmp_path / ".out.marking" / "records").glob("*.jsonl"):
        head, _, body = path.read_bytes().partition(b"\n")
        forged = body.replace(b'"score":', b'"score":9')
        sums = [hashlib.sha256(data).hexdigest().encode() for data in (body, forged)]
        path.write_bytes(head.replace(*sums) + b"\n" + forged)
    assert grade_folder(folders / "class", out).reused == 0
    assert contents(out) == contents(folders / "undisturbed")


def test_a_key_that_cannot_be_kept_is_a_new_one(tmp_path, monkeypatch):
    from briefing.marking import own_key

    monkeypatch.setattr(own_key, "course_folder", lambda: tmp_path)
    make = own_key.own_key.__wrapped__
    assert make() == make() == (tmp_path / ".start" / "marking.key").read_bytes()
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(own_key, "course_folder", lambda: tmp_path / "file")
    assert len(make()) == own_key.LENGTH
    assert make() != make()


def test_two_runs_on_one_output_do_not_collide(folders, tmp_path):
    out = tmp_path / "out"

    def meanwhile(progress):
        with pytest.raises(OutputRefused, match="Another command is writing"):
            grade_folder(folders / "class", out)

    grade_folder(folders / "class", out, report=meanwhile)
    assert contents(out) == contents(folders / "undisturbed")


def test_a_foreign_folder_in_the_place_of_the_work_is_left_alone(folders, tmp_path):
    put(tmp_path, ".out.marking/thesis.docx", b"precious")
    with pytest.raises(OutputRefused, match="was not made by this command"):
        grade_folder(folders / "class", tmp_path / "out")
    assert contents(tmp_path / ".out.marking") == {"thesis.docx": b"precious"}


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_in_the_place_of_the_work_is_not_followed(folders, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    try:
        (tmp_path / ".out.marking").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("this system has no links")
    with pytest.raises(OutputRefused, match="in the way"):
        grade_folder(folders / "class", tmp_path / "out")
    assert not list((tmp_path / "elsewhere").iterdir())
