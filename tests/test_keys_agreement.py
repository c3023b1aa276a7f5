"""Agreement: α against the reference package, the interval, and the cases without an α."""

import krippendorff
import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.keys.agreement import agreement, alpha, bootstrap, raw_agreement

LABELS = ["", "credited", "not credited", "unclear", "both"]
PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), max_size=40)


@given(PAIRS)
def test_alpha_is_that_of_the_krippendorff_package(pairs):
    both = [pair for pair in pairs if all(pair)]
    ours = alpha(pairs)
    if len({label for pair in both for label in pair}) < 2:
        assert ours is None
        return
    numbers = {label: i for i, label in enumerate(LABELS)}
    data = [[numbers[p[maker]] if p[maker] else numpy.nan for p in pairs] for maker in (0, 1)]
    theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert ours == pytest.approx(theirs)


def test_a_worked_example():
    pairs = [("a", "a")] * 8 + [("a", "b")] + [("b", "b")]
    assert raw_agreement(pairs) == pytest.approx(0.9)
    assert alpha(pairs) == pytest.approx(1 - 19 * 2 / (400 - 17**2 - 3**2))


def test_the_interval_holds_alpha_and_is_the_same_every_time():
    pairs = [("a", "a")] * 30 + [("b", "b")] * 20 + [("a", "b")] * 6
    low, high = bootstrap(pairs)
    assert low < alpha(pairs) < high
    assert bootstrap(pairs) == (low, high)
    assert bootstrap(pairs, seed=1) != (low, high)


def test_one_label_throughout_has_raw_agreement_but_no_alpha():
    result = agreement([("a", "a")] * 5)
    assert result.raw == 1
    assert result.alpha is result.low is result.high is None


def test_nothing_to_compare():
    result = agreement([("", "a"), ("b", "")])
    assert (result.n, result.raw, result.alpha) == (0, None, None)
