"""Who speaks, for how many words: the tables behind the pictures."""

import csv

import pytest

from briefing.analysis.voices import NOT_CREDITED, UnknownRun, voices, word_shares, words_in
from briefing.corpus import articles, course_folder
from briefing.errors import BriefingError

RUNS = ["000.r1", "000.r2", "000.r3", "000.r4"]


def test_words_are_counted_as_a_reader_would():
    assert words_in("Su-25SM jets hit 1,631 of Syria's targets - at 5.5 km.") == 10


@pytest.mark.parametrize(("article", "sentences", "words"), [("000", 21, 481), ("002", 25, 544)])
def test_every_sentence_that_counts_has_one_row(article, sentences, words):
    table = voices(article)
    assert list(table["sentence"]) == [s.id for s in articles[article].sentences]
    assert len(table) == sentences
    assert table["words"].sum() == words
    assert list(table["before"]) == [0, *table["words"].cumsum()[:-1]]


def test_the_strict_reading_is_the_key_s():
    with (course_folder() / "data" / "keys" / "attribution.csv").open(encoding="utf-8") as file:
        key = [r for r in csv.DictReader(file) if r["article"] == "000" and r["voice"]]
    table = voices("000")
    assert list(table["credited"]) == [r["voice"] == "attributed" for r in key]
    assert list(table.loc[~table["credited"], "sentence"].str[-2:]) == [
        "11",
        "14",
        "17",
        "20",
        "25",
    ]
    assert set(table.loc[~table["credited"], "speaker"]) == {NOT_CREDITED}


def test_the_shares_that_the_lesson_names():
    shares = word_shares(voices("000"))
    assert shares["words"].sum() == 481
    assert dict(shares.loc[NOT_CREDITED]) == {"sentences": 5, "words": 137, "percent": 28}
    assert dict(shares.loc["Maj. Gen. Igor Konashenkov"]) == {
        "sentences": 12, "words": 229, "percent": 48,
    }  # fmt: skip
    other = word_shares(voices("002"))
    assert dict(other.loc[NOT_CREDITED]) == {"sentences": 3, "words": 50, "percent": 9}
    assert other.loc["Col. Gen. Andrei Kartapolov", "words"] == 469


def test_only_the_runs_that_are_named_are_inherited():
    strict, inherited = voices("000"), voices("000", RUNS)
    changed = strict["credited"] != inherited["credited"]
    assert list(strict.loc[changed, "run"]) == RUNS
    assert set(inherited.loc[changed, "speaker"]) == {"Maj. Gen. Igor Konashenkov"}
    assert word_shares(inherited).loc[NOT_CREDITED, "words"] == 33
    assert word_shares(inherited).loc[NOT_CREDITED, "percent"] == 7


def test_constructed_texts_have_voices_too():
    table = voices("p01", ["p01.r1"])
    assert "Colonel Joanna Verrick" in set(table.loc[table["run"] == "p01.r1", "speaker"])


def test_an_unknown_run_is_answered_with_the_known_ones():
    with pytest.raises(UnknownRun, match="no run '000.r9'; its runs are 000.r1"):
        voices("000", ["000.r9"])


def test_an_article_that_an_exercise_asks_about_has_no_table():
    with pytest.raises(BriefingError, match="no rows for article 001"):
        voices("001")


def test_a_row_says_in_plain_words_who_and_how():
    table = voices("004").set_index("sentence")
    assert list(table.loc["004.s49", ["who", "says_word", "tone"]]) == [
        "institution", "noted", "tells it as a fact",
    ]  # fmt: skip
    assert list(table.loc["004.s08", ["who", "says_word", "tone"]]) == [
        "person", "according to", "plain",
    ]  # fmt: skip
    assert list(table.loc["004.s06", ["says_word", "tone"]]) == ["", ""]
    assert list(table.loc["004.s48", ["who", "says_word", "tone"]]) == ["nobody", "", ""]
    assert set(voices("000")["who"]) == {"institution", "unnamed", "person", "document", "nobody"}
