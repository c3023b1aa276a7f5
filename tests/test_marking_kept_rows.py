"""Rows that people filled in: a later table wins, nothing is lost, and the work grows with the rows only."""

import sys
from collections import Counter

import pytest

from briefing.marking import kept_rows, marksheet
from briefing.marking.kept_rows import Form, KeptRows, as_part, parts
from briefing.marking.marksheet import MarksheetUnreadable, read_sheet, write_sheet

COLUMNS = ("student", "points", "remark", "row")
FORM = Form("marks.csv", COLUMNS, needed=("student",), names=("student",), typed=("points",))


def table(path, rows):
    path.write_bytes(write_sheet(COLUMNS, rows))
    return path


def taken(*paths):
    book = KeptRows(FORM)
    book.take(*paths)
    return book


def steps(work):
    """How many instructions `work` runs inside the module: a count, which no busy machine changes."""
    counted = Counter()

    def trace(frame, event, _):
        if frame.f_code.co_filename != kept_rows.__file__:
            return None
        frame.f_trace_opcodes = True
        counted[event] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted["opcode"]


@pytest.mark.parametrize("marked", [True, False])
def test_two_full_tables_of_twice_as_many_rows_are_twice_the_work(tmp_path, marked):
    def full(number, points):
        rows = [[f"s{n}", points, "", f"m{n}" if marked else ""] for n in range(number)]
        return table(tmp_path / f"{number}-{points}.csv", rows)

    pairs = {number: (full(number, "1"), full(number, "2")) for number in (200, 400)}
    few, many = (steps(lambda pair=pair: taken(*pair)) for pair in pairs.values())
    assert few > 200
    assert many < 2.2 * few


def test_rows_that_are_named_alike_are_no_more_work(tmp_path):
    def alike(number, points):
        return table(tmp_path / f"{number}-{points}.csv", [["s", points, "", ""]] * number)

    pairs = {number: (alike(number, "1"), alike(number, "1")) for number in (200, 400)}
    few, many = (steps(lambda pair=pair: taken(*pair)) for pair in pairs.values())
    assert many < 2.2 * few


def test_a_later_row_wins_and_says_what_stood_there(tmp_path):
    first = table(
        tmp_path / "first.csv",
        [["fox", "1", "", "a"], ["elm", "2", "", "b"], ["owl", "3", "", "c"], ["bee", "4", "", ""]],
    )
    second = table(
        tmp_path / "second.csv",
        [
            ["another name", "5", "", "a"],
            ["elm", "", "", "b"],
            ["owl", "3", "", "c"],
            ["bee", "6", "", "d"],
            ["bee", "7", "", ""],
        ],
    )
    book = taken(first, second)
    assert [(row["student"], row["points"], row["remark"]) for row in book.rows] == [
        ("elm", "2", ""),
        ("another name", "5", "Before: points 1."),
        ("owl", "3", ""),
        ("bee", "6", "Before: points 4."),
        ("bee", "7", ""),
    ]
    assert [row["points"] for row in book.of("a", ("fox",))] == ["5"]
    assert [row["points"] for row in book.of("z", ("bee",))] == ["7"]


def test_a_cell_behind_the_last_heading_is_kept_wherever_the_longer_row_stands(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text(
        "student,points,remark,row\nfox,1,,a\nelm,,,b,look at this\nowl,,,c\n", encoding="utf-8"
    )
    book = taken(path)
    assert book.extra == ["column 5"]
    assert [(row["student"], row.get("column 5", "")) for row in book.rows] == [
        ("fox", ""),
        ("elm", "look at this"),
    ]
    names, rows = read_sheet(path, COLUMNS)
    assert names[-1] == "column 5"
    assert [row["column 5"] for row in rows] == ["", "look at this", ""]


@pytest.mark.parametrize("place", ["first", "at the end"])
def test_a_table_in_the_letters_of_an_old_spreadsheet_is_read_wherever_the_first_such_letter_stands(
    tmp_path, place
):
    rows = [f"s{n},1,,m{n}" for n in range(5_000)]
    rows.insert(0 if place == "first" else len(rows), "José,2,,mine")
    path = tmp_path / "marks.csv"
    path.write_bytes("\r\n".join(["student,points,remark,row", *rows]).encode("cp1252"))
    assert taken(path).of("mine", ())[0]["student"] == "José"


def test_a_table_that_is_too_large_is_refused_whole(tmp_path, monkeypatch):
    path = table(tmp_path / "marks.csv", [["fox", "1", "", "a"], ["elm", "2", "", "b"]])
    monkeypatch.setattr(marksheet, "MOST_BYTES", path.stat().st_size)
    assert len(read_sheet(path, COLUMNS)[1]) == 2
    monkeypatch.setattr(marksheet, "MOST_BYTES", path.stat().st_size - 1)
    with pytest.raises(
        MarksheetUnreadable, match=r"larger than .* Nothing was marked or changed\."
    ):
        taken(path)


def test_words_that_somebody_typed_are_one_part_of_a_remark(tmp_path):
    first = table(tmp_path / "a.csv", [["s1", "2 | Before, out of 3: all", "", "m1"]])
    second = table(tmp_path / "b.csv", [["s1", "3", "Mine | too", "m1"]])
    (row,) = taken(first, second).rows
    assert parts(row) == ["Mine", "too", "Before: points 2 / Before, out of 3: all."]


@pytest.mark.parametrize("bar", ["|", " | ", "| |", "\t|\t", "\u00a0|\u2003|\n", "|||"])
def test_a_part_is_one_part_however_bars_stand_in_it(bar):
    assert parts({"remark": f"One. | {as_part(f'a{bar}b{bar}')} | Two."}) == [
        "One.",
        "a / b /",
        "Two.",
    ]
