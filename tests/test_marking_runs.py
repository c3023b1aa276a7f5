"""Marking as a map over runs of files: the same bytes for any number of processes, memory that stays."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest
from msgspec.structs import replace
from test_marking_grade import answers_file, contents, gradebook, key_answers, put
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking import runs
from briefing.marking.choice import Candidate, chosen
from briefing.marking.classroom import grade_folder
from briefing.marking.hand_ins import Layout, Ref, Who, listed
from briefing.marking.hand_ins.refs import ByPath, Member, What
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Counts
from briefing.marking.runs import in_runs
from briefing.marking.simulate import write_class, write_layout

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")


@pytest.fixture
def small_runs(monkeypatch):
    monkeypatch.setattr(runs, "USUAL", 5)


def refs(count, *, without=()):
    return [Ref(f"{n:04d}/a.json", f"/x/{n}") for n in range(count) if n not in without]


# --- runs ---------------------------------------------------------------------------------------


def test_runs_hold_every_file_once_in_order_and_are_bounded():
    found = list(in_runs(refs(3_000)))
    assert [ref for run in found for ref in run.refs] == refs(3_000)
    assert len({run.name for run in found}) == len(found)
    assert max(len(run.refs) for run in found) <= runs.MOST
    assert 20 < len(found) < 150


def test_a_file_less_changes_one_run_and_no_other():
    before = {run.name for run in in_runs(refs(3_000))}
    after = {run.name for run in in_runs(refs(3_000, without=(1_234,)))}
    assert len(before - after) <= 2
    assert len(before & after) >= len(before) - 2


WHERE_IT_LIES = {"file", "inside"}
"""Fields of a file that are another machine's where the folder is moved; all others are what is known of it."""
OTHERWISE = {
    "path": "b.json", "file": "/another/place", "inside": (Member(9, 9, 8, 0, 0),),
    "who": Who("7", "Ana", "roster"), "handed_in": "2026-11-22T19:40:00Z", "late": True,
    "attempt": 2, "problem": "It is a link.", "notes": ("So.",), "what": What.LINK,
    "download": "first", "by_path": ByPath.ID, "id": "8", "name": "Bo", "told_by": "name", "by_code": "ana-1",
}  # fmt: skip


@pytest.mark.parametrize("field", Ref.__struct_fields__ + Who.__struct_fields__)
def test_a_run_is_another_where_something_else_is_known_of_a_file(field):
    plain = Ref("a.json", "/x", who=Who("7", "Ana"))
    if field in Ref.__struct_fields__:
        other = replace(plain, **{field: OTHERWISE[field]})
    else:
        other = replace(plain, who=replace(plain.who, **{field: OTHERWISE[field]}))
    assert other != plain
    same = next(in_runs([plain])).name == next(in_runs([other])).name
    assert same == (field in WHERE_IT_LIES)


@pytest.mark.usefixtures("small_runs")
def test_two_processes_write_the_bytes_of_one(tmp_path):
    write_class("ex02", 25, tmp_path / "class", seed=5)
    assert len(list(in_runs(listed(tmp_path / "class")))) > 3
    for jobs in (1, 2):
        grade_folder(tmp_path / "class", tmp_path / f"out{jobs}", jobs=jobs)
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_a_strange_file_never_stops_a_class(tmp_path, monkeypatch):
    from briefing.marking import marker

    put(tmp_path, "class/a.json", answers_file(student="ant-1"))
    put(tmp_path, "class/b.json", answers_file(student="bee-2"))
    really = marker.seen_of

    def strange(graded, desk):
        if graded.student == "ant-1":
            raise ZeroDivisionError
        return really(graded, desk)

    monkeypatch.setattr(marker, "seen_of", strange)
    grade_folder(tmp_path / "class", tmp_path / "out", class_report=True)
    ant, bee = gradebook(tmp_path / "out")
    assert (bee["student"], bee["status"]) == ("bee-2", "marked")
    assert (ant["student"], ant["status"], ant["score"]) == ("ant-1", "not gradable", "")
    assert "ZeroDivisionError" in ant["reason"]


STRANGE = ("grade", "open_answers", "defences", "seen_of")
"""Steps of marking one file, from the first to the last, at which something unexpected can happen."""


