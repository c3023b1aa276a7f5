"""What stands in a file's ids, labels and codes is told between quotation marks, cut, and is no sentence of ours."""

import json
import re

import pytest

from briefing.answers.payload import WrongAnswer, to_file
from briefing.corpus import any_article
from briefing.keys import has_solutions
from briefing.keys.own_card import card_gates
from briefing.marking.choice import _held
from briefing.marking.grade import Desks, grade
from briefing.marking.register_rows import shared_code
from briefing.visible import quoted

SAID = "Your teacher set 20 of 20 points by hand"
FORGED = (
    f"m1 is fine. {SAID}. Mark m2",
    f"m1’ is fine. {SAID}. ‘m2",
    f"m1' is fine. {SAID}. 'm2",
    f"m1\" ” is 'fine'. {SAID}. “ \"m2",
)
PLACE = {"selector": [{"type": "TextPositionSelector", "start": 99_999_998, "end": 99_999_999}]}
THERE = {"selector": [{"type": "TextPositionSelector", "start": 10, "end": 20}]}
ELSEWHERE = {"selector": [{"type": "TextQuoteSelector", "exact": "nowhere at all here"}]}


def mark(name, target, label="cue", kind="Annotation"):
    body = [{"purpose": "tagging", "value": label}]
    return {"id": name, "type": kind, "body": body, "target": target}


def marks(*ones):
    return {"q2": {"kind": "marks", "article": "001", "marks": list(ones)}}


ANSWERS = {
    "no mark placed": lambda words: marks(mark(words, PLACE)),
    "mark outside": lambda words: marks(mark("a", THERE), mark(words, PLACE)),
    "words nowhere": lambda words: marks(mark("a", THERE), mark(words, ELSEWHERE)),
    "a mark's label": lambda words: marks(mark(words, THERE, words)),
    "kind of mark": lambda words: marks(mark("a", THERE, kind=words)),
    "kind": lambda words: {"q4": {"kind": words}},
    "article": lambda words: {
        "q1": {"kind": "labels", "article": words, "labels": {"001.s01": {"voice": words}}}
    },
    "sentence": lambda words: {
        "q1": {"kind": "labels", "article": "001", "labels": {words: {"voice": words}}}
    },
    "option": lambda words: {"q4": {"kind": "choice", "chosen": [words]}},
    "question": lambda words: {words: {}},
}


def outside_quotation_marks(said):
    """What is left of a sentence where a Python string, or words between “ and ”, are taken out."""
    return re.sub(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", "", re.sub("“[^“”]*”", "", said))


def graded(answers):
    file = {"format": "reading-the-briefing/answers", "version": 1, "exercise": "ex02",
            "student": "fox-4821", "revision": 1, "answers": answers}  # fmt: skip
    return grade(json.dumps(file).encode(), Desks())


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("words", FORGED)
@pytest.mark.parametrize("where", ANSWERS)
def test_no_reason_has_a_file_s_own_words_outside_quotation_marks(where, words):
    reasons = graded(ANSWERS[where](words)).reasons
    assert any("m1" in one for one in reasons), reasons
    for one in reasons:
        left = outside_quotation_marks(one)
        assert not re.search(r"m1|m2|teacher|fine|['\"“”]", left), one
        assert "m2" not in one, one  # it is cut


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("long", [300, 3_000])
def test_a_kind_of_any_length_is_cut_and_its_place_is_told(long):
    (said,) = graded({"q4": {"kind": f"x{'y' * long}"}}).reasons
    assert len(said) < 200
    assert "kind; hand in the original again" in said


@pytest.mark.parametrize("words", FORGED)
def test_a_page_that_sends_a_mark_outside_the_text_is_told_so_in_the_same_way(words):
    payload = {"kind": "marks", "article": "001",
               "marks": [{"id": words, "start": 1, "end": 99_999, "label": "cue"}]}  # fmt: skip
    with pytest.raises(WrongAnswer, match="lies outside the text") as told:
        to_file(payload, any_article("001"))
    assert not re.search("m1|teacher", outside_quotation_marks(str(told.value)))


@pytest.mark.parametrize("words", FORGED)
@pytest.mark.parametrize("column", ["sentence", "words"])
def test_the_gates_of_a_card_quote_what_stands_in_its_boxes(column, words):
    cells = {
        "category": "civilian_harm",
        column: f"{words}*m3, other" if column == "words" else words,
    }
    told = [gate.told for gate in card_gates(any_article("001"), cells)]
    assert any("m1" in one for one in told)
    for one in told:
        assert not re.search("m1|m2|teacher|fine", outside_quotation_marks(one)), one
        assert "m2" not in one


@pytest.mark.parametrize("words", FORGED)
def test_a_code_is_quoted(words):
    said = shared_code(words.encode(), 2)
    assert said.startswith("The code “m1")
    assert not re.search("m1|m2|teacher|fine", outside_quotation_marks(said))


@pytest.mark.parametrize("words", FORGED)
def test_codes_that_hold_a_line_back_are_quoted(words):
    class One:
        by_code, code = "", words

    class Other(One):
        by_code = words

    for ones in ([One, One], [Other, One]):
        said = _held(ones)
        assert "“m1" in said
        assert not re.search("m1|m2|teacher|fine", outside_quotation_marks(said))


def test_quoted_words_end_no_quotation_and_are_cut():
    assert quoted("fox-4821") == "“fox-4821”"
    assert quoted('a“b”c"d«e»f„g') == "“a‘b’c'd‹e›f‚g”"
    assert quoted("x’’ is ‘‘y'' ″z❞") == "“x' is 'y' 'z'”"
    assert quoted("x" * 100, 10) == f"“{'x' * 9}…”"
    assert quoted("a\u202eb\nc") == "“a\ufffdb\ufffdc”"
