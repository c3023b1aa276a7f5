"""A student's name in a platform's table never takes another student's cells, whoever wrote the table."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from php_table import others_lines, php_lines
from test_marking_cli import run
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions
from briefing.marking.hand_ins.roster import Roster
from briefing.marking.marksheet import (
    MarksheetUnreadable,
    read_lines,
    read_sheet,
    write_sheet,
)
from briefing.marking.quotation import TornAt, lines_of

HEADER = ["First name", "Last name", "Email address", "Groups"]
_NASTY = st.text(st.sampled_from('"\\,;\t\n\rax '), max_size=9)
_PIECES = st.sampled_from(
    ['\\"', '"', '""', "\\", ",", '",', ',"', '\\",', "\n", "\r\n", "a", " ", "é"]
)
CELL = st.one_of(_NASTY, st.lists(_PIECES, max_size=7).map("".join))
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)
WRITERS = {
    "php": php_lines,
    "php without escape": lambda rows, separator: php_lines(rows, separator, ""),
    "minimal": others_lines,
    "all": lambda rows, separator: others_lines(rows, separator, all_cells=True),
}


def filled(rows):
    return [row for row in rows if any(cell.strip() for cell in row)]


@pytest.mark.parametrize("writer", WRITERS)
@given(rows=ROWS, separator=st.sampled_from(",;\t"))
@example(rows=[['Eve\\"', "x", "e@example.org"], ["Bo", "y z", "b"], ["", "", ""]], separator=",")
@example(
    rows=[['B\\",C,,,e@example.org,-,"', "D", ""], ["B", "C", "b"], ["M Q", "", ""]], separator=","
)
@example(rows=[['x\\","', 'y"', "\\"], [',"",""\\', ',\\",', ',"']], separator=",")
def test_every_writers_table_is_read_back_as_it_was(tmp_path_factory, writer, rows, separator):
    whole = [["First name", "b", "c"], *rows]
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(WRITERS[writer](whole, separator).encode())
    assert read_lines(path) == filled(whole)


@given(text=st.text(st.sampled_from('"\\,\nab'), max_size=14))
def test_no_text_can_be_read_in_two_ways(text):
    # What any way of reading gives, written anew, is the text; so the reading is the writer's own.
    def read(rule):
        try:
            return lines_of(text, ",", rule)
        except TornAt:
            return None

    other, php = read("RFC 4180"), read("PHP")
    assert other is None or php is None or other == php


def by_hand(text, php):
    """Return all the ways in which a text can be read, found by trying each end of each cell."""
    found = []

    def cells(at, line, lines):
        ends = [k for k in range(at, len(text) + 1) if text[k : k + 1] in (",", "\n", "")]
        for end in ends:
            raw = text[at:end]
            cell = None
            if '"' not in raw and end == ends[0]:
                cell = raw
            elif len(raw) > 1 and raw[0] == raw[-1] == '"':
                inner = raw[1:-1]
                for guess in {inner, inner.replace('""', '"'), *_guesses(inner)}:
                    doubled = _doubled(guess, php)
                    if doubled == inner:
                        cell = guess
            if cell is None:
                continue
            if text[end : end + 1] == ",":
                cells(end + 1, [*line, cell], lines)
            elif end + 1 >= len(text):
                found.append([*lines, [*line, cell]])
            else:
                cells(end + 1, [], [*lines, [*line, cell]])

    cells(0, [], [])
    return found


def _doubled(cell, php):
    out = ""
    for at, sign in enumerate(cell):
        out += '""' if sign == '"' and not (php and at and cell[at - 1] == "\\") else sign
    return out


def _guesses(inner):
    """Yield the cells that could be written so: at each pair of marks, one or two."""
    if not inner:
        yield ""
        return
    for rest in _guesses(inner[1:]):
        yield inner[0] + rest
    if inner.startswith('""'):
        for rest in _guesses(inner[2:]):
            yield '"' + rest


@given(text=st.text(st.sampled_from('"\\,\na'), min_size=1, max_size=9))
def test_the_reading_is_the_only_one_there_is(text):
    for rule, php in (("RFC 4180", False), ("PHP", True)):
        ways = by_hand(text, php)
        if text.endswith(","):
            continue
        try:
            read = lines_of(text, ",", rule)
        except TornAt:
            read = None
        assert ways == ([] if read is None else [read])


def grades(tmp_path, *names):
    people = [[*name, f"s{at}@example.org", ""] for at, name in enumerate(names)]
    path = tmp_path / "grades.csv"
    path.write_text(php_lines([HEADER, *people]), encoding="utf-8")
    return Roster.read(path)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Eve", 'Aa\\"'),
        ("Eve", 'Zed\\",s1@example.org,1'),
        ('Bo\\",C,s0@example.org,-,"', "Aa"),
        ("Eve", 'Zed\\",,,,s1@example.org,-,1'),
    ],
)
def test_a_name_in_moodles_grades_takes_nobodys_place(tmp_path, first, last):
    people = grades(tmp_path, (first, last), ("Bo", "C"), ("Cy D", "E F"), ("Dé", "G")).people
    assert [one.id for one in people] == [f"s{n}@example.org" for n in range(4)]
    assert [one.name for one in people[1:]] == ["Bo C", "Cy D E F", "Dé G"]
    assert people[0].name == f"{first} {last}"


def test_a_table_of_the_courses_own_is_read_as_the_course_wrote_it(tmp_path):
    path = tmp_path / "own.csv"
    rows = [["a, \\", "b", 'c\\"'], ["d", "e\\", ',"f\\"']]
    path.write_bytes(write_sheet(["x", "y", "z"], rows, typed=("x", "y", "z")))
    assert [list(row.values()) for row in read_sheet(path, ("x",))[1]] == rows


def test_a_table_that_nobody_can_have_written_so_is_refused_with_the_line(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('name,id\nAna B,1\n"Bo\\" C" x,2\n', encoding="utf-8")
    with pytest.raises(MarksheetUnreadable, match="In line 3 of"):
        Roster.read(path)


def test_marks_that_stand_alone_do_no_harm_without_the_sign(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('name,id\nAna "Anni" B,1\nBo C,2\n', encoding="utf-8")
    assert [one.name for one in Roster.read(path).people] == ['Ana "Anni" B', "Bo C"]


def test_a_name_of_thousands_of_signs_takes_no_time_to_speak_of():
    name = '\\",' * 20_000
    rows = [["First name", "b"], [name, "x"], ["Bo C", "y"]]
    assert lines_of(php_lines(rows), ",", "PHP") == rows
    with pytest.raises(TornAt):
        lines_of(php_lines(rows), ",", "RFC 4180")


def as_a_spreadsheet_saves(text, separator):
    """Return a table as a spreadsheet saves what it takes another's text for."""
    return others_lines(csv.reader(io.StringIO(text, newline="")), separator)


