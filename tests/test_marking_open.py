"""Open answers: a teacher's entries come back from the table, count, and are never lost."""

import csv
import io

import pytest
from test_marking_grade import answers_file, contents, gradebook, key_answers, put

from briefing.keys import has_solutions
from briefing.keys.keyfiles import Criterion
from briefing.marking.classroom import grade_folder
from briefing.marking.marksheet import MarksheetUnreadable
from briefing.marking.output import OutputRefused
from briefing.marking.teacher import read_mark
from briefing.marking.yes_no import NO, YES, yes_or_no

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

CODES = ("fox-4821", "=1+1", "Łucja, “Ö”", "007")


def answer(text="Kartapolov said so.", student="fox-4821"):
    return answers_file(key_answers() | {"q6": {"kind": "text", "text": text}}, student=student)


@pytest.fixture
def marked_class(tmp_path):
    for number, code in enumerate(CODES):
        put(tmp_path, f"class/{number}.answers.json", answer(student=code))
    grade_folder(tmp_path / "class", tmp_path / "out")
    return tmp_path


def again(folder, **more):
    return grade_folder(folder / "class", folder / "out", **more)


def table(folder):
    text = (folder / "out" / "open-answers.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def save(path, rows, *, separator=",", encoding="utf-8", line_end="\n"):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def fill(folder, *, at=0, **cells):
    rows = table(folder)
    rows[at] |= {name.replace("_", " ") if name[0] == "c" else name: c for name, c in cells.items()}
    save(folder / "out" / "open-answers.csv", rows)
    return rows[at]["student"]


def row_of(folder, student):
    return next(row for row in gradebook(folder / "out") if row["student"] == student)


def test_every_open_answer_has_its_row_safe_for_a_spreadsheet(marked_class):
    rows = table(marked_class)
    assert len(rows) == len(CODES)
    assert {row["answer"] for row in rows} == {"Kartapolov said so."}
    assert "'=1+1" in {row["student"] for row in rows}
    assert [rows[0][f"criterion {n}"] for n in (1, 2, 3)] == ["", "", ""]
    assert rows[0]["max_points"] == "3"
    assert "[1] Credit:" in rows[0]["criteria"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ({"points": "2"}, "2"),
        ({"points": "2,5"}, "2.5"),
        ({"criterion_1": "1", "criterion_2": "0", "criterion_3": "1"}, "2"),
        ({"criterion_1": "yes", "criterion_2": "no", "criterion_3": "X"}, "2"),
        ({"points": "0"}, "0"),
    ],
)
def test_a_mark_is_added_and_the_total_is_of_twenty(marked_class, cells, points):
    student = fill(marked_class, note="Say <b>who</b>.", **cells)
    again(marked_class)
    row = row_of(marked_class, student)
    assert row["q6"] == points
    assert (row["score"], row["max_score"]) == (f"{17 + float(points):g}", "20")
    assert "Waits" not in row["reason"]
    others = [r for r in gradebook(marked_class / "out") if r["student"] != student]
    assert {(r["score"], r["max_score"], r["q6"]) for r in others} == {("17", "17", "")}
    pages = [p.read_text("utf-8") for p in (marked_class / "out" / "feedback").iterdir()]
    (page,) = [page for page in pages if "Your teacher gave you" in page]
    assert f"Your teacher gave you {points} of 3 points here." in page
    assert "Say &lt;b&gt;who&lt;/b&gt;." in page
    assert "of 20 points" in page


def test_marking_again_keeps_every_entry_and_the_same_bytes(marked_class):
    fill(marked_class, points="1", note='-see "me"; soon')
    again(marked_class)
    first = contents(marked_class / "out")
    again(marked_class)
    assert contents(marked_class / "out") == first
    kept = table(marked_class)[0]
    assert (kept["points"], kept["note"]) == ("1", '\'-see "me"; soon')


@pytest.mark.parametrize(
    "how",
    [
        {"separator": ";", "line_end": "\r\n", "encoding": "utf-8-sig"},
        {"separator": ";", "encoding": "cp1252"},
        {"separator": "\t", "encoding": "utf-16"},
    ],
)
def test_what_spreadsheets_do_to_a_table_loses_nothing(marked_class, how):
    rows = table(marked_class)
    for number, row in enumerate(rows):
        row |= {"points": str(number % 4), "note": "gut, weiter"}
        row["student"] = row["student"].lstrip("0")  # 007 is a number to a spreadsheet
    save(marked_class / "out" / "open-answers.csv", rows, **how)
    again(marked_class)
    after = table(marked_class)
    assert [row["points"] for row in after] == [str(n % 4) for n in range(len(rows))]
    assert {row["note"] for row in after} == {"gut, weiter"}
    assert {row["max_score"] for row in gradebook(marked_class / "out")} == {"20"}
    assert "007" in {row["student"] for row in after}


