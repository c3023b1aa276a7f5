"""Tables and cards: what earns what, what is said, and which keys are refused."""

import itertools
import shutil

import msgspec
import pytest
from constructed_cells import ASKED, KEY, write_exercise
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.corpus import any_article, course_folder
from briefing.keys import DefinitionError, Status, definition, exercise_key, score_question
from briefing.keys.balance import balanced, chances, mean_recall
from briefing.keys.card_decisions import CardKey, CardsKey, score_cards
from briefing.keys.feedback import feedback
from briefing.keys.own_answers import OwnShare
from briefing.keys.progress import unfinished
from briefing.keys.results import Verdict
from briefing.keys.table_cells import CellKey, TableKey, score_table

MOST = 0.2


def choice(row, right, near=(), column="kind", options=("a", "b", "c")):
    return CellKey(row, column, "choice", tuple(right), tuple(near), options=options)


def number(row, *right, column="value", within=0.0, unit=""):
    return CellKey(row, column, "number", right, within=within, unit=unit)


def words(row, *right, column="word"):
    return CellKey(row, column, "text", right)


LEDGER = TableKey(
    (
        choice("r1", "a"),
        number("r1", 2084),
        words("r1", "ferry"),
        choice("r2", "a", "b"),
        number("r2", 0),
        words("r2", "harbour", "the harbour"),
        choice("r3", "b"),
        number("r3", 12.5, 13, within=0.1),
        choice("r4", "c", "b"),
        number("r4", -3),
    )
)
RIGHT = {
    "r1": {"kind": "a", "value": 2084, "word": "Ferry"},
    "r2": {"kind": "a", "value": 0, "word": "the  harbour."},
    "r3": {"kind": "b", "value": 12.6},
    "r4": {"kind": "c", "value": "\u22123"},
}
ONE_ROW = TableKey(
    (
        choice("r", "a", column="who"),
        choice("r", "b", column="how"),
        choice("r", "c", column="why"),
        number("r", 1990, column="since"),
        number("r", 7, column="many"),
    )
)


def filled(key, value):
    """An answer with one value in every cell that takes it."""
    rows = {}
    for cell in key.cells:
        rows.setdefault(cell.row, {})[cell.column] = value
    return rows


def test_the_right_answers_earn_everything_however_they_are_written():
    outcome = score_table(LEDGER, RIGHT)
    assert (outcome.score, outcome.found) == (1, 10)
    assert {item.verdict for item in outcome.items} == {Verdict.RIGHT}


def test_the_order_of_rows_and_columns_does_not_matter():
    half = {row: dict(list(cells.items())[:1]) for row, cells in RIGHT.items()}
    turned = {row: dict(reversed(cells.items())) for row, cells in reversed(half.items())}
    assert score_table(LEDGER, half) == score_table(LEDGER, turned)
    assert 0 < score_table(LEDGER, half).score < 1
    other = TableKey(tuple(reversed(LEDGER.cells)))
    assert score_table(other, half).score == pytest.approx(score_table(LEDGER, half).score)


def test_a_column_of_choices_is_balanced_over_its_right_answers():
    key = TableKey((choice("r1", "a"), choice("r2", "a"), choice("r3", "a"), choice("r4", "b")))
    rows = {row: {"kind": "a"} for row in ("r1", "r2", "r3", "r4")}
    assert score_table(key, rows).score == 0
    rows["r4"] = {"kind": "b"}
    assert score_table(key, rows).score == 1
    # All three of one kind wrong, the only one of the other right: half of the kinds, so chance.
    assert score_table(key, {"r4": {"kind": "b"}}).score == 0
    # Two of three and the one: recall (2/3 + 1) / 2, set against a chance of 1/2.
    some = {"r1": {"kind": "a"}, "r2": {"kind": "a"}, "r4": {"kind": "b"}}
    assert score_table(key, some).score == pytest.approx(2 / 3)


