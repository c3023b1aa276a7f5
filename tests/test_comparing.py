"""Comparing two sets of marks in Python: the pairing rule, the groups, the static view, the widget."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest

from briefing.errors import BriefingError
from briefing.widgets import Annotator, Comparison, Label, Theirs
from briefing.widgets.comparing import Names, compare_labels, compare_marks, summary
from briefing.widgets.comparison import MOST_BYTES, MOST_MARKS
from briefing.widgets.labels import Unit
from briefing.widgets.pairing import MANY, Place, pairs

TEXT = "Officials \U0001f680 said that 64 targets were hit, the ministry added. Nobody agreed."
HOSTILE = "<img src=x onerror=alert(1)></script>\u202eevil"


def mark(words: str, label: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "label": label, **more}


def places(chance: random.Random, number: int) -> list[Place]:
    made = []
    for _ in range(number):
        start = chance.randrange(60)
        made.append(Place(start, start + chance.randrange(1, 25), chance.choice("abc")))
    return sorted(made, key=lambda one: (one.start, -one.end))


def worth(one: Place, other: Place) -> int:
    shared = min(one.end, other.end) - max(one.start, other.start)
    total = one.end - one.start + other.end - other.start
    if shared <= 0 or 2 * shared / total < 0.3 - 1e-12:
        return 0
    return 2_000_000 * shared // total * 1000 + (one.label == other.label)


def test_the_pairing_has_the_greatest_total_of_all() -> None:
    chance = random.Random(5)
    for _ in range(150):
        mine, theirs = places(chance, chance.randrange(6)), places(chance, 5)
        found = pairs(mine, theirs)
        assert len(set(found.values())) == len(found)
        total = sum(worth(mine[i], theirs[j]) for i, j in found.items())
        best = max(
            sum(worth(one, theirs[j]) for one, j in zip(mine, order, strict=False))
            for order in permutations(range(5))
        )
        assert total == best
        assert all(worth(mine[i], theirs[j]) for i, j in found.items())


def test_a_crowd_is_paired_in_good_time_and_one_to_one() -> None:
    crowd = [Place(0, 1000 + n, "a") for n in range(MANY * 5, 0, -1)]
    found = pairs(crowd, crowd)
    assert len(found) == len(crowd)
    assert len(set(found.values())) == len(crowd)


def test_of_equal_places_the_same_label_is_taken() -> None:
    mine = [Place(0, 9, "a"), Place(0, 9, "b")]
    assert pairs(mine, [Place(0, 9, "b"), Place(0, 9, "a")]) == {0: 1, 1: 0}


def test_marks_fall_into_four_groups() -> None:
    mine = [
        mark("Officials", "source", id="m1"),
        mark("64 targets", "content", id="m2"),
        mark("Nobody", "source", id="m3"),
        mark("added", "content", id="m4"),
    ]
    theirs = [
        mark("Officials", "source"),
        mark("64 targets were hit", "content"),
        mark("added", "cue"),
        mark("said", "cue"),
    ]
    entries = compare_marks(mine, theirs)
    assert [(one.id, one.group) for one in entries] == [
        ("m1", "both"), ("", "theirs"), ("m2", "both"), ("m4", "label"), ("m3", "mine"),
    ]  # fmt: skip
    assert summary(entries, Names("Ann"), "mark") == (
        "2 of 5 marks agree; 1 with another label; 1 only you; 1 only Ann."
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ({}, {}, "Neither you nor Ann has a label here."),
        ({"s1": "a"}, {"s1": "a"}, "1 of 1 label agrees."),
        ({"s1": "a"}, {"s1": "b"}, "0 of 1 labels agree; 1 with another label."),
        ({"s1": "a"}, {"s2": "b"}, "0 of 2 labels agree; 1 only you; 1 only Ann."),
        ({"s9": "a"}, {"s9": "a"}, "Neither you nor Ann has a label here."),
    ],
)
def test_labels_are_compared_by_sentence(
    mine: dict[str, str], theirs: dict[str, str], said: str
) -> None:
    units = [Unit("s1", 0, 5), Unit("s2", 6, 9)]
    assert summary(compare_labels(units, mine, theirs), Names("Ann"), "label") == said


def test_an_annotator_compares_and_its_static_view_shows_both() -> None:
    widget = Annotator(
        TEXT,
        labels=["source", "cue"],
        marks=[mark("Officials", "source", id="m1"), mark("added", "source", id="m2")],
        other=[mark("added", "cue"), mark("said", "cue")],
        other_name="Ann",
    )
    assert widget.agreement == "0 of 3 marks agree; 1 with another label; 1 only you; 1 only Ann."
    html = widget.static_html()
    assert widget.agreement in html
    for words in ("[+ source]", "[○ cue]", "[source ≠ cue]", "border-top", "border-bottom"):
        assert words in html
    assert html == widget.static_html()
    assert "other" not in widget.answer and len(widget.answer["marks"]) == 2


def test_names_labels_and_notes_of_another_are_escaped() -> None:
    widget = Annotator(
        TEXT,
        labels=[Label("a", HOSTILE), "b"],
        marks=[mark("said", "a", id="m1")],
        other=[mark("said", "b", note=HOSTILE), mark("Nobody", HOSTILE)],
        other_name=HOSTILE,
    )
    html = widget.static_html()
    assert "<img" not in html and "</script" not in html and "\u202e" not in html
    assert "onerror" in html


@pytest.mark.parametrize(
    "other", [[{"start": 5, "end": 999, "label": "a"}], [{"start": 1, "end": 1, "label": "a"}], {}]
)
def test_what_does_not_fit_the_text_is_refused(other: Any) -> None:
    with pytest.raises(BriefingError):
        Annotator(TEXT, labels=["a"], other=other)


def comparison(read: Any, **more: Any) -> Comparison:
    return Comparison(TEXT, read=read, labels=["source", "cue"], question="ex99/q1/compare", **more)


def choose(widget: Comparison, data: bytes, size: int | None = None) -> dict[str, Any]:
    """Do what the page does when a file is chosen."""
    size = len(data) if size is None else size
    widget.set_state({"upload": data, "wish": {"n": 1, "what": "compare", "size": size}})
    return dict(widget.told)


def test_a_chosen_file_is_shown_beside_ones_own_and_changes_nothing() -> None:
    seen: list[bytes] = []

    def read(data: bytes) -> Theirs:
        seen.append(data)
        return Theirs([mark("said", "cue", note="n", secret="x")], "owl-1", "Read.")

    widget = comparison(read, marks=[mark("said", "cue", id="m1")])
    before = dict(widget.answer)
    told = choose(widget, b"file")
    assert (told["ok"], told["message"]) == (True, "Read. 1 of 1 mark agrees.")
    assert seen == [b"file"]
    assert widget.upload == b""
    assert widget.other["name"] == "owl-1"
    assert "secret" not in widget.other["marks"][0]
    assert widget.answer == before
    assert widget.readonly


@pytest.mark.parametrize(
    ("data", "size", "words"),
    [
        (b"x" * (MOST_BYTES + 1), None, "at most 4,000,000"),
        (b"half", 99, "did not arrive whole"),
        (b"many", None, f"at most {MOST_MARKS:,}"),
        (b"no", None, "belongs to ex03"),
        (b"boom", None, "ZeroDivisionError"),
        (b"wild", None, "lie in the same text"),
    ],
)
def test_a_file_that_cannot_be_compared_is_told_in_a_sentence(
    data: bytes, size: int | None, words: str
) -> None:
    def read(data: bytes) -> Theirs:
        match data:
            case b"many":
                return Theirs([mark("said", "cue")] * (MOST_MARKS + 1), "owl")
            case b"no":
                raise BriefingError("This file belongs to ex03.")
            case b"wild":
                return Theirs([{"start": 0, "end": 10_000, "label": "cue"}], "owl")
        raise ZeroDivisionError("boom")

    widget = comparison(read)
    told = choose(widget, data, size)
    assert told["ok"] is False
    assert words in told["message"]
    assert widget.other == {}


def test_before_a_file_is_chosen_the_static_view_says_how() -> None:
    html = comparison(lambda _data: Theirs([], "owl")).static_html()
    assert "choose a file to compare with" in html
