"""Defended marks: accepting one never costs anybody anything, and everybody is marked again."""

import csv
import io
import json
import pickle
import random
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from test_marking_grade import gradebook, put

from briefing.answers.payload import to_file
from briefing.corpus import any_article
from briefing.keys import Status, Verdict, definition, exercise_key, exercise_names, has_solutions
from briefing.keys.feedback import summary
from briefing.keys.labels import LabelsKey, score_labels
from briefing.keys.marks import KeySpan, MarksKey, SpanStatus, StudentMark, score_marks
from briefing.keys.paid_marks import AcceptedSpan
from briefing.keys.results import ItemResult, QuestionResult
from briefing.keys.runs import SentenceKey
from briefing.keys.tokens import TokenIndex
from briefing.marking.accepted import Accepted, Taken, with_changes
from briefing.marking.classroom import grade_folder
from briefing.marking.defences import (
    MOST_ARGUED,
    MOST_ARGUMENTS,
    Defence,
    Defences,
    OutsideKey,
    defences,
)
from briefing.marking.defended import NOBODY, Defended
from briefing.marking.grade import Desks, grade
from briefing.marking.pages import feedback_page
from briefing.marking.rules import ExerciseRules, Rules

TEXT = "The Harbour Office said the ferry was late and Captain Mira Tol added that fog was to blame"
INDEX = TokenIndex(TEXT)
COUNT = len(INDEX.starts)
LABELS = ("source", "cue", "other")


def code_points(first, length):
    last = min(first + length, COUNT) - 1
    return INDEX.starts[first], INDEX.ends[last]


places = st.tuples(st.integers(0, COUNT - 1), st.integers(1, 5)).map(lambda p: code_points(*p))
labels = st.sampled_from(LABELS)


@st.composite
def marks_keys(draw):
    spans = draw(
        st.lists(st.tuples(places, labels), min_size=1, max_size=6, unique_by=lambda s: s[0])
    )
    statuses = [SpanStatus.REQUIRED, *(draw(st.sampled_from(SpanStatus)) for _ in spans[1:])]
    return MarksKey(
        INDEX,
        tuple(
            KeySpan(f"k{n}", *where, label, status, draw(st.sampled_from(("s1", "s2"))))
            for n, ((where, label), status) in enumerate(zip(spans, statuses, strict=True))
        ),
        links=draw(st.sampled_from((None, {"cue": "source"}))),
        extent_marked=draw(st.booleans()),
        asked=draw(st.sampled_from(((), ((0, len(TEXT)),)))),
    )


@st.composite
def students(draw):
    given_marks = draw(st.lists(st.tuples(places, labels, st.integers(0, 7)), max_size=7))
    return [
        StudentMark(*where, label, f"m{n}", f"m{to}")
        for n, (where, label, to) in enumerate(given_marks)
    ]


def accepting(key, *spans):
    return replace(key, accepted=tuple(sorted(set(spans))))


accepted_spans = st.lists(
    st.builds(
        lambda where, label, paid: AcceptedSpan(*where, label, paid), places, labels, st.booleans()
    ),
    min_size=1,
    max_size=5,
)


@st.composite
def cases(draw):
    """A key, a student's marks, and spans accepted at any place, often at theirs or the key's."""
    key, marks = draw(marks_keys()), draw(students())
    near = [(span.start, span.end, span.label) for span in (*key.spans, *marks)]
    spans = [
        AcceptedSpan(*where, draw(st.booleans()))
        for where in draw(st.lists(st.sampled_from(near), max_size=4))
    ]
    return key, marks, spans + draw(accepted_spans)


@given(cases())
def test_an_accepted_span_never_lowers_a_mark_whether_paid_or_not(case):
    key, marks, spans = case
    before, after = score_marks(key, marks), score_marks(accepting(key, *spans), marks)
    assert before.score <= after.score <= 1
    assert after.found <= after.of


@given(cases())
def test_what_was_found_stays_found_at_the_same_place(case):
    key, marks, spans = case

    def found(key):
        items = score_marks(key, marks).items
        return {i.target: (i.key_start, i.key_end) for i in items if i.counted is not None}

    before, after = found(key), found(accepting(key, *spans))
    assert before.items() <= after.items()