def test_a_near_option_earns_half_where_that_helps():
    key = TableKey((choice("r1", "a", "b"), choice("r2", "c"), choice("r3", "b")))
    right = {"r1": {"kind": "a"}, "r2": {"kind": "c"}, "r3": {"kind": "b"}}
    near = right | {"r1": {"kind": "b"}}
    wrong = right | {"r1": {"kind": "c"}}
    scores = [score_table(key, rows).score for rows in (right, near, wrong)]
    assert scores[0] == 1
    # With b near in r1 the constant b reaches (1/2 + 1) / 3 = 1/2; near: (1/2 + 1 + 1) / 3 = 5/6.
    assert scores[1] == pytest.approx((5 / 6 - 1 / 2) / (1 / 2))
    assert scores[0] > scores[1] > scores[2]
    assert score_table(key, near).items[0].verdict is Verdict.NEAR


def test_columns_weigh_by_the_cells_that_are_asked_in_them():
    key = TableKey(
        (*(number(f"r{n}", n + 5) for n in range(6)), words("r0", "a"), words("r1", "b"))
    )
    only_words = {"r0": {"word": "a"}, "r1": {"word": "b"}}
    assert score_table(key, only_words).score == pytest.approx(2 / 8)
    only_numbers = {f"r{n}": {"value": n + 5} for n in range(6)}
    assert score_table(key, only_numbers).score == pytest.approx(6 / 8)


def test_different_figures_earn_the_share_of_cells_that_is_right():
    key = TableKey(tuple(number(f"r{n}", n + 5) for n in range(4)))
    for count in range(5):
        rows = {f"r{n}": {"value": n + 5} for n in range(count)}
        assert score_table(key, rows).score == pytest.approx(count / 4)


@pytest.mark.parametrize("key", [LEDGER, ONE_ROW], ids=["ledger", "one row"])
def test_answers_without_reading_earn_at_most_a_fifth(key):
    tried = [score_table(key, {}).score, score_table(key, filled(key, "")).score]
    for value in ("a", "b", "c", 0, 1, 100, "0", "yes", "the", 13, -3):
        tried.append(score_table(key, filled(key, value)).score)
    for place in range(3):
        rows = {}
        for cell in key.cells:
            if cell.options:
                rows.setdefault(cell.row, {})[cell.column] = cell.options[place]
        tried.append(score_table(key, rows).score)
    assert max(tried) <= MOST
    assert score_table(key, {}).score == 0


def test_a_figure_that_is_right_in_several_cells_earns_nothing_throughout():
    key = TableKey((number("r1", 9), number("r2", 9), number("r3", 8, within=1), number("r4", 4)))
    assert score_table(key, filled(key, 9)).score == 0
    right = {"r1": {"value": 9}, "r2": {"value": 9}, "r3": {"value": 8}, "r4": {"value": 4}}
    assert score_table(key, right).score == 1


@pytest.mark.parametrize(
    "entered",
    ["1e400", "\u221e", "9" * 10_000, 1e400, float("nan"), True, None, [], {}, "\ud800", 10**5000],
    ids=lambda value: ascii(type(value).__name__),
)
def test_hostile_cells_are_wrong_or_empty_and_never_fail(entered):
    outcome = score_table(LEDGER, filled(LEDGER, entered))
    assert outcome.score == 0
    assert all(len(item.label) <= 200 for item in outcome.items)


@pytest.mark.parametrize("rows", [{"r1": None}, {"r1": "x"}, {"r1": []}, {"zz": {"kind": "a"}}])
def test_rows_that_are_no_rows_are_empty(rows):
    assert score_table(LEDGER, rows).score == 0


def test_what_was_said_of_one_value_is_not_said_of_another():
    key = TableKey((number("r1", 1), number("r2", 5)))
    for value, right in ((True, False), (1, True), ("1", True), (1.0, True), ("one", False)):
        item = score_table(key, {"r1": {"value": value}}).items[0]
        assert (item.verdict is Verdict.RIGHT) == right, value


