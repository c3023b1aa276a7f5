"""The student's code by its traits: kept by the course, refused with a sentence, never in a view."""

import pytest

from briefing.answers.student import change_code, propose_code, read_code
from briefing.errors import BriefingError
from briefing.widgets.student import StudentCode


def wish(widget, what, **more):
    """Do what the page does."""
    widget.wish = {"n": widget.wish.get("n", 0) + 1, "what": what, **more}
    return widget.told


def test_a_new_code_is_kept_as_the_course_keeps_it(tmp_path):
    widget = StudentCode("fox-4821", lambda code: change_code(tmp_path, code))
    told = wish(widget, "save", code="  heron-1937 ")
    assert told == {
        "n": 1,
        "ok": True,
        "code": "heron-1937",
        "message": "Your code is now heron-1937.",
    }
    assert widget.code == "heron-1937"
    assert read_code(tmp_path) == "heron-1937"


@pytest.mark.parametrize(
    "code", ["", "   ", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\u202eb", "x" * 61]
)
def test_a_code_that_is_refused_leaves_the_old_one(tmp_path, code):
    change_code(tmp_path, "fox-4821")
    widget = StudentCode("fox-4821", lambda typed: change_code(tmp_path, typed))
    told = wish(widget, "save", code=code)
    assert told["ok"] is False
    assert "please" in told["message"].lower()
    assert widget.code == "fox-4821"
    assert read_code(tmp_path) == "fox-4821"


@pytest.mark.parametrize("code", ['O\'Neil, "Sam"', "Łukasz 🦊", "שלום", "a;b\\c"])
def test_odd_but_harmless_codes_are_kept(tmp_path, code):
    widget = StudentCode("fox-4821", lambda typed: change_code(tmp_path, typed))
    assert wish(widget, "save", code=code)["ok"] is True
    assert read_code(tmp_path) == code


@pytest.mark.parametrize("code", [None, 3, ["fox"], "x" * 10_000])
def test_what_nobody_types_by_hand_is_refused_before_the_course_sees_it(code):
    heard = []
    told = wish(StudentCode("fox-4821", heard.append), "save", code=code)
    assert told["ok"] is False
    assert heard == []


def test_the_same_code_again_changes_nothing():
    widget = StudentCode("fox-4821", lambda code: code)
    assert wish(widget, "save", code="fox-4821")["message"] == "Your code stays as it was."


def test_another_code_is_proposed_but_not_kept():
    widget = StudentCode("fox-4821", propose=propose_code)
    assert widget.config["can_propose"] is True
    assert wish(widget, "propose")["code"] != ""
    assert widget.code == "fox-4821"


def test_a_proposal_that_fails_is_told():
    def none():
        raise BriefingError("No code is left.")

    assert wish(StudentCode("fox-4821", propose=none), "propose")["message"] == "No code is left."
    assert StudentCode("fox-4821").config["can_propose"] is False


def test_no_view_that_is_stored_holds_the_code():
    widget = StudentCode("lynx-9731", title="Your code", question="lesson00/code")
    assert "lynx" not in widget.static_html()
    assert repr(widget) == "<StudentCode lesson00/code: run all cells to use it>"
