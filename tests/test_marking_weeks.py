"""Several weeks' downloads in one folder: what came with its own exercise goes before what came with another."""

import csv
import io
import json
import zipfile

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, gradebook, key_answers, put

from briefing.keys import has_solutions
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.hand_ins.survey import Survey

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

PEOPLE = (
    ("ana", "Ana A", 1001),
    ("bo", "Bo B", 1002),
    ("cy", "Cy C", 1003),
    ("eve", "Eve E", 1005),
)
LISTS = {
    "canvas": "Student,ID\n" + "".join(f"{name},{own}\n" for _, name, own in PEOPLE),
    "moodle": "Full name,Email address\n" + "".join(f"{n},{c}@example.org\n" for c, n, _ in PEOPLE),
    "nbgrader": "Name,Username\n" + "".join(f"{name},{code}\n" for code, name, _ in PEOPLE),
}
GOOD = key_answers()
POOR = dict(list(GOOD.items())[:1])
LATER = {"saved": "2026-11-29T10:00:00Z", "revision": 9}


def _path(layout, who, week, name):
    code, full, own = who
    if layout == "canvas":
        last, first = full.split()[1].lower(), full.split()[0].lower()
        return f"{last}{first}_{own}_{week * 1000 + len(name) * 10 + own}_{name}.json"
    if layout == "nbgrader":
        return f"submitted/{code}/ex0{week}/{name}.json"
    return f"{full}_{week * 10_000 + own}_assignsubmission_file/{name}.json"


def _weeks(folder, layout, second, *, absent=()):
    """Hand in ex02 and a week later ex03; `second` are those who hand ex02 in once more with ex03."""
    zips = {week: zipfile.ZipFile(folder / f"week{week}.zip", "w") for week in (2, 3)}
    for who in PEOPLE:
        again = who[0] in second

        def write(week, name, content, who=who):
            zips[week].writestr(_path(layout, who, week, name), json.dumps(content))

        if who[0] not in absent:
            write(2, "ex02", answers_file(POOR if again else GOOD, student=who[0]))
        write(3, "ex03", answers_file({}, student=who[0], exercise="ex03"))
        if again:
            write(3, "ex02", answers_file(GOOD, student=who[0], **LATER))
    for made in zips.values():
        made.close()


def _marked(tmp_path, layout, second, *options, **more):
    (tmp_path / "zips").mkdir()
    _weeks(tmp_path / "zips", layout, second, **more)
    roster = put(tmp_path, "list.csv", LISTS[layout].encode())
    out = tmp_path / "out"
    told = run("grade", tmp_path / "zips", "--roster", roster, "--out", out, *options)
    assert told.exit_code == 0, told.output
    rows = [r for r in gradebook(out) if r["name"] == "Eve E" and r["exercise"] == "ex02"]
    text = (out / "totals.csv").read_text("utf-8-sig")
    lines = {r["student"]: r["ex02"] for r in csv.DictReader(io.StringIO(text))}
    total = next(lines[key] for key in ("1005", "eve@example.org", "eve") if key in lines)
    return rows, total, " ".join(told.output.split())


@pytest.mark.parametrize("keep", ["latest", "best", "before-due"])
@pytest.mark.parametrize("layout", ["canvas", "moodle", "nbgrader"])
def test_who_knows_the_answers_by_now_cannot_hand_an_exercise_in_with_the_next(
    tmp_path, layout, keep
):
    rows, total, said = _marked(tmp_path, layout, {"eve"}, "--keep", keep)
    status = {row["status"]: row for row in rows}
    assert set(status) == {"marked", "another counts"}
    assert total == f"{status['marked']['score']} of 20"
    assert float(status["marked"]["score"]) < 10
    assert "came with their own exercise" in status["marked"]["reason"]
    assert "with another exercise (" in status["another counts"]["reason"]
    assert "1 file handed in with another exercise" in said


def test_what_came_only_with_another_exercise_counts_and_its_row_says_so(tmp_path):
    rows, total, said = _marked(tmp_path, "canvas", {"eve"}, absent={"eve"})
    (row,) = rows
    assert row["status"] == "marked"
    assert total == f"{row['score']} of {row['max_score']}"
    assert "It was handed in with another exercise (week3.zip)." in row["reason"]
    assert "1 file handed in with another exercise" in said


