"""A card of one's own: the gates that a machine can try, in the widget, on pages and for teachers.

The cards are constructed: they hang on real sentences of article 002 and say nothing true of them.
"""

import csv
import io
import json
import shutil

import pytest

import briefing.widgets.own_card as shown
from briefing.answers.payload import is_empty, to_file
from briefing.answers.schema import FORMAT
from briefing.corpus import articles, categories, course_folder
from briefing.corpus.lanes import TOO_LATE
from briefing.course.feedback import checker
from briefing.course.widget import build
from briefing.keys import Status, definition, exercise_key
from briefing.keys.own_card import (
    CARD,
    NOTHING,
    SIGNS,
    VERDICTS,
    card_gates,
    gates_of,
    own_words,
)
from briefing.keys.progress import unfinished
from briefing.marking.classroom import grade_folder
from briefing.marking.grade import Desks, grade
from briefing.marking.open_answers import NAME
from briefing.marking.pages import feedback_page
from briefing.marking.row_status import RowStatus
from briefing.marking.simulate import write_class

ASKED = """
exercise = "ex96"
title = "A constructed card of one's own"
graded = true

[[question]]
id = "q1"
kind = "table"
widget = "omission"
article = "002"
marked = "teacher"
points = 5
title = "Your own card"
prompt = "Write a constructed card."
"""
KEY = """
exercise = "ex96"

[q1]
rubric = [
  { text = "It bears on the sentence.", points = 2 },
  { text = "A reader would think otherwise.", points = 2 },
  { text = "Another reason is weighed.", points = 1 },
]
[q1.cells.card]
missing = { model = "A constructed model." }
verdict = { right = "plausible" }
"""
ARTICLE = articles["002"]
HOSTILE = "<img src=x onerror=alert(1)><script>1</script>"
BEFORE, SAME, LATER = "E20", "E04", "E12"
SENTENCE = next(s.id for s in ARTICLE.segments if s.part == "body")
TEXT = ARTICLE.text
ACCUSED = next(
    s.id
    for s in ARTICLE.segments
    if s.part == "body" and s.span.start <= TEXT.index("accusations") < s.span.end
)

GOOD = {
    "sentence": SENTENCE,
    "missing": "Whether zebras were there.",
    "category": "method_of_count",
    "words": "zebra*, striped horse",
    "nearest": NOTHING,
    "row": BEFORE,
    "without": "A",
    "with": "B",
    "rival": "There were none.",
    "verdict": "established",
}


def states(**changes):
    return {gate.id: gate.state for gate in card_gates(ARTICLE, GOOD | changes)}


def words(name, **changes):
    return next(g.words for g in card_gates(ARTICLE, GOOD | changes) if g.id == name)


@pytest.fixture
def course(tmp_path, monkeypatch):
    folder = tmp_path / "course"
    for name in ("seeds", "data"):
        shutil.copytree(course_folder() / name, folder / name)
    (folder / "solutions" / "keys").mkdir(parents=True)
    for path in (folder / "data" / "exercises").iterdir():
        path.unlink()
    (folder / "data" / "exercises" / "ex96.toml").write_text(ASKED, "utf-8")
    (folder / "solutions" / "keys" / "ex96.toml").write_text(KEY, "utf-8")
    monkeypatch.setenv("BRIEFING_COURSE", str(folder))
    return folder


def handed_in(cells):
    return json.dumps(
        {"format": FORMAT, "version": 1, "exercise": "ex96", "student": "fox-4821", "revision": 3,
         "answers": {"q1": {"kind": "table", "rows": {CARD: cells}}}}
    ).encode()  # fmt: skip


# ---- the gates ----


def test_a_card_that_passes_holds_in_every_gate():
    assert states() == dict.fromkeys(("sentence", "absent", "date", "verdict"), "holds")
    searched = len(categories()["method_of_count"].words) + 2
    assert words("absent") == f"None of {searched} words stands in the story: 2 of them are yours."
    assert "7 days before" in words("date")


def test_an_empty_card_waits_and_fails_nowhere():
    assert {gate.state for gate in card_gates(ARTICLE, {})} == {"open"}


def test_the_sentence_must_stand_in_the_story():
    furniture = next(s.id for s in ARTICLE.segments if s.is_furniture)
    assert states(sentence=furniture)["sentence"] == "fails"
    assert states(sentence="001.s05")["sentence"] == "fails"
    assert states(sentence="")["sentence"] == "open"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": ""}, "Choose a list"),
        ({"category": "weather"}, "Choose a list"),
        ({"words": ""}, "Write 2 words of your own"),
        ({"words": "zebra*"}, "Write 1 more word of your own"),
        ({"words": "Counted, tally"}, "Write 2 words of your own"),
        ({"words": "zebra*, z*"}, "at least 2 letters"),
    ],
)
def test_a_search_that_is_not_whole_is_still_open(changes, said):
    assert states(**changes)["absent"] == "open"
    assert said in words("absent", **changes)