TAKES_IN = [
    ["First name", "Last name", "Email address", "Exercise 2", "Last downloaded"],
    ["Ana", "A", "ana@example.org", "-", "1"],
    ['Dé\\",D,eve@example.org,-,"', "C", "eve@example.org", "-", "1"],
    ["Dé", "D", "de@example.org", "-", "1"],
    ["Mal Q", "D", "mal@example.org", "-", "1"],
]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_row_that_a_spreadsheet_has_taken_others_into_is_left_out_and_named(tmp_path, separator):
    text = php_lines(TAKES_IN)
    path = tmp_path / "list.csv"
    path.write_text(as_a_spreadsheet_saves(text, separator), encoding="utf-8")
    roster = Roster.read(path)
    assert [one.name for one in roster.people] == ["Ana A"]
    (said,) = roster.left_out
    assert said.startswith("Row 3 of the class list is left out: under “Last downloaded” it holds")
    path.write_text(text, encoding="utf-8")
    assert not Roster.read(path).left_out
    assert len(Roster.read(path).people) == 4


def test_comments_of_several_lines_are_no_rows_of_the_list(tmp_path):
    words = (
        "Good, clear, short, but late.\nFirst, second, third, fourth, fifth.\n, , , , \na,b c,,d,e"
    )
    path = tmp_path / "list.csv"
    header = ["First name", "Last name", "Email address", "Grade", "Feedback"]
    path.write_text(others_lines([header, ["Ana", "A", "a@b.org", "1", words]]), encoding="utf-8")
    assert [one.name for one in Roster.read(path).people] == ["Ana A"]


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_the_commands_say_which_row_of_the_list_is_left_out(tmp_path):
    put(tmp_path, "class/Ana A_11_assignsubmission_file/a.answers.json", answers_file())
    path, out = tmp_path / "list.csv", tmp_path / "out"
    path.write_text(as_a_spreadsheet_saves(php_lines(TAKES_IN), ","), encoding="utf-8")
    for words in (
        ("grade", tmp_path / "class", "--out", out, "--roster", path),
        ("pages", out, "--out", tmp_path / "pages.zip", "--roster", path),
        ("moodle", path, "--marked", out, "--gradebook", "Ex 2", "--out", tmp_path / "i.csv"),
    ):
        told = run(*words)
        assert told.exit_code == 0, told.output
        assert "Row 3 of the class list is left out" in " ".join(told.output.split())