@pytest.mark.parametrize("step", STRANGE)
def test_a_strange_file_stays_its_students(tmp_path, monkeypatch, step):
    from briefing.marking import marker

    put(tmp_path, "class/bana_7_901_x.json", answers_file(student="ant-1"))
    put(tmp_path, "class/cbo_8_902_x.json", answers_file(student="bee-2"))
    (tmp_path / "list.csv").write_text("id,name\n7,Ana B\n8,Bo C\n9,Cy D\n")
    (tmp_path / "marking.toml").write_text('missing = "zero"\n')
    really = getattr(marker, step)

    def strange(what, *others, **more):
        if "ant-1" in repr(what):
            raise ZeroDivisionError
        return really(what, *others, **more)

    monkeypatch.setattr(marker, step, strange)
    out, people = tmp_path / "out", tmp_path / "list.csv"
    grade_folder(
        tmp_path / "class", out, class_report=True, roster=people, layout=Layout.CANVAS, jobs=1
    )
    rows = gradebook(out)
    assert [(row["student"], row["status"]) for row in rows] == [
        ("7", "not gradable"),
        ("8", "marked"),
        ("9", "nothing handed in"),
    ]
    assert "ZeroDivisionError" in rows[0]["reason"]
    totals = csv.DictReader(io.StringIO((out / "totals.csv").read_text("utf-8-sig")))
    percent = {row["student"]: row["total in percent"] for row in totals}
    assert percent.get("7", "") == ""
    assert percent["9"] == "0"


def test_a_strange_file_that_could_be_read_is_known_by_the_code_that_was_read(
    tmp_path, monkeypatch
):
    from briefing.marking import marker

    mine = answers_file(student="ant-1")
    put(tmp_path, "class/a.json", {"format": mine["format"], "more": {"student": "bee-2"}} | mine)
    monkeypatch.setattr(marker, "seen_of", lambda *_: 1 / 0)
    grade_folder(tmp_path / "class", tmp_path / "out", class_report=True, jobs=1)
    (row,) = gradebook(tmp_path / "out")
    assert (row["student"], row["exercise"], row["status"]) == ("ant-1", "ex02", "not gradable")


# --- the choice ---------------------------------------------------------------------------------


def one(n, digest="", **more):
    known = {
        "path": f"{n}.json", "status": "marked", "accepted": True, "late": None, "by_machine": 10.0,
        "handed_in": "", "attempt": 0, "saved": "", "revision": 1,
    }  # fmt: skip
    return Candidate(n=n, digest=digest or str(n), **(known | more))


def winner(files, keep=Counts.LATEST):
    return [place.n for place in chosen(files, keep, known=True) if place.counts]


def test_what_the_lms_got_last_counts_whatever_the_file_says():
    early = one(1, saved="2026-11-09T00:00:00Z", handed_in="2026-11-01T00:00:00Z", revision=9)
    late = one(2, saved="2026-11-01T00:00:00Z", handed_in="2026-11-02T00:00:00Z")
    assert winner([early, late]) == winner([late, early]) == [2]


def test_the_best_is_the_one_with_the_most_points_from_the_machine():
    files = [one(1, by_machine=9), one(2, by_machine=12), one(3, by_machine=11)]
    assert winner(files, Counts.BEST) == [2]
    assert winner([one(1), one(2)], Counts.BEST) == [2]
    assert {p.status for p in chosen(files, Counts.BEST, known=True) if not p.counts} == {
        "another counts"
    }


def test_before_due_a_late_one_counts_only_where_there_is_no_other():
    assert winner([one(1, late=False), one(2, late=True)], Counts.BEFORE_DUE) == [1]
    assert winner([one(1, late=True), one(2, late=True)], Counts.BEFORE_DUE) == [2]


def test_what_is_not_accepted_never_pushes_an_accepted_one_aside():
    files = [one(1), one(2, accepted=False, status="not accepted", by_machine=99)]
    assert winner(files) == winner(files, Counts.BEST) == [1]


def test_a_file_handed_in_again_at_the_end_has_counted_since_its_first_time():
    a, b, again, more = (
        one(1, "a", attempt=1),
        one(2, "b", attempt=2),
        one(3, "a", attempt=3),
        one(4, "a", attempt=4),
    )
    assert winner([a, b, again, more]) == [3]
    assert winner([a, more]) == [1]


