"""Choice questions and predictions, by their traits: what is kept, told and shown statically."""

import re
from pathlib import Path

import pytest
from disk_in_memory import Disk

from briefing.widgets.choice import Choice, Group, Option, WrongChoice
from briefing.widgets.feedback import Feedback, FeedbackItem
from briefing.widgets.reveal import Reveal, RevealText
from briefing.widgets.static_question import VERDICT_WORDS

HOSTILE = '</div><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
ONE = {
    "id": "g",
    "prompt": "Which?",
    "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
}
TWO = [
    {"id": "reading", "options": [{"id": "strict", "text": "S"}, {"id": "inherited", "text": "I"}]},
    {
        "id": "change",
        "several": True,
        "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
    },
]


def choose(widget, *chosen):
    """Do what the page does: set the answer and raise `edit`."""
    with widget.hold_trait_notifications():
        widget.answer = {**widget.answer, "chosen": list(chosen)}
        widget.edit += 1


def test_one_group_keeps_bare_options_and_several_groups_name_theirs():
    alone = Choice([ONE])
    assert [o["id"] for o in alone.config["groups"][0]["options"]] == ["a", "b"]
    both = Choice(TWO)
    assert [o["id"] for g in both.config["groups"] for o in g["options"]] == [
        "reading:strict",
        "reading:inherited",
        "change:a",
        "change:b",
    ]
    assert both.empty_answer() == {"kind": "choice", "chosen": [], "attempts": 0}


def test_a_choice_is_acknowledged_only_after_it_was_saved():
    disk = Disk()
    widget = Choice([ONE], save=disk, question="ex02/q5", revision=7)
    assert widget.ack["edit"] == 0
    choose(widget, "b")
    assert disk.saved == [{"kind": "choice", "chosen": ["b"], "attempts": 0}]
    assert disk.bases == [7]
    assert widget.ack["edit"] == 1
    assert widget.ack["ok"] is True
    assert widget.ack["revision"] == 1
    assert widget.chosen == ("b",)


def test_a_save_that_fails_is_told_in_its_own_sentence():
    from briefing.errors import BriefingError

    def full(_payload, _base):
        raise BriefingError("The disk is full; free some space and try again.")

    widget = Choice([ONE], save=full)
    choose(widget, "a")
    assert widget.ack["ok"] is False
    assert widget.ack["message"] == "The disk is full; free some space and try again."


def test_each_option_once_in_the_order_of_the_question_and_unknown_ones_stay():
    widget = Choice(TWO)
    cleaned = widget.clean({"chosen": ["change:b", "old:z", "change:a", "change:b", "old:z"]})
    assert cleaned["chosen"] == ["change:a", "change:b", "old:z"]


@pytest.mark.parametrize("chosen", ["a", 3, [1], {"a": True}, None, ["x"] * 501])
def test_what_is_no_list_of_options_is_refused(chosen):
    with pytest.raises(WrongChoice, match="choose again"):
        Choice([ONE]).clean({"chosen": chosen})


def test_a_check_counts_the_try_keeps_it_and_tells_the_reasons():
    disk = Disk()

    def check(answer):
        right = answer["chosen"] == ["b"]
        return Feedback(
            "That fits." if right else "Not yet.", [FeedbackItem("b", "right", "Since.")]
        )

    widget = Choice([ONE], save=disk, check=check)
    assert widget.can_check is True
    choose(widget, "a")
    widget.check += 1
    assert widget.feedback["summary"] == "Not yet."
    assert widget.feedback["check"] == 1
    assert disk.saved[-1]["attempts"] == 1
    choose(widget, "b")
    widget.check += 1
    assert widget.feedback["summary"] == "That fits."
    assert disk.saved[-1] == {"kind": "choice", "chosen": ["b"], "attempts": 2}


def test_without_a_check_there_is_no_button():
    assert Choice([ONE]).can_check is False


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [{"id": "g", "options": []}],
        [{"id": "g"}],
        [{"id": "g", "options": [{"id": "a"}]}],
        [{"id": "g", "options": [{"id": "a", "text": ""}, {"id": "a", "text": ""}]}],
        [ONE, ONE],
    ],
)
def test_groups_out_of_order_are_refused_when_the_question_is_made(groups):
    with pytest.raises(ValueError, match="group"):
        Choice(groups)


def test_group_objects_serve_as_well_as_tables():
    made = Choice([Group("g", "Which?", (Option("a", "A"), Option("b", "B")))])
    assert made.config == Choice([ONE]).config


def test_the_static_view_shows_what_is_chosen_and_is_the_same_every_time():
    widget = Choice([ONE], title="Question 5", question="ex02/q5", answer={"chosen": ["b"]})
    html = widget.static_html()
    assert "○ A" in html
    assert "● B" in html
    assert html == widget.static_html()
    assert html.startswith('<div id="briefing-static-ex02-q5"')
    assert "Run this cell" not in html
    assert "☒ A" in Choice(TWO, answer={"chosen": ["change:a"]}).static_html()
    assert "Run all cells to choose." in Choice([ONE]).static_html()


