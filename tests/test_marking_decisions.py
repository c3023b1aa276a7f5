"""A whole class and everything that people decide about it: on disk, in any order, never lost."""

import csv
import io
import json
from pathlib import Path

import pytest
from test_marking_defended import FREE, hand_in, voices
from test_marking_grade import contents, gradebook, put

from briefing.marking.classroom import grade_folder
from briefing.marking.marksheet import MarksheetUnreadable
from briefing.marking.output import OutputRefused
from briefing.marking.rules_file import RulesUnclear

RULES = """
zone = "Europe/Berlin"
[late]
takes = "points"
per_day = 1
not_accepted_after = 3
[exercise.lesson02]
due = "2026-11-22 23:59"
weight = 3
points = { q2 = 4, q7 = 3, q9 = 3 }
[student."owl-9"]
every = "3 days"
"""


def handed_in(student, *, saved="2026-11-22T19:40:00Z", **more):
    raw = json.loads(hand_in(student, **more))
    raw["saved"] = saved
    raw["answers"]["q9"] = {"kind": "text", "text": f"{student} compares."}
    return json.dumps(raw).encode()


@pytest.fixture
def school(tmp_path):
    other = voices()
    first = next(iter(other))
    wrong = "outlet" if other[first]["voice"] == "attributed" else "attributed"
    mine = voices(**{first: {"voice": wrong, "why": "It is not said by whom."}})
    note = {"marks": [(*FREE, "source")], "note": "They say it."}
    files = {
        "fox-1": handed_in("fox-1", **note),
        "fox-2": handed_in("fox-2", marks=[(*FREE, "source")], saved="2026-11-23T10:00:00Z"),
        "fox-3": handed_in("fox-3", labels=mine, saved="2026-11-24T10:00:00Z"),
        "fox-4": handed_in("fox-4", labels=voices(), saved="2026-11-30T10:00:00Z"),
        "=1+1": handed_in("=1+1", labels=voices()),
    }
    for number, data in enumerate(files.values()):
        put(tmp_path, f"class/{number}.answers.json", data)
    put(tmp_path, "class/broken.answers.json", b'{"format": "reading-the-briefing/answers"')
    (tmp_path / "marking.toml").write_text(RULES, encoding="utf-8")
    grade_folder(tmp_path / "class", tmp_path / "out")
    return tmp_path


def again(folder, **more):
    return grade_folder(folder / "class", folder / "out", **more)