def test_where_half_hand_an_exercise_in_once_more_the_newest_counts(tmp_path):
    rows, _, said = _marked(tmp_path, "moodle", {"eve", "bo"})
    assert [row["status"] for row in rows] == ["marked", "older copy"]
    assert float(rows[0]["score"]) > 10
    assert "another exercise" not in said


@pytest.mark.parametrize(
    ("layout", "path", "download"),
    [
        (Layout.CANVAS, "week3.zip/eeve_1005_7_a.zip/aana_1001_9_ex02.json", "week3.zip"),
        (Layout.MOODLE, "w/week3/Eve E_5_assignsubmission_file_/in/ex02.json", "w/week3"),
        (Layout.MOODLE, "Eve E_5_assignsubmission_file_ex02.json", ""),
        (Layout.BLACKBOARD, "3.zip/Ex 3_eve_attempt_2026-11-22-19-40-00_ex02.json", "3.zip"),
        (Layout.NBGRADER, "submitted/eve/ex03/in/submitted/eve/ex02/ex02.json", "ex03"),
        (Layout.PLAIN, "week3/eve/ex02.json", "week3"),
        (Layout.PLAIN, "ex02.json", "ex02.json"),
    ],
)
def test_a_download_is_known_by_what_no_student_can_choose(layout, path, download):
    assert Survey(layout).download(path.split("/")) == download


def _crowd(week, heads):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for n in range(heads):
            content = answers_file(POOR, student=f"sock-{n}", exercise=f"ex0{week}")
            made.writestr(f"{n}.answers.json", json.dumps(content))
    return packed.getvalue()


@pytest.mark.parametrize("heads", [1, 6])
@pytest.mark.parametrize("name", ["{}.answers.json", "ex03 - {} X.answers.json"])
def test_a_zip_that_somebody_hands_in_into_one_folder_is_no_download(tmp_path, name, heads):
    codes = [f"a{n}" for n in range(9)]
    for code in codes:
        third = answers_file({}, student=code, exercise="ex03")
        put(tmp_path, f"class/{name.format(code)}", third)
    for code in codes[:3]:
        put(tmp_path, f"class/{name.format(code)}.2.json", answers_file(POOR, student=code))
    run("grade", tmp_path / "class", "--out", tmp_path / "before")
    put(tmp_path, "class/my work.zip", _crowd(2, heads))
    told = run("grade", tmp_path / "class", "--out", tmp_path / "out")
    assert "another exercise" not in told.output
    after = [row for row in gradebook(tmp_path / "out") if "sock" not in row["student"]]
    assert after == gradebook(tmp_path / "before")


@pytest.mark.parametrize("roster", [True, False])
@pytest.mark.parametrize("name", ["{}.answers.json", "ex0{} - {} X.answers.json"])
def test_a_zip_of_made_up_codes_makes_no_download_another_exercises(tmp_path, name, roster):
    people = ("ana", "bo", "cy", "di", "eve")
    for who in people:
        for week in (2, 3):
            poor = week == 3 or who == "eve"
            content = answers_file(POOR if poor else GOOD, student=who, exercise=f"ex0{week}")
            path = f"{week}.{name.format(who) if name[0] == '{' else name.format(week, who)}"
            put(tmp_path, f"class/week{week}/{path}", content)
    again = answers_file(GOOD, student="eve", **LATER)
    put(tmp_path, "class/week3/once more.answers.json", again)
    put(tmp_path, "class/week3/my work.zip", _crowd(2, 24))
    text = "Name,Code\n" + "".join(f"{who} X,{who}\n" for who in people)
    more = ("--roster", put(tmp_path, "list.csv", text.encode())) if roster else ()
    told = run("grade", tmp_path / "class", "--out", tmp_path / "out", *more)
    assert told.exit_code == 0, told.output
    own = [r for r in gradebook(tmp_path / "out") if r["exercise"] == "ex02" and "eve" in str(r)]
    status = {row["status"]: row for row in own if "sock" not in row["student"]}
    assert set(status) == {"marked", "another counts"}
    assert float(status["marked"]["score"]) < 10
    assert "handed in with another exercise" in " ".join(told.output.split())
