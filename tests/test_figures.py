"""The pictures, tested on their Axes: bars, lanes, labels; and their descriptions."""

import re

import pytest
from matplotlib.colors import to_hex

from briefing.analysis.voices import voices
from briefing.figures.described import described
from briefing.figures.strips import KIND_COLOURS, attribution_strip, two_readings
from briefing.figures.who_speaks import two_ways, who_speaks

RUNS = ["000.r1", "000.r2", "000.r3", "000.r4"]


def test_one_bar_a_sentence_as_wide_as_its_words():
    table = voices("000")
    ax = attribution_strip(table, "Article 000")
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [
        (row.before, row.words) for row in table.itertuples()
    ]


def test_every_lane_is_named_and_says_its_words_and_percent():
    ax = attribution_strip(voices("000"), "Article 000")
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert names[0] == "Russian Ministry of Defence"
    assert names[2] == "Maj. Gen. Igor Konashenkov"
    assert names[-1] == "not credited"
    written = [text.get_text() for text in ax.texts]
    assert "229 words\n48%" in written
    assert "137 words\n28%" in written


def test_what_is_not_credited_is_striped_and_alone_in_its_lane():
    table = voices("000")
    ax = attribution_strip(table, "Article 000")
    striped = [bool(bar.get_hatch()) for bar in ax.patches]
    assert striped == [not credited for credited in table["credited"]]
    bottoms = {bar.get_y() for bar in ax.patches if bar.get_hatch()}
    assert len(bottoms) == 1
    assert bottoms.isdisjoint({bar.get_y() for bar in ax.patches if not bar.get_hatch()})


def test_colours_follow_the_kind_of_source():
    table = voices("002")
    ax = attribution_strip(table, "Article 002")
    drawn = [to_hex(bar.get_facecolor()) for bar in ax.patches]
    assert drawn == [KIND_COLOURS[kind] for kind in table["kind"]]
    assert len(set(KIND_COLOURS.values())) == len(KIND_COLOURS)


def test_numbers_of_sentences_stand_above_their_bars():
    ax = attribution_strip(voices("002"), "Article 002")
    numbers = [t.get_text() for t in ax.texts if len(t.get_text()) == 2]
    assert numbers[:2] == ["03", "06"]
    assert "11" not in numbers, "a bar of five words has no room for its number"


def test_two_readings_differ_in_the_runs_only():
    ax = two_readings(voices("000"), voices("000", RUNS), "Two readings")
    bars = ax.patches
    assert len(bars) == 42
    strict, inherited = bars[:21], bars[21:]
    changed = [
        i for i in range(21) if bool(strict[i].get_hatch()) != bool(inherited[i].get_hatch())
    ]
    assert [voices("000")["run"][i] for i in changed] == RUNS
    assert all(strict[i].get_linewidth() > 2 for i in changed)
    written = [text.get_text() for text in ax.texts]
    assert "not credited:\n137 words, 28%" in written
    assert "not credited:\n33 words, 7%" in written


def test_a_picture_keeps_its_words_and_escapes_them(monkeypatch):
    shown = []
    monkeypatch.setattr(
        "IPython.display.publish_display_data", lambda data, metadata=None: shown.append((data, metadata))
    )  # fmt: skip
    picture = described(attribution_strip(voices("000"), "Article 000"), "Bars <one>  a\nsentence.")
    picture._ipython_display_()
    (image, metadata), (words, _) = shown
    assert image["image/png"].startswith(b"\x89PNG")
    assert metadata == {"image/png": {"alt": "Bars <one> a sentence."}}
    assert image["text/plain"] == "Picture. Bars <one> a sentence."
    assert (
        "<summary>This picture in words</summary><p>Bars &lt;one&gt; a sentence.</p>"
        in words["text/html"]
    )


def test_the_same_picture_twice_is_the_same_bytes():
    once, again = (
        described(attribution_strip(voices("002"), "002"), "Bars.").png() for _ in range(2)
    )
    assert once == again


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="needs a description"):
        described(attribution_strip(voices("002"), "002"), " \n")


def test_the_words_of_a_picture_name_every_sentence_once_and_the_uncredited_last():
    words = who_speaks("002").words
    assert words.startswith(
        "Article 002: who speaks in which sentence. 25 sentences with 544 words"
    )
    assert "General Staff of the Russian Armed Forces: sentence 06; 25 words, 5%." in words
    assert words.endswith("Not credited: sentences 03, 31, 32; 50 words, 9%.")
    lanes = re.findall(r": sentences? ([\d, ]+);", words)
    told = sorted(number for lane in lanes for number in lane.split(", "))
    assert told == [name[-2:] for name in voices("002")["sentence"]]


def test_the_words_of_two_readings_say_what_moves():
    assert two_ways("000", RUNS).words.endswith(
        "Read strictly, 137 of 481 words (28%) are not credited. With sentences 11, 14, 17, 20 "
        "read as inherited, 33 of 481 words (7%) are left."
    )


def test_a_picture_of_a_constructed_text_says_that_it_is_constructed():
    assert who_speaks("p01").words.startswith("Constructed text p01")
    assert who_speaks("p01").axes.get_title(loc="left").startswith("Constructed text p01")
