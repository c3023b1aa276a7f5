"""Looking for words in the story: whole words, stars, never furniture, in time linear in the text."""

from time import perf_counter

import pytest

from briefing.corpus import Article, Segment, Span, articles, categories, find_words, terms
from briefing.corpus.absence import CATEGORIES, SEARCHED_PARTS, WordUnsearchable


def made(*pieces: tuple[str, str]) -> Article:
    """An article of (part, words), one piece a line."""
    text, segments = "", []
    for number, (part, words) in enumerate(pieces, 1):
        segments.append(Segment(f"x.s{number:02}", "x", Span(len(text), len(text + words)), part))
        text += words + "\n"
    return Article("x", "", "", "", "2020-01-01", "", "", "", "", text, "", tuple(segments))


def words_found(article: Article, *words: str) -> list[str]:
    return [one.span.of(article.text) for one in find_words(article, words)]


def test_a_word_is_found_whole_and_in_any_case():
    article = made(("body", "CIVIL war; the civilian said: uncivil civilians’ law."))
    assert words_found(article, "civil") == ["CIVIL"]
    assert words_found(article, "civilian*") == ["civilian", "civilians"]
    assert words_found(article, "Law") == ["law"]
    assert words_found(article, "aw") == []


def test_words_side_by_side_are_found_over_any_space_but_not_over_sentences():
    article = made(("body", "The\u00a0human \u00a0rights office. Human"), ("body", "rights."))
    assert words_found(article, "human rights") == ["human \u00a0rights"]
    assert words_found(article, "hum* right*") == ["human \u00a0rights"]


def test_hyphens_and_apostrophes_of_every_kind_are_the_same():
    article = made(("body", "A non‑combatant didn’t, a non-combatant didn't."))
    assert len(words_found(article, "non-combatant")) == 2
    assert len(words_found(article, "didn't")) == 2


def test_spans_count_code_points():
    article = made(("body", "🙂 שלום hospital"))
    (found,) = find_words(article, ["hospital*"])
    assert (found.span, found.segment, found.word) == (Span(7, 15), "x.s01", "hospital*")


def test_only_the_story_is_searched():
    for part in ("clock", "furniture", "series", "related", "tags", "repeat", "dateline"):
        assert words_found(made((part, "civilians")), "civilian*") == [], part
    for part in ("headline", "deck", "lead", "caption", "body", "subheading"):
        assert words_found(made((part, "civilians")), "civilian*") == ["civilians"], part
        assert part in SEARCHED_PARTS


def test_words_of_the_five_articles_that_stand_in_furniture_only_are_absent():
    assert "alleg" in articles["001"].text.lower()
    assert not find_words(articles["001"], ["alleg*"])
    assert "Daesh" in articles["001"].text + articles["000"].text + articles["002"].text
    assert not any(find_words(articles[name], ["Daesh"]) for name in articles)
    assert find_words(articles["002"], ["accus*"])


def test_what_a_pattern_could_mean_is_taken_by_the_letter():
    article = made(("body", "a.b axb (c) [d]"))
    assert words_found(article, "a.b") == ["a.b"]
    assert words_found(article, "[a-z]") == []


STORY = made(("body", "The café’s civilians fled Diyarbakır; the Su-25SM hit it, said IS. Fail."))


@pytest.mark.parametrize(
    ("word", "there"),
    [
        ("ci\u200dvilian*", "civilians"),
        ("ci\u200bvilian*", "civilians"),
        ("ci\u00advilian*", "civilians"),
        ("ci\u034fvilian*", "civilians"),
        ("ci\ufe0fvilian*", "civilians"),
        ("ci\u3164vilian*", "civilians"),
        ("ci\U000e0100vilian*", "civilians"),
        ("ci\u0336vi\u0336lian*", "civilians"),
        ("cịviliạn*", "civilians"),
        ("ｃｉｖｉlian*", "civilians"),
        ("𝐜𝐢vilian*", "civilians"),
        ("cⅰvilian*", "civilians"),
        ("cıvılian*", "civilians"),
        ("civiIian*", "civilians"),
        ("c1vi1ian*", "civilians"),
        ("lt", None),
        ("café's", "café’s"),
        ("cafe\u0301’s", "café’s"),
        ("cafe`s", "café’s"),
        ("Diyarbakır", "Diyarbakır"),
        ("diyarbakir", "Diyarbakır"),
        ("Su–25SM", "Su-25SM"),
        ("Su-25SM", "Su-25SM"),
        ("IS", "IS"),
        ("fall", None),
        ("£40", None),
    ],
)
def test_signs_that_nobody_can_tell_apart_are_the_same(word, there):
    assert words_found(STORY, word) == ([there] if there else [])


