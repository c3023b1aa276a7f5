"""The marking desk in Python: what a page sends, the table on disk, second markers, agreement."""

import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import replace

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

from briefing.authoring import read_notebook
from briefing.corpus import course_folder
from briefing.keys import definition, exercise_key, has_solutions
from briefing.keys.agreement import agreement
from briefing.marking.desk import ClassDesk, open_desk
from briefing.marking.desk.agreed import LEAST, CriterionAgreement, agreed, differing
from briefing.marking.desk.asked import _in_boxes
from briefing.marking.desk.files import DeskRefused, replace_table, second_table
from briefing.marking.kept_rows import short
from briefing.marking.ours import is_ours
from briefing.marking.output import OutputRefused
from briefing.widgets.marking_desk import MarkingDesk

needs_key = pytest.mark.skipif(not has_solutions(), reason="needs the criteria of ex02")


@pytest.fixture
def marked(tmp_path):
    return mark_class(tmp_path)


def send(widget, row, **change):
    """What the browser does when one mark changes."""
    marks = dict(widget.answer["marks"])
    marks[row] = {**marks[row], **change}
    widget.set_state(
        {"answer": {**widget.answer, "marks": marks}, "edit": widget.edit + 1, "by": "p"}
    )
    return widget.ack


def rows_of(widget):
    return [answer["row"] for question in widget.questions for answer in question["answers"]]


def row_id(marked, student):
    return row_of(marked, student)["row"].partition("-")[0]


# -- the widget alone ------------------------------------------------------------------------------


def question(**more):
    criteria = [{"text": "Names a speaker", "points": "1"}]
    answers = [{"row": "r1", "text": "<b>Mine</b>", "checked": [], "changed": False, "problem": ""}]
    return {"id": "x/q1", "title": "Write", "prompt": "Write <i>it</i>.", "sentence": "", "most": "1",
            "model": "", "note": "", "criteria": criteria, "answers": answers, **more}  # fmt: skip


def mark(**more):
    return {"given": [""], "points": "", "note": "", "later": False, "looked": False,
            "settled": False, **more}  # fmt: skip


def test_the_static_view_is_escaped_deterministic_and_holds_no_answer():
    one, other = (MarkingDesk([question()], {"r1": mark(note="well")}, place=p) for p in "ab")
    assert one.static_html() == other.static_html()
    assert "Mine" not in one.static_html()
    assert "well" not in one.static_html()
    assert "Write &lt;i&gt;it&lt;/i&gt;." in one.static_html()
    assert repr(one) == "<MarkingDesk first: run all cells to mark>"


def test_without_a_place_to_save_marks_stay_in_memory():
    widget = MarkingDesk([question()], {"r1": mark()})
    assert send(widget, "r1", given=["yes"])["ok"]
    assert widget.marks["r1"]["given"] == ["yes"]


def test_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="mode"):
        MarkingDesk([question()], {}, mode="third")


# -- the table -------------------------------------------------------------------------------------


@needs_key
def test_a_mark_is_in_the_table_when_the_page_hears_that_it_is_saved(marked):
    widget = ClassDesk(marked).widget()
    row = row_id(marked, "fox-4821")
    told = send(widget, row, given=["yes", "no", "yes"], note="=Good")
    assert told["ok"], told
    entered = row_of(marked, "fox-4821")
    assert [entered[f"criterion {n}"] for n in (1, 2, 3)] == ["yes", "no", "yes"]
    assert entered["note"] == "'=Good"
    assert ClassDesk(marked).widget().marks[row]["note"] == "=Good"


LINES = [
    "One.\n\nTwo.",
    "One.\r\nTwo.\r\r\n\n=cmd|' /C calc'!A0\n@x",
    "¶ is a sign ¶ and ¶¶ are two ¶\n¶\n ¶",
    "\u2028 is none.\t=1+1",
]