def test_an_option_that_was_not_offered_is_told():
    outcome = score_table(LEDGER, {"r1": {"kind": "z" * 100}})
    assert outcome.items[0].verdict is Verdict.WRONG
    assert "is not one of the options (r1:kind)" in outcome.notes[0]
    assert len(outcome.notes[0]) < 100


def test_an_empty_cell_says_missed_and_a_wrong_one_what_is_right():
    items = {
        i.target: i for i in score_table(LEDGER, {"r1": {"kind": "b", "value": "2,048"}}).items
    }
    assert items["r1:kind"].expected == "a"
    assert items["r1:kind"].verdict is Verdict.WRONG
    assert (items["r1:value"].label, items["r1:value"].expected) == ("2,048", "2,084")
    assert items["r2:value"].verdict is Verdict.MISSED


VALUES = st.sampled_from(
    ["a", "b", "c", "z", "", 0, 2084, "2,084", 12.5, "ferry", "the harbour", None]
)
TABLES = st.dictionaries(
    st.sampled_from(["r1", "r2", "r3", "r4", "other"]),
    st.dictionaries(st.sampled_from(["kind", "value", "word", "other"]), VALUES),
)


@settings(deadline=None)
@given(TABLES)
def test_a_score_is_between_nothing_and_everything(rows):
    assert 0 <= score_table(LEDGER, rows).score <= 1


@settings(deadline=None)
@given(TABLES, st.randoms())
def test_a_right_cell_more_never_lowers(rows, rng):
    cells = [(row, column, value) for row, own in RIGHT.items() for column, value in own.items()]
    rng.shuffle(cells)
    rows = {row: dict(own) for row, own in rows.items()}
    before = score_table(LEDGER, rows).score
    for row, column, value in cells:
        rows.setdefault(row, {})[column] = value
        after = score_table(LEDGER, rows).score
        assert after >= before - 1e-12
        before = after
    assert before == 1


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from("xyz")), min_size=1, max_size=9
    )
)
def test_balance_is_bounded_and_its_patterns_earn_nothing(things):
    credits, classes = [c for c, _ in things], [k for _, k in things]
    reached = chances([credits], classes)
    assert balanced(credits, classes, reached) == 0
    assert 0 <= mean_recall(credits, classes) <= 1
    assert balanced([1.0] * len(things), classes, (0.5, 0.5)) == 1


# Numbers that follow from the student's own labels

SENTENCES = {"s1": 10, "s2": 30, "s3": 60}
OFFERED = frozenset({"a", "o"})


def own_share(*share):
    return OwnShare("q1", "voice", OFFERED, frozenset(share), SENTENCES)


def labelled(*labels):
    given = {f"s{n}": {"voice": label} for n, label in enumerate(labels, 1)}
    return {"q1": {"kind": "labels", "labels": given}}


OWN = TableKey(
    (
        CellKey("r1", "share", "number", within=1, own=own_share("a")),
        CellKey("r2", "share", "number", within=1, own=own_share("o")),
    )
)


def test_an_own_share_is_percent_of_the_words_that_were_labelled():
    assert own_share("a").of(labelled("a", "o", "a")) == 70
    assert own_share("a", "o").of(labelled("a", "o", "a")) == 100
    assert own_share("a").of(labelled("a", "o", "")) == 25
    assert own_share("a").of(labelled("a", "o", "unknown")) == 25
    for nothing in (None, {}, {"q1": {"kind": "text", "text": "a"}}, labelled("", "", "")):
        assert own_share("a").of(nothing) is None


def test_who_labelled_otherwise_and_counted_rightly_is_right():
    rows = {"r1": {"share": "69.5 %"}, "r2": {"share": 31}}
    assert score_table(OWN, rows, labelled("a", "o", "a")).score == 1
    assert score_table(OWN, rows, labelled("o", "a", "o")).score == 0
    outcome = score_table(OWN, {"r1": {"share": 50}}, labelled("a", "o", "a"))
    assert outcome.items[0].expected == "70"


