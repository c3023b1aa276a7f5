"""Answers files broken by their bytes, 5,000 of them: each is marked or says why not; nobody else's changes.

The same seeds make the same files. A file that once did harm belongs into `test_attacks.py` by itself.
"""

import random
from collections import Counter

import pytest
from mutated_class import check_class, check_one
from mutations import broken_bytes, marked_exercises, no_hang

from briefing.marking.grade import Desks
from briefing.marking.pages import Pages
from briefing.marking.row_status import RowStatus

BATCHES, EACH = 20, 250
pytestmark = pytest.mark.skipif(not marked_exercises(), reason="no key in this copy of the course")


def broken(batch):
    rng = random.Random(f"bytes/{batch}")
    return [broken_bytes(batch * EACH + number, rng) for number in range(EACH)]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_is_marked_or_says_why_not(batch):
    desks, makers = Desks(), dict[str, Pages]()
    ends = Counter()
    with no_hang():
        for data in broken(batch):
            ends[check_one(data, desks, makers)] += 1
    # Were all of them refused at the door, nothing behind it would have been tried.
    assert ends[RowStatus.MARKED] + ends[RowStatus.PARTLY] >= 5
    assert ends[RowStatus.NOT_GRADABLE] >= 5


@pytest.mark.parametrize("batch", range(0, BATCHES, 7))
def test_nobody_elses_row_or_page_changes_and_nothing_is_written_elsewhere(
    tmp_path, batch, monkeypatch
):
    check_class(tmp_path, broken(batch), random.Random(batch), monkeypatch)
