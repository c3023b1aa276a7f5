"""Files made to take for ever, to fill memory or to make pages that no browser opens: none of them does.

Work is counted, never timed: how often something is looked for, how long a page becomes. What would not
end at all is stopped by a limit far beyond what any machine needs.
"""

import json

import pytest
from mutations import model_file, no_hang
from test_marking_grade import answers_file, as_bytes, key_answers

from briefing.corpus import absence, any_article, articles
from briefing.keys import has_solutions, own_card
from briefing.keys.own_card import MOST_OWN, card_gates
from briefing.marking.grade import Desks, grade
from briefing.marking.pages import Pages
from briefing.marking.passages import SHOWN_MARKS
from briefing.marking.row_status import RowStatus
from briefing.marking.table_views import answer_words

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the graded keys")
PAGE = 600_000
"""Characters of the largest page that anybody's file may make."""


def page_of(content):
    data = content if isinstance(content, bytes) else as_bytes(content)
    desks = Desks()
    with no_hang():
        graded = grade(data, desks)
        text = Pages(desks.get(graded.exercise)).page(graded) if graded.results else ""
    assert len(" ".join(graded.reasons)) < 4_000
    assert len(text) < PAGE
    return graded, text


def raw_mark(number, start, end, label="source", **more):
    body = [{"purpose": "tagging", "value": label}]
    return {
        "id": f"#m{number}",
        "type": "Annotation",
        "body": body,
        "target": {"selector": [{"type": "TextPositionSelector", "start": start, "end": end}]},
        **more,
    }


def with_marks(marks):
    content = answers_file()
    content["answers"]["q2"]["marks"] = marks
    return content


