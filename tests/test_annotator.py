"""The annotator's Python side: traits, saving, checking, the static view, hostile words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest

from briefing.errors import BriefingError
from briefing.widgets import Annotator, Feedback, FeedbackItem, Label
from briefing.widgets.annotator import NOTE_LIMIT

TEXT = "Officials said \U0001f680 64 targets.\n\n   Nobody שלום confirmed Москва.  \n"
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u202e"


@dataclass
class Receipt:
    revision: int
    saved_iso: str = "2026-11-22T19:40:00Z"


class Desk:
    """Keeps what it is given, like a file."""

    def __init__(self) -> None:
        self.kept: list[tuple[dict[str, Any], int | None]] = []
        self.problem: Exception | None = None

    def save(self, answer: dict[str, Any], base: int | None) -> Receipt:
        if self.problem:
            raise self.problem
        self.kept.append((answer, base))
        return Receipt(len(self.kept))


def annotator(**more: Any) -> Annotator:
    return Annotator(TEXT, labels=["source", "cue"], title="Mark", **more)


def edit(widget: Annotator, **answer: Any) -> None:
    """Do what the browser does: both traits in one message."""
    widget.set_state({"answer": {**widget.answer, **answer}, "edit": widget.edit + 1})


def mark(start: int, end: int, label: str = "source", **more: Any) -> dict[str, Any]:
    return {"id": "m1", "start": start, "end": end, "label": label, "note": "", **more}


def test_an_edit_is_acknowledged_only_after_it_is_saved() -> None:
    desk = Desk()
    widget = annotator(save=desk.save)
    edit(widget, marks=[mark(0, 9)])
    assert desk.kept[0][0]["marks"] == [mark(0, 9)]
    assert widget.ack["edit"] == 1
    assert widget.ack["ok"] is True
    assert widget.ack["revision"] == 1
    assert widget.ack["saved"] == "2026-11-22T19:40:00Z"


def test_the_next_save_says_which_revision_it_is_based_on() -> None:
    desk = Desk()
    widget = annotator(save=desk.save)
    edit(widget, marks=[mark(0, 9)])
    edit(widget, marks=[])
    assert [base for _, base in desk.kept] == [None, 1]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (BriefingError("The disk is full; free some space."), "disk is full"),
        (OSError("gone"), "gone"),
    ],
)
def test_a_failed_save_is_told_and_the_next_one_works(problem: Exception, words: str) -> None:
    desk = Desk()
    widget = annotator(save=desk.save)
    desk.problem = problem
    edit(widget, marks=[mark(0, 9)])
    assert widget.ack["ok"] is False
    assert words in widget.ack["message"]
    desk.problem = None
    edit(widget)
    assert widget.ack["ok"] is True
    assert desk.kept[0][0]["marks"] == [mark(0, 9)]


@pytest.mark.parametrize(
    "wrong",
    [
        mark(0, 999),
        mark(5, 5),
        mark(-1, 3),
        {"id": "m1"},
        "m1",
        mark(0, 3, note="x" * (NOTE_LIMIT + 1)),
    ],
)
def test_a_mark_that_cannot_be_kept_is_refused_with_a_sentence(wrong: Any) -> None:
    desk = Desk()
    widget = annotator(save=desk.save)
    edit(widget, marks=[wrong])
    assert widget.ack["ok"] is False
    assert widget.ack["message"].endswith((".", "on."))
    assert desk.kept == []


def test_marks_of_a_file_that_do_not_fit_are_set_aside_and_never_lost() -> None:
    desk = Desk()
    outside = mark(10, 9_999, id="m9")
    widget = annotator(save=desk.save, answer={"marks": [outside, mark(0, 9)]})
    assert [m["id"] for m in widget.answer["marks"]] == ["m1"]
    edit(widget, marks=[mark(0, 4)])
    assert desk.kept[0][0]["marks"] == [mark(0, 4), outside]


def test_a_check_counts_the_try_saves_it_and_answers() -> None:
    desk = Desk()
    seen: list[dict[str, Any]] = []

    def check(answer: dict[str, Any]) -> Feedback:
        seen.append(answer)
        return Feedback("Nearly.", [FeedbackItem("m1", "near", "Too long.")], [mark(0, 9)])

    widget = annotator(save=desk.save, check=check)
    edit(widget, marks=[mark(0, 12)])
    widget.set_state({"check": 1})
    assert seen[0]["attempts"] == 1
    assert desk.kept[-1][0]["attempts"] == 1
    assert widget.feedback["attempts"] == 1
    assert widget.feedback["items"][0]["verdict"] == "near"
    assert widget.feedback["key"] == [mark(0, 9)]
    edit(widget, marks=[])
    assert desk.kept[-1][0]["attempts"] == 1, "the page cannot give tries back"


def test_a_check_that_breaks_is_told_in_words() -> None:
    def check(_answer: dict[str, Any]) -> Feedback:
        raise BriefingError("The key is missing; ask your teacher.")

    widget = annotator(check=check)
    widget.set_state({"check": 1})
    assert widget.feedback["summary"] == "The key is missing; ask your teacher."


def test_without_a_check_there_is_no_key_and_no_button() -> None:
    widget = annotator()
    widget.set_state({"check": 1})
    assert widget.feedback == {}
    assert widget.can_check is False


def test_reading_only_keeps_nothing() -> None:
    desk = Desk()
    widget = annotator(save=desk.save, readonly=True, marks=[mark(0, 9)])
    edit(widget, marks=[])
    assert desk.kept == []


def test_marks_carry_their_words_by_code_points() -> None:
    start = TEXT.index("64")
    widget = annotator(
        marks=[mark(start, start + 10), mark(TEXT.index("Москва"), TEXT.index("Москва") + 6)]
    )
    assert [m["words"] for m in widget.marks] == ["64 targets", "Москва"]
    assert len({m["id"] for m in widget.marks}) == 2


def test_sentences_keep_other_fields_of_a_label() -> None:
    segments = [
        {"id": "s1", "start": 0, "end": 26, "part": "body"},
        {"id": "s2", "start": 31, "end": 40, "part": "furniture"},
    ]
    widget = Annotator(
        TEXT,
        labels=["attributed", "outlet"],
        mode="sentences",
        field="voice",
        segments=segments,
        answer={"labels": {"s1": {"voice": "outlet", "mode": "direct"}}},
    )
    assert widget.answer["kind"] == "labels"
    assert widget.labelled == {"s1": "outlet"}
    assert list(widget.units) == ["s1"], "furniture is never asked for"
    assert widget.answer["labels"]["s1"]["mode"] == "direct"


@pytest.mark.parametrize(
    "wrong",
    [
        {"labels": []},
        {"labels": ["a", "a"]},
        {"labels": ["a"], "mode": "lines"},
        {"labels": ["a"], "segments": [{"id": "s", "start": 0, "end": 999}]},
    ],
)
def test_what_does_not_fit_together_is_a_value_error(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Annotator(TEXT, **wrong)


def test_a_colour_is_a_colour() -> None:
    with pytest.raises(ValueError, match="#0072b2"):
        Label("a", colour="red;background:url(x)")


def test_a_fixed_repr_and_a_deterministic_static_view() -> None:
    one, two = annotator(question="ex02/q1"), annotator(question="ex02/q1")
    assert repr(one) == "<Annotator ex02/q1: run all cells to answer>"
    assert one.static_html() == two.static_html()
    assert one.static_id in one.static_html()


class Tags(HTMLParser):
    """Collects tags, attributes and words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "style":
                self.styles |= {part.split(":")[0] for part in (value or "").split(";")}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_static_view_shows_marks_without_colour_alone() -> None:
    widget = annotator(marks=[mark(0, 9), mark(3, 14, "cue", id="m2")])
    found = Tags(widget.static_html())
    assert "[source]" in found.words
    assert "[cue]" in found.words
    assert "Officials" in found.words.replace(" [source]", "").replace(" [cue]", "")
    assert found.attributes <= {"id", "style"}
    assert found.styles <= {
        "border", "border-bottom", "background-color", "color", "font-weight", "opacity", "padding",
        "padding-bottom", "white-space",
    }  # fmt: skip