def test_words_that_stand_in_the_text_must_be_read_and_shown():
    there = {"words": "accusation*, zebra*"}
    assert states(**there)["absent"] == "open"
    assert f"“accusations” in {ACCUSED}" in words("absent", **there)
    assert states(**there, nearest=SENTENCE)["absent"] == "open"
    assert states(**there, nearest=ACCUSED)["absent"] == "limits"
    assert states(**there, nearest=ACCUSED)["verdict"] == "holds"
    assert states(**there)["verdict"] == "open"


def test_the_list_of_the_category_is_searched_too():
    hit = {"category": "opposing_account"}
    assert states(**hit)["absent"] == "open"
    assert ACCUSED in words("absent", **hit)


def test_own_words_stand_between_commas_lines_or_semicolons():
    assert own_words(" a b , c;d\ne|f,,a b") == ("a b", "c", "d", "e", "f")


@pytest.mark.parametrize(
    "hidden",
    [
        "accu\u200dsation*", "accu\ufe0fsation*", "accu\u034fsation*", "ac\u00adcusation*",
        "accu\u3164sation*", "a\u0336ccusation*", "accusatıon*", "accusat1on*",
        "“accusations”", "accusations.", "(accusations)", "accusations…",
    ],
)  # fmt: skip
def test_a_word_that_stands_in_the_text_is_found_however_it_is_dressed_up(hidden):
    there = {"words": f"{hidden}, zebra*"}
    assert states(**there)["absent"] == "open"
    assert f"“accusations” in {ACCUSED}" in words("absent", **there)
    assert states(**there)["verdict"] == "open"


@pytest.mark.parametrize("mixed", ["accusatiоn*", "accusatiοn*", "ɑccusation*"])
def test_a_word_with_a_letter_of_another_alphabet_holds_no_gate(mixed):
    there = {"words": f"zebra*, {mixed}, striped horse"}
    assert states(**there)["absent"] == "open"
    assert "not of the alphabet of this text" in words("absent", **there)
    assert states(**there)["verdict"] == "open"


@pytest.mark.parametrize(
    "written",
    [
        "café, señor", "didn’t zebra, didn't horse", "Su-25SM, MiG-29", "Diyarbakır, İncirlik",
        "zebra’, 'horses'", "£40, €50", "zebra“s” tail, U.S.S.R.", "10 zebras, G20",
    ],
)  # fmt: skip
def test_honest_words_hold_as_before(written):
    assert states(words=written)["absent"] == "holds"


@pytest.mark.parametrize(
    "same",
    ["zebra*, Zebra*", "zebra*, ze\u200dbra*", "zebra*, “zebra*”", "Coun\u200dted, tally, zebra*"],
)
def test_one_word_in_two_dresses_is_one_word(same):
    assert states(words=same)["absent"] == "open"
    assert "Write 1 more word of your own" in words("absent", words=same)


@pytest.mark.parametrize(
    ("row", "state", "said"),
    [
        (BEFORE, "holds", "7 days before"),
        ("e20 and E12", "holds", "5 days later"),
        (SAME, "limits", "At most plausible."),
        (LATER, "later", TOO_LATE),
        ("E999", "fails", "no row E999"),
        ("E70", "fails", "no row E70"),
        ("", "open", "the omission is not shown"),
        ("none", "open", "the omission is not shown"),
    ],
)
def test_the_row_is_looked_up_and_put_in_its_lane(row, state, said):
    assert states(row=row)["date"] == state
    assert said in words("date", row=row)


def test_a_later_row_goes_on_a_later_finding_card_and_is_never_called_untrue():
    said = words("date", row=LATER)
    assert TOO_LATE in said
    assert "later finding card" in said


@pytest.mark.parametrize(
    ("row", "verdict", "state"),
    [
        (BEFORE, "established", "holds"),
        (BEFORE, "plausible", "holds"),
        (SAME, "established", "fails"),
        (SAME, "plausible", "holds"),
        (LATER, "established", "fails"),
        (LATER, "plausible", "fails"),
        ("", "plausible", "fails"),
        ("", "not_shown", "holds"),
        (LATER, "not_shown", "holds"),
        (BEFORE, "", "open"),
        (BEFORE, "strange", "open"),
    ],
)
def test_a_verdict_can_claim_no_more_than_the_dates_carry(row, verdict, state):
    assert states(row=row, verdict=verdict)["verdict"] == state


@pytest.mark.parametrize("cells", [{"words": 5, "row": 7, "sentence": None}, {"words": HOSTILE}])
def test_strange_cells_stop_nothing(cells):
    assert len(card_gates(ARTICLE, GOOD | cells)) == 4


