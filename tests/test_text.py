"""Short text by its traits: words counted, any writing kept, too long a text refused."""

import pytest
from disk_in_memory import Saved

from briefing.widgets.text import Text, TextTooLong, WrongText, asked_for

HOSTILE = '</div><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'


def write(widget, text):
    """Do what the page does: set the answer and raise `edit`."""
    with widget.hold_trait_notifications():
        widget.answer = {**widget.answer, "text": text}
        widget.edit += 1


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(5, 60, "5 to 60 words"), (5, None, "at least 5 words"), (None, 60, "at most 60 words")],
)
def test_what_is_asked_for_is_said_in_words(least, most, words):
    assert asked_for(least, most) == words
    assert f"Asked for: {words}." in Text("p", words=(least, most)).static_html()


def test_no_guidance_no_line():
    assert asked_for(None, None) == ""
    assert "Asked for" not in Text("p").static_html()


@pytest.mark.parametrize("text", ["too short", "word " * 500, "Ελλάδα 🦊 שלום\u200f", "line\nline"])
def test_any_text_is_kept_as_it_is_whatever_the_guidance(text):
    saved = []

    def save(payload, base):
        saved.append((payload, base))
        return Saved(1)

    widget = Text("p", words=(5, 60), save=save)
    write(widget, text)
    assert saved == [({"kind": "text", "text": text, "attempts": 0}, None)]
    assert widget.ack["ok"] is True
    assert widget.text == text


def test_half_characters_are_replaced_before_the_file_sees_them():
    cleaned = Text("p").clean({"text": "a\ud83db"})
    assert cleaned["text"] == "a\ufffdb"
    cleaned["text"].encode("utf-8")


def test_too_long_a_text_is_refused_with_both_numbers():
    widget = Text("p", save=lambda _p, _b: Saved(1))
    write(widget, "x" * 1_000_000)
    assert widget.ack["ok"] is False
    assert "1,000,000 characters" in widget.ack["message"]
    assert "20,000" in widget.ack["message"]
    with pytest.raises(TextTooLong):
        Text("p", most_characters=3).clean({"text": "four"})
    assert Text("p", most_characters=4).clean({"text": "🦊🦊🦊🦊"})["text"] == "🦊🦊🦊🦊"


@pytest.mark.parametrize("text", [None, 3, ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(WrongText):
        Text("p").clean({"text": text})


def test_the_static_view_shows_the_answer_escaped():
    widget = Text(HOSTILE, quote=HOSTILE, answer={"kind": "text", "text": HOSTILE})
    html = widget.static_html()
    assert "<img" not in html
    assert "<script" not in html
    assert "\u202e" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 3
    assert html == widget.static_html()


def test_the_static_view_of_an_empty_answer_says_how_to_begin():
    assert "Run all cells to write." in Text("p").static_html()


def test_the_repr_is_fixed():
    assert repr(Text("p", question="ex02/q6")) == "<Text ex02/q6: run all cells to answer>"
