"""Codes written to be taken for a classmate: what a teacher entered for one student reaches nobody else."""

import csv

import pytest
from test_attack_files import marked, rows
from test_marking_grade import answers_file, put
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking.cells import as_typed
from briefing.marking.kept_rows import digits_of, same_mark, short
from briefing.marking.ours import SENTENCE
from briefing.marking.output import MARK
from briefing.marking.work import SENTENCE as BEGUN

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
ROSTER = b"id,name,code\ns100,Ana B,ana-1\n"


def add_row(path, **cells):
    """Write a row below what a table has."""
    there = rows(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, header, restval="")
        table.writeheader()
        table.writerows([*there, cells])


def enter(path, student, **cells):
    """Fill in the first row of a student."""
    there = rows(path)
    next(row for row in there if row["student"] == student).update(cells)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, there[0].keys())
        table.writeheader()
        table.writerows(there)


@pytest.mark.parametrize("code", ["s100\0known", "s100\0known\0", "s100"])
def test_no_code_gets_what_was_entered_for_somebody_on_the_list(tmp_path, code):
    put(tmp_path, "class/ana.answers.json", answers_file(student="ana-1"))
    put(tmp_path, "class/other.answers.json", answers_file(student=code))
    listed = ("--roster", str(put(tmp_path, "list.csv", ROSTER)))
    out = tmp_path / "out"
    before, _ = marked(tmp_path / "class", out, *listed)
    assert sorted(row["name"] for row in before) == ["", "Ana B"]
    add_row(out / "by-hand.csv", student="s100", exercise="ex02", question="q1", points="1")
    for table in ("open-answers.csv", "notes.csv"):
        marks = [row["row"] for row in rows(out / table)]
        assert len(set(marks)) == len(marks), table
    for _ in range(2):  # when the row has no mark of its own yet, and when it has
        after, _ = marked(tmp_path / "class", out, *listed)
        points = {row["name"]: row["q1"] for row in after}
        assert points == {"Ana B": "1", "": next(r["q1"] for r in before if not r["name"])}


def test_a_code_that_only_looks_like_another_takes_no_points_set_by_hand(tmp_path):
    put(tmp_path, "class/a.answers.json", answers_file(student="ana b"))
    put(tmp_path, "class/b.answers.json", answers_file(student="ana\tb"))
    out = tmp_path / "out"
    before, _ = marked(tmp_path / "class", out)
    assert [row["student"] for row in before] == ["ana b", "ana b"]  # in a table they look the same
    add_row(out / "by-hand.csv", student="ana b", exercise="ex02", question="q1", points="1")
    for _ in range(2):
        after, _ = marked(tmp_path / "class", out)
        assert sorted(row["q1"] for row in after) == sorted(["1", before[0]["q1"]])
        assert [row["reason"].count("Set by hand") for row in after] == [0, 1]


def test_rows_marks_stay_what_they_were_for_every_ordinary_code():
    mark = f"r{digits_of('ex02', 'q6', 'fox-4821')}"
    assert mark == "re07fd4f5e12e2da3c26c13a10c852a50"
    assert short(mark) == short(short(mark)) == "re07fd4f5e12e"
    assert short("ex02:q1:12:345:some-label-or-other") == "ex02:q1:12:345:some-label-or-other"
    assert not same_mark(mark, f"{mark[:-1]}1")
    assert digits_of("a", "b\0c") != digits_of("a", "b", "c") != digits_of("a\0b", "c")


@pytest.mark.parametrize("where", ["MARKED", ".MARKED.marking/old"])
def test_points_that_lie_among_the_hand_ins_never_count(tmp_path, where):
    put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    put(tmp_path, f"class/{where}/{MARK}", f"{SENTENCE}\n".encode())
    table = b"student,exercise,question,points,reason,remark,row\nowl-1,ex02,q1,1,,,\n"
    put(tmp_path, f"class/{where}/by-hand.csv", table)
    if where != "MARKED":  # as if a swap had been cut short
        put(tmp_path, f"class/.MARKED.marking/{MARK}", f"{BEGUN}\n".encode())
    out = tmp_path / "class" / "MARKED"
    done = CliRunner().invoke(app, ["grade", str(tmp_path / "class"), "--out", str(out)])
    assert done.exit_code != 0
    assert "whoever hands in could put tables there" in " ".join(str(done.exception).split())
    assert not (out / "gradebook.csv").exists()
    lines, _ = marked(tmp_path / "class", tmp_path / "MARKED")
    assert lines[0]["q1"] != "1"