def test_the_signs_are_the_same_everywhere():
    assert shown.SIGNS == SIGNS
    bundle = (course_folder() / "src/briefing/widgets/js/own_card.js").read_text("utf-8")
    assert all(f'["{sign}", "{said}"]' in bundle for sign, said in SIGNS.values())


# ---- the question and its widget ----


def test_the_columns_follow_from_the_article(course):
    asked = definition("ex96").questions["q1"]
    assert [row.id for row in asked.rows] == [CARD]
    assert [column.id for column in asked.columns] == list(GOOD)
    sentences = {option.id for option in asked.columns[0].options}
    assert SENTENCE in sentences
    assert not any(ARTICLE.segment(name).is_furniture for name in sentences)
    verdicts = next(column for column in asked.columns if column.id == "verdict")
    assert [option.id for option in verdicts.options] == list(VERDICTS)
    assert not gates_of(asked, None)
    assert unfinished(asked, {"rows": {CARD: {"missing": "x"}}}) == "1 of 10 cells"


def test_the_answer_fits_the_answers_file(course):
    answer = {"kind": "table", "attempts": 0, "rows": {CARD: GOOD}}
    assert to_file(answer)["rows"] == {CARD: GOOD}
    assert not is_empty(answer)


def test_the_widget_tries_the_gates_on_what_is_kept_and_shows_them(course):
    asked = definition("ex96").questions["q1"]
    widget = build(asked, question="ex96/q1")
    assert {gate["state"] for gate in widget.gates} == {"open"}
    widget.set_trait("answer", {"kind": "table", "attempts": 0, "rows": {CARD: GOOD}})
    widget.set_trait("edit", 1)
    assert widget.ack["ok"]
    assert {gate["state"] for gate in widget.gates} == {"holds"}
    html = widget.static_html()
    assert "✓ <b>It was known before</b> (holds)" in html
    assert checker(definition("ex96"), asked) is None


def test_the_static_view_does_not_print_the_whole_article_in_its_lists(course):
    html = build(definition("ex96").questions["q1"]).static_html()
    assert "1 · The sentence: one of " in html
    assert "consequences: Does the text say what followed" in html
    assert html.count(ARTICLE.words(ACCUSED)[:40]) == 0
    assert len(html) < 6_000


def test_a_gate_that_cannot_be_tried_does_not_lose_the_answer(course, monkeypatch):
    widget = build(definition("ex96").questions["q1"])
    (course / "data" / "evidence.csv").unlink()
    widget.set_trait("answer", {"kind": "table", "attempts": 0, "rows": {CARD: GOOD}})
    widget.set_trait("edit", 1)
    assert widget.ack["ok"]
    assert [gate["id"] for gate in widget.gates] == ["problem"]
    assert "evidence.csv cannot be read" in widget.gates[0]["words"]


def test_what_a_student_wrote_is_escaped(course):
    asked = definition("ex96").questions["q1"]
    answer = {"rows": {CARD: dict.fromkeys(GOOD, HOSTILE)}}
    html = build(asked, answer=answer).static_html()
    assert "<img" not in html
    assert "<script" not in html


# ---- where a class is marked ----


def test_the_page_shows_the_boxes_and_the_gates_and_waits_for_the_teacher(course):
    desks = Desks()
    graded = grade(handed_in(GOOD | {"row": LATER, "missing": HOSTILE}), desks)
    assert graded.status is RowStatus.MARKED
    assert graded.results["q1"].status is Status.TEACHER
    page = feedback_page(graded, desks.get("ex96"))
    assert "6 · Another reason for the silence" in page
    assert "→ It was known before (too late for this test)" in page
    assert "✗ The verdict fits the gates" in page
    assert "It bears on the sentence." in page
    assert "<img" not in page


def test_the_marking_sheet_holds_boxes_and_gates_and_a_mark_stays(course, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ex96.fox-4821.answers.json").write_bytes(handed_in(GOOD))
    grade_folder(folder, tmp_path / "out")
    path = tmp_path / "out" / NAME
    sheet = path.read_text("utf-8-sig")
    assert "Whether zebras were there." in sheet
    assert "It bears on the sentence. (2)" in sheet
    dialect = csv.Sniffer().sniff(sheet, ",;\t")
    rows = list(csv.DictReader(io.StringIO(sheet), dialect=dialect))
    assert rows[0]["max_points"] == "5"
    assert "✓ The text does not say it (holds)" in rows[0]["what a machine can check"]
    assert "The text does not say it" not in rows[0]["answer"]


def test_a_made_up_class_writes_cards(course, tmp_path):
    write_class("ex96", 8, tmp_path / "class", 3)
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    assert summary.counts[RowStatus.MARKED] >= 4


def test_the_model_card_is_read(course):
    sample = exercise_key("ex96")["q1"].sample[CARD]
    assert sample["verdict"] == "plausible"