@needs_key
@pytest.mark.parametrize("text", LINES)
def test_a_students_lines_come_back_at_the_desk_and_tear_no_row(tmp_path, text):
    marked = mark_class(tmp_path, {"fox-4821": text, "owl-1111": "Other."})
    lines = (marked / "open-answers.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3  # however a spreadsheet cuts it, no line begins with a student's
    (asked,) = ClassDesk(marked).widget().questions
    own = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    assert own.replace("\u2028", "\ufffd") in [one["text"] for one in asked["answers"]]
    row = row_id(marked, "fox-4821")
    assert send(ClassDesk(marked).widget(), row, given=["yes", "no", "yes"])["ok"]
    grade_again(tmp_path)
    assert row_of(marked, "fox-4821")["criterion 1"] == "yes"
    assert "changed" not in row_of(marked, "fox-4821")["remark"]
    (asked,) = ClassDesk(marked).widget().questions
    assert own.replace("\u2028", "\ufffd") in [one["text"] for one in asked["answers"]]


@needs_key
def test_the_order_follows_no_name_and_stays_when_others_hand_in(marked, tmp_path):
    before = rows_of(ClassDesk(marked).widget())
    in_table = [row["row"].partition("-")[0] for row in table(marked)]
    assert before != in_table
    assert sorted(before) == sorted(in_table)
    hand_in(tmp_path / "class", "new-9999", "One more answer.")
    after = rows_of(ClassDesk(grade_again(tmp_path)).widget())
    assert [row for row in after if row in before] == before


@needs_key
def test_opening_and_saving_nothing_leaves_the_file_as_it_is(marked):
    rows = table(marked)
    rows[0]["my column"] = 'a; "quoted" = word'
    save_table(marked, rows, separator=";")
    before = (marked / "open-answers.csv").read_bytes()
    widget = ClassDesk(marked).widget()
    widget.set_state({"edit": 1, "by": "p"})
    assert widget.ack["ok"]
    assert (marked / "open-answers.csv").read_bytes() == before


@needs_key
def test_one_mark_changes_one_row_and_nothing_else(marked):
    rows = table(marked)
    rows[2] |= {"my column": "mine", "points": "2", "note": "typed"}
    save_table(marked, rows)
    row = row_id(marked, "fox-4821")
    send(ClassDesk(marked).widget(), row, later=True)
    after = table(marked)
    wanted = [dict(one) for one in rows]
    for one in wanted:
        one |= {"come back": "yes" if one["row"].startswith(row) else ""}
        one.setdefault("my column", "")
    assert after == wanted


@needs_key
def test_both_changed_one_cell_the_page_counts_and_the_other_is_told(marked):
    widget = ClassDesk(marked).widget()
    rows = table(marked)
    row = rows[0]["row"].partition("-")[0]
    rows[0] |= {"criterion 1": "no", "note": "from the spreadsheet"}
    save_table(marked, rows)
    told = send(widget, row, given=["yes", "", ""])
    assert told["ok"]
    assert "changed elsewhere" in told["message"]
    assert table(marked)[0]["criterion 1"] == "yes"
    assert table(marked)[0]["note"] == "from the spreadsheet"
    assert "Before: criterion 1 no." in table(marked)[0]["remark"]
    assert not send(widget, row, given=["yes", "yes", ""])["message"]


@needs_key
@pytest.mark.parametrize("lock", [".~lock.open-answers.csv#", "~$open-answers.csv"])
def test_a_table_open_in_a_spreadsheet_is_left_alone(marked, lock):
    widget = ClassDesk(marked).widget()
    before = (marked / "open-answers.csv").read_bytes()
    (marked / lock).write_text("somebody")
    told = send(widget, rows_of(widget)[0], given=["yes", "", ""])
    assert not told["ok"]
    assert "open in a spreadsheet" in told["message"]
    assert (marked / "open-answers.csv").read_bytes() == before
    (marked / lock).unlink()
    widget.set_state({"edit": widget.edit + 1})
    assert widget.ack["ok"]
    assert "yes" in {row["criterion 1"] for row in table(marked)}


@needs_key
def test_a_table_that_is_gone_or_lost_the_row_is_said_and_nothing_is_made_up(marked):
    widget = ClassDesk(marked).widget()
    rows = table(marked)
    row = rows[0]["row"].partition("-")[0]
    save_table(marked, rows[1:])
    assert "no row" in send(widget, row, given=["yes", "", ""])["message"]
    (marked / "open-answers.csv").unlink()
    assert "no longer" in send(widget, row, given=["yes", "no", ""])["message"]
    assert not (marked / "open-answers.csv").exists()


@needs_key
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(marked):
    widget = ClassDesk(marked).widget()
    marked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        told = send(widget, rows_of(widget)[0], given=["yes", "", ""])
    finally:
        marked.chmod(stat.S_IRWXU)
    assert not told["ok"]
    assert "not saved" in told["message"]


@needs_key
def test_an_answer_that_changed_is_said_until_somebody_looked_again(marked, tmp_path):
    row = row_id(marked, "fox-4821")
    send(ClassDesk(marked).widget(), row, given=["yes", "yes", "yes"])
    hand_in(tmp_path / "class", "fox-4821", "Another answer altogether.")
    grade_again(tmp_path)
    widget = ClassDesk(marked).widget()
    shown = next(a for q in widget.questions for a in q["answers"] if a["row"] == row)
    assert shown["changed"]
    send(widget, row, looked=True)
    grade_again(tmp_path)
    assert row_of(marked, "fox-4821")["remark"] == ""
    assert points_of(marked, "fox-4821")["q6"] == "3"


@needs_key
def test_two_rows_with_different_marks_are_not_marked_here(marked):
    rows = table(marked)
    save_table(marked, [rows[0] | {"points": "1"}, rows[0] | {"points": "2"}, *rows[1:]])
    widget = ClassDesk(marked).widget()
    told = [a["problem"] for q in widget.questions for a in q["answers"] if a["problem"]]
    assert len(told) == 1
    assert "Two rows" in told[0]


@needs_key
def test_what_the_browser_may_send_beside_marks_does_no_harm(marked):
    widget = ClassDesk(marked).widget()
    row = rows_of(widget)[0]
    for odd in ({"given": "yes"}, {"given": [1, None]}, {"note": 5}, {"points": ["x"]}):
        assert send(widget, row, **odd)["ok"]
    sent = {**widget.answer, "marks": {"r-unknown": mark(), row: "no mark"}}
    widget.set_state({"answer": sent, "edit": widget.edit + 1})
    assert widget.ack["ok"]
    assert len(table(marked)) == len(ANSWERS)


@needs_key
def test_the_gates_of_an_own_card_stand_beside_it(tmp_path):
    name, asked = next(
        (exercise, q)
        for exercise in ("ex05",)
        for q in definition(exercise).question
        if q.widget == "omission"
    )
    import json

    faked = "Who counted.\nWhat a machine can check:\n✓ The sentence is there (holds): it is."
    card = {"missing": faked, "words": "zebra*, horse\n✓ All (holds): well"}
    content = {
        "format": "reading-the-briefing/answers", "version": 1, "course": "1.0.0", "exercise": name,
        "student": "fox-4821", "revision": 1, "saved": "2026-11-02T08:00:00Z",
        "answers": {asked.id: {"kind": "table", "rows": {"card": card}}},
    }  # fmt: skip
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "1.answers.json").write_text(json.dumps(content), encoding="utf-8")
    (one,) = ClassDesk(grade_again(tmp_path)).widget().questions
    (answer,) = one["answers"]
    assert [line[0] for line in answer["checked"]] == ["○", "○", "○", "○"]
    assert faked in answer["text"]
    (row,) = table(tmp_path / "MARKED")
    assert "✓ The sentence" not in row["what a machine can check"]
    # A row from before the column was there is read as it was.
    row["answer"] += " What a machine can check: ✓ One (holds): a. ○ Two (not yet): b."
    row["what a machine can check"] = ""
    save_table(tmp_path / "MARKED", [row])
    ((answer,),) = (one["answers"] for one in ClassDesk(tmp_path / "MARKED").widget().questions)
    assert answer["checked"] == ["✓ One (holds): a.", "○ Two (not yet): b."]
    assert ClassDesk(tmp_path / "MARKED").second_widget("AK").questions[0]["answers"][0]["checked"]
    assert [len(one["criteria"])] == [len(exercise_key(name)[asked.id].rubric)]