@given(marks_keys(), students(), places, labels)
def test_paid_is_never_worth_less_than_neither_paid_nor_charged(key, marks, place, label):
    spared = score_marks(accepting(key, AcceptedSpan(*place, label)), marks).score
    paid = score_marks(accepting(key, AcceptedSpan(*place, label, True)), marks).score
    assert spared <= paid


@given(marks_keys(), students(), places)
def test_whoever_has_no_such_mark_has_the_same_mark(key, marks, place):
    others = [mark for mark in marks if mark.label != "cue"]
    for paid in (False, True):
        accepted = accepting(key, AcceptedSpan(*place, "cue", paid))
        assert score_marks(accepted, others).score == score_marks(key, others).score


@given(marks_keys(), students(), accepted_spans, st.randoms(use_true_random=False))
def test_the_order_of_marks_never_matters_to_what_was_accepted(key, marks, spans, order):
    shuffled = list(marks)
    order.shuffle(shuffled)
    key = accepting(key, *spans)
    assert score_marks(key, shuffled).score == score_marks(key, marks).score


def test_a_mark_that_found_something_keeps_it_when_its_own_words_are_accepted():
    # Paired anew by overlap, the mark would leave the required span for the accepted one.
    start = TEXT.index("Captain")
    required = KeySpan("k", start, start + len("Captain Mira Tol"), "source")
    tol = TEXT.index("Tol")
    mark = StudentMark(tol, tol + 3, "source", "m1")
    key = MarksKey(INDEX, (required,))
    assert score_marks(key, [mark]).found == 1
    assert score_marks(accepting(key, AcceptedSpan(tol, tol + 3, "source")), [mark]).found == 1


def test_what_neither_paid_nor_charged_and_what_paid_means():
    required = KeySpan("k1", *code_points(0, 2), "source"), KeySpan("k2", *code_points(2, 1), "cue")
    key = MarksKey(INDEX, required)
    own = StudentMark(*code_points(0, 2), "source", "m1")
    extra = StudentMark(*code_points(8, 2), "source", "m2")
    span = (*code_points(8, 2), "source")
    charged = score_marks(key, [own, extra])
    spared = score_marks(accepting(key, AcceptedSpan(*span)), [own, extra])
    paid = score_marks(accepting(key, AcceptedSpan(*span, True)), [own, extra])
    assert charged.score == pytest.approx(2 * 1 / (2 + 2))
    assert spared.score == pytest.approx(2 * 1 / (1 + 2)) == score_marks(key, [own]).score
    assert paid.score == pytest.approx(2 * 2 / (2 + 3))
    assert (spared.found, spared.of, paid.found, paid.of) == (1, 2, 2, 3)
    said = {item.target: (item.verdict, item.accepted_here) for item in paid.items}
    assert said["m2"] == (Verdict.RIGHT, True)
    only = score_marks(accepting(key, AcceptedSpan(*span, True)), [extra])
    assert only.score > 0 == score_marks(accepting(key, AcceptedSpan(*span)), [extra]).score


def test_an_accepted_label_makes_the_label_of_a_find_right():
    key = MarksKey(INDEX, (KeySpan("k1", *code_points(0, 2), "source"),))
    mark = StudentMark(*code_points(0, 2), "other", "m1")
    assert score_marks(key, [mark]).score == pytest.approx(0.6)
    assert score_marks(accepting(key, AcceptedSpan(*code_points(0, 2), "other")), [mark]).score == 1


def test_look_alikes_can_be_accepted():
    required = KeySpan("k1", *code_points(0, 2), "source")
    alike = KeySpan("k2", *code_points(11, 1), "source", SpanStatus.LOOK_ALIKE)
    key = MarksKey(INDEX, (required, alike))
    marks = [
        StudentMark(*code_points(0, 2), "source", "m1"),
        StudentMark(*code_points(11, 1), "source", "m2"),
    ]
    assert score_marks(key, marks).score == pytest.approx(2 / 3)
    assert (
        score_marks(accepting(key, AcceptedSpan(*code_points(11, 1), "source")), marks).score == 1
    )


# --- labels -----------------------------------------------------------------------------------

KINDS = ("direct", "indirect", "mixed", "none")


