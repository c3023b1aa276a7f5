"""The class report's figures hold the numbers they are given, and their SVG is the same each time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.class_questions import Lane, class_questions, class_questions_in_words
from briefing.figures.class_scores import class_scores, class_scores_in_words, score_bins
from briefing.figures.inline import inline_svg, own_settings


@given(
    st.integers(1, 6000).flatmap(
        lambda total: st.tuples(
            st.just(total), st.dictionaries(st.integers(0, total), st.integers(1, 50), min_size=1)
        )
    )
)
def test_every_student_stands_in_one_bar(both):
    total, scores = both
    bins = score_bins(scores, total)
    assert sum(n for _, _, n in bins) == sum(scores.values())
    assert len(bins) <= 21
    for start, below, n in bins:
        assert n == sum(k for score, k in scores.items() if start <= score < below)


def test_the_bars_are_the_bins_with_their_counts():
    bins = score_bins({0: 2, 150: 1, 300: 4}, 300)
    axes = class_scores(bins, "points of 3", median=150)
    assert [bar.get_height() for bar in axes.patches] == [2, 1, 0, 4]
    assert [text.get_text() for text in axes.texts] == ["2", "1", "4"]
    told = class_scores_in_words(bins, 7, median=150, total=300)
    assert "7 students" in told and "3 and more: 4" in told and "1.5" in told


def test_the_lanes_are_the_questions_with_their_n():
    lanes = [Lane("q1", 12, 0.5, (0.25, 1.0)), Lane("q2", 9, 0.75)]
    axes = class_questions(lanes)
    assert [text.get_text() for text in axes.texts] == ["n = 12", "n = 9"]
    assert axes.collections[0].get_offsets().tolist() == [[25, 0], [100, 0]]
    told = class_questions_in_words(lanes)
    assert "q1: mean 50 % of the points, n = 12, 2 items between 25 % and 100 % right" in told
    assert "q2: mean 75 % of the points, n = 9" in told


def drawn():
    return class_scores(score_bins({100: 3, 200: 5}, 200), "points", median=200)


def test_the_svg_is_the_same_each_time_whatever_the_user_s_settings():
    import matplotlib as mpl

    with own_settings():
        plain = inline_svg(drawn(), "one", "Bars <of> points.")
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other", "axes.facecolor": "red"}):
        with own_settings():
            again = inline_svg(drawn(), "one", "Bars <of> points.")
        assert mpl.rcParams["font.size"] == 20
    assert plain == again


def test_the_svg_takes_the_page_s_colours_and_has_words_and_own_ids():
    svg = inline_svg(drawn(), "one", "Bars <of> points.")
    assert 'aria-label="Bars &lt;of&gt; points."' in svg
    assert "var(--bar)" in svg and "var(--ink)" in svg
    assert not re.search(r"#[0-9a-f]{6}\b", svg)
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert ids and all(name.startswith("one-") for name in ids)
    assert "<metadata" not in svg and "<style" not in svg and "<!--" not in svg
    assert set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg)) == set(ids)
    with pytest.raises(ValueError, match="description"):
        inline_svg(drawn(), "one", "  ")
