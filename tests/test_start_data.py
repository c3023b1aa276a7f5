"""What lesson 00 tells about places, people and events: every row sourced, dated and in its place."""

import re
from datetime import date
from itertools import pairwise

import pytest

from briefing.corpus import articles, course_folder, evidence, plain, practice
from briefing.corpus.background import (
    PRECISIONS,
    Event,
    Source,
    outlines,
    people,
    places,
    timeline,
)
from briefing.corpus.background_page import what_happened, who_is_who
from briefing.corpus.segments import segment
from briefing.corpus.tables import TableError
from briefing.keys.definitions import definition
from briefing.keys.feedback import feedback
from briefing.keys.keyfiles import exercise_key

TODAY = date(2026, 11, 22)
PLACES, PEOPLE, EVENTS = places(), people(), timeline()
BOXES = {"Syria": (32.3, 37.4, 35.6, 42.4), "Iraq": (29.0, 37.4, 38.7, 48.6)}


def named_in(word, article):
    return re.search(rf"(?<!\w){re.escape(word)}", plain(articles[article].text)) is not None


def inside(lon, lat, ring):
    hit = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0):
            hit = not hit
    return hit


@pytest.mark.parametrize(
    "row", [*PLACES, *PEOPLE, *EVENTS], ids=lambda r: getattr(r, "id", "") or r.name
)
def test_every_row_has_a_source_or_says_that_none_was_found(row):
    source = row.source
    assert re.match(r"2026-11-22, ", source.looked_up)
    if source.looked_up.endswith("not found"):
        assert row.lat is None
        assert not source.url
        assert row.note
    else:
        assert source.publisher
        assert re.match(r"https?://[\w.-]+\.\w+(:\d+)?/", source.url)


@pytest.mark.parametrize("row", [*PEOPLE, *EVENTS], ids=lambda r: r.id)
def test_evidence_rows_that_are_named_exist_and_give_the_same_address_where_they_are_the_source(
    row,
):
    known = {entry["id"]: entry for entry in evidence()}
    assert set(row.source.evidence) <= set(known)
    if row.source.looked_up.endswith("evidence row"):
        assert row.source.url in {known[name]["url"] for name in row.source.evidence}
        assert row.source.publisher in {known[name]["publisher"] for name in row.source.evidence}


def test_there_are_as_many_events_as_promised_in_order_none_of_them_later_than_today():
    assert 14 <= len(EVENTS) <= 20
    assert [e.id for e in EVENTS] == [f"t{n:02d}" for n in range(1, len(EVENTS) + 1)]
    assert EVENTS[0].day.year == 2011
    assert EVENTS[-1].day.year == 2026
    assert all(e.day <= TODAY for e in EVENTS)
    assert {e.precision for e in EVENTS} <= set(PRECISIONS)
    assert all(e.event.endswith(".") and e.said_by and len(e.label) <= 32 for e in EVENTS)


def test_the_articles_stand_in_the_timeline_on_the_days_of_the_article_table():
    assert {e.article: e.day.isoformat() for e in EVENTS if e.article} == {
        name: articles[name].published for name in articles
    }


def test_the_sum_of_the_dead_says_who_is_counted_and_who_is_not():
    row = next(e for e in EVENTS if "306,887" in e.event)
    assert "Who is counted" in row.note
    assert "Not counted" in row.note


@pytest.mark.parametrize(
    ("precision", "written", "words"),
    [("day", "2015-10-11", "11 October 2015"), ("month", "2015-10-01", "October 2015"),
     ("year", "2015-01-01", "2015")],
)  # fmt: skip
def test_a_date_is_written_no_more_exactly_than_it_is_known(precision, written, words):
    nowhere = Source("", "", "", (), "")
    event = Event("t", date.fromisoformat(written), precision, "", "", "", "", nowhere, "")
    assert event.when == words


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_each_place_is_named_in_exactly_the_articles_that_its_row_gives(place):
    named = [a for a in articles if any(named_in(word, a) for word in place.spellings)]
    assert list(place.articles) == named
    for word in place.spellings:
        assert any(named_in(word, article) for article in place.articles), word


@pytest.mark.parametrize("place", [p for p in PLACES if p.lat is not None], ids=lambda p: p.name)
def test_each_place_lies_in_the_country_that_its_row_gives(place):
    south, north, west, east = BOXES[place.country]
    assert south <= place.lat <= north
    assert west <= place.lon <= east
    if (
        place.name != "Latakia"
    ):  # a port: the simplified coast may leave it a few hundred metres out
        assert any(inside(place.lon, place.lat, ring) for ring in outlines()[place.country])


def test_places_that_were_not_found_have_no_position_rather_than_a_guess():
    assert [p.name for p in PLACES if p.lat is None] == ["Khirbat al-Arus", "Tell-Alam"]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.id)
