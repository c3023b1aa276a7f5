"""Marks by hand, notes for students, and totals: they win, they stay, and nothing typed is lost."""

import csv
import io

import pytest
from msgspec.structs import replace
from test_marking_cli import run

from briefing.keys.results import QuestionResult, Status
from briefing.marking.by_hand import TWICE, ByHand, mark_of
from briefing.marking.grade import Graded
from briefing.marking.hand_ins import Person, Roster
from briefing.marking.notes import GONE, Notes
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import ExerciseRules, Missing, Rules
from briefing.marking.totals import Earned, total, totals_lines

CODES = ("fox-4821", "=1+1", "Łucja, “Ö”", "007")


def graded(student="fox-4821", *, status=RowStatus.MARKED, **results):
    shown = {
        "q1": QuestionResult("q1", 7, Status.MARKED, score=0.5),
        "q2": QuestionResult("q2", 4, Status.NOT_GRADABLE),
        "q3": QuestionResult("q3", 3, Status.EMPTY),
        "q6": QuestionResult("q6", 3, Status.TEACHER, by_teacher=True),
    }
    return Graded(status, student, "ex02", results=shown | results)


def worth(exercise):
    return {"q1": 7.0, "q2": 4.0, "q3": 3.0, "q6": 3.0} if exercise == "ex02" else {}


CLASS = ([("ex02", "fox-4821", False)], worth)


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def typed(path, *rows, separator=",", encoding="utf-8"):
    names = ["student", "exercise", "question", "points", "reason", "remark", "row"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def entry(question="q1", points="5", student="fox-4821", **more):
    return {"student": student, "exercise": "ex02", "question": question, "points": points, **more}


def test_an_empty_table_waits_for_its_first_row(tmp_path):
    data = ByHand().table(*CLASS)
    assert data.decode("utf-8-sig") == "student,exercise,question,points,reason,remark,row\n"
    (tmp_path / "by-hand.csv").write_bytes(data)
    book = ByHand.read(tmp_path / "by-hand.csv")
    one = graded()
    assert book.with_marks(one) is one


def test_a_hand_wins_over_the_machine_and_says_what_stood_there(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(points="6,5", reason="Good reason given.")))
    after = book.with_marks(graded())
    assert after.results["q1"].earned == pytest.approx(6.5)
    (change,) = after.changes
    assert (change.question, change.before, change.after) == ("q1", 3.5, 6.5)
    assert (change.why, change.by_hand) == ("Good reason given.", True)


@pytest.mark.parametrize("question", ["q2", "q3", "q6"])
def test_a_hand_may_give_points_where_no_machine_could(tmp_path, question):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(question, "2")))
    after = book.with_marks(graded(status=RowStatus.PARTLY))
    assert after.results[question].earned == pytest.approx(2)
    assert after.status is (RowStatus.MARKED if question == "q2" else RowStatus.PARTLY)
    assert after.changes[0].before is None


def test_a_whole_file_that_cannot_be_marked_stays_without_a_mark(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry()))
    one = Graded(RowStatus.NOT_GRADABLE, "fox-4821", "ex02")
    assert book.with_marks(one) is one


@pytest.mark.parametrize("points", ["", "8", "-1", "much", "nan", "1e3", "=5"])
def test_points_that_cannot_be_read_change_nothing_and_are_said(tmp_path, points):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(points=points)))
    after = book.with_marks(graded())
    assert after.results == graded().results
    assert "by-hand.csv: Not counted" in after.reasons[0]
    (row,) = rows_of(book.table(*CLASS))
    assert row["points"].lstrip("'") == points
    assert row["remark"].startswith("Not counted")


def test_two_rows_that_differ_are_counted_by_nobody(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(points="5"), entry(points="6")))
    assert book.with_marks(graded()).results == graded().results
    assert [row["remark"] for row in rows_of(book.table(*CLASS))] == [TWICE, TWICE]
    alike = ByHand.read(typed(tmp_path / "u.csv", entry(points="5"), entry(points="5")))
    assert alike.with_marks(graded()).results["q1"].earned == pytest.approx(5)


@pytest.mark.parametrize("student", CODES)
@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")]
)
def test_every_code_is_found_again_whatever_a_spreadsheet_did(
    tmp_path, student, separator, encoding
):
    path = tmp_path / "by-hand.csv"
    shown = ByHand.read(typed(path, entry(student="x"))).table([("ex02", student, False)], worth)
    assert rows_of(shown)
    from briefing.marking.cells import safe

    typed(path, entry(student=safe(student)), separator=separator, encoding=encoding)
    book = ByHand.read(path)
    assert book.with_marks(graded(student)).results["q1"].earned == pytest.approx(5)
    path.write_bytes(book.table([("ex02", student, False)], worth))
    (row,) = rows_of(path.read_bytes())
    assert (row["remark"], row["row"]) == ("", mark_of(student, "ex02", "q1"))
    row["student"] = row["student"].lstrip("0'")  # as a spreadsheet leaves it
    typed(path, row, separator=separator, encoding=encoding)
    assert ByHand.read(path).with_marks(graded(student)).results["q1"].earned == pytest.approx(5)
    for other in CODES:
        if other != student:
            assert ByHand.read(path).with_marks(graded(other)).results == graded().results