def test_without_the_labels_there_is_nothing_to_compare_with():
    outcome = score_table(OWN, {"r1": {"share": 70}}, None)
    assert outcome.score == 0
    assert [item.verdict for item in outcome.items] == [Verdict.NOTE, Verdict.NOTE]
    assert "answer to q1: answer that first" in outcome.items[0].why


def test_labels_that_give_every_row_the_same_share_show_nothing():
    key = TableKey(tuple(CellKey(f"r{n}", "share", "number", own=own_share("a")) for n in (1, 2)))
    outcome = score_table(key, {"r1": {"share": 0}, "r2": {"share": 0}}, labelled("o", "o", "o"))
    assert outcome.score == 0
    assert "all alike" in outcome.notes[0]


def test_who_gives_everything_one_label_has_counted_nothing():
    rows = {"r1": {"share": 100}, "r2": {"share": 0}}
    for labels in (("a", "a", "a"), ("a", "", "")):
        outcome = score_table(OWN, rows, labelled(*labels))
        assert outcome.score == 0
        assert "all 0 or 100" in outcome.notes[0]


# Cards

CARDS = CardsKey(
    (
        CardKey("c1", "accept", gates=("date",), why="It is earlier.", gate_why="12 May."),
        CardKey("c2", "accept", gates=("date", "genre")),
        CardKey("c3", "reject", gates=("said",)),
        CardKey("c4", "reject", also=("later",), gates=("said",)),
    )
)
DECIDED = {
    "c1": {"decision": "accept", "gate": "date", "reason": ""},
    "c2": {"decision": "accept", "gate": "genre", "reason": "Because."},
    "c3": {"decision": "reject", "gate": "said"},
    "c4": {"decision": "later", "gate": "said"},
}


def test_half_for_the_decision_and_half_for_the_gate():
    assert score_cards(CARDS, DECIDED).score == 1
    without = {card: {"decision": own["decision"]} for card, own in DECIDED.items()}
    assert score_cards(CARDS, without).score == 0.5
    assert score_cards(CARDS, without).found == 4


def test_a_gate_counts_only_with_the_right_decision():
    wrong = DECIDED | {"c1": {"decision": "reject", "gate": "date"}}
    gateless = DECIDED | {"c1": {"decision": "reject", "gate": ""}}
    assert score_cards(CARDS, wrong).score == score_cards(CARDS, gateless).score < 1
    assert "c1:gate" not in {item.target for item in score_cards(CARDS, wrong).items}


def test_the_same_decision_or_the_same_gate_throughout_earns_nothing():
    for decision, gate in itertools.product(
        ("accept", "reject", "later", "", "zz"), ("date", "said", "genre", "", "zz")
    ):
        cards = {card: {"decision": decision, "gate": gate} for card in DECIDED}
        assert score_cards(CARDS, cards).score <= MOST, (decision, gate)
    commonest = {card: own | {"gate": "said"} for card, own in DECIDED.items()}
    assert score_cards(CARDS, commonest).score == 0.5
    assert score_cards(CARDS, {}).score == 0


def test_without_gates_the_decision_is_all():
    key = CardsKey((CardKey("c1", "accept"), CardKey("c2", "reject")))
    assert score_cards(key, {"c1": {"decision": "accept"}, "c2": {"decision": "reject"}}).score == 1


DECISIONS = st.fixed_dictionaries(
    {
        "decision": st.sampled_from(["accept", "reject", "later", ""]),
        "gate": st.sampled_from(["date", "said", "genre", ""]),
    }
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["c1", "c2", "c3", "c4", "zz"]), DECISIONS), st.randoms())
def test_a_right_card_more_never_lowers_and_scores_stay_in_bounds(cards, rng):
    before = score_cards(CARDS, cards).score
    assert 0 <= before <= 1
    order = list(DECIDED)
    rng.shuffle(order)
    for card in order:
        cards = cards | {card: DECIDED[card]}
        after = score_cards(CARDS, cards).score
        assert after >= before - 1e-12
        before = after
    assert before == 1


