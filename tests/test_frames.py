"""The frames key, its reading and the makers' agreement on it."""

from itertools import product

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.corpus import LABELLED_PARTS, Span, TableError, articles
from briefing.keys import has_solutions
from briefing.keys.frame_report import common_places, frames_agreement, frames_section
from briefing.keys.frames import (
    FRAME_COLUMNS,
    FUNCTIONS,
    cells,
    frame_passes,
    frames,
    read_frames,
    shown_frames,
)
from briefing.keys.tokens import TokenIndex

SHOWN = ("000", "002", "004")
solved = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")


def table(tmp_path, *lines):
    path = tmp_path / "frames.csv"
    path.write_text("\n".join([",".join(FRAME_COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def whole(*, but=()):
    """A table of article 000 that says no throughout, but for the lines given."""
    said = {line.split(",")[1] for line in but}
    return [*but, *(f"000,{f},no,,,Looked." for f in FUNCTIONS if f not in said)]


def test_a_right_table_is_read(tmp_path):
    found = read_frames(table(tmp_path, *whole(but=["000,remedy,yes,98,280,Strikes."])))
    joined = cells(found)
    assert list(joined) == [("000", function) for function in FUNCTIONS]
    assert joined["000", "remedy"].spans == (Span(98, 280),)
    assert not joined["000", "cause"].present


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("000,remedy,perhaps,98,280,Strikes.", "one of yes, no"),
        ("000,cure,yes,98,280,Strikes.", "one of problem"),
        ("009,remedy,yes,98,280,Strikes.", "one of 000"),
        ("000,remedy,yes,98,280,", "one sentence"),
        ("000,remedy,no,98,280,Strikes.", "empty where"),
        ("000,remedy,yes,,,Strikes.", "code points"),
        ("000,remedy,yes,0,24,The clock.", "one sentence of the story"),
        ("000,remedy,yes,98,300,Over the edge.", "one sentence of the story"),
        ("000,remedy,yes,280,98,Backwards.", "one sentence of the story"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(tmp_path, line, told):
    with pytest.raises(TableError, match=told) as refused:
        read_frames(table(tmp_path, line, *whole(but=["000,remedy,x"])[1:]))
    assert "line 2" in str(refused.value)


def test_a_cell_that_is_missing_or_says_both_is_refused(tmp_path):
    with pytest.raises(TableError, match="000, problem"):
        read_frames(table(tmp_path, *whole()[1:]))
    both = [*whole(), "000,remedy,yes,98,280,Strikes."]
    (tmp_path / "b").mkdir()
    with pytest.raises(TableError, match="000, remedy"):
        read_frames(table(tmp_path / "b", *both))


def test_lessons_have_every_cell_of_three_articles_and_no_other():
    assert list(cells(shown_frames())) == list(product(SHOWN, FUNCTIONS))


def test_the_places_are_in_the_story_and_begin_and_end_with_words():
    for row in frames():
        if row.span:
            words = row.span.of(articles[row.article].text)
            assert words == words.strip()
            assert words[0].isalnum()
            assert words[-1].isalnum()
            segment = next(s for s in articles[row.article].segments if s.span.contains(row.span))
            assert segment.part in LABELLED_PARTS


def test_the_table_is_in_order():
    places = [(row.article, int(row.start or 10**6)) for row in frames()]
    assert places == sorted(places)


def test_the_key_is_printed_with_its_columns():
    printed = CliRunner().invoke(app, ["key", "frames"])
    assert printed.exit_code == 0
    lines = printed.stdout.splitlines()
    assert lines[0] == "article,function,present,start,end,gist"
    assert len(lines) == len(frames()) + 1


@solved
def test_the_full_key_has_twenty_cells():
    assert list(cells(frames())) == list(product(sorted(articles), FUNCTIONS))


@solved
def test_what_lessons_show_is_what_the_full_key_says():
    assert shown_frames() == [row for row in frames() if row.article in SHOWN]


@solved
def test_every_yes_of_the_key_is_one_that_a_pass_has_and_touches_a_place_of_a_pass():
    passes = [cells(rows) for rows in frame_passes().values()]
    for name, cell in cells(frames()).items():
        assert cell.present in {one[name].present for one in passes}
        found = [span for one in passes for span in one[name].spans]
        touched = [any(s.start < f.end and f.start < s.end for f in found) for s in cell.spans]
        assert not cell.spans or any(touched)


@solved
def test_the_agreement_is_counted_from_the_passes():
    found = frames_agreement()
    one, other = (cells(rows) for rows in frame_passes().values())
    assert found.decided.n == 20
    assert found.decided.raw == sum(one[n].present == other[n].present for n in one) / 20
    assert found.noes == (sum(not c.present for c in one.values()),
                          sum(not c.present for c in other.values()))  # fmt: skip
    assert 0 < found.common <= min(found.places)
    assert found.shared_cells <= found.yeses
    assert f"F1 = 2 × {found.common} / ({found.places[0]} + {found.places[1]})" in "\n".join(
        frames_section().words
    )


def test_places_are_paired_by_the_rule_that_scores_students():
    index = TokenIndex("one two three four five six seven eight nine ten")
    # "one two" in all ten words: 2 × 2 / 12 is over .3; in "one" alone as well.
    assert common_places(index, [Span(0, 7)], [Span(0, len(index.text))]) == 1
    assert common_places(index, [Span(0, 3)], [Span(0, len(index.text))]) == 0
    assert common_places(index, [Span(0, 7), Span(0, 3)], [Span(0, 7)]) == 1
    assert common_places(index, [], [Span(0, 7)]) == 0
