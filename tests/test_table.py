"""The table and card widgets, by their traits: what is kept, told and shown statically."""

import re
from pathlib import Path

import pytest
from disk_in_memory import Disk

from briefing.widgets import Box, Card, Cards, Column, Feedback, FeedbackItem, Offered, Option, Row
from briefing.widgets.cards import WrongCard
from briefing.widgets.static_question import CELL_WORDS, VERDICT_WORDS
from briefing.widgets.table import MOST_CHARACTERS, Table, WrongCell

HOSTILE = '</td></table><img src=x onerror=alert(1)><script>alert("1")</script>\u202egnp.exe'
COLUMNS = (
    Column("kind", "Kind", "choice", (Option("a", "ships"), Option("b", "sailors"))),
    Column("value", "Figure", "number", unit="%"),
    Column("why", "Why", "text", most=20, hint="In your own words."),
)
ROWS = (Row("r1", "First"), Row("r2", "", "A constructed sentence.", {"why": "given"}))
DECISIONS = (Offered("yes", "Accept"), Offered("no", "Reject"))
GATES = (Offered("date", "known before", "It is earlier."), Offered("said", "the text says it"))
CARDS = (
    Card("c1", "First", "A constructed sentence.", (Box("Missing", "Who.\nHow."),)),
    Card("c2"),
)


def table(**more):
    return Table(COLUMNS, ROWS, **more)


def cards(**more):
    return Cards(CARDS, DECISIONS, GATES, **more)


def enter(widget, **answer):
    """Do what the page does: set the answer and raise `edit`."""
    with widget.hold_trait_notifications():
        widget.answer = {**widget.answer, **answer}
        widget.edit += 1


def test_an_empty_answer_has_no_cells():
    assert table().answer == {"kind": "table", "rows": {}, "attempts": 0}
    assert cards().answer == {"kind": "cards", "cards": {}, "attempts": 0}


def test_a_number_is_kept_as_one_and_what_is_none_as_it_was_typed():
    disk = Disk()
    widget = table(save=disk)
    enter(
        widget,
        rows={"r2": {"value": "about 5"}, "r1": {"value": "1,631 %", "why": "5", "kind": ""}},
    )
    assert disk.saved[-1]["rows"] == {"r1": {"value": 1631, "why": "5"}, "r2": {"value": "about 5"}}
    assert list(disk.saved[-1]["rows"]) == ["r1", "r2"]
    assert widget.ack["ok"]


def test_rows_and_columns_of_another_version_stay():
    cleaned = table().clean({"rows": {"old": {"x": "y"}, "r1": {"old": 3.5}, "r2": {}}})
    assert cleaned["rows"] == {"r1": {"old": 3.5}, "old": {"x": "y"}}
    kept = cards().clean({"cards": {"old": {"decision": "x", "more": 1}, "c1": {"reason": "r"}}})
    assert kept["cards"] == {
        "c1": {"decision": "", "gate": "", "reason": "r"},
        "old": {"decision": "x", "gate": "", "reason": "", "more": 1},
    }


