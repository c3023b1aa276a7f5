"""A page taken apart: the story without its page, what cutting changes, and the pictures of both."""

import re

import pytest

from briefing.analysis.page_parts import before_and_after, page_parts
from briefing.corpus import UnknownArticle, any_article, articles, practice
from briefing.corpus.story import PAGE_LABELS, page_label, story
from briefing.figures.before_after import before_after, before_after_in_words, counts_picture
from briefing.figures.page_strip import page_strip, page_strip_in_words, pages_picture

LESSON = ["000", "001", "002"]


@pytest.mark.parametrize("article", [*articles, "p01", "p11"])
def test_the_story_holds_every_counted_sentence_once_and_nothing_else(article):
    text = any_article(article)
    kept = [text.words(s.id).replace("\xa0", " ") for s in text.sentences]
    assert re.split(r"\s+", story(article)) == re.split(r"\s+", " ".join(kept))


def test_the_story_keeps_paragraphs_together_and_apart():
    paragraphs = story("001").split("\n\n")
    assert paragraphs[0].startswith("The Russian Aerospace Forces")
    assert paragraphs[4].count("As a result") == 1
    assert "Contacts With Syrian Opposition" in paragraphs
    assert all(paragraph.strip() == paragraph for paragraph in paragraphs)


def test_cutting_leaves_out_clock_menus_captions_and_second_printings():
    assert "GMT" not in story("000")
    assert "Get short URL" not in story("001")
    assert "Go to the mediabank" not in story("002")
    assert story("002").count("since the operation began") == 1
    assert "bookmark" not in story("003")
    assert "Page opened" not in story("p11")
    with pytest.raises(UnknownArticle):
        story("009")


def test_every_piece_is_story_caption_or_furniture():
    for article in (*articles.values(), *practice.values()):
        assert {page_label(segment) for segment in article.segments} <= set(PAGE_LABELS)
    captions = [s.id for a in articles.values() for s in a.segments if page_label(s) == "caption"]
    assert captions == ["002.s04"]


def test_the_numbers_that_the_lesson_prints():
    table = before_and_after(["Daesh", "alleg", "ISIL"], ["000", "001"])
    numbers = list(zip(table["article"], table["name"], table["page"], table["story"], strict=True))
    assert numbers == [
        ("000", "Daesh", 1, 0), ("000", "alleg", 0, 0), ("000", "ISIL", 15, 10),
        ("001", "Daesh", 1, 0), ("001", "alleg", 1, 0), ("001", "ISIL", 6, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("article", "page", "kept"), [("000", 547, 481), ("001", 859, 791), ("002", 648, 544)]
)
def test_the_words_of_page_and_story(article, page, kept):
    table = page_parts(article)
    assert table["words"].sum() == page
    assert table.loc[table["label"] == "story", "words"].sum() == kept
    assert list(table["piece"]) == [segment.id for segment in articles[article].segments]
    assert list(table["before"][1:]) == list(table["words"].cumsum()[:-1])


def test_p11_has_what_the_lesson_says_of_it():
    page, text = practice["p11"].text.lower(), story("p11").lower()
    for word in ("alleg", "raiders"):
        assert (page.count(word), text.count(word)) == (1, 0)
    parts = {segment.part for segment in practice["p11"].segments}
    assert {"clock", "series", "headline", "caption", "repeat", "related", "tags"} <= parts


def test_the_strip_has_a_bar_for_each_piece_as_wide_as_its_words():
    pages = {name: page_parts(name) for name in LESSON}
    ax = page_strip(pages)
    expected = [words for table in pages.values() for words in table["words"]]
    assert [bar.get_width() for bar in ax.patches] == expected
    heights = {round(bar.get_height(), 2) for bar in ax.patches}
    assert len(heights) == len(PAGE_LABELS)
    assert [text.get_text() for text in ax.get_yticklabels()] == LESSON
    assert any("547 words on the page" in text.get_text() for text in ax.texts)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == list(PAGE_LABELS)


def test_the_strip_in_words_counts_what_stands_before_and_after_the_story():
    words = page_strip_in_words({"Article 000": page_parts("000")})
    table = page_parts("000")
    first = table.index[table["label"] == "story"][0]
    last = table.index[table["label"] == "story"][-1]
    assert f"stand {table['words'][:first].sum()} words" in words
    assert f"after its last {table['words'][last + 1 :].sum()}." in words
    assert "481 story, 0 caption, 66 furniture" in words


def test_the_counts_are_drawn_and_written_beside_each_other():
    table = before_and_after(["ISIL"], ["000", "001"])
    ax = before_after(table)
    assert [text.get_text() for text in ax.texts] == ["15 → 10", "6 → 3"]
    points = [list(line.get_xdata()) for line in ax.lines]
    assert points == [[10, 15], [15], [10], [3, 6], [6], [3]]
    assert "article 001, “ISIL”: 6 on the page, 3 in the story" in before_after_in_words(table)


@pytest.mark.parametrize(
    "picture", [pages_picture("000"), counts_picture(["ISIL"], ["000"])], ids=["strip", "counts"]
)
def test_every_picture_has_words_and_a_png(picture):
    assert len(picture.words) > 40
    assert picture.png().startswith(b"\x89PNG")
