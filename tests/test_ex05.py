"""ex05 and its key: full marks for every accepted answer, the stated points for tempting errors."""

from itertools import product
from json import loads as loads_json
from tomllib import loads

import pytest

from briefing.corpus import any_article, articles, course_folder, evidence, find_words, timing
from briefing.course.solved import model_answers
from briefing.keys import has_solutions
from briefing.keys.definitions import definition
from briefing.keys.keyfiles import exercise_key
from briefing.keys.omissions import GATES, omissions
from briefing.keys.own_card import card_gates
from briefing.keys.scoring import score_question

pytestmark = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")

CARDS = ["q1", "q2"]
OWN = ["q5", "q6"]
SETTLED = {row.id: row for row in omissions()} if has_solutions() else {}
ROWS = {row["id"]: row for row in evidence()}


def asked(question):
    return definition("ex05").questions[question]


def key(question):
    return exercise_key("ex05")[question]


def earned(question, payload):
    result = score_question(asked(question), key(question), payload)
    assert result.status == "marked", result.notes
    assert not result.notes
    return result.earned


def model(question):
    return model_answers(definition("ex05"), exercise_key("ex05"))[question]


def decided(question, changed=None, everywhere=None):
    cards = {card: dict(given) for card, given in model(question)["cards"].items()}
    for card, given in (changed or {}).items():
        cards[card] |= given
    for given in cards.values():
        given |= everywhere or {}
    return {"kind": "cards", "cards": cards}


def filled(question, cells):
    rows = {row: dict(given) for row, given in model(question)["rows"].items()}
    for row, given in cells.items():
        rows[row] |= given
    return {"kind": "table", "rows": rows}


def tempting():
    path = course_folder() / "solutions" / "keys" / "ex05-tempting.toml"
    return loads(path.read_text(encoding="utf-8"))["tempting"] if path.is_file() else []


def payload_of(error):
    if "chosen" in error:
        return {"kind": "choice", "chosen": error["chosen"]}
    if "cells" in error:
        return filled(error["question"], error["cells"])
    return decided(error["question"], error.get("cards"), error.get("all"))


def test_points_are_twenty_shared_as_planned():
    exercise = definition("ex05")
    assert [question.points for question in exercise.question] == [4, 4, 1, 1, 5, 5]
    assert exercise.points == sum(question.points for question in exercise.question) == 20
    for question in OWN:
        assert [criterion.points for criterion in key(question).rubric] == [2, 2, 1]


@pytest.mark.parametrize("question", [*CARDS, "q3", "q4"])
def test_the_model_answer_gets_full_marks(question):
    assert earned(question, model(question)) == asked(question).points


@pytest.mark.parametrize("question", CARDS)
def test_each_card_is_the_settled_one_with_its_verdict_and_its_gate(question):
    for card, right in zip(asked(question).cards, key(question).machine.cards, strict=True):
        row = SETTLED[card.id]
        sentence = next(s for s in articles[row.article].segments if s.id == card.sentence)
        assert sentence.span.contains(row.span)
        assert (card.article, card.boxes[0].text) == (row.article, row.missing)
        assert right.card == card.id
        assert right.decision == row.decision
        assert not right.also
        assert right.gates[0] == row.gate
        assert right.why
        assert right.gate_why


@pytest.mark.parametrize("question", CARDS)
def test_half_of_the_cards_are_accepted_and_no_gate_decides_two(question):
    cards = key(question).machine.cards
    assert [card.decision for card in cards].count("accept") * 2 == len(cards) == 4
    assert len({card.gates for card in cards}) == 4


def test_the_gates_are_offered_by_the_names_of_the_key():
    for question in CARDS:
        assert {gate.id: gate.name for gate in asked(question).gates} == GATES


def test_something_is_fine_something_cannot_be_told_and_something_is_plausible():
    shown = [SETTLED[card.id] for question in CARDS for card in asked(question).cards]
    assert {"all", "absent", "date", "evidence", "material", "rival"} == {row.gate for row in shown}
    assert {"established", "plausible", "not_shown"} == {row.verdict for row in shown}


@pytest.mark.parametrize("question", CARDS)
def test_the_boxes_say_what_was_searched_and_which_rows_are_named(question):
    for card in asked(question).cards:
        row, boxes = SETTLED[card.id], {box.name: box.text for box in card.boxes}
        named = boxes["Known before?"]
        assert [name for name in sorted(ROWS) if name in named] == sorted(row.rows)
        searched = boxes["Searched for"]
        words = searched.partition(":")[0].partition(".")[0].split(", ")
        found = {one.segment for one in find_words(articles[row.article], words)}
        assert ("nowhere in the story" in searched) == (not found)
        assert all(segment.partition(".")[2] in searched for segment in found)


@pytest.mark.parametrize("question", CARDS)
def test_no_box_gives_the_verdict_or_the_reason(question):
    for card in asked(question).cards:
        told = " ".join(box.text for box in card.boxes).lower()
        right = next(one for one in key(question).machine.cards if one.card == card.id)
        assert "the same" not in told
        assert not {"established", "plausible", "not shown"} & set(told.split())
        assert SETTLED[card.id].why.lower() not in told
        assert right.why.lower() not in told
        assert right.gate_why.lower() not in told