def table(folder, name):
    text = (folder / "out" / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def save(folder, name, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "out" / name).write_bytes(text.getvalue().encode("cp1252", "replace"))


def fill(folder, name, which, **cells):
    rows = table(folder, name)
    for row in rows:
        if which(row):
            row |= cells
    save(folder, name, rows)


def by_student(folder):
    return {row["student"]: row for row in gradebook(folder / "out")}


def page(folder, student):
    (found,) = [p for p in (folder / "out" / "feedback").iterdir() if f".{student}." in p.name]
    return found.read_text(encoding="utf-8")


def test_the_rules_beside_the_folder_are_used_and_both_marks_are_shown(school):
    rows = by_student(school)
    on_time, late, later = rows["fox-1"], rows["fox-2"], rows["fox-3"]
    assert (on_time["late"], on_time["before_late"]) == ("no", "")
    assert late["late"] == "yes"
    assert float(late["before_late"]) - float(late["score"]) == pytest.approx(1)
    assert float(later["before_late"]) - float(later["score"]) == pytest.approx(2)
    assert "1 started day late" in late["reason"]
    assert "clock of the student's own computer" in late["reason"]
    assert "before the late rule" in page(school, "fox-2")
    assert "before the late rule" not in page(school, "fox-1")


def test_too_late_is_no_mark_and_what_cannot_be_marked_is_left_alone(school):
    rows = by_student(school)
    assert (rows["fox-4"]["status"], rows["fox-4"]["score"]) == ("not accepted", "")
    assert float(rows["fox-4"]["before_late"]) > 0
    assert "No mark." in page(school, "fox-4")
    assert "is not accepted in this class" in page(school, "fox-4")
    (broken,) = [row for row in rows.values() if row["status"] == "not gradable"]
    assert (broken["late"], broken["before_late"], broken["score"]) == ("", "", "")


def test_a_hand_in_in_time_counts_before_one_that_is_not_accepted(school):
    put(school, "class/early.answers.json", handed_in("fox-4"))
    again(school)
    rows = [row for row in gradebook(school / "out") if row["student"] == "fox-4"]
    assert sorted(row["status"] for row in rows) == ["marked", "older copy"]


def test_totals_go_by_weight_and_name_who_has_no_mark(school):
    rows = {row["student"]: row for row in table(school, "totals.csv")}
    fox = rows["fox-1"]
    score, most = (float(by_student(school)["fox-1"][name]) for name in ("score", "max_score"))
    assert float(fox["total in percent"]) == pytest.approx(100 * score / most, abs=0.01)
    assert (fox["weight counted"], fox["of"], fox["no mark for"]) == ("3", "3", "")
    assert (rows["fox-4"]["total in percent"], rows["fox-4"]["no mark for"]) == ("", "lesson02")
    assert "'=1+1" in rows


def test_accepting_raises_marks_says_whose_and_lowers_none(school):
    before = by_student(school)
    argued = {row["label"]: row["students"] for row in table(school, "defended.csv")}
    assert argued == {"who": "2", "credited": "1"}
    fill(school, "defended.csv", lambda row: True, accept="yes")
    summary = again(school, class_report=True)
    assert (school / "out" / "class" / "lesson02.html").is_file()
    after = by_student(school)
    changes = {(row["student"], row["question"]): row for row in table(school, "changed.csv")}
    assert set(changes) == {("fox-1", "q2"), ("fox-2", "q2"), ("fox-3", "q7")}
    assert summary.changed == 3
    for student, row in after.items():
        if row["score"]:
            assert float(row["score"]) >= float(before[student]["score"])
    for (student, question), row in changes.items():
        assert float(row["after"]) > float(row["before"])
        assert float(after[student][question]) == pytest.approx(float(row["after"]), abs=0.01)
        assert "Now:" in page(school, student)
    assert "your teacher took it into the key, too" in page(school, "fox-3")
    fill(school, "defended.csv", lambda row: True, accept="")
    again(school)
    assert by_student(school) == before
    assert table(school, "changed.csv") == []


def test_every_decision_together_survives_and_gives_the_same_bytes(school):
    fill(school, "defended.csv", lambda row: row["label"] == "who", accept="paid")
    fill(school, "notes.csv", lambda row: row["student"] == "fox-1", note="Come & <b>see</b> me.")
    fill(school, "open-answers.csv", lambda row: row["student"] == "fox-1", points="2")
    save(
        school,
        "by-hand.csv",
        [
            {"student": "fox-1", "exercise": "lesson02", "question": "q9", "points": "3",
             "reason": "Told me <i>why</i>."},
            {"student": "fox-3", "exercise": "lesson02", "question": "q2", "points": "0,5",
             "reason": ""},
            {"student": "owl-1", "exercise": "lesson02", "question": "q2", "points": "1",
             "reason": ""},
        ],
    )  # fmt: skip
    again(school)
    first = contents(school / "out")
    again(school)
    again(school, jobs=2)
    assert contents(school / "out") == first
    rows = by_student(school)
    assert (rows["fox-1"]["q9"], rows["fox-3"]["q2"]) == ("3", "0.5")
    assert "Set by hand: q9." in rows["fox-1"]["reason"]
    shown = page(school, "fox-1")
    assert "Come &amp; &lt;b&gt;see&lt;/b&gt; me." in shown
    assert "Told me &lt;i&gt;why&lt;/i&gt;." in shown
    assert "Your teacher gave you 3 of 3 points here." in shown
    assert "Come &amp;" not in page(school, "fox-2")
    kept = table(school, "by-hand.csv")
    assert [row["student"] for row in kept] == ["fox-1", "fox-3", "owl-1"]
    assert "The entry is kept" in kept[2]["remark"]
    why = {(r["student"], r["question"]): r["why"] for r in table(school, "changed.csv")}
    assert why["fox-1", "q9"] == "By hand: Told me <i>why</i>."
    assert why["fox-2", "q2"].startswith("Your teacher took this into the key of your class: “")


def test_a_students_file_that_is_gone_and_back_loses_no_decision(school):
    fill(school, "notes.csv", lambda row: row["student"] == "fox-1", note="Well done.")
    fill(school, "defended.csv", lambda row: True, accept="yes")
    again(school)
    first = contents(school / "out")
    kept = {path.name: path.read_bytes() for path in (school / "class").iterdir()}
    for name in kept:
        if name != "broken.answers.json":
            (school / "class" / name).unlink()
    again(school)
    assert {row["accept"] for row in table(school, "defended.csv")} == {"yes"}
    for name, data in kept.items():
        put(school, f"class/{name}", data)
    again(school)
    assert contents(school / "out") == first


def test_rules_that_are_not_understood_stop_before_anything_is_touched(school):
    before = contents(school / "out")
    (school / "marking.toml").write_text('conuts = "best"')
    with pytest.raises(RulesUnclear, match="did you mean counts"):
        again(school)
    assert contents(school / "out") == before
    other = school / "9b.toml"
    other.write_text("")
    again(school, rules=other)
    assert "before_late" not in gradebook(school / "out")[0]
    with pytest.raises(RulesUnclear, match=r"none\.toml"):
        again(school, rules=school / "none.toml")


def test_a_file_of_rules_that_a_student_hands_in_is_no_rule(school):
    before = by_student(school)["fox-1"]
    put(school, "class/marking.toml", b"[exercise.lesson02]\npoints = { q2 = 100 }\n")
    again(school)
    assert by_student(school)["fox-1"] == before


def test_more_time_goes_by_the_gradebooks_name_and_a_stray_one_is_said(school):
    (school / "marking.toml").write_text(RULES.replace("owl-9", "fox-2"))
    assert again(school).notes == []
    assert by_student(school)["fox-2"]["late"] == "no"
    (school / "marking.toml").write_text(RULES)
    (said,) = again(school).notes
    assert said.startswith("The rules give more time to “owl-9”")


@pytest.mark.parametrize("name", ["defended.csv", "by-hand.csv", "notes.csv"])
def test_a_table_that_is_open_or_was_damaged_stops_the_marking(school, name):
    before = contents(school / "out")
    lock = school / "out" / f".~lock.{name}#"
    lock.write_text("")
    with pytest.raises(MarksheetUnreadable, match="is open in a spreadsheet"):
        again(school)
    lock.unlink()
    assert contents(school / "out") == before
    (school / "out" / name).write_text("a,b\n1,2\n")
    with pytest.raises(MarksheetUnreadable, match=f"{name} has no column") as problem:
        again(school)
    assert ".marking" not in str(problem.value)


def test_a_table_that_is_saved_meanwhile_is_never_overwritten(school):
    path = school / "out" / "notes.csv"
    data = path.read_bytes()

    def typing(progress):
        path.write_bytes(data.replace(b",,", b",Typed meanwhile,", 1))

    with pytest.raises(OutputRefused, match=r"notes\.csv was saved while"):
        again(school, report=typing)
    assert b"Typed meanwhile" in path.read_bytes()


def test_the_tables_hold_no_formula(school):
    fill(school, "defended.csv", lambda row: True, accept="paid")
    again(school)
    for name in ("defended.csv", "by-hand.csv", "notes.csv", "changed.csv", "totals.csv"):
        for row in table(school, name):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values()), name