def test_five_thousand_overlapping_marks_make_no_huge_page():
    length = len(articles["001"].text)
    spans = [(7 * (n % 100), length - 7 * (n // 100)) for n in range(5_000)]
    graded, text = page_of(with_marks([raw_mark(n, *span) for n, span in enumerate(spans)]))
    assert graded.results["q2"].score < 0.01
    assert "more marks are counted and not shown" in text
    assert text.count("wrongly flagged") <= SHOWN_MARKS + 50


def test_five_thousand_marks_that_all_want_the_same_places():
    """Each pairs with many key spans: the assignment must not try them all."""
    spans = [(s.start, s.end) for s in Desks().get("ex02").keys["q2"].machine.ordered]
    marks = [
        raw_mark(len(spans) * turn + n, max(0, start - turn % 9), end + turn // 9, "xyz"[turn % 3])
        for turn in range(5_000 // len(spans))
        for n, (start, end) in enumerate(spans)
    ]
    graded, _ = page_of(with_marks(marks))
    assert 0 <= graded.results["q2"].score < 0.1


def test_marks_that_have_to_be_searched_for():
    quote = {"type": "TextQuoteSelector", "exact": "e", "prefix": "x" * 99, "suffix": "y" * 99}
    marks = [raw_mark(n, 90_000, 90_001) for n in range(5_000)]
    for mark in marks:
        mark["target"]["selector"].append(quote)
    graded, _ = page_of(with_marks(marks))
    assert graded.results["q2"].score is None
    assert graded.status is RowStatus.PARTLY


@pytest.mark.parametrize("unit", ["a,", "ab*,", "x y,", "*,", "a-", "\n", "1,", "''", ", "])
def test_a_card_of_a_hundred_thousand_words_searches_for_none(monkeypatch, unit):
    asked = []
    monkeypatch.setattr(
        own_card, "find_words", lambda article, words: asked.append(len(words)) or ()
    )
    own = "".join(f"w{n}{unit}" for n in range(300_000 // (len(unit) + 6)))
    for words in (own, unit * (300_000 // len(unit)), unit + own):
        cells = {"category": "civilian_harm", "words": words, "row": "E01 " * 70_000}
        (*_,) = card_gates(any_article("001"), cells)
    own_ones = sum(asked) - len(asked) * len(absence.categories()["civilian_harm"].words)
    assert own_ones <= MOST_OWN * len(asked)


def test_words_that_were_looked_for_are_not_kept_for_ever():
    for n in range(2_200):
        absence._pattern(f"word{n}")
    assert absence._pattern.cache_info().currsize <= 2_000


def test_an_own_card_full_of_words_is_marked_by_the_teacher_all_the_same():
    content = model_file("ex05", "owl-1")
    content["answers"]["q5"]["rows"]["card"] = dict.fromkeys(
        ("sentence", "missing", "words", "row", "rival", "verdict"), "x, " * 90000
    ) | {"category": "civilian_harm"}
    graded, text = page_of(content)
    assert graded.results["q5"].status == "teacher"
    assert "Too many words in box 3" in text
    assert len(answer_words(Desks().get("ex05").exercise.questions["q5"], graded.payloads["q5"]))


def test_tables_cards_and_matrices_of_a_thousand_rows():
    for exercise in ("ex04", "ex05", "ex07"):
        content = model_file(exercise, "owl-1")
        for answer in content["answers"].values():
            for name, value in (
                ("rows", {f"c{n}": "y" * 40 for n in range(50)}),
                ("cards", {"decision": "accept", "reason": "y" * 900}),
                ("cells", {"present": True, "spans": [[n, n + 400] for n in range(200)]}),
            ):
                if name in answer:
                    most = 499 if name == "cards" else 990
                    kept = {one: answer[name][one] for one in answer[name]}
                    answer[name] = {f"r{n}": value for n in range(most - len(kept))} | kept
                    if name == "cells":
                        answer[name] |= dict.fromkeys(kept, value)
        data = as_bytes(content)[:4_000_000]
        graded, _ = page_of(data)
        assert graded.status in RowStatus


LARGE = {
    "lists": b'{"format": "reading-the-briefing/answers", "a": [' + b"[]," * 1_300_000 + b"[]]}",
    "objects": b'{"format": "reading-the-briefing/answers", "a": [' + b"{}," * 1_300_000 + b"{}]}",
    "numbers": b'{"format": "reading-the-briefing/answers", "a": [' + b"0," * 1_900_000 + b"0]}",
    "long numbers": b'{"format": "reading-the-briefing/answers", "a": ['
    + (b"9" * 4_300 + b",") * 900
    + b"0]}",
    "a long fraction": b'{"format": "reading-the-briefing/answers", "a": 0.'
    + b"3" * 3_900_000
    + b"}",
    "names": b'{"format": "reading-the-briefing/answers"'
    + b"".join(b',"%d":0' % n for n in range(300_000))
    + b"}",
    "a long name": b'{"format": "reading-the-briefing/answers", "' + b"n" * 3_900_000 + b'": 1}',
    "escapes": b'{"format": "reading-the-briefing/answers", "a": "' + b"\\u0041" * 640_000 + b'"}',
    "quotation marks": b'{"format": "reading-the-briefing/answers"' + b'"' * 3_900_000,
    "backslashes": b'{"format": "reading-the-briefing/answers", "student": "' + b"\\" * 3_900_000,
    "students": b'{"format": "reading-the-briefing/answers"' + b',"student"  :  ' * 200_000,
    "spaces": b'{"format": "reading-the-briefing/answers","student"' + b" " * 3_900_000,
    "opened": b'{"format": "reading-the-briefing/answers", "a": ' + b'{"a":' * 700_000,
    "commas": b'{"format": "reading-the-briefing/answers", ' + b"," * 3_900_000 + b"}",
    "version": b'{"format": "reading-the-briefing/answers", "version": ' + b"9" * 4_300 + b"}",
}


@pytest.mark.parametrize("what", LARGE)
def test_four_megabytes_of_anything_end_in_a_short_reason(what):
    graded, text = page_of(LARGE[what])
    assert graded.status is RowStatus.NOT_GRADABLE
    assert not text
    (reason,) = graded.reasons
    assert len(reason) < 500
    assert len(graded.student) <= 400


def test_long_answers_of_every_kind_make_no_huge_page():
    for exercise in ("ex01", "ex02", "ex03", "ex04", "ex05", "ex06", "ex07"):
        content = model_file(exercise, "owl" * 60)
        for answer in content["answers"].values():
            for name in ("text",):
                if name in answer:
                    answer[name] = "<&>\"'" * 60_000
            for cells in answer.get("rows", {}).values():
                cells |= dict.fromkeys(cells, "<&>" * 4_000)
            for card in answer.get("cards", {}).values():
                card["reason"] = card["decision"] = "&" * 300
                card["reason"] = "<" * 90_000
        graded, _ = page_of(json.dumps(content).encode())
        assert graded.status in RowStatus


def test_what_could_not_be_read_is_told_of_the_first_few_only():
    answers = key_answers()
    for label in answers["q1"]["labels"].values():
        label["voice"] = "&" * 300
    answers["q4"]["chosen"] = ["&" * 100] * 500
    graded, _ = page_of(answers_file(answers))
    assert len(graded.results["q1"].notes) <= 6
