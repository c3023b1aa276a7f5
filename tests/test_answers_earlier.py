"""Earlier versions, files of one answer, and what stands aside: found, listed, brought back."""

import json
import os

import pytest

from briefing.answers import AnswersStore, NotGradable, SaveFailed, disk, parse_answers
from briefing.answers.student import change_code, read_code
from briefing.answers.unsaved import is_unsaved, parse_unsaved


def said(words):
    return {"kind": "text", "text": words}


@pytest.fixture
def store(tmp_path):
    return AnswersStore.open("ex02", tmp_path)


def one_answer(answer=None, **changes):
    """The bytes of the file that a widget's "Download my answer" makes."""
    file = {
        "format": "reading-the-briefing/unsaved-answer",
        "version": 1,
        "question": "ex02/q6",
        "student": "fox-4821",
        "when": "2026-11-22T19:40:00.000Z",
        "answer": answer or said("typed while the kernel was gone"),
        **changes,
    }
    return json.dumps(file).encode()


# -- versions --------------------------------------------------------------------------------------


def test_a_restored_version_puts_what_stood_there_among_the_versions(store):
    store.save("q1", said("one"))
    store.save("q2", said("two"))
    store.restore(1)
    assert store.answers() == {"q1": said("one")}
    (aside,) = (kept for kept in store.versions() if kept.why)
    assert (aside.why, aside.revision) == ("before-restore", 2)
    store.restore(aside.name)
    assert store.answers() == {"q1": said("one"), "q2": said("two")}


def test_an_older_widget_does_not_silently_undo_what_was_brought_back(store):
    base = store.save("q1", said("old")).revision
    base = store.save("q1", said("on the screen"), base).revision
    store.restore(1)
    assert store.changed_since("q1", base)
    receipt = store.save("q1", said("typed on, without running again"), base)
    assert "other version is kept" in receipt.message
    kept = next(answers for kept, answers in store.earlier() if kept.name == receipt.aside)
    assert kept["q1"] == said("old")


def test_a_question_that_a_restored_version_lacks_counts_as_changed(store):
    store.save("q1", said("one"))
    base = store.save("q2", said("two")).revision
    store.restore(1)
    other = AnswersStore.open("ex02", store.path.parent)
    assert not other.changed_since("q2", other.revision)
    assert other.changed_since("q2", base)


def test_how_often_an_answer_was_checked_is_no_other_version(store):
    base = store.save("q4", {"kind": "choice", "chosen": ["a"], "attempts": 0}).revision
    store.save("q4", {"kind": "choice", "chosen": ["a"], "attempts": 1}, base)
    receipt = store.save("q4", {"kind": "choice", "chosen": ["a"], "attempts": 2}, base)
    assert (receipt.message, receipt.aside) == ("", "")


def test_versions_reach_back_further_than_the_last_marks(store):
    """A save is one mark: of older times one version in ten minutes stays."""
    for number in range(100):
        store.save("q1", said(str(number)))
        now = 1_800_000_000 + number * 60
        for version in disk.versions(store.path)[-1:]:
            os.utime(version, (now, now))
    revisions = [kept.revision for kept in store.versions()]
    assert revisions[-disk.KEPT :] == list(range(81, 101))
    older = revisions[: -disk.KEPT]
    assert older == [10, 20, 30, 40, 50, 60, 70, 80]
    store.restore(30)
    assert store.answer("q1") == said("29")


def test_versions_of_long_ago_make_room(store):
    for number in range(3 * disk.KEPT):
        store.save("q1", said(str(number)))
        now = 1_800_000_000 + number * 3_600
        os.utime(disk.versions(store.path)[-1], (now, now))
    assert len(store.versions()) == 2 * disk.KEPT


@pytest.mark.parametrize("name", ["../ex02.answers.json", "student.json", "", 99, "ex02.r000001"])
def test_only_a_version_can_be_restored(store, name):
    store.save("q1", said("one"))
    before = store.path.read_bytes()
    with pytest.raises(SaveFailed, match="not kept"):
        store.restore(name)
    assert store.path.read_bytes() == before


