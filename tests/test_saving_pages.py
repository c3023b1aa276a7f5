"""Several pages on one widget, told apart by their traits: no edit is lost, none wins unheard."""

from dataclasses import dataclass

import pytest

from briefing.answers import AnswersStore
from briefing.course.exercises import exercise
from briefing.widgets.handin import HandIn, Version
from briefing.widgets.text import Text


@pytest.fixture
def store(tmp_path):
    return AnswersStore.open("ex02", tmp_path)


def asked(store, **more):
    return Text(
        "Write.",
        question="ex02/q6",
        answer=store.answer("q6"),
        revision=store.revision,
        save=lambda answer, base: store.save("q6", answer, base),
        newer=lambda base: store.changed_since("q6", base),
        **more,
    )


@dataclass
class Tab:
    """A page: what it sends is what the browser sends, all in one message."""

    widget: Text
    by: str
    edit: int = 0
    based: int = 0

    def write(self, words, edit=None):
        self.edit = self.edit + 1 if edit is None else edit
        sent = {
            "answer": {**self.widget.answer, "text": words},
            "edit": self.edit,
            "by": self.by,
            "based": self.based,
        }
        self.widget.set_state(sent)
        return self.widget.ack


def test_two_tabs_that_count_alike_are_both_heard(store):
    """Both raise `edit` to 1 before they hear of each other."""
    widget = asked(store)
    left, right = Tab(widget, "left"), Tab(widget, "right")
    assert left.write("of the left", edit=1)["by"] == "left"
    ack = right.write("of the right", edit=1)
    assert (ack["by"], ack["edit"], ack["revision"]) == ("right", 1, 2)
    assert store.answer("q6")["text"] == "of the right"
    kept = {answers["q6"]["text"] for kept, answers in store.earlier() if kept.name == ack["aside"]}
    assert kept == {"of the left"}
    assert "Another window" in ack["message"]


def test_one_tab_that_types_faster_than_it_hears_is_no_conflict(store):
    tab = Tab(asked(store), "left")
    acks = [tab.write(f"{number} words") for number in range(5)]
    assert [ack["aside"] for ack in acks] == [""] * 5
    assert acks[-1]["revision"] == 5


def test_taking_turns_is_no_conflict(store):
    widget = asked(store)
    left, right = Tab(widget, "left"), Tab(widget, "right")
    for number in range(3):
        for tab, other in ((left, right), (right, left)):
            tab.edit = other.edit
            ack = tab.write(f"{tab.by} {number}")
            left.based = right.based = ack["revision"]
            assert ack["aside"] == ""


def test_a_check_in_between_is_no_conflict(store):
    widget = Text(
        "Write.",
        save=lambda answer, base: store.save("q6", answer, base),
        check=lambda answer: __import__("briefing.widgets", fromlist=["Feedback"]).Feedback(
            "Read."
        ),
    )
    tab = Tab(widget, "left")
    tab.write("one")
    widget.set_state({"check": 1})
    assert widget.attempts == 1
    assert tab.write("two")["aside"] == ""


def test_a_cell_that_was_run_again_leaves_an_older_widget_behind(store):
    old = Tab(asked(store), "old")
    old.write("begun")
    new = Tab(asked(store), "new", based=store.revision)
    new.write("gone on below")
    old.based = 1
    old.widget.set_state({"ping": 7})
    assert old.widget.ack["newer"] is True
    ack = old.write("gone on above")
    assert ack["ok"]
    assert "Another window" in ack["message"]
    new.widget.set_state({"ping": 8})
    assert new.widget.ack["newer"] is True


def test_a_sign_of_life_says_that_nothing_is_newer(store):
    tab = Tab(asked(store), "left")
    tab.write("mine")
    tab.widget.set_state({"ping": 1})
    assert tab.widget.ack["ping"] == 1
    assert tab.widget.ack["newer"] is False
    assert tab.widget.ack["ok"] is True


def test_a_sign_of_life_is_given_even_where_the_file_cannot_be_read(store):
    def broken(_base):
        raise RuntimeError("odd")

    widget = Text("Write.", save=lambda answer, base: store.save("q6", answer, base), newer=broken)
    widget.set_state({"ping": 1})
    assert widget.ack["ping"] == 1


# -- the hand-in's list ----------------------------------------------------------------------------


def wish(widget, what, **more):
    widget.wish = {"n": widget.wish.get("n", 0) + 1, "what": what, **more}
    return widget.told


def test_earlier_versions_are_listed_and_one_is_brought_back():
    asked = []

    def restore(name):
        asked.append(name)
        return "Brought back."

    version = Version("ex02.r000001.json", 1, "2026-11-22T19:40:00Z", 2, holds=("q1: 3 marks",))
    widget = HandIn(lambda: None, versions=lambda: [version], restore=restore)
    (listed,) = wish(widget, "versions")["versions"]
    assert listed["holds"] == ["q1: 3 marks"]
    assert wish(widget, "restore", name=listed["name"])["message"] == "Brought back."
    assert asked == ["ex02.r000001.json"]


@pytest.mark.parametrize("name", [None, 3, "x" * 301, ["a"]])
def test_a_name_that_is_none_is_not_asked_for(name):
    widget = HandIn(lambda: None, versions=list, restore=lambda name: pytest.fail(name))
    assert wish(widget, "restore", name=name)["ok"] is False


def test_without_versions_none_are_offered():
    widget = HandIn(lambda: None)
    assert widget.config["can_restore"] is False
    assert wish(widget, "versions")["versions"] == []
    assert wish(widget, "restore", name="x")["ok"] is False


def test_a_course_exercise_tells_its_versions_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path))
    asked = exercise("ex02")
    widget = asked.widget("q6")
    for words in ("One two three.", "One.", "Now."):
        widget.set_state({"answer": {**widget.answer, "text": words}, "edit": widget.edit + 1})
    first, second = asked._versions()
    assert (first.revision, second.revision) == (2, 1)
    assert second.holds[0].startswith("q6")
    assert second.holds[0].endswith("3 words")
    assert second.answered == 1
    told = asked._restore(second.name)
    assert "Run all cells" in told
    assert asked.store.answer("q6")["text"] == "One two three."
    assert asked._versions()[0].why == "stood there before something was brought back or loaded"
    widget.set_state({"ping": 1})
    assert widget.ack["newer"] is True
