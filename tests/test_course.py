"""An exercise in a notebook: questions, answers and feedback joined."""

import json
import shutil

import pytest

from briefing import exercise
from briefing.answers import parse_answers
from briefing.corpus import any_article, course_folder
from briefing.course.exercises import NoSuchQuestion, SolvedOnly
from briefing.course.feedback import SAVED
from briefing.keys import DefinitionError, KeyNotHere

ASKED = """
exercise = "ex98"
title = "Tried out"
graded = true

[[question]]
id = "q1"
kind = "labels"
title = "Credited or not"
article = "002"
field = "voice"
sentences = "counted"
labels = [{ id = "attributed", name = "credited" }, { id = "outlet", name = "not credited" }]

[[question]]
id = "q2"
kind = "marks"
title = "Who and says-word"
article = "002"
sentences = "counted"
linked = true
labels = [{ id = "source", name = "who" }, { id = "cue", name = "says-word" }]

[[question]]
id = "q3"
kind = "choice"
title = "A reading"
[[question.groups]]
id = "reading"
prompt = "Which reading?"
options = [{ id = "a", text = "This." }, { id = "b", text = "That." }]
[[question.groups]]
id = "effect"
prompt = "What changes?"
options = [{ id = "a", text = "Nothing." }, { id = "b", text = "A lot." }]

[[question]]
id = "q4"
kind = "text"
title = "In your words"
marked = "teacher"
words = [5, 60]
"""

KEY = """
exercise = "ex98"
[q2]
roles = ["source", "cue"]
[q3]
accepted = [{ reading = "a", effect = "b" }]
[q3.why]
"reading:a" = "The invented reason."
[q4]
model = "An invented good answer."
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with an exercise of its own, and an empty work folder."""
    folder = tmp_path / "course"
    for name in ("seeds", "data", "solutions/keys"):
        shutil.copytree(course_folder() / name, folder / name)
    (folder / "data" / "exercises").mkdir(exist_ok=True)
    (folder / "data" / "exercises" / "ex98.toml").write_text(ASKED, "utf-8")
    (folder / "solutions" / "keys" / "ex98.toml").write_text(KEY, "utf-8")
    monkeypatch.setenv("BRIEFING_COURSE", str(folder))
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    return folder


def answered(widget, answer):
    """Answer as the page does: the answer, and one edit more."""
    widget.answer = {**widget.answer, **answer}
    widget.edit += 1
    return widget.ack


def test_an_answer_is_on_disk_when_the_widget_says_so(course, tmp_path):
    ack = answered(exercise("ex98").widget("q4"), {"text": "Credited, I think."})
    assert ack["ok"]
    file = parse_answers((tmp_path / "work" / "ex98.answers.json").read_bytes())
    assert file.answers["q4"].text == "Credited, I think."
    assert ack["revision"] == file.revision == 1


def test_every_kind_comes_back_when_the_cell_is_run_again(course):
    sentence = any_article("002").sentences[0]
    mark = {"id": "m1", "start": 5, "end": 9, "label": "cue", "note": "why <b>"}
    answers = {
        "q1": {"labels": {sentence.id: {"voice": "outlet"}}},
        "q2": {"marks": [mark]},
        "q3": {"chosen": ["reading:b"]},
        "q4": {"text": "Mine."},
    }
    before = exercise("ex98")
    for question, answer in answers.items():
        assert answered(before.widget(question), answer)["ok"]
    for question, answer in answers.items():
        widget = exercise("ex98").widget(question)
        assert answer.items() <= widget.answer.items()
        assert widget.ack["revision"] == 4


def test_a_failed_save_is_said_and_the_answer_stays_in_the_widget(course, monkeypatch):
    widget = exercise("ex98").widget("q4")
    answered(widget, {"text": "kept"})
    monkeypatch.setattr("briefing.answers.disk.os.fsync", full_disk)
    ack = answered(widget, {"text": "not kept"})
    assert not ack["ok"]
    assert "disk is full" in ack["message"]
    monkeypatch.undo()


def full_disk(_handle):
    raise OSError(28, "No space left on device")


def test_feedback_gives_reasons_where_the_key_is_present(course):
    widget = exercise("ex98").widget("q3")
    answered(widget, {"chosen": ["reading:a", "effect:b"]})
    widget.check += 1
    assert widget.feedback["final"]
    assert "The invented reason." in json.dumps(widget.feedback)
    assert exercise("ex98").widget("q3").answer["attempts"] == 1


def test_a_students_version_saves_and_gives_nothing_away(course):
    shutil.rmtree(course / "solutions")
    ex98 = exercise("ex98")
    for question in ("q1", "q2", "q3"):
        widget = ex98.widget(question)
        answered(widget, {})
        widget.check += 1
        assert widget.feedback["summary"] == SAVED
        assert widget.feedback["items"] == []
        assert widget.feedback["key"] == []
    assert not ex98.widget("q4").can_check
    with pytest.raises(KeyNotHere):
        exercise("ex98", solved=True)


