"""Hand-in by its traits: the very bytes, the receipt, and sentences when something is wrong."""

import pytest

from briefing.errors import BriefingError
from briefing.widgets.handin import MOST_BYTES, HandIn, HandInReceipt

NAME = "ex02.fox-4821.answers.json"
DATA = '{"format": "reading-the-briefing/answers", "é": "🦊"}'.encode()


def pack():
    return NAME, DATA, HandInReceipt(42, "2026-11-22T19:40:00Z", ("Question 4", "Question 6"), 5)


def wish(widget, what, **more):
    """Do what the page does."""
    widget.wish = {"n": widget.wish.get("n", 0) + 1, "what": what, **more}
    return widget.told


def send(widget, data):
    """Load a file as the page does: bytes arrive as a memoryview."""
    widget.set_state({"upload": memoryview(data)})
    return wish(widget, "load", name="x.json", size=len(data))


def test_packing_gives_the_bytes_and_the_receipt():
    widget = HandIn(pack)
    told = wish(widget, "pack")
    assert widget.data == DATA
    assert told == {
        "n": 1,
        "ok": True,
        "message": "",
        "name": NAME,
        "size": len(DATA),
        "revision": 42,
        "saved": "2026-11-22T19:40:00Z",
        "empty": ["Question 4", "Question 6"],
        "partly": [],
        "answered": 5,
        "place": "",
    }


def test_every_click_packs_afresh():
    revisions = iter((1, 2))
    widget = HandIn(lambda: (NAME, DATA, HandInReceipt(next(revisions), "")))
    assert wish(widget, "pack")["revision"] == 1
    assert wish(widget, "pack")["revision"] == 2


def test_what_goes_wrong_in_packing_is_told_in_a_sentence():
    def broken():
        raise BriefingError("work/ex02.answers.json cannot be read; run the first cell again.")

    told = wish(HandIn(broken), "pack")
    assert told["ok"] is False
    assert told["message"] == "work/ex02.answers.json cannot be read; run the first cell again."

    def worse():
        raise RuntimeError("odd")

    told = wish(HandIn(worse), "pack")
    assert told["ok"] is False
    assert "RuntimeError, odd" in told["message"]


def test_loading_hands_over_the_very_bytes_and_tells_the_sentence():
    heard = []

    def load(data):
        heard.append(data)
        return "Six answers were loaded."

    widget = HandIn(pack, load)
    assert send(widget, DATA)["message"] == "Six answers were loaded."
    assert heard == [DATA]
    assert type(heard[0]) is bytes
    assert widget.upload == b""


def test_a_file_that_is_refused_gets_its_sentence():
    def load(_data):
        raise BriefingError("This file holds answers to ex03, not to ex02; nothing was changed.")

    told = send(HandIn(pack, load), b"{}")
    assert told["ok"] is False
    assert told["message"].startswith("This file holds answers to ex03")


def test_too_large_a_file_never_reaches_the_course():
    heard = []
    told = send(HandIn(pack, heard.append), b" " * (MOST_BYTES + 1))
    assert told["ok"] is False
    assert "4,000,001 bytes" in told["message"]
    assert heard == []


def test_a_file_that_arrives_in_part_is_refused():
    heard = []
    widget = HandIn(pack, heard.append)
    widget.set_state({"upload": memoryview(b"{")})
    told = wish(widget, "load", size=2)
    assert "did not arrive whole" in told["message"]
    assert heard == []


def test_nothing_can_be_loaded_where_nothing_takes_it():
    widget = HandIn(pack)
    assert widget.config["can_load"] is False
    assert send(widget, b"{}")["ok"] is False


@pytest.mark.parametrize("what", ["init__", "nonsense", None, "pack_", 3])
def test_an_unknown_wish_is_told_so(what):
    told = wish(HandIn(pack), what)
    assert told["ok"] is False
    assert "run the cell again" in told["message"]


def test_a_wish_without_a_number_is_no_wish():
    widget = HandIn(pack)
    widget.wish = {"what": "pack"}
    assert widget.told == {}


def test_the_static_view_and_the_repr_are_fixed():
    widget = HandIn(pack, place="work/<ex02>.answers.json", question="ex02/hand-in")
    html = widget.static_html()
    assert "work/&lt;ex02&gt;.answers.json" in html
    wish(widget, "pack")
    assert widget.static_html() == html
    assert NAME not in html
    assert repr(widget) == "<HandIn ex02/hand-in: run all cells to use it>"