# -- a second marker -------------------------------------------------------------------------------


def test_each_box_of_a_card_stands_on_a_line_of_its_own():
    names = ["1 · The sentence", "2 · What is missing", "3 · Searched for: which list", "Verdict"]
    cell = (
        "My card on article 001: 1 · The sentence: 001.s16: He said, on 2 · What is missing: no., "
        "2 · What is missing: the count, 3 · Searched for: which list: numbers, Verdict: not shown"
    )
    assert _in_boxes(cell, names).split("\n") == [
        "My card on article 001:",
        "1 · The sentence: 001.s16: He said, on 2 · What is missing: no.",
        "2 · What is missing: the count",
        "3 · Searched for: which list: numbers",
        "Verdict: not shown",
    ]
    # Boxes that are left empty are not in the cell.
    assert _in_boxes("My card: Verdict: not shown", names) == "My card:\nVerdict: not shown"
    assert _in_boxes("words", names) == "words"


@needs_key
def test_a_second_marker_is_sent_nothing_of_the_first_ones_marks(marked):
    rows = table(marked)
    for row in rows:
        row |= {"criterion 1": "0.25", "note": "FIRST", "remark": "Before: FIRST", "points": "2.75",
                "come back": "FIRST"}  # fmt: skip
    save_table(marked, rows)
    state = str(ClassDesk(marked).second_widget("AK").get_state())
    assert "FIRST" not in state
    assert "0.25" not in state
    assert "2.75" not in state