def test_a_damaged_version_is_passed_over(store):
    store.save("q1", said("one"))
    store.save("q1", said("two"))
    disk.versions(store.path)[0].write_bytes(b"{")
    folder = store.path.parent / ".versions"
    (folder / "ex02.other-window-1.json").write_bytes(b'{"format": "x"}')
    (folder / "ex02.strange-1.json").write_bytes(store.path.read_bytes())
    assert [kept.revision for kept in store.versions()] == [2]


# -- the file of one answer ------------------------------------------------------------------------


def test_the_file_of_one_answer_is_loaded_back(store):
    store.save("q1", said("here before"))
    receipt = store.load_back(one_answer(), {"q1": "text", "q6": "text"})
    assert store.answers() == {
        "q1": said("here before"),
        "q6": said("typed while the kernel was gone"),
    }
    assert "before-restore" in receipt.aside
    assert parse_answers(store.path.read_bytes()).answers["q6"].text.startswith("typed")


def test_marks_of_one_answer_become_annotations_and_keep_their_tries(store):
    mark = {"id": "m1", "start": 3, "end": 9, "label": "who", "note": "<b>"}
    marks = {"kind": "marks", "article": "000", "attempts": 0, "marks": [mark]}
    store.save("q2", {**marks, "marks": [], "attempts": 3})
    store.load_back(one_answer(marks, question="ex02/q2"))
    assert store.answer("q2") == {**marks, "attempts": 3}


def test_an_empty_session_takes_over_the_code_and_one_with_answers_does_not(store, tmp_path):
    store.load_back(one_answer())
    assert store.student == "fox-4821"
    other = AnswersStore.open("ex02", tmp_path / "other")
    other.save("q1", said("mine"))
    mine = other.student
    other.load_back(one_answer(student="heron-1"))
    assert other.student == mine


@pytest.mark.parametrize(
    "data",
    [
        one_answer(version=2),
        one_answer(version=True),
        one_answer(question="q6"),
        one_answer(question="ex02/../../x"),
        one_answer(question=["ex02/q6"]),
        one_answer(student="x" * 201),
        one_answer(answer=["not", "an", "answer"]),
        one_answer(when=7),
        one_answer()[:-1],
        one_answer().replace(b'"when"', b'"question"'),
        one_answer().replace(b"2026", b"\\ud83d"),
        b'{"format": "reading-the-briefing/unsaved-answer", "version": ' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b'["reading-the-briefing/unsaved-answer"]',
    ],
)
def test_a_hostile_file_of_one_answer_is_refused_with_a_sentence(store, data):
    store.save("q6", said("mine"))
    before = store.path.read_bytes()
    with pytest.raises(NotGradable) as caught:
        store.load_back(data, {"q6": "text"})
    assert 20 < len(str(caught.value)) < 700
    assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (one_answer(question="ex03/q6"), "holds an answer to ex03"),
        (one_answer(question="ex02/q99"), "no answer that q99"),
        (one_answer({"kind": "choice", "chosen": []}), "no answer that q6"),
        (one_answer({"kind": "text", "text": 7}), "cannot be kept"),
        (one_answer({"kind": "text", "text": "x" * 300_001}), "cannot be kept"),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(store, data, words):
    store.save("q6", said("mine"))
    before = store.path.read_bytes()
    with pytest.raises(SaveFailed, match=words):
        store.load_back(data, {"q6": "text"})
    assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    "answer", [{"kind": "text", "text": 7}, {"kind": "text", "text": "x" * 300_001}]
)
def test_who_cannot_load_an_answer_goes_on_under_their_own_code(store, answer):
    mine = store.student
    assert mine != "fox-4821"
    with pytest.raises(SaveFailed):
        store.load_back(one_answer(answer), {"q6": "text"})
    assert (store.student, read_code(store.path.parent)) == (mine, mine)


