"""Numbers as people write them: what is read, what is not, and that nothing hostile is slow or fails."""

import math
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.answers.written_numbers import MOST_DIGITS, read_number, shown_number

READ = [
    ("2084", 2084),
    ("2,084", 2084),
    ("1 631", 1631),
    ("1\u00a0631", 1631),
    ("1\u2009631", 1631),
    ("1\u202f631", 1631),
    ("1'000", 1000),
    ("1\u2019000", 1000),
    ("12.5", 12.5),
    ("12,5", 12.5),
    ("12,5 %", 12.5),
    ("12%", 12),
    ("1.631", 1.631),
    ("1.631.000", 1631000),
    ("1.631,5", 1631.5),
    ("1,631.5", 1631.5),
    ("1 631,5", 1631.5),
    ("0,125", 0.125),
    (".5", 0.5),
    ("5.", 5),
    ("2,084.", 2084),
    ("\u22123", -3),
    ("\u20133", -3),
    ("-3", -3),
    ("+7", 7),
    ("  9 ", 9),
    ("\uff12\uff10\uff18\uff14", 2084),
    ("\uff11\uff12\uff05", 12),
    ("\u0662\u0660\u0668\u0664", 2084),
    ("007", 7),
    ("-0", 0),
    ("999999999999999", 999999999999999),
]
UNREAD = [
    "", " ", "%", "-", ".", ",", "+-3", "1e400", "1e5", "inf", "nan", "\u221e", "NaN", "0x10", "10\u00b2",
    "\u00bd", "\u2460", "1,63,100", "1,631 000", "1,631,5,0", "1.2.3", "12 34", "a lot", "about 5",
    "2,084 targets", "5-6", "1/2", "9" * 16, "9" * 10_000, "0." + "1" * 16, "1" * 61, "5\u202e6",
    "<b>5</b>", "=5", "\ud800", "5 km",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), READ, ids=[ascii(one) for one, _ in READ])
def test_a_number_is_read_as_it_was_meant(written, meant):
    read = read_number(written)
    assert read == meant
    assert isinstance(read, int) == (meant == int(meant))


@pytest.mark.parametrize("written", UNREAD, ids=lambda written: ascii(written[:20]))
def test_what_is_no_number_is_not_guessed_at(written):
    assert read_number(written) is None


def test_the_unit_may_stand_behind_the_number_and_no_other():
    assert read_number("5.5 km", "km") == 5.5
    assert read_number("5.5KM", "km") == 5.5
    assert read_number("5 %", "km") is None
    assert read_number("5 km", "%") is None
    assert read_number("\uff05", "%") is None


@pytest.mark.parametrize(
    "value",
    [None, True, False, [], {}, b"5", 1e400, -1e400, math.nan, 10**MOST_DIGITS, 10**5000, object()],
    ids=lambda value: type(value).__name__,
)
def test_values_of_other_kinds_are_no_numbers(value):
    assert read_number(value) is None


@pytest.mark.parametrize("value", [5, 5.0, -3.5, 0, 10**MOST_DIGITS - 1])
def test_numbers_are_read_as_they_are(value):
    assert read_number(value) == value


@given(st.text(max_size=200))
def test_any_text_is_read_or_not_but_never_fails(written):
    read = read_number(written)
    assert read is None or abs(read) < 10**MOST_DIGITS


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_comes_back_from_how_the_course_writes_it(number):
    assert read_number(shown_number(number)) == number
    assert read_number(str(number)) == number


@given(st.decimals(-1000, 1000, places=3, allow_nan=False, allow_infinity=False))
def test_a_fraction_comes_back_from_how_the_course_writes_it(number):
    # One to three digits and then three are thousands in English: no number is shown like that.
    assert read_number(shown_number(float(number))) == float(number)


def test_numbers_are_shown_as_the_course_writes_them():
    assert [shown_number(n) for n in (2084, 12.5, -3, 0, 0.125, 1234.5, 1e-7)] == [
        "2,084", "12.5", "\u22123", "0", "0.125", "1,234.5", "0.0000001",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["9" * 10**6, "1," * 10**6, " " * 10**6, "1" + " 000" * 10**5],
    ids=["nines", "commas", "spaces", "groups"],
)
def test_a_huge_text_is_refused_at_once(written):
    begun = time.perf_counter()
    assert read_number(written) is None
    assert time.perf_counter() - begun < 0.1
    assert sys.getsizeof(written) > 100_000