def test_an_entry_stays_when_the_file_is_missing_and_counts_when_it_is_back(marked_class):
    student = fill(marked_class, at=0, points="3")
    path = next(
        p for p in (marked_class / "class").iterdir() if f'"{student}"' in p.read_text("utf-8")
    )
    data = path.read_bytes()
    path.unlink()
    again(marked_class)
    (kept,) = [row for row in table(marked_class) if row["student"] == student]
    assert kept["points"] == "3"
    assert "No answer of this student" in kept["remark"]
    path.write_bytes(data)
    again(marked_class)
    (back,) = [row for row in table(marked_class) if row["student"] == student]
    assert (back["points"], back["remark"]) == ("3", "")
    assert row_of(marked_class, student)["q6"] == "3"


def test_a_changed_answer_keeps_its_mark_and_says_so_until_the_teacher_has_looked(marked_class):
    fill(marked_class, points="2")
    student = table(marked_class)[0]["student"].lstrip("'")
    number = CODES.index(student)
    put(marked_class, f"class/{number}.answers.json", answer("Quite another.", student))
    for _ in range(2):
        again(marked_class)
        row = table(marked_class)[0]
        assert (row["points"], row["answer"]) == ("2", "Quite another.")
        assert "has changed" in row["remark"]
        assert "Kartapolov said so." in row["remark"]
        assert "has changed" in row_of(marked_class, table(marked_class)[0]["student"])["reason"]
    fill(marked_class, remark="")
    again(marked_class)
    assert table(marked_class)[0]["remark"] == ""


@pytest.mark.parametrize("cells", [{"points": "four"}, {"points": "4"}, {"criterion_1": "1"}])
def test_an_entry_that_cannot_count_is_kept_and_said(marked_class, cells):
    student = fill(marked_class, **cells)
    again(marked_class)
    row = table(marked_class)[0]
    assert all(row[name.replace("_", " ")] == cell for name, cell in cells.items())
    assert row["remark"].startswith("Not counted yet:")
    assert row_of(marked_class, student)["max_score"] == "17"
    assert "Not counted yet" in row_of(marked_class, student)["reason"]


def test_a_column_of_the_teacher_s_own_and_two_rows_for_one_answer_are_kept(marked_class):
    rows = table(marked_class)
    rows = [row | {"second look": "yes" if n == 0 else ""} for n, row in enumerate(rows)]
    rows += [rows[1] | {"points": "1"}, rows[1] | {"points": "2"}]
    save(marked_class / "out" / "open-answers.csv", rows)
    again(marked_class)
    after = table(marked_class)
    assert [row["second look"] for row in after].count("yes") == 1
    twice = [row for row in after if row["student"] == rows[1]["student"]]
    assert sorted(row["points"] for row in twice) == ["1", "2"]
    assert all("two rows" in row["remark"] for row in twice)


def test_a_table_from_elsewhere_wins_and_what_it_replaced_is_said(marked_class, tmp_path):
    fill(marked_class, points="1")
    again(marked_class)
    rows = table(marked_class)
    rows[0]["points"] = "3"
    rows[1]["points"] = "2"
    save(tmp_path / "from-a-colleague.csv", rows)
    again(marked_class, marks=tmp_path / "from-a-colleague.csv")
    after = table(marked_class)
    assert [row["points"] for row in after] == ["3", "2", "", ""]
    assert "Before: points 1" in after[0]["remark"]
    assert len(after) == len(CODES)


@pytest.mark.parametrize("data", [b"", b"nothing,of,ours\n1,2,3\n", b"\x00\x01\x02"])
def test_a_table_that_cannot_be_read_stops_before_anything_is_touched(marked_class, data):
    (marked_class / "out" / "open-answers.csv").write_bytes(data)
    before = contents(marked_class / "out")
    with pytest.raises(MarksheetUnreadable, match=r"open-answers\.csv"):
        again(marked_class)
    assert contents(marked_class / "out") == before


@pytest.mark.parametrize("name", [".~lock.open-answers.csv#", "open-answers.xlsx"])
def test_an_open_or_otherwise_saved_table_stops_the_marking(marked_class, name):
    put(marked_class, f"out/{name}", b"x")
    before = contents(marked_class / "out")
    with pytest.raises(MarksheetUnreadable):
        again(marked_class)
    assert contents(marked_class / "out") == before