def test_static_views_are_the_same_in_both_versions(course):
    full = [exercise("ex98").widget(q).static_html() for q in ("q1", "q2", "q3", "q4")]
    shutil.rmtree(course / "solutions")
    assert [exercise("ex98").widget(q).static_html() for q in ("q1", "q2", "q3", "q4")] == full


def test_a_solved_exercise_shows_the_key_and_leaves_the_work_alone(course, tmp_path):
    solved = exercise("ex98", solved=True)
    assert solved.widget("q3").answer["chosen"] == ["reading:a", "effect:b"]
    assert solved.widget("q4").answer["text"] == "An invented good answer."
    labels = solved.widget("q1")
    assert set(labels.labelled.values()) == {"attributed", "outlet"}
    assert "The invented reason." in solved.widget("q3").static_html()
    assert "You got" in labels.feedback["summary"]
    marks = solved.widget("q2").marks
    assert {mark["label"] for mark in marks} == {"source", "cue"}
    links = {mark["source"] for mark in marks if mark["label"] == "cue" and "source" in mark}
    assert links
    assert links <= {mark["id"] for mark in marks}
    assert all(solved.widget(q).readonly for q in ("q1", "q2", "q3", "q4"))
    assert not (tmp_path / "work").exists()
    with pytest.raises(SolvedOnly):
        _ = solved.store


def test_the_hand_in_holds_the_file_and_says_what_is_empty(course):
    ex98 = exercise("ex98")
    answered(ex98.widget("q4"), {"text": "Mine."})
    name, data, receipt = ex98._pack()
    assert name == f"ex98.{ex98.store.student}.answers.json"
    assert parse_answers(data).answers["q4"].text == "Mine."
    assert receipt.empty == ("q1 (Credited or not)", "q2 (Who and says-word)", "q3 (A reading)")
    assert receipt.revision == 1
    assert "revision 2" in ex98._load(data)


def test_the_receipt_says_how_far_a_begun_answer_got(course):
    ex98 = exercise("ex98")
    answered(ex98.widget("q1"), {"labels": {"002.s03": {"voice": "outlet"}}})
    mark = {"id": "m1", "start": 400, "end": 405, "label": "source", "note": ""}
    answered(ex98.widget("q2"), {"marks": [mark]})
    receipt = ex98._pack()[2]
    assert list(receipt.partly) == [
        "q1 (Credited or not): 1 of 25 sentences",
        "q2 (Who and says-word): 1 of 25 sentences",
    ]
    answered(ex98.widget("q2"), {"marks": [{**mark, "start": 0, "end": 3}]})
    assert ex98._pack()[2].partly[1] == "q2 (Who and says-word): 0 of 25 sentences"
    answered(ex98.widget("q2"), {"marks": []})
    assert len(ex98._pack()[2].partly) == 1
    whole = {s.id: {"voice": "outlet"} for s in any_article("002").sentences}
    answered(ex98.widget("q1"), {"labels": whole})
    assert ex98._pack()[2].partly == []


def test_what_happened_to_the_file_is_said_once(course, tmp_path, capsys):
    answered(exercise("ex98").widget("q4"), {"text": "Mine."})
    assert capsys.readouterr().out == ""
    (tmp_path / "work" / "ex98.answers.json").write_bytes(b"{")
    again = exercise("ex98")
    assert capsys.readouterr().out.count("ex98.damaged-1.json") == 1
    assert again.widget("q4").text == "Mine."
    assert capsys.readouterr().out == ""


def test_what_does_not_exist_is_told_in_a_sentence(course):
    with pytest.raises(DefinitionError, match="There is no exercise 'ex77'"):
        exercise("ex77")
    with pytest.raises(NoSuchQuestion, match="it has q1, q2, q3, q4"):
        exercise("ex98").ask("q9")


def test_asking_shows_a_static_view_and_then_the_widget(course, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.append((a, k)))
    exercise("ex98").ask("q4")
    exercise("ex98").hand_in()
    static, live = shown[0][0][0], shown[1][0][0]
    assert "briefing-static-ex98-q4" in static.data
    assert live["text/plain"] == "<Text ex98/q4: run all cells to answer>"
    assert "<HandIn" in shown[3][0][0]["text/plain"]
    assert repr(exercise("ex98")) == "<ex98: Tried out>"


def put_in_file(folder, answers, student="fox-4821"):
    """An answers file that was changed by hand, or made for other questions."""
    tree = {"format": "reading-the-briefing/answers", "version": 1, "exercise": "ex98",
            "student": student, "revision": 3, "answers": answers}  # fmt: skip
    data = json.dumps(tree).encode()
    folder.mkdir(exist_ok=True)
    (folder / "ex98.answers.json").write_bytes(data)
    return data


def nested(levels):
    return {"in": nested(levels - 1)} if levels else 1


