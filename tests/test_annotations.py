"""W3C annotations in and out of an annotator, without the course: round trips, other tools, doubts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.widgets import Annotator
from briefing.widgets.annotations import NoAnnotations

TEXT = (
    "\U0001f680 Officials said שלום in Москва \U0001f469\u200d\U0001f680 that 64 targets "
    "were hit. Officials agreed.\n\nOfficials left."
)


def mark(words: str, label: str, name: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"id": name, "start": start, "end": start + len(words), "label": label, **more}


def annotation(*selectors: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "Annotation",
        "id": "http://tool/1",
        "target": {"selector": list(selectors)},
        **more,
    }


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def words(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def units(point: int) -> int:
    return len(TEXT[:point].encode("utf-16-le")) // 2


MARKS = [
    mark("Officials", "source", "m1"),
    mark("said", "cue", "m2", source="m1", note="who says so? <b>\u202e"),
    mark("שלום in Москва", "content", "m3", source="m1"),
    mark("Москва \U0001f469\u200d\U0001f680 that", "content", "m4", note="over\nlap"),
    mark("\U0001f469\u200d\U0001f680", "cue", "m5"),
    mark("Officials", "source", "m6", nth=2),
]


def test_marks_go_out_and_come_back_as_they_were() -> None:
    widget = Annotator(TEXT, labels=["source", "cue", "content"], marks=MARKS, sources=["source"])
    out = widget.to_w3c("https://example.org/text")
    text = json.dumps({"type": "AnnotationPage", "items": out})
    back = Annotator.from_w3c(TEXT, text, labels=["source", "cue", "content"])
    assert back.marks == widget.marks
    assert back.to_w3c("https://example.org/text") == out
    assert back.doubts == [] and back.unplaced == []
    assert [one["target"]["selector"][1]["exact"] for one in out] == [
        one["words"] for one in widget.marks
    ]


def test_labelled_sentences_go_out_too() -> None:
    widget = Annotator(
        TEXT,
        labels=["a"],
        mode="sentences",
        segments=[{"id": "s1", "start": 2, "end": 11}, {"id": "s2", "start": 12, "end": 16}],
        answer={"labels": {"s2": {"label": "a"}}},
    )
    (out,) = widget.to_w3c()
    assert (out["id"], out["body"][0]["value"]) == ("#s2", "a")
    assert out["target"]["selector"][0] == position(12, 16)


@pytest.mark.parametrize(
    ("selectors", "found", "said"),
    [
        ([words("Officials", suffix=" left.")], ("Officials", 2), ""),
        ([words("Officials", prefix="xx hit. ")], ("Officials", 1), ""),
        ([words("targets  were\nhit")], ("targets were hit", 0), ""),
        ([position(*(TEXT.index("64") + n for n in (0, 2))), words("64")], ("64", 0), ""),
        ([position(units(TEXT.index("64")), units(TEXT.index("64")) + 2), words("64")], ("64", 0), "UTF-16"),
        ([position(1, 4), words("64")], ("64", 0), "another position"),
        ([position(0, 1)], None, "emoji"),
        ([position(3, 12)], None, "emoji"),
        ([words("Officials")], None, "3 places"),
        ([words("nowhere to be found")], None, "nowhere"),
        ([position(2, 9999)], None, "outside"),
        ([position(9, 2)], None, "neither"),
        ([{"type": "RangeSelector"}], None, "neither"),
        ([], None, "neither"),
    ],
)  # fmt: skip
def test_annotations_of_other_tools_are_placed_for_certain_or_set_aside(
    selectors: list[dict[str, Any]], found: tuple[str, int] | None, said: str
) -> None:
    raw = annotation(*selectors, creator="someone")
    widget = Annotator.from_w3c(TEXT, [raw], labels=["mark"])
    if found is None:
        assert widget.marks == []
        assert widget.unplaced == [raw] and widget.to_w3c() == [raw]
    else:
        expected = mark(found[0], "mark", "http://tool/1", nth=found[1])
        (got,) = widget.marks
        assert (got["start"], got["end"]) == (expected["start"], expected["end"])
        assert widget.to_w3c()[0]["creator"] == "someone"
        assert widget.to_w3c()[0]["id"] == "http://tool/1"
    assert (said in " ".join(widget.doubts)) if said else widget.doubts == []
    for doubt in widget.doubts:
        assert doubt.endswith(".") and doubt[:40] in widget.static_html().replace("&quot;", '"')


def test_positions_alone_are_placed_where_the_count_is_told_or_does_not_matter() -> None:
    raw = annotation(position(3, 12))
    (utf16,) = Annotator.from_w3c(TEXT, [raw], offsets="utf16").marks
    (points,) = Annotator.from_w3c(TEXT, [raw], offsets="points").marks
    (either,) = Annotator.from_w3c("no emoji at all here", [raw]).marks
    assert (utf16["words"], points["words"]) == (TEXT[2:11], TEXT[3:12])
    assert either["words"] == "emoji at "
    cut = Annotator.from_w3c(TEXT, [annotation(position(1, 5))], offsets="utf16")
    assert cut.marks == [] and "cuts a character" in cut.doubts[0]


def test_the_same_words_at_both_counts_are_told_apart_by_what_stands_around() -> None:
    text = "\U0001f680aXXaX"
    at = annotation(position(3, 4), words("X", prefix="a", suffix="X"))
    (got,) = Annotator.from_w3c(text, [at]).marks
    assert (got["start"], got["end"]) == (2, 3), "unit 3 is code point 2, and an a stands before it"


def test_bodies_of_other_tools_become_label_and_note_and_nothing_is_lost() -> None:
    bodies = [
        {"type": "TextualBody", "purpose": "commenting", "value": "a note"},
        {"type": "TextualBody", "purpose": "tagging", "value": "rumour"},
        {"type": "TextualBody", "purpose": "tagging", "value": "second"},
    ]
    widget = Annotator.from_w3c(TEXT, [annotation(words("64"), body=bodies)], labels=["source"])
    (got,) = widget.marks
    assert (got["label"], got["note"]) == ("rumour", "a note")
    assert [label.id for label in widget.labels] == ["source", "rumour"]
    assert "“rumour” is none of the labels" in widget.doubts[0]
    assert {"type": "TextualBody", "purpose": "tagging", "value": "second"} in widget.to_w3c()[0][
        "body"
    ]
    plain = Annotator.from_w3c(TEXT, annotation(words("64"), body="just words"))
    assert (plain.marks[0]["label"], plain.marks[0]["note"]) == ("mark", "just words")


@pytest.mark.parametrize("given", ["{", 5, [1], [{"type": "Note"}], {"items": 3}, "[" * 100_000])
def test_what_holds_no_annotations_is_said_in_a_sentence(given: Any) -> None:
    with pytest.raises(NoAnnotations, match=r"\.$"):
        Annotator.from_w3c(TEXT, given)