def test_the_summary_counts_the_entries_that_could_not_be_used(school):
    names = ("student", "exercise", "question", "points", "reason", "remark", "row")
    good = ("fox-1", "LESSON02", "Q2", "1", "", "", "")
    rows = [good, ("fox-x", *good[1:]), ("fox-2", "lesson02", "q99", "1", "", "", "")]
    save(school, "by-hand.csv", [dict(zip(names, row, strict=True)) for row in rows])
    notes = again(school).notes
    assert "2 of 3 rows in by-hand.csv could not be used: see its column remark." in notes
    assert [bool(row["remark"]) for row in table(school, "by-hand.csv")] == [False, True, True]
    own = {"exercise": "lesson02", "question": "q2", "where": "001.s99", "words": "x"}
    old = table(school, "defended.csv")
    blank = dict.fromkeys(old[0], "")
    save(school, "defended.csv", [*old, blank | own | {"label": "source", "accept": "yes"}])
    notes = again(school).notes
    assert "1 of 1 row in defended.csv could not be used: see its column remark." in notes
    assert "lesson02 has no sentence 001.s99" in table(school, "defended.csv")[-1]["remark"]


@pytest.mark.parametrize("name", ["1000003", "FOX-2", "Müller, Ana", "ana muller"])
def test_more_time_may_name_a_listed_student_by_what_is_theirs_alone(school, name):
    people = school / "people.csv"
    people.write_text("id,name,code\n1000003,Ana Müller,fox-2\n1000004,Bo Lind,fox-3\n", "utf-8")
    (school / "marking.toml").write_text(RULES.replace("owl-9", name), "utf-8")
    notes = again(school, roster=people).notes
    assert not any("more time" in said for said in notes)
    rows = by_student(school)
    assert (rows["1000003"]["late"], rows["1000004"]["late"]) == ("no", "yes")


