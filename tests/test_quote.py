"""Single sentences shown by span, and worked examples read from the key."""

import pytest

from briefing.corpus import Span, UnknownArticle, UnknownSegment, articles
from briefing.corpus.quote import NotInSentence, quote
from briefing.keys import attribution, reasons
from briefing.keys.worked import NotInKey, worked, worked_mode


def test_a_sentence_is_shown_with_its_id_and_its_words():
    html = quote("000.s05")._repr_html_()
    assert "<code>000.s05</code>" in html
    assert "64 sorties" in html
    assert str(quote("000.s05")).startswith("000.s05  Russian jets")


def test_words_are_escaped():
    assert "Syria&#x27;s" in quote("000.s05")._repr_html_()


def test_a_constructed_sentence_says_so():
    assert "p01.s07 (constructed)" in quote("p01.s07")._repr_html_()
    assert "constructed" not in quote("000.s05")._repr_html_()


def test_marks_are_labelled_in_words_and_lie_on_the_right_characters():
    marked = quote("000.s05").mark(who="the Russian Defense Ministry", says="said")
    text = articles["000"].text
    assert [(m.role, m.span.of(text)) for m in marked.marks] == [
        ("who", "the Russian Defense Ministry"),
        ("says-word", "said"),
    ]
    html = marked._repr_html_()
    assert html.count("border-bottom") == 2
    assert "> who</sub>" in html
    assert "> says-word</sub>" in html
    assert quote("000.s05").marks == ()


def test_a_no_break_space_is_found_as_a_space():
    mark = quote("002.s26").mark(says="went on to say").marks[0]
    assert mark.span.of(articles["002"].text) == "went on\u00a0to say"


def test_of_overlapping_marks_no_word_is_printed_twice():
    quotation = quote("000.s05").mark(
        claim="the Russian Defense Ministry said", who="Ministry said"
    )
    assert quotation._repr_html_().count("Ministry") == 1


@pytest.mark.parametrize(("cue", "times"), [("nobody", 0), ("in", 2)])
def test_words_that_are_not_there_exactly_once_are_refused(cue, times):
    with pytest.raises(NotInSentence, match=f"stands [{times}-9] times in 000.s05"):
        quote("000.s05").mark(who=cue)


def test_a_span_outside_the_sentence_is_refused():
    with pytest.raises(NotInSentence, match="outside 000.s05"):
        quote("000.s05").mark(who=Span(0, 5))


def test_unknown_ids_are_refused():
    with pytest.raises(UnknownArticle):
        quote("009.s01")
    with pytest.raises(UnknownSegment):
        quote("000.s99")


def test_a_worked_sentence_folds_the_answer_of_the_key():
    html = worked("000.s05")._repr_html_()
    before, folded = html.split("<details")
    assert "border-bottom" not in before
    assert folded.count("border-bottom") == 2
    assert "The says-word is “said”." in folded
    assert "The says-word" not in before


def test_a_worked_sentence_tells_both_readings_of_a_run():
    answer = " ".join(worked("000.s11").answer)
    assert "Read strictly: not credited" in answer
    assert "credited to Maj. Gen. Igor Konashenkov" in answer


def test_every_sentence_that_lessons_may_work_has_an_answer_and_a_reason():
    rows = [r for r in attribution() if r.article in ("000", "002", "004") and r.voice]
    assert len(rows) > 80
    for row in rows:
        shown = worked(row.sentence)
        assert shown.why == reasons()[row.sentence]
        assert shown.answer[0].startswith(("Credited", "Not credited", "Read strictly"))


def test_direct_indirect_and_mixed_are_told_apart():
    told = [worked_mode(s).answer[0].split(":")[0] for s in ("000.s06", "000.s10", "004.s18")]
    assert told == ["Direct", "Indirect", "Mixed"]


def test_what_the_key_does_not_label_cannot_be_worked():
    with pytest.raises(NotInKey, match="no label for 000.s01"):
        worked("000.s01")
    with pytest.raises(NotInKey, match="credits nobody"):
        worked_mode("000.s11")