@pytest.mark.parametrize("name", ["out", "old", "records", "pages", "pages/run", "inputs"])
def test_nothing_is_written_through_a_link_in_a_work_folder(tmp_path, name):
    put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    precious = put(tmp_path, "other/gradebook.csv", b"marks of another class")
    work = put(tmp_path, f".MARKED.marking/{MARK}", b"from a student's zip").parent
    (work / name).parent.mkdir(exist_ok=True)
    (work / name).symlink_to(precious.parent)
    done = CliRunner().invoke(
        app, ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "MARKED")]
    )
    assert done.exit_code != 0
    assert "is a link" in " ".join(str(done.exception).split())
    assert [path.name for path in precious.parent.iterdir()] == ["gradebook.csv"]
    assert precious.read_bytes() == b"marks of another class"
    assert not (tmp_path / "MARKED").exists()


def test_two_students_with_thousands_of_codes_make_no_table_that_cannot_be_read(tmp_path):
    from briefing.marking.imports import results_in

    for who in ("Ana B_1", "Bo C_2"):
        folder = f"class/{who}_assignsubmission_file_"
        for number in range(40):
            code = f"{number:04d}{'x' * 190}"
            put(tmp_path, f"{folder}/{number}.answers.json", answers_file(student=code))
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    told = [line["reason"] for line in lines if line["status"] == "marked"]
    assert [said.count("stands in the files of 2 students") for said in told] == [5, 5]
    assert all("… and 35 more codes in this student's files." in said for said in told)
    # Whatever is written can be read again: Python's own limit is 131,072 signs a cell.
    book = tmp_path / "out" / "gradebook.csv"
    enter(book, "1", reason=f"Waits for your mark {'x' * 200_000}")
    assert len(results_in(tmp_path / "out", "ex02", ("identifier",)).rows) == 2


def test_a_later_file_with_a_listed_code_is_told_as_anybodys(tmp_path):
    put(tmp_path, "class/ana.answers.json", answers_file(student="ana-1"))
    text = {"q6": {"kind": "text", "text": "no"}}
    later = "2026-11-29T21:12:00Z"
    put(tmp_path, "class/zz.answers.json", answers_file(text, student="ana-1", saved=later))
    listed = ("--roster", str(put(tmp_path, "list.csv", ROSTER)))
    lines, _ = marked(tmp_path / "class", tmp_path / "out", *listed)
    (said,) = [line["reason"] for line in lines if line["status"] == "marked"]
    assert "the last saved one counts" in said
    assert "anybody's to type" in said


def test_no_code_is_typed_like_the_one_that_is_shown_with_an_apostrophe():
    assert as_typed("=x") == "'=x"
    assert as_typed("'=x") != "'=x"
    assert as_typed("'tis") == "'tis"


def as_before(path):
    """Give a table the shorter marks that it had before."""
    there = rows(path)
    for row in there:
        row["row"] = "-".join(map(short, row["row"].split("-")))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, there[0].keys())
        table.writeheader()
        table.writerows(there)


@pytest.mark.parametrize("listed", [False, True])
def test_tables_with_the_shorter_marks_of_before_are_read(tmp_path, listed):
    put(tmp_path, "class/ana.answers.json", answers_file(student="ana-1"))
    more = ("--roster", str(put(tmp_path, "list.csv", ROSTER))) if listed else ()
    who, out = "s100" if listed else "ana-1", tmp_path / "out"
    marked(tmp_path / "class", out, *more)
    enter(out / "open-answers.csv", who, points="2", note="Well.")
    enter(out / "notes.csv", who, note="Good.")
    add_row(out / "by-hand.csv", student=who, exercise="ex02", question="q1", points="1")
    before, _ = marked(tmp_path / "class", out, *more)
    tables = ("open-answers.csv", "notes.csv", "by-hand.csv")
    first = {name: (out / name).read_bytes() for name in tables}
    for name in tables:
        as_before(out / name)
        assert (out / name).read_bytes() != first[name]
    after, _ = marked(tmp_path / "class", out, *more)
    assert after == before
    assert {name: (out / name).read_bytes() for name in tables} == first


def test_a_copy_with_the_shorter_marks_replaces_the_rows_it_is_about(tmp_path):
    put(tmp_path, "class/ana.answers.json", answers_file(student="ana-1"))
    out, copy = tmp_path / "out", tmp_path / "theirs.csv"
    marked(tmp_path / "class", out)
    enter(out / "open-answers.csv", "ana-1", points="2")
    copy.write_bytes((out / "open-answers.csv").read_bytes())
    enter(copy, "ana-1", points="1")
    as_before(copy)
    after, _ = marked(tmp_path / "class", out, "--marks", str(copy))
    assert after[0]["q6"] == "1"
    (row,) = [row for row in rows(out / "open-answers.csv") if row["points"]]
    assert row["remark"] == "Before: points 2."
