"""Answers in a notebook that was handed in: found where they are, and told where they are not."""

import json
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from briefing.answers import AnswersStore, parse_answers
from briefing.answers.schema import FORMAT, MAX_BYTES, MIME
from briefing.course import exercise
from briefing.keys import definition
from briefing.marking.check import check_paths
from briefing.marking.hand_ins import What, listed, notebooks, read
from briefing.marking.hand_ins.notebooks import LARGEST_NOTEBOOK, from_notebook

STATE = "application/vnd.jupyter.widget-state+json"
TEXTS = [q.id for q in definition("ex02").question if q.kind == "text"]
CHOICES = [q.id for q in definition("ex02").question if q.kind == "choice"]
LABELS = [q for q in definition("ex02").question if q.kind == "labels"]


def answers(revision=3, exercise="ex02", student="fox-1", **more):
    return {
        "format": FORMAT,
        "version": 1,
        "exercise": exercise,
        "student": student,
        "revision": revision,
        "saved": "2026-11-22T19:40:00Z",
        "answers": {TEXTS[0]: {"kind": "text", "text": f"Mine, {revision}."}},
        **more,
    }


def output(bundle):
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": "<div>Hand in</div>", MIME: bundle},
    }


def notebook(*bundles, widgets=None, **more):
    cells = [{"cell_type": "markdown", "source": "Text", "metadata": {}}]
    cells += [
        {"cell_type": "code", "source": "x", "metadata": {}, "outputs": [output(bundle)]}
        for bundle in bundles
    ]
    metadata = {"widgets": {STATE: {"state": widgets, "version_major": 2}}} if widgets else {}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, **more}).encode()


def model(question, answer, revision=5, student="fox-1"):
    return {
        "model_name": "AnyModel",
        "state": {
            "question": question,
            "answer": answer,
            "student": student,
            "ack": {"revision": revision, "saved": "2026-11-22T20:00:00Z", "edit": 0},
        },
    }


# --- written by the course --------------------------------------------------------------------


@pytest.fixture
def work(tmp_path, monkeypatch):
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setenv("BRIEFING_WORK", str(folder))
    return folder


def executed(tmp_path, name="ex02"):
    source = f"from briefing.course import exercise\nexercise({name!r}).hand_in()"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(book, timeout=120, store_widget_state=False).execute()
    path = tmp_path / "handed-in" / "ex02-who-says-so.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(book, path)
    return path


def test_the_hand_in_cell_stores_the_answers_file_as_it_stood(work, tmp_path):
    store = AnswersStore.open("ex02")
    store.save(TEXTS[0], {"kind": "text", "text": "He said so. «é 🦊»"})
    path = executed(tmp_path)
    store.save(TEXTS[0], {"kind": "text", "text": "Changed after the cell was run."})
    (ref,) = listed(path.parent)
    found = read(ref)
    assert found.what is What.NOTEBOOK
    assert not found.problem
    file = parse_answers(found.data)
    assert (file.exercise, file.student, file.revision) == ("ex02", store.student, 1)
    assert file.answers[TEXTS[0]].text == "He said so. «é 🦊»"
    (said,) = found.notes
    assert "as they stood when its hand-in cell was last run (revision 1, saved 20" in said
    ((_, checked),) = check_paths([path.parent])
    assert checked.can_be_marked
    assert said in checked.sentences
    assert list(check_paths([path])) == [(path, checked)]


def test_while_nothing_is_answered_the_cell_shows_what_it_always_showed(work, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *a, **k: shown.append((a, k)))
    exercise("ex02").hand_in()
    AnswersStore.open("ex02").save(TEXTS[0], {"kind": "text", "text": " "})
    exercise("ex02").hand_in()
    AnswersStore.open("ex02").save(TEXTS[0], {"kind": "text", "text": "Mine."})
    exercise("ex02").hand_in()
    (first,), _ = shown[0]
    (empty,), _ = shown[2]
    (full,), more = shown[4]
    assert first.data == empty.data == full["text/html"]
    assert full["text/plain"] == repr(first)
    assert more == {"raw": True}
    assert full[MIME]["answers"][TEXTS[0]]["text"] == "Mine."
    assert MIME not in str(shown[:4])


