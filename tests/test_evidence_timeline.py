"""The articles against the evidence then available: the table, the Axes, the words."""

import pytest

from briefing.analysis.evidence_lanes import evidence_lanes, lane_counts
from briefing.corpus import articles, evidence, timing
from briefing.corpus.lanes import TOO_LATE
from briefing.figures.evidence_timeline import (
    KINDS,
    dots,
    evidence_picture,
    evidence_timeline,
    evidence_timeline_in_words,
    place,
)

FILED = [row for row in evidence() if row["article"] in articles]


@pytest.fixture(scope="module")
def table():
    return evidence_lanes()


def test_every_row_filed_under_an_article_lies_beside_every_article(table):
    assert len(table) == len(FILED) * 5
    assert list(dict.fromkeys(table["article"])) == ["000", "002", "001", "004", "003"]
    dates = {row["id"]: row["date"] for row in FILED}
    for _, row in table.iterrows():
        found = timing(dates[row["row"]], articles[row["article"]].published)
        assert (row["lane"], row["days"]) == (found.lane, found.last)
        assert row["exact"] == (len(dates[row["row"]]) == 10)
    assert set(table["kind"]) == set(KINDS)
    assert len({marker for marker, _ in KINDS.values()}) == len(KINDS)


def test_the_lanes_of_an_article_add_up(table):
    counts = lane_counts(table)
    assert list(counts.columns) == ["before", "same_day", "later"]
    assert set(counts.sum(axis=1)) == {len(FILED)}
    assert list(counts.loc["000"]) == [5, 3, 53]


def test_no_two_dots_lie_on_each_other_and_none_on_the_wrong_side(table):
    for name in articles:
        rows = table[table["article"] == name]
        found = dots(rows)
        assert set(found) == set(rows["row"])
        spots = sorted(found.values())
        for number, (x, y) in enumerate(spots):
            for a, b in spots[number + 1 :]:
                assert abs(x - a) > 0.15 or abs(y - b) > 0.05, name
        for _, row in rows.iterrows():
            x, height = found[row["row"]]
            assert (x > 0) - (x < 0) == (row["days"] > 0) - (row["days"] < 0), row["row"]
            assert abs(height) < 0.4


def test_the_picture_has_a_dot_for_every_row_and_the_counts_in_writing(table):
    ax = evidence_timeline(table)
    drawn = [line for line in ax.lines if line.get_gid()]
    assert len(drawn) == len(table)
    hollow = {line.get_gid() for line in drawn if line.get_markerfacecolor() == "white"}
    assert hollow == {row["id"] for row in FILED if len(row["date"]) < 10}
    written = [text.get_text() for text in ax.texts]
    assert written[:3] == ["5 before", "3 same day", "53 later"]
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "000 Sputnik\n11 October 2015"
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == list(KINDS)


def test_the_axis_keeps_the_order_of_days():
    days = [-1000, -30, -1, 0, 1, 2, 365]
    assert [place(day) for day in days] == sorted(place(day) for day in days)
    assert place(0) == 0
    assert place(-7) == -place(7)


def test_the_words_hold_every_number_of_the_picture(table):
    words = evidence_timeline_in_words(table)
    for name, row in lane_counts(table).iterrows():
        told = words.split(f"Article {name},")[1].split("Article")[0]
        assert f"{row['before']} before" in told
        assert f"{row['same_day']} on the same day, {row['later']} later." in told
    assert words.endswith(TOO_LATE[1:])
    picture = evidence_picture()
    assert picture.words == words
    assert picture.png().startswith(b"\x89PNG")