def test_signs_that_cannot_be_seen_hide_no_word_of_the_text_and_spans_still_count_them():
    article = made(
        ("body", "A cafe\u0301\u0301 \u00adhos\u00adpi\u200dtal\u0336.…"), ("body", "ﬂats")
    )
    found = find_words(article, ["café", "hospital", "flats"])
    assert [one.span.of(article.text) for one in found] == [
        "cafe\u0301\u0301", "hos\u00adpi\u200dtal\u0336", "ﬂats",
    ]  # fmt: skip
    assert [one.segment for one in found] == ["x.s01", "x.s01", "x.s02"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("civiliаn*", "Cyrillic small letter a"),
        ("οffice", "Greek small letter omicron"),
        ("ɑrmy", "Latin small letter alpha"),
        ("ci\u2800vilian", "Braille pattern blank"),
        ("شهيد", "Arabic letter"),
        ("fled ١٢", "Arabic-indic digit"),
    ],
)
def test_a_word_with_a_letter_of_another_alphabet_is_refused_and_the_letter_named(word, name):
    with pytest.raises(
        WordUnsearchable, match=rf"{name}.*not of the alphabet of this text"
    ) as told:
        find_words(STORY, ["civilian*", word])
    assert "type the word anew" in str(told.value)


def test_letters_of_the_texts_own_alphabet_are_searched_but_not_mixed_with_another():
    article = made(("furniture", "да"), ("body", "Слово and word."))
    assert words_found(article, "слово") == ["Слово"]
    for mixed in ("wоrd", "да"):
        with pytest.raises(WordUnsearchable, match="not of the alphabet"):
            find_words(article, [mixed])


@pytest.mark.parametrize(
    "word",
    ["", " ", "*", "a*", "*ab", "a*b", "**", "...", "ab* *", "a\u200d*", "\u200d", "a\u0301*"],
)
def test_a_word_that_would_find_everything_or_nothing_is_refused(word):
    with pytest.raises(WordUnsearchable):
        find_words(made(("body", "words")), [word])


def test_terms_are_split_trimmed_and_kept_once():
    assert terms("killed| civilian* |killed||") == ("killed", "civilian*")


def test_every_category_has_a_question_and_words_that_can_be_searched_for():
    found = categories()
    assert tuple(found) == CATEGORIES
    for category in found.values():
        assert category.question.endswith("?")
        assert len(category.words) >= 12
        assert len({word.lower() for word in category.words}) == len(category.words)
    assert found["civilian_harm"].name == "civilian harm"


@pytest.mark.parametrize("piece", ["a", "civil", " ", "civilian ", "-", "a ", "human \u00a0"])
def test_twice_the_text_takes_about_twice_the_time(piece):
    words = [word for category in categories().values() for word in category.words][:8]
    words += ["aa* b", "a a a", "human rights"]

    def seconds(length: int) -> float:
        article = made(("body", "x " + piece * (length // len(piece)) + " x"))
        start = perf_counter()
        find_words(article, words)
        return perf_counter() - start

    seconds(1000)
    small, large = min(seconds(10_000) for _ in range(3)), min(seconds(80_000) for _ in range(3))
    assert large < 8 * small * 4, (small, large)


def test_a_damaged_list_is_named(monkeypatch):
    from briefing.corpus import TableError, absence

    monkeypatch.setattr(
        absence,
        "data_table",
        lambda *_: [{"category": "civilian_harm", "question": "?", "words": "*"}],
    )
    with pytest.raises(TableError, match=r"omission-words\.csv, category civilian_harm: “\*”"):
        absence.categories()
    monkeypatch.setattr(
        absence, "data_table", lambda *_: [{"category": "wrong", "question": "?", "words": "ab"}]
    )
    with pytest.raises(TableError, match="affected_voices"):
        absence.categories()
