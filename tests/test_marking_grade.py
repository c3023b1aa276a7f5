"""Marking one file and a folder: what is right, and everything that can be wrong with a hand-in."""

import contextlib
import csv
import io
import json
import os
import random
import unicodedata
from pathlib import Path

import pytest

from briefing.answers.payload import to_file
from briefing.answers.schema import MIME
from briefing.corpus import any_article, articles, course_folder
from briefing.keys import Status, definition, exercise_key, has_solutions
from briefing.keys.choices import ChoiceKey, option_name
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.marking.cells import safe
from briefing.marking.check import check_bytes, check_file, check_paths
from briefing.marking.classroom import Wanted, grade_folder
from briefing.marking.grade import BrokenKey, Desks, grade
from briefing.marking.hand_ins import NothingToMark, What, listed, read
from briefing.marking.ours import SENTENCE
from briefing.marking.output import MARK, OutputRefused
from briefing.marking.part_note import Shard
from briefing.marking.parts import grade_shard
from briefing.marking.row_status import RowStatus
from briefing.marking.simulate import simulate_class, write_class

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

NAMES = [
    'O\'Neill, "Ró"',
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@here",
    "\t=1+1",
    "a;=1+1",
    "<script>alert(1)</script>",
    "🦊 فهد שועל",
    "../../etc/passwd",
    "con",
    "\u202egnp.exe",
]


def key_answers(exercise="ex02"):
    """What the key itself would hand in, in compact form by question."""
    found = {}
    for question in definition(exercise).question:
        key = exercise_key(exercise)[question.id].machine
        match key:
            case LabelsKey():
                labels = {s.sentence: {question.field: s.label} for s in key.sentences}
                found[question.id] = {"kind": "labels", "labels": labels}
            case MarksKey():
                required = [s for s in key.ordered if s.status is SpanStatus.REQUIRED]
                who = {s.sentence: s.id for s in required if s.label == "source"}
                found[question.id] = {
                    "kind": "marks",
                    "marks": [
                        {
                            "id": s.id,
                            "start": s.start,
                            "end": s.end,
                            "label": s.label,
                            "source": who.get(s.sentence) if s.label == "cue" else None,
                        }
                        for s in required
                    ],
                }
            case ChoiceKey():
                chosen = [option_name(key.groups, g, o) for g, o in key.accepted[0].items()]
                found[question.id] = {"kind": "choice", "chosen": chosen}
            case _:
                found[question.id] = {"kind": "text", "text": "Kartapolov said so."}
        if question.article:
            found[question.id]["article"] = question.article
    return found


def answers_file(answers=None, student="fox-4821", **more):
    asked = definition("ex02").questions
    in_file = {}
    for name, payload in (key_answers() if answers is None else answers).items():
        article = asked[name].article if name in asked else ""
        in_file[name] = to_file(payload, any_article(article) if article else None)
    return {
        "format": "reading-the-briefing/answers",
        "version": 1,
        "course": "1.0.0",
        "exercise": "ex02",
        "student": student,
        "revision": 3,
        "saved": "2026-11-22T19:40:00Z",
        "answers": in_file,
        **more,
    }


def as_bytes(content):
    return json.dumps(content, ensure_ascii=False).encode()


def marked(content):
    return grade(content if isinstance(content, bytes) else as_bytes(content), Desks())


