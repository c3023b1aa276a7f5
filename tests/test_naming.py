"""Names as a table, their picture on its Axes, and the concordance, against the articles."""

import pandas as pd
import pytest

import briefing
from briefing.analysis.naming import COLUMNS, OPPONENTS, WHO, NotInNames, in_and_out, names
from briefing.corpus import UnknownArticle, any_article
from briefing.corpus.absence import WordUnsearchable
from briefing.figures.names import name_dots, names_in_and_out
from briefing.keys.naming import REFERENTS


def test_every_referent_has_its_words():
    assert set(WHO) == set(REFERENTS)
    assert set(OPPONENTS) < set(REFERENTS)


@pytest.mark.parametrize("article", ["000", "004"])
def test_each_mention_is_a_row_and_stands_where_the_row_says(article):
    table = names(article)
    assert tuple(table.columns) == COLUMNS
    assert set(table["inside"] + table["outside"]) == {1}
    for row in table.itertuples():
        assert row.words in briefing.quote(row.sentence).words
    assert len(names(article, everybody=True)) > len(table)


def test_a_line_of_pandas_gives_the_counts_of_the_lesson():
    table = names("000")
    counted = table.groupby("who")[["inside", "outside"]].sum()
    assert list(counted.loc[WHO["isil"]]) == [0, 11]
    assert list(counted.loc[WHO["fighters"]]) == [5, 3]
    assert set(table["name"]) == {
        "ISIL", "ISIL militant", "Islamic State militant", "terrorist", "jihadist", "armed group",
    }  # fmt: skip


def test_the_group_stands_first_and_the_opposition_last():
    table = in_and_out("004")
    assert list(table.index) == [
        WHO["isil"], "terrorist", "militant", "gunman", "armed unit", WHO["opposition"],
    ]  # fmt: skip
    assert table.to_numpy().tolist() == [[4, 6], [2, 6], [2, 3], [1, 0], [1, 0], [3, 2]]


@pytest.mark.parametrize(("article", "said"), [("002", "an exercise"), ("900", "do not exist")])
def test_names_that_lessons_do_not_show_are_refused(article, said):
    with pytest.raises(NotInNames, match=said):
        names(article)


def test_each_mention_is_a_dot_on_its_side():
    tables = {"One": in_and_out("000"), "Two": in_and_out("004")}
    ax = name_dots(tables, "Title")
    dots = {line.get_gid(): list(line.get_xdata()) for line in ax.lines if line.get_gid()}
    assert len(dots["outside:One:ISIL, by name"]) == 11
    assert dots["inside:One:ISIL, by name"] == []
    for gid, places in dots.items():
        assert all(place > 0 for place in places) == gid.startswith("inside") or not places
    assert sum(map(len, dots.values())) == sum(len(names(a)) for a in ("000", "004"))
    assert ax.get_title(loc="left") == "Title"
    shapes = {
        line.get_gid().split(":")[0]: line.get_marker() for line in ax.lines if line.get_gid()
    }
    assert shapes["inside"] != shapes["outside"]


def test_the_picture_says_its_numbers():
    shown = names_in_and_out(["000", "004"])
    assert "Article 000 (Sputnik, 2015): ISIL, by name: 11 outside, 0 inside" in shown.words
    assert "gunman: 0 outside, 1 inside" in shown.words
    assert shown.png().startswith(b"\x89PNG")


# -- the concordance ---------------------------------------------------------------------------


def test_a_concordance_shows_each_place_once_with_the_words_around_it():
    found = briefing.concordance("terrorist", "000")
    assert [line.sentence for line in found.lines] == [
        "000.s08", "000.s09", "000.s13", "000.s18", "000.s22", "000.s23",
    ]  # fmt: skip
    flat = " ".join(any_article("000").text.replace("\xa0", " ").split())
    for line in found.lines:
        left, right = line.left.removeprefix("… "), line.right.removesuffix(" …")
        assert f"{left}{line.word}{right}" in flat
        assert len(left) <= 60 >= len(right)
    assert len(pd.DataFrame(found.lines)) == len(found) == 6


def test_a_word_in_capitals_is_not_the_verb():
    found = briefing.concordance("IS", "004")
    assert {line.word for line in found.lines} == {"IS"}
    assert len(briefing.concordance("is", "004")) > len(found)


def test_several_words_a_star_and_no_place():
    assert len(briefing.concordance(["ISIL", "Islamic State"], "000")) == 11
    assert len(briefing.concordance("gunm*", "004")) == 1
    nothing = briefing.concordance("zebra", "000")
    assert repr(nothing) == "“zebra” in article 000: 0 places"
    assert "<table" not in nothing._repr_html_()


def test_captions_furniture_and_second_printings_are_not_searched():
    assert {line.sentence for line in briefing.concordance("Palmyra", "003").lines} & {
        "003.s04"
    } == set()
    assert len(briefing.concordance("Hmeimim", "002")) < any_article("002").text.count("Hmeimim")


def test_everything_is_escaped_and_what_is_ours_is_labelled():
    found = briefing.concordance("missions", "p02")
    assert "(constructed)" in repr(found)
    html = briefing.concordance("brigade", "p02")._repr_html_()
    assert "<script" not in html
    assert "&quot;" in html or "&#x27;" in html


def test_what_cannot_be_searched_is_one_sentence():
    with pytest.raises(WordUnsearchable):
        briefing.concordance(" ", "000")
    with pytest.raises(UnknownArticle):
        briefing.concordance("word", "900")
