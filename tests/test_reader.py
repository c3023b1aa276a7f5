"""The reader and the provenance card by their values: what is shown without a kernel, escaped."""

import re

import pytest

import briefing
from briefing.corpus import articles, course_folder
from briefing.widgets.provenance import ProvenanceCard, day_in_words
from briefing.widgets.reader import Reader, ReaderLink, ReaderText

HOSTILE = '</td><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
LEFT = ReaderText("Ours", "\U0001f98a One fox.\nTwo foxes came.", "en")
RIGHT = {"title": "Theirs", "text": "שועל אחד.\nשני שועלים באו.", "lang": "he"}


def test_the_static_view_is_a_table_of_the_linked_pairs_with_both_texts_folded():
    reader = Reader(
        LEFT, RIGHT, [ReaderLink((2, 9), (0, 8), "one"), {"left": (11, 20), "right": (10, 20)}]
    )
    html = reader.static_html()
    assert LEFT.text[2:9] == "One fox"
    assert "One fox</td>" in html
    assert RIGHT["text"][0:8] in html
    assert 'lang="he"' in html
    assert html.count("<tr>") == 3
    assert html.count("<details") == 2
    assert html == Reader(LEFT, RIGHT, reader.links).static_html()
    assert reader.readonly
    assert not re.search(r"<[^>]*\s(class|role|aria-|data-|on\w+)", html)


def test_a_stretch_outside_its_text_is_refused():
    for left, right in (((0, 0), (0, 3)), ((0, 3), (0, 999)), ((-1, 3), (0, 3)), ((5, 3), (0, 3))):
        with pytest.raises(ValueError, match="lies outside"):
            Reader(LEFT, RIGHT, [ReaderLink(left, right)])
    with pytest.raises(ValueError, match="lacks"):
        Reader({"text": "no title"}, RIGHT)
    with pytest.raises(ValueError, match="lacks"):
        Reader(LEFT, RIGHT, [{"left": (0, 3)}])


def test_a_span_of_the_course_is_a_stretch():
    article = articles["000"]
    span = article.sentences[0].span
    text = ReaderText("000", article.text, "en", article.segments)
    reader = Reader(text, text, [{"left": span, "right": span, "word": "the same"}])
    assert reader.links == (ReaderLink((span.start, span.end), (span.start, span.end), "the same"),)
    grey = [part["part"] for part in reader.config["left"]["segments"] if part["grey"]]
    assert "clock" in grey


def test_everything_is_escaped():
    text = ReaderText(HOSTILE, HOSTILE, '"><script>')
    html = Reader(text, text, [ReaderLink((0, 5), (0, 5), HOSTILE)], title=HOSTILE).static_html()
    card = ProvenanceCard(*[HOSTILE] * 10).static_html()
    for shown in (html, card):
        assert "<script" not in shown
        assert "<img" not in shown
        assert "\u202e" not in shown


def test_a_card_leaves_no_box_out_and_shows_the_address_as_text():
    card = ProvenanceCard("Pelby Courier", published="2031-03-05", address="https://x.test/<a>")
    assert [name for name, _ in card.facts] == [
        "Outlet",
        "Owner",
        "Title",
        "Published",
        "How we know",
        "What the page prints",
        "Address",
        "Who speaks",
    ]
    assert dict(card.facts)["Owner"] == "not known"
    assert dict(card.facts)["Published"] == "Wednesday, 5 March 2031"
    html = card._repr_html_()
    assert "<a " not in html
    assert "https://x.test/&lt;a&gt;" in html
    assert not re.search(r"<[^>]*\s(class|role|aria-|data-|on\w+)", html)
    assert repr(card).startswith("Outlet: Pelby Courier\nOwner: not known\n")


def test_a_day_is_written_out_and_anything_else_left_alone():
    assert day_in_words("2015-10-11") == "Sunday, 11 October 2015"
    assert day_in_words("about 2015") == "about 2015"
    assert day_in_words("") == ""


def test_the_card_of_an_article_says_what_the_table_says():
    facts = dict(briefing.provenance("000").facts)
    assert facts["Published"] == "Sunday, 11 October 2015"
    assert facts["What the page prints"] == "04:58 GMT20 January 2021"
    assert "the copied page has no headline" in facts["Title"]
    assert facts["Address"] == "not known"
    assert "headline" not in dict(briefing.provenance("002").facts)["Title"]
    assert "invented people" in dict(briefing.provenance("p01").facts)["Title"]


def test_no_lesson_prints_the_cards_that_exercise_01_asks_for():
    lessons = sorted((course_folder() / "notebooks").glob("*.ipynb"))
    assert lessons
    for path in lessons:
        found = re.findall(r"provenance\([^)]*00[34]", path.read_text(encoding="utf-8"))
        assert found == [], path.name