@needs_key
def test_a_second_markers_table_is_its_own_and_survives_marking_again(marked, tmp_path):
    widget = ClassDesk(marked).second_widget("A. K.")
    before = (marked / "open-answers.csv").read_bytes()
    row = row_id(marked, "fox-4821")
    assert send(widget, row, given=["yes", "yes", "no"])["ok"]
    assert (marked / "open-answers.csv").read_bytes() == before
    grade_again(tmp_path)
    grade_again(tmp_path)
    assert row_of(marked, "fox-4821", "open-answers.second-ak.csv")["criterion 3"] == "no"
    assert ClassDesk(marked).second_widget("ak").marks[row]["given"] == ["yes", "yes", "no"]
    assert points_of(marked, "fox-4821")["q6"] == ""


@needs_key
def test_no_desk_makes_a_folder_that_is_away_while_it_is_marked_anew(marked):
    """Else `grade` finds a folder with one table in it, which is not its own, and refuses it for ever."""
    row = row_id(marked, "fox-4821")
    first, second = ClassDesk(marked).widget(), ClassDesk(marked).second_widget("AK")
    assert send(second, row, given=["yes", "no", "no"])["ok"]
    away = marked.with_name("away")
    marked.rename(away)
    for widget in (first, second):
        ack = send(widget, row, given=["yes", "yes", "no"])
        assert not ack["ok"]
        assert "is no longer in" in ack["message"]
    assert not marked.exists()
    away.rename(marked)
    assert send(second, row, given=["yes", "yes", "yes"])["ok"]
    assert ClassDesk(marked).second_widget("AK").marks[row]["given"] == ["yes", "yes", "yes"]