def mark_of_hand(name, **more):
    place = {"type": "TextPositionSelector", "start": 5, "end": 9}
    return {"id": name, "target": {"selector": [place]}, **more}


UNFIT = {
    "too long for its box": ("q4", {"kind": "text", "text": "x" * 300_000}, {"text": "Mine."}),
    "of another kind": ("q4", {"kind": "choice", "chosen": ["a"]}, {"text": "Mine."}),
    "about another text": (
        "q1", {"kind": "labels", "article": "001", "labels": {}}, None,
    ),
    "about no text": ("q2", {"kind": "marks", "article": "nope", "marks": []}, None),
    "with a name too long to be written": (
        "q2", {"kind": "marks", "article": "002", "marks": [mark_of_hand("m" * 100)]}, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNFIT)
def test_an_answer_that_cannot_be_shown_keeps_nobody_from_answering(course, tmp_path, capsys, what):
    question, unfit, mine = UNFIT[what]
    data = put_in_file(tmp_path / "work", {question: unfit})
    opened = exercise("ex98")
    widget = opened.widget(question)
    assert "cannot be shown here" in capsys.readouterr().out
    assert widget.answer == widget.empty_answer()
    sentence = any_article("002").sentences[0]
    mine = mine or (
        {"labels": {sentence.id: {"voice": "outlet"}}}
        if question == "q1"
        else {"marks": [{"id": "m1", "start": 5, "end": 9, "label": "cue", "note": ""}]}
    )
    assert not opened.store.versions()
    assert answered(widget, mine)["ok"]
    assert answered(widget, {**mine, "attempts": 0})["ok"]
    again = exercise("ex98").widget(question)
    assert capsys.readouterr().out == ""
    assert mine.items() <= again.answer.items()
    (kept,) = (version for version in opened.store.versions() if version.why)
    assert kept.path.read_bytes() == data


def test_what_is_nested_too_deep_to_be_written_keeps_nobody_from_answering_and_stays(
    course, tmp_path
):
    more = {"more": nested(11)}
    mark = mark_of_hand("#m1", deep=nested(9))
    answers = {
        "q4": {"kind": "text", "text": "x", **more},
        "q2": {"kind": "marks", "article": "002", "marks": [mark]},
    }
    put_in_file(tmp_path / "work", answers)
    opened = exercise("ex98")
    assert opened.widget("q4").text == "x"
    assert answered(opened.widget("q4"), {"text": "Mine."})["ok"]
    kept = {"id": "m1", "start": 5, "end": 9, "label": "cue", "note": ""}
    assert answered(opened.widget("q2"), {"marks": [kept]})["ok"]
    again = exercise("ex98")
    assert again.widget("q4").text == "Mine."
    assert again.widget("q2").answer["marks"] == [kept]
    tree = json.loads((tmp_path / "work" / "ex98.answers.json").read_bytes())
    assert tree["answers"]["q4"]["more"] == more["more"]
    assert tree["answers"]["q2"]["marks"][0]["deep"] == mark["deep"]


def test_strange_parts_of_marks_keep_nobody_from_answering_and_stay(course, tmp_path, capsys):
    strange = mark_of_hand("#m1", source=[1], label=None, start="x")
    answer = {"kind": "marks", "article": "002", "marks": [strange], "unplaced": 5}
    put_in_file(tmp_path / "work", {"q2": answer})
    widget = exercise("ex98").widget("q2")
    assert "q2" not in capsys.readouterr().out
    assert widget.static_html()
    (mark,) = widget.answer["marks"]
    assert mark == {"id": "m1", "start": 5, "end": 9, "label": "", "note": ""}
    assert answered(widget, {"marks": [{**mark, "label": "cue"}]})["ok"]
    (tree,) = (json.loads(path.read_bytes()) for path in (tmp_path / "work").glob("ex98.*.json"))
    assert tree["answers"]["q2"]["unplaced"] == [5]
    assert tree["answers"]["q2"]["marks"][0]["source"] == [1]


def test_a_file_with_another_code_is_loaded_back_and_the_code_is_told(course, tmp_path):
    opened = exercise("ex98")
    answered(opened.widget("q4"), {"text": "Mine."})
    own = opened.store.student
    theirs = put_in_file(tmp_path / "theirs", {"q4": {"kind": "text", "text": "Theirs."}}, "owl-1")
    told = opened._load(theirs)
    assert f"Your code is now owl-1, as in the file; it was {own}." in told
    assert "Your code" not in opened._load(theirs)


def test_a_strangers_code_is_told_without_signs_that_cannot_be_seen(course, tmp_path, capsys):
    code = "fox\x1b[31m\u202e\nYour file was deleted"
    put_in_file(tmp_path / "work", {"q4": {"kind": "text", "text": "Mine."}}, code)
    exercise("ex98")
    told = capsys.readouterr().out
    assert "begun under the code fox\ufffd[31m\ufffd\ufffdYour file" in told