def test_the_static_view_tells_the_reasons_with_the_words_of_the_key():
    widget = Choice([ONE], answer={"chosen": ["a"]})
    widget.feedback = Feedback(
        "Not yet.", [FeedbackItem("a", "wrong", "Not this one. It is too short.", "b")]
    ).as_dict(1, 1)
    html = widget.static_html()
    assert "<b>✗ Not this one.</b> Our answer: B. It is too short." in html
    assert html.count("Not this one.") == 1


@pytest.mark.parametrize("where", ["title", "prompt", "quote", "option", "group", "reason"])
def test_hostile_words_are_escaped_in_the_static_view(where):
    words = {"title": "t", "prompt": "p", "quote": "q", "option": "o", "group": "g", "reason": "r"}
    words[where] = HOSTILE
    widget = Choice(
        [{"id": "g", "prompt": words["group"], "options": [{"id": "a", "text": words["option"]}]}],
        title=words["title"],
        prompt=words["prompt"],
        quote=words["quote"],
    )
    widget.feedback = Feedback("Fine.", [FeedbackItem("a", "right", words["reason"])]).as_dict(1, 1)
    html = widget.static_html()
    assert "<img" not in html
    assert "<script" not in html
    assert "\u202e" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_the_static_view_uses_only_styles_that_the_sanitiser_keeps():
    kept = {"border", "border-left", "padding", "margin", "white-space", "font-weight", "color"}
    widgets = [
        Choice(TWO, prompt="p", quote="q", answer={"chosen": ["change:a"]}),
        Reveal("p", ONE["options"], "r", right="a", quote="q"),
        RevealText("p", "r"),
    ]
    for widget in widgets:
        html = widget.static_html()
        styles = ";".join(re.findall(r'style="([^"]*)"', html)).split(";")
        assert {style.partition(":")[0] for style in styles} <= kept
        assert not re.search(r"role=|aria-|data-|var\(|class=", html)


def test_the_repr_is_fixed():
    assert repr(Choice([ONE], question="ex02/q5")) == "<Choice ex02/q5: run all cells to answer>"


def test_page_and_static_view_use_the_same_words_for_verdicts():
    source = Path(__file__).parents[1] / "src/briefing/widgets/js/asked.js"
    rows = re.findall(r'^  (\w+): \["(.)", "([^"]+)"\],$', source.read_text("utf-8"), re.MULTILINE)
    assert {name: f"{sign} {words}" for name, sign, words in rows} == VERDICT_WORDS


def predict(**more):
    options = [{"id": "a", "text": "The speaker"}, {"id": "b", "text": "The outlet"}]
    return Reveal("Who says it?", options, "No says-word here.", right="b", **more)


def test_a_prediction_comes_before_its_reason():
    widget = predict(reasons={"a": "Named one sentence earlier."})
    assert widget.feedback == {}
    assert widget.config["check"] == "Show the reason"
    choose(widget, "a")
    widget.check += 1
    assert widget.feedback["summary"] == "No says-word here."
    assert [(i["target"], i["verdict"]) for i in widget.feedback["items"]] == [
        ("a", "wrong"),
        ("b", "right"),
    ]
    assert widget.answer["chosen"] == ["a"]


def test_the_reason_is_not_in_what_the_page_gets_before_the_prediction():
    assert "No says-word" not in str(predict().get_state())


def test_a_reason_seen_once_is_there_when_the_cell_runs_again():
    again = predict(answer={"kind": "choice", "chosen": ["a"], "attempts": 1})
    assert again.feedback["summary"] == "No says-word here."
    assert predict(answer={"kind": "choice", "chosen": ["a"], "attempts": 0}).feedback == {}


def test_the_static_view_of_a_prediction_keeps_the_reason_folded():
    html = predict(reasons={"a": "Named earlier."}).static_html()
    before, inside = html.split("<details")
    assert "Who says it?" in before
    assert "No says-word" not in before
    assert "No says-word here." in inside
    assert "✓ The outlet" in inside
    assert "The speaker: Named earlier." in inside


def test_a_prediction_has_only_options_of_its_own():
    with pytest.raises(ValueError, match="no options"):
        predict(reasons={"z": "?"})


def test_a_written_prediction_is_kept_and_answered_by_the_reason():
    disk = Disk()
    widget = RevealText("Who says it?", "The outlet does.", save=disk)
    widget.answer = {**widget.answer, "text": "the outlet"}
    widget.edit += 1
    widget.check += 1
    assert widget.feedback["summary"] == "The outlet does."
    assert disk.saved[-1] == {"kind": "text", "text": "the outlet", "attempts": 1}
    again = RevealText("Who says it?", "The outlet does.", answer=disk.saved[-1])
    assert again.feedback["summary"] == "The outlet does."


def test_tries_beyond_what_a_file_can_hold_keep_nobody_from_saving():
    most = 1_000_000_000
    disk = Disk()
    begun = {"kind": "choice", "chosen": ["a"], "attempts": most}
    widget = Choice([ONE], answer=begun, save=disk, check=lambda _answer: Feedback("Not yet."))
    widget.check += 1
    assert widget.ack["ok"]
    assert disk.saved[-1]["attempts"] == most
