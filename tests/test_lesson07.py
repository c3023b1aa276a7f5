"""Lesson 07: its questions against the keys, its pictures, its worked cells, and its printed numbers."""

import pytest
from matplotlib.patches import Rectangle

from briefing.analysis.frames import FramesNotShown, frame_matrix, frame_places, frame_words
from briefing.analysis.terms import (
    SPUTNIK,
    by_chance,
    counts,
    every_split,
    leave_one_out,
    top_words,
)
from briefing.authoring import read_notebook
from briefing.corpus import articles, course_folder, practice
from briefing.course.side_by_side import NoLinkedClaims, linked_claims
from briefing.course.solved import model_answers
from briefing.figures.framed import MOST, frames_shown, top_words_break
from briefing.keys import definition, exercise_key, has_solutions, score_question
from briefing.keys.frame_report import frames_agreement
from briefing.keys.frames import cells, shown_frames
from briefing.keys.worked import NotInKey
from briefing.keys.worked_frames import worked_frame

SHOWN = ("000", "002", "004")


def asked(question):
    return definition("lesson07").questions[question]


def key(question):
    return exercise_key("lesson07")[question]


def model(question):
    return model_answers(definition("lesson07"), exercise_key("lesson07"))[question]


def lesson():
    path = course_folder() / "notebooks" / "07-one-war-three-outlets.ipynb"
    return "\n".join(cell.source for cell in read_notebook(path).cells)


def test_the_matrix_of_the_lesson_says_what_the_frames_key_says():
    known = cells(shown_frames())
    assert len(key("q1").machine.cells) == len(known) == 12
    for cell in key("q1").machine.cells:
        there = known[cell.article, cell.function]
        assert cell.present == there.present
        assert cell.spans == tuple(sorted((span.start, span.end) for span in there.spans))


@pytest.mark.parametrize("question", ["q1", "q6"])
def test_every_cell_has_its_reason_and_its_places_are_in_the_story(question):
    for cell in key(question).machine.cells:
        assert cell.why.endswith(".")
        text = {**articles, **practice}[cell.article]
        for start, end in cell.spans:
            assert any(s.span.start <= start and end <= s.span.end for s in text.sentences)


@pytest.mark.parametrize("question", ["q1", "q2", "q3", "q4", "q5", "q6"])
def test_the_model_answer_is_full_marks(question):
    assert score_question(asked(question), key(question), model(question)).score == 1


def test_one_question_is_fine_and_one_cannot_be_told():
    said = set()
    for question in ("q3", "q5"):
        group = asked(question).choice_groups[0]
        said |= {o.text for o in group.options if f"{group.id}:{o.id}" in model(question)["chosen"]}
    assert said == {"We cannot tell", "No fault in itself: this is fine"}


def test_two_reasons_are_asked_for_and_a_third_is_not_paid():
    chosen = [*model("q4")["chosen"], "reasons:c"]
    assert score_question(asked("q4"), key("q4"), {"kind": "choice", "chosen": chosen}).score == 0


def test_the_numbers_of_question_three_are_those_that_are_counted():
    table, prompt = leave_one_out("destroyed"), asked("q3").prompt
    whole, rt = table.loc["nothing"], counts(["destroyed"]).loc["003"]
    assert f"{whole['count']:.0f} times in {whole['words']:,.0f} words" in prompt
    assert f"{rt['destroyed']} times in {rt['words']} words" in prompt
    without = table.loc["000"]
    note = key("q3").note
    assert f"{without['count']:.0f} in {without['words']:,.0f} words" in note
    assert f"{without['per 1,000 words']} in 1,000" in note


def test_the_lesson_says_how_many_draws_are_as_far_out():
    rates = counts(["targets"])
    splits = every_split(rates["targets"] / rates["words"])
    assert (len(splits), splits["as high"].sum()) == (10, 1)
    assert "**2 in 10**, or 0.2" in lesson()
    assert by_chance(splits) == pytest.approx(0.2)


