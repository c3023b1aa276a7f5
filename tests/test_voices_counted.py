"""Lesson 03's tables: both readings, chains, and a reader's own labels."""

import csv

import pytest

from briefing.analysis.chains import NoChain, chain
from briefing.analysis.own import NO_LABEL, own_labels, own_voices
from briefing.analysis.readings import both_readings, runs
from briefing.analysis.voices import NOT_CREDITED, voices, word_shares, words_in
from briefing.corpus import any_article, course_folder


def key_rows(article):
    with (course_folder() / "data" / "keys" / "attribution.csv").open(encoding="utf-8") as file:
        return [r for r in csv.DictReader(file) if r["article"] == article and r["voice"]]


def test_both_readings_as_the_lesson_prints_them():
    table = both_readings(["000", "002", "004"])
    assert table.to_dict("index") == {
        "000": {
            "words": 481, "strict": 137, "inherited": 0,
            "strict_percent": 28, "inherited_percent": 0,
        },
        "002": {
            "words": 544, "strict": 50, "inherited": 12,
            "strict_percent": 9, "inherited_percent": 2,
        },
        "004": {
            "words": 1124, "strict": 257, "inherited": 68,
            "strict_percent": 23, "inherited_percent": 6,
        },
    }  # fmt: skip


@pytest.mark.parametrize("article", ["000", "002", "004"])
def test_both_readings_are_what_the_key_s_rows_add_up_to(article):
    text, rows = any_article(article), key_rows(article)
    outlet = [r for r in rows if r["voice"] == "outlet"]
    counted = both_readings([article]).loc[article]
    assert counted["strict"] == sum(words_in(text.words(r["sentence"])) for r in outlet)
    left = [r for r in outlet if not r["run"]]
    assert counted["inherited"] == sum(words_in(text.words(r["sentence"])) for r in left)
    assert all(r["part"] in ("headline", "deck", "subheading") for r in left)


def test_runs_come_in_their_order_and_a_text_may_have_one():
    assert runs("004") == ["004.r1", "004.r2", "004.r3", "004.r4", "004.r5"]
    assert runs("p03") == ["p03.r1"]


def test_a_constructed_text_has_its_readings_too():
    row = both_readings(["p03"]).loc["p03"]
    assert (row["words"], row["strict"], row["inherited"]) == (151, 41, 22)


def test_the_shares_of_the_constructed_report():
    shares = word_shares(voices("p03"))["words"]
    assert dict(shares) == {
        NOT_CREDITED: 41,
        "Northern Coalition": 38,
        "an unnamed officer of the Northern Coalition": 32,
        "Mayor Ilse Maron": 28,
        "Lowmark news agency": 12,
    }


def test_a_chain_goes_from_the_outlet_to_the_origin():
    links = chain("004.s22")
    assert list(links["name"]) == ["TASS", "Lt. Gen. Sergei Rudskoi", "'several sources'"]
    assert list(links["what"]) == ["the outlet", "a person, named", "unnamed"]
    assert list(links["named"]) == [True, True, False]
    assert list(links["link"]) == [1, 2, 3]
    assert list(chain("004.s23")["name"]) == ["TASS", "Lt. Gen. Sergei Rudskoi"]


def test_data_that_nobody_shows_are_not_a_person():
    assert list(chain("000.s19")["what"]) == ["the outlet", "a person, named", "not shown to us"]
    assert list(chain("000.s22")["what"]) == ["the outlet", "a document"]


def test_a_constructed_chain_has_three_links():
    assert list(chain("p03.s07")["name"]) == [
        "Keltmar Courier", "Lowmark news agency", "an officer of the Northern Coalition",
    ]  # fmt: skip
    assert list(chain("p03.s07")["what"]) == ["the outlet", "another medium", "unnamed"]


@pytest.mark.parametrize("sentence", ["000.s11", "001.s07", "000.s99"])
def test_no_chain_is_one_sentence(sentence):
    with pytest.raises(NoChain, match=f"no chain for {sentence}"):
        chain(sentence)


def test_a_reader_s_own_labels_have_three_lanes_and_every_sentence():
    text = any_article("p02")
    table = own_voices("p02", {"p02.s04": "attributed", "p02.s06": "outlet", "p02.s07": "rubbish"})
    assert list(table["sentence"]) == [s.id for s in text.sentences]
    by_name = table.set_index("sentence")["speaker"]
    assert (by_name["p02.s04"], by_name["p02.s06"]) == ("credited", NOT_CREDITED)
    assert set(by_name.drop(["p02.s04", "p02.s06"])) == {NO_LABEL}
    assert list(table.loc[~table["credited"], "sentence"]) == ["p02.s06"]
    assert table["words"].sum() == voices("p02")["words"].sum()


def test_own_labels_are_shown_by_the_names_on_the_buttons():
    table = own_labels("p02", ["p02.s04", "p02.s05"], {"p02.s04": "x"}, {"x": "unnamed"})
    assert list(table["label"]) == ["unnamed", NO_LABEL]
    assert list(table["words"]) == [19, 13]


def test_every_credited_sentence_without_a_says_word_is_a_quotation():
    for article in ("000", "002", "004"):
        table = voices(article)
        bare = table[table["credited"] & (table["says_word"] == "")]
        assert set(bare["mode"]) == {"direct"}
