"""What a file contributes to the class report, and that sums depend on no order."""

import json
from collections import Counter
from statistics import correlation
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.answers.payload import to_file
from briefing.answers.schema import FORMAT
from briefing.keys import Status, Verdict
from briefing.marking.class_report import ClassSums, Seen, class_page, seen_of
from briefing.marking.class_report.seen import (
    MOST_MARKS,
    MOST_WORDS,
    OTHER,
    WHOLE,
    SeenQuestion,
)
from briefing.marking.class_report.sums import ItemSums, OtherExercise, Together
from briefing.marking.grade import Desks, grade
from briefing.marking.row_status import RowStatus
from briefing.marking.simulate import simulate_class

DESKS = Desks()


def seen_class(exercise, students, seed=5):
    desk = DESKS.get(exercise)
    files = [data for path, data in simulate_class(exercise, students, seed) if "first" not in path]
    return desk, [seen_of(grade(data, DESKS), desk) for data in files]


def added(desk, seen):
    sums = ClassSums(desk)
    for one in seen:
        sums.add(one)
    return sums


CLASSES = {name: seen_class(name, 14) for name in ("lesson02", "lesson05", "lesson07")}


@given(st.sampled_from(sorted(CLASSES)), st.permutations(range(14)))
def test_any_order_gives_the_same_sums(name, order):
    desk, seen = CLASSES[name]
    assert added(desk, [seen[place] for place in order]) == added(desk, seen)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_the_page_is_the_same_to_the_byte_whatever_the_order(name):
    desk, seen = CLASSES[name]
    assert class_page(added(desk, seen[::-1])) == class_page(added(desk, seen))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_it_goes_through_json_unchanged(name):
    _, seen = CLASSES[name]
    assert msgspec.json.decode(msgspec.json.encode(seen), type=list[Seen]) == seen


def test_sums_differ_where_a_single_answer_does():
    desk, seen = CLASSES["lesson02"]
    assert added(desk, seen) != added(desk, seen[1:])
    assert added(desk, seen) != added(desk, [*seen[1:], seen[1]])


def test_another_exercise_is_refused():
    desk, _ = CLASSES["lesson02"]
    with pytest.raises(OtherExercise, match="lesson02 was given a file of 'lesson05'"):
        ClassSums(desk).add(CLASSES["lesson05"][1][0])


# --- what anybody can write -----------------------------------------------------------------

words = st.text(max_size=300) | st.just("\u202e<script>alert(1)</script>\ud800" * 200)


@st.composite
def answers(draw):
    """Answers to lesson02 and lesson05 as a hostile student could write them."""
    sentences = [f"002.s{number:02}" for number in range(40)]
    labels = draw(st.dictionaries(st.sampled_from(sentences) | words, words, max_size=30))
    return {
        "q1": {
            "kind": "labels", "article": "002", "attempts": 0,
            "labels": {name: {"voice": label} for name, label in labels.items()},
        },
        "q4": {"kind": "choice", "chosen": draw(st.lists(words, max_size=30))},
        "q5": {"kind": "choice", "chosen": draw(st.lists(words, max_size=3))},
    }  # fmt: skip


def graded_file(exercise, given_answers):
    content = {
        "format": FORMAT, "version": 1, "course": "1.0.0", "exercise": exercise, "student": "x-1",
        "revision": 1, "saved": "2026-11-02T08:00:00Z", "answers": given_answers,
    }  # fmt: skip
    return grade(json.dumps(content).encode("utf-8", "surrogatepass"), DESKS)


@given(answers())
def test_whatever_was_written_it_is_small_and_can_be_kept(written):
    desk = DESKS.get("lesson02")
    seen = seen_of(graded_file("lesson02", written), desk)
    kept = msgspec.json.encode(seen)
    assert msgspec.json.decode(kept, type=Seen) == seen
    assert len(kept) < 20_000
    assert b"<script" not in kept
    sums = added(desk, [seen] * 6)
    assert sums.handed_in == 6


def test_a_label_and_an_option_that_are_not_offered_are_one_kind():
    written = {"q4": {"kind": "choice", "chosen": ["reading:<script>", "reading:a"]}}
    desk = DESKS.get("lesson02")
    group, option = next(
        (g.id, g.options[0].id) for g in desk.exercise.questions["q4"].choice_groups
    )
    written = {"q4": {"kind": "choice", "chosen": [f"{group}:{option}", f"{group}:<script>"]}}
    seen = seen_of(graded_file("lesson02", written), desk)
    assert {given for _, _, given in seen.questions["q4"].items} <= {option, OTHER, ""}


