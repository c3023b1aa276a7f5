"""The attribution key as data: columns, values, spans, and what may stand where."""

import csv

import pytest

from briefing.corpus import (
    LABELLED_PARTS,
    Span,
    any_article,
    articles,
    course_folder,
    plain,
    sources,
)

ATTRIBUTION = (
    "article,sentence,start,end,part,voice,mode,source,source_kind,chain,cue,cue_start,cue_end,"
    "cue_stance,evidence_basis,carried,run,also_accepted"
).split(",")
SPANS = "id,article,sentence,role,start,end,label,status,run,why".split(",")
KINDS = {
    "named_official", "unnamed_official", "institution", "other_media", "document", "other_person",
}  # fmt: skip
SHOWN = {"000", "002", "004"}


def rows(*parts):
    path = course_folder().joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not part of a student's copy")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)


KEYS = [("solutions", "keys"), ("data", "keys")]


@pytest.mark.parametrize("home", KEYS, ids="/".join)
def test_the_attribution_key_has_a_row_for_every_segment_and_only_known_values(home):
    header, found = rows(*home, "attribution.csv")
    assert header == ATTRIBUTION
    expected = articles if home[0] == "solutions" else SHOWN
    segments = [s for a in sorted(expected) for s in articles[a].segments]
    assert [r["sentence"] for r in found] == [s.id for s in segments]
    for row, segment in zip(found, segments, strict=True):
        assert (int(row["start"]), int(row["end"])) == (segment.span.start, segment.span.end)
        assert row["part"] == segment.part
        labels = [row[c] for c in ATTRIBUTION[5:]]
        if segment.part not in LABELLED_PARTS:
            assert not any(labels)
            continue
        assert row["voice"] in {"attributed", "outlet"}
        if row["voice"] == "outlet":
            assert not any(row[c] for c in ("mode", "source", "source_kind", "chain", "cue"))
        else:
            assert row["mode"] in {"direct", "indirect", "mixed"}
            assert row["source_kind"] in KINDS
            assert row["carried"] in {"yes", "no"}
            assert row["cue_stance"] in {"neutral", "endorsing", "distancing"}
            assert set(row["chain"].split("<")) <= set(sources())
            assert row["source"] in row["chain"].split("<")
        if row["cue"]:
            cue = Span(int(row["cue_start"]), int(row["cue_end"]))
            assert segment.span.contains(cue)
            assert plain(cue.of(articles[row["article"]].text)) == row["cue"]
        if row["run"]:
            assert row["voice"] == "outlet"
            assert (
                dict(p.split("=") for p in row["also_accepted"].split(";"))["voice"] == "attributed"
            )


@pytest.mark.parametrize("home", KEYS, ids="/".join)
def test_every_key_span_lies_inside_its_sentence(home):
    header, found = rows(*home, "spans.csv")
    assert header == SPANS
    assert len({r["id"] for r in found}) == len(found)
    for row in found:
        span = Span(int(row["start"]), int(row["end"]))
        assert any_article(row["article"]).segment(row["sentence"]).span.contains(span)
        assert row["role"] in {"source", "cue", "content"}
        assert row["status"] in {"required", "optional", "look_alike"}
        assert row["why"]


@pytest.mark.parametrize("home", KEYS, ids="/".join)
def test_every_labelled_sentence_has_a_reason(home):
    _, labelled = rows(*home, "attribution.csv")
    _, reasons = rows(*home, "reasons.csv")
    assert {r["sentence"] for r in labelled if r["voice"]} == {r["sentence"] for r in reasons}
    assert all(r["why"].endswith(".") for r in reasons)


@pytest.mark.parametrize("name", ["attribution.csv", "spans.csv", "reasons.csv"])
def test_what_lessons_show_is_the_graded_key_less_the_graded_articles(name):
    header, whole = rows("solutions", "keys", name)
    shown_header, shown = rows("data", "keys", name)
    assert shown_header == header
    assert shown == [r for r in whole if r["article"] in SHOWN]


@pytest.mark.parametrize("name", ["a.csv", "b.csv"])
def test_both_passes_are_kept_whole(name):
    header, found = rows("solutions", "keys", "passes", name)
    assert header[: len(ATTRIBUTION)] == ATTRIBUTION
    assert [r["sentence"] for r in found] == [
        s.id for a in sorted(articles) for s in articles[a].segments
    ]


def test_sources_of_graded_articles_only_are_not_in_data():
    _, shown = rows("data", "keys", "attribution.csv")
    _, public = rows("data", "sources.csv")
    used = {name for r in shown for name in [r["source"], *r["chain"].split("<")] if name}
    assert {r["source"] for r in public} == used
