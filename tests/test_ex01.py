"""ex01 and its key: full marks for every accepted reading, the stated points for tempting errors."""

from datetime import date
from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import articles, course_folder, evidence
from briefing.corpus.story import page_label, story
from briefing.course.solved import model_answer
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.scoring import score_question

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

SOLUTIONS = course_folder() / "solutions"


def asked(question):
    return definition("ex01").questions[question]


def key(question):
    return exercise_key("ex01")[question]


def earned(question, payload):
    result = score_question(asked(question), key(question), payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def model(question):
    return model_answer(asked(question), key(question))


def relabelled(**labels):
    given = model("q1")
    changed = {f"003.{name}": {"page": label} for name, label in labels.items()}
    return {**given, "labels": {**given["labels"], **changed}}


def marked(spans):
    marks = [
        {"id": f"m{n}", "start": start, "end": end, "label": "year"}
        for n, (start, end) in enumerate(spans)
    ]
    return {"kind": "marks", "article": "004", "marks": marks}


def tempting():
    path = SOLUTIONS / "keys" / "ex01-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    question = error["question"]
    if "chosen" in error:
        return {"kind": "choice", "chosen": error["chosen"]}
    if "marks" in error:
        return marked(error["marks"])
    given = model(question)
    if asked(question).kind == "labels":
        labels = error.get("labels", {})
        if "all" in error:
            labels = dict.fromkeys(given["labels"], error["all"])
        changed = {name: {"page": label} for name, label in labels.items()}
        return {**given, "labels": {**given["labels"], **changed}}
    rows = {row: dict(cells) for row, cells in given["rows"].items()}
    for row, cells in error.get("cells", {}).items():
        rows[row] |= cells
    for cells in rows.values():
        cells |= error.get("column", {})
    return {**given, "rows": rows}


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex01")
    assert [question.points for question in exercise.question] == [4, 2, 4, 4, 1, 1, 4]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert [criterion.points for criterion in key("q7").rubric] == [1, 1, 1, 1]


@pytest.mark.parametrize("question", ["q1", "q2", "q3", "q4", "q5", "q6"])
def test_the_model_answer_gets_full_marks(question):
    assert earned(question, model(question)) == pytest.approx(asked(question).points)


def test_q1_asks_for_every_piece_and_agrees_with_the_parts_of_the_page():
    given = {name: fields["page"] for name, fields in model("q1")["labels"].items()}
    assert given == {segment.id: page_label(segment) for segment in articles["003"].segments}
    assert set(key("q1").machine.classes) == {"story", "furniture"}
    assert asked("q1").bare


def test_q1_either_printing_of_the_headline_may_be_the_second_one():
    assert articles["003"].words("003.s03") == articles["003"].words("003.s04")
    assert earned("q1", relabelled(s03="furniture", s04="story")) == 4
    assert earned("q1", relabelled(s03="story", s04="story")) < 4
    assert earned("q1", relabelled(s03="furniture", s04="furniture")) < 4


def test_q1_the_line_with_the_day_may_be_called_either():
    assert earned("q1", relabelled(s02="furniture")) == 4
    assert earned("q1", relabelled(s02="caption")) < 4


def test_q3_the_dates_stand_where_the_key_says_and_lead_to_2017():
    text = articles["004"].text
    spans = {span.status: [] for span in key("q3").machine.ordered}
    for span in key("q3").machine.ordered:
        spans[span.status].append(text[span.start : span.end])
        sentence = articles["004"].segment(span.sentence).span
        assert sentence.start <= span.start < span.end <= sentence.end
    assert spans["required"] == ["December 9 last year", "March 27, 2016"]
    assert spans["optional"] == ["January 18", "Wednesday"]
    assert len(spans["look_alike"]) == 4
    wednesdays = [y for y in range(2016, 2024) if date(y, 1, 18).strftime("%A") == "Wednesday"]
    assert wednesdays == [2017, 2023]
    assert articles["004"].published == "2017-01-18"


def test_q3_marking_day_and_weekday_as_well_costs_nothing():
    both = [(3226, 3246), (3493, 3507)]
    assert earned("q3", marked([*both, (204, 214), (227, 236)])) == 4
    assert earned("q3", marked([*both, (7046, 7057)])) < 4


def test_q3_how_much_of_a_date_is_marked_costs_nothing():
    sentences = [articles["004"].segment(name).span for name in ("004.s25", "004.s28")]
    assert earned("q3", marked([(3237, 3246), (3493, 3507)])) == 4
    assert earned("q3", marked([(s.start, s.end) for s in sentences])) == 4


def test_q4_rests_on_rows_that_exist_and_are_about_outlets():
    rows = {row["id"]: row for row in evidence()}
    offered = {option.id for option in asked("q4").columns[1].options} - {"silent"}
    assert {rows[name]["article"] for name in offered} == {"outlets"}
    right = {name: cells["row"] for name, cells in model("q4")["rows"].items()}
    assert right == {"owns": "E85", "pays": "E63", "appoints": "silent", "stops": "E86"}
    assert "TV-Novosti" in rows["E85"]["finding"]
    assert "19 billion roubles for RT" in rows["E63"]["finding"]


@pytest.mark.parametrize("column", ["answer", "row"])
def test_q4_one_option_throughout_a_column_earns_nothing_for_it(column):
    columns = {c.id: c for c in asked("q4").columns}
    for option in columns[column].options:
        rows = {row: {column: option.id} for row in model("q4")["rows"]}
        assert earned("q4", {"kind": "table", "rows": rows}) == 0


def test_q5_the_headline_stands_twice_on_the_page_and_once_in_the_story():
    headline = articles["003"].words("003.s03")
    assert articles["003"].text.count(headline) == 2
    assert story("003").count(headline) == 1


@pytest.mark.parametrize("question", ["q2", "q5", "q6"])
def test_a_choice_pays_for_one_fitting_pair_of_two_letters_and_for_nothing_else(question):
    groups = key(question).machine.groups
    paid = []
    for pair in product(*groups.values()):
        chosen = [f"{group}:{option}" for group, option in zip(groups, pair, strict=True)]
        points = earned(question, {"kind": "choice", "chosen": chosen})
        assert points in (0, asked(question).points)
        if points:
            paid.append(pair)
    ((first, second),) = paid
    assert first != second


@pytest.mark.parametrize("question", ["q2", "q5", "q6"])
def test_every_option_has_its_reason(question):
    machine = key(question).machine
    offered = {f"{group}:{option}" for group, found in machine.groups.items() for option in found}
    assert set(machine.why) == offered


@pytest.mark.parametrize("error", tempting(), ids=lambda e: f"{e['question']}: {e['mistake'][:40]}")
def test_a_tempting_wrong_answer_earns_what_its_row_says(error):
    points = earned(error["question"], payload_of(error))
    assert points == pytest.approx(error["earns"], abs=0.006)
    assert points < asked(error["question"]).points


def test_every_machine_marked_question_has_a_tempting_wrong_answer():
    marked_by_machine = {q.id for q in definition("ex01").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked_by_machine


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    path = SOLUTIONS / "ex01-what-am-i-looking-at.ipynb"
    cells = [cell["source"] for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]]
    prose = "".join("".join(source) for source in cells)
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_samples_of_the_teaching_guide_have_four_two_and_one_point():
    path = SOLUTIONS / "teaching-guide" / "ex01-what-am-i-looking-at.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["4", "2", "1"]