def test_the_courses_own_notebooks_hold_no_answers():
    from briefing.corpus import course_folder

    for folder in ("notebooks", "exercises"):
        for path in sorted((course_folder() / folder).glob("*.ipynb")):
            found = from_notebook(path.read_bytes())
            assert "it holds no answers" in found.problem, path.name
            assert "ends in .answers.json" in found.problem


# --- as they come -----------------------------------------------------------------------------


def test_the_latest_of_several_is_taken_and_other_exercises_are_said():
    found = from_notebook(notebook(answers(2), answers(7), answers(5), answers(9, "lesson02")))
    assert parse_answers(found.data).revision == 7
    assert "revision 7" in found.notes[0]
    assert "lesson02" in found.notes[1]


def test_widget_state_is_the_second_source():
    choice = definition("ex02").questions[CHOICES[0]]
    group = choice.choice_groups[0]
    chosen = [
        f"{group.id}:{group.options[0].id}"
        if len(choice.choice_groups) > 1
        else group.options[0].id
    ]
    label = LABELS[0]
    widgets = {
        "a": model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "Old.", "attempts": 0}, 2),
        "b": model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "New.", "attempts": 0}, 6),
        "c": model(f"ex02/{CHOICES[0]}", {"kind": "choice", "chosen": chosen, "attempts": 1}, 4),
        "d": model(
            f"ex02/{label.id}",
            {"kind": "labels", "article": label.article, "labels": {}, "attempts": 0},
            4,
        ),
        "e": {"model_name": "LayoutModel", "state": {}},
        "f": model("ex02/hand-in", {"kind": "handin"}),
        "g": model("ex99/q1", {"kind": "text", "text": "x"}),
        "h": {"state": {"question": 7, "answer": []}},
        "i": 5,
    }
    found = from_notebook(notebook(widgets=widgets))
    file = parse_answers(found.data)
    assert (file.exercise, file.student, file.revision) == ("ex02", "fox-1", 6)
    assert file.answers[TEXTS[0]].text == "New."
    assert file.answers[CHOICES[0]].chosen == chosen
    assert "as its widgets held them" in found.notes[0]


@pytest.mark.parametrize(("carried", "held", "wins"), [(9, 5, 9), (3, 5, 5)])
def test_the_later_of_both_sources_wins(carried, held, wins):
    widgets = {"a": model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "W."}, held)}
    found = from_notebook(notebook(answers(carried), widgets=widgets))
    assert parse_answers(found.data).revision == wins


def test_an_answer_in_widget_state_that_cannot_be_kept_is_said():
    bad = {"kind": "labels", "article": "000000", "labels": {}}
    widgets = {
        "a": model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "W."}),
        "b": model(f"ex02/{LABELS[0].id}", bad),
    }
    found = from_notebook(notebook(widgets=widgets))
    assert not found.problem
    assert any(LABELS[0].id in note and "cannot be read" in note for note in found.notes)


def test_a_tampered_bundle_is_read_like_any_other_file():
    from briefing.answers.read import NotGradable

    for bundle in ({"format": FORMAT}, answers(revision="many"), answers(version=2), [], "x", None):
        found = from_notebook(notebook(bundle))
        assert not found.problem
        with pytest.raises(NotGradable):
            parse_answers(found.data)
    good = from_notebook(notebook({"format": FORMAT}, answers(4)))
    assert parse_answers(good.data).revision == 4


def test_a_time_that_cannot_be_is_not_repeated():
    found = from_notebook(notebook(answers(saved="=cmd|' /C calc'!A0")))
    assert found.notes == (
        "Read from a notebook: the answers as they stood when its hand-in cell was last run "
        "(revision 3).",
    )