@pytest.mark.skipif(not has_solutions(), reason="the passes belong to the solutions")
def test_the_lesson_tells_the_agreement_as_it_is():
    found = frames_agreement()
    assert found.decided.raw == 1
    assert found.decided.n == 20
    assert all(36 <= places < 40 for places in found.places)
    assert found.common == 17
    for words in ("all twenty yes and no", "nearly forty places", "only seventeen were the same"):
        assert words in lesson()


# -- worked cells ----------------------------------------------------------------------------------


def test_a_worked_yes_shows_its_places_folded_and_marked():
    cell = worked_frame("000", "remedy")
    assert cell.verdict == "Yes, in 3 places."
    page = cell._repr_html_()
    assert page.startswith("<details")
    assert page.count("border-bottom: 3px solid") == page.count("</sub>") == 3
    assert "000.s25" in page


def test_a_worked_no_says_what_was_looked_for():
    cell = worked_frame("000", "cause")
    assert cell.verdict.startswith("No. Looked for")
    assert "No. Looked for" in cell._repr_html_()
    assert "No. Looked for" in repr(cell)


@pytest.mark.parametrize(("article", "function"), [("003", "problem"), ("000", "cure")])
def test_what_lessons_do_not_show_is_refused(article, function):
    with pytest.raises(NotInKey, match="000, 002 or 004"):
        worked_frame(article, function)


# -- tables and pictures ---------------------------------------------------------------------------


def test_the_matrix_as_a_table():
    said, places = frame_matrix(), frame_places()
    assert list(said.index) == list(SHOWN)
    assert list(said.columns) == ["problem", "cause", "judgement", "remedy"]
    assert ((said != "") == (places > 0)).all().all()
    assert said.loc["000", "cause"] == ""
    with pytest.raises(FramesNotShown, match="001"):
        frame_matrix(["001"])


def test_the_words_of_one_article():
    table = frame_words("000")
    assert len(table) == sum(max(1, len(c.spans)) for c in cells(shown_frames()).values()
                             if c.article == "000")  # fmt: skip
    assert table.loc["cause", "words"] == ""
    assert table.loc["judgement", "words"] in articles["000"].text


def test_the_picture_of_the_matrix_has_a_box_a_cell():
    figure = frames_shown()
    boxes = [patch for patch in figure.axes.patches if isinstance(patch, Rectangle)]
    assert [box.get_linestyle() for box in boxes].count("--") == 1
    assert len(boxes) == 12
    heads = [text.get_text() for text in figure.axes.texts]
    assert heads.count("no") == 1
    assert sum(head.startswith("yes, ") for head in heads) == 11
    assert figure.words.endswith("11 of 12 cells say yes.")
    assert "cause no" in figure.words


def test_the_picture_of_the_words_has_three_lists_and_stars_what_is_new():
    figure = top_words_break()
    written = [text.get_text() for text in figure.axes.texts]
    entries = [text for text in written if text[0].isdigit()]
    assert len(entries) == 3 * MOST
    rest = [name for name in articles if name not in SPUTNIK]
    base = top_words(SPUTNIK, rest, MOST)
    new = {text.split()[1] for text in entries if text.endswith("*")}
    assert new
    assert not new & set(base)
    assert set(base) <= {text.split()[1] for text in entries}
    for word in new:
        assert word in figure.words


# -- side by side ----------------------------------------------------------------------------------


def test_the_linked_claims_lie_in_sentences_of_the_story():
    links = linked_claims("002", "004")
    assert len(links) >= 4
    for link in links:
        for article, (start, end) in (("002", link.left), ("004", link.right)):
            assert any(
                s.span.start <= start and end <= s.span.end for s in articles[article].sentences
            )
            words = articles[article].text[start:end]
            assert words[0].isalnum()
            assert words[-1].isalnum()


def test_articles_without_links_are_refused():
    with pytest.raises(NoLinkedClaims, match="000 and 004"):
        linked_claims("000", "004")
