"""ex06 and its key: full marks for every accepted answer, the stated points for tempting errors."""

from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import articles, course_folder
from briefing.corpus.concordance import concordance
from briefing.course.solved import model_answers
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.marks import SpanStatus
from briefing.keys.naming import counted, mentions
from briefing.keys.scoring import score_question

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

CHOICES = ["q4", "q5"]
TABLES = ["q2", "q3", "q6"]


def asked(question):
    return definition("ex06").questions[question]


def key(question):
    return exercise_key("ex06")[question]


def earned(question, payload):
    result = score_question(asked(question), key(question), payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def model(question):
    return model_answers(definition("ex06"), exercise_key("ex06"))[question]


def marks(drop=(), extra=(), every=""):
    spans = [
        span
        for span in key("q1").machine.spans
        if (span.status is SpanStatus.REQUIRED and span.start not in drop) or span.start in extra
    ]
    made = [{"id": s.id, "start": s.start, "end": s.end, "label": every or s.label} for s in spans]
    return {"kind": "marks", "article": "003", "marks": made}


def filled(question, cells=None, column=None):
    rows = {row: dict(given) for row, given in model(question)["rows"].items()}
    for row, given in (cells or {}).items():
        rows[row] |= given
    for name, option in (column or {}).items():
        for given in rows.values():
            given[name] = option
    return {"kind": "table", "rows": rows}


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex06-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    if "chosen" in error:
        return {"kind": "choice", "chosen": error["chosen"]}
    if error["question"] == "q1":
        return marks(error.get("drop", ()), error.get("extra", ()), error.get("every", ""))
    return filled(error["question"], error.get("cells"), error.get("column"))


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex06")
    assert [question.points for question in exercise.question] == [4, 3, 3, 2, 1, 3, 4]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert sum(criterion.points for criterion in key("q7").rubric) == 4


@pytest.mark.parametrize("question", ["q1", *TABLES, *CHOICES])
def test_the_model_answer_gets_full_marks(question):
    assert earned(question, model(question)) == pytest.approx(asked(question).points)


def test_the_names_of_q1_are_those_of_the_naming_key():
    named = {
        (m.start, m.end): "group" if m.referent == "isil" else "nogroup"
        for m in mentions()
        if m.article == "003" and m.referent in ("isil", "fighters")
    }
    required = [s for s in key("q1").machine.spans if s.status is SpanStatus.REQUIRED]
    assert {(s.start, s.end): s.label for s in required} == named
    others = {(m.start, m.end) for m in mentions() if m.article == "003"} - set(named)
    alike = [s for s in key("q1").machine.spans if s.status is SpanStatus.LOOK_ALIKE]
    assert {(s.start, s.end) for s in alike} < others


def test_the_note_on_the_name_may_be_marked_or_left():
    optional = [s.start for s in key("q1").machine.spans if s.status is SpanStatus.OPTIONAL]
    assert len(optional) == 3
    assert earned("q1", marks(extra=optional)) == pytest.approx(4)
    text = articles["003"].segment("003.s07").span
    assert all(text.start <= start < text.end for start in optional)


def test_the_counts_of_q2_are_those_of_the_naming_key():
    rows = [row for row in counted(mentions()) if row.article == "002"]
    words = {"isil": "ISIL", "militant": "militant", "terrorist": "terrorist",
             "extremist": "extremist"}  # fmt: skip
    for row, given in model("q2")["rows"].items():
        found = [r for r in rows if r.term.startswith(words[row])]
        assert given["inside"] == sum(r.inside_quotes for r in found)
        assert given["outside"] == sum(r.outside_quotes for r in found)
        assert len(concordance(words[row], "002")) == given["inside"] + given["outside"]


def test_what_q3_says_of_a_word_is_what_the_text_shows():
    where = {
        "moderate": {"002.s24"}, "extremist": {"002.s14"}, "precision": {"002.s31"},
    }  # fmt: skip
    for word, sentences in where.items():
        assert {line.sentence for line in concordance(word, "002").lines} == sentences
    recognized = concordance(["internationally recognized", "internationally-recognized"], "002")
    assert {line.sentence for line in recognized.lines} == {"002.s16", "002.s31"}
    assert {line.sentence for line in concordance("decimated", "003").lines} == {"003.s15"}


@pytest.mark.parametrize("question", TABLES)
def test_every_accepted_option_of_a_cell_is_paid_in_full(question):
    for cell in key(question).machine.cells:
        for option in cell.right:
            assert earned(question, filled(question, {cell.row: {cell.column: option}})) == (
                asked(question).points
            )


def test_something_is_fine_and_something_cannot_be_told():
    assert "plain already" in asked("q5").title
    told = [o.text for c in asked("q3").columns for o in c.options if "cannot tell" in o.text]
    assert len(told) == 2
    assert {"quoted", "credited"} <= {given["from"] for given in model("q3")["rows"].values()}


@pytest.mark.parametrize("question", CHOICES)
def test_a_choice_pays_for_one_pair_and_for_nothing_else(question):
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


@pytest.mark.parametrize("question", CHOICES)
def test_every_option_has_its_reason(question):
    machine = key(question).machine
    offered = {
        f"{group}:{option}" for group, options in machine.groups.items() for option in options
    }
    assert set(machine.why) == offered


@pytest.mark.parametrize("question", TABLES)
def test_every_cell_has_its_reason(question):
    assert all(cell.why.endswith(".") for cell in key(question).machine.cells)


def test_every_name_has_its_reason():
    assert all(span.why.endswith(".") for span in key("q1").machine.spans)


@pytest.mark.parametrize("question", ["q3", "q6"])
def test_one_option_in_every_column_earns_nothing(question):
    columns = asked(question).columns
    for options in product(*([option.id for option in column.options] for column in columns)):
        column = {column.id: option for column, option in zip(columns, options, strict=True)}
        assert earned(question, filled(question, column=column)) == 0


@pytest.mark.parametrize("error", tempting(), ids=lambda e: f"{e['question']}: {e['mistake'][:40]}")
def test_a_tempting_wrong_answer_earns_what_its_row_says(error):
    points = earned(error["question"], payload_of(error))
    assert points == pytest.approx(error["earns"], abs=0.006)
    assert points < asked(error["question"]).points


def test_every_machine_marked_question_has_a_tempting_wrong_answer():
    marked = {q.id for q in definition("ex06").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    path = course_folder() / "solutions" / "ex06-words-that-frame.ipynb"
    cells = [cell["source"] for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]]
    prose = "".join("".join(source) for source in cells)
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_samples_of_the_teaching_guide_have_four_two_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex06-words-that-frame.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["4", "2", "1"]


def test_the_articles_of_the_exercise_are_those_that_the_list_says():
    graded = (course_folder() / "solutions" / "graded.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in graded.splitlines() if line.startswith("ex06,")]
    assert {line[2] for line in lines} == {"002", "003"} <= set(articles)
    assert {line[1] for line in lines} == set(definition("ex06").questions)
