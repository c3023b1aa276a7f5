"""Scoring: the formulas of the method on constructed keys, and properties that must always hold."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.keys.choices import ChoiceKey, ShortKey, score_choice, score_short
from briefing.keys.labels import LabelsKey, score_labels
from briefing.keys.marks import KeySpan, MarksKey, SpanStatus, StudentMark, score_marks
from briefing.keys.results import Verdict
from briefing.keys.runs import SentenceKey
from briefing.keys.tokens import TokenIndex

TEXT = (
    "The Harbour Office said the ferry was late. Captain Mira Tol added that fog was to blame. "
    "The quay was closed. According to a fisherman, nobody had warned the crews."
)


def at(words, label, id="k", **more):
    start = TEXT.index(words)
    return KeySpan(id, start, start + len(words), label, **more)


def mark(words, label, id="m", source=""):
    start = TEXT.index(words)
    return StudentMark(start, start + len(words), label, id, source)


SPANS = (
    at("Harbour Office", "source", "k1", sentence="s1"),
    at("said", "cue", "k2", sentence="s1"),
    at("Captain Mira Tol", "source", "k3", sentence="s2"),
    at("added", "cue", "k4", sentence="s2"),
    at("fog", "source", "k5", status=SpanStatus.LOOK_ALIKE, why="Fog says nothing."),
    at("crews", "source", "k6", status=SpanStatus.OPTIONAL),
)
KEY = MarksKey(TokenIndex(TEXT), SPANS)
LINKED = MarksKey(TokenIndex(TEXT), SPANS, links={"cue": "source"})
RIGHT = [
    mark("Harbour Office", "source", "m1"),
    mark("said", "cue", "m2", "m1"),
    mark("Captain Mira Tol", "source", "m3"),
    mark("added", "cue", "m4", "m3"),
]


def test_everything_right_is_one():
    for key in (KEY, LINKED):
        result = score_marks(key, RIGHT)
        assert result.score == 1
        assert result.found == 4
        assert {item.verdict for item in result.items} == {Verdict.RIGHT}


def test_the_formula_of_the_method():
    # Two marks: one exact with the right label, one of two tokens of three with the wrong label.
    result = score_marks(KEY, [RIGHT[0], mark("Mira Tol", "cue", "m9")])
    total = 1 + 2 * 2 / (2 + 3)
    precision, recall = total / 2, total / 4
    found = 2 * precision * recall / (precision + recall)
    assert result.score == pytest.approx(found * (0.6 + 0.4 * 0.5))


def test_an_optional_span_is_neither_paid_nor_charged_and_a_look_alike_is_charged():
    alone = score_marks(KEY, RIGHT[:1]).score
    assert score_marks(KEY, [RIGHT[0], mark("crews", "source", "m8")]).score == alone
    charged = score_marks(KEY, [RIGHT[0], mark("fog", "source", "m8")])
    assert charged.score == score_marks(KEY, [RIGHT[0], mark("closed", "source", "m8")]).score
    assert charged.score < alone
    (item,) = [item for item in charged.items if item.target == "m8"]
    assert item.look_alike
    assert (item.verdict, item.why) == (Verdict.EXTRA, "Fog says nothing.")


def test_a_cue_without_its_link_has_half_a_label_mark():
    loose = [RIGHT[0], mark("said", "cue", "m2")]
    wrong = [*RIGHT[:1], RIGHT[2], mark("said", "cue", "m2", "m3")]
    assert score_marks(LINKED, loose).score == pytest.approx(
        score_marks(KEY, loose).score * (0.6 + 0.4 * 0.75)
    )
    assert score_marks(LINKED, wrong).score < score_marks(KEY, wrong).score


def test_near_labels_earn_half_and_named_and_unnamed_are_never_near():
    key = MarksKey(TokenIndex(TEXT), (at("Harbour Office", "institution"),))
    scores = [
        score_marks(key, [mark("Harbour Office", label)]).score
        for label in ("institution", "named_official", "unnamed_official", "document")
    ]
    assert scores == pytest.approx([1, 0.8, 0.8, 0.6])
    key = MarksKey(TokenIndex(TEXT), (at("Captain Mira Tol", "named_official"),))
    assert score_marks(key, [mark("Captain Mira Tol", "unnamed_official")]).score == 0.6


def test_marks_in_sentences_that_were_not_asked_for_count_neither_way():
    asked = ((0, TEXT.index(" Captain")),)
    key = MarksKey(TokenIndex(TEXT), SPANS[:2], asked)
    marks = [*RIGHT[:2], mark("fisherman", "source", "m7")]
    result = score_marks(key, marks)
    assert result.score == 1
    assert [i.verdict for i in result.items if i.target == "m7"] == [Verdict.NOTE]


SHOWN = MarksKey(TokenIndex(TEXT), SPANS, extent_marked=False)


def test_where_extent_is_shown_a_part_of_a_name_counts_whole():
    short = [RIGHT[0], RIGHT[1], mark("Tol", "source", "m3"), RIGHT[3]]
    assert score_marks(KEY, short).score < 1
    result = score_marks(SHOWN, short)
    assert result.score == 1
    (item,) = [item for item in result.items if item.target == "m3"]
    assert item.extent == pytest.approx(0.5)
    assert item.counted == 1


def test_a_mark_that_swallows_another_span_counts_by_its_words_only():
    both = mark("Harbour Office said", "source")
    result = score_marks(SHOWN, [both])
    assert result.score == score_marks(KEY, [both]).score
    assert result.score < score_marks(SHOWN, [RIGHT[0]]).score


def test_a_mark_on_two_things_is_read_by_its_label():
    said = TEXT.replace("Captain Mira Tol", "He")
    at_ = said.index("He added")
    key = MarksKey(
        TokenIndex(said),
        (KeySpan("k1", at_, at_ + 2, "source"), KeySpan("k2", at_ + 3, at_ + 8, "cue")),
    )
    for label in ("source", "cue"):
        (first, _) = score_marks(key, [StudentMark(at_, at_ + 8, label, "m")]).items
        assert (first.verdict, first.expected) == (Verdict.RIGHT, label)


# --- properties -------------------------------------------------------------------------------

SPAN = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(
    lambda p: (p[0], min(p[0] + p[1], len(TEXT)))
)
LABEL = st.sampled_from(["source", "cue"])
STATUS = st.sampled_from(list(SpanStatus))


@st.composite
def keys(draw):
    index = TokenIndex(TEXT)
    spans, seen = [], set()
    for n, (start, end) in enumerate(draw(st.lists(SPAN, min_size=1, max_size=8))):
        positions = index.positions(start, end)
        if len(positions) and positions not in seen:
            seen.add(positions)
            status = draw(STATUS) if spans else SpanStatus.REQUIRED
            spans.append(
                KeySpan(f"k{n}", start, end, draw(LABEL), status, sentence=f"s{start // 40}")
            )
    assume(spans)
    links = draw(st.sampled_from([None, {"cue": "source"}]))
    return MarksKey(index, tuple(spans), links=links, extent_marked=draw(st.booleans()))


@st.composite
def student_marks(draw):
    spans = draw(st.lists(st.tuples(SPAN, LABEL, st.integers(0, 9)), max_size=9))
    return [
        StudentMark(start, end, label, f"m{n}", f"m{link}" if link < len(spans) else "")
        for n, ((start, end), label, link) in enumerate(spans)
    ]


@given(keys(), student_marks())
def test_a_score_stays_in_range(key, marks):
    assert 0 <= score_marks(key, marks).score <= 1 + 1e-12


@given(keys(), student_marks(), st.randoms())
def test_the_order_of_marks_never_matters(key, marks, random):
    mixed = list(marks)
    random.shuffle(mixed)
    one, other = score_marks(key, marks), score_marks(key, mixed)
    assert one == other


@given(keys(), student_marks())
def test_adding_an_unmatched_required_span_never_lowers_the_score(key, marks):
    before = score_marks(key, marks)
    missed = {item.target for item in before.items if item.verdict is Verdict.MISSED}
    for span in key.spans:
        if span.id in missed:
            new = StudentMark(span.start, span.end, span.label, "new")
            after = score_marks(key, [*marks, new])
            assert after.score >= before.score - 1e-12


@given(keys(), student_marks())
def test_a_mark_is_never_paid_twice(key, marks):
    result = score_marks(key, marks)
    paid = (Verdict.RIGHT, Verdict.NEAR, Verdict.WRONG)
    targets = [item.target for item in result.items if item.verdict in paid]
    assert len(targets) == len(set(targets)) == result.found <= key.required
    again = [StudentMark(m.start, m.end, m.label, f"{m.id}x", m.source) for m in marks]
    assert score_marks(key, marks + again).score == result.score


@given(keys(), st.integers(1, 5))
def test_painting_everything_never_scores_above_a_single_right_mark(key, copies):
    paint = [StudentMark(0, len(TEXT), "source", f"p{n}") for n in range(copies)]
    painted = score_marks(key, paint).score
    for span in key.spans:
        if span.status is SpanStatus.REQUIRED:
            right = StudentMark(span.start, span.end, span.label, "one")
            # A single mark has nothing to be linked to.
            alone = MarksKey(key.index, key.spans, extent_marked=key.extent_marked)
            assert painted <= score_marks(alone, [right]).score + 1e-12


@given(st.data())
def test_extent_shown_never_scores_below_extent_marked(data):
    key, marks = data.draw(keys()), data.draw(student_marks())
    shown = MarksKey(key.index, key.spans, links=key.links, extent_marked=False)
    counted = MarksKey(key.index, key.spans, links=key.links)
    assert score_marks(shown, marks).score >= score_marks(counted, marks).score - 1e-12


# --- labels -----------------------------------------------------------------------------------


def labels_key(*rows):
    return LabelsKey(tuple(SentenceKey(f"s{n}", *row) for n, row in enumerate(rows)))


def test_labels_are_balanced_and_chance_is_zero():
    key = labels_key(*[("credited",)] * 8, *[("outlet",)] * 2)
    everything = {f"s{n}": "credited" if n < 8 else "outlet" for n in range(10)}
    assert score_labels(key, everything).score == 1
    assert score_labels(key, {f"s{n}": "credited" for n in range(10)}).score == 0
    assert score_labels(key, {}).score == 0
    assert score_labels(key, everything | {"s9": "credited"}).score == pytest.approx(0.5)
    assert score_labels(key, everything | {"s0": "outlet"}).score == pytest.approx(0.875)


def test_rare_labels_weighed_together_cost_no_whole_class():
    rows = [("institution",)] * 7 + [("unnamed_official",)] * 2 + [("other_media",)]
    keys = tuple(SentenceKey(f"s{n}", *row) for n, row in enumerate(rows))
    apart = LabelsKey(keys)
    as_one = LabelsKey(keys, frozenset({"unnamed_official", "other_media"}))
    right = {key.sentence: key.label for key in keys}
    slip = right | {"s9": "unnamed_official"}
    assert score_labels(apart, slip).score == pytest.approx(1 / 2)
    assert score_labels(as_one, slip).score == pytest.approx(2 / 3)
    assert score_labels(as_one, right).score == 1
    assert as_one.rare == ("unnamed_official", "other_media")
    for label in (*apart.classes, "named_official"):
        assert score_labels(as_one, dict.fromkeys(right, label)).score == 0


RUNS = labels_key(
    ("credited",), ("credited",), ("outlet",),
    ("outlet", ("credited",), "r1"), ("outlet", ("credited",), "r1"), ("outlet", ("credited",), "r2"),
)  # fmt: skip


def test_a_wrong_label_is_told_every_reading_and_one_of_other_company_is_not_contradicted():
    given = {"s0": "credited", "s2": "outlet", "s3": "credited", "s4": "outlet", "s5": "caption"}
    items = {item.target: item for item in score_labels(RUNS, given).items}
    wrong = items["s5"]
    assert {wrong.expected, *wrong.also} == {"outlet", "credited"}
    # One of the two in run r1 is wrong whichever reading is taken, and its label is right in the other.
    assert sorted((items["s3"].verdict, items["s4"].verdict)) == ["right", "wrong"]
    assert items["s3"].also == items["s4"].also == ()
    assert items["s1"].also == ()


def test_the_best_reading_of_each_run_counts_as_a_whole():
    base = {"s0": "credited", "s1": "credited", "s2": "outlet"}
    strict = dict.fromkeys(("s3", "s4", "s5"), "outlet")
    inherited = dict.fromkeys(("s3", "s4", "s5"), "credited")
    mixed = {"s3": "credited", "s4": "credited", "s5": "outlet"}
    for reading in (strict, inherited, mixed):
        result = score_labels(RUNS, base | reading)
        assert (result.score, result.found) == (1, 6)
    torn = score_labels(RUNS, base | {"s3": "credited", "s4": "outlet", "s5": "outlet"})
    assert torn.score < 1
    assert torn.found == 5
    marked = {item.target for item in score_labels(RUNS, base | mixed).items if item.inherited}
    assert marked == {"s3", "s4"}


def test_no_reading_makes_a_constant_answer_right():
    key = labels_key(("credited",), ("outlet", ("credited",), "r1"))
    assert score_labels(key, {"s0": "credited", "s1": "credited"}).score == 0
    assert score_labels(key, {"s0": "credited", "s1": "outlet"}).score == 1


def test_near_labels_help_and_never_pay_a_constant_answer():
    kinds = ("named_official", "institution", "document", "other_media")
    key = labels_key(*[(kind,) for kind in kinds])
    right = {f"s{n}": kind for n, kind in enumerate(kinds)}
    near = score_labels(key, right | {"s0": "institution"})
    far = score_labels(key, right | {"s0": "document"})
    assert far.score < near.score < 1
    assert near.items[0].verdict is Verdict.NEAR
    for constant in (*kinds, "unnamed_official"):
        assert score_labels(key, {f"s{n}": constant for n in range(4)}).score == 0


CLASSES = ("direct", "indirect", "mixed", "institution", "named_official")


@st.composite
def labelled(draw):
    count = draw(st.integers(2, 12))
    rows = [
        (
            draw(st.sampled_from(CLASSES)),
            tuple(draw(st.lists(st.sampled_from(CLASSES), max_size=1))),
            draw(st.sampled_from(["", "r1", "r2"])),
        )
        for _ in range(count)
    ]
    key = labels_key(*rows)
    assume(len(key.classes) > 1)
    given_labels = draw(
        st.dictionaries(st.sampled_from([f"s{n}" for n in range(count)]), st.sampled_from(CLASSES))
    )
    return key, given_labels


@given(labelled())
def test_label_scores_stay_in_range_and_the_strict_key_is_full(case):
    key, given_labels = case
    assert 0 <= score_labels(key, given_labels).score <= 1
    strict = {sentence.sentence: sentence.label for sentence in key.sentences}
    assert score_labels(key, strict).score == pytest.approx(1)


@given(labelled())
def test_a_constant_label_earns_nothing(case):
    key, _ = case
    for label in (*CLASSES, "unnamed_official", "nonsense"):
        constant = {sentence.sentence: label for sentence in key.sentences}
        assert score_labels(key, constant).score == pytest.approx(0)


@given(labelled())
def test_a_right_label_more_never_lowers_the_score(case):
    key, given_labels = case
    result = score_labels(key, given_labels)
    for item in result.items:
        if item.verdict is not Verdict.RIGHT:
            better = score_labels(key, given_labels | {item.target: item.expected})
            assert better.score >= result.score - 1e-12


# --- choices and short answers ------------------------------------------------------------------

CHOICE = ChoiceKey(
    {"reading": ("a", "b", "c"), "effect": ("a", "b", "c")},
    ({"reading": "a", "effect": "c"}, {"reading": "b", "effect": "a"}),
    {"effect:b": "Nothing changes there."},
)


@pytest.mark.parametrize(
    ("chosen", "score"),
    [
        (["reading:a", "effect:c"], 1),
        (["effect:a", "reading:b"], 1),
        (["reading:a", "effect:a"], 0),
        (["reading:a"], 0),
        (["reading:a", "reading:b", "effect:c"], 0),
        (["a", "c"], 0),
        (["reading:z", "effect:c"], 0),
        ([], 0),
    ],
)
def test_only_a_fitting_pair_is_paid(chosen, score):
    assert score_choice(CHOICE, chosen).score == score


def test_a_choice_says_what_it_could_not_read_and_why_an_option_is_wrong():
    result = score_choice(CHOICE, ["reading:a", "effect:b", "reading:z"])
    assert [(i.target, i.verdict) for i in result.items] == [
        ("reading:a", Verdict.RIGHT),
        ("effect:b", Verdict.WRONG),
    ]
    assert result.items[1].why == "Nothing changes there."
    assert "reading:z" in result.notes[0]


def test_a_single_group_needs_no_group_name():
    key = ChoiceKey({"choice": ("a", "b")}, ({"choice": "b"},))
    assert score_choice(key, ["b"]).score == 1
    assert score_choice(key, ["b"]).items[0].target == "b"
    assert score_choice(key, ["a"]).score == 0


@pytest.mark.parametrize(
    ("given_text", "right"),
    [("1631", True), (" 1,631 ", True), ("1 631", True), ("1,632", False), ("", False)],
)
def test_short_answers_do_not_hang_on_spelling(given_text, right):
    assert score_short(ShortKey(("1,631",)), given_text).score == right