@pytest.mark.parametrize("question", CARDS)
def test_every_accepted_gate_is_paid_in_full_and_no_other(question):
    for card in key(question).machine.cards:
        for gate in GATES:
            points = earned(question, decided(question, {card.card: {"gate": gate}}))
            assert (points == 4) == (gate in card.gates)


@pytest.mark.parametrize("question", CARDS)
def test_one_answer_for_every_card_earns_at_most_a_fifth(question):
    for decision, gate in product(("accept", "reject"), (*GATES, "")):
        points = earned(
            question, decided(question, everywhere={"decision": decision, "gate": gate})
        )
        assert points <= 0.2 * 4


def test_the_lanes_are_those_of_the_date_rule():
    for row, given in model("q3")["rows"].items():
        name = next(one.name for one in asked("q3").rows if one.id == row)
        article = name.removeprefix("Beside ").partition(":")[0]
        assert given["lane"] == timing(ROWS[row]["date"], articles[article].published).lane
        assert row in name
    lanes = [given["lane"] for given in model("q3")["rows"].values()]
    assert sorted(lanes) == sorted(["before", "same_day", "later"] * 2)


def test_the_choice_pays_for_one_pair_and_for_nothing_else():
    groups = key("q4").machine.groups
    paid = []
    for pair in product(*groups.values()):
        chosen = [f"{group}:{option}" for group, option in zip(groups, pair, strict=True)]
        if earned("q4", {"kind": "choice", "chosen": chosen}):
            paid.append(pair)
    ((truth, use),) = paid
    assert truth != use
    offered = {f"{group}:{option}" for group, options in groups.items() for option in options}
    assert set(key("q4").machine.why) == offered


@pytest.mark.parametrize("question", OWN)
def test_the_model_card_passes_the_gates_that_a_machine_can_try(question):
    (cells,) = model(question)["rows"].values()
    assert set(cells) == {column.id for column in asked(question).columns}
    gates = card_gates(any_article(asked(question).article), cells)
    assert [gate.id for gate in gates] == ["sentence", "absent", "date", "verdict"]
    assert all(gate.state in ("holds", "limits") for gate in gates), gates


@pytest.mark.parametrize("question", OWN)
def test_the_model_card_is_a_settled_one_that_no_question_shows(question):
    (cells,) = model(question)["rows"].values()
    shown = {card.id for name in CARDS for card in asked(name).cards}
    fit = [
        row
        for row in SETTLED.values()
        if set(row.rows) & set(cells["row"].split(", ")) == set(cells["row"].split(", "))
        and row.article == asked(question).article
    ]
    assert fit
    assert not {row.id for row in fit} & shown
    assert cells["verdict"] in {row.verdict for row in fit}


@pytest.mark.parametrize("error", tempting(), ids=lambda e: f"{e['question']}: {e['mistake'][:40]}")
def test_a_tempting_wrong_answer_earns_what_its_row_says(error):
    points = earned(error["question"], payload_of(error))
    assert points == pytest.approx(error["earns"], abs=0.006)
    assert points < asked(error["question"]).points


def test_every_machine_marked_question_has_a_tempting_wrong_answer():
    marked = {q.id for q in definition("ex05").question if q.marked == "machine"}
    assert {error["question"] for error in tempting()} == marked


def prose_of(path):
    cells = loads_json((course_folder() / path).read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def test_the_solution_takes_on_every_tempting_wrong_answer_with_its_points():
    prose = prose_of("solutions/ex05-what-the-briefing-leaves-out.ipynb")
    for error in tempting():
        points = asked(error["question"]).points
        assert (
            f"| {error['mistake']} | {error['earns']:g} of {points:g} | {error['why']} |" in prose
        )


def test_the_exercise_shows_every_row_that_its_cards_name():
    prose = prose_of("exercises/ex05-what-the-briefing-leaves-out.ipynb")
    for question in CARDS:
        for card in asked(question).cards:
            assert all(f'"{name}"' in prose for name in SETTLED[card.id].rows)


def test_the_samples_of_the_teaching_guide_have_five_three_and_one_point():
    path = course_folder() / "solutions" / "teaching-guide" / "ex05-what-the-briefing-leaves-out.md"
    samples = path.read_text(encoding="utf-8").partition("### Three sample cards")[2]
    found = [line[2] for line in samples.splitlines() if line.startswith("**") and "point" in line]
    assert found == ["5", "3", "1"]


def test_the_articles_of_the_exercise_are_those_that_the_list_says():
    graded = (course_folder() / "solutions" / "graded.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in graded.splitlines() if line.startswith("ex05,")]
    assert {row[2] for row in rows} == {"001", "004"}
    assert {row[1] for row in rows} == {"q1", "q2", "q3", "q5", "q6"}
    assert {row[3] for row in rows} == {"omission"}
