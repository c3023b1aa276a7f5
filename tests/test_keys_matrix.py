"""The score of a matrix: its formula, what guessing and painting earn, and what must always hold."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from thoughtless_matrix import filled, right_and_wrong, thoughtless_matrices

from briefing.answers import is_empty
from briefing.corpus import articles
from briefing.keys import Question, QuestionKey, Status, Verdict, score_question
from briefing.keys.definitions import DefinitionError
from briefing.keys.feedback import feedback
from briefing.keys.keyfiles import Entry
from briefing.keys.matrix import score_matrix
from briefing.keys.matrix_key import matrix_key
from briefing.keys.progress import unfinished

QUESTION = msgspec.convert(
    {
        "id": "q1",
        "kind": "matrix",
        "points": 6,
        "title": "Four functions",
        "articles": ["000", "004"],
        "functions": [
            {"id": "problem", "name": "Problem"},
            {"id": "cause", "name": "Cause"},
            {"id": "judgement", "name": "Judgement"},
            {"id": "remedy", "name": "Remedy"},
        ],
    },
    Question,
)


def span(name, first=0, last=None):
    """Some words of a sentence, by the place of the first and the one after the last."""
    at = articles[name.partition(".")[0]].segment(name).span
    return [at.start + first, at.end if last is None else at.start + last]


# Not the course's key: places in two texts, taken to try the scoring out.
CELLS = {
    "000/problem": {"present": True, "spans": [span("000.s07"), span("000.s10", 5, 60)]},
    "000/cause": {"present": False, "why": "Nobody is named."},
    "000/judgement": {"present": True, "spans": [span("000.s09", 0, 50)], "why": "A word."},
    "000/remedy": {"present": False},
    "004/problem": {"present": True, "spans": [span("004.s08")]},
    "004/cause": {"present": True, "spans": [span("004.s09")]},
    "004/judgement": {"present": False},
    "004/remedy": {"present": False},
}
MACHINE = matrix_key(QUESTION, CELLS)
KEY = QuestionKey(MACHINE)


def answer(**changed):
    cells, _ = right_and_wrong(MACHINE)
    return {"kind": "matrix", "cells": {**cells["cells"], **changed}}


def score(payload):
    return score_question(QUESTION, KEY, payload)


def test_the_key_is_full_marks_and_says_so():
    result = score(answer())
    assert (result.score, result.found, result.of) == (1, 8, 8)
    told = feedback(QUESTION, KEY, answer())
    assert "You got 8 of 8 cells right." in told["summary"]
    assert "full marks" in told["summary"]
    assert told["final"]


@pytest.mark.parametrize(
    ("name", "payload"),
    list(thoughtless_matrices(QUESTION, MACHINE)),
    ids=lambda value: str(value)[:30],
)
def test_an_answer_without_reading_earns_at_most_a_fifth(name, payload):
    assert (score(payload).score or 0) <= 0.2, name


def test_the_formula():
    # Half for yes and no where the texts differ, in cause and judgement; half for words: 3 of 4 cells.
    wrong = answer(**{"004/cause": {"present": False, "spans": []}})
    assert score(wrong).score == pytest.approx((0 + 1) / 2 / 2 + 3 / 4 / 2)
    alike = answer(**{"004/remedy": {"present": True, "spans": []}})
    assert score(alike).score == pytest.approx((1 - 1 / 8) / 2 + 1 / 2)
    bare = answer(**{"004/cause": {"present": True, "spans": []}})
    assert score(bare).score == pytest.approx(1 / 2 + 3 / 4 / 2)
    (item,) = [item for item in score(bare).items if item.target == "004/cause"]
    assert item.verdict is Verdict.NEAR


def test_words_without_a_yes_are_not_paid():
    unsure = answer(**{"004/cause": {"present": None, "spans": CELLS["004/cause"]["spans"]}})
    assert score(unsure).score == pytest.approx((0 + 1) / 2 / 2 + 3 / 4 / 2)


def test_one_stray_beside_a_right_place_costs_nothing_and_many_do():
    right = CELLS["004/cause"]["spans"][0]
    stray = [span("004.s12"), span("004.s13"), span("004.s14")]

    def with_strays(n):
        return score(answer(**{"004/cause": {"present": True, "spans": [right, *stray[:n]]}})).score

    assert with_strays(1) == 1
    assert with_strays(3) == pytest.approx(1 - (1 - 2 / 4) / 4 / 2)


def test_a_third_of_the_words_counts_and_a_letter_does_not():
    start, end = CELLS["004/problem"]["spans"][0]
    half = answer(**{"004/problem": {"present": True, "spans": [[start, (start + end) // 2]]}})
    assert score(half).score == 1
    letter = answer(**{"004/problem": {"present": True, "spans": [[start, start + 1]]}})
    assert score(letter).score < 1


def test_only_cannot_say_yet_is_an_empty_answer_and_has_no_score():
    for payload in (None, {"kind": "matrix", "cells": {}}, filled(MACHINE, None)):
        assert is_empty(payload)
        assert (score(payload).status, score(payload).score) == (Status.EMPTY, None)


def test_a_check_tells_reasons_where_something_was_decided_and_places_where_words_are_attached():
    payload = {
        "kind": "matrix",
        "cells": {
            "000/problem": {"present": True, "spans": [span("000.s05")]},
            "004/problem": {"present": True, "spans": []},
            "000/cause": {"present": True, "spans": []},
        },
    }
    told = feedback(QUESTION, KEY, payload)
    assert [item["target"] for item in told["items"]] == [
        "000/problem",
        "000/cause",
        "004/problem",
    ]
    assert "5 cells are not decided yet" in told["summary"]
    assert "Nobody is named." in told["items"][1]["text"]
    assert {(mark["article"], mark["label"]) for mark in told["key"]} == {("000", "problem")}


def test_cells_of_another_question_and_words_outside_the_text_are_said_and_not_counted():
    odd = answer(
        **{
            "009/<b>": {"present": True, "spans": []},
            "004/cause": {
                "present": True,
                "spans": [*CELLS["004/cause"]["spans"], [10**7, 10**7 + 3]],
            },
        }
    )
    result = score(odd)
    assert result.score == 1
    assert any("009/<b>" in note for note in result.notes)
    assert any("outside the text" in note for note in result.notes)


def test_how_far_a_matrix_has_got():
    assert unfinished(QUESTION, answer()) == ""
    assert unfinished(QUESTION, filled(MACHINE, None)) == "0 of 8 cells"
    assert unfinished(QUESTION, None) == ""
    begun = {"kind": "matrix", "cells": {"000/problem": {"present": True, "spans": []}}}
    assert unfinished(QUESTION, begun) == "1 of 8 cells"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"000/problem": None}, "000/problem"),
        ({"000/other": {"present": False}}, "000/other"),
        ({"000/cause": {"present": True}}, "000/cause"),
        ({"000/problem": {"present": False, "spans": [[1, 2]]}}, "000/problem"),
        ({"000/problem": {"present": True, "spans": [[1, 10**6]]}}, "lies outside"),
        ({"000/problem": {"present": True, "spans": [[1, 9]], "y": 1}}, "000/problem"),
        ({name: {"present": False} for name in CELLS}, "one word throughout"),
    ],
)
def test_a_key_that_nobody_could_answer_is_refused(change, told):
    cells = {name: cell for name, cell in (CELLS | change).items() if cell is not None}
    with pytest.raises(DefinitionError, match=told):
        matrix_key(QUESTION, cells)


def test_the_key_file_form_is_read():
    entry = msgspec.convert({"cells": CELLS}, Entry)
    assert matrix_key(QUESTION, entry.cells) == MACHINE


LENGTHS = {name: len(articles[name].text) for name in ("000", "004")}
IDS = st.sampled_from([cell.id for cell in MACHINE.cells] + ["000/x", "zzz"])
SPANS = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(0, 9000)).map(lambda s: [min(s), max(s)]),
    max_size=6,
)
GIVEN = st.dictionaries(
    IDS,
    st.fixed_dictionaries(
        {}, optional={"present": st.sampled_from([True, False, None]), "spans": SPANS}
    ),
    max_size=10,
)


@given(GIVEN)
def test_any_answer_scores_between_nothing_and_one_with_something_said_of_each_cell(cells):
    result = score_matrix(MACHINE, cells)
    assert 0 <= result.score <= 1
    assert [item.target for item in result.items] == [cell.id for cell in MACHINE.cells]
    assert result.found <= len(MACHINE.cells)
    assert (result.score == 1) == (result.found == len(MACHINE.cells))


@given(GIVEN, st.sampled_from(MACHINE.cells))
def test_putting_a_cell_right_never_costs(cells, cell):
    put = {"present": cell.present, "spans": [list(s) for s in cell.spans]}
    assert (
        score_matrix(MACHINE, {**cells, cell.id: put}).score >= score_matrix(MACHINE, cells).score
    )


@given(GIVEN, st.sampled_from(MACHINE.cells), st.integers(1, 8))
def test_more_strays_never_pay(cells, cell, count):
    strays = [[n * 7, n * 7 + 2] for n in range(count)]
    before = {**cells, cell.id: {"present": True, "spans": [list(s) for s in cell.spans]}}
    after = {**cells, cell.id: {"present": True, "spans": [*before[cell.id]["spans"], *strays]}}
    assert score_matrix(MACHINE, after).score <= score_matrix(MACHINE, before).score
