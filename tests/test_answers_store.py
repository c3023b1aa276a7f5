"""The answers file on disk: saving, restoring, versions, other windows, hand-in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.answers import (
    AnswersStore,
    AnswersUnreadable,
    NotGradable,
    NoWorkFolder,
    SaveFailed,
    change_code,
    hand_in,
    parse_answers,
    payload,
    work_folder,
)
from briefing.answers.disk import KEPT
from briefing.corpus import articles


def said(words):
    return {"kind": "text", "text": words}


def marked(start, end):
    mark = {"id": "m1", "start": start, "end": end, "label": "who", "note": ""}
    return {"kind": "marks", "article": "000", "attempts": 0, "marks": [mark]}


@pytest.fixture
def store(tmp_path):
    return AnswersStore.open("ex02", tmp_path)


def again(store):
    return AnswersStore.open(store.exercise, store.path.parent)


def test_an_answer_is_there_after_a_restart(store):
    receipt = store.save("q1", said("😀 שלום"))
    store.save("q2", marked(100, 140))
    assert receipt.revision == 1
    assert receipt.saved_iso.endswith("Z")
    assert receipt.message == ""
    fresh = again(store)
    assert fresh.answer("q1") == said("😀 שלום")
    assert fresh.answer("q2") == marked(100, 140)
    assert fresh.answer("q3") is None
    assert (fresh.revision, fresh.notices) == (2, [])


def test_the_file_is_the_one_that_can_be_marked(store):
    store.save("q2", marked(100, 140))
    file = parse_answers(store.path.read_bytes())
    assert (file.exercise, file.student, file.revision) == ("ex02", store.student, 1)
    assert file.answers["q2"].sha256 == articles["000"].sha256


def test_saving_the_same_answer_again_changes_nothing(store):
    first = store.save("q1", said("same"))
    bytes_before = store.path.read_bytes()
    assert store.save("q1", said("same")) == first
    assert store.path.read_bytes() == bytes_before


def test_unknown_fields_survive_saving(store):
    store.save("q1", said("one"))
    tree = json.loads(store.path.read_text("utf-8"))
    tree["theirs"] = {"deep": [1, 2]}
    tree["answers"]["q1"]["pace"] = "slow"
    store.path.write_text(json.dumps(tree), "utf-8")
    again(store).save("q1", said("two"))
    tree = json.loads(store.path.read_text("utf-8"))
    assert tree["theirs"] == {"deep": [1, 2]}
    assert tree["answers"]["q1"] == {"pace": "slow", "kind": "text", "text": "two"}


def test_half_a_character_becomes_a_sign_and_is_saved(store):
    store.save("q1", said("left \ud83d right"))
    store.save("q2", said("\ud83d\ude00"))
    assert again(store).answer("q1") == said("left \ufffd right")
    assert again(store).answer("q2") == said("😀")


@pytest.mark.parametrize("payload", [said(b"x"), said(float("nan")), said("x" * 300_001), {}])
def test_an_answer_that_cannot_be_kept_leaves_the_old_one(store, payload):
    store.save("q1", said("old"))
    with pytest.raises(SaveFailed, match="Not saved"):
        store.save("q1", payload)
    assert again(store).answer("q1") == said("old")


def many(count, **changed):
    marks = [
        {"id": f"m{n}", "start": 40 * n, "end": 40 * n + 9, "label": "who", "note": ""}
        for n in range(count)
    ]
    for name, change in changed.items():
        marks[int(name[1:])].update(change)
    return {"kind": "marks", "article": "000", "attempts": 0, "marks": marks}


STEPS = (
    many(30),
    many(31),
    many(31, m4={"label": "word"}, m9={"note": "why", "source": "m4"}),
    many(29, m4={"start": 161}),
    many(30, m4={"own": "kept"}),
    many(30, m4={"id": "m7"}),  # two marks of one name
    many(31),
)


def test_what_is_made_of_the_last_save_is_what_a_fresh_program_would_write(tmp_path):
    going_on = AnswersStore.open("ex02", tmp_path / "one")
    for step in STEPS:
        going_on.save("q2", step)
        AnswersStore.open("ex02", tmp_path / "two").save("q2", step)
        one, two = (
            json.loads((tmp_path / name / "ex02.answers.json").read_bytes())
            for name in ("one", "two")
        )
        assert one["answers"] == two["answers"]


def test_of_many_marks_only_the_new_one_is_made_anew(store, monkeypatch):
    made = []
    to_w3c = payload.mark_to_w3c
    monkeypatch.setattr(payload, "mark_to_w3c", lambda m, a: made.append(m.id) or to_w3c(m, a))
    store.save("q2", many(30))
    made.clear()
    store.save("q2", many(31))
    assert made == ["m30"]


def test_what_another_program_wrote_into_a_mark_survives_the_next_save(store):
    store.save("q2", many(3))
    tree = json.loads(store.path.read_bytes())
    tree["answers"]["q2"]["marks"][1]["creator"] = "another tool"
    store.path.write_text(json.dumps(tree), encoding="utf-8")
    store.save("q2", many(4))
    marks = json.loads(store.path.read_bytes())["answers"]["q2"]["marks"]
    assert [mark.get("creator") for mark in marks] == [None, "another tool", None, None]


def test_what_is_done_to_an_answer_is_not_taken_for_saved(store):
    labels = {"kind": "labels", "article": "000", "labels": {"000.s03": {"voice": "outlet"}}}
    store.save("q1", labels)
    given = store.answer("q1")
    given["labels"]["000.s03"]["voice"] = "attributed"
    assert store.answer("q1")["labels"]["000.s03"] == {"voice": "outlet"}
    store.save("q1", given)
    assert again(store).answer("q1")["labels"]["000.s03"] == {"voice": "attributed"}


def test_a_file_beyond_the_limit_is_refused_and_the_old_one_stays(store):
    for number in range(13):
        store.save(f"q{number}", said("x" * 299_000))
    with pytest.raises(SaveFailed, match="shorten"):
        store.save("q13", said("x" * 299_000))
    assert len(again(store).answers()) == 13


# -- two windows -----------------------------------------------------------------------------------


def test_two_windows_on_different_questions_keep_both(store):
    other = again(store)
    store.save("q1", said("here"))
    other.save("q2", said("there"))
    store.save("q3", said("here too"))
    assert set(again(store).answers()) == {"q1", "q2", "q3"}


def test_two_windows_on_one_question_keep_both_versions(store):
    store.save("q1", said("begun"))
    other = again(store)
    other.answer("q1")
    base = other.revision
    store.save("q1", said("mine"), base=store.revision)
    receipt = other.save("q1", said("theirs"), base=base)
    assert "Another window" in receipt.message
    assert again(store).answer("q1") == said("theirs")
    (aside,) = (store.path.parent / ".versions").glob("*other-window*")
    assert parse_answers(aside.read_bytes()).answers["q1"].text == "mine"


def test_one_window_that_saves_quickly_is_no_conflict_with_itself(store):
    receipts = [store.save("q1", said(str(n))) for n in range(3)]
    receipts += [store.save("q1", said(f"again {n}"), base=store.revision) for n in range(3)]
    assert [receipt.message for receipt in receipts] == [""] * 6


def test_an_older_base_in_the_same_program_does_not_win_silently(store):
    base = store.save("q1", said("first")).revision
    store.save("q1", said("second"), base=base)
    receipt = store.save("q1", said("from a cell that was run before"), base=base)
    assert "other version is kept" in receipt.message
    (aside,) = (kept for kept in store.versions() if kept.name == receipt.aside)
    assert parse_answers(aside.path.read_bytes()).answers["q1"].text == "second"
    assert aside.why == "other-window"
    store.restore(aside.name)
    assert again(store).answer("q1") == said("second")


RACER = """
import sys
from pathlib import Path
from briefing.answers import AnswersStore
folder, question, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = AnswersStore.open("ex02", folder)
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    store.save(question.format(number), {"kind": "text", "text": f"{sys.argv[4]} {number}"})
"""


def race(folder, *runs):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment}
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER, str(folder), *run], **pipes) for run in runs
    ]
    assert [racer.stdout.readline() for racer in racers] == [b"ready\n"] * len(runs)
    for racer in racers:
        racer.stdin.write(b"go\n")
        racer.stdin.flush()
    for racer in racers:
        racer.communicate(timeout=60)
    assert [racer.returncode for racer in racers] == [0] * len(runs)


def test_two_programs_racing_lose_no_question(tmp_path):
    race(tmp_path, ("a{}", "40", "left"), ("b{}", "40", "right"))
    store = AnswersStore.open("ex02", tmp_path)
    assert len(store.answers()) == 80
    assert store.revision == 80


def test_two_programs_racing_on_one_question_keep_every_other_version(tmp_path):
    race(tmp_path, ("q1", "15", "left"), ("q1", "15", "right"))
    final = AnswersStore.open("ex02", tmp_path)
    last = {f"{side} 14" for side in ("left", "right")}
    kept = {final.answer("q1")["text"]}
    for path in (tmp_path / ".versions").glob("ex02.*-*.json"):
        kept.add(parse_answers(path.read_bytes()).answers["q1"].text)
    # Each racer's last words are in the file, or were kept when the other one overwrote them.
    assert last <= kept


# -- versions and damage ---------------------------------------------------------------------------


def test_the_last_versions_are_kept_and_can_be_restored(store):
    for number in range(KEPT + 5):
        store.save("q1", said(str(number)))
    kept = store.versions()
    assert [version.revision for version in kept] == list(range(6, KEPT + 6))
    receipt = store.restore(10)
    assert store.answer("q1") == said("9")
    assert receipt.revision == KEPT + 6
    assert "before-restore" in receipt.aside
    with pytest.raises(SaveFailed, match="not kept"):
        store.restore(1)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"not ours", b'{"format": "other"}'])
def test_a_damaged_file_is_set_aside_and_the_last_version_comes_back(store, damage):
    store.save("q1", said("one"))
    store.save("q2", said("two"))
    store.path.write_bytes(damage)
    fresh = again(store)
    assert fresh.answers() == {"q1": said("one"), "q2": said("two")}
    aside = store.path.with_name("ex02.damaged-1.json")
    assert aside.read_bytes() == damage
    (notice,) = fresh.notices
    assert aside.name in notice
    assert parse_answers(store.path.read_bytes()).revision == 2


def test_damage_while_working_costs_no_acknowledged_answer(store):
    store.save("q1", said("one"))
    store.path.write_bytes(b"{}")
    store.save("q2", said("two"))
    assert set(again(store).answers()) == {"q1", "q2"}
    assert store.path.with_name("ex02.damaged-1.json").read_bytes() == b"{}"


def test_a_damaged_file_without_versions_is_kept_and_told(tmp_path):
    (tmp_path / "ex02.answers.json").write_bytes(b"{ my work")
    store = AnswersStore.open("ex02", tmp_path)
    assert store.answers() == {}
    assert "ex02.damaged-1.json" in store.notices[0]
    assert (tmp_path / "ex02.damaged-1.json").read_bytes() == b"{ my work"


def test_a_file_that_went_missing_comes_back(store):
    store.save("q1", said("one"))
    store.path.unlink()
    fresh = again(store)
    assert fresh.answer("q1") == said("one")
    assert "missing" in fresh.notices[0]
    assert store.path.exists()


def test_the_file_of_another_exercise_is_set_aside(store, tmp_path):
    other = AnswersStore.open("ex03", tmp_path)
    other.save("q1", said("of ex03"))
    store.path.write_bytes(other.path.read_bytes())
    assert "another exercise" in again(store).notices[0]


def test_a_newer_file_is_not_touched(store):
    store.save("q1", said("one"))
    newer = store.path.read_bytes().replace(b'"version": 1', b'"version": 2')
    store.path.write_bytes(newer)
    with pytest.raises(AnswersUnreadable, match="newer version of the course"):
        again(store)
    with pytest.raises(AnswersUnreadable, match="not touched"):
        store.save("q1", said("two"))
    assert store.path.read_bytes() == newer
    assert [path.name for path in store.path.parent.iterdir() if "damaged" in path.name] == []


def test_a_folder_in_place_of_the_file_is_told_in_a_sentence(tmp_path):
    (tmp_path / "ex02.answers.json").mkdir()
    with pytest.raises(AnswersUnreadable, match="cannot be read"):
        AnswersStore.open("ex02", tmp_path)


def test_a_pipe_in_place_of_the_file_is_told_and_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    os.mkfifo(tmp_path / "ex02.answers.json")
    with pytest.raises(AnswersUnreadable, match="no ordinary file"):
        AnswersStore.open("ex02", tmp_path)


# -- handing in ------------------------------------------------------------------------------------


def test_the_hand_in_is_the_file_with_a_receipt(store):
    change_code(store.path.parent, "Zoë, “the fox”")
    store = again(store)
    store.save("q1", said("one"))
    given = hand_in(store, {"q1": "First", "q2": "Second"})
    assert given.name.isascii()
    assert given.name.startswith("ex02.zoe-the-fox-")
    assert given.name.endswith(".answers.json")
    assert parse_answers(given.data).student == "Zoë, “the fox”"
    assert given.empty == ("Second",)
    assert "revision 1" in given.sentence
    assert "Still empty: Second." in given.sentence


def test_a_downloaded_file_can_be_loaded_back(store, tmp_path):
    change_code(tmp_path, "fox-4821")
    store = again(store)
    store.save("q1", said("from home"))
    store.save("q2", marked(3, 9))
    data = hand_in(store, {}).data
    elsewhere = AnswersStore.open("ex02", tmp_path / "hub")
    elsewhere.save("q1", said("from the hub"))
    elsewhere.save("q3", said("only there"))
    receipt = elsewhere.load_back(data)
    assert elsewhere.answers() == {
        "q1": said("from home"), "q2": marked(3, 9), "q3": said("only there")
    }  # fmt: skip
    assert elsewhere.student == "fox-4821"
    assert "before-restore" in receipt.aside


def test_what_is_loaded_back_must_be_a_file_of_this_exercise(store, tmp_path):
    other = AnswersStore.open("ex03", tmp_path)
    other.save("q1", said("x"))
    with pytest.raises(SaveFailed, match="ex03"):
        store.load_back(other.path.read_bytes())
    with pytest.raises(NotGradable):
        store.load_back(b"{}")
    assert store.answers() == {}


# -- the work folder -------------------------------------------------------------------------------


def test_the_work_folder_is_the_one_named(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "a" / "b"))
    assert work_folder() == tmp_path / "a" / "b"
    monkeypatch.setenv("BRIEFING_WORK", str(Path(os.devnull) / "work"))
    with pytest.raises(NoWorkFolder, match="BRIEFING_WORK"):
        work_folder()
    monkeypatch.setenv("BRIEFING_WORK", "~no-such-user-here/x")
    with pytest.raises(NoWorkFolder, match="no such home folder"):
        work_folder()


def test_the_work_folder_moves_home_where_the_course_cannot_be_written(tmp_path, monkeypatch):
    from briefing.answers import folder

    monkeypatch.delenv("BRIEFING_WORK", raising=False)
    monkeypatch.setattr(folder, "course_folder", lambda: tmp_path / "course")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    assert work_folder() == tmp_path / "course" / "work"
    refuse(monkeypatch, folder, tmp_path / "course", PermissionError(13, "Permission denied"))
    assert work_folder() == tmp_path / "home" / folder.HOME_NAME
    refuse(monkeypatch, folder, tmp_path / "course", OSError(28, "No space left on device"))
    assert work_folder() == tmp_path / "course" / "work"
    refuse(monkeypatch, folder, tmp_path, PermissionError(13, "Permission denied"))
    with pytest.raises(NoWorkFolder, match="set BRIEFING_WORK"):
        work_folder()


def test_a_user_without_a_home_folder_needs_none_while_work_can_be_written(tmp_path, monkeypatch):
    from briefing.answers import folder

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("BRIEFING_WORK", raising=False)
    monkeypatch.setattr(folder, "course_folder", lambda: tmp_path / "course")
    monkeypatch.setattr(Path, "home", homeless)
    assert work_folder() == tmp_path / "course" / "work"
    refuse(monkeypatch, folder, tmp_path, PermissionError(13, "Permission denied"))
    with pytest.raises(NoWorkFolder, match="no home folder; set BRIEFING_WORK"):
        work_folder()


def refuse(monkeypatch, module, below, problem):
    """Let the system refuse to write below a folder."""
    monkeypatch.setattr(module, "_try", lambda f: problem if f.is_relative_to(below) else None)


def test_answers_are_light_to_import():
    heavy = "pandas", "matplotlib", "numpy", "anywidget", "IPython", "typer"
    code = f"import sys, briefing.answers; print([m for m in {heavy} if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert run.stdout.strip() == b"[]"


def test_a_code_changed_elsewhere_stands_on_the_file_that_is_handed_in(store, tmp_path):
    store.save("q1", said("mine"))
    change_code(tmp_path, "heron-7")
    file = hand_in(store, {"q1": "One"})
    assert file.name == "ex02.heron-7.answers.json"
    assert parse_answers(file.data).student == "heron-7"
