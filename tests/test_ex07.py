"""ex07 and its key: full marks for every accepted answer, the stated points for tempting errors."""

from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import articles, course_folder, practice
from briefing.course.solved import model_answers
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.frames import cells, frame_passes, frames
from briefing.keys.keyfiles import exercise_key
from briefing.keys.scoring import score_question

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

CHOICES = ["q2", "q3", "q4"]


def asked(question):
    return definition("ex07").questions[question]


def key(question):
    return exercise_key("ex07")[question]


def earned(question, payload):
    result = score_question(asked(question), key(question), payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def model(question):
    return model_answers(definition("ex07"), exercise_key("ex07"))[question]


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex07-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    question = error["question"]
    if "chosen" in error:
        return {"kind": "choice", "chosen": error["chosen"]}
    if "matrix" in error:
        return {"kind": "matrix", "cells": {**model(question)["cells"], **error["matrix"]}}
    rows = {row: dict(given) for row, given in model(question)["rows"].items()}
    for row, given in error.get("cells", {}).items():
        rows[row] |= given
    for name, option in error.get("column", {}).items():
        for given in rows.values():
            given[name] = option
    return {"kind": "table", "rows": rows}


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex07")
    assert [question.points for question in exercise.question] == [8, 2, 2, 1, 2, 5]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert [criterion.points for criterion in key("q6").rubric] == [1] * 5


@pytest.mark.parametrize("question", ["q1", *CHOICES, "q5"])
def test_the_model_answer_gets_full_marks(question):
    assert earned(question, model(question)) == asked(question).points


def test_the_matrix_says_of_the_articles_what_the_frames_key_says():
    known = cells(frames())
    compared = 0
    for cell in key("q1").machine.cells:
        if cell.article in articles:
            there = known[cell.article, cell.function]
            assert cell.present == there.present
            assert cell.spans == tuple(sorted((span.start, span.end) for span in there.spans))
            compared += 1
    assert compared == 8


def test_every_cell_has_its_reason_and_its_places_are_in_the_story():
    for cell in key("q1").machine.cells:
        assert cell.why.endswith(".")
        text = {**articles, **practice}[cell.article]
        for start, end in cell.spans:
            assert any(s.span.start <= start and end <= s.span.end for s in text.sentences)


@pytest.mark.parametrize("maker", ["a", "b"])
def test_each_key_makers_own_answer_earns_full_marks(maker):
    given = cells(frame_passes()[maker])
    answer = {
        cell.id: {
            "present": given[cell.article, cell.function].present,
            "spans": [[s.start, s.end] for s in given[cell.article, cell.function].spans],
        }
        for cell in key("q1").machine.cells
        if cell.article in articles
    }
    assert earned("q1", {"kind": "matrix", "cells": model("q1")["cells"] | answer}) == 8


def test_one_place_of_the_key_is_enough_in_every_cell():
    for cell in key("q1").machine.cells:
        for span in cell.spans:
            given = {**model("q1")["cells"], cell.id: {"present": True, "spans": [list(span)]}}
            assert earned("q1", {"kind": "matrix", "cells": given}) == 8


def test_the_sentence_around_a_place_is_taken_for_it():
    taken = tried = 0
    for cell in key("q1").machine.cells:
        text = {**articles, **practice}[cell.article]
        for start, end in cell.spans:
            sentence = next(s.span for s in text.sentences if s.span.start <= start < s.span.end)
            assert end <= sentence.end
            spans = [[sentence.start, sentence.end]]
            given = {**model("q1")["cells"], cell.id: {"present": True, "spans": spans}}
            taken += earned("q1", {"kind": "matrix", "cells": given}) == 8
            tried += 1
    assert taken == tried


def test_there_is_a_no_and_no_single_cell_decides_half_the_question():
    noes = [cell for cell in key("q1").machine.cells if not cell.present]
    assert len(noes) >= 3
    for cell in noes:
        turned = {**model("q1")["cells"], cell.id: {"present": True, "spans": []}}
        assert earned("q1", {"kind": "matrix", "cells": turned}) >= 6


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
    ((one, other),) = paid
    assert one != other


@pytest.mark.parametrize("question", CHOICES)
def test_every_option_has_its_reason(question):
    machine = key(question).machine
    offered = {
        f"{group}:{option}" for group, options in machine.groups.items() for option in options
    }
    assert set(machine.why) == offered


def test_one_option_in_every_column_earns_nothing():
    columns = asked("q5").columns
    for options in product(*([option.id for option in column.options] for column in columns)):
        column = {column.id: option for column, option in zip(columns, options, strict=True)}
        assert earned("q5", payload_of({"question": "q5", "column": column})) == 0


def test_a_cell_of_the_table_is_worth_a_quarter_of_a_point_or_all_its_column():
    for cell in key("q5").machine.cells:
        wrong = next(option for option in cell.options if option not in cell.right)
        lost = 2 - earned(
            "q5", payload_of({"question": "q5", "cells": {cell.row: {cell.column: wrong}}})
        )
        assert 0.25 <= lost <= 0.5


@pytest.mark.parametrize("error", tempting(), ids=lambda e: f"{e['question']}: {e['mistake'][:40]}")
def test_a_tempting_wrong_answer_earns_what_its_row_says(error):
    points = earned(error["question"], payload_of(error))
    assert points == pytest.approx(error["earns"], abs=0.006)
    assert points < asked(error["question"]).points


def test_every_machine_marked_question_has_a_tempting_wrong_answer():
    marked = {q.id for q in definition("ex07").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    path = course_folder() / "solutions" / "ex07-one-war-three-outlets.ipynb"
    found = [cell["source"] for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]]
    prose = "".join("".join(source) for source in found)
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_solution_names_the_sentences_of_the_key():
    path = course_folder() / "solutions" / "ex07-one-war-three-outlets.ipynb"
    prose = "".join(
        "".join(cell["source"]) for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]
    )
    for name in asked("q1").articles:
        text = {**articles, **practice}[name]
        row = next(line for line in prose.splitlines() if line.startswith(f"| {name} | "))
        said = [piece.strip() for piece in row.split("|")[2:6]]
        made = [cell for cell in key("q1").machine.cells if cell.article == name]
        for words, cell in zip(said, made, strict=True):
            places = [
                s.id.partition(".")[2]
                for s in text.sentences
                if any(s.span.start <= start < s.span.end for start, _ in cell.spans)
            ]
            assert ("**no**" in words) == (not places)
            assert [
                word.strip(",")
                for word in words.split()
                if word.startswith("s") and word[1:3].isdigit()
            ] == places


def test_the_samples_of_the_teaching_guide_have_five_three_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex07-one-war-three-outlets.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["5", "3", "1"]


def test_the_articles_of_the_exercise_are_those_that_the_list_says():
    graded = (course_folder() / "solutions" / "graded.csv").read_text(encoding="utf-8")
    found = {line.split(",")[2] for line in graded.splitlines() if line.startswith("ex07,")}
    assert found == {"001", "003"}
