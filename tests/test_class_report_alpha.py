"""The class's agreement from counts is that of the krippendorff package and of counting pairs."""

from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.marking.class_report.alpha import agreed

units = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.integers(1, 9), max_size=3), min_size=1, max_size=9
)


@given(units)
def test_alpha_is_that_of_the_krippendorff_package(counts):
    found = agreed(counts)
    kept = [unit for unit in counts if sum(unit.values()) > 1]
    if not kept:
        assert found is None
        return
    assert found.units == len(kept)
    if len({label for unit in kept for label in unit}) < 2:
        assert found.alpha is None
        return
    table = np.array([[unit.get(label, 0) for label in "abc"] for unit in counts])
    theirs = krippendorff.alpha(value_counts=table, level_of_measurement="nominal")
    assert found.alpha == pytest.approx(theirs, abs=1e-12)


@given(units)
def test_pairs_are_those_one_would_count(counts):
    pairs = [
        one == other
        for unit in counts
        for one, other in combinations([a for label, n in unit.items() for a in label * n], 2)
    ]
    found = agreed(counts)
    if pairs:
        assert found.pairs == pytest.approx(sum(pairs) / len(pairs))
    else:
        assert found is None


@given(units.flatmap(lambda counts: st.tuples(st.just(counts), st.permutations(counts))))
def test_the_order_of_units_changes_no_bit(both):
    counts, turned = both
    assert agreed(counts) == agreed([dict(reversed(unit.items())) for unit in turned])
