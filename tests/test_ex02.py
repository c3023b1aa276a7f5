"""ex02 and its key: full marks for every accepted reading, the stated points for tempting errors."""

from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import articles, course_folder
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.marks import SpanStatus
from briefing.keys.scoring import score_question
from briefing.keys.tables import attribution

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

RUNS = {row.run: [row.sentence] for row in attribution() if row.article == "001" and row.run}


def asked(question):
    return definition("ex02").questions[question]


def earned(question, payload):
    result = score_question(asked(question), exercise_key("ex02")[question], payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def labels(question, given):
    field = asked(question).field
    return {
        "kind": "labels",
        "article": "001",
        "labels": {sentence: {field: label} for sentence, label in given.items()},
    }


def strict(question):
    return {key.sentence: key.label for key in exercise_key("ex02")[question].machine.sentences}


def key_spans(drop=(), extra=()):
    for span in exercise_key("ex02")["q2"].machine.spans:
        if (span.status is SpanStatus.REQUIRED and span.id not in drop) or span.id in extra:
            yield span


def marks(drop=(), extra=(), links=True):
    made = []
    spans = list(key_spans(drop, extra))
    for span in spans:
        mark = {"id": span.id, "start": span.start, "end": span.end, "label": span.label}
        sources = [s.id for s in spans if s.label == "source" and s.sentence == span.sentence]
        if links and span.label == "cue" and sources:
            mark["source"] = sources[0]
        made.append(mark)
    return {"kind": "marks", "article": "001", "marks": made}


def choice(chosen):
    return {"kind": "choice", "chosen": list(chosen)}


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex02-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    question = error["question"]
    if "chosen" in error:
        return choice(error["chosen"])
    if asked(question).kind == "marks":
        return marks(error.get("drop", ()), error.get("extra", ()), error.get("links", True))
    given = strict(question)
    if "all" in error:
        given = dict.fromkeys(given, error["all"])
    return labels(question, given | error.get("labels", {}))


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex02")
    assert [question.points for question in exercise.question] == [7, 4, 3, 2, 1, 3]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert sum(criterion.points for criterion in exercise_key("ex02")["q6"].rubric) == 3


def test_q1_asks_for_every_sentence_of_the_story():
    assert list(strict("q1")) == [s.id for s in articles["001"].sentences]
    runs = {key.run: key.sentence for key in exercise_key("ex02")["q1"].machine.sentences}
    assert {run: [sentence] for run, sentence in runs.items() if run} == RUNS
    assert len(RUNS) == 2


@pytest.mark.parametrize("readings", list(product(["outlet", "attributed"], repeat=len(RUNS))))
def test_q1_every_reading_of_every_run_gets_full_marks(readings):
    given = strict("q1")
    for run, reading in zip(RUNS, readings, strict=True):
        given |= dict.fromkeys(RUNS[run], reading)
    assert earned("q1", labels("q1", given)) == 7


def test_q2_and_q3_the_key_gets_full_marks():
    assert earned("q2", marks()) == pytest.approx(4)
    assert earned("q3", labels("q3", strict("q3"))) == 3


def test_q3_holds_two_direct_three_indirect_and_one_mixed():
    kinds = sorted(strict("q3").values())
    assert kinds == ["direct"] * 2 + ["indirect"] * 3 + ["mixed"]


@pytest.mark.parametrize("question", ["q4", "q5"])
def test_a_choice_pays_for_a_fitting_pair_and_for_nothing_else(question):
    groups = exercise_key("ex02")[question].machine.groups
    paid = []
    for pair in product(*groups.values()):
        chosen = [f"{group}:{option}" for group, option in zip(groups, pair, strict=True)]
        points = earned(question, choice(chosen))
        assert points in (0, asked(question).points)
        if points:
            paid.append(pair)
    assert all(first != second for first, second in paid)
    assert len(paid) == (3 if question == "q4" else 1)
    if question == "q4":
        # Each reading is right with one reason, and no reason serves two readings.
        assert {first for first, _ in paid} == set(groups["reading"])
        assert len({second for _, second in paid}) == 3


def test_q4_an_open_reading_is_never_called_wrong():
    machine = exercise_key("ex02")["q4"].machine
    for reading, effect in product(machine.groups["reading"], machine.groups["changes"]):
        result = score_question(
            asked("q4"),
            exercise_key("ex02")["q4"],
            choice([f"reading:{reading}", f"changes:{effect}"]),
        )
        said = {item.target: item.verdict for item in result.items}
        assert said[f"reading:{reading}"] == "right"


@pytest.mark.parametrize("question", ["q4", "q5"])
def test_every_option_has_its_reason(question):
    machine = exercise_key("ex02")[question].machine
    offered = {
        f"{group}:{option}" for group, options in machine.groups.items() for option in options
    }
    assert set(machine.why) == offered


@pytest.mark.parametrize("error", tempting(), ids=lambda e: f"{e['question']}: {e['mistake'][:40]}")
def test_a_tempting_wrong_answer_earns_what_its_row_says(error):
    points = earned(error["question"], payload_of(error))
    assert points == pytest.approx(error["earns"], abs=0.006)
    assert points < asked(error["question"]).points


def test_every_machine_marked_question_has_a_tempting_wrong_answer():
    marked = {q.id for q in definition("ex02").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


@pytest.mark.parametrize("label", ["source", "cue"])
def test_q2_marking_every_sentence_whole_earns_next_to_nothing(label):
    segments = [articles["001"].segment(sentence) for sentence in asked("q2").sentences]
    made = [
        {"id": s.id, "start": s.span.start, "end": s.span.end, "label": label} for s in segments
    ]
    assert earned("q2", {"kind": "marks", "article": "001", "marks": made}) <= 0.2 * 4


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    path = course_folder() / "solutions" / "ex02-who-says-so.ipynb"
    cells = [cell["source"] for cell in loads_json(path.read_text(encoding="utf-8"))["cells"]]
    prose = "".join("".join(source) for source in cells)
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_samples_of_the_teaching_guide_have_three_two_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex02-who-says-so.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["3", "2", "1"]
