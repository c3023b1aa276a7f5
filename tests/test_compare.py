"""Two students' answers side by side: the partner's file is hostile, and never becomes one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing import exercise
from briefing.answers.student import change_code
from briefing.corpus import any_article
from briefing.course.compare import NotCompared, comparison
from briefing.widgets import Comparison

HOSTILE = "<img src=x onerror=alert(1)></script>\u202eevil"
TEXT = any_article("001").text


def put(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, **answers: Any) -> bytes:
    """Answer ex02 as a student of that code does, and return the file."""
    monkeypatch.setenv("BRIEFING_WORK", str(folder))
    folder.mkdir(exist_ok=True)
    change_code(folder, code)
    for question, answer in answers.items():
        widget = exercise("ex02").widget(question)
        widget.answer = {**widget.answer, **answer}
        widget.edit += 1
        assert widget.ack["ok"], widget.ack
    return (folder / "ex02.answers.json").read_bytes()


def mark(name: str, words: str, label: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "id": name,
        "start": start,
        "end": start + len(words),
        "label": label,
        "note": "",
        **more,
    }


MINE = [mark("m1", "Russian General Staff", "source"), mark("m2", "said", "cue")]
THEIRS = [mark("m1", "General Staff", "source"), mark("m2", "said", "source", note=HOSTILE)]
SENTENCES = [one.id for one in any_article("001").sentences][:3]

Open = Callable[[str], Comparison]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The comparison of a question of ex02, with one's own answers in it."""
    labels = {SENTENCES[0]: {"voice": "attributed"}, SENTENCES[1]: {"voice": "outlet"}}
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    put(tmp_path / "mine", monkeypatch, "fox-1", q2={"marks": MINE}, q1={"labels": labels})

    def opened(question: str) -> Comparison:
        monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "mine"))
        ex02 = exercise("ex02")
        asked = ex02.definition.questions[question]
        return comparison(asked, "ex02", ex02.store.student, ex02.store.answer(question))

    return opened


def choose(widget: Comparison, data: bytes) -> dict[str, Any]:
    widget.set_state({"upload": data, "wish": {"n": 1, "what": "compare", "size": len(data)}})
    return dict(widget.told)


def test_a_partners_marks_stand_beside_ones_own_and_are_not_kept(
    own: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path / "theirs", monkeypatch, "owl-2", q2={"marks": THEIRS})
    widget = own("q2")
    before = (tmp_path / "mine" / "ex02.answers.json").read_bytes()
    told = choose(widget, file)
    assert told["ok"], told
    assert "owl-2, revision 1" in told["message"]
    assert told["message"].endswith("1 of 2 marks agree; 1 with another label.")
    assert HOSTILE in json.dumps(widget.other, ensure_ascii=False)
    assert "<img" not in widget.static_html()
    assert (tmp_path / "mine" / "ex02.answers.json").read_bytes() == before
    assert widget.answer["marks"] == exercise("ex02").store.answer("q2")["marks"]  # type: ignore[index]


def test_labels_are_compared_too(
    own: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = {SENTENCES[1]: {"voice": "outlet"}, SENTENCES[2]: {"voice": "outlet"}}
    file = put(tmp_path / "theirs", monkeypatch, "owl-2", q1={"labels": labels})
    told = choose(own("q1"), file)
    assert told["message"].endswith("1 of 3 labels agree; 1 only you; 1 only owl-2.")


def changed(file: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    tree = json.loads(file)
    change(tree)
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tree: tree.update(exercise="ex03"), "belongs to ex03"),
        (lambda tree: tree["answers"].pop("q2"), "no answer to q2"),
        (lambda tree: tree["answers"]["q2"].update(article="002"), "about another text"),
        (lambda tree: tree["answers"]["q2"].update(sha256="0" * 64), "about another text"),
        (lambda tree: tree["answers"].update(q2={"kind": "text", "text": "x"}), "no answer to q2"),
        (lambda tree: tree.update(version=2), "newer version"),
        (lambda tree: tree.update(student=5), "."),
        (lambda tree: tree.update(format="else"), "not an answers file"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_a_sentence(
    own: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[dict[str, Any]], None],
    words: str,
) -> None:
    file = put(tmp_path / "theirs", monkeypatch, "owl-2", q2={"marks": THEIRS})
    widget = own("q2")
    told = choose(widget, changed(file, change))
    assert told["ok"] is False
    assert words in told["message"]
    assert told["message"].endswith(".")
    assert widget.other == {}


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe{}", b"[" * 5000, b"\x80", b"{}" * 10])
def test_bytes_that_are_no_answers_file_are_told(own: Open, data: bytes) -> None:
    told = choose(own("q2"), data)
    assert told["ok"] is False
    assert told["message"].endswith(".")


def test_marks_that_fit_nothing_are_counted_and_left_out(
    own: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(tmp_path / "theirs", monkeypatch, "owl-2", q2={"marks": THEIRS})

    def strange(tree: dict[str, Any]) -> None:
        first, second = tree["answers"]["q2"]["marks"]
        first["body"][0]["value"] = HOSTILE
        second["target"]["selector"] = [{"type": "TextQuoteSelector", "exact": "nowhere here"}]
        tree["student"] = HOSTILE

    widget = own("q2")
    told = choose(widget, changed(file, strange))
    assert told["ok"]
    assert "2 marks do not fit the question" in told["message"]
    assert widget.other["marks"] == []
    assert "<img" not in widget.static_html()


def test_ones_own_file_is_called_so(own: Open, tmp_path: Path) -> None:
    widget = own("q2")
    told = choose(widget, (tmp_path / "mine" / "ex02.answers.json").read_bytes())
    assert "carries your own code" in told["message"]
    assert widget.other["name"] == "your file"


def test_only_marks_and_labels_can_be_compared(own: Open) -> None:
    with pytest.raises(NotCompared, match="only those can be compared"):
        own("q4")


def test_comparing_reads_no_key(own: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_args: Any) -> None:
        raise AssertionError("a key was read")

    monkeypatch.setattr("briefing.keys.keyfiles.exercise_key", forbidden)
    monkeypatch.setattr("briefing.course.exercises.exercise_key", forbidden)
    monkeypatch.setattr("briefing.course.feedback.exercise_key", forbidden)
    widget = own("q2")
    assert widget.can_check is False
    assert choose(widget, (Path(exercise("ex02").store.path)).read_bytes())["ok"]


def test_comparing_shows_a_static_view_and_then_the_widget(
    own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    own("q2")
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda what, **_how: shown.append(what))
    exercise("ex02").compare("q2")
    assert "Compare with a partner" in shown[0].data
    assert "General Staff" in shown[0].data
    assert len(shown) == 2
