"""Reading an answers file that nobody vouches for, and its JSON Schema."""

import contextlib
import copy
import json
import time

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.answers import NewerVersion, NotGradable, parse_answers, read
from briefing.answers.read import read_json, read_tree
from briefing.answers.schema import MAX_BYTES, MAX_DEPTH, json_schema
from briefing.corpus import course_folder

FILE = {
    "format": "reading-the-briefing/answers",
    "version": 1,
    "course": "1.0.0",
    "exercise": "ex02",
    "student": "fox-4821",
    "revision": 42,
    "saved": "2026-11-22T19:40:00Z",
    "answers": {
        "q1": {
            "kind": "labels",
            "article": "001",
            "sha256": "0" * 64,
            "attempts": 1,
            "labels": {"002.s07": {"voice": "attributed"}},
        },
        "q2": {
            "kind": "marks",
            "article": "001",
            "sha256": "0" * 64,
            "attempts": 0,
            "marks": [
                {
                    "id": "#m1",
                    "type": "Annotation",
                    "body": [{"type": "TextualBody", "purpose": "tagging", "value": "who"}],
                    "target": {
                        "selector": [
                            {"type": "TextPositionSelector", "start": 3, "end": 9},
                            {"type": "TextQuoteSelector", "exact": "harbour"},
                        ]
                    },
                }
            ],
        },
        "q3": {"kind": "text", "text": "In my own words."},
        "q4": {"kind": "choice", "chosen": ["b"]},
        "q5": {"kind": "cards", "cards": {"001.c3": {"decision": "accept", "gate": "date"}}},
        "q6": {"kind": "table", "rows": {"000.n04": {"result": "cannot_tell", "value": 4}}},
        "q7": {
            "kind": "matrix",
            "cells": {"001/problem": {"present": True, "spans": [[10, 42]]}},
        },
    },
}


def written(**changes):
    return json.dumps({**FILE, **changes}).encode()


def broken(question, **changes):
    answers = copy.deepcopy(FILE["answers"])
    answers[question].update(changes)
    return json.dumps({**FILE, "answers": answers}).encode()


def nested(depth):
    return b"[" * depth + b"]" * depth


def test_a_file_of_every_kind_is_read():
    read = parse_answers(written())
    assert (read.exercise, read.student, read.revision) == ("ex02", "fox-4821", 42)
    assert read.answers["q1"].labels == {"002.s07": {"voice": "attributed"}}
    assert read.answers["q7"].cells["001/problem"].spans == [(10, 42)]


def test_unknown_fields_and_a_byte_order_mark_do_no_harm():
    data = b"\xef\xbb\xbf" + written(colour="blue")
    assert parse_answers(data).student == "fox-4821"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"PK\x03\x04 a zip\xff", "not UTF-8"),
        (b"hello", "not complete JSON"),
        (written()[:200], "not complete JSON"),
        (b"[]", "not an answers file of this course"),
        (b'"text"', "not an answers file of this course"),
        (b"17", "not an answers file of this course"),
        (b'{"format": "nbgrader"}', "not an answers file of this course"),
        (json.dumps(FILE).encode("utf-16"), "UTF-16"),
        (written().replace(b"fox", b"\xff\xfe"), "not UTF-8"),
        (written(student=""), "student"),
        (written(student="x" * 10_000), "student"),
        (written(student=17), "student"),
        (written(exercise="../../etc"), "exercise"),
        (written(exercise=None), "exercise"),
        (written(revision=-1), "revision"),
        (written(revision=True), "revision"),
        (written(revision=10**30), "revision"),
        (written(version="1"), "version"),
        (written(version=0), "version"),
        (written(answers=[]), "answers"),
        (written(answers={"q1": None}), "q1"),
        (written(answers={"q1": {"kind": "essay"}}), "q1"),
        (written(answers={"=cmd": {"kind": "text", "text": ""}}), "answers"),
        (written(answers={f"q{n}": FILE["answers"]["q3"] for n in range(201)}), "answers"),
        (written(answers={"q1": FILE["answers"]["q3"]}).replace(b'"q1"', b'"q1":{},"q1"'), "twice"),
        (written().replace(b"42", b"NaN"), "NaN"),
        (written().replace(b"42", b"-Infinity"), "Infinity"),
        (written(weight="W").replace(b'"W"', b"1e999"), "too large"),
        (written(weight="W").replace(b'"W"', b"9" * 10_000), "too long"),
        (written(student="W").replace(b"W", b"\\ud83d"), "half a character"),
        (written(extra="W").replace(b'"W"', nested(MAX_DEPTH + 2)), "too deeply"),
        (written(extra="W").replace(b'"W"', nested(200_000)), "too deeply"),
        (b" " * MAX_BYTES + written(), "too large"),
        (broken("q1", labels={"002.s07": "attributed"}), "'q1'"),
        (broken("q1", labels={"002.s07": {"voice": "x" * 301}}), "'q1'"),
        (broken("q1", sha256="short"), "'q1'"),
        (broken("q2", marks=[{"id": "#m1"}]), "'q2'"),
        (broken("q2", marks=FILE["answers"]["q2"]["marks"] * 5_001), "'q2'"),
        (broken("q3", text="x" * 300_001), "'q3'"),
        (broken("q3", text=None), "'q3'"),
        (broken("q4", chosen="b"), "'q4'"),
        (broken("q6", rows={"001.n04": {"value": [1]}}), "'q6'"),
        (broken("q7", cells={"001/problem": {"spans": [[1]]}}), "'q7'"),
    ],
)  # fmt: skip
def test_what_cannot_be_marked_says_why_in_one_sentence(data, words):
    with pytest.raises(NotGradable) as caught:
        parse_answers(data)
    assert words in caught.value.reason
    assert "\n" not in caught.value.reason
    assert len(caught.value.reason) < 400