def gradebook(out):
    text = (out / "gradebook.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def put(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else as_bytes(content))
    return path


# --- one file ---------------------------------------------------------------------------------


def test_the_key_itself_earns_every_machine_point():
    result = marked(answers_file())
    assert result.status is RowStatus.MARKED
    assert result.score == pytest.approx(result.max_score) == 17
    assert result.results["q6"].status is Status.TEACHER


def test_an_empty_file_is_empty_and_not_wrong():
    result = marked(answers_file({}))
    assert result.status is RowStatus.EMPTY
    assert {r.status for r in result.results.values()} == {Status.EMPTY}
    assert all(r.earned is None for r in result.results.values())


def test_a_missing_question_has_no_score():
    answers = key_answers()
    del answers["q4"]
    result = marked(answers_file(answers))
    assert result.results["q4"].earned is None
    assert result.score == pytest.approx(15)
    assert "Not answered: q4." in result.reasons


def test_an_unknown_label_gets_a_sentence_and_the_rest_is_marked():
    answers = key_answers()
    answers["q1"]["labels"]["001.s06"] = {"voice": "perhaps"}
    result = marked(answers_file(answers))
    assert result.status is RowStatus.MARKED
    assert 0.9 < result.results["q1"].score < 1
    assert any("perhaps" in reason for reason in result.reasons)


def test_a_mark_outside_the_text_gets_a_sentence_and_the_rest_is_marked():
    content = answers_file()
    mark = json.loads(json.dumps(content["answers"]["q2"]["marks"][0]))
    mark["id"] = "#stray"
    mark["target"]["selector"] = [{"type": "TextPositionSelector", "start": 99_000, "end": 99_010}]
    content["answers"]["q2"]["marks"].append(mark)
    result = marked(content)
    assert result.results["q2"].score == 1
    assert any("stray" in reason and "outside" in reason for reason in result.reasons)


def test_marks_none_of_which_can_be_placed_are_not_gradable_and_not_zero():
    content = answers_file()
    for mark in content["answers"]["q2"]["marks"]:
        mark["target"]["selector"] = [
            {"type": "TextPositionSelector", "start": 9_000, "end": 9_009}
        ]
    result = marked(content)
    assert result.status is RowStatus.PARTLY
    assert result.results["q2"].earned is None
    assert result.score == pytest.approx(13)


def test_labels_for_another_text_are_not_gradable():
    content = answers_file()
    content["answers"]["q1"]["sha256"] = "0" * 64
    result = marked(content)
    assert result.results["q1"].status is Status.NOT_GRADABLE
    assert result.status is RowStatus.PARTLY


def test_an_answer_of_another_kind_or_article_is_not_gradable():
    answers = key_answers()
    answers["q4"] = {"kind": "text", "text": "b"}
    answers["q1"] = {"kind": "labels", "article": "000", "labels": {"000.s05": {"voice": "outlet"}}}
    content = answers_file({k: v for k, v in answers.items() if k != "q1"})
    content["answers"]["q1"] = to_file(answers["q1"], articles["000"])
    result = marked(content)
    assert result.results["q4"].status is Status.NOT_GRADABLE
    assert result.results["q1"].status is Status.NOT_GRADABLE


def test_a_question_that_nobody_asked_is_left_alone_and_said():
    content = answers_file()
    content["answers"]["q99"] = {"kind": "text", "text": "more"}
    result = marked(content)
    assert result.score == pytest.approx(17)
    assert any("q99" in reason for reason in result.reasons)


BAD = {
    "empty": b"",
    "truncated": as_bytes({"format": "reading-the-briefing/answers", "student": "owl-1"})[:-9],
    "no json": b"reading-the-briefing/answers <html>",
    "not utf-8": b'{"format": "reading-the-briefing/answers", "student": "\xff\xfe"}',
    "utf-16": '{"format": "reading-the-briefing/answers"}'.encode("utf-16"),
    "newer": as_bytes({"format": "reading-the-briefing/answers", "version": 2}),
    "unknown exercise": as_bytes(
        {
            "format": "reading-the-briefing/answers", "version": 1, "exercise": "ex99",
            "student": "owl-1", "revision": 1, "answers": {},
        }
    ),
    "hand-edited": as_bytes(
        {
            "format": "reading-the-briefing/answers", "version": 1, "exercise": "ex02",
            "student": "owl-1", "revision": "three", "answers": {},
        }
    ),
    "a name of 10,000 characters": as_bytes(
        {
            "format": "reading-the-briefing/answers", "version": 1, "exercise": "ex02",
            "student": "x" * 10_000, "revision": 1, "answers": {},
        }
    ),
    "deep": b'{"format": "reading-the-briefing/answers", "a": ' + b"[" * 9_000,
    "NaN": b'{"format": "reading-the-briefing/answers", "version": NaN}',
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_not_gradable_with_a_sentence(what):
    result = grade(BAD[what], Desks())
    assert result.status is RowStatus.NOT_GRADABLE
    (reason,) = result.reasons
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert "Error" not in reason
    assert not check_bytes(BAD[what]).can_be_marked


def test_a_damaged_file_still_says_whose_it_seems_to_be():
    data = as_bytes(answers_file(student="owl-77"))
    result = grade(data[: len(data) // 2], Desks())
    assert (result.student, result.exercise) == ("owl-77", "ex02")


def test_files_changed_at_random_end_as_marked_or_not_gradable():
    data = as_bytes(answers_file())
    desks, rng, ends = Desks(), random.Random(7), set()
    for _ in range(300):
        broken = bytearray(data)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(broken))
            broken[at : at + rng.randrange(4)] = rng.randbytes(rng.randrange(4))
        result = grade(bytes(broken), desks)
        ends.add(result.status)
        assert bool(result.results) is (result.status is not RowStatus.NOT_GRADABLE)
        assert 0 <= result.score <= result.max_score <= 17
    assert {RowStatus.MARKED, RowStatus.NOT_GRADABLE} <= ends
    assert ends <= {RowStatus.MARKED, RowStatus.PARTLY, RowStatus.EMPTY, RowStatus.NOT_GRADABLE}


# --- a folder ---------------------------------------------------------------------------------


def test_files_are_known_by_what_they_hold_and_however_nested(tmp_path):
    put(tmp_path, "a/b/c/whatever.txt", answers_file())
    put(tmp_path, "notes.json", {"format": "something else"})
    put(tmp_path, "lost.answers.json", b"")
    put(tmp_path, "lesson.ipynb", b'{"cells": []}')
    put(tmp_path, ".versions/old.answers.json", answers_file())
    found = {ref.path: read(ref).what for ref in listed(tmp_path)}
    assert list(found) == ["a/b/c/whatever.txt", "lesson.ipynb", "lost.answers.json", "notes.json"]
    assert list(found.values()) == [What.ANSWERS, What.NOTEBOOK, What.ANSWERS, What.OTHER]


FOREIGN = {
    "essay.docx": (b"PK\x03\x04rest", "a Word document"),
    "scan.PDF": (b"%PDF-1.7", "a PDF"),
    "answers.zip": (b"PK\x03\x04 reading-the-briefing/answers", "cannot be read"),
    "no ending": (b"PK\x03\x04", "unpack it first"),
    "a.json": (b"not json", "another kind of file"),
    "b.json": (b'{"format": "something else"}', "JSON, but not of this course"),
    "mail.eml": (b"Subject: my answers\n\nreading-the-briefing/answers", "an e-mail"),
    "login": (b"<!DOCTYPE html><title>Log in</title>", "a web page"),
    "zero.json": (b"", "it is empty"),
    "ex02.ipynb": (b'{"cells": ["reading-the-briefing/answers"]}', "a notebook"),
}


def test_every_file_that_is_no_answers_file_has_its_row_and_reason(tmp_path):
    put(tmp_path, "class/good.json", answers_file())
    for name, (data, _) in FOREIGN.items():
        put(tmp_path, f"class/{name}", data)
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    good, *rest = gradebook(tmp_path / "out")
    assert (good["student"], good["status"]) == ("fox-4821", "marked")
    assert summary.left.total() == len(rest) == len(FOREIGN)
    said = {row["reason"].partition("File: ")[2].rstrip("."): row for row in rest}
    for name, (_, kind) in FOREIGN.items():
        row = said[name]
        assert (row["status"], row["student"], row["score"]) == ("not gradable", "", "")
        assert row["reason"].startswith("Not an answers file: ")
        assert kind in row["reason"]


def test_what_systems_leave_behind_is_passed_over(tmp_path):
    put(tmp_path, "class/good.json", answers_file())
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._good.json", "._x", "~$a.doc"):
        put(tmp_path, f"class/{name}", b"litter")
    assert grade_folder(tmp_path / "class", tmp_path / "out").counts.total() == 1


def test_what_an_earlier_marking_wrote_is_not_marked(tmp_path):
    put(tmp_path, "class/good.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "first")
    (tmp_path / "first").rename(tmp_path / "class" / "first")
    assert grade_folder(tmp_path / "class", tmp_path / "second").counts.total() == 1


def test_links_are_not_followed_and_pipes_not_opened(tmp_path):
    outside = put(tmp_path, "outside/ex02.answers.json", answers_file())
    folder = tmp_path / "class"
    folder.mkdir()
    try:
        (folder / "link.answers.json").symlink_to(outside)
        (folder / "loop").symlink_to(folder)
        os.mkfifo(folder / "pipe.answers.json")
    except (OSError, AttributeError, NotImplementedError):
        pytest.skip("this system has no links or pipes")
    found = [read(ref) for ref in listed(folder)]
    assert all(not f.data and f.problem for f in found)
    assert [f.what for f in found] == [What.LINK, What.LINK, What.OTHER]


def test_an_unreadable_file_has_its_row(tmp_path, monkeypatch):
    put(tmp_path, "class/a.json", answers_file(student="ant-1"))
    put(tmp_path, "class/b.json", answers_file(student="bee-2"))
    really = os.open

    def refuse(path, *args, **kwargs):
        if str(path).endswith("a.json"):
            raise PermissionError(13, "Permission denied")
        return really(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    grade_folder(tmp_path / "class", tmp_path / "out")
    rows = gradebook(tmp_path / "out")
    assert [(row["student"], row["status"]) for row in rows] == [
        ("bee-2", "marked"),
        ("", "not gradable"),
    ]
    assert "a.json" in rows[1]["reason"]


def test_a_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(NothingToMark, match="There is no folder"):
        grade_folder(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_bad_file_among_many_changes_nobody_else(tmp_path):
    put(tmp_path, "class/good.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "alone")
    for name, data in BAD.items():
        put(tmp_path, f"class/{name}.answers.json", data)
    grade_folder(tmp_path / "class", tmp_path / "all")
    (good,) = gradebook(tmp_path / "alone")
    rows = gradebook(tmp_path / "all")
    assert rows[0] == good
    assert [row["status"] for row in rows[1:]] == ["not gradable"] * len(BAD)
    assert all(row["score"] == row["q1"] == "" and row["reason"] for row in rows[1:])


def test_names_never_become_formulas_paths_or_markup(tmp_path):
    for number, name in enumerate(NAMES):
        put(tmp_path, f"class/{number}.json", answers_file(student=name))
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    rows = gradebook(tmp_path / "out")
    assert len(rows) == summary.pages == len(NAMES)
    assert all(row["score"] == "17" for row in rows)
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert ";=" not in cell
    pages = sorted((tmp_path / "out" / "feedback").iterdir())
    assert len({page.name.lower() for page in pages}) == len(NAMES)
    for page in pages:
        assert set(page.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
        assert "<script" not in page.read_text(encoding="utf-8").lower()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class", "out"]


FORMULAS = (
    ';"=1+1;"', 'a;"=1+1";b', "\u200b=1+1", "\u200d=1+1", "\u2066+1", '"=1+1', '\t"=1+1', "\ufeff@a",
    ';"=2+5+cmd|calc!A1;"', "a;\u200b=1", '";"=1+1', "\n=1+1", "\uff1d1+1", "a\t=1+1",
)  # fmt: skip


def test_no_cell_becomes_a_formula_whatever_the_separator(tmp_path):
    for number, text in enumerate(FORMULAS):
        content = answers_file(student=f"{text}{number}")
        content["answers"]["q1"]["labels"]["001.s06"] = {"voice": text}
        put(tmp_path, f"class/{number}.json", content)
        twice = b'"' + json.dumps(text).encode()[1:-1] + b'":1'
        damaged = b'{"format": "reading-the-briefing/answers", ' + twice + b"," + twice + b"}"
        with contextlib.suppress(OSError):  # Windows has no such names
            put(tmp_path, f"class/{text}{number}.answers.json", damaged)
    files = sum(1 for _ in (tmp_path / "class").iterdir())
    grade_folder(tmp_path / "class", tmp_path / "out")
    lines = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8")
    assert lines.count("\n") == 1 + files >= 1 + len(FORMULAS)
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(lines), delimiter=separator):
            for cell in row:
                bare = (
                    "".join(c for c in cell if unicodedata.category(c) != "Cf").strip().strip('"')
                )
                assert not bare.startswith(("=", "+", "-", "@", "\uff1d")), (separator, cell)


@pytest.mark.parametrize(
    "cell", ["plain", "O'Neill", "5 - 3", "a=b", "نرم\u200cافزار", "👩\u200d🚀"]
)
def test_ordinary_cells_stay_as_they_are(cell):
    assert safe(cell) == cell


def test_two_files_of_one_student_the_last_saved_counts_and_is_said(tmp_path):
    early = answers_file({}, revision=9, saved="2024-11-20T10:00:00Z")
    put(tmp_path, "class/z/early.json", early)
    put(tmp_path, "class/a/late.json", answers_file(revision=4, saved="2024-11-22T10:00:00Z"))
    grade_folder(tmp_path / "class", tmp_path / "out")
    counted, older = gradebook(tmp_path / "out")
    assert (counted["status"], counted["score"]) == ("marked", "17")
    assert "2 different files carry this code" in counted["reason"]
    assert "a/late.json, revision 4" in counted["reason"]
    assert "revision 9" in counted["reason"]
    assert (older["status"], older["score"]) == ("older copy", "")
    assert "z/early.json" in older["reason"]
    (page,) = (tmp_path / "out" / "feedback").iterdir()
    assert "<strong>17</strong> of 17" in page.read_text(encoding="utf-8")


def test_the_same_file_twice_is_one_row(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    put(tmp_path, "class/b.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    (only,) = gradebook(tmp_path / "out")
    assert "handed in more than once" in only["reason"]


# --- the output folder ------------------------------------------------------------------------


def contents(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_marking_twice_gives_the_same_bytes(tmp_path):
    write_class("ex02", 25, tmp_path / "class", seed=5)
    grade_folder(tmp_path / "class", tmp_path / "out")
    first = contents(tmp_path / "out")
    grade_folder(tmp_path / "class", tmp_path / "out")
    assert contents(tmp_path / "out") == first
    # One of the 25 files is cut short; seven tables, the list of pages and a note.
    assert len(first) == 24 + 9


def test_without_pages_the_gradebook_is_the_same(tmp_path):
    write_class("ex02", 12, tmp_path / "class", seed=5)
    grade_folder(tmp_path / "class", tmp_path / "out")
    summary = grade_folder(tmp_path / "class", tmp_path / "bare", pages=False)
    assert summary.pages == 0
    assert not (tmp_path / "bare" / "feedback").exists()
    assert gradebook(tmp_path / "bare") == gradebook(tmp_path / "out")


def test_an_output_inside_the_class_is_not_marked_again(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "class" / "old")
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    assert summary.counts.total() == 1
    assert summary.left[What.OTHER] == 0


@pytest.mark.parametrize("out", ["MARKED", "deep/MARKED", "."])
def test_no_output_where_students_could_put_its_tables(tmp_path, out):
    put(tmp_path, "class/a.json", answers_file())
    before = contents(tmp_path)
    with pytest.raises(OutputRefused, match="whoever hands in could put tables there") as problem:
        grade_folder(tmp_path / "class", tmp_path / "class" / out)
    if out != ".":
        assert str(problem.value).endswith(f'--out "{tmp_path / "MARKED"}" instead.')
    assert contents(tmp_path) == before


def test_of_an_output_among_the_hand_ins_it_is_said_where_to_move_it(tmp_path, monkeypatch):
    put(tmp_path, "class/a.json", answers_file())
    put(tmp_path, f"class/MARKED/{MARK}", f"{SENTENCE}\n".encode())  # as anybody can write it
    put(tmp_path, "class/MARKED/by-hand.csv", b"student,exercise,question,points\nfox,ex02,q1,4\n")
    put(tmp_path, "MARKED/x", b"another class")
    before = contents(tmp_path)
    monkeypatch.chdir(tmp_path)
    for folder, out in (
        ("class", "class/MARKED"),
        (".", "class/MARKED"),
        ("class", "x/../class/MARKED"),
    ):
        with pytest.raises(OutputRefused, match="move the whole folder to") as problem:
            grade_folder(Path(folder), Path(out))
        if folder == "class":
            assert '--out "class-MARKED": what you entered goes along' in str(problem.value)
    wanted = Wanted()
    with pytest.raises(OutputRefused, match='--earlier "class-MARKED"'):
        grade_shard(Path("class"), Path("PART"), Shard(1, 2), wanted, earlier=Path("class/MARKED"))
    with pytest.raises(OutputRefused, match="whoever hands in"):
        grade_shard(Path("class"), Path("class/PART"), Shard(1, 2), Wanted())
    assert contents(tmp_path) == before


def test_a_folder_with_other_things_is_refused_untouched(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    put(tmp_path, "out/thesis.docx", b"precious")
    with pytest.raises(OutputRefused, match="not made by this command"):
        grade_folder(tmp_path / "class", tmp_path / "out")
    assert contents(tmp_path / "out") == {"thesis.docx": b"precious"}


@pytest.mark.parametrize("where", ["folder", "out"])
@pytest.mark.parametrize("what", ["a name too long", "a link to itself"])
def test_a_folder_that_cannot_be_is_told_in_a_sentence_that_names_it(tmp_path, where, what):
    bad = tmp_path / ("x" * 300 if what == "a name too long" else "loop")
    if bad.name == "loop":
        try:
            bad.symlink_to(bad)
        except (OSError, NotImplementedError):
            pytest.skip("this system has no links")
    good = put(tmp_path, "class/a.json", answers_file()).parent
    folder, out = (bad, tmp_path / "out") if where == "folder" else (good, bad)
    with pytest.raises(OutputRefused) as caught:
        grade_folder(folder, out)
    assert str(bad)[:150] in str(caught.value)
    assert len(str(caught.value)) < 400
    assert not (tmp_path / "out").exists()


def test_a_file_that_was_put_into_the_output_is_not_lost(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    put(tmp_path, "out/my notes.txt", b"precious")
    before = contents(tmp_path / "out")
    with pytest.raises(OutputRefused, match=r"my notes\.txt"):
        grade_folder(tmp_path / "class", tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_the_class_itself_is_never_the_output(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    for out in (tmp_path, tmp_path / "class"):
        with pytest.raises(OutputRefused):
            grade_folder(tmp_path / "class", out)
    assert contents(tmp_path / "class").keys() == {"a.json"}


@pytest.mark.parametrize("when", ["while writing", "while swapping"])
def test_a_full_or_read_only_disk_leaves_the_old_output_whole(tmp_path, monkeypatch, when):
    from pathlib import Path

    put(tmp_path, "class/a.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    before = contents(tmp_path / "out")
    opened, rename = Path.open, Path.rename

    def full(self, *args, **kwargs):
        if self.name == "gradebook.csv" and "w" in args:
            raise OSError(28, "No space left on device")
        return opened(self, *args, **kwargs)

    def stuck(self, target):
        if self.name == "out" and self.parent.name == ".out.marking":
            raise OSError(30, "Read-only file system")
        return rename(self, target)

    if when == "while writing":
        monkeypatch.setattr(Path, "open", full)
    else:
        monkeypatch.setattr(Path, "rename", stuck)
    with pytest.raises(OutputRefused, match="could not be written"):
        grade_folder(tmp_path / "class", tmp_path / "out")
    monkeypatch.undo()
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".out.marking", "class", "out"]
    assert grade_folder(tmp_path / "class", tmp_path / "out").reused == 1
    assert contents(tmp_path / "out") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class", "out"]


def test_a_run_that_is_stopped_before_anything_is_done_leaves_nothing_behind(tmp_path):
    put(tmp_path, "class/a.json", answers_file())
    with pytest.raises(NothingToMark):
        grade_folder(tmp_path / "classroom", tmp_path / "out")
    with pytest.raises(OutputRefused):
        grade_folder(tmp_path / "class", tmp_path / "class")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class"]


# --- check and simulate -----------------------------------------------------------------------


def test_check_says_what_is_still_empty(tmp_path):
    answers = key_answers()
    del answers["q2"], answers["q6"]
    checked = check_file(put(tmp_path, "x.json", answers_file(answers)))
    assert checked.can_be_marked
    assert "Still empty: q2, q6." in checked.sentences
    whole = check_bytes(as_bytes(answers_file()))
    assert "Every question is answered." in whole.sentences
    assert "Nothing is answered yet." in check_bytes(as_bytes(answers_file({}))).sentences


def test_check_of_what_is_no_file(tmp_path):
    (tmp_path / "bare").mkdir()
    for path in (tmp_path / "bare", tmp_path / "nothing"):
        ((_, checked),) = check_paths([path])
        assert not checked.can_be_marked
        assert len(checked.sentences) == 1


def test_check_looks_into_folders_and_says_unknown_labels(tmp_path):
    answers = key_answers()
    answers["q1"]["labels"]["001.s06"] = {"voice": "perhaps"}
    answers["q2"]["marks"][0]["label"] = "whoever"
    put(tmp_path, "class/a/x.json", answers_file(answers))
    put(tmp_path, "class/b/essay.docx", b"PK\x03\x04")
    (good, checked), (_, refused) = check_paths([tmp_path / "class"])
    assert good.name == "x.json"
    assert checked.can_be_marked
    assert "q1: 'perhaps' is not one of the labels." in checked.sentences
    assert "q2: 'whoever' is not one of the labels." in checked.sentences
    assert not refused.can_be_marked
    assert "a Word document" in refused.sentences[0]


def test_a_file_that_is_named_alone_is_checked_as_it_is_in_its_folder(tmp_path):
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": []}
    cell["outputs"].append({"output_type": "display_data", "data": {MIME: answers_file()}})
    put(tmp_path, "class/a.ipynb", as_bytes({"cells": [cell], "metadata": {}, "nbformat": 4}))
    put(tmp_path, "class/b.ipynb", as_bytes({"cells": [], "metadata": {}, "nbformat": 4}))
    put(tmp_path, "class/c.docx", b"PK\x03\x04")
    put(tmp_path, "class/d.json", as_bytes(answers_file()))
    put(tmp_path, "class/e.answers.json", b"{")
    together = list(check_paths([tmp_path / "class"]))
    assert [checked.can_be_marked for _, checked in together] == [True, False, False, True, False]
    assert list(check_paths([path for path, _ in together])) == together


def test_a_link_that_is_named_is_followed(tmp_path):
    try:
        (tmp_path / "link.json").symlink_to(put(tmp_path, "x.json", answers_file()))
    except OSError:
        pytest.skip("this system has no links")
    assert check_file(tmp_path / "link.json").can_be_marked


def test_an_empty_hand_in_has_no_score(tmp_path):
    put(tmp_path, "class/a.json", answers_file({}))
    grade_folder(tmp_path / "class", tmp_path / "out")
    (only,) = gradebook(tmp_path / "out")
    assert (only["status"], only["score"]) == ("empty", "")


def test_check_never_waits_for_a_pipe(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    os.mkfifo(tmp_path / "pipe")
    checked = check_file(tmp_path / "pipe")
    assert not checked.can_be_marked
    assert "not an ordinary file" in checked.sentences[0]


def test_check_blames_the_course_where_an_article_is_damaged(tmp_path, monkeypatch):
    from briefing.corpus import TableError
    from briefing.marking import check

    def damaged(article):
        raise TableError("The table is damaged.")

    monkeypatch.setattr(check, "any_article", damaged)
    checked = check_bytes(as_bytes(answers_file()))
    assert (checked.can_be_marked, checked.sentences) == (False, ("The table is damaged.",))


def test_check_prints_nothing_that_a_terminal_obeys():
    checked = check_bytes(as_bytes(answers_file(student="\x1b]0;pwn\x07\u202efox")))
    assert all(sentence.isprintable() for sentence in checked.sentences)
    assert "fox" in checked.sentences[0]


def test_a_made_up_class_is_the_same_for_the_same_seed_and_varied():
    one = list(simulate_class("ex02", 40, seed=2))
    assert one == list(simulate_class("ex02", 40, seed=2))
    assert one != list(simulate_class("ex02", 40, seed=3))
    desks = Desks()
    results = [grade(data, desks) for _, data in one]
    states = [result.status for result in results]
    assert states.count(RowStatus.NOT_GRADABLE) == 1
    assert RowStatus.EMPTY in states
    scores = sorted(result.score for result in results if result.status is RowStatus.MARKED)
    assert scores[0] < 9 < 15 < scores[-1]
    assert len({round(score, 2) for score in scores}) > 15


# --- a broken key -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["solutions/keys/ex02.toml", "data/exercises/ex02.toml", "data/keys/lesson02.toml"]
)
def test_a_broken_key_stops_the_marking_and_touches_nothing(tmp_path, monkeypatch, path):
    import shutil

    for name in ("seeds", "data", "solutions"):
        shutil.copytree(course_folder() / name, tmp_path / "course" / name)
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path / "course"))
    put(tmp_path, "class/a.json", answers_file())
    grade_folder(tmp_path / "class", tmp_path / "out")
    before = contents(tmp_path / "out")
    shutil.copytree(tmp_path / "course", tmp_path / "broken")
    broken = tmp_path / "broken" / path
    broken.write_text(broken.read_text("utf-8") + '\nnote = "no end\n', encoding="utf-8")
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path / "broken"))
    with pytest.raises(BrokenKey) as stop:
        grade_folder(tmp_path / "class", tmp_path / "out")
    assert broken.name in str(stop.value)
    assert "line" in str(stop.value)
    assert "Nothing was marked or changed." in str(stop.value)
    assert contents(tmp_path / "out") == before