def test_hostile_words_stay_words_in_the_static_view() -> None:
    widget = Annotator(
        HOSTILE + " text", labels=[Label("a", HOSTILE)], title=HOSTILE, marks=[mark(0, 9, "a")]
    )
    found = Tags(widget.static_html())
    assert found.tags <= {"div", "mark", "p", "span"}
    assert "<img" in found.words.replace(" [", "[")
    assert "\u202e" not in widget.static_html()


def test_names_in_another_direction_and_half_characters_do_no_harm() -> None:
    name = "\u200fשם\ud83d\x9b"
    widget = Annotator(TEXT, labels=[Label("a", name)], title=name, marks=[mark(0, 9, "a")])
    html = widget.static_html()
    assert html.encode("utf-8").decode("utf-8") == html
    assert html.count("\u2068\u200fשם\ufffd\ufffd\u2069") == 3
    plain = Annotator(TEXT, labels=["ä"], title="“Plain”", marks=[mark(0, 9, "ä")]).static_html()
    assert "\u2068" not in plain


def test_many_marks_over_one_another_are_counted_and_not_all_drawn() -> None:
    def drawn(number: int) -> str:
        marks = [mark(at, 2 * number - at, id=f"m{at}") for at in range(number)]
        return Annotator("word " * number, labels=["source"], marks=marks).static_html()

    few, many = drawn(100), drawn(1_000)
    assert len(many) < 12 * len(few)
    assert many == drawn(1_000)
    assert "up to 1,000 marks lie over one another here" in many
    assert many.count("source") == 1 + 1_000  # every name is still said where its mark ends
    assert "lie over one another" not in drawn(12)