def test_a_newer_file_is_told_apart():
    with pytest.raises(NewerVersion, match="newer version of the course"):
        parse_answers(written(version=2))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_bytes_changed_at_random_are_read_or_refused(data):
    changed = bytearray(written())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with contextlib.suppress(NotGradable):
        assert parse_answers(bytes(changed)).format == FILE["format"]


def test_the_schema_in_docs_is_that_of_the_code():
    kept = json.loads((course_folder() / "docs" / "answers.schema.json").read_text("utf-8"))
    assert kept == json_schema(), "run `briefing schema > docs/answers.schema.json`"


values = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2**40), st.text(max_size=5),
    st.sampled_from(["labels", "marks", "text", "choice", "x" * 301, "001"]),
    st.lists(st.integers(0, 3), max_size=3), st.dictionaries(st.text(max_size=3), st.integers()),
)  # fmt: skip


def places(tree, path=()):
    """The path of every value in a tree."""
    for key, child in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from places(child, (*path, key))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_schema_and_the_reader_agree_on_what_is_an_answers_file(data):
    tree = copy.deepcopy(FILE)
    for _ in range(data.draw(st.integers(0, 2))):
        *path, last = data.draw(st.sampled_from(list(places(tree))))
        node = tree
        for key in path:
            node = node[key]
        if data.draw(st.booleans()):
            node[last] = data.draw(values)
        else:
            del node[last]
    try:
        parse_answers(msgspec.json.encode(tree))
        readable = True
    except NotGradable:
        readable = False
    assert jsonschema.Draft202012Validator(json_schema()).is_valid(tree) == readable


def test_the_tree_keeps_fields_that_only_others_know():
    assert read_tree(written(colour="blue"))["colour"] == "blue"


def test_looking_for_a_name_that_stands_twice_takes_one_pass():
    def pace(last):
        names = b",".join(b'"%x":0' % number for number in range(400_000))
        data = b'{"format":"reading-the-briefing/answers",' + names + last + b"}"
        assert len(data) < MAX_BYTES
        begun = time.process_time()
        with pytest.raises(NotGradable) as caught:
            parse_answers(data)
        return time.process_time() - begun, caught.value.reason

    once, _ = pace(b',"once":1')
    twice, reason = pace(b',"z":1,"z":2')
    assert "'z' twice" in reason
    assert twice < 10 * once


QUICK = (
    b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"[NaN]", b"[1e999]", b'["\\ud800"]', b'["\xed\xa0\x80"]',
    b'["\xff"]', b'{"\xff":1}', b'["\x01"]', b"[1,]", b"{} x", b"[" * 3000 + b"]" * 3000, b"[" * 99_999,
    b"[" + b"1" * 5_000 + b"]", b"[[" * 20 + b"]]" * 20, b"nul", b'{"a":1', b"'a'",
)  # fmt: skip


@pytest.mark.parametrize("data", QUICK, ids=range(len(QUICK)))
def test_the_quick_reader_lets_nothing_through_that_the_careful_one_refuses(data, monkeypatch):
    def reason():
        with pytest.raises(NotGradable) as refused:
            read_json(data)
        return str(refused.value)

    quick = reason()
    monkeypatch.setattr(read, "_plainly", lambda data: None)
    assert reason() == quick


@pytest.mark.parametrize(
    "text",
    ['{"x": "\\u00e9", "y": [1, 2.50, -0, 1e3]}', '{"x":"é👩‍🚀","y":[1,2.5,true,null]}', "[1.0]"],
)
def test_the_quick_reader_reads_what_the_careful_one_reads(text, monkeypatch):
    quick = read_json(text.encode())
    monkeypatch.setattr(read, "_plainly", lambda data: None)
    careful = read_json(text.encode())
    assert repr(quick) == repr(careful) == repr(json.loads(text))
