"""How rows stand to the class list: a row says one thing about it, and the summary counts what the row says."""

import pytest
from test_marking_grade import answers_file, gradebook, put

from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.hand_ins import Layout
from briefing.marking.records import Record
from briefing.marking.register import Entry
from briefing.marking.row_status import RowStatus, Standing
from briefing.marking.summary import Summary

NOT_ON_IT = "Not found on the roster."
SHEET = "Identifier,Full name,Email address,Group\n1,Ana B,a@x.org,Reds\n2,Bo C,b@x.org,Reds\n"
CODES = "id,name,code,group\n1,Ana B,ana-1,Reds\n2,Bo C,same,\n3,Cai D,same,\n"
OF_A_FILE = {RowStatus.MARKED, RowStatus.PARTLY, RowStatus.EMPTY, RowStatus.NOT_GRADABLE}
NAMELESS = "id,code,group\n1,a-1,Reds\n2,b-2,Reds\n"
TWICE = "id,name\n1,Ana B\n2,B Ana\n"


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize(
    ("people", "layout", "name", "code", "words", "counted"),
    [
        (SHEET, "moodle", "Reds_9_assignsubmission_file", "x", "by the group “Reds” (2", "group"),
        (CODES, "google", "ex02 - Reds.json", "x", "by the group “Reds” (1", "group"),
        (NAMELESS, "google", "ex02 - Reds.json", "a-1", "by the group “Reds” (2", "group"),
        (TWICE, "canvas", "anab_9_7_x.json", "x", "2 people on the roster can be", "stranger"),
        (CODES, "canvas", "boc_1_7_x.json", "x", "its id 1 that of “Ana B”", "stranger"),
        (CODES, "canvas", "bocai_1_2_7_x.json", "x", "id 1 and id 2 are both on", "stranger"),
        (CODES, "google", "ex02 - Ana B.json", "x", "another code for them", "stranger"),
        (CODES, "plain", "x.json", "same", "2 people on the roster have the code", "stranger"),
        (CODES, "plain", "x.json", "eve", NOT_ON_IT, "stranger"),
        (CODES, "canvas", "eve_9_7_x.json", "eve", NOT_ON_IT, "stranger"),
        (CODES, "canvas", "anab_1_7_x.json", "eve", "", "listed"),
        (CODES, "google", "ex02 - Ana B.json", "ana-1", "", "listed"),
        (CODES, "plain", "x.json", "ana-1", "", "listed"),
        (None, "canvas", "eve_9_7_x.json", "eve", "", "listed"),
    ],
)
def test_a_row_says_one_thing_of_the_list_and_is_counted_by_it(
    tmp_path, people, layout, name, code, words, counted
):
    path = f"{name}/x.json" if layout == "moodle" else name
    put(tmp_path, f"class/{path}", answers_file(student=code))
    roster = tmp_path / "people.csv"
    if people:
        roster.write_text(people, encoding="utf-8")
    summary = grade_folder(
        tmp_path / "class",
        tmp_path / "out",
        roster=roster if people else None,
        layout=Layout(layout),
        jobs=1,
    )
    assert (summary.by_groups, summary.strangers) == (counted == "group", counted == "stranger")
    (row,) = [row for row in gradebook(tmp_path / "out") if row["status"] in OF_A_FILE]
    assert words in row["reason"]
    assert (NOT_ON_IT in row["reason"]) == (words == NOT_ON_IT)


@pytest.mark.parametrize(
    ("standing", "status", "counted"),
    [
        (Standing.STRANGER, RowStatus.MARKED, (0, 1)),
        (Standing.GROUP, RowStatus.MARKED, (1, 0)),
        (Standing.LISTED, RowStatus.MARKED, (0, 0)),
        (Standing.STRANGER, RowStatus.OLDER, (0, 0)),  # counted by the one that counts
    ],
)
def test_nobody_is_counted_by_how_a_sentence_begins(standing, status, counted):
    said = (NOT_ON_IT, "Handed in by the group “x”", "The code “Handed in by the group” stands.")
    record = Record("a.json", RowStatus.MARKED, NOT_ON_IT, reasons=said, standing=standing)
    summary = Summary()
    summary.add(Entry(record, status, True, (), "", ""), " ".join(said))
    assert (summary.by_groups, summary.strangers) == counted
