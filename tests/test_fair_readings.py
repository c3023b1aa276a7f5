"""Readings, ties and order, tried against every possibility: what is said to be the best is the best."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_keys_fairness import MOST, machine_questions
from test_keys_scoring import TEXT, keys, student_marks

from briefing.answers.payload import to_file
from briefing.corpus import any_article
from briefing.keys import score_question
from briefing.keys.labels import LabelsKey, score_labels
from briefing.keys.marks import KeySpan, MarksKey, StudentMark, score_marks
from briefing.keys.matrix import MatrixCell, MatrixKey, score_matrix
from briefing.keys.near import credit
from briefing.keys.own_answers import OwnShare
from briefing.keys.runs import SentenceKey
from briefing.keys.table_cells import CellKey, TableKey, score_table
from briefing.keys.tokens import TokenIndex
from briefing.marking.compact import compact

KINDS = ("direct", "indirect", "mixed", "institution", "named_official", "unnamed_official")
MACHINE = machine_questions()


@st.composite
def runs(draw):
    """A small key with runs, some of its labels weighed together, and an answer to it."""
    count = draw(st.integers(2, 7))
    rows = [
        SentenceKey(
            f"s{n}",
            draw(st.sampled_from(KINDS[:4])),
            tuple(draw(st.lists(st.sampled_from(KINDS[:4]), max_size=2, unique=True))),
            draw(st.sampled_from(["", "", "r1", "r2"])),
        )
        for n in range(count)
    ]
    labels = sorted({row.label for row in rows})
    together = frozenset(draw(st.lists(st.sampled_from(labels), max_size=2)))
    key = LabelsKey(tuple(rows), together)
    assume(len(set(key.place.values())) > 1)
    given_ = draw(
        st.dictionaries(st.sampled_from([row.sentence for row in rows]), st.sampled_from(KINDS))
    )
    return key, given_


def every_reading(key):
    """The labels by each way to read every unit, as sentence → label."""
    for ways in itertools.product(*(unit.readings for unit in key.units)):
        yield {
            name: label
            for unit, way in zip(key.units, ways, strict=True)
            for name, label in zip(unit.sentences, way, strict=True)
        }


def by_hand(key, expected, given_):
    """METHOD in plain arithmetic: mean recall per class, chance at 0, near labels where that helps."""
    classes = sorted(set(key.place.values()))
    if any(label not in key.place for label in expected.values()):
        return None
    sizes = {c: sum(key.place[label] == c for label in expected.values()) for c in classes}
    if not all(sizes.values()):
        return None
    scores = []
    for paid, chance in zip(
        (lambda g, e: credit(g, e), lambda g, e: float(g == e)), key.chance, strict=True
    ):
        recalls = [
            sum(
                Fraction(paid(given_.get(name, ""), label))
                for name, label in expected.items()
                if key.place[label] == c
            )
            / sizes[c]
            for c in classes
        ]
        mean = sum(recalls) / len(classes)
        scores.append((mean - Fraction(chance)) / (1 - Fraction(chance)) if chance < 1 else 0)
    return max(0, *scores)


@settings(max_examples=150)
@given(runs())
def test_the_best_reading_is_the_best_of_all(case):
    key, given_ = case
    tried = [by_hand(key, expected, given_) for expected in every_reading(key)]
    best = max(score for score in tried if score is not None)
    assert score_labels(key, given_).score == pytest.approx(float(best), abs=1e-9)


@settings(max_examples=150)
@given(runs())
def test_one_label_throughout_earns_at_most_a_fifth_whatever_the_runs(case):
    key, _ = case
    for label in KINDS:
        constant = dict.fromkeys((s.sentence for s in key.sentences), label)
        assert score_labels(key, constant).score <= MOST


@settings(max_examples=60)
@given(keys(), student_marks(), st.data())
def test_two_equal_marks_with_different_links_count_alike_in_any_order(key, marks, data):
    assume(marks)
    twins = [
        StudentMark(m.start, m.end, m.label, m.id, data.draw(st.sampled_from(["", "m0", "m1"])))
        for m in marks
        for _ in range(3)
    ]
    scores = {
        score_marks(key, order).score
        for order in (twins, twins[::-1], data.draw(st.permutations(twins)))
    }
    assert len(scores) == 1


@settings(max_examples=60)
@given(keys(), student_marks(), st.data())
def test_one_span_under_two_labels_is_paid_once(key, marks, data):
    label = {"source": "cue", "cue": "source"}
    both = [*marks, *(StudentMark(m.start, m.end, label[m.label], f"{m.id}b") for m in marks)]
    outcome = score_marks(key, both)
    places = [(i.key_start, i.key_end) for i in outcome.items if i.counted is not None]
    assert len(places) == len(set(places)) == outcome.found


def test_a_mark_that_is_mostly_other_words_counts_by_its_words():
    start = TEXT.index("Harbour") if "Harbour" in TEXT else 0
    index = TokenIndex(TEXT)
    first = index.positions(start, len(TEXT)).start
    span = KeySpan("k", index.starts[first], index.ends[first + 1], "who")

    def counted(words, **how):
        key = MarksKey(index, (span,), extent_marked=False, **how)
        mark = StudentMark(span.start, index.ends[first + words - 1], "who", "m")
        return score_marks(key, [mark]).score

    assert counted(2) == counted(3) == counted(4) == 1
    assert counted(5) == pytest.approx(2 * 2 / 7)
    assert counted(5, sentences_count=True) == 1


# --- the same words everywhere, one number everywhere -------------------------------------------

WORDS = " ".join(f"w{n}" for n in range(60))


def matrix(functions=4):
    place = {f"p/{n}": ((n * 40, n * 40 + 20),) for n in range(functions)}
    cells = tuple(
        MatrixCell(name, "p", name[2:], name != "p/1", spans if name != "p/1" else ())
        for name, spans in place.items()
    )
    return MatrixKey(cells, {"p": TokenIndex(WORDS)})


@given(st.integers(0, 40), st.integers(1, 40))
def test_the_same_words_in_every_cell_of_a_text_show_nothing(first, length):
    index = TokenIndex(WORDS)
    span = [index.starts[first], index.ends[min(first + length, 59)]]
    key = matrix()
    same = {cell.id: {"present": True, "spans": [span]} for cell in key.cells}
    assert score_matrix(key, same).score <= MOST


def test_words_that_serve_some_functions_of_a_text_still_show_them():
    key = matrix()
    right = {
        cell.id: {"present": cell.present, "spans": [list(s) for s in cell.spans]}
        for cell in key.cells
    }
    shared_ = [list(key.cells[0].spans[0]), list(key.cells[2].spans[0])]
    right["p/0"]["spans"] = right["p/2"]["spans"] = shared_
    assert score_matrix(key, right).score == 1


def own_table():
    words = {f"s{n}": 10 + n % 2 for n in range(8)}
    labels = ("a", "b", "c", "d")

    def share(*wanted):
        return OwnShare("q1", "kind", frozenset(labels), frozenset(wanted), words)

    cells = [CellKey(label, "share", "number", within=1, own=share(label)) for label in labels]
    return TableKey((*cells, CellKey("two", "share", "number", within=1, own=share("a", "b"))))


def test_labels_chosen_so_that_one_number_fits_most_rows_earn_nothing_by_it():
    labels = {f"s{n}": {"kind": "abcd"[n // 2]} for n in range(8)}  # a quarter of the words each
    answers = {"q1": {"kind": "labels", "labels": labels}}
    rows = {name: {"share": 25} for name in ("a", "b", "c", "d", "two")}
    assert score_table(own_table(), rows, answers).score == 0
    rows["two"] = {"share": 50}
    assert score_table(own_table(), rows, answers).score == 1


def test_numbers_that_follow_from_two_labels_of_eight_earn_a_quarter_and_say_why():
    labels = {"s0": {"kind": "a"}, "s2": {"kind": "b"}}  # of the same length
    answers = {"q1": {"kind": "labels", "labels": labels}}
    rows = {name: {"share": 50 * (name in "ab")} for name in ("a", "b", "c", "d")}
    rows["two"] = {"share": 100}
    two = score_table(own_table(), rows, answers)
    assert two.score == pytest.approx(2 / 8)
    assert "you labelled 2 of 8 sentences" in " ".join(two.notes)
    labels |= {f"s{n}": {"kind": "cd"[n % 2]} for n in (1, 3, 4, 5, 6, 7)}
    shares = {name: {"share": cell.own.of(answers)} for name, cell in zip(
        ("a", "b", "c", "d", "two"), own_table().cells, strict=True)}  # fmt: skip
    whole = score_table(own_table(), shares, answers)
    assert (whole.score, whole.notes) == (1, ())


# --- the real questions ---------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "key"), MACHINE)
def test_how_often_an_answer_was_tried_and_what_else_is_in_it_never_matters(question, key):
    from briefing.course.solved import model_answer

    payload = model_answer(question, key, {})
    article = any_article(question.article) if question.article else None
    scores = set()
    for tries in (0, 1, 1_000):
        import msgspec

        from briefing.answers.schema import Answer

        answer = to_file({**payload, "attempts": tries, "colour": "blue"}, article)
        typed = msgspec.convert(answer, Answer)
        scores.add(score_question(question, key, compact(typed, article)).raw)
    assert len(scores) == 1


@settings(max_examples=4)
@given(st.randoms(use_true_random=False))
@pytest.mark.parametrize(("question", "key"), MACHINE)
def test_the_order_of_everything_in_an_answer_never_matters(question, key, random):
    from briefing.course.solved import model_answer

    payload = dict(model_answer(question, key, {}))
    before = score_question(question, key, payload)
    for name in ("labels", "rows", "cards", "cells"):
        if name in payload:
            items = list(payload[name].items())[1:]
            one = score_question(question, key, payload | {name: dict(items)})
            random.shuffle(items)
            assert score_question(question, key, payload | {name: dict(items)}) == one
    for name in ("marks", "chosen"):
        if name in payload:
            mixed = list(payload[name])
            random.shuffle(mixed)
            assert score_question(question, key, payload | {name: mixed}).score == before.score