def test_marking_again_keeps_every_row_and_the_same_bytes(tmp_path):
    path = tmp_path / "by-hand.csv"
    rows = [entry(points="5", reason='-see "me"; soon'), entry(student="owl-1"), entry("q9")]
    rows += [{"student": "begun"}, {"student": "fox-4821", "exercise": "ex07", "question": "q1"}]
    book = ByHand.read(typed(path, *rows))
    path.write_bytes(book.table(*CLASS))
    once = rows_of(path.read_bytes())
    assert [row["student"] for row in once] == [
        "fox-4821",
        "owl-1",
        "fox-4821",
        "begun",
        "fox-4821",
    ]
    assert once[0]["reason"] == '\'-see "me"; soon'
    assert "no hand-in of this student was found this time. The entry is kept" in once[1]["remark"]
    assert "ex02 has no question “q9”" in once[2]["remark"]
    assert "no hand-in of this student to “ex07”" in once[4]["remark"]
    again = ByHand.read(path)
    assert again.table(*CLASS) == path.read_bytes()
    assert again.with_marks(graded()).changes[0].why == '-see "me"; soon'


def test_a_code_that_is_nearly_right_is_named(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(student="7"), entry(student="Fox 4821")))
    one, other = rows_of(book.table([("ex02", "007", False), ("ex02", "fox-4821", False)], worth))
    assert "Is 007 meant?" in one["remark"]
    assert "Is fox-4821 meant?" in other["remark"]
    assert book.with_marks(graded("007")).results == graded().results


def test_columns_of_ones_own_and_a_colleagues_table_are_kept(tmp_path):
    own = typed(tmp_path / "own.csv", entry(points="5"))
    lines = own.read_text("utf-8").splitlines()
    own.write_text(f"{lines[0]},seen by\n{lines[1]},Ada\n", "utf-8")
    theirs = typed(tmp_path / "theirs.csv", entry(points="7"))
    (row,) = rows_of(ByHand.read(own).table(*CLASS))
    assert row["seen by"] == "Ada"
    both = ByHand.read(own, theirs)
    assert both.with_marks(graded()).results["q1"].earned == pytest.approx(7)


def noted(book, pages):
    lines = book.table([(*page, "") for page in pages], named=False)
    return "".join(lines).encode("utf-8-sig")


# --- notes ----------------------------------------------------------------------------------------


def test_each_page_has_its_row_and_a_note_comes_back(tmp_path):
    pages = [("ex02", code, False) for code in sorted(CODES)]
    path = tmp_path / "notes.csv"
    path.write_bytes(noted(Notes(), pages))
    rows = rows_of(path.read_bytes())
    assert [row["student"].lstrip("'") for row in rows] == sorted(CODES)
    text = path.read_text("utf-8-sig").replace(
        "fox-4821,,", 'fox-4821,"-Well read; see <b>me</b>",'
    )
    path.write_text(text, encoding="utf-8")
    book = Notes.read(path)
    assert book.with_note(graded()).note == "-Well read; see <b>me</b>"
    other = graded("007")
    assert book.with_note(other) is other
    path.write_bytes(noted(book, pages))
    assert noted(Notes.read(path), pages) == path.read_bytes()
    assert Notes.read(path).with_note(graded()).note == "-Well read; see <b>me</b>"


