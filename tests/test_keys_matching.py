"""Tokens and matching: the numbers of the method, and the assignment against scipy's."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from briefing.keys.matching import LARGEST_GROUP, Places, match, weight
from briefing.keys.tokens import TokenIndex, shared, tokens

TEXT = (
    'The Harbour Office said on 3 May that "an O’Neill-class ferry" had 1,250 seats, a U.S. record.'
)


def words(text):
    return [text[start:end] for start, end in tokens(text)]


def test_tokens_keep_inner_marks_and_leave_articles_and_quotation_marks_aside():
    assert words(TEXT) == [
        "Harbour", "Office", "said", "on", "3", "May", "that", "O’Neill-class", "ferry", "had",
        "1,250", "seats", "U.S", "record",
    ]  # fmt: skip


def test_tokens_beyond_ascii():
    assert words("Çeşme 🛥 порт בַּנָּמָל") == ["Çeşme", "порт", *words("בַּנָּמָל")]


def test_positions_do_not_depend_on_articles_quotation_marks_or_a_slip_of_the_hand():
    index = TokenIndex(TEXT)
    start, end = TEXT.index("Harbour"), TEXT.index(" said")
    exact = index.positions(start, end)
    assert len(exact) == 2
    assert index.positions(0, end) == exact
    assert index.positions(start, end + 2) == exact
    assert index.positions(start + 2, end) == exact


def test_a_span_inside_one_token_counts_as_that_token():
    index = TokenIndex(TEXT)
    at = TEXT.index("class")
    assert len(index.positions(at, at + 3)) == 1
    assert len(index.positions(3, 4)) == 0


def test_weight_is_the_method_s():
    assert weight(range(0, 4), range(0, 4)) == 1
    assert weight(range(0, 4), range(3, 4)) == pytest.approx(2 / 5)
    assert weight(range(0, 4), range(4, 8)) == 0
    assert weight(range(0), range(0)) == 0


def test_a_pair_counts_from_three_tenths():
    assert [p.weight for p in match([range(0, 17)], [range(0, 3)])] == [pytest.approx(0.3)]
    assert match([range(0, 18)], [range(0, 3)]) == []


def test_ties_go_to_the_lowest_offsets():
    (pair,) = match([range(0, 2), range(1, 3)], [range(1, 2)])
    assert pair.mark == 0
    (pair,) = match([range(1, 2)], [range(0, 2), range(1, 3)])
    assert pair.key == 0


def test_the_greatest_total_beats_the_greedy_choice():
    # Greedy takes mark 0 with key 0 (w = 1) and leaves mark 1 with nothing that counts.
    marks, keys = [range(0, 10), range(0, 3)], [range(0, 9), range(5, 15)]
    pairs = {pair.mark: pair.key for pair in match(marks, keys)}
    assert pairs == {0: 1, 1: 0}


RANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: range(p[0], p[0] + p[1])),
    max_size=12,
).map(lambda spans: sorted(spans, key=lambda span: (span.start, span.stop)))


@given(RANGES, RANGES)
def test_the_total_is_that_of_scipy(marks, keys):
    table = numpy.zeros((len(marks), len(keys)))
    for i, mark in enumerate(marks):
        for j, key in enumerate(keys):
            w = weight(mark, key)
            table[i, j] = w if 10 * 2 * shared(mark, key) >= 3 * (len(mark) + len(key)) else 0
    best = table[linear_sum_assignment(table, maximize=True)].sum() if table.size else 0
    pairs = match(marks, keys)
    assert sum(pair.weight for pair in pairs) == pytest.approx(best)
    assert len({pair.mark for pair in pairs}) == len({pair.key for pair in pairs}) == len(pairs)
    assert all(pair.weight == table[pair.mark, pair.key] > 0 for pair in pairs)


LABELS = st.lists(st.booleans(), min_size=4, max_size=4)


@given(RANGES, RANGES, LABELS, LABELS)
def test_among_equal_totals_equal_labels_go_first_then_the_lowest_offsets(marks, keys, own, asked):
    for alike in (lambda i, j: False, lambda i, j: own[i] == asked[j]):
        pairs = match(marks[:4], keys[:4], alike)
        best = _lexicographic(marks[:4], keys[:4], alike)
        assert [(p.mark, p.key) for p in pairs] == best


@given(RANGES, st.lists(st.tuples(RANGES, LABELS), max_size=6), LABELS)
def test_what_was_paired_for_one_student_changes_nothing_for_the_next(keys, students, asked):
    places = Places(keys)
    for marks, own in students:

        def alike(i, j, own=own):
            return own[i % 4] == asked[j % 4]

        assert match(marks, places, alike) == match(marks, keys, alike)


def test_of_a_group_of_many_marks_nothing_is_kept():
    places = Places([range(0, 4), range(2, 6)])
    groups = places._groups
    match([range(at % 3, 4 + at % 3) for at in range(LARGEST_GROUP + 1)], places)
    assert not groups
    match([range(0, 5), range(1, 6)], places)
    assert len(groups) == 1


def test_a_tie_goes_to_the_same_label_before_the_lower_offset():
    (pair,) = match([range(0, 2)], [range(0, 1), range(1, 2)], lambda mark, key: key == 1)
    assert pair.key == 1


def _lexicographic(marks, keys, alike):
    """Try every assignment; of the best totals those most alike, then first marks, first keys."""
    from fractions import Fraction
    from itertools import permutations

    def w(i, j):
        total = len(marks[i]) + len(keys[j])
        value = Fraction(2 * shared(marks[i], keys[j]), total) if total else Fraction(0)
        return value if value >= Fraction(3, 10) else Fraction(0)

    found = None
    slots = [*range(len(keys)), *[None] * len(marks)]
    for way in set(permutations(slots, len(marks))):
        if any(j is not None and not w(i, j) for i, j in enumerate(way)):
            continue
        total = sum(w(i, j) for i, j in enumerate(way) if j is not None)
        same = sum(alike(i, j) for i, j in enumerate(way) if j is not None)
        order = tuple(len(keys) if j is None else j for j in way)
        if found is None or (-total, -same, order) < found[0]:
            found = ((-total, -same, order), [(i, j) for i, j in enumerate(way) if j is not None])
    return found[1]
