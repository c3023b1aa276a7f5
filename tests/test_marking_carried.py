"""Points that change after open answers were marked: what was given goes along, at the desk and in `grade`."""

import pytest
from marked_class import (
    ANSWERS,
    grade_again,
    hand_in,
    mark_class,
    points_of,
    row_of,
    save_table,
    table,
)
from test_marking_desk import row_id, send
from test_marking_grade import contents

from briefing.keys import has_solutions
from briefing.marking.carried import carried
from briefing.marking.desk import ClassDesk
from briefing.marking.desk.agreed import agreed

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the criteria of ex02")


@pytest.fixture
def marked(tmp_path):
    return mark_class(tmp_path)


def worth(folder, points):
    """Say what the question is worth, and mark again."""
    rules = f"[exercise.ex02]\npoints = {{ q6 = {points} }}\n"
    (folder / "marking.toml").write_text(rules, encoding="utf-8")
    return grade_again(folder)


def enter(marked, entries):
    """Type into the table: student → cells."""
    rows = table(marked)
    for row in rows:
        row |= entries.get(row["student"].lstrip("'"), {})
    save_table(marked, rows)


def levels(*cells):
    return {f"criterion {n}": cell for n, cell in enumerate(cells, 1)}


def shown(marked, student):
    return ClassDesk(marked).widget().marks[row_id(marked, student)]


@pytest.mark.parametrize(
    ("was", "now", "cells", "after", "told"),
    [
        ("3", 6, levels("yes", "no", "x"), levels("yes", "no", "x"), ""),
        ("3", 6, levels("1", "0", "0,5"), levels("2", "0", "1"), "criterion 1 1, criterion 3 0,5"),
        ("3", 1.5, {"points": "3"}, {"points": "1.5"}, "points 3"),
        ("3", 5, levels("1", "1", "1"), levels("1.67", "1.67", "1.66"),
         "criterion 1 1, criterion 2 1, criterion 3 1"),
        ("3", 6, {"points": "four"}, {"points": "four"}, ""),
        ("3", 6, {"points": "5"}, {"points": "5"}, ""),
        ("3", 0, {"points": "2"}, {"points": "0"}, "points 2"),
        ("0", 3, {"points": "0", "criterion 1": "yes"}, {"points": "", "criterion 1": "yes"}, "points 0"),
        ("3", 3, {"points": "2"}, {"points": "2"}, ""),
        ("3,0", 6, {"points": "2"}, {"points": "4"}, "points 2"),
        ("?", 6, {"points": "2"}, {"points": "2"}, ""),
    ],
)  # fmt: skip
def test_a_number_keeps_its_share_and_words_stay(was, now, cells, after, told):
    row = carried({**cells, "max_points": was, "remark": "mine"}, "ex02", "q6", now)
    assert {name: row[name] for name in cells} == after
    said = f" | Before, out of {was[0]}: {told}." if told else ""
    assert row["remark"] == f"mine{said}"
    assert carried(row, "ex02", "q6", now) == row


def test_a_row_of_no_exercise_here_stays_as_it_is():
    row = {"points": "2", "max_points": "3"}
    assert carried(row, "ex99", "q1", 6) == carried(row, "ex02", "q99", 6) == row


def test_what_was_given_goes_along_in_grade_and_at_the_desk(marked, tmp_path):
    enter(
        marked,
        {
            "fox-4821": levels("1", "1", "1"),
            "owl-1111": levels("yes", "no", "0,5"),
            "elk-2222": {"points": "2", "note": "Fine."},
            "bee-3333": {"points": "three"},
        },
    )
    grade_again(tmp_path)
    worth(tmp_path, 6)
    earned = {student: points_of(marked, student)["q6"] for student in ANSWERS}
    assert earned == {"fox-4821": "6", "owl-1111": "3", "elk-2222": "4", "=1+1": "", "bee-3333": ""}
    (question,) = ClassDesk(marked).widget().questions
    assert (question["most"], [c["points"] for c in question["criteria"]]) == ("6", ["2"] * 3)
    assert shown(marked, "fox-4821")["given"] == ["yes", "yes", "yes"]
    assert shown(marked, "owl-1111")["given"] == ["yes", "no", "1"]
    assert (shown(marked, "elk-2222")["points"], shown(marked, "elk-2222")["note"]) == (
        "4",
        "Fine.",
    )
    assert shown(marked, "bee-3333")["points"] == "three"
    assert "Before, out of 3: points 2." in row_of(marked, "elk-2222")["remark"]
    before = contents(marked)
    grade_again(tmp_path)
    assert contents(marked) == before
    worth(tmp_path, 3)
    assert {student: points_of(marked, student)["q6"] for student in ANSWERS} == {
        "fox-4821": "3", "owl-1111": "1.5", "elk-2222": "2", "=1+1": "", "bee-3333": "",
    }  # fmt: skip