def test_a_note_stays_when_its_student_is_gone_and_comes_back(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("exercise,student,note,remark,row\nex02,fox-4821,Come and see me.,,\n")
    path.write_bytes(noted(Notes.read(path), [("ex02", "owl-1", False)]))
    gone = {row["student"]: row for row in rows_of(path.read_bytes())}["fox-4821"]
    assert (gone["note"], gone["remark"]) == ("Come and see me.", GONE)
    path.write_bytes(noted(Notes.read(path), [("ex02", "fox-4821", False)]))
    (back,) = rows_of(path.read_bytes())
    assert (back["note"], back["remark"]) == ("Come and see me.", "")


# --- totals ---------------------------------------------------------------------------------------

RULES = Rules(exercises={"ex02": ExerciseRules(weight=2)})
ALL = ("ex01", "ex02", "ex03")


def test_a_total_is_the_weighted_mean_of_shares():
    own = total({"ex01": Earned(10, 20), "ex02": Earned(17, 17), "ex03": Earned(0, 20)}, ALL, RULES)
    assert own.percent == pytest.approx(100 * (0.5 + 2 * 1 + 0) / 4)
    assert (own.weight, own.of, own.missing) == (4, 4, ())


def test_what_was_not_handed_in_is_not_zero_unless_the_rules_say_so():
    marks = {"ex02": Earned(15, 20)}
    own = total(marks, ALL, RULES)
    assert (own.percent, own.weight, own.of) == (pytest.approx(75), 2, 4)
    assert own.missing == ("ex01", "ex03")
    strict = total(marks, ALL, Rules(missing=Missing.ZERO, exercises=RULES.exercises))
    assert (strict.percent, strict.weight) == (pytest.approx(37.5), 4)
    assert total({}, ALL, RULES).percent is None
    assert total({"ex01": Earned(0, 0)}, ALL, RULES).percent is None


def test_the_table_of_totals_is_safe_for_a_spreadsheet():
    lines = totals_lines(
        [("=1+1", "", {"ex02": Earned(15.5, 20)}), ("owl-1", "", {})], ALL, RULES, named=False
    )
    one, other = rows_of("".join(lines).encode("utf-8-sig"))
    assert one["student"] == "'=1+1"
    assert (one["ex02"], one["total in percent"], one["no mark for"]) == (
        "15.5 of 20", "77.5", "ex01, ex03",
    )  # fmt: skip
    assert (other["ex02"], other["total in percent"], other["weight counted"]) == ("", "", "0")


# --- whom a row means ----------------------------------------------------------------------------

LISTED = Roster(
    [
        Person("1000003", "Ana Müller", code="bat-1000"),
        Person("1000004", "Bo Lind"),
        Person("1000005", "Lind, Bo"),
    ]
)


@pytest.mark.parametrize("student", ["1000003", "muller ANA", "Müller, Ana", "BAT-1000"])
def test_a_row_may_name_a_listed_student_by_what_is_theirs_alone(tmp_path, student):
    path = typed(tmp_path / "t.csv", entry("Q1", student=student) | {"exercise": "EX02"})
    book = ByHand.read(path, roster=LISTED)
    listed = replace(graded("1000003"), known=True)
    assert book.with_marks(listed).results["q1"].earned == pytest.approx(5)
    path.write_bytes(book.table([("ex02", "1000003", True)], worth))
    (row,) = rows_of(path.read_bytes())
    assert (row["student"], row["remark"]) == (student, "")
    again = ByHand.read(path, roster=LISTED)
    assert again.with_marks(listed).results["q1"].earned == pytest.approx(5)


def test_a_name_that_two_people_have_or_that_a_code_in_a_file_has_means_nobody(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(student="Bo Lind")), roster=LISTED)
    for student in ("1000004", "1000005"):
        one = replace(graded(student), known=True)
        assert book.with_marks(one) is one
    book = ByHand.read(typed(tmp_path / "t.csv", entry(student="Ana Müller")), roster=LISTED)
    typed_by_anybody = graded("1000003")
    assert book.with_marks(typed_by_anybody) is typed_by_anybody


# --- why a row found nobody ----------------------------------------------------------------------


def test_points_for_who_handed_in_nothing_that_can_be_marked_say_so_and_lead_in_no_circle(tmp_path):
    run("simulate", "--students", 12, "--layout", "moodle", "--out", tmp_path)
    words = ("grade", tmp_path / "hand-ins.zip", "--roster", tmp_path / "class-list.csv")
    words = (*words, "--out", tmp_path / "MARKED")
    run(*words)
    book = rows_of((tmp_path / "MARKED" / "gradebook.csv").read_bytes())
    first = {row["status"]: row for row in book}
    cases = {
        "not gradable": "what this student handed in to ex02 could not be marked, so there is no question",
        "nothing handed in": "this student handed in nothing to ex02. To give points all the same, enter",
        "marked": "ex02 has no question “total”. It has q1 to q6.",
    }
    for called in ("student", "name"):
        rows = [entry("total", "3", first[status][called]) for status in cases]
        typed(tmp_path / "MARKED" / "by-hand.csv", *rows)
        run(*words)
        remarks = [
            row["remark"] for row in rows_of((tmp_path / "MARKED" / "by-hand.csv").read_bytes())
        ]
        for remark, said in zip(remarks, cases.values(), strict=True):
            assert remark.startswith(f"Not counted: {said}"), called
            assert "write 3" not in remark
            assert "no hand-in" not in remark
    # What is there decides: whoever handed in a second file, which can be marked, has questions.
    bad = first["not gradable"]["student"]
    others = [("ex02", bad, RowStatus.NOT_GRADABLE), ("", bad, RowStatus.NOT_GRADABLE)]
    book = ByHand.read(typed(tmp_path / "t.csv", entry("q9", student=bad)))
    (row,) = rows_of(book.table([("ex02", bad, True)], worth, others=others))
    assert "ex02 has no question “q9”. It has q1, q2, q3, q6." in row["remark"]
    (row,) = rows_of(book.table([], worth, others=others[1:]))
    assert "could not be marked" in row["remark"]


def test_points_for_a_member_of_a_group_that_handed_in_name_the_groups_row(tmp_path):
    book = ByHand.read(typed(tmp_path / "t.csv", entry(student="102")))
    (row,) = rows_of(book.table([], worth, others=[("ex02", "102", RowStatus.BY_GROUP)]))
    assert (
        "this student's group handed in ex02: write the group as the gradebook has it"
        in (row["remark"])
    )