def test_who_is_meant_is_said_where_no_class_list_settles_it(school):
    people = school / "people.csv"
    people.write_text("id,name,code\n1000003,Ana Müller,fox-2\n1000004,Ana Müller,fox-3\n", "utf-8")
    (school / "marking.toml").write_text(RULES.replace("owl-9", "ana muller"), "utf-8")
    (said,) = again(school, roster=people).notes
    assert "“ana muller” is the name of 2 students" in said
    assert "(1000003, 1000004)" in said


def test_a_code_in_a_file_gives_nobody_more_time_but_its_student_is_named(tmp_path):
    from briefing.marking.meant import Meant

    class Register:
        def people(self):
            return iter([("1000003", "bat-1000-0", "Ana Lind"), ("1000004", "owl-1", "Bo")])

    meant = Meant(Register())
    told = "“bat-1000-0” is the code of 1000003 (Ana Lind): write 1000003."
    assert meant.hint("bat-1000-0") == told
    assert meant.hint("LIND, ana") == "“LIND, ana” is the name of 1000003: write 1000003."
    assert meant.hint("nobody") == meant.hint("") == ""


def test_a_code_spelt_like_a_listed_id_gets_no_more_time(school):
    people = school / "people.csv"
    people.write_text("id,name\nfox-2,Ana Müller\n", "utf-8")
    (school / "marking.toml").write_text(RULES.replace("owl-9", "fox-2"), "utf-8")
    again(school, roster=people)
    rows = [row for row in gradebook(school / "out") if row["student"] == "fox-2"]
    late = {row["late"] for row in rows if row["status"] != "nothing handed in"}
    assert late == {"yes"}


def last_moment(monkeypatch, out, change):
    """Let somebody save in `out` when everything is written, just before the folders are swapped."""
    rename = Path.rename

    def renamed(path, target):
        if path == out and Path(target).name == "old":
            change()
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renamed)


@pytest.mark.parametrize(
    "name", ["notes.csv", "open-answers.second-ak.csv", "gradebook.csv", "my own list.ods"]
)
def test_what_is_saved_in_the_last_moment_is_never_lost(school, monkeypatch, name):
    out = school / "out"
    before = contents(out)
    last_moment(monkeypatch, out, lambda: (out / name).write_bytes(b"typed in the last moment"))
    with pytest.raises(OutputRefused, match="was saved while this command was at work"):
        again(school)
    assert (out / name).read_bytes() == b"typed in the last moment"
    assert {k: v for k, v in contents(out).items() if k != name} == {
        k: v for k, v in before.items() if k != name
    }
    monkeypatch.undo()
    (out / name).unlink()
    again(school)


def test_a_desk_that_is_being_used_in_the_last_moment_hinders_nobody_by_its_lock(
    school, monkeypatch
):
    out = school / "out"
    last_moment(monkeypatch, out, lambda: (out / ".open-answers.csv.lock").touch())
    again(school)