@pytest.mark.parametrize("whole", [True, False])
def test_a_full_disk_on_loading_changes_no_code(store, tmp_path, monkeypatch, whole):
    change_code(tmp_path / "theirs", "fox-4821")
    theirs = AnswersStore.open("ex02", tmp_path / "theirs")
    theirs.save("q6", said("theirs"))
    mine = store.student

    def full(*_):
        raise SaveFailed("The disk is full.")

    with monkeypatch.context() as during:
        during.setattr(disk, "replace_file", full)
        with pytest.raises(SaveFailed, match="full"):
            store.load_back(theirs.path.read_bytes() if whole else one_answer())
    assert (store.student, read_code(store.path.parent)) == (mine, mine)
    store.save("q1", said("mine"))
    assert parse_answers(store.path.read_bytes()).student == mine


def test_the_two_kinds_of_files_are_told_apart(store):
    store.save("q6", said("mine"))
    assert is_unsaved(one_answer())
    assert not is_unsaved(store.path.read_bytes())
    assert parse_unsaved(one_answer()).place == ("ex02", "q6")


# -- an answers file that somebody put in place by hand ------------------------------------------


def test_an_older_file_put_back_by_hand_takes_no_place_from_what_was_kept(store):
    for number in range(1, 9):
        store.save("q1", said(f"work {number}"))
    kept = {version.path: version.path.read_bytes() for version in store.versions()}
    store.path.write_bytes(store.versions()[1].path.read_bytes())
    after = AnswersStore.open("ex02", store.path.parent)
    assert after.answer("q1") == said("work 2")
    receipt = after.save("q1", said("new work"))
    assert receipt.revision == 9
    assert {path: path.read_bytes() for path in kept} == kept
    store.path.unlink()
    last = AnswersStore.open("ex02", store.path.parent)
    assert last.answer("q1") == said("new work")


@pytest.mark.parametrize("revision", [1_000_000_000, 999_999_999, 900_000_000])
def test_a_revision_at_the_end_of_all_numbers_keeps_nobody_from_going_on(store, revision):
    store.save("q1", said("one"))
    tree = json.loads(store.path.read_bytes())
    tree |= {"revision": revision, "changed": {"q1": revision}}
    store.path.write_text(json.dumps(tree))
    for number in range(3):
        after = AnswersStore.open("ex02", store.path.parent)
        assert after.notices == []
        after.save("q1", said(f"work {number}"))
        after.save("q2", said(f"more {number}"))
    last = AnswersStore.open("ex02", store.path.parent)
    assert last.answers() == {"q1": said("work 2"), "q2": said("more 2")}
    assert parse_answers(last.file_bytes()).revision == last.revision == 7
    kept = [version.revision for version in last.versions()]
    assert kept == [1, 2, 3, 4, 5, 6, 7]


def test_what_could_not_be_read_again_is_not_written(store):
    for number in range(3):
        store.save(f"q{number}", said(f"mine {number}"))
    before = store.path.read_bytes()
    tree = json.loads(before) | {"answers": {f"z{number}": said("x") for number in range(198)}}
    with pytest.raises(SaveFailed, match="could not be read again"):
        store.load_back(json.dumps(tree).encode())
    assert store.path.read_bytes() == before
    del tree["answers"]["z0"]
    store.load_back(json.dumps(tree).encode())  # 200 in all
    with pytest.raises(SaveFailed, match="could not be read again"):
        store.save("q9", said("one more"))
    store.save("q1", said("hours of work"))
    assert AnswersStore.open("ex02", store.path.parent).answer("q1") == said("hours of work")


def nested(depth):
    found = "x"
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "strange", [nested(40), nested(14), [[]] * 310_000], ids=["40", "14", "parts"]
)
def test_strange_parts_of_an_answer_never_make_the_file_unreadable(store, strange):
    """A page may send what it found in the browser's storage, whoever put it there."""
    store.save("q1", said("mine"))
    store.save("q2", said("mine, too"))
    with pytest.raises(SaveFailed, match="Not saved"):
        store.save("q1", {**said("mine"), "strange": strange})
    receipt = store.save("q1", {**said("hours of work"), "strange": nested(10)})
    again = AnswersStore.open("ex02", store.path.parent)
    assert (again.revision, again.notices) == (receipt.revision, [])
    assert again.answer("q1")["text"] == "hours of work"