@pytest.mark.parametrize(
    "rows",
    ["x", [], {"r1": "x"}, {"r1": {"why": ["x"]}}, {"r1": {"why": True}}, {"r1": {"value": 1e400}},
     {"r1": {"value": 10**20}}, {"r1": {"why": "x" * (MOST_CHARACTERS + 1)}},
     {f"r{n}": {} for n in range(1001)}, {"r1": {f"c{n}": "x" for n in range(51)}}],
    ids=lambda rows: ascii(str(rows)[:20]),
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(rows):
    widget = table(save=Disk())
    with pytest.raises(WrongCell):
        widget.clean({"rows": rows})
    enter(widget, rows=rows if isinstance(rows, dict) else {"r1": {"why": "y" * 6000}})
    assert widget.ack["ok"] is False
    assert widget.ack["message"].endswith((".", "saved."))


@pytest.mark.parametrize(
    "given",
    ["x", {"c1": "x"}, {"c1": {"decision": 3}}, {"c1": {"reason": None}},
     {"c1": {"reason": "x" * 5001}}, {"c1": {"gate": "x" * 201}},
     {f"c{n}": {} for n in range(501)}],
    ids=lambda given: ascii(str(given)[:20]),
)  # fmt: skip
def test_what_is_no_set_of_cards_is_refused(given):
    with pytest.raises(WrongCard):
        cards().clean({"cards": given})


def test_half_characters_become_a_sign():
    assert table().clean({"rows": {"r1": {"why": "a\ud83db"}}})["rows"]["r1"]["why"] == "a\ufffdb"
    kept = cards().clean({"cards": {"c1": {"reason": "a\ud83db"}}})
    assert kept["cards"]["c1"]["reason"] == "a\ufffdb"


@pytest.mark.parametrize(
    ("columns", "rows"),
    [((), ROWS), (COLUMNS, ()), (COLUMNS[:1] * 2, ROWS), (COLUMNS, ROWS[:1] * 2),
     ((Column("a:b", "x"),), ROWS)],
)  # fmt: skip
def test_tables_out_of_order_are_refused_when_they_are_made(columns, rows):
    with pytest.raises(ValueError, match="ids of their own"):
        Table(columns, rows)


@pytest.mark.parametrize(
    ("made", "decisions", "gates"),
    [((), DECISIONS, ()), (CARDS, (), ()), (CARDS[:1] * 2, DECISIONS, ()),
     (CARDS, DECISIONS, GATES[:1] * 2)],
)  # fmt: skip
def test_cards_out_of_order_are_refused_when_they_are_made(made, decisions, gates):
    with pytest.raises(ValueError, match="ids of their own"):
        Cards(made, decisions, gates)


def test_a_check_counts_the_try_and_keeps_it():
    disk = Disk()
    item = FeedbackItem("r1:kind", "right", "Since.")
    widget = table(save=disk, check=lambda _answer: Feedback("One right.", [item]))
    enter(widget, rows={"r1": {"kind": "a"}})
    widget.check += 1
    assert widget.feedback["items"][0]["target"] == "r1:kind"
    assert disk.saved[-1] == {"kind": "table", "rows": {"r1": {"kind": "a"}}, "attempts": 1}


FILLED = {"rows": {"r1": {"kind": "b", "value": 2084, "why": "Because\nso."}, "r2": {"value": "x"}}}
DECIDED = {"cards": {"c1": {"decision": "yes", "gate": "said", "reason": "So."}}}


def test_the_static_table_shows_headings_cells_and_what_can_be_chosen():
    html = table(answer=FILLED, prompt="Fill in.", title="A ledger").static_html()
    assert html == table(answer=FILLED, prompt="Fill in.", title="A ledger").static_html()
    for words in ("Kind", "in %", "First", "A constructed sentence.", "2,084\u00a0%", "sailors"):
        assert words in html
    assert "given" in html
    assert "Kind: ships · sailors" in html
    assert html.count("<tr>") == 3
    assert "____" in table().static_html()
    assert "Run all cells to fill in." in table().static_html()


def test_the_static_card_of_fields_has_no_table():
    html = table(answer=FILLED, as_card=True).static_html()
    assert "<table" not in html
    assert html.index("Figure") < html.index("2,084")


def test_the_static_cards_show_decision_gate_and_reason():
    html = cards(answer=DECIDED, prompt="Decide.").static_html()
    assert "1 of 2 · First" in html
    assert "● Accept" in html
    assert "○ Reject" in html
    assert "● the text says it" in html
    assert "○ known before: It is earlier." in html
    assert "So." in html
    assert "<b>Missing:</b>" in html
    assert "Run all cells to decide." in cards().static_html()


def test_static_views_tell_the_reasons_in_the_words_of_the_page():
    one, other = table(answer=FILLED), cards(answer=DECIDED)
    one.feedback = Feedback(
        "Not yet.", [FeedbackItem("r1:kind", "wrong", "Not right. Look again.", "ships")]
    ).as_dict(1, 1)
    other.feedback = Feedback(
        "Not yet.", [FeedbackItem("c1:gate", "missed", "Still empty. Choose.", "known before")]
    ).as_dict(1, 1)
    assert "<b>✗ Not right.</b> Our answer: ships. Look again." in one.static_html()
    assert "<b>○ Still empty.</b> Our answer: known before. Choose." in other.static_html()


def hostile_widgets():
    """Every given word and every entered one hostile."""
    column = Column("k", HOSTILE, "choice", (Option("a", HOSTILE), Option("b", "x")), hint=HOSTILE)
    figure = Column("n", HOSTILE, "number", unit=HOSTILE)
    text = Column("t", HOSTILE, "text", hint=HOSTILE)
    rows = [Row("r", HOSTILE, HOSTILE, {"t": HOSTILE}), Row("s", HOSTILE)]
    answer = {"rows": {"r": {"k": "a", "n": HOSTILE}, "s": {"k": HOSTILE, "t": HOSTILE}}}
    said = Feedback(
        HOSTILE, [FeedbackItem(f"r:{name}", "wrong", HOSTILE, HOSTILE) for name in ("k", "n")]
    ).as_dict(1, 1)
    made = [
        Table(
            [column, figure, text], rows, prompt=HOSTILE, title=HOSTILE, answer=answer, as_card=card
        )
        for card in (False, True)
    ]
    offered = [Offered("a", HOSTILE, HOSTILE), Offered("b", HOSTILE)]
    decided = {"cards": {"c": {"decision": "a", "gate": "b", "reason": HOSTILE}}}
    card = Card("c", HOSTILE, HOSTILE, (Box(HOSTILE, HOSTILE),))
    made.append(
        Cards([card], offered, offered, prompt=HOSTILE, title=HOSTILE, answer=decided,
              asks={"decision": HOSTILE, "gate": HOSTILE, "reason": HOSTILE})
    )  # fmt: skip
    for widget in made:
        widget.feedback = said
    made[-1].feedback = Feedback(
        HOSTILE,
        [FeedbackItem("c", "wrong", HOSTILE, HOSTILE), FeedbackItem("c:gate", "near", HOSTILE)],
    ).as_dict(1, 1)
    return made


def test_hostile_words_are_escaped_in_the_static_views():
    for widget in hostile_widgets():
        html = widget.static_html()
        assert "<img" not in html
        assert "<script" not in html
        assert "\u202e" not in html
        assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 10


def test_the_static_views_use_only_what_the_sanitiser_keeps():
    kept = {"border", "border-left", "padding", "margin", "white-space", "font-weight", "opacity"}
    for widget in (table(answer=FILLED), table(as_card=True), cards(answer=DECIDED)):
        html = widget.static_html()
        styles = ";".join(re.findall(r'style="([^"]*)"', html)).split(";")
        assert {style.partition(":")[0] for style in styles} <= kept
        assert not re.search(r"role=|aria-|data-|var\(|class=", html)


def test_the_reprs_are_fixed():
    assert repr(table(question="ex04/q1")) == "<Table ex04/q1: run all cells to answer>"
    assert repr(cards(question="ex05/q1")) == "<Cards ex05/q1: run all cells to answer>"


def test_page_and_static_view_use_the_same_words_for_verdicts_on_cells():
    source = Path(__file__).parents[1] / "src/briefing/widgets/js/fields.js"
    rows = re.findall(r'^  (\w+): \["(.)", "([^"]+)"\],$', source.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 2
    assert VERDICT_WORDS | {name: f"{sign} {words}" for name, sign, words in rows} == CELL_WORDS
