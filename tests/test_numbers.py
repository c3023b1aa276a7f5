"""The ledger as tables, its pictures on their Axes, and the line folded below a figure."""

import pytest

from briefing.analysis.numbers import (
    COLUMNS,
    COUNTRIES,
    OUTLET,
    TOTAL,
    NotInLedger,
    added_up,
    ledger,
    rate,
    releases,
)
from briefing.corpus import mirror
from briefing.figures.checked_sums import list_and_targets, periods, release_sums, week_and_before
from briefing.figures.sums import BLUES, parts_against_total, rates_as_areas, sums_against_totals
from briefing.keys.worked import NotInKey
from briefing.keys.worked_numbers import period_in_words, worked_number

# -- tables ------------------------------------------------------------------------------------


def test_the_ledger_has_a_row_for_every_claim_with_numbers_as_numbers():
    table = ledger("000")
    assert list(table.columns) == list(COLUMNS)
    assert table.index.name == "id"
    assert table.loc["000.n02", "value"] == 63
    assert table.loc["000.n02", "said to be"] == "hit"
    assert table.loc["000.n02", "who says so"] == "Russian Ministry of Defence"
    assert table.loc["000.n14", "who says so"] == OUTLET
    assert table["value"].isna().sum() == 2, "two dates"


def test_the_sums_of_the_lesson_can_be_typed():
    counted = ["000.n07", "000.n08", "000.n09", "000.n10"]
    assert ledger("000", counted)["value"].sum() == 53 + 1 + 4 + 7 == 65
    assert ledger("000", [*counted, "000.n11", "000.n12"])["value"].sum() == 67
    week = ["002.n08", "002.n09", "002.n10", "002.n11"]
    assert ledger("002", week)["value"].sum() == 346


def test_rows_come_in_the_order_asked_for():
    assert list(ledger("002", ["002.n11", "002.n08"]).index) == ["002.n11", "002.n08"]


@pytest.mark.parametrize(
    ("article", "rows", "said"),
    [("001", None, "exercise"), ("900", None, "no article 900"), ("000", ["000.n99"], "000.n01")],
)
def test_what_is_not_there_is_one_sentence(article, rows, said):
    with pytest.raises(NotInLedger, match=said):
        ledger(article, rows)


def test_a_rate_is_targets_by_days():
    table = periods()
    assert list(table["targets"]) == [110, 346]
    assert list(table["days"]) == [9, 7]
    assert list(table["per day"].round(1)) == [12.2, 49.4]
    assert list(rate(table.drop(columns="per day"))["per day"]) == list(table["per day"])


def test_ten_of_eleven_releases_add_up_in_strikes():
    table = added_up(releases(), COUNTRIES, TOTAL)
    assert list(table.columns) == [*COUNTRIES, "sum", TOTAL, "difference"]
    assert len(table) == len(mirror()) == 11
    off = table[table["difference"] != 0]
    assert list(off.index) == ["2017-06-02"]
    assert list(off.iloc[0]) == [19, 13, 32, 30, 2]


def test_adding_up_leaves_the_table_as_it_was():
    table = releases()
    before = table.copy()
    added_up(table, COUNTRIES, TOTAL)
    assert table.equals(before)


# -- pictures ----------------------------------------------------------------------------------


def test_each_part_begins_where_the_one_before_ends():
    parts = ledger("000", ["000.n07", "000.n08", "000.n11"])
    ax = parts_against_total(parts, 50, "Title", called="the targets", open_parts=["000.n11"])
    *bars, total = ax.patches
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 53), (53, 1), (54, 1)]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True]
    assert (total.get_x(), total.get_width()) == (0, 50)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "ISIL strongholds"
    assert names[2].endswith("(?)")
    assert names[3] == "the targets"
    assert "1   makes 55" in [text.get_text() for text in ax.texts]


def test_the_area_of_a_period_is_its_targets():
    table = periods()
    ax = rates_as_areas(table, "Title")
    areas = [bar.get_width() * bar.get_height() for bar in ax.patches]
    assert areas == pytest.approx([110, 346])
    assert ax.patches[1].get_x() == 9
    assert any("about 49 a day" in text.get_text() for text in ax.texts)


def test_a_release_that_does_not_add_up_says_so_in_words():
    table = added_up(releases(), COUNTRIES, TOTAL)
    ax = sums_against_totals(table, COUNTRIES, TOTAL, "Title")
    assert len(ax.patches) == 22
    assert [line.get_xdata()[0] for line in ax.lines] == list(table[TOTAL])
    told = [t.get_text() for t in ax.texts if "printed" in t.get_text()]
    assert [text for text in told if "does not add up" in text] == [told[0]]
    assert told[0].startswith("32, but printed 30")


def test_colours_repeat_what_is_written():
    table = added_up(releases(), COUNTRIES, TOTAL)
    ax = sums_against_totals(table, COUNTRIES, TOTAL, "Title")
    written = {text.get_text() for text in ax.texts}
    assert {"Syria", "Iraq"} <= written
    assert len(set(BLUES)) == 2


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (list_and_targets, ["reaches 65", "with them 67", "63"]),
        (week_and_before, ["110 targets in 9 days", "346 targets in 7 days", "about 49 a day"]),
        (release_sums, ["19 and 13 make 32, printed 30", "10 of 11 add up"]),
    ],
)
def test_a_picture_says_its_numbers_in_words(picture, words):
    shown = picture()
    assert all(word in shown.words for word in words)
    assert shown.png().startswith(b"\x89PNG")


# -- a figure and its line ---------------------------------------------------------------------


def test_a_figure_is_marked_in_its_sentence_and_its_line_is_folded():
    shown = worked_number("000.n02")
    html = shown._repr_html_()
    before, _, folded = html.partition("<details")
    assert ">63</span>" in before
    assert "hit" in folded
    assert "Russian Ministry of Defence" in folded
    assert repr(shown).startswith("000.s05  ")


def test_the_line_says_what_the_sentence_leaves_out():
    line = dict(worked_number("000.n06").line)
    assert line["since when"] == "the sentence does not say"
    assert line["said to be"] == "the sentence says neither hit nor destroyed"
    assert line["who says so"].startswith("an unnamed spokesman")


def test_the_outlet_is_named_where_it_speaks_itself():
    assert dict(worked_number("002.n01").line)["who says so"].startswith("Sputnik")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2015-09-30/2015-10-16", "30 September to 16 October 2015"),
        ("2015-10-11", "11 October 2015"),
        ("last 24 hours", "the last 24 hours"),
        ("", "the sentence does not say"),
    ],
)
def test_a_period_in_words(since, words):
    assert period_in_words(since) == words


@pytest.mark.parametrize("number", ["001.n01", "000.n99"])
def test_a_figure_that_lessons_do_not_show_is_refused(number):
    with pytest.raises(NotInKey, match="000 or 002"):
        worked_number(number)
