"""The pictures of lesson 03, tested on their Axes, and their descriptions."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

from briefing.analysis.chains import chain
from briefing.analysis.own import own_voices
from briefing.analysis.readings import both_readings
from briefing.analysis.voices import voices
from briefing.figures.chains import chain_diagram, chains
from briefing.figures.own_strip import own_strip
from briefing.figures.readings import how_much_hangs, reading_bars
from briefing.figures.strips import KIND_COLOURS, attribution_strip

TEXTS = ["000", "002", "004"]


def boxes(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def test_two_bars_a_text_as_long_as_their_percent():
    table = both_readings(TEXTS)
    ax = reading_bars(table, "Two readings")
    assert [bar.get_width() for bar in ax.patches] == [28, 0, 9, 2, 23, 6]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        f"{text}, {reading}" for text in TEXTS for reading in ("read strictly", "all inherited")
    ]
    assert [text.get_text() for text in ax.texts][-2:] == [
        "23%: 257 of 1124 words", "6%: 68 of 1124 words",
    ]  # fmt: skip
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True] * 3


def test_the_words_of_both_readings_hold_every_number():
    words = how_much_hangs(TEXTS).words
    assert "000: 137 of 481 words (28%) strictly, 0 (0%) with all inherited." in words
    assert words.endswith("004: 257 of 1124 words (23%) strictly, 68 (6%) with all inherited.")


def test_one_box_a_link_and_one_arrow_fewer_in_each_row():
    found = {name: chain(name) for name in ("004.s07", "004.s22")}
    ax = chain_diagram(found, "Chains")
    assert len(boxes(ax)) == 2 + 3
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) == 1 + 2
    # Each arrow points to the left: from the one who said it to the one who passes it on.
    assert all(arrow.xy[0] < arrow.get_position()[0] for arrow in arrows)
    written = [text.get_text().replace("\n", " ") for text in ax.texts]
    assert "'several sources' (unnamed)" in written
    assert "004.s22" in written


def test_a_link_that_nobody_could_ask_has_a_dashed_edge():
    ax = chain_diagram({"004.s22": chain("004.s22")}, "Chains")
    assert [box.get_linestyle() for box in boxes(ax)] == ["-", "-", "--"]
    assert [to_hex(box.get_facecolor()) for box in boxes(ax)][1:] == [
        KIND_COLOURS["named_official"], KIND_COLOURS["unnamed_official"],
    ]  # fmt: skip


def test_the_words_of_a_chain_say_each_link_in_order():
    assert chains("p03.s07").words.endswith(
        "p03.s07: Keltmar Courier (the outlet), from Lowmark news agency (another medium), from an "
        "officer of the Northern Coalition (unnamed)."
    )


def test_an_own_strip_keeps_what_has_no_label_apart_from_what_is_not_credited():
    labels = {"p02.s04": "attributed", "p02.s06": "outlet"}
    ax = attribution_strip(own_voices("p02", labels), "Mine")
    lanes = [label.get_text() for label in ax.get_yticklabels()]
    assert lanes == ["no label yet", "credited", "not credited"]
    assert sum(bool(bar.get_hatch()) for bar in ax.patches) == 1
    assert len({bar.get_y() for bar in ax.patches}) == 3
    assert own_strip("p02", labels, "Mine").words.startswith("Mine. 17 sentences with 173 words")


def test_the_numbers_of_a_long_strip_have_room():
    ax = attribution_strip(voices("004"), "Article 004")
    wide = dict(zip(voices("004")["sentence"].str[-2:], voices("004")["words"], strict=True))
    shown = [text.get_text() for text in ax.texts if len(text.get_text()) == 2]
    assert shown
    assert all(wide[number] >= 18 for number in shown)


@pytest.mark.parametrize("picture", [how_much_hangs(TEXTS), chains("004.s22")])
def test_the_same_picture_twice_is_the_same_bytes(picture):
    assert picture.png() == picture.png()
