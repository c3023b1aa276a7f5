"""The map and the timeline of lesson 00, tested on their Axes."""

from datetime import date
from itertools import combinations, pairwise
from math import cos, radians

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from briefing.corpus.background import places, timeline
from briefing.figures.map import map_in_words, places_picture, syria_map
from briefing.figures.timeline import (
    spread,
    timeline_figure,
    timeline_in_words,
    timeline_picture,
)

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def the_map():
    ax = syria_map()
    FigureCanvasAgg(ax.figure).draw()
    return ax


@pytest.fixture(scope="module")
def the_timeline():
    ax = timeline_figure(TODAY)
    FigureCanvasAgg(ax.figure).draw()
    return ax


def boxes(ax, prefix):
    texts = [t for t in ax.texts if (t.get_gid() or "").startswith(prefix)]
    # Of an annotation only the words count: its line may run past another label.
    return {t.get_gid(): Text.get_window_extent(t) for t in texts}


def overlapping(found):
    return [(a, b) for (a, x), (b, y) in combinations(found.items(), 2) if x.overlaps(y)]


def test_every_place_of_known_position_has_a_sign_and_a_label_with_its_articles(the_map):
    known = {p.name: p for p in places() if p.lat is not None}
    labels = {t.get_gid()[6:]: t.get_text() for t in the_map.texts if t.get_gid()}
    assert set(labels) == set(known)
    for name, place in known.items():
        assert labels[name] == f"{name}\n{' · '.join(place.articles)}"
    drawn = {(line.get_xdata()[0], line.get_ydata()[0]) for line in the_map.lines
             if len(line.get_xdata()) == 1}  # fmt: skip
    assert drawn == {(p.lon, p.lat) for p in known.values()}


def test_labels_of_the_map_neither_touch_nor_leave_the_picture(the_map):
    found = boxes(the_map, "place:")
    assert overlapping(found) == []
    frame = the_map.get_window_extent()
    for name, box in found.items():
        assert frame.x0 <= box.x0, name
        assert box.x1 <= frame.x1, name
        assert frame.y0 <= box.y0, name
        assert box.y1 <= frame.y1, name


def test_neighbours_are_named_and_the_scale_bar_is_a_hundred_kilometres_long(the_map):
    words = {t.get_text() for t in the_map.texts}
    assert {"Turkey", "Iraq", "Jordan", "Lebanon", "Israel", "100 km"} <= words
    bar = next(line for line in the_map.lines if line.get_linewidth() == 2
               and line.get_ydata()[0] == line.get_ydata()[1])  # fmt: skip
    lat = bar.get_ydata()[0]
    length = (bar.get_xdata()[1] - bar.get_xdata()[0]) * 111.32 * cos(radians(lat))
    assert length == pytest.approx(100)


def test_no_territory_is_coloured_but_the_country_itself(the_map):
    fills = {patch.get_facecolor() for patch in the_map.patches}
    assert len(fills) == 2


def test_the_map_in_words_names_every_place_and_its_articles():
    words = map_in_words()
    for place in places():
        assert (place.name in words) == (place.lat is not None)
    assert "Palmyra (city): 001, 003, 004" in words
    assert "Mosul (city in Iraq): 004" in words


def test_articles_stand_left_events_right_and_today_is_printed(the_timeline):
    labels = {t.get_gid(): t for t in the_timeline.texts if t.get_gid()}
    assert labels["today"].get_text() == "Today: 22 November 2026"
    for event in timeline():
        text = labels[f"event:{event.id}"]
        assert text.get_text() == f"{event.when}\n{event.label}"
        assert (text.get_position()[0] < 0) == bool(event.article)


def test_labels_of_the_timeline_neither_touch_nor_leave_the_picture(the_timeline):
    found = boxes(the_timeline, "")
    found = {name: box for name, box in found.items() if name}
    assert overlapping(found) == []
    frame = the_timeline.get_window_extent()
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in found.values())
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in found.values())


def test_the_timeline_ends_on_the_day_it_is_told():
    day = date(2016, 1, 1)
    ax = timeline_figure(day)
    shown = {t.get_gid() for t in ax.texts if t.get_gid()}
    assert shown == {"today"} | {f"event:{e.id}" for e in timeline() if e.day <= day}
    assert "Today: 1 January 2016" in {t.get_text() for t in ax.texts}
    assert timeline_in_words(day).endswith("Today is 1 January 2016.")
    assert "Raqqa" not in timeline_in_words(day)
    assert "The articles are of 2015." in timeline_in_words(day)
    assert "The articles are of 2015 and 2017." in timeline_in_words(TODAY)


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([], []),
        ([1.0], [1.0]),
        ([0.0, 5.0], [0.0, 5.0]),
        ([2.0, 2.0], [1.5, 2.5]),
        ([1.0, 1.0, 1.0, 9.0], [0.0, 1.0, 2.0, 9.0]),
    ],
)
def test_labels_move_apart_and_no_further_than_they_must(wanted, placed):
    assert spread(wanted, 1.0) == pytest.approx(placed)


def test_spread_keeps_the_order_and_the_gap():
    wanted = [0.0, 0.1, 0.2, 3.0, 3.05, 3.9, 8.0]
    found = spread(wanted, 0.7)
    assert all(b - a >= 0.7 - 1e-9 for a, b in pairwise(found))


@pytest.mark.parametrize("picture", [places_picture, lambda: timeline_picture(TODAY)])
def test_both_pictures_carry_their_words(picture):
    shown = picture()
    assert len(shown.words) > 200
    assert shown.png().startswith(b"\x89PNG")