def test_marks_are_capped():
    desk = DESKS.get("lesson02")
    article, asked = desk.articles["002"], desk.keys["q2"].machine.asked
    places = [
        (n, n + 3 + wide) for a, b in asked for n in range(a, b - 8) for wide in range(0, 48, 8)
    ]
    marks = [
        {"id": f"m{n}", "start": start, "end": end, "label": "source", "note": ""}
        for n, (start, end) in enumerate(places)
    ]
    payload = {"kind": "marks", "article": "002", "attempts": 0, "marks": marks}
    seen = seen_of(graded_file("lesson02", {"q2": to_file(payload, article)}), desk)
    assert len(places) > 2 * MOST_MARKS
    assert len(seen.questions["q2"].marks) == MOST_MARKS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2", "2"),
        ("2.0", "2"),
        (" ２ ", "2"),
        (2, "2"),
        ("E\u202e8", "e\ufffd8"),
        ("Two,\n two", "two, two"),
    ],
)
def test_numbers_written_alike_are_one_and_words_are_made_visible(typed, kept):
    rows = {"isil": {"inside": typed}}
    written = {"q2": {"kind": "table", "rows": rows}}
    seen = seen_of(graded_file("lesson06", written), DESKS.get("lesson06"))
    assert {item: word for item, _, word in seen.questions["q2"].items}["isil:inside"] == kept


def test_long_words_are_clipped():
    written = {"q2": {"kind": "table", "rows": {"isil": {"inside": "long " * 40}}}}
    seen = seen_of(graded_file("lesson06", written), DESKS.get("lesson06"))
    assert {len(word) for _, _, word in seen.questions["q2"].items} == {0, MOST_WORDS}


def test_a_damaged_file_counts_as_handed_in_and_as_nothing_else():
    desk = DESKS.get("lesson02")
    sums = ClassSums(desk)
    sums.add(seen_of(grade(b'{"exercise": "lesson02", ', DESKS), desk))
    assert sums.files == Counter({RowStatus.NOT_GRADABLE: 1})
    assert (sums.handed_in, sums.counted, sums.machine) == (1, 0, Counter())


# --- the sums themselves --------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 1000)), min_size=2, max_size=40))
def test_the_correlation_is_pearson_s(pairs):
    sums = Together()
    for x, y in pairs:
        sums.add(x, y)
    xs, ys = zip(*pairs, strict=True)
    if len(set(xs)) < 2 or len(set(ys)) < 2:
        assert sums.correlation is None
    else:
        assert sums.correlation == pytest.approx(correlation(xs, ys), abs=2e-6)


@given(st.permutations(range(30)))
def test_of_too_many_different_answers_the_same_are_kept_with_whole_counts(order):
    one, other = ItemSums(), ItemSums()
    with patch("briefing.marking.class_report.sums.MOST_DIFFERENT", 10):
        for sums, numbers in ((one, (*order, *order)), (other, sorted((*order, *order)))):
            for number in numbers:
                sums.add(Verdict.WRONG, f"n{number}", 0, silence=False)
    assert one == other
    assert len(one.given) == 10
    assert set(one.given.values()) == {2}
    assert one.verdicts[Verdict.WRONG] == 2 * len(order)


def test_an_empty_question_and_one_that_could_not_be_marked_are_no_zero():
    desk = DESKS.get("lesson02")
    sums = ClassSums(desk)
    full = SeenQuestion(Status.MARKED, WHOLE)
    others = {name: full for name in sums.by_machine if name not in ("q1", "q4")}
    empty, broken = SeenQuestion(Status.EMPTY), SeenQuestion(Status.NOT_GRADABLE)
    sums.add(Seen("lesson02", RowStatus.MARKED, {"q1": full, "q4": empty, **others}))
    sums.add(Seen("lesson02", RowStatus.PARTLY, {"q1": broken, "q4": full, **others}))
    assert sums.questions["q1"].shares == WHOLE and sums.questions["q1"].answered == 1
    assert sums.questions["q4"].shares == WHOLE and sums.questions["q4"].answered == 1
    assert sums.machine == Counter({100 * (len(sums.by_machine) - 1): 1})
    assert sums.unsettled == 1
    # A correlation needs everything marked, or its two sides are out of different totals.
    assert sums.questions["q1"].rest.n == 0