def test_each_person_or_body_is_named_in_or_published_the_articles_of_its_row(person):
    assert person.called
    for article in person.articles:
        named = any(named_in(word, article) for word in person.called)
        assert named or articles[article].outlet == person.name


def test_ids_are_unique_and_kinds_known():
    assert len({p.id for p in PEOPLE}) == len(PEOPLE)
    assert len({p.name for p in PLACES}) == len(PLACES)
    assert {p.kind for p in PEOPLE} == {"person", "armed group", "body", "outlet"}


def test_the_outlines_are_closed_and_hold_syria_and_its_neighbours():
    found = outlines()
    assert {"Syria", "Turkey", "Iraq", "Jordan", "Lebanon", "Israel"} <= set(found)
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for rings in found.values() for ring in rings)


def test_a_damaged_table_is_named_in_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "SHA256SUMS").write_text("")
    (tmp_path / "data").mkdir()
    head = (
        "id,date,precision,label,event,said_by,article,publisher,title,url,evidence,looked_up,note"
    )
    (tmp_path / "data" / "timeline.csv").write_text(f"{head}\nt01,soon,day,,,,,,,,,,\n")
    (tmp_path / "data" / "places.csv").write_text(
        "place,kind,country,spellings,articles,lat,lon,precision,publisher,url,looked_up,note\n"
        "Aleppo,city,Syria,Aleppo,001,north,37,city,,,,\n"
    )
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path))
    with pytest.raises(TableError, match=r"timeline\.csv dates t01 'soon'"):
        timeline()
    with pytest.raises(TableError, match=r"'north' as lat of Aleppo"):
        places()
    with pytest.raises(TableError, match=r"outlines\.geojson cannot be read"):
        outlines()


def test_the_tables_show_every_row_escape_it_and_stay_the_same():
    page = who_is_who()
    assert all(person.name.replace("'", "&#x27;") in page.html for person in PEOPLE)
    assert page.html == who_is_who().html
    assert repr(page) == f"<Who is who: {len(PEOPLE)} names with their sources>"
    happened = what_happened(TODAY)
    assert "This table was made on 22 November 2026." in happened.html
    assert happened.html.count("<tr>") == len(EVENTS) + 1
    assert what_happened(date(2016, 1, 1)).html.count("<tr>") == 1 + sum(
        e.day <= date(2016, 1, 1) for e in EVENTS
    )
    nasty = PEOPLE[0].__class__(
        "x", "<script>", "person", (), (), "<img onerror=1>", "&", PEOPLE[0].source
    )
    assert "<script>" not in who_is_who([nasty]).html
    assert "<img" not in who_is_who([nasty]).html


def test_the_practice_text_is_two_sentences_and_says_that_it_is_constructed():
    text = practice["p00"]
    assert text.constructed
    assert [s.span for s in text.segments] == list(segment(text.text))
    assert text.words("p00.s01").startswith("Constructed for practice")
    assert len(text.sentences) == 2


def test_the_practice_can_be_solved_and_every_mark_has_its_reason():
    question = definition("lesson00").questions["q1"]
    key = exercise_key("lesson00")["q1"]
    spans = [s for s in key.machine.spans if str(s.status) == "required"]
    marks = [
        {"id": f"m{n}", "start": s.start, "end": s.end, "label": s.label, "note": ""}
        for n, s in enumerate(spans)
    ]
    said = feedback(question, key, {"kind": "marks", "article": "p00", "marks": marks})
    assert said["final"]
    assert all(span.why for span in key.machine.spans)
    text = practice["p00"].text
    assert [text[s.start : s.end] for s in spans] == [
        "the harbour office", "engineer Tamsin Orlo", "Friday", "Tuesday night",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["q3", "q4"])
def test_the_self_check_gives_a_reason_for_every_option(name):
    question, key = definition("lesson00").questions[name], exercise_key("lesson00")[name]
    offered = [f"{g.id}:{o.id}" for g in question.choice_groups for o in g.options]
    assert set(key.machine.why) == set(offered)
    assert len(question.choice_groups) == 5
    right = [f"{group}:{option}" for group, option in key.machine.accepted[0].items()]
    assert feedback(question, key, {"kind": "choice", "chosen": right})["final"]
    assert not feedback(question, key, {"kind": "choice", "chosen": right[:-1]})["final"]


def test_the_dates_of_the_self_check_are_those_of_the_timeline():
    question, key = definition("lesson00").questions["q4"], exercise_key("lesson00")["q4"]
    days = {event.when for event in EVENTS}
    assert {group.prompt for group in question.choice_groups} <= days
    assert len(set(key.machine.accepted[0].values())) > 2


def test_nothing_of_the_machine_that_made_it_stands_in_the_data():
    for name in ("timeline.csv", "people.csv", "places.csv", "map/README.md"):
        text = (course_folder() / "data" / name).read_text(encoding="utf-8")
        assert not re.search(r"/(?:work|root|tmp)/", text)
        assert "\r" not in text