DEEP = b'{"cells": [], "metadata": {"a": ' + b"[" * 200_000
HOSTILE = {
    "empty": b"",
    "no json": b"from os import system",
    "cut short": notebook(answers())[:-40],
    "a list": b"[]",
    "cells are a number": b'{"cells": 5}',
    "deep": DEEP,
    "deep and whole": DEEP + b"]" * 200_000 + b"}}",
    "deep cell": b'{"cells": [' + b'{"outputs": [' * 100_000,
    "not utf-8": b'{"cells": [], "metadata": {"\xff": 1}}',
    "a surrogate": b'{"cells": [{"outputs": [{"data": {"\\ud800": 1}}]}]}',
    "odd cells": b'{"cells": [1, null, "x", {"outputs": 7}, {"outputs": [1, null, {"data": 5}]}]}',
    "odd metadata": b'{"cells": [], "metadata": {"widgets": [1]}}',
    "odd state": b'{"cells": [], "metadata": {"widgets": {"%s": {"state": 4}}}}' % STATE.encode(),
    "huge number": b'{"cells": [], "metadata": {"a": ' + b"9" * 50_000 + b"}}",
    "too large": b'{"cells": []' + b" " * LARGEST_NOTEBOOK,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_notebook_is_one_sentence(what):
    found = from_notebook(HOSTILE[what])
    assert found.what is What.NOTEBOOK
    assert not found.data
    assert found.problem.startswith("Not an answers file: a notebook")
    assert found.problem.count(".") >= 1
    assert "Error" not in found.problem


def test_a_large_bundle_in_a_notebook_meets_the_limit_of_every_file():
    from briefing.answers.read import NotGradable

    found = from_notebook(notebook(answers(note="x" * MAX_BYTES)))
    with pytest.raises(NotGradable, match="too large"):
        parse_answers(found.data)


def test_notebooks_changed_at_random_never_stop():
    import random

    widgets = {"a": model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "W."}, 2)}
    whole = notebook(answers(), answers(5), widgets=widgets)
    rng = random.Random(5)
    for _ in range(2_000):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(broken))
            broken[at : at + rng.randrange(1, 5)] = rng.randbytes(rng.randrange(5))
        found = from_notebook(bytes(broken))
        assert found.data or found.problem


def test_only_exercises_of_the_course_are_looked_up_however_many_a_notebook_names(monkeypatch):
    looked_up = []

    def counting(name):
        looked_up.append(name)
        return definition(name)

    monkeypatch.setattr(notebooks, "definition", counting)
    widgets = {str(n): model(f"ex{n}/q1", {"kind": "text", "text": "W."}) for n in range(10, 3_000)}
    widgets["own"] = model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "Mine."})
    found = from_notebook(notebook(widgets=widgets))
    assert parse_answers(found.data).exercise == "ex02"
    assert looked_up == ["ex02"]


def test_of_widget_state_no_more_answers_are_decoded_than_a_file_may_hold(monkeypatch):
    decoded = []
    before = notebooks._decoded

    def counting(raw, kind):
        decoded.append(len(bytes(raw)) if kind == dict[str, Any] else 0)
        return before(raw, kind)

    monkeypatch.setattr(notebooks, "_decoded", counting)
    wide = {"kind": "text", "text": [[]] * 600_000}
    widgets = {str(n): model(f"ex02/{TEXTS[0]}", wide, revision=n) for n in range(6)}
    widgets["own"] = model(f"ex02/{TEXTS[0]}", {"kind": "text", "text": "Mine."}, revision=9)
    found = from_notebook(notebook(widgets=widgets))
    assert b"Mine." in found.data
    assert sum(decoded) <= MAX_BYTES


def test_of_outputs_that_cannot_be_read_few_are_tried(monkeypatch):
    tried = []
    real = notebooks.parse_answers
    monkeypatch.setattr(notebooks, "parse_answers", lambda data: (tried.append(1), real(data))[1])
    broken = {"output_type": "display_data", "data": {MIME: {"format": "no"}}, "metadata": {}}
    many = {"cells": [{"outputs": [broken] * 500}], "metadata": {}}
    found = notebooks.from_notebook(json.dumps(many).encode())
    assert found.notes == ("Read from a notebook.",)
    assert len(tried) == notebooks.MOST_REFUSED + 1