def test_a_class_whose_marking_was_cut_short_is_no_class_to_be_made_up(marked, monkeypatch):
    """Killed between its two renames, `grade` leaves the class's own folder in its work folder."""
    monkeypatch.setenv("BRIEFING_CLASSES", str(marked.parent))
    work = marked.parent / f".{marked.name}.marking"
    work.mkdir()
    marked.rename(work / "old")
    with pytest.raises(
        DeskRefused, match=r"cut short, and what you entered is safe: give the `grade`"
    ):
        open_desk(marked.name)


def test_a_table_is_not_written_where_its_folder_goes_away_in_the_last_moment(marked):
    table = second_table(marked.with_name("away"), "AK")
    with pytest.raises(DeskRefused, match="not saved"):
        replace_table(table, b"x", None)
    assert not table.parent.exists()


@needs_key
def test_a_second_markers_table_with_the_marks_of_before_is_read(marked, tmp_path):
    row = row_id(marked, "fox-4821")
    order = rows_of(ClassDesk(marked).second_widget("AK"))
    assert send(ClassDesk(marked).second_widget("AK"), row, given=["yes", "yes", "no"])["ok"]
    for name in ("open-answers.csv", "open-answers.second-ak.csv"):
        rows = table(marked, name)
        for one in rows:
            one["row"] = "-".join(map(short, one["row"].split("-")))
        save_table(marked, rows, name=name)
    assert [short(one) for one in order] == rows_of(ClassDesk(marked).second_widget("AK"))
    grade_again(tmp_path)
    assert rows_of(ClassDesk(marked).second_widget("AK")) == order
    assert ClassDesk(marked).second_widget("AK").marks[row]["given"] == ["yes", "yes", "no"]
    assert send(ClassDesk(marked).widget(), row, given=["no", "yes", "no"])["ok"]
    assert list(ClassDesk(marked).settling_widget("AK").config["both"]) == [row]
    assert send(ClassDesk(marked).second_widget("AK"), row, given=["yes", "no", "no"])["ok"]
    second = table(marked, "open-answers.second-ak.csv")
    assert len(second) == len(ANSWERS)
    assert {one["row"].partition("-")[0] for one in second} == set(order)


@needs_key
def test_grade_still_refuses_what_nobody_here_made(marked, tmp_path):
    (marked / "open-answers.second.txt").write_text("mine")
    with pytest.raises(OutputRefused):
        grade_again(tmp_path)
    assert (marked / "open-answers.second.txt").read_text() == "mine"


def test_which_files_are_marks():
    assert is_ours("open-answers.second-ak.csv")
    assert is_ours(".open-answers.csv.4711.part")
    for other in ("open-answers.second-.csv", "feedback/open-answers.second-ak.csv", "x.csv"):
        assert not is_ours(other)


@pytest.mark.parametrize("initials", ["", "../..", "ÄÖ", "a" * 13])
def test_initials_that_make_no_file_name_are_refused(tmp_path, initials):
    with pytest.raises(DeskRefused, match="initials"):
        second_table(tmp_path, initials)


@needs_key
def test_a_settled_disagreement_keeps_both_marks_and_agreement_does_not_rise_by_it(marked, capsys):
    rows = rows_of(ClassDesk(marked).widget())
    for row in rows:
        send(ClassDesk(marked).widget(), row, given=["yes", "yes", "yes"])
        third = "no" if row == rows[0] else "yes"
        send(ClassDesk(marked).second_widget("AK"), row, given=["yes", "yes", third])
    desk = ClassDesk(marked)
    settling = desk.settling_widget("AK")
    assert list(settling.config["both"]) == [rows[0]]
    send(settling, rows[0], given=["yes", "yes", "no"])
    send(settling, rows[0], settled=True)
    (row,) = [row for row in table(marked) if row["settled with"]]
    assert (row["before settling"], row["settled with"]) == ("yes yes yes", "AK: yes yes no")
    assert row["criterion 3"] == "no"
    again = ClassDesk(marked).settling_widget("AK")
    assert again.marks[rows[0]]["settled"]
    desk.compare("AK")
    assert "4 of 5 the same (80%)" in agreed_rows(desk)[2]