@st.composite
def labels_keys(draw, kinds=KINDS):
    count = draw(st.integers(2, 7))
    strict = [draw(st.sampled_from(kinds[:3])) for _ in range(count)]
    strict[0], strict[1] = KINDS[0], KINDS[1]
    sentences = tuple(
        SentenceKey(
            f"s{n}",
            label,
            tuple(draw(st.lists(st.sampled_from(kinds), max_size=1))),
            draw(st.sampled_from(("", "", "r1"))),
        )
        for n, label in enumerate(strict)
    )
    return LabelsKey(
        sentences, draw(st.sampled_from((frozenset(), frozenset(("mixed", "indirect")))))
    )


@st.composite
def accepted_labels(draw):
    chosen = draw(st.dictionaries(st.integers(0, 6), st.sets(st.sampled_from(KINDS), min_size=1)))
    return {f"s{n}": frozenset(more) for n, more in chosen.items()}


answers = st.dictionaries(st.integers(0, 6).map(lambda n: f"s{n}"), st.sampled_from(KINDS))


@given(labels_keys(), answers, accepted_labels())
def test_an_accepted_label_never_lowers_a_mark(key, given_labels, more):
    after = LabelsKey(key.sentences, key.together, more)
    old, new = score_labels(key, given_labels), score_labels(after, given_labels)
    assert old.score <= new.score <= 1
    assert [item.target for item in old.items] == [item.target for item in new.items]


FAR = ("direct", "indirect", "none")
"""Kinds of which none is near another, where a near one would earn half."""


@given(labels_keys(FAR), st.sampled_from(FAR), accepted_labels())
def test_one_label_throughout_still_earns_nothing_by_what_was_accepted(key, label, more):
    kinds = {sentence.label for sentence in key.sentences}
    only = {name: frozenset(also & kinds) for name, also in more.items()}
    constant = {sentence.sentence: label for sentence in key.sentences}
    before = score_labels(key, constant).score
    assert score_labels(LabelsKey(key.sentences, key.together, only), constant).score == before


@pytest.mark.parametrize("label", ["mixed", "none"])
def test_an_accepted_label_is_right_also_where_the_key_has_no_such_kind(label):
    sentences = tuple(SentenceKey(f"s{n}", KINDS[n % 2]) for n in range(4))
    answer = {f"s{n}": KINDS[n % 2] for n in range(3)} | {"s3": label}
    assert score_labels(LabelsKey(sentences), answer).score < 1
    outcome = score_labels(LabelsKey(sentences, accepted_here={"s3": frozenset({label})}), answer)
    assert (outcome.score, outcome.found) == (1, 4)
    (item,) = [item for item in outcome.items if item.target == "s3"]
    assert (item.verdict, item.expected, item.accepted_here) == (Verdict.RIGHT, label, True)
    assert not item.inherited


# --- a class: lesson 02, whose key everybody may see ---------------------------------------------

WORTH = Rules(exercises={"lesson02": ExerciseRules(points={"q2": 4, "q7": 3})})
ARTICLE = any_article("002")
NOTHING = Accepted()
QUESTIONS = definition("lesson02").questions
WORDS = "intelligence data"


def place_of(words, sentence):
    span = ARTICLE.segment(sentence).span
    start = ARTICLE.text.index(words, span.start, span.end)
    return start, start + len(words)


def desk_of(accepted=NOTHING):
    desk = Desks().get("lesson02")
    return accepted.desk(WORTH.desk(desk))


class OneDesk(Desks):
    """The desks of a class with points for lesson 02, and with what was accepted in them."""

    def __init__(self, accepted=NOTHING):
        super().__init__()
        self._known["lesson02"] = desk_of(accepted)


def free_place():
    """Two words of an asked sentence that match no place in the key."""
    machine = desk_of().keys["q2"].machine
    for start, end in machine.asked:
        tokens = machine.index.positions(start, end)
        for first in range(tokens.start, tokens.stop - 1):
            own = range(first, first + 2)
            if not any(set(own) & set(where) for where in machine.positions):
                return machine.index.starts[first], machine.index.ends[first + 1]
    raise AssertionError("the key covers every word")


FREE = free_place()


