"""One student, or two, cannot be so many that another exercise goes into everybody's totals, or out of them."""

import csv
import io
import json
import zipfile

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions
from briefing.marking.rules import ExerciseRules, Missing, Rules
from briefing.marking.totals import half_empty, strays

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")
LIST = "Full name,Email address,Groups\n"
PEOPLE = "".join(
    f"{name} X,{name.lower()}@example.org,{'AB'[n % 2]}\n" for n, name in enumerate(NAMES)
)


THIRD = {"q3": {"kind": "choice", "chosen": ["chain:c", "heard:a"]}}


def ex(number, student):
    answers = THIRD if number == 3 else None
    return answers_file(answers, student=student, exercise=f"ex0{number}")


def packed(files):
    """A zip with these files; what is no bytes yet is written as JSON."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name, held in files.items():
            made.writestr(name, held if isinstance(held, bytes) else json.dumps(held))
    return whole.getvalue()


def crowd(number, heads, *, of="sock"):
    """A zip with files of so many made-up codes."""
    return packed({f"{n}.answers.json": ex(number, f"{of}-{n}") for n in range(heads)})


def plain(folder):
    for name in NAMES:
        put(folder, f"class/{name}.answers.json", ex(2, name))


def drive(folder):
    for name in NAMES:
        put(folder, f"class/ex02 - {name} X.answers.json", ex(2, f"{name}-1"))


def moodle(folder):
    for n, name in enumerate(NAMES):
        put(folder, f"class/{name} X_{n + 11}_assignsubmission_file/a.answers.json", ex(2, name))


def marked(folder, *, people="", rules='missing = "zero"\n'):
    (folder / "marking.toml").write_text(rules, encoding="utf-8")
    more = ("--roster", put(folder, "list.csv", (LIST + people).encode())) if people else ()
    told = run("grade", folder / "class", "--out", folder / "out", *more)
    assert told.exit_code == 0, told.output
    text = (folder / "out" / "totals.csv").read_text("utf-8-sig")
    totals = {row["student"]: row for row in csv.DictReader(io.StringIO(text))}
    return totals, " ".join(told.output.split())


def test_a_zip_of_made_up_codes_takes_no_share_of_the_others_totals(tmp_path):
    plain(tmp_path)
    before, _ = marked(tmp_path)
    put(tmp_path, "class/my answers.zip", crowd(3, 6))
    after, said = marked(tmp_path)
    assert {name: after[name] for name in before} == before
    assert "ex03 goes into no total: only 1 student handed it in" in said


@pytest.mark.parametrize("where", ["Drive", "Drive/ex02 - class 7"])
def test_nor_one_in_a_folder_that_lies_in_others(tmp_path, where):
    for name in NAMES:
        put(tmp_path, f"class/{where}/{name}.json", ex(2, name))
    put(tmp_path, f"class/{where}/mine.zip", crowd(3, 6))
    totals, said = marked(tmp_path)
    assert "ex03" not in totals["Ana"]
    assert "only 1 student" in said


@pytest.mark.parametrize("folder", ["", "Ex 2/", "2026/Ex 2/"])
def test_nor_one_in_a_weeks_zip_with_a_folder_in_it(tmp_path, folder):
    for week, names in {"on time": NAMES[:5], "late": NAMES[5:]}.items():
        files = {f"{folder}{name}.json": ex(2, name) for name in names}
        mine = {f"{folder}mine.zip": crowd(3, 6)} if week == "late" else {}
        put(tmp_path, f"class/{week}.zip", packed(files | mine))
    totals, said = marked(tmp_path)
    assert "ex03" not in totals["Ana"]
    assert "ex03 goes into no total: only 1 student handed it in" in said


def test_nor_does_one_take_the_classs_own_exercise_out_of_them(tmp_path):
    plain(tmp_path)
    put(tmp_path, "class/mine.zip", crowd(3, 60))
    totals, _ = marked(tmp_path)
    assert "ex02" in totals["Ana"]
    assert "ex03" not in totals["Ana"]


def test_who_is_not_on_the_class_list_makes_no_exercise_the_courses(tmp_path):
    drive(tmp_path)
    for n in range(4):
        put(tmp_path, f"class/own-{n}.answers.json", ex(3, f"own-{n}"))
    put(tmp_path, "class/ex02 - Hal X.zip", crowd(3, 6))
    totals, said = marked(tmp_path, people=PEOPLE)
    assert "ex03" not in totals["ana@example.org"]
    assert "ex03 goes into no total: nobody on the class list handed it in" in said


def test_names_that_one_zip_gives_to_its_files_are_not_many_students(tmp_path):
    drive(tmp_path)
    named = {f"ex03 - {name} X.answers.json": ex(3, f"own-{n}") for n, name in enumerate(NAMES)}
    put(tmp_path, "class/ex02 - Hal X.zip", packed(named))
    totals, said = marked(tmp_path, people=PEOPLE)
    assert "ex03" not in totals["ana@example.org"]
    assert "ex03 goes into no total: only 1 student handed it in" in said


def test_nor_do_all_of_them_have_the_code_of_a_file_that_lies_by_itself(tmp_path):
    drive(tmp_path)
    named = {f"ex03 - {name} X.answers.json": ex(3, "Hal-1") for name in NAMES}
    put(tmp_path, "class/ex02 - Hal X.zip", packed(named))
    totals, _ = marked(tmp_path, people=PEOPLE)
    assert "ex03" not in totals["ana@example.org"]


@pytest.mark.parametrize(("others", "counts"), [(2, False), (3, True)])
def test_two_accomplices_take_no_share_of_the_others_totals(tmp_path, others, counts):
    moodle(tmp_path)
    for n, name in enumerate(NAMES[:others]):
        put(tmp_path, f"class/{name} X_{n + 11}_assignsubmission_file/b.answers.json", ex(3, name))
    totals, said = marked(tmp_path, people=PEOPLE)
    assert ("ex03" in totals["hal@example.org"]) == counts
    if counts:
        assert "ex03 is in the totals, and only 3 of 8 students handed it in" in said
        rules = 'missing = "zero"\n[exercise.ex03]\nweight = 0\n'
        weightless, said = marked(tmp_path, people=PEOPLE, rules=rules)
        assert "handed it in" not in said
        assert weightless["hal@example.org"]["total in percent"] == "100"
    else:
        assert "ex03 goes into no total: only 2 students handed it in" in said


def test_a_week_in_which_groups_handed_in_is_as_many_students_as_they_have(tmp_path):
    moodle(tmp_path)
    put(tmp_path, "weeks/week2/x", b"")
    (tmp_path / "class").rename(tmp_path / "weeks/week2/download")
    (tmp_path / "weeks/week2/x").unlink()
    for n, group in enumerate("AB"):
        path = f"weeks/week3/{group}_{n + 91}_assignsubmission_file/a.answers.json"
        put(tmp_path, path, ex(3, f"group-{group}"))
    (tmp_path / "weeks").rename(tmp_path / "class")
    totals, said = marked(tmp_path, people=PEOPLE)
    assert "ex03" in totals["ana@example.org"]
    assert "handed it in" not in said


@pytest.mark.parametrize("folders", [True, False])
def test_weeks_in_folders_or_zips_of_their_own_all_count(tmp_path, folders):
    for week in (2, 3):
        if folders:
            for name in NAMES:
                put(tmp_path, f"class/week{week}/{name}.json", ex(week, name))
        else:
            put(tmp_path, f"class/week{week}.zip", crowd(week, 8, of="one"))
    totals, said = marked(tmp_path)
    assert {"ex02", "ex03"} <= set(next(iter(totals.values())))
    assert "handed it in" not in said


def test_what_everybody_handed_in_in_another_folder_beside_the_files_counts(tmp_path):
    plain(tmp_path)
    for name in NAMES:
        put(tmp_path, f"class/week 3/{name}.json", ex(3, name))
    totals, said = marked(tmp_path)
    assert "ex03" in totals["Ana"]
    assert "handed it in" not in said


@pytest.mark.parametrize(
    ("heads", "out", "told"),
    [
        ({"a": 20, "b": 4}, ["b"], []),
        ({"a": 20, "b": 5}, [], ["b"]),
        ({"a": 20, "b": 10}, [], []),
        ({"a": 5, "b": 2}, ["b"], []),
        ({"a": 4, "b": 2}, [], []),
        ({"a": 3, "b": 1}, ["b"], []),
        ({"a": 2, "b": 1}, [], []),
        ({"a": 20, "b": 0}, ["b"], []),
        ({"a": 0}, [], []),
        ({}, [], []),
    ],
)
def test_next_to_nobody_is_fewer_than_a_quarter_or_one_or_two_who_are_no_half(heads, out, told):
    rules = Rules(missing=Missing.ZERO)
    assert strays(heads, rules) == out
    assert half_empty(heads, rules) == told
    named = Rules(missing=Missing.ZERO, exercises={"b": ExerciseRules()})
    assert strays(heads, named) == []
    assert half_empty(heads, named) == out + told  # what the rules name counts, and is told
    named = Rules(missing=Missing.ZERO, exercises={"b": ExerciseRules(weight=0)})
    assert strays(heads, named) == half_empty(heads, named) == []
    assert strays(heads, Rules()) == half_empty(heads, Rules()) == []