def agreed_rows(desk):
    return [" ".join(row.told) for row in agreed(*desk._both("AK"))]


def test_alpha_is_given_from_ten_answers_on_and_always_with_n():
    pairs = [("yes", "yes"), ("no", "no"), ("yes", "no"), *[("yes", "yes")] * 7]
    few = CriterionAgreement("q", "c", agreement(pairs[: LEAST - 1])).told
    assert few == ("8 of 9 the same (89%)", "not given: 9 answers are too few (10 at least)")
    found = agreement(pairs)
    same, alpha = CriterionAgreement("q", "c", found).told
    assert same == "9 of 10 the same (90%)"
    assert alpha.startswith(f"{found.alpha:.2f} (from ")
    assert alpha.endswith("n = 10)")
    assert (
        CriterionAgreement("q", "c", agreement([("yes", "yes")] * 12)).told[1]
        == "not defined: all marked alike"
    )
    assert CriterionAgreement("q", "c", agreement([("yes", "")])).told == (
        "none marked by both yet",
        "–",
    )


# -- the notebook's cells --------------------------------------------------------------------------


@needs_key
def test_classes_that_killed_kernels_left_behind_are_removed_after_a_week(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("BRIEFING_CLASSES", str(tmp_path))
    old, new, other = (tmp_path / n for n in ("briefing-desk-a", "briefing-desk-b", "another"))
    for folder in (old, new, other):
        (folder / "MARKED").mkdir(parents=True)
    for folder in (old, other):
        os.utime(folder, (0, 0))
    desk = open_desk()
    assert desk.widget().config["made_up"]
    assert not old.exists() and new.exists() and other.exists()


@needs_key
def test_without_a_class_one_is_made_up_and_said_to_be(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BRIEFING_CLASSES", str(tmp_path))
    desk = open_desk()
    said = capsys.readouterr().out
    assert "a class that does not exist" in said
    assert str(tmp_path) not in said
    assert len(rows_of(desk.widget())) >= 5
    assert desk.widget().config["made_up"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_stored_with_the_notebook_does_not_look_like_a_teachers_own_folder():
    """A teacher whose folder is there read, before running anything, that it is not."""
    notebook = read_notebook(course_folder() / "solutions" / "grade-a-class.ipynb")
    text = "\n".join(cell.source for cell in notebook.cells)
    (stored,) = (
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "MARKED" in output.get("text", "")
    )
    assert "yet" not in stored
    assert "(Before you run the cells, you see what was stored with the notebook." in stored
    assert "scroll up to the heading\n**Mark**, where the desk is." in text
    assert text.count("that is the *desk*") == 1


def test_a_mistyped_folder_makes_up_no_class(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BRIEFING_CLASSES", str(tmp_path))
    with pytest.raises(DeskRefused, match="no open-answers.csv in the folder MARKD: .*“MARKED”"):
        open_desk("MARKD")
    assert capsys.readouterr().out == ""


@needs_key
def test_where_a_class_lies_a_mistyped_folder_is_not_told_that_one_is_made_up(marked, monkeypatch):
    monkeypatch.setenv("BRIEFING_CLASSES", str(marked.parent))
    with pytest.raises(DeskRefused, match="write “MARKED” for the class that lies there"):
        open_desk("MARKD")


@needs_key
def test_a_marked_class_is_opened_where_it_lies(marked, monkeypatch, capsys):
    monkeypatch.setenv("BRIEFING_CLASSES", str(marked.parent))
    desk = open_desk("MARKED")
    assert "5 answers" in capsys.readouterr().out
    assert not desk.widget().config["made_up"]
    desk.second("")
    desk.compare(" ")
    said = capsys.readouterr().out
    assert "No second marker yet" in said
    assert "Nothing to compare yet" in said


# -- what cannot be read ---------------------------------------------------------------------------


ODD = "half, for she names him but not the ministry"


def odd(marked):
    """Type what is no mark into three rows; returns the rows' marks at the desk."""
    rows = table(marked)
    for row in rows:
        row |= {
            "fox-4821": {"criterion 1": "yes", "criterion 2": ODD, "criterion 3": "no"},
            "owl-1111": {"criterion 1": "yes", "criterion 2": "2", "criterion 3": "no"},
            "elk-2222": {f"criterion {n}": "yes" for n in (1, 2, 3)} | {"points": "four"},
            "bee-3333": {f"criterion {n}": "ja" for n in (1, 2, 3)},
        }.get(row["student"], {})
    save_table(marked, rows)
    (asked,) = ClassDesk(marked)._asked()
    return asked, {seat.row: seat.mark for seat in asked.seats}


@needs_key
def test_what_is_no_mark_is_not_marked_at_the_desk_as_it_is_not_in_grade(marked, tmp_path):
    asked, marks = odd(marked)
    done = {name for name in ANSWERS if asked.is_marked(marks[row_id(marked, name)])}
    assert done == {"bee-3333"}
    grade_again(tmp_path)
    assert {name for name in ANSWERS if points_of(marked, name)["q6"]} == done
    assert row_of(marked, "fox-4821")["criterion 2"] == ODD


@needs_key
def test_what_is_no_mark_is_neither_agreement_nor_disagreement(marked):
    asked, marks = odd(marked)
    theirs = {
        row: replace(one, given=("yes", "yes", "yes"), points="") for row, one in marks.items()
    }
    assert differing(asked, marks, theirs) == []
    agreements = agreed([asked], marks, theirs)
    assert [one.found.n for one in agreements] == [4, 2, 4]
    assert [one.found.raw for one in agreements] == [1, 1, 0.5]


@needs_key
def test_marking_over_what_is_no_mark_keeps_it_in_the_remark(marked, tmp_path):
    odd(marked)
    widget = ClassDesk(marked).widget()
    told = send(widget, row_id(marked, "fox-4821"), given=["yes", "yes", "no"])
    assert told["ok"] and not told["message"]
    assert send(widget, row_id(marked, "elk-2222"), points="")["ok"]
    assert row_of(marked, "fox-4821")["remark"] == f"Before: criterion 2 {ODD}."
    assert row_of(marked, "elk-2222")["remark"] == "Before: points four."
    grade_again(tmp_path)
    assert [points_of(marked, name)["q6"] for name in ("fox-4821", "elk-2222")] == ["2", "3"]
    assert ODD in row_of(marked, "fox-4821")["remark"]


SECOND_DESK = """
import sys, time
from pathlib import Path
from briefing.marking.desk import ClassDesk
from test_marking_desk import send
desk = ClassDesk(Path(sys.argv[1])).widget()
print("ready", flush=True)
sys.stdin.readline()
rows = sorted(desk.marks)[int(sys.argv[2]) :: 2]
for row in rows * 10:
    told = send(desk, row, note=f"{row} {desk.edit}")
    assert told["ok"], told
    print(row, desk.marks[row]["note"], sep="|")
"""


def test_two_desks_on_one_table_lose_no_mark_that_was_called_saved(marked):
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", SECOND_DESK, str(marked), str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        for number in (0, 1)
    ]  # fmt: skip
    for desk in desks:
        assert desk.stdout.readline() == "ready\n"
    for desk in desks:  # both begin at once
        desk.stdin.write("go\n")
        desk.stdin.flush()
    told = [desk.communicate(timeout=60)[0].splitlines() for desk in desks]
    assert [desk.returncode for desk in desks] == [0, 0]
    saved = dict(line.split("|") for lines in told for line in lines)
    there = {row["row"].partition("-")[0]: row["note"] for row in table(marked)}
    assert len(saved) > 1
    assert {row: there[row] for row in saved} == saved
    left = [path.name for path in marked.iterdir() if path.name.startswith(".")]
    assert left == [".open-answers.csv.lock"]
    assert is_ours(left[0])


@needs_key
def test_a_second_table_that_is_taken_away_is_written_again_with_all_that_the_page_shows(marked):
    path = second_table(marked, "AK")
    widget = ClassDesk(marked).second_widget("AK")
    first, second, *_ = rows_of(widget)
    assert send(widget, first, given=["yes", "no", "no"], note="Mine.")["ok"]
    path.rename(marked.parent / "mailed.csv")
    assert send(widget, second, given=["no", "no", "no"])["ok"]
    again = ClassDesk(marked).second_widget("AK").marks
    assert again[first] == widget.answer["marks"][first]
    assert again[second] == widget.answer["marks"][second]


@needs_key
def test_a_second_marker_s_desk_makes_no_folder_where_the_class_is_gone(marked):
    widget = ClassDesk(marked).second_widget("AK")
    first, *_ = rows_of(widget)
    assert send(widget, first, note="Mine.")["ok"]
    marked.rename(marked.parent / "elsewhere")
    told = send(widget, first, note="")
    assert not told["ok"] and "is no longer in MARKED" in told["message"]
    assert not marked.exists()
    (marked.parent / "elsewhere").rename(marked)
    assert send(widget, first, later=True)["ok"]
    assert ClassDesk(marked).second_widget("AK").marks[first]["note"] == ""


@needs_key
def test_a_mark_for_an_answer_that_grade_has_exchanged_meanwhile_says_so(marked, tmp_path):
    widget = ClassDesk(marked).widget()
    fox, owl = row_id(marked, "fox-4821"), row_id(marked, "owl-1111")
    hand_in(tmp_path / "class", "fox-4821", "Somebody said something.")
    grade_again(tmp_path)
    for row in (fox, owl):
        assert send(widget, row, given=["yes", "yes", "yes"])["ok"]
    said = row_of(marked, "fox-4821")["remark"]
    assert said.startswith("The answer has changed since it was marked. Marked was: “The general")
    assert row_of(marked, "owl-1111")["remark"] == ""
    assert send(widget, fox, given=["yes", "yes", "no"])["ok"]
    assert row_of(marked, "fox-4821")["remark"] == said
    grade_again(tmp_path)
    assert "has changed since it was marked" in points_of(marked, "fox-4821")["reason"]
    shown = {a["row"]: a for q in ClassDesk(marked).widget().questions for a in q["answers"]}
    assert shown[fox]["changed"] and not shown[owl]["changed"]


FORGED = [
    "Mine. | | Before, out of 3: points 3. Checked by both. | | ",
    "Mine. || | | || Before, out of 3: points 3. Checked by both.|",
    "Mine.\t|\tBefore, out of 3: points 3. Checked by both.\n|\n",
    "Mine.”. Look again, then empty this cell. | Before, out of 3: points 3. Checked by both.",
]


@needs_key
@pytest.mark.parametrize("text", FORGED)
def test_an_answer_s_own_words_are_never_a_part_of_the_remark(tmp_path, text):
    marked = mark_class(tmp_path, {"fox-4821": text, "owl-1111": "Other."})
    row = row_id(marked, "fox-4821")
    assert send(ClassDesk(marked).widget(), row, note="Hm.")["ok"]
    hand_in(tmp_path / "class", "fox-4821", "He said so.")
    grade_again(tmp_path)
    remark = row_of(marked, "fox-4821")["remark"]
    assert "Checked by both" in remark
    assert " | " not in remark
    assert remark.count("“") == remark.count("”") == 1
    assert remark.endswith("”. Look again, then empty this cell.")
    widget = ClassDesk(marked).widget()
    (shown,) = [a for a in widget.questions[0]["answers"] if a["row"] == row]
    assert (shown["changed"], shown["stood"]) == (True, "")
    assert send(widget, row, looked=True)["ok"]
    assert row_of(marked, "fox-4821")["remark"] == ""
