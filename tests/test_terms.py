"""Counting words, and what compares groups of texts: against hand computations, and how it breaks."""

from itertools import combinations, product
from math import log, sqrt

import pytest

from briefing.analysis import terms
from briefing.analysis.terms import (
    SPUTNIK,
    NotTwoGroups,
    by_chance,
    counts,
    every_split,
    leave_one_out,
    log_odds,
    per_thousand,
    top_words,
    words,
)
from briefing.corpus import UnknownArticle, articles
from briefing.corpus.story import story

REST = ("003", "004")


def test_words_are_those_of_lead_and_body_in_lower_case():
    # 000 has nothing but lead and body in its story; 002 has a headline, which is left out.
    assert words("000")["destroyed"] == story("000").lower().count("destroyed") == 7
    assert words("000")["konashenkov"] == story("000").count("Konashenkov")
    assert story("002").lower().count("destroyed") == 3
    assert words("002")["destroyed"] == 2
    assert words("000")["gmt20"] == 0
    assert words("000", page=True)["gmt20"] == 1


def test_the_denominator_is_the_number_of_words_of_lead_and_body():
    table = counts(["Destroyed", "said"])
    assert list(table.columns) == ["destroyed", "said", "words"]
    assert list(table.index) == list(articles)
    assert table.loc["000", "words"] == sum(words("000").values()) == 481


def test_a_rate_is_the_count_in_a_thousand_words():
    rates = per_thousand(counts(["said"]))
    assert rates.loc["000", "said"] == pytest.approx(1000 * 5 / 481, abs=0.05)
    assert rates.loc["004", "said"] == pytest.approx(1000 * 15 / 1056, abs=0.05)
    assert "words" not in rates


def test_one_article_left_out_turns_the_order_round():
    table = leave_one_out("destroyed")
    whole, without = table.loc["nothing"], table.loc["000"]
    assert (whole["count"], whole["words"]) == (12, 1796)
    assert (without["count"], without["words"]) == (5, 1315)
    rt = per_thousand(counts(["destroyed"]))["destroyed"]["003"]
    assert without["per 1,000 words"] < rt < whole["per 1,000 words"]


def test_an_unknown_text_is_named():
    with pytest.raises(UnknownArticle, match="009"):
        counts(["said"], ["009"])


@pytest.fixture
def two_texts(monkeypatch):
    """One text with nine words and one with eleven, counted by hand."""
    known = {"one": {"ferry": 6, "fog": 2, "late": 1}, "two": {"ferry": 1, "fog": 2, "quay": 8}}
    monkeypatch.setattr(terms, "words", lambda name, *, page=False: terms.Counter(known[name]))


def test_the_log_odds_are_those_worked_out_by_hand(two_texts):
    table = log_odds(["one"], ["two"])
    # Twenty words; the prior spreads 100 of them: ferry 35, fog 20, late 5, quay 40.
    a, b = 6 + 35, 1 + 35
    ratio = log(a / (9 + 100 - a)) - log(b / (11 + 100 - b))
    assert table.loc["ferry", "score"] == pytest.approx(ratio / sqrt(1 / a + 1 / b))
    # 41 of 109 against 36 of 111: log(41/68) - log(36/75) = 0.22801, sd = 0.22840, z = 0.99832.
    assert table.loc["ferry", "score"] == pytest.approx(0.99832, abs=1e-4)
    assert list(table.index) == ["ferry", "late", "fog", "quay"]
    assert tuple(table.loc["quay", ["group", "rest"]]) == (0, 8)


def test_the_two_groups_mirror_each_other(two_texts):
    there, back = log_odds(["one"], ["two"]), log_odds(["two"], ["one"])
    for word in there.index:
        assert there.loc[word, "score"] == pytest.approx(-back.loc[word, "score"])


@pytest.mark.parametrize(("group", "rest"), [([], ["one"]), (["one"], []), (["one"], ["one"])])
def test_two_groups_are_needed(two_texts, group, rest):
    with pytest.raises(NotTwoGroups):
        log_odds(group, rest)


def test_the_top_words_break():
    base = top_words(SPUTNIK, REST)
    without = top_words([name for name in SPUTNIK if name != "000"], REST)
    page = top_words(SPUTNIK, REST, page=True)
    assert len(set(without) - set(base)) >= 2
    assert len(set(page) - set(base)) >= 2
    assert {"syria", "russia"} <= set(page) - set(base)


def test_there_are_ten_draws_and_one_of_them_is_as_far_out_at_that_end():
    rates = per_thousand(counts(["targets"]))["targets"]
    splits = every_split(rates)
    assert len(splits) == len(list(combinations(articles, 3))) == 10
    assert splits.index[splits["as high"]].tolist() == ["000, 001, 002"]
    assert splits["sum of ranks"].tolist() == [12, 11, 10, 10, 9, 9, 8, 8, 7, 6]
    assert by_chance(splits) == pytest.approx(0.2)


def test_no_values_at_all_can_get_below_two_in_ten():
    """Whatever is counted, with equal values too: what gathers the ranks most are two values."""
    patterns = [*product(range(2), repeat=5), (4, 3, 2, 1, 0), (0, 1, 2, 3, 4), (2, 2, 2, 0, 1)]
    least = min(by_chance(every_split(dict(zip(articles, p, strict=True)))) for p in patterns)
    assert least == pytest.approx(0.2)


def test_a_word_that_only_the_others_have_is_no_exception():
    splits = every_split(per_thousand(counts(["palmyra"]))["palmyra"])
    assert splits["as low"].tolist()[-1]
    assert by_chance(splits) == pytest.approx(0.2)


def test_a_middling_difference_is_as_far_out_more_often():
    values = dict(zip(articles, [5.0, 4.0, 1.0, 3.0, 2.0], strict=True))
    splits = every_split(values)
    assert splits["sum of ranks"]["000, 001, 002"] == 10
    # 12, 11, 10 and 10 are as high; the ten sums are those of any five ranks without ties.
    assert splits["as high"].sum() == 4
    assert by_chance(splits) == pytest.approx(0.8)


def test_equal_values_share_their_ranks():
    splits = every_split(dict.fromkeys(articles, 1.0))
    assert set(splits["sum of ranks"]) == {9.0}
    assert by_chance(splits) == 1


def test_a_text_of_the_group_without_a_value_is_refused():
    with pytest.raises(NotTwoGroups):
        every_split({"000": 1.0, "001": 2.0, "003": 0.0})
