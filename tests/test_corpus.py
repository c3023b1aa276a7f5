"""The corpus: articles, segments and seed files."""

import csv
import shutil

import pytest

from briefing.corpus import (
    LABELLED_PARTS,
    SeedChanged,
    SeedMissing,
    Shelf,
    Span,
    TableError,
    UnknownArticle,
    any_article,
    articles,
    course_folder,
    evidence,
    mirror,
    plain,
    sources,
)
from briefing.corpus.seeds import SumsUnreadable
from briefing.corpus.segments import segment

PARTS = {
    "clock", "furniture", "series", "headline", "deck", "dateline", "caption",
    "lead", "body", "subheading", "related", "tags", "repeat",
}  # fmt: skip


@pytest.fixture
def copied_course(tmp_path, monkeypatch):
    """A course folder of its own, so that a test may damage it."""
    for name in ("seeds", "data"):
        shutil.copytree(course_folder() / name, tmp_path / name)
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_the_segments_in_the_table_are_those_of_the_rule(article):
    text = articles[article].text
    assert [s.span for s in articles[article].segments] == list(segment(text))


@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_segments_cover_every_non_space_character_once(article):
    text = articles[article].text
    covered = [i for s in articles[article].segments for i in range(s.span.start, s.span.end)]
    assert len(covered) == len(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))
    for piece in articles[article].segments:
        words = piece.span.of(text)
        assert "\n" not in words
        assert words == words.strip()


def test_segments_are_numbered_over_all_rows_and_have_known_parts():
    for article in articles.values():
        expected = [f"{article.id}.s{n:02d}" for n in range(1, len(article.segments) + 1)]
        assert [s.id for s in article.segments] == expected
        assert {s.part for s in article.segments} <= PARTS


def test_only_002_to_004_have_a_headline_and_only_002_a_caption():
    parts = {a.id: {s.part for s in a.segments} for a in articles.values()}
    assert {a for a, p in parts.items() if "headline" in p} == {"002", "003", "004"}
    assert {a for a, p in parts.items() if "caption" in p} == {"002"}


def test_a_repeat_says_again_what_stands_elsewhere():
    for article in articles.values():
        told = " ".join(
            plain(s.span.of(article.text)) for s in article.segments if s.part != "repeat"
        )
        for piece in (s for s in article.segments if s.part == "repeat"):
            assert (
                plain(piece.span.of(article.text)).removesuffix(" - Sputnik International") in told
            )


def test_sentences_leave_the_furniture_out():
    assert {s.part for a in articles.values() for s in a.sentences} <= set(LABELLED_PARTS)


def test_an_abbreviation_does_not_end_a_sentence():
    text = "Maj. Gen. Smith spoke at 11 a.m. Moscow time. He left."
    assert [s.of(text) for s in segment(text)] == [
        "Maj. Gen. Smith spoke at 11 a.m. Moscow time.",
        "He left.",
    ]


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    text = 'It ended." "Then it began,” he said.\nA no-break\u00a0space.\u00a0Next'
    assert [s.of(text) for s in segment(text)] == [
        'It ended."', '"Then it began,” he said.', "A no-break\u00a0space.", "Next",
    ]  # fmt: skip


def test_a_changed_seed_file_is_named(copied_course):
    path = copied_course / "seeds" / "000_e63066521a6d5170.txt"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(SeedChanged, match="000_e63066521a6d5170.txt has changed"):
        articles["000"]


def test_a_missing_seed_file_is_named(copied_course):
    (copied_course / "seeds" / "002_9f08f916bd3b004b.txt").unlink()
    with pytest.raises(SeedMissing, match="002_9f08f916bd3b004b.txt cannot be read"):
        articles["002"]


@pytest.mark.parametrize("data", [b"\xff\xfe damaged", b"one-word\n", None])
def test_a_damaged_list_of_sums_is_named(copied_course, data):
    path = copied_course / "data" / "practice" / "SHA256SUMS"
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SumsUnreadable, match="SHA256SUMS cannot be read"):
        any_article("p00")


@pytest.mark.parametrize("cut", ["0", "001,001.s", "001,001.s07,", "001,001.s07,12,30"])
def test_a_table_cut_in_mid_row_is_named(copied_course, cut):
    path = copied_course / "data" / "sentences.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("001,001.s07")] + cut, "utf-8")
    with pytest.raises(TableError, match=r"sentences\.csv is damaged"):
        articles["001"]


def test_a_table_with_a_word_for_a_number_or_without_an_article_is_named(copied_course):
    path = copied_course / "data" / "sentences.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, "001,001.s01,zero,4,clock"]), "utf-8")
    with pytest.raises(TableError, match="'zero'"):
        articles["001"]
    path.write_text("\n".join([header, *(x for x in lines if not x.startswith("004"))]), "utf-8")
    with pytest.raises(TableError, match="nothing about article 004"):
        Shelf("data/articles.csv", "data/sentences.csv", "seeds", constructed=False)["004"]


def test_an_unknown_article_is_answered_with_the_known_ones():
    with pytest.raises(UnknownArticle, match="There is no article '009'; there are 000, 001"):
        articles["009"]


def test_an_article_shows_itself_escaped_and_its_furniture_greyed():
    html = articles["003"]._repr_html_()
    assert "[furniture] icon bookmark-bicon" in html
    assert html.count("take out 80 ISIS fighters") == 2
    assert "<script" not in html


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="ends outside"):
        Span(0, 5).of("four")
    with pytest.raises(ValueError, match="start < end"):
        Span(3, 3)


def test_the_tables_open_and_point_at_real_articles():
    known = {*articles, "mirror", "outlets"}
    assert {row["article"] for row in evidence()} <= known
    assert len(evidence()) >= 83
    assert len(mirror()) == 11
    kinds = {row["kind"] for row in sources().values()}
    assert kinds <= {
        "named_official", "unnamed_official", "institution",
        "other_media", "document", "other_person",
    }  # fmt: skip


def test_every_table_is_utf8_without_bom_with_unix_ends_and_minimal_quotes():
    for path in sorted((course_folder() / "data").rglob("*.csv")):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in raw, path
        rows = list(csv.reader(raw.decode("utf-8").splitlines(keepends=True)))
        assert len({len(row) for row in rows}) == 1, path
