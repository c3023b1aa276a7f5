"""The constructed practice texts and their key."""

import pytest

from briefing.corpus import (
    LABELLED_PARTS,
    any_article,
    articles,
    course_folder,
    practice,
    read_table,
)
from briefing.corpus.segments import segment

TEXTS = ["p01", "p02", "p03"]
COLUMNS = (
    "article", "sentence", "start", "end", "part", "voice", "mode", "source", "source_kind",
    "chain", "cue", "cue_start", "cue_end", "cue_stance", "evidence_basis", "carried", "run",
    "also_accepted",
)  # fmt: skip


def keys(name, columns=()):
    return read_table(course_folder() / "data" / "practice" / "keys" / f"{name}.csv", columns)


def labelled(article):
    return [r for r in keys("attribution", COLUMNS) if r["article"] == article and r["voice"]]


def test_the_texts_say_that_they_are_constructed():
    assert [name for name in practice if name in TEXTS] == TEXTS
    for article in practice.values():
        assert article.constructed
        assert article.owner.startswith("constructed")
        assert article.words(f"{article.id}.s01").startswith("Constructed for practice")
        assert "constructed for this course" in article._repr_html_()
        assert any_article(article.id) is article


@pytest.mark.parametrize("article", TEXTS)
def test_the_segments_are_those_of_the_rule(article):
    text = practice[article]
    assert [s.span for s in text.segments] == list(segment(text.text))
    expected = [f"{article}.s{n:02d}" for n in range(1, len(text.segments) + 1)]
    assert [s.id for s in text.segments] == expected


@pytest.mark.parametrize("article", TEXTS)
def test_the_texts_are_as_short_as_promised(article):
    assert 150 <= len(practice[article].text.split()) <= 220


@pytest.mark.parametrize("article", TEXTS)
def test_the_key_has_a_row_for_every_segment_and_labels_for_those_that_count(article):
    rows = [r for r in keys("attribution", COLUMNS) if r["article"] == article]
    text = practice[article]
    assert [(r["sentence"], int(r["start"]), int(r["end"]), r["part"]) for r in rows] == [
        (s.id, s.span.start, s.span.end, s.part) for s in text.segments
    ]
    for row in rows:
        assert bool(row["voice"]) == (row["part"] in LABELLED_PARTS), row["sentence"]


@pytest.mark.parametrize("article", TEXTS)
def test_each_text_holds_every_form_that_the_lesson_teaches(article):
    rows = labelled(article)
    assert {r["mode"] for r in rows} == {"direct", "indirect", "mixed", ""}
    run = [r for r in rows if r["run"]]
    assert len(run) == 2
    assert all(r["voice"] == "outlet" and "voice=attributed" in r["also_accepted"] for r in run)
    assert any(r["voice"] == "outlet" and not r["run"] and r["part"] == "body" for r in rows)


@pytest.mark.parametrize("article", TEXTS)
def test_says_words_stand_where_the_key_says(article):
    text = practice[article].text
    for row in labelled(article):
        if row["cue"]:
            start, end = int(row["cue_start"]), int(row["cue_end"])
            assert text[start:end] == row["cue"]
            assert int(row["start"]) <= start < end <= int(row["end"])


def test_every_source_of_the_key_is_listed_with_its_kind():
    kinds = {r["source"]: r["kind"] for r in keys("sources", ("source", "name", "kind", "aliases"))}
    rows = [r for a in TEXTS for r in labelled(a) if r["source"]]
    assert {r["source"]: r["source_kind"] for r in rows}.items() <= kinds.items()
    # Whoever is listed and credited with no sentence stands in a chain: who published, who passed on.
    assert set(kinds) == {link for r in rows for link in r["chain"].split("<")}


def test_a_chain_begins_with_who_published_and_holds_the_one_who_is_credited():
    rows = [r for a in TEXTS for r in labelled(a) if r["source"]]
    published = {"p01": "coalition_office", "p02": "coalition_office", "p03": "keltmar_courier"}
    for row in rows:
        chain = row["chain"].split("<")
        assert chain[0] == published[row["article"]]
        assert row["source"] in chain[1:], row["sentence"]


def test_every_labelled_sentence_has_a_reason_of_at_most_25_words():
    reasons = {r["sentence"]: r["why"] for r in keys("reasons", ("article", "sentence", "why"))}
    assert list(reasons) == [r["sentence"] for a in TEXTS for r in labelled(a)]
    assert all(5 <= len(why.split()) <= 25 for why in reasons.values())


def test_no_invented_name_stands_in_a_real_article():
    invented = ["Northern Coalition", "Harrow", "Ardenia", "Keltmar", "Verrick", "Varn", "Tessel",
                "Oskal", "Dunmere", "Port Sella", "Kestrel", "Lowmark", "Maron", "Courier"]  # fmt: skip
    together = " ".join(practice[a].text for a in TEXTS)
    for name in invented:
        assert name.lower() in together.lower()
        assert not any(name.lower() in a.text.lower() for a in articles.values())