def hand_in(student, *, marks=(), labels=None, note=""):
    machine = desk_of().keys["q2"].machine
    required = [s for s in machine.ordered if s.status is SpanStatus.REQUIRED]
    found = [
        {"id": span.id, "start": span.start, "end": span.end, "label": span.label, "note": ""}
        for span in required[:3]
    ]
    found += [
        {"id": f"own{n}", "start": start, "end": end, "label": label, "note": note}
        for n, (start, end, label) in enumerate(marks)
    ]
    answers = {
        "q2": to_file({"kind": "marks", "article": "002", "marks": found}, ARTICLE),
    }
    if labels is not None:
        answers["q7"] = to_file(
            {"kind": "labels", "article": "p01", "labels": labels}, any_article("p01")
        )
    return json.dumps(
        {
            "format": "reading-the-briefing/answers",
            "version": 1,
            "exercise": "lesson02",
            "student": student,
            "revision": 2,
            "saved": "2026-11-22T19:40:00Z",
            "answers": answers,
        }
    ).encode()


def voices(**changed):
    machine = desk_of().keys["q7"].machine
    given_labels = {one.sentence: {"voice": one.label} for one in machine.sentences}
    return given_labels | changed


def a_class():
    return {
        "fox-1": hand_in("fox-1", marks=[(*FREE, "source")], note="They say it themselves."),
        "fox-2": hand_in("fox-2", marks=[(*FREE, "source")]),
        "fox-3": hand_in("fox-3", marks=[(*FREE, "cue")], note='=HYPERLINK("x") ; reads\nlike one'),
        "fox-4": hand_in("fox-4"),
    }


