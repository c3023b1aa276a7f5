"""Marks as W3C Web Annotations and back."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.answers import Mark, MarkNotPlaced, mark_from_w3c, mark_to_w3c
from briefing.answers.payload import WrongAnswer, is_empty, to_compact, to_file

TEXT = "The harbour 😀 was quiet. שלום. The harbour was not quiet, said Тихий. The harbour slept."
ARTICLE = SimpleNamespace(id="t1", text=TEXT, sha256="0" * 64)


def placed(mark, text=TEXT):
    return mark_from_w3c(mark_to_w3c(mark, ARTICLE), text)


def test_a_mark_comes_back_as_it_was():
    mark = Mark("m1", 4, 13, "who", note="<b>why</b> 😀", source="m7")
    assert placed(mark) == mark


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_every_span_comes_back_counted_in_code_points(start, length):
    mark = Mark("m1", start, min(start + length, len(TEXT)), "who")
    assert placed(mark) == mark
    selectors = mark_to_w3c(mark, ARTICLE)["target"]["selector"]
    assert selectors[1]["exact"] == TEXT[mark.start : mark.end]


def test_it_is_an_annotation_that_other_tools_read():
    annotation = mark_to_w3c(Mark("m1", 4, 11, "who", note="why"), ARTICLE)
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert [body["purpose"] for body in annotation["body"]] == ["tagging", "commenting"]
    assert [s["type"] for s in annotation["target"]["selector"]] == [
        "TextPositionSelector",
        "TextQuoteSelector",
    ]


def test_words_that_moved_are_found_by_what_stands_around_them():
    second = TEXT.index("harbour was not")
    moved = placed(Mark("m1", second, second + 7, "who"), "Preface. " + TEXT)
    assert (moved.start, moved.end) == (second + 9, second + 16)


def test_words_that_stand_nowhere_or_anywhere_are_refused():
    mark = mark_to_w3c(Mark("m1", 4, 11, "who"), ARTICLE)
    with pytest.raises(MarkNotPlaced, match="nowhere"):
        mark_from_w3c(mark, "An altogether other text.")
    quote = mark["target"]["selector"][1]
    quote["prefix"] = quote["suffix"] = ""
    mark["target"]["selector"] = [quote]
    with pytest.raises(MarkNotPlaced, match="3 places"):
        mark_from_w3c(mark, TEXT)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4), (0, 10_000), (200, 210)])
def test_a_position_outside_the_text_is_refused(start, end):
    selector = {"type": "TextPositionSelector", "start": start, "end": end}
    with pytest.raises(MarkNotPlaced, match="outside the text"):
        mark_from_w3c({"id": "m1", "target": {"selector": [selector]}}, TEXT)
    with pytest.raises(MarkNotPlaced, match="outside the text"):
        mark_to_w3c(Mark("m1", start, end, "who"), ARTICLE)


def test_what_is_no_annotation_is_refused():
    with pytest.raises(MarkNotPlaced, match="not a W3C Web Annotation"):
        mark_from_w3c({"id": "m1", "target": {"selector": []}}, TEXT)


def marks(*spans, **more):
    listed = [
        {"id": f"m{n}", "start": a, "end": b, "label": "who", "note": ""}
        for n, (a, b) in enumerate(spans)
    ]
    return {"kind": "marks", "article": "t1", "attempts": 0, "marks": listed, **more}


def test_compact_marks_survive_the_way_through_the_file():
    payload = marks((0, 3), (1, 2), (4, 13))
    payload["marks"][1]["source"] = "m0"
    payload["marks"][1]["zoom"] = 2
    assert to_compact(to_file(payload, ARTICLE), TEXT) == payload


def test_fields_and_marks_that_we_cannot_use_stay_in_the_file():
    before = to_file(marks((0, 3)), ARTICLE)
    before["theirs"] = 1
    before["marks"][0]["creator"] = "another tool"
    lost = mark_to_w3c(Mark("m9", 0, 5, "who"), SimpleNamespace(id="t1", text="Elsewhere"))
    before["marks"].append(lost)
    after = to_file(marks((0, 4), (5, 6)), ARTICLE, before)
    assert after["theirs"] == 1
    assert after["marks"][0]["creator"] == "another tool"
    assert after["unplaced"] == [lost]
    assert len(to_compact(after, TEXT)["marks"]) == 2


@pytest.mark.parametrize(
    "payload",
    [
        marks((3, 3)),
        marks((0, 10_000)),
        marks((-1, 4)),
        marks((True, 4)),
        marks((0.0, 4.0)),
        {"kind": "marks", "article": "t1", "marks": "all"},
        {"kind": "marks", "article": "t1", "marks": [7]},
        {"kind": "marks", "article": "t2", "marks": []},
        {"kind": "labels", "article": "t1", "labels": []},
        {"kind": "text", "text": 7},
        {"kind": "text", "text": "x" * 300_001},
        {"kind": "essay", "text": ""},
        {},
    ],
)
def test_an_answer_that_the_file_cannot_hold_is_refused_in_a_sentence(payload):
    with pytest.raises(WrongAnswer) as caught:
        to_file(payload, ARTICLE)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("payload", "empty"),
    [
        (None, True),
        ({"kind": "text", "text": " \n"}, True),
        ({"kind": "text", "text": "yes"}, False),
        ({"kind": "choice", "chosen": []}, True),
        ({"kind": "choice", "chosen": ["a"]}, False),
        (marks(), True),
        (marks((0, 1)), False),
        ({"kind": "labels", "article": "t1", "labels": {}}, True),
        ({"kind": "labels", "article": "t1", "labels": {"s1": {"voice": ""}}}, True),
        ({"kind": "labels", "article": "t1", "labels": {"s1": {"voice": "outlet"}}}, False),
        ({"kind": "table", "rows": {"r": {"value": " ", "counted": None}}}, True),
        ({"kind": "table", "rows": {"r": {"value": 0}}}, False),
        ({"kind": "cards", "cards": {"c": {"decision": "", "gate": "", "reason": ""}}}, True),
        ({"kind": "cards", "cards": {"c": {"decision": "", "gate": "", "reason": "?"}}}, False),
        ({"kind": "matrix", "cells": {}}, True),
        ({"kind": "matrix", "cells": {"t1/cause": {"present": None, "spans": []}}}, True),
        ({"kind": "matrix", "cells": {"t1/cause": {"present": False, "spans": []}}}, False),
        ({"kind": "matrix", "cells": {"t1/cause": {"present": None, "spans": [[0, 1]]}}}, False),
    ],
)
def test_empty_means_that_nothing_was_entered(payload, empty):
    assert is_empty(payload) is empty