def test_a_table_saved_during_the_marking_is_not_overwritten(marked_class):
    def meanwhile(done):
        fill(marked_class, points="3")

    with pytest.raises(OutputRefused, match="while the class was being marked"):
        again(marked_class, report=meanwhile)
    assert table(marked_class)[0]["points"] == "3"


def test_points_typed_into_the_gradebook_are_kept_beside_the_new_one(marked_class):
    path = marked_class / "out" / "gradebook.csv"
    typed = path.read_bytes() + b"my,own,line\n"
    path.write_bytes(typed)
    assert again(marked_class).by_hand == "gradebook.changed-by-hand.csv"
    assert (marked_class / "out" / "gradebook.changed-by-hand.csv").read_bytes() == typed
    assert again(marked_class).by_hand == ""
    assert (marked_class / "out" / "gradebook.changed-by-hand.csv").read_bytes() == typed


@pytest.mark.parametrize("name", ["totals", "changed"])
def test_what_was_typed_into_a_table_that_is_written_anew_is_kept_too(marked_class, name):
    out = marked_class / "out"
    before = contents(out)
    typed = (out / f"{name}.csv").read_bytes() + b"my,final,grade\n"
    (out / f"{name}.csv").write_bytes(typed)
    summary = again(marked_class)
    assert (out / f"{name}.changed-by-hand.csv").read_bytes() == typed
    assert summary.by_hand == ""
    (said,) = [note for note in summary.notes if "by hand" in note]
    assert said.startswith(f"{name}.csv had been changed by hand")
    assert f"kept as {name}.changed-by-hand.csv" in said
    assert not any("by hand" in note for note in again(marked_class).notes)
    assert contents(out) == before | {f"{name}.changed-by-hand.csv": typed}


def test_a_marking_of_before_that_names_no_totals_has_none_kept(marked_class):
    mark = marked_class / "out" / "made-by-briefing.txt"
    lines = mark.read_text(encoding="utf-8").splitlines(keepends=True)
    mark.write_text("".join(lines[:2]), encoding="utf-8")
    again(marked_class)
    assert not list((marked_class / "out").glob("*.changed-by-hand*"))
    assert mark.read_text(encoding="utf-8") == "".join(lines)


def test_a_kept_gradebook_is_never_written_over_by_the_next_one(marked_class):
    out = marked_class / "out"
    first, second, third = (f"gradebook.changed-by-hand{number}.csv" for number in ("", "-2", "-3"))

    def kept_as(name, line):
        typed = (out / "gradebook.csv").read_bytes() + line
        (out / "gradebook.csv").write_bytes(typed)
        assert again(marked_class).by_hand == name
        assert (out / name).read_bytes() == typed
        return typed

    kept_as(first, b"one\n")
    two = kept_as(second, b"two\n")
    (out / first).unlink()
    one = kept_as(first, b"three\n")
    kept_as(third, b"four\n")
    assert [(out / name).read_bytes() for name in (first, second)] == [one, two]


def test_points_win_over_criteria_and_that_is_said():
    rubric = (Criterion("one", 1), Criterion("two", 2))
    mark = read_mark({"points": "3", "criterion 1": "1", "criterion 2": "1.5"}, rubric, 3)
    assert mark.points == 3
    assert "add up to 2.5" in mark.problem
    assert read_mark({"criterion 1": "yes", "criterion 2": "yes"}, rubric, 3).points == 3
    assert read_mark({"note": "soon"}, rubric, 3).points is None


@pytest.mark.parametrize(
    "yes", ["Ja", "OUI", "si\u0301", "Sì", "да", "Wahr", " yes ", "EVET", "はい"]
)
@pytest.mark.parametrize("no", ["Nein", "non", "No", "Nao", "na\u0303o", "НЕТ", "FALSCH", "hayır"])
def test_yes_and_no_are_read_in_the_languages_of_spreadsheets(yes, no):
    rubric = (Criterion("Credit", 1.0), Criterion("Facts", 2.0))
    mark = read_mark({"criterion 1": yes, "criterion 2": no}, rubric, 3.0)
    assert (mark.points, mark.given, mark.problem) == (1.0, ("1", "0"), "")


@pytest.mark.parametrize("word", ["ne", "o", "maybe", "jein", "yes no", "не"])
def test_a_word_that_is_not_clearly_yes_or_no_is_not_guessed(word):
    assert yes_or_no(word) is None
    assert not YES & NO
    mark = read_mark({"criterion 1": word}, (Criterion("Credit", 1.0),), 1.0)
    assert mark.points is None
    assert word in mark.problem