def test_all_count_each_with_its_row_page_and_open_answer(tmp_path):
    answers = key_answers()
    for n in range(3):
        text = {"q6": {"kind": "text", "text": f"Answer {n}."}}
        put(tmp_path, f"class/{n}.json", answers_file(answers | text, revision=n))
    put(tmp_path, "class/copy.json", (tmp_path / "class/0.json").read_bytes())
    summary = grade_folder(tmp_path / "class", tmp_path / "out", keep=Counts.ALL)
    rows = gradebook(tmp_path / "out")
    assert [row["status"] for row in rows] == ["marked"] * 3
    assert [f"Hand-in {n} of 3" in row["reason"] for n, row in enumerate(rows, 1)] == [True] * 3
    assert summary.pages == len(list((tmp_path / "out/feedback").iterdir())) == 3
    table = open_table(tmp_path)
    assert [row["answer"] for row in table] == ["Answer 0.", "Answer 1.", "Answer 2."]
    table[1]["points"] = "2"
    save_table(tmp_path, table)
    grade_folder(tmp_path / "class", tmp_path / "out", keep=Counts.ALL)
    assert [row["q6"] for row in gradebook(tmp_path / "out")] == ["", "2", ""]


def open_table(folder):
    text = (folder / "out" / "open-answers.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def save_table(folder, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (folder / "out" / "open-answers.csv").write_text(text.getvalue(), encoding="utf-8")


# --- who it is ----------------------------------------------------------------------------------


def roster(folder, text):
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_code_in_two_people_s_folders_is_two_students_and_said(tmp_path):
    put(tmp_path, "class/Ana/a.json", answers_file())
    put(tmp_path, "class/Bo/a.json", answers_file({}))
    grade_folder(tmp_path / "class", tmp_path / "out", layout=Layout.FOLDERS)
    rows = gradebook(tmp_path / "out")
    assert [(r["student"], r["code"], r["status"]) for r in rows] == [
        ("Ana", "fox-4821", "marked"),
        ("Bo", "fox-4821", "empty"),
    ]
    assert all("files of 2 students" in row["reason"] for row in rows)
    assert len(list((tmp_path / "out/feedback").iterdir())) == 2


def test_a_typed_code_is_never_taken_for_an_id_on_the_roster(tmp_path):
    put(tmp_path, "class/Ana/a.json", answers_file(student="ana-1"))
    put(tmp_path, "class/loose.json", answers_file({}, student="77", revision=99))
    people = roster(tmp_path, "id,name,code\n77,Ana,ana-1\n")
    grade_folder(tmp_path / "class", tmp_path / "out", roster=people)
    rows = {row["code"]: row for row in gradebook(tmp_path / "out")}
    assert (rows["ana-1"]["student"], rows["ana-1"]["status"]) == ("77", "marked")
    assert (rows[""]["student"], rows[""]["status"]) == ("77", "empty")
    assert "Not found on the roster." in rows[""]["reason"]
    assert len(list((tmp_path / "out/feedback").iterdir())) == 2


def test_who_handed_in_nothing_has_a_row_without_a_score(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="ana-1"))
    put(tmp_path, "class/b.json", b"reading-the-briefing/answers")
    people = roster(tmp_path, "id,name,code\n77,Ana B,ana-1\n78,Bo C,bo-2\n")
    summary = grade_folder(tmp_path / "class", tmp_path / "out", roster=people)
    ana, bo, _ = gradebook(tmp_path / "out")
    assert (ana["student"], ana["name"], ana["status"]) == ("77", "Ana B", "marked")
    assert (bo["student"], bo["name"], bo["status"]) == ("78", "Bo C", "nothing handed in")
    assert (bo["exercise"], bo["score"], bo["max_score"], bo["q1"]) == ("ex02", "", "", "")
    assert summary.counts[RowStatus.NOTHING] == 1


def test_marks_entered_before_there_was_a_roster_count_for_the_same_answer(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="ana-1"))
    grade_folder(tmp_path / "class", tmp_path / "out")
    table = open_table(tmp_path)
    table[0]["points"] = "3"
    save_table(tmp_path, table)
    people = roster(tmp_path, "id,name,code\n77,Ana B,ana-1\n")
    for _ in range(2):
        grade_folder(tmp_path / "class", tmp_path / "out", roster=people)
        (row,) = gradebook(tmp_path / "out")
        assert (row["student"], row["q6"], row["score"]) == ("77", "3", "20")
        (kept,) = open_table(tmp_path)
        assert (kept["student"], kept["points"], kept["remark"]) == ("77", "3", "")
    put(tmp_path, "class/a.json", answers_file(student="eve-1"))
    people = roster(tmp_path, "id,name,code\n77,Ana B,ana-1\n78,Eve,eve-1\n")
    grade_folder(tmp_path / "class", tmp_path / "out", roster=people, anew=True)
    assert {r["student"]: r["score"] for r in gradebook(tmp_path / "out")} == {"77": "", "78": "17"}