def test_the_desk_marks_in_the_class_s_points_from_the_start(marked, tmp_path):
    worth(tmp_path, 6)
    enter(marked, {"fox-4821": levels("2", "1", "0"), "owl-1111": {"points": "5"}})
    assert shown(marked, "fox-4821")["given"] == ["yes", "1", "no"]
    widget = ClassDesk(marked).widget()
    assert send(widget, row_id(marked, "elk-2222"), given=["yes", "yes", "no"])["ok"]
    grade_again(tmp_path)
    earned = [points_of(marked, student)["q6"] for student in list(ANSWERS)[:3]]
    assert earned == ["3", "5", "4"]


def test_out_of_nothing_there_is_no_share_so_it_is_to_be_marked_again(marked, tmp_path):
    worth(tmp_path, 0)
    enter(marked, {"fox-4821": {"points": "0"}})
    worth(tmp_path, 3)
    assert points_of(marked, "fox-4821")["q6"] == ""
    assert row_of(marked, "fox-4821")["points"] == ""
    (question,) = ClassDesk(marked).widget().questions
    stood = {answer["row"]: answer["stood"] for answer in question["answers"] if answer["stood"]}
    assert stood == {row_id(marked, "fox-4821"): "Before, out of 0: points 0."}


def test_an_answer_that_was_not_there_meanwhile_goes_along_as_well(marked, tmp_path):
    enter(marked, {"fox-4821": levels("1", "0,5", "0")})
    (tmp_path / "class" / "0.answers.json").unlink()
    worth(tmp_path, 6)
    assert row_of(marked, "fox-4821")["max_points"] == "3"
    assert shown(marked, "fox-4821")["given"] == ["yes", "1", "no"]
    send(ClassDesk(marked).widget(), row_id(marked, "fox-4821"), given=["yes", "1", "yes"])
    row = row_of(marked, "fox-4821")
    assert (row["max_points"], row["criterion 1"], row["criterion 2"]) == ("6", "2", "1")
    assert "Before, out of 3: criterion 1 1, criterion 2 0,5." in row["remark"]
    hand_in(tmp_path / "class", "fox-4821", ANSWERS["fox-4821"])
    grade_again(tmp_path)
    assert points_of(marked, "fox-4821")["q6"] == "5"


def test_a_second_marker_s_marks_and_what_was_settled_go_along(marked, tmp_path):
    fox, owl = row_id(marked, "fox-4821"), row_id(marked, "owl-1111")
    enter(marked, {"fox-4821": levels("1", "0.5", "no"), "owl-1111": levels("yes", "yes", "yes")})
    send(ClassDesk(marked).second_widget("AK"), fox, given=["yes", "yes", "no"])
    second = table(marked, "open-answers.second-ak.csv")
    for row in second:
        if row["row"].startswith(owl):
            row |= levels("1", "0.5", "1")
    save_table(marked, second, name="open-answers.second-ak.csv")
    settling = ClassDesk(marked).settling_widget("AK")
    send(settling, fox, given=["yes", "yes", "no"])
    send(settling, fox, settled=True)
    told = [row.told for row in agreed(*ClassDesk(marked)._both("AK"))]
    worth(tmp_path, 6)
    desk = ClassDesk(marked)
    assert desk.second_widget("AK").marks[owl]["given"] == ["yes", "1", "yes"]
    again = desk.settling_widget("AK")
    assert again.marks[fox]["settled"]
    assert again.config["both"][fox]["first"] == ["yes", "1", "no"]
    assert set(again.config["both"]) == {fox, owl}
    assert [row.told for row in agreed(*desk._both("AK"))] == told
    send(desk.second_widget("AK"), owl, given=["yes", "1", "no"])
    (row,) = (r for r in table(marked, "open-answers.second-ak.csv") if r["row"].startswith(owl))
    assert [row[f"criterion {n}"] for n in (1, 2, 3)] == ["2", "1", "no"]
    assert row["max_points"] == "6"
