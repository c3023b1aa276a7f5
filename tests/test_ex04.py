"""ex04 and its key: full marks for every accepted answer, the stated points for tempting errors."""

import re
from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import articles, course_folder
from briefing.course.solved import model_answers
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.scoring import score_question
from briefing.keys.tables import numbers

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

CHOICES = ["q2", "q3", "q4", "q6", "q7"]
TABLES = ["q1", "q5"]


def asked(question):
    return definition("ex04").questions[question]


def key(question):
    return exercise_key("ex04")[question]


def earned(question, payload):
    result = score_question(asked(question), key(question), payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def model(question):
    return model_answers(definition("ex04"), exercise_key("ex04"))[question]


def filled(question, cells=None, column=None):
    rows = {row: dict(given) for row, given in model(question)["rows"].items()}
    for row, given in (cells or {}).items():
        rows[row] |= given
    for name, option in (column or {}).items():
        for given in rows.values():
            given[name] = option
    return {"kind": "table", "rows": rows}


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex04-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    if "chosen" in error:
        return {"kind": "choice", "chosen": error["chosen"]}
    return filled(error["question"], error.get("cells"), error.get("column"))


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex04")
    assert [question.points for question in exercise.question] == [5, 2, 1, 1, 4, 2, 1, 4]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert sum(criterion.points for criterion in key("q8").rubric) == 4


@pytest.mark.parametrize("question", [*TABLES, *CHOICES])
def test_the_model_answer_gets_full_marks(question):
    assert earned(question, model(question)) == asked(question).points


def test_every_row_of_the_ledger_shows_the_figure_of_its_row_in_the_key():
    ledger = {row.id: row for row in numbers()}
    for row in asked("q1").rows:
        assert row.span == [ledger[row.id].start, ledger[row.id].end]


def test_the_key_of_q1_says_what_the_ledger_says():
    said = {"flown", "destroyed", "hit"}
    who = {"general_staff": "staff", "kartapolov": "kartapolov", "outlet": "outlet"}
    ledger = {row.id: row for row in numbers()}
    for row, given in model("q1")["rows"].items():
        assert given["said"] == ledger[row].counted_as
        assert given["said"] in said
        assert given["who"] == who[ledger[row].asserted_by]
        assert given["since"] == ("start" if "/" in ledger[row].since else "today")


@pytest.mark.parametrize("question", TABLES)
def test_every_accepted_option_of_a_cell_is_paid_in_full(question):
    for cell in key(question).machine.cells:
        for option in cell.right:
            assert earned(question, filled(question, {cell.row: {cell.column: option}})) == (
                asked(question).points
            )


def test_a_cell_with_two_right_answers_is_one_on_which_the_passes_differ():
    open_cells = [cell for cell in key("q5").machine.cells if len(cell.right) > 1]
    assert len(open_cells) == 1


def test_something_is_fine_and_something_cannot_be_told():
    said = set()
    for question in CHOICES:
        group = asked(question).choice_groups[0]
        way = key(question).machine.accepted[0]
        said |= {option.text for option in group.options if option.id == way[group.id]}
    assert {"It adds up", "We cannot tell", "It does not add up"} <= said


@pytest.mark.parametrize("question", CHOICES)
def test_a_choice_pays_for_one_reason_and_for_nothing_else(question):
    groups = key(question).machine.groups
    paid = []
    for pair in product(*groups.values()):
        chosen = [f"{group}:{option}" for group, option in zip(groups, pair, strict=True)]
        points = earned(question, {"kind": "choice", "chosen": chosen})
        assert points in (0, asked(question).points)
        if points:
            paid.append(pair)
    assert len(paid) == (2 if question == "q3" else 1)
    assert len({reason for _, reason in paid}) == 1
    assert all(verdict != reason for verdict, reason in paid)


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


@pytest.mark.parametrize("question", TABLES)
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
    marked = {q.id for q in definition("ex04").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    path = course_folder() / "solutions" / "ex04-checking-the-numbers.ipynb"
    cells = [cell["source"] for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]]
    prose = "".join("".join(source) for source in cells)
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


NUMBER = r"\d[\d,]*(?:\.\d+)?"
SUM = re.compile(rf"({NUMBER}(?: [+×−-] {NUMBER})+) (?:=|make) ({NUMBER})")
PAGES = [
    "solutions/ex04-checking-the-numbers.ipynb",
    "solutions/teaching-guide/04-checking-the-numbers.md",
    "solutions/teaching-guide/ex04-checking-the-numbers.md",
    "solutions/hard-cases.md",
    "solutions/keys/ex04.toml",
    "data/keys/lesson04.toml",
    "notebooks/04-checking-the-numbers.ipynb",
]


def result_of(written):
    total, sign = None, "+"
    for piece in written.split():
        if piece in "+×−-":
            sign = piece
            continue
        number = float(piece.replace(",", ""))
        match sign:
            case _ if total is None:
                total = number
            case "+":
                total += number
            case "×":
                total *= number
            case _:
                total -= number
    return total


def test_a_wrong_sum_would_be_noticed():
    assert result_of("2,000 + 84 − 4") == 2080
    assert result_of("3 × 1.5") == 4.5


@pytest.mark.parametrize("page", PAGES)
def test_the_sums_that_are_printed_are_right(page):
    text = (course_folder() / page).read_text(encoding="utf-8")
    for written, result in SUM.findall(text):
        assert result_of(written) == pytest.approx(float(result.replace(",", ""))), written


def test_sums_are_printed_at_all():
    texts = [(course_folder() / page).read_text(encoding="utf-8") for page in PAGES]
    assert sum(len(SUM.findall(text)) for text in texts) > 12


def test_the_samples_of_the_teaching_guide_have_four_two_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex04-checking-the-numbers.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["4", "2", "1"]


def test_the_articles_of_the_exercise_are_those_that_the_list_says():
    graded = (course_folder() / "solutions" / "graded.csv").read_text(encoding="utf-8")
    found = {line.split(",")[2] for line in graded.splitlines() if line.startswith("ex04,")}
    assert found == {"001", "003", "004"} <= set(articles)