@pytest.mark.parametrize("layout", [Layout.CANVAS, Layout.MOODLE])
def test_a_platform_s_zip_and_list_give_names_and_who_is_missing(tmp_path, layout):
    write_layout("ex02", 14, tmp_path / "class", 3, layout)
    (hand_ins,) = (tmp_path / "class").glob("*.zip")
    (people,) = (tmp_path / "class").glob("*.csv")
    grade_folder(hand_ins, tmp_path / "out", roster=people)
    rows = gradebook(tmp_path / "out")
    marked = [row for row in rows if row["status"] == "marked"]
    assert len(marked) >= 10
    assert all(row["name"] and row["student"] for row in marked)


# --- for machines -------------------------------------------------------------------------------


def test_grade_and_check_print_one_json_object_and_nothing_else(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    put(tmp_path, "class/b.json", answers_file(student="<b>ünï</b>"))
    put(tmp_path, "class/c.docx", b"PK\x03\x04")
    words = ["grade", tmp_path / "class", "--out", tmp_path / "out", "--json", "--no-report"]
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["format"], told["version"]) == ("reading-the-briefing/marking", 1)
    assert (told["files"], told["rows"], told["pages"]) == (3, 3, 2)
    assert told["status"] == {"marked": 2, "not gradable": 1}
    assert told["exercises"]["ex02"]["scores"] == [{"of": 17.0, "students": 2, "mean": 17.0}]
    assert told["exercises"]["ex02"]["questions"]["q1"] == {"students": 2, "mean": 7.0}
    assert len(told["problems"]) == 1
    assert told["more_problems"] == 0
    checked = CliRunner().invoke(app, ["check", str(tmp_path / "class"), "--json"])
    assert checked.exit_code == 1
    told = json.loads(checked.stdout)
    assert not told["all_can_be_marked"]
    assert [file["can_be_marked"] for file in told["files"]] == [True, True, False]


def test_the_class_report_is_written_and_replaced(tmp_path):
    write_class("ex02", 14, tmp_path / "class", seed=5)
    for _ in range(2):
        summary = grade_folder(tmp_path / "class", tmp_path / "out", class_report=True)
    assert summary.reports == ["class/ex02.html"]
    assert "<svg" in (tmp_path / "out/class/ex02.html").read_text("utf-8")


def test_the_class_report_counts_who_handed_in_only_damaged_files_and_who_nothing(tmp_path):
    write_class("ex02", 6, tmp_path / "class", seed=5)
    whole = answers_file(student="ana-1")
    damaged = json.dumps(whole).encode()[:-40]
    put(tmp_path, "class/whole.json", whole)
    put(tmp_path, "class/damaged.json", damaged)  # Ana's other file can be read
    put(tmp_path, "class/bo-1.json", damaged.replace(b"ana-1", b"bo-2"))
    put(tmp_path, "class/bo-2.json", damaged.replace(b"ana-1", b"bo-2")[:-1])
    put(tmp_path, "class/elsewhere.json", damaged.replace(b"ex02", b"ex99"))
    people = roster(tmp_path, "id,name,code\n77,Ana,ana-1\n78,Bo,bo-2\n79,Cy,cy-3\n")
    summary = grade_folder(
        tmp_path / "class", tmp_path / "out", roster=people, class_report=True, pages=False
    )
    assert summary.reports == ["class/ex02.html"]
    rows = gradebook(tmp_path / "out")
    assert [row["status"] for row in rows].count("not gradable") == 4
    page = (tmp_path / "out/class/ex02.html").read_text("utf-8")
    told = dict(
        re.findall(
            r"<strong>(not gradable|nothing handed in)</strong></th>\s*<td[^>]*><span[^>]*>[^<]*</span>\s*(\d+)",
            page,
        )
    )
    assert told == {"not gradable": "1", "nothing handed in": "1"}


MEASURE = """
import resource, sys
from pathlib import Path
from briefing.marking.classroom import grade_folder
grade_folder(Path(sys.argv[1]), Path(sys.argv[2]), jobs=1)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory as Linux does")
def test_six_times_the_files_take_hardly_more_memory(tmp_path):
    peaks = []
    for size in (150, 900):
        for n in range(size):
            put(tmp_path, f"{size}/{n}.json", answers_file({}, student=f"s{n}", more="x" * 20_000))
        words = [
            sys.executable,
            "-c",
            MEASURE,
            str(tmp_path / str(size)),
            str(tmp_path / f"o{size}"),
        ]
        done = subprocess.run(words, check=True, capture_output=True, text=True, env=os.environ)
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 8_000  # kilobytes; the files alone have fifteen thousand more