@pytest.mark.parametrize("cards", [{"c1": None}, {"c1": "x"}, {"c1": {"decision": 3, "gate": []}}])
def test_cards_that_are_no_cards_are_undecided(cards):
    assert score_cards(CARDS, cards).score == 0


# A whole constructed exercise, from its files


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with the constructed exercise, and an empty work folder."""
    folder = tmp_path / "course"
    for name in ("seeds", "data", "solutions/keys"):
        if (course_folder() / name).exists():
            shutil.copytree(course_folder() / name, folder / name)
    (folder / "solutions" / "keys").mkdir(parents=True, exist_ok=True)
    write_exercise(folder)
    monkeypatch.setenv("BRIEFING_COURSE", str(folder))
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "work"))
    return folder


def scored(question, payload, answers=None):
    asked = definition("ex97").questions[question]
    return score_question(asked, exercise_key("ex97")[question], payload, answers)


def told(question, payload, answers=None):
    asked = definition("ex97").questions[question]
    return feedback(asked, exercise_key("ex97")[question], payload, answers=answers)


def test_the_key_of_a_table_is_read_cell_by_cell(course):
    key = exercise_key("ex97")["q2"]
    cells = {cell.target: cell for cell in key.machine.cells}
    assert list(cells) == [
        "p01.n1:counted", "p01.n1:value", "p01.n2:counted", "p01.n2:value", "p01.n2:word",
        "p01.n3:counted", "p01.n3:value",
    ]  # fmt: skip
    assert cells["p01.n1:counted"].right == ("a",)
    assert cells["p01.n2:value"].right == (2084, 2085)
    assert cells["p01.n3:value"].within == 0.5
    assert key.level == 1


def test_the_answer_of_the_key_is_full_marks_in_every_question(course):
    from briefing.course.solved import model_answers

    asked, keys = definition("ex97"), exercise_key("ex97")
    answers = model_answers(asked, keys)
    for question in asked.question:
        result = score_question(question, keys[question.id], answers[question.id], answers)
        if question.id == "q5":
            assert result.status is Status.TEACHER
            assert answers["q5"]["rows"] == {
                "card": {"missing": "Who counted, and how.", "verdict": "p"}
            }
        else:
            assert result.score == 1, question.id


def test_feedback_names_things_as_the_student_saw_them(course):
    rows = {"p01.n1": {"counted": "b", "value": 13}, "p01.n2": {"counted": "zz"}}
    said = told("q2", {"kind": "table", "rows": rows})
    items = {item["target"]: item for item in said["items"]}
    assert items["p01.n1:counted"] == {
        "target": "p01.n1:counted", "verdict": "near", "label": "ships",
        "text": "Nearly. It names ships.",
    }  # fmt: skip
    assert items["p01.n1:value"]["label"] == "12.5\u00a0%"
    assert said["summary"].startswith("You got 0 of 7 cells right.")


def test_empty_cells_are_counted_and_their_reasons_kept_back(course):
    said = told("q2", {"kind": "table", "rows": {"p01.n1": {"counted": "a"}}})
    assert [item["target"] for item in said["items"]] == ["p01.n1:counted"]
    assert "6 cells are still empty; reasons come where you have tried." in said["summary"]
    assert "Sailors" not in str(said)


def test_feedback_on_cards_tells_decision_and_gate(course):
    cards = {
        "p01.c1": {"decision": "accept", "gate": "said"},
        "p01.c2": {"decision": "accept", "gate": "date"},
    }
    said = told("q4", {"kind": "cards", "cards": cards})
    items = {item["target"]: item for item in said["items"]}
    assert set(items) == {"p01.c1", "p01.c1:gate", "p01.c2"}
    assert items["p01.c1:gate"]["label"] == "known before"
    assert items["p01.c1:gate"]["text"] == "Not right. The row is earlier."
    assert items["p01.c2"] == {
        "target": "p01.c2", "verdict": "wrong", "label": "Reject",
        "text": "Not right. The text says it.",
    }  # fmt: skip
    assert "You got 1 of 4 decisions right." in said["summary"]


def test_numbers_follow_from_the_labels_of_the_same_file(course):
    article = any_article("p01")
    labels = {s.id: {"voice": "outlet"} for s in article.sentences}
    first = article.sentences[0].id
    labels[first] = {"voice": "attributed"}
    answers = {"q1": {"kind": "labels", "article": "p01", "labels": labels}}
    shares = exercise_key("ex97")["q3"].machine.cells
    credited, rest = (cell.own.of(answers) for cell in shares)
    assert credited + rest == pytest.approx(100)
    payload = {"kind": "table", "rows": {"credited": {"share": credited}, "not": {"share": rest}}}
    assert scored("q3", payload, answers).score == 1
    assert scored("q3", payload).score == 0


def test_something_is_said_of_every_option_where_several_may_be_chosen(course):
    said = told("q6", {"kind": "choice", "chosen": ["a", "b"]})
    assert [(i["target"], i["verdict"], i["text"]) for i in said["items"]] == [
        ("a", "right", "Right. It is the first word."),
        ("b", "wrong", "Not this one. Nobody is named."),
        ("c", "missed", "This one. It stands in the title."),
    ]
    whole = told("q6", {"kind": "choice", "chosen": ["c", "a"]})
    assert whole["final"]
    assert whole["items"][1]["text"] == "Rightly not chosen. Nobody is named."
    for chosen in (["a"], ["a", "b", "c"], ["c"], ["b"]):
        assert scored("q6", {"kind": "choice", "chosen": chosen}).score == 0


def test_an_answer_of_spaces_is_empty_and_a_nought_is_not(course):
    blank = {"kind": "table", "rows": {"p01.n1": {"value": "  ", "counted": ""}}}
    assert scored("q2", blank).status is Status.EMPTY
    nought = {"kind": "table", "rows": {"p01.n1": {"value": 0}}}
    assert scored("q2", nought).status is Status.MARKED
    undecided = {"kind": "cards", "cards": {"p01.c1": {"decision": "", "gate": "", "reason": " "}}}
    assert scored("q4", undecided).status is Status.EMPTY


def test_an_answer_of_another_kind_is_not_gradable(course):
    assert scored("q2", {"kind": "text", "text": "12"}).status is Status.NOT_GRADABLE
    assert scored("q4", {"kind": "table", "rows": {"x": {"y": 1}}}).status is Status.NOT_GRADABLE


def test_how_far_a_table_or_a_set_of_cards_has_got(course):
    questions = definition("ex97").questions
    rows = {"p01.n1": {"value": 0, "why": " "}, "p01.n9": {"value": 3}}
    assert unfinished(questions["q2"], {"kind": "table", "rows": rows}) == "1 of 11 cells"
    cards = {"p01.c1": {"decision": "accept"}, "p01.c2": {"decision": "", "reason": "?"}}
    assert unfinished(questions["q4"], {"kind": "cards", "cards": cards}) == "1 of 4 cards"
    reasons = {card: {"decision": "", "reason": "So."} for card in ("p01.c1", "p01.c2")}
    assert unfinished(questions["q4"], {"kind": "cards", "cards": reasons}) == "0 of 4 cards"
    strange = {"no-row": {"value": 3}}
    assert unfinished(questions["q2"], {"kind": "table", "rows": strange}) == "0 of 11 cells"
    done = {card: {"decision": "accept"} for card in ("p01.c1", "p01.c2", "p01.c3", "p01.c4")}
    assert unfinished(questions["q4"], {"kind": "cards", "cards": done}) == ""


KEY_FAULTS = [
    ('counted = { right = "a", near = ["b"], why = "It names ships." }', "", "p01.n1:counted has no key"),
    ('word = { right = ["ferry"', 'wrod = { right = ["ferry"', "column 'wrod' in row p01.n2"),
    ('[q2.cells."p01.n3"]', '[q2.cells."p01.n9"]', "row 'p01.n9'"),
    ('right = ["b", "c"]', 'right = ["x"]', "takes 'x' as an answer"),
    ('near = ["b"]', 'near = ["x"]', "takes 'x' as an answer"),
    ('right = ["b", "c"], why', 'right = [], why', "p01.n2:counted accepts nothing"),
    ('right = [12.5]', 'right = ["ten"]', "asks for a number"),
    ('right = [12.5]', 'right = [12.5], within = -1', "within"),
    ('right = [12.5]', 'right = [12.5], wihtin = 1', "wihtin"),
    ('right = [12.5]', 'teacher = true', "left to the teacher"),
    ('right = "a", near = ["b"]', 'right = ["a", "c"]', "same answer is right in every cell of counted"),
    ('own = "q1", share = ["attributed"]', 'own = "q2", share = ["a"]', "no labels question"),
    ('share = ["attributed"]', 'share = ["nobody"]', "share of 'nobody'"),
    ('decision = "accept"\ngates = ["date"]', 'decision = "perhaps"', "decision 'perhaps'"),
    ('gates = ["date"]', 'gates = ["dat"]', "gate 'dat'"),
    ('[q4.cards."p01.c4"]\ndecision', '[q4.cards."p01.c5"]\ndecision', "card 'p01.c5'"),
    ('gates = ["said", "genre"]', 'gaets = ["said"]', "gaets"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), KEY_FAULTS, ids=[said for *_, said in KEY_FAULTS])
def test_a_key_that_cannot_be_met_is_refused_in_one_sentence(course, old, new, said):
    if said.startswith("same answer"):  # then every cell of the column accepts c
        assert KEY.count(old) == 1
    assert old in KEY
    write_exercise(course, ASKED, KEY.replace(old, new, 1))
    with pytest.raises(DefinitionError) as problem:
        exercise_key("ex97")
    assert said in str(problem.value)
    assert "ex97.toml" in str(problem.value)
    assert "question q" in str(problem.value)
    assert "\n" not in str(problem.value)


ASKED_FAULTS = [
    ('id = "p01.n2", sentence', 'id = "p01.n1", sentence', "two have the id 'p01.n1'"),
    ('{ id = "p01.n3", name = "Third" }', '{ id = "p01.n3" }', "does not say what it is about"),
    ('given = { word = "harbour" }', 'given = { wrod = "harbour" }', "column 'wrod'"),
    ('span = [0, 20], given', 'span = [20, 10], given', "a span is a start and a later end"),
    ('id = "value"', 'id = "va:lue"', "hold no colon"),
    ('type = "number", unit = "%" },\n  { id = "word"', 'type = "figure" },\n  { id = "word"', "figure"),
    ('name = "Third"', 'nmae = "Third"', "nmae"),
    ('decisions = [{ id = "accept", name = "Accept" }, ', "decisions = [", "at least two decisions"),
    ('id = "p01.c4"', 'id = "p01.c3"', "two have the id 'p01.c3'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), ASKED_FAULTS, ids=[s for *_, s in ASKED_FAULTS])
def test_a_question_out_of_order_is_refused_in_one_sentence(course, old, new, said):
    assert old in ASKED
    write_exercise(course, ASKED.replace(old, new, 1), KEY)
    with pytest.raises(DefinitionError) as problem:
        definition("ex97")
    assert said in str(problem.value)
    assert "ex97.toml" in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('right = ["a", "c"]\n[q6', 'right = ["a", "b", "c"]\n[q6'),
        ('right = ["a", "c"]\n[q6', "right = []\n[q6"),
        ('right = ["a", "c"]\n[q6', 'right = "a"\n[q6'),
        ('right = ["a", "c"]\n[q6', 'right = ["a", "z"]\n[q6'),
        ('c = "It stands in the title."', 'z = "It stands in the title."'),
    ],
)
def test_a_choice_of_several_that_pays_without_reading_is_refused(course, old, new):
    assert old in KEY
    write_exercise(course, ASKED, KEY.replace(old, new, 1))
    with pytest.raises(DefinitionError, match="q6"):
        exercise_key("ex97")


def test_a_lone_choice_among_few_cells_is_refused(course):
    from briefing.keys.cell_keys import table_key

    asked = definition("ex97").questions["q5"]
    raw = {"card": {"missing": {"right": ["x"]}, "verdict": {"right": "p"}}}
    with pytest.raises(DefinitionError, match="single choice among so few cells"):
        table_key(msgspec.structs.replace(asked, marked="machine"), raw, lambda *_: None)


def test_a_span_outside_its_article_is_told_when_the_question_is_shown(course):
    from briefing import exercise

    write_exercise(course, ASKED.replace("span = [0, 20], given", "span = [0, 99999], given"), KEY)
    with pytest.raises(DefinitionError, match="correct the span"):
        exercise("ex97").widget("q2")


# The widgets of the course and the marker


def test_the_widgets_of_the_course_save_check_and_restore(course):
    from briefing import exercise

    widget = exercise("ex97").widget("q2")
    widget.answer = {**widget.answer, "rows": {"p01.n1": {"value": "12,5 %", "counted": "c"}}}
    widget.edit += 1
    assert widget.ack["ok"]
    widget.check += 1
    assert [item["verdict"] for item in widget.feedback["items"]] == ["wrong", "right"]
    again = exercise("ex97").widget("q2")
    assert again.answer["rows"] == {"p01.n1": {"value": 12.5, "counted": "c"}}
    assert again.answer["attempts"] == 1
    cards = exercise("ex97").widget("q4")
    cards.answer = {**cards.answer, "cards": {"p01.c1": {"decision": "accept"}}}
    cards.edit += 1
    assert exercise("ex97").widget("q4").answer["cards"]["p01.c1"]["decision"] == "accept"


def test_a_check_of_own_numbers_reads_the_labels_as_they_stand(course):
    from briefing import exercise

    lesson = exercise("ex97")
    table = lesson.widget("q3")
    table.answer = {**table.answer, "rows": {"credited": {"share": 100}, "not": {"share": 0}}}
    table.edit += 1
    table.check += 1
    assert {item["verdict"] for item in table.feedback["items"]} == {"note"}
    labels = lesson.widget("q1")
    given = {s.id: {"voice": "attributed"} for s in any_article("p01").sentences}
    labels.answer = {**labels.answer, "labels": given}
    labels.edit += 1
    table.check += 1
    assert {item["verdict"] for item in table.feedback["items"]} == {"right"}


def test_a_solved_exercise_shows_the_key_and_its_reasons(course):
    from briefing import exercise

    solved = exercise("ex97", solved=True)
    for name in ("q2", "q3", "q4", "q6"):
        widget = solved.widget(name)
        assert widget.readonly
        assert widget.feedback["final"], name
    assert "Who counted, and how." in solved.widget("q5").static_html()
    assert "provenance" not in solved.widget("q5").static_html()


def test_the_words_of_spans_are_read_from_the_article(course):
    from briefing import exercise

    article = any_article("p01")
    table = exercise("ex97").widget("q2")
    assert table.rows[0].quote == f"p01.s01  {article.text[0:20]}"
    assert table.rows[1].quote.startswith("p01.s07  ")
    cards = exercise("ex97").widget("q4")
    assert cards.cards[0].quote == f"p01.s01  {article.text[0:20]}"


def test_full_marks_say_that_the_words_beside_them_were_not_checked():
    asked, key = definition("lesson01").questions["q3"], exercise_key("lesson01")["q3"]
    rows = {
        cell.row: {"row": cell.right[0], "answer": "I don't know"} for cell in key.machine.cells
    }
    payload = {"kind": "table", "attempts": 1, "rows": rows}
    said = str(feedback(asked, key, payload))
    assert "That is full marks. What you wrote in words is not checked here." in said


def test_where_every_column_is_checked_nothing_is_said_of_words():
    asked, key = definition("ex05").questions["q3"], exercise_key("ex05")["q3"]
    rows = {"E27": {"lane": "before"}}
    said = str(feedback(asked, key, {"kind": "table", "attempts": 1, "rows": rows}))
    assert "not checked" not in said