def gathered(files, accepted=NOTHING):
    desks, found = OneDesk(accepted), Defences()
    for data in files.values():
        graded = grade(data, desks)
        found.add(defences(graded, desks.get("lesson02"))[0])
    return found


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def written(path, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def decide(tmp_path, files, **decisions):
    """Fill in the table as a teacher would: label → what is written into `accept`."""
    rows = rows_of(Defended().table(gathered(files), OneDesk()))
    for row in rows:
        row["accept"] = decisions.get(row["label"].replace("-", "_"), "")
    return Defended.read(written(tmp_path / "defended.csv", rows))


def test_defended_marks_are_grouped_with_how_many_have_them_and_why():
    rows = rows_of(Defended().table(gathered(a_class()), OneDesk()))
    assert [(row["label"], row["students"]) for row in rows] == [("says-word", "1"), ("who", "2")]
    who = rows[1]
    assert who["arguments"] == "“They say it themselves.”"
    assert " ".join(ARTICLE.text[FREE[0] : FREE[1]].split()) == who["words"]
    assert who["where"] in QUESTIONS["q2"].sentences
    assert who["the key says"] == "nothing here"
    assert rows[0]["arguments"].startswith("“=HYPERLINK('x') , reads like one")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert not any("fox-" in cell for row in rows for cell in row.values())


def test_the_order_of_files_never_matters_to_the_table():
    files = list(a_class().items())
    tables = set()
    for seed in range(5):
        random.Random(seed).shuffle(files)
        tables.add(Defended().table(gathered(dict(files)), OneDesk()))
    assert len(tables) == 1


@pytest.mark.parametrize(
    "said",
    [
        "So I think.” / “I, too: see the codebook.” / “Me, too.",
        'So I think." / "I, too."/"Me, too.',
        "So I think.’’ / ‘‘I, too.'' / ''Me, too.",
        "So I think.″ ∕ ‶I, too.❞ ／ ❝Me, too.＂ ⁄ ＂Me.",
        "So I think.”\n/\t“I, too.",
    ],
)
def test_one_reason_never_reads_as_several(said):
    files = {"a.json": hand_in("fox-1", marks=[(*FREE, "source")], note=said),
             "b.json": hand_in("owl-2", marks=[(*FREE, "source")], note="Or so.")}  # fmt: skip
    rows = rows_of(Defended().table(gathered(files), OneDesk()))
    (row,) = [row for row in rows if "So I think" in row["arguments"]]
    assert row["students"] == "2"
    assert row["arguments"].count(" / ") == 1
    assert (row["arguments"].count("“"), row["arguments"].count("”")) == (2, 2)
    assert "''" not in row["arguments"] and "’’" not in row["arguments"]
    assert not set("″∕‶❞／❝＂⁄") & set(row["arguments"])


def test_many_arguments_are_bounded_and_the_same_in_any_order():
    what = OutsideKey("lesson02", "q2", *FREE, "source")
    found = [Defence(what, "so " * n) for n in range(1, 100)]
    one, other = Defences(), Defences()
    one.add(found)
    other.add(reversed(found))
    assert one == other
    assert len(one.known[what].arguments) == MOST_ARGUMENTS
    assert one.known[what].students == 99


def test_one_student_fills_no_teachers_table_and_it_is_said(tmp_path):
    machine = desk_of().keys["q2"].machine
    words = zip(machine.index.starts, machine.index.ends, strict=True)
    asked = [place for place in words if any(a <= place[0] < b for a, b in machine.asked)]
    places = [(*place, "cue") for place in asked[:120]]
    put(tmp_path, "class/1.answers.json", hand_in("mal-1", marks=places, note="So there."))
    put(tmp_path, "class/2.answers.json", hand_in("fox-2", marks=[places[90]], note="It speaks."))
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    rows = rows_of((tmp_path / "out" / "defended.csv").read_bytes())
    assert len(rows) == MOST_ARGUED + 1
    (other,) = [row for row in rows if "It speaks." in row["arguments"]]
    assert other["students"] == "2"  # the mark counts, only its reason has no row
    assert any("1 file with more reasons against the key" in said for said in summary.notes)
    said = {row["student"]: row["reason"] for row in gradebook(tmp_path / "out")}
    assert "More reasons than defended.csv takes of one answer: q2 has" in said["mal-1"]
    assert "More reasons" not in said["fox-2"]


@pytest.mark.skipif(not has_solutions(), reason="needs the keys")
def test_no_question_has_as_many_places_as_reasons_have_rows():
    for name in exercise_names():
        for question, key in exercise_key(name).items():
            places = getattr(key.machine, "sentences", ()) or getattr(key.machine, "ordered", ())
            assert len(places) < MOST_ARGUED, (name, question)


@pytest.mark.parametrize("word", ["yes", "paid"])
def test_accepting_marks_everybody_again_and_says_whose_mark_changed(tmp_path, word):
    files = a_class()
    accepted = decide(tmp_path, files, who=word).accepted(OneDesk())
    assert [(t.what.label, t.paid) for t in accepted.taken] == [("source", word == "paid")]
    before = {name: grade(data, OneDesk()) for name, data in files.items()}
    after = {name: grade(data, OneDesk(accepted)) for name, data in files.items()}
    after = {name: with_changes(one, desk_of(accepted)) for name, one in after.items()}
    for name in ("fox-1", "fox-2"):
        (change,) = after[name].changes
        assert change.question == "q2"
        assert change.before == pytest.approx(before[name].results["q2"].earned)
        assert change.after == pytest.approx(after[name].results["q2"].earned)
        assert change.after > change.before
        assert "as who" in change.why
    for name in ("fox-3", "fox-4"):
        assert not after[name].changes
        assert after[name].score == before[name].score
    page = feedback_page(after["fox-1"], desk_of(accepted))
    assert "Your teacher took these words into the key of your class" in page


def test_an_accepted_row_stays_and_counts_when_nobody_has_the_mark(tmp_path):
    book = decide(tmp_path, a_class(), who="yes")
    accepted = book.accepted(OneDesk())
    nobody = {"fox-4": hand_in("fox-4")}
    table = book.table(gathered(nobody, accepted), OneDesk())
    (row,) = rows_of(table)
    assert (row["accept"], row["students"], row["remark"]) == ("yes", "0", NOBODY)
    (tmp_path / "defended.csv").write_bytes(table)
    again = Defended.read(tmp_path / "defended.csv")
    assert again.accepted(OneDesk()) == accepted
    assert again.table(gathered(nobody, accepted), OneDesk()) == table


def test_an_accepted_row_keeps_its_arguments_after_it_was_accepted(tmp_path):
    files = a_class()
    book = decide(tmp_path, files, who="paid")
    accepted = book.accepted(OneDesk())
    rows = rows_of(book.table(gathered(files, accepted), OneDesk()))
    assert [(row["label"], row["students"], row["accept"]) for row in rows] == [
        ("says-word", "1", ""),
        ("who", "2", "paid"),
    ]
    assert rows[1]["arguments"] == "“They say it themselves.”"


def test_what_cannot_be_read_is_kept_and_said_and_counts_for_nothing(tmp_path):
    book = decide(tmp_path, a_class(), who="perhaps", says_word="no")
    assert book.accepted(OneDesk()) == Accepted()
    rows = rows_of(book.table(gathered(a_class()), OneDesk()))
    assert [row["accept"] for row in rows] == ["no", "perhaps"]
    assert "neither yes, paid nor no" in rows[1]["remark"]


def test_a_teacher_can_add_a_row_by_naming_sentence_words_and_label(tmp_path):
    words = " ".join(ARTICLE.text[FREE[0] : FREE[1]].split())
    where = next(s.id for s in ARTICLE.segments if s.span.start <= FREE[0] < s.span.end)
    row = {"exercise": "lesson02", "question": "q2", "where": where, "words": words}
    row |= {"label": "who", "accept": "yes"}
    book = Defended.read(written(tmp_path / "d.csv", [row, row | {"words": "no such words"}]))
    (taken,) = book.accepted(OneDesk()).taken
    assert taken == Taken(OutsideKey("lesson02", "q2", *FREE, "source"))
    found = rows_of(book.table(Defences(), OneDesk()))
    assert [r["words"] for r in found] == [words, "no such words"]
    assert "stands 0 times" in found[1]["remark"]


def test_a_label_is_defended_in_its_own_box_and_accepted(tmp_path):
    machine = desk_of().keys["q7"].machine
    wrong = machine.sentences[0]
    other = "outlet" if wrong.label == "attributed" else "attributed"
    mine = {wrong.sentence: {"voice": other, "why": "Nobody is named in it."}}
    files = {"fox-1": hand_in("fox-1", labels=voices(**mine))}
    rows = rows_of(Defended().table(gathered(files), OneDesk()))
    (row,) = rows
    assert (row["where"], row["arguments"]) == (wrong.sentence, "“Nobody is named in it.”")
    assert QUESTIONS["q7"].label_name(wrong.label) in row["the key says"]
    row["accept"] = "yes"
    accepted = Defended.read(written(tmp_path / "d.csv", rows)).accepted(OneDesk())
    graded = with_changes(grade(files["fox-1"], OneDesk(accepted)), desk_of(accepted))
    (change,) = graded.changes
    assert change.before < change.after == pytest.approx(3)
    assert "is accepted in your class" in feedback_page(graded, desk_of(accepted))


def test_what_was_accepted_has_one_digest_and_can_be_sent_to_another_process():
    one = Taken(OutsideKey("lesson02", "q2", 5, 9, "source"))
    two = Taken(OutsideKey("lesson02", "q7", 5, 9, "outlet", "p01.s01"))
    accepted = Accepted.of([two, one])
    assert accepted == Accepted.of([one, two, one])
    assert accepted.digest == Accepted.of([one, two]).digest != Accepted().digest
    assert Accepted.of([one, Taken(one.what, True)]).taken == (Taken(one.what, True),)
    assert pickle.loads(pickle.dumps(accepted)) == accepted


EVERYBODY = OneDesk()
DEFENDING = hand_in("fox-1", marks=[(*FREE, "source")], note="n")


@settings(max_examples=40)
@example("x" * 5000)
@given(st.text(max_size=300))
def test_no_argument_breaks_the_table(argument):
    found, desks = Defences(), EVERYBODY
    raw = json.loads(DEFENDING)
    for mark in raw["answers"]["q2"]["marks"]:
        for body in mark["body"]:
            if body.get("value") == "n":
                body["value"] = argument
    graded = grade(json.dumps(raw).encode(), desks)
    found.add(defences(graded, desks.get("lesson02"))[0])
    for row in rows_of(Defended().table(found, desks)):
        assert not row["arguments"].startswith(("=", "+", "-", "@", "\t"))
        assert len(row["arguments"]) <= 5_100


def test_the_summary_tells_what_the_teacher_paid_from_what_the_key_makers_had():
    asked = definition("ex02").questions["q2"]
    span = ItemResult("m", Verdict.RIGHT, counted=1.0, accepted_here=True)
    result = QuestionResult(
        "q2", asked.points, Status.MARKED, 0.9, 0.9, found=8, of=9, both=8, agreed=8, items=(span,)
    )
    said = summary(result, asked)
    assert "working apart, agreed on 8. Your teacher has accepted 1 more." in said
    said = summary(structs.replace(result, both=6, agreed=6), asked)
    assert (
        "both marked 6 of the key's 8 and agreed on all 6; the rest was added when the key" in said
    )
    assert said.endswith("Your teacher has accepted 1 more.")