def test_showing_puts_the_static_view_before_the_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda what, **_how: shown.append(what))
    widget = annotator(question="ex02/q1")
    widget.show()
    assert shown[0].data == widget.static_html()
    assert "application/vnd.jupyter.widget-view+json" in shown[1]
    assert shown[1]["text/plain"] == repr(widget)


def test_the_widgets_never_import_pandas_or_matplotlib() -> None:
    code = (
        "import sys; from briefing.widgets import Annotator; Annotator('a b', labels=['x']);"
        "sys.exit(bool({'pandas', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_asking_for_some_sentences_names_them_and_greys_the_others() -> None:
    text = "One said so. Two did. Three agreed."
    segments = [
        {"id": f"t.s0{number}", "start": start, "end": end, "part": "body"}
        for number, (start, end) in enumerate([(0, 12), (13, 21), (22, 35)], 1)
    ]
    some = Annotator(text, labels=["who"], segments=segments, units=["t.s02"]).static_html()
    every = Annotator(text, labels=["who"], segments=segments).static_html()
    assert ">s02</span> Two did." in some
    assert '<span style="opacity:0.75">One said so.</span>' in some
    assert "s01" not in some
    assert "s02" not in every and '<span style="opacity:0.75">One' not in every


def test_the_static_view_holds_the_reasons_and_escapes_them() -> None:
    feedback = Feedback(
        summary="Read them.",
        items=[
            FeedbackItem("m1", "right", f"Rightly flagged. {HOSTILE}"),
            FeedbackItem({"start": 10, "end": 14}, "missed", "Not flagged."),
        ],
    )
    html = annotator(marks=[mark(0, 9)], feedback=feedback).static_html()
    assert "“Officials”: Rightly flagged." in html and "“said”: Not flagged." in html
    assert "<script" not in html and "<img" not in html
    assert "The reasons" not in annotator(marks=[mark(0, 9)]).static_html()
