"""Text in which numbers run on: rendered once and numbered for each page."""

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.marking.numbered import Numbered, place


def test_places_are_filled_in_order_from_the_first_number():
    text = f"<sup>{place(0)}</sup> and mark {place(2)}, mark {place(1)}."
    assert Numbered(text).counted_from(7) == "<sup>7</sup> and mark 9, mark 8."


def test_one_text_is_numbered_again_and_again():
    text = Numbered(f"mark {place(0)}")
    assert [text.counted_from(first) for first in (1, 5, 1)] == ["mark 1", "mark 5", "mark 1"]


@given(st.text(alphabet="\0123<>&a", max_size=40), st.integers(0, 400))
def test_whoever_writes_the_sign_gets_a_number_and_nothing_else(text, first):
    shown = Numbered(text).counted_from(first)
    assert re.sub(r"[0-9\0]", "", shown) == re.sub(r"[0-9\0]", "", text)
