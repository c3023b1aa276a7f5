"""ex03 and its key: full marks for every accepted answer, the stated points for tempting errors."""

from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.analysis.voices import words_in
from briefing.corpus import articles, course_folder
from briefing.course.solved import model_answers
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.scoring import score_question
from briefing.keys.tables import attribution

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")


def asked(question):
    return definition("ex03").questions[question]


def model():
    return model_answers(definition("ex03"), exercise_key("ex03"))


def earned(question, payload, answers=None):
    key = exercise_key("ex03")[question]
    result = score_question(asked(question), key, payload, answers or model())
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def labels(changed=None):
    given = {key.sentence: key.label for key in exercise_key("ex03")["q1"].machine.sentences}
    return {
        "kind": "labels",
        "article": "003",
        "labels": {s: {"source_kind": label} for s, label in (given | (changed or {})).items()},
    }


def labelled_as(label):
    return [k.sentence for k in exercise_key("ex03")["q1"].machine.sentences if k.label == label]


def shares(entered):
    return {"kind": "table", "rows": {row: {"share": value} for row, value in entered.items()}}


def choice(chosen):
    return {"kind": "choice", "chosen": list(chosen)}


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex03-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    if "chosen" in error:
        return choice(error["chosen"])
    if "shares" in error:
        return shares(error["shares"])
    if "all" in error:
        return labels(dict.fromkeys(asked("q1").sentences, error["all"]))
    return labels(error["labels"])


def words_by(kind_of):
    """Words of the story by a kind of each of its sentences; `kind_of` sees the key's row."""
    found = {}
    for row in attribution():
        if row.article == "003" and row.voice:
            kind = kind_of(row)
            words = words_in(articles["003"].words(row.sentence))
            found[kind] = found.get(kind, 0) + words
    return found


def solution_prose():
    path = course_folder() / "solutions" / "ex03-counting-the-voices.ipynb"
    cells = loads_json(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex03")
    assert [question.points for question in exercise.question] == [4, 5, 2, 2, 2, 1, 4]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    assert sum(criterion.points for criterion in exercise_key("ex03")["q7"].rubric) == 4


def test_q1_asks_for_every_sentence_that_is_credited_on_the_strict_reading():
    credited = [r.sentence for r in attribution() if r.article == "003" and r.voice == "attributed"]
    assert asked("q1").sentences == credited
    assert len(credited) == 10


def test_the_model_answers_earn_every_point_that_a_machine_gives():
    answers = model()
    for question in definition("ex03").question:
        if question.marked == "machine":
            assert earned(question.id, answers[question.id], answers) == question.points


def test_q1_a_name_and_no_name_are_never_near():
    unnamed = labelled_as("unnamed_official")
    as_person = earned("q1", labels(dict.fromkeys(unnamed, "named_official")))
    as_body = earned("q1", labels(dict.fromkeys(unnamed, "institution")))
    assert as_person < as_body < asked("q1").points


def test_q1_one_slip_costs_little_more_than_a_point():
    offered = [label.id for label in asked("q1").labels]
    slips = [
        4 - earned("q1", labels({key.sentence: other}))
        for key in exercise_key("ex03")["q1"].machine.sentences
        for other in offered
        if other != key.label
    ]
    assert 0 < min(slips) < max(slips) < 1.34


def test_q2_the_solution_prints_what_the_key_s_labels_add_up_to():
    kinds = words_by(lambda row: row.source_kind)
    uncredited = kinds.pop("")
    assert sum(kinds.values()) == 250
    share = {kind: 100 * words / 250 for kind, words in kinds.items()}
    assert [round(share[k], 1) for k in ("institution", "unnamed_official", "other_media")] == [
        62.8, 25.2, 12.0,
    ]  # fmt: skip
    prose = solution_prose()
    assert f"{kinds['institution']} of them (62.8%)" in prose.replace("\n", " ")
    whole = sum(kinds.values()) + uncredited
    assert f"*all* {whole} words" in prose
    assert f"{round(100 * uncredited / whole)}% ({uncredited} words)" in prose.replace("\n", " ")


def test_q2_the_solution_prints_the_inherited_shares_too():
    kinds = words_by(lambda row: (row.also("source_kind") or (row.source_kind,))[0])
    assert "" not in kinds
    whole = sum(kinds.values())
    prose = " ".join(solution_prose().split())
    told = {
        kind: f"{round(100 * words / whole)}% ({words}"
        for kind, words in kinds.items()
    }  # fmt: skip
    assert all(said in prose for said in told.values()), told


def test_q2_counting_rightly_by_labels_that_differ_from_the_key_is_right():
    (paper,) = labelled_as("other_media")
    answers = model() | {"q1": labels({paper: "unnamed_official"})}
    by_own = {"person": 0, "institution": 63, "unnamed": 37, "together": 100, "media": 0}
    assert earned("q2", shares(by_own), answers) == 5
    by_key = {"person": 0, "institution": 63, "unnamed": 25, "together": 88, "media": 12}
    assert earned("q2", shares(by_key), answers) < 5


KINDS = {
    "person": "named_official",
    "institution": "institution",
    "unnamed": "unnamed_official",
    "media": "other_media",
}


def uncounted(given, entered):
    """What question 2 earns by labels `given` in question 1 and no others."""
    one = labels() | {"labels": {name: {"source_kind": kind} for name, kind in given.items()}}
    key = exercise_key("ex03")["q2"]
    return score_question(asked("q2"), key, shares(entered), {"q1": one})


@pytest.mark.parametrize("many", [1, 10])
@pytest.mark.parametrize("kind", KINDS.values())
def test_q2_one_label_and_no_counting_earn_nothing(kind, many):
    entered = {row: 100 * (one == kind) for row, one in KINDS.items()}
    entered["together"] = entered["institution"] + entered["unnamed"]
    result = uncounted(dict.fromkeys(asked("q1").sentences[:many], kind), entered)
    assert (result.score, result.found) == (0, 5)
    assert "they show nothing" in result.notes[0]


def test_q2_two_labels_and_nothing_but_0_and_100_earn_nothing():
    first, second, *_ = asked("q1").sentences
    given = {first: "institution", second: "unnamed_official"}
    assert uncounted(given, {"person": 0, "together": 100, "media": 0}).score == 0


def test_q2_one_point_up_or_down_and_a_written_percent_sign_are_right():
    entered = {
        "person": "0 %",
        "institution": "62,8%",
        "unnamed": 26,
        "together": "88",
        "media": 11,
    }
    assert earned("q2", shares(entered)) == 5


@pytest.mark.parametrize("question", ["q3", "q4", "q5", "q6"])
def test_a_choice_pays_for_fitting_pairs_and_for_nothing_else(question):
    groups = exercise_key("ex03")[question].machine.groups
    paid = []
    for pair in product(*groups.values()):
        chosen = [f"{group}:{option}" for group, option in zip(groups, pair, strict=True)]
        points = earned(question, choice(chosen))
        assert points in (0, asked(question).points)
        if points:
            paid.append(pair)
    assert all(first != second for first, second in paid)
    assert len(paid) == (3 if question == "q4" else 1)


@pytest.mark.parametrize("question", ["q3", "q4", "q5", "q6"])
def test_every_option_has_its_reason(question):
    machine = exercise_key("ex03")[question].machine
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
    marked = {q.id for q in definition("ex03").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    prose = solution_prose()
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_samples_of_the_teaching_guide_have_four_two_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex03-counting-the-voices.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample answers")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["4", "2", "1"]
