"""The date rule: three lanes by the last day that a date can mean, tried on every row of evidence."""

import calendar
from datetime import date

import pytest

from briefing.corpus import articles, evidence
from briefing.corpus.lanes import LANE_NAMES, LANES, DateUnreadable, days_meant, timing

DAYS = {name: articles[name].published for name in articles}


def test_every_row_lies_in_one_lane_of_every_article_by_the_last_day_it_can_mean():
    for row in evidence():
        year, month, day = ([int(part) for part in row["date"].split("-")] + [0, 0])[:3]
        month_end = month or 12
        last = date(year, month_end, day or calendar.monthrange(year, month_end)[1])
        for article in DAYS.values():
            found = timing(row["date"], article)
            its_day = date.fromisoformat(article)
            assert found.lane in LANES
            assert (found.lane == "before") == (last < its_day), (row["id"], article)
            assert (found.lane == "same_day") == (last == its_day), (row["id"], article)
            assert found.first <= found.last == (last - its_day).days


@pytest.mark.parametrize(
    ("row", "article", "lane"),
    [
        ("E12", "000", "later"),  # Reuters' analysis of 21 October 2015
        ("E12", "002", "later"),
        ("E12", "001", "before"),
        ("E13", "000", "later"),  # a count published one day after the briefing
        ("E20", "000", "before"),  # filed under 002, and still before 000
        ("E03", "000", "before"),
        ("E01", "000", "same_day"),
        ("E26", "001", "later"),  # November 2015: the month of the article
        ("E27", "001", "before"),  # October 2015
        ("E27", "000", "later"),
        ("E39", "003", "before"),  # May 2017, and the article is of 1 June
        ("E80", "004", "later"),  # a year that contains the article's day
    ],
)
def test_the_rows_that_the_method_names_lie_where_it_says(row, article, lane):
    dates = {one["id"]: one["date"] for one in evidence()}
    assert timing(dates[row], DAYS[article]).lane == lane


def test_of_the_rows_filed_under_000_only_the_page_clock_is_earlier():
    filed = [row for row in evidence() if row["article"] == "000"]
    before = [r["id"] for r in filed if timing(r["date"], DAYS["000"]).lane == "before"]
    assert before == ["E03"]


@pytest.mark.parametrize(
    ("written", "lane", "words"),
    [
        ("2015-10-16", "same_day", "the same day"),
        ("2015-10-15", "before", "1 day before"),
        ("2015-10-17", "later", "1 day later"),
        ("2015-09", "before", "16 to 45 days before"),
        ("2015-11", "later", "16 to 45 days later"),
        ("2015-10", "later", "from 15 days before to 15 days later: no exact day is known"),
        ("2014", "before", "289 to 653 days before"),
        ("1991", "before", "about 24 years before"),
        ("2013-10-15", "before", "about 2 years before"),
        ("2017-10-15", "later", "730 days later"),
        ("2019", "later", "about 4 years later"),
        ("2015", "later", "from 288 days before to 76 days later: no exact day is known"),
    ],
)
def test_a_distance_is_told_in_words(written, lane, words):
    found = timing(written, "2015-10-16")
    assert (found.lane, found.words) == (lane, words)


def test_a_month_that_ends_on_the_articles_day_may_be_the_same_day_and_is_never_before():
    found = timing("2015-10", "2015-10-31")
    assert (found.lane, found.words) == (
        "same_day",
        "from 30 days before to the same day: no exact day is known",
    )
    assert timing("2015-10", "2015-10-01").lane == "later"
    assert timing("2016-02", "2016-03-01") == timing("2016-02", "2016-03-01")
    assert timing("2016-02", "2016-03-01").words == "1 to 29 days before"


def test_days_meant_knows_leap_years():
    assert days_meant("2016-02")[1] == date(2016, 2, 29)
    assert days_meant("2015") == (date(2015, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    "written",
    ["", "October 2015", "2015-13", "2015-02-30", "15-10-2015", "2015-1-2", "0000", "2015-10-16 ",
     "2015-10-16T10:00", "٢٠١٥"],
)  # fmt: skip
def test_a_date_in_another_form_is_refused_in_one_sentence(written):
    with pytest.raises(DateUnreadable, match="YYYY-MM-DD, YYYY-MM or YYYY"):
        timing(written, "2015-10-16")


def test_an_article_needs_its_day():
    with pytest.raises(DateUnreadable, match="needs its day"):
        timing("2015-10-16", "2015-10")


def test_the_lanes_have_plain_names():
    assert [LANE_NAMES[lane] for lane in LANES] == ["before", "same day", "later"]
