"""A student's own ledger as a picture: from the work folder, never from a key."""

import pytest

from briefing.analysis.own_ledger import NO_ANSWER, OwnLine, by_period
from briefing.answers import AnswersStore
from briefing.corpus import any_article, course_folder, practice, read_table
from briefing.course import exercise
from briefing.course.own_ledger import KEY, LENT, OWN, NoLedger, my_ledger
from briefing.figures.own_ledger import own_ledger
from briefing.keys import definition, has_solutions

SPECIMEN = read_table(
    course_folder() / "data" / "practice" / "specimen-ledger.csv",
    ("article", "start", "end", "value", "counted", "said", "since", "who"),
)


@pytest.fixture(autouse=True)
def _work(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "work"))


def fill_in(rows):
    AnswersStore.open("ex04").save("q1", {"kind": "table", "rows": rows, "attempts": 0})


def title(picture):
    return picture.axes.get_title(loc="left")


def test_without_lines_a_specimen_says_that_it_is_one():
    assert title(my_ledger(exercise("ex04"), "q1")) == LENT
    assert "specimen, not yours" in LENT
    fill_in({"001.n01": {"counted": "", "said": "no such option"}})
    assert title(my_ledger(exercise("ex04"), "q1")) == LENT


def test_with_lines_the_picture_is_the_students_own_right_or_wrong():
    # Wrong on purpose: flights are not destroyed. Nothing says so.
    fill_in({"001.n01": {"counted": "centres", "said": "destroyed", "since": "week", "who": "me"}})
    picture = my_ledger(exercise("ex04"), "q1")
    assert title(picture) == OWN.format(article="001")
    assert "Period: in the past week. s06: 1,631: command centres" in picture.words
    assert f"who says so: {NO_ANSWER}" in picture.words
    assert f"s20: 12: {NO_ANSWER}." in picture.words
    labels = [label.get_text() for label in picture.axes.get_yticklabels()]
    rows = definition("ex04").questions["q1"].rows
    assert len(labels) == len(rows) == len(picture.axes.patches)
    text = any_article("001").text
    written = {text[slice(*row.span)] for row in rows}
    assert {label.partition(": ")[2] for label in labels} == written
    assert {bar.get_width() for bar in picture.axes.patches} == {
        float(figure.replace(",", "")) for figure in written
    }


@pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")
def test_a_solved_exercise_draws_the_key():
    picture = my_ledger(exercise("ex04", solved=True), "q1")
    assert title(picture) == KEY.format(article="001")
    assert NO_ANSWER not in picture.words


def test_a_question_without_a_ledger_is_told():
    for question in ("q2", "q5", "q99"):
        with pytest.raises(NoLedger, match=question):
            my_ledger(exercise("ex04"), question)


def test_the_specimen_is_of_a_constructed_text_and_unfinished():
    text = practice["p02"].text
    assert {row["article"] for row in SPECIMEN} == {"p02"}
    written = [text[int(row["start"]) : int(row["end"])] for row in SPECIMEN]
    assert written == ["three", "six", "1,204", "310"]
    assert [row["value"] for row in SPECIMEN] == ["3", "6", "1204", "310"]
    assert any(not row["said"] for row in SPECIMEN)
    assert any(not row["since"] for row in SPECIMEN)


def test_lines_without_a_period_stand_last_and_bars_of_one_fate_look_alike():
    lines = [
        OwnLine("s01: 5", 5, said="hit"),
        OwnLine("s02: 7", 7, since="today", said="flown"),
        OwnLine("s03: 9", 9, since="today", said="hit"),
        OwnLine("s04: 2", 2, since="today"),
    ]
    assert list(by_period(lines)) == ["today", ""]
    flown, hit, none, late = own_ledger(lines, "Four lines").axes.patches
    assert (hit.get_hatch(), hit.get_facecolor()) == (late.get_hatch(), late.get_facecolor())
    assert flown.get_hatch() != hit.get_hatch()
    assert none.get_linestyle() == "--"
    assert late.get_width() == 5
