"""The class report's page: what it tells, what it holds back, and that nothing on it can run."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from test_class_report_sums import CLASSES, DESKS, added, graded_file, seen_class

from briefing.keys import Status, Verdict, has_solutions
from briefing.keys.results import WHOLE
from briefing.marking.class_report import ClassSums, Seen, class_page, seen_of
from briefing.marking.class_report.asked import AskedItem, asked_items, cut
from briefing.marking.class_report.findings import mixed_up, splits, to_take_up
from briefing.marking.class_report.heat import heat_maps, step
from briefing.marking.class_report.lines import FEW, question_lines
from briefing.marking.class_report.pictures import _quantile
from briefing.marking.class_report.seen import SeenQuestion
from briefing.marking.grade import grade
from briefing.marking.row_status import RowStatus
from briefing.marking.simulate import simulate_class
from briefing.percent import percent


class Parts(HTMLParser):
    """The page's elements: tags, ids, addresses within it, and its words."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.links, self.text = Counter(), [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags[tag] += 1
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "xlink:href") if name in given]
        assert not any(name.startswith("on") for name in given)

    def handle_data(self, data):
        self.text.append(data)


def words(page):
    return " ".join(" ".join(Parts(page).text).split())


def labelled(desk, question, labels):
    """One file that labels sentences as told, everything else empty."""
    key = {one.sentence: one for one in desk.keys[question].machine.sentences}
    items = tuple(
        (
            name,
            Verdict.RIGHT if label in (key[name].label, *key[name].accepted) else Verdict.WRONG,
            label,
        )
        for name, label in labels.items()
    )
    answer = SeenQuestion(Status.MARKED, WHOLE // 2, items)
    return Seen(desk.exercise.exercise, RowStatus.MARKED, {question: answer})


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_the_page_is_whole_and_runs_and_loads_nothing(name):
    desk, seen = CLASSES[name]
    page = class_page(added(desk, seen), absent=2)
    parts = Parts(page)
    assert parts.tags["script"] == parts.tags["img"] == parts.tags["link"] == 0
    assert len(parts.ids) == len(set(parts.ids))
    assert all(link[1:] in parts.ids for link in parts.links if link.startswith("#"))
    assert all(link.startswith("#") for link in parts.links)
    assert "url(http" not in page and "@import" not in page
    assert parts.tags["svg"] >= 2
    assert page.count('role="img" aria-label="') == parts.tags["svg"]


def test_no_student_is_named_and_no_free_answer_stands_on_it():
    desk = DESKS.get("lesson02")
    files = [grade(data, DESKS) for _, data in simulate_class("lesson02", 20, 5)]
    page = words(class_page(added(desk, [seen_of(graded, desk) for graded in files])))
    codes = [graded.student for graded in files if len(graded.student) > 4]
    assert len(codes) > 10
    assert not [code for code in codes if code in page]
    free = {graded.payloads["q9"]["text"] for graded in files if "q9" in graded.payloads} - {""}
    assert free and not [text for text in free if text in page]


@pytest.mark.parametrize("students", [0, 1, FEW - 1])
def test_of_few_students_nothing_is_told(students):
    desk, seen = CLASSES["lesson02"]
    marked = [one for one in seen if one.status is RowStatus.MARKED]
    page = class_page(added(desk, marked[:students]))
    assert "Fewer than 5 students" in page
    assert "<svg" not in page and "Distribution" not in page and "002.s" not in page
    told = class_page(added(desk, marked[:FEW]))
    assert "<svg" in told and "Fewer than 5 students" not in told


def test_a_question_that_few_answered_is_held_back():
    desk = DESKS.get("lesson02")
    sentence = desk.keys["q1"].machine.sentences[0].sentence
    few = [labelled(desk, "q1", {sentence: "attributed"}) for _ in range(FEW - 1)]
    more = [labelled(desk, "q7", {}) for _ in range(FEW)]
    lines = {line.asked.id: line for line in question_lines(added(desk, few + more))}
    assert (lines["q1"].students, lines["q1"].mean, lines["q1"].items) == (FEW - 1, None, ())
    assert lines["q7"].mean == 0.5
    assert "fewer than 5: held back" in class_page(added(desk, few + more))


def test_shares_and_splits_are_those_counted_by_hand():
    desk = DESKS.get("lesson02")
    first = next(
        one for one in desk.keys["q1"].machine.sentences if not one.accepted and not one.run
    )
    other = next(
        label.id for label in desk.exercise.questions["q1"].labels if label.id != first.label
    )
    files = [labelled(desk, "q1", {first.sentence: first.label})] * 7
    files += [labelled(desk, "q1", {first.sentence: other})] * 5
    sums = added(desk, files)
    line = question_lines(sums)[0]
    item = next(item for item in line.items if item.asked.id == first.sentence)
    assert (item.students, item.right) == (12, 7)
    assert item.answers == ((first.label, 7), (other, 5))
    (split,) = splits([line])
    assert (split.first, split.second, split.both) == ((first.label, 7), (other, 5), False)
    (mixed,) = mixed_up(sums, line)
    assert (mixed.expected, mixed.given, mixed.times, mixed.of) == (first.label, other, 5, 12)
    question = desk.exercise.questions["q1"]
    names = {label.id: label.name for label in question.labels}
    (heat,) = heat_maps(question, desk.keys["q1"], sums.questions["q1"], 12)
    passage = next(p for p in heat.passages if p.id == first.sentence)
    assert passage.told == (f"{names[first.label]} 7 (58 %), the key", f"{names[other]} 5 (42 %)")
    assert 'class="heat h3"' in passage.html
    assert to_take_up(sums, [line])[0].text.endswith(
        f"7 say “{names[first.label]}”, 5 say “{names[other]}”."
    )


def test_the_same_share_has_the_same_percent_everywhere_on_the_page():
    desk = DESKS.get("lesson02")
    first = next(
        one for one in desk.keys["q1"].machine.sentences if not one.accepted and not one.run
    )
    labels = desk.exercise.questions["q1"].labels
    other = next(label for label in labels if label.id != first.label)
    files = [labelled(desk, "q1", {first.sentence: first.label})] * 5
    files += [labelled(desk, "q1", {first.sentence: other.id})] * 3
    told = words(class_page(added(desk, files))).replace("\u00a0", " ")
    assert "63 %" in told  # 62.5
    assert "38 %" in told  # 37.5
    assert not {"62 %", "37 %"} & set(re.findall(r"[0-9]+ %", told))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(5, 8, 63), (3, 8, 38), (29, 200, 15), (1, 3, 33), (0, 5, 0), (0, 0, 0)],
)
def test_a_half_goes_upwards_and_a_share_is_told_as_its_count(part, whole, said):
    assert percent(part, whole) == said
    assert percent(part / whole if whole else 0) == said


def test_words_of_an_article_carry_how_many_marked_them():
    desk = DESKS.get("lesson02")
    span = next(s for s in desk.keys["q2"].machine.ordered if s.label == "source")
    mark = SeenQuestion(Status.MARKED, 0, (), (("source", span.start, span.end),))
    none = SeenQuestion(Status.MARKED, 0)
    files = [Seen("lesson02", RowStatus.MARKED, {"q2": one}) for one in [mark] * 4 + [none] * 6]
    sums = added(desk, files)
    question = desk.exercise.questions["q2"]
    maps = heat_maps(question, desk.keys["q2"], sums.questions["q2"], 10)
    html = next(p.html for p in maps[0].passages if p.id == span.sentence)
    assert re.search(
        r'<b class="edge">\[</b>.*heat h2 key.*<sup>4</sup><b class="edge">\]</b>', html
    )
    assert "<sup>" not in "".join(p.html for p in maps[1].passages)


@pytest.mark.parametrize(
    ("part", "whole", "fifth"),
    [(0, 0, 0), (0, 9, 0), (1, 100, 1), (20, 100, 1), (21, 100, 2), (50, 100, 3), (81, 100, 5), (7, 7, 5)],
)  # fmt: skip
def test_a_step_is_a_fifth(part, whole, fifth):
    assert step(part, whole) == fifth


@pytest.mark.parametrize(
    ("scores", "median"), [({5: 1}, 5), ({1: 1, 4: 1}, 2.5), ({0: 1, 2: 2}, 2), ({3: 2, 9: 2}, 6)]
)
def test_the_median_is_the_middle(scores, median):
    assert _quantile(Counter(scores), 1, 2) == median


def test_correlations_wait_for_enough_students():
    desk, seen = seen_class("lesson02", 60)
    marked = [one for one in seen if one.status is RowStatus.MARKED]
    small = question_lines(added(desk, marked[:9]))
    assert {line.fits for line in small} == {None}
    assert {item.fits for line in small for item in line.items} == {None}
    large = question_lines(added(desk, marked))
    assert any(line.fits is not None and line.fits_of >= 20 for line in large)


def test_what_was_handed_in_is_told_apart():
    desk, seen = CLASSES["lesson02"]
    full = [one for one in seen if one.status is RowStatus.MARKED][:6]
    odd = [Seen("lesson02", status) for status in (RowStatus.EMPTY, RowStatus.NOT_GRADABLE)]
    told = words(class_page(added(desk, [*full, *odd]), absent=4))
    assert "8 handed in; 6 with marked answers" in told
    assert "handed in empty Students 1 Remark not counted below" in told
    assert "nothing handed in Students 4 Remark by the roster" in told
    assert "nothing handed in" not in words(class_page(added(desk, full)))


def test_hostile_answers_stand_on_it_as_words():
    hostile = "\u202e<script>alert(1)</script>\u2066"
    written = {
        "q2": {"kind": "table", "rows": {"isil": {"inside": hostile, "outside": hostile}}},
        "q3": {"kind": "choice", "chosen": [hostile]},
    }
    desk = DESKS.get("lesson06")
    seen = seen_of(graded_file("lesson06", written), desk)
    page = class_page(added(desk, [seen] * 6))
    assert Parts(page).tags["script"] == 0
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
    # Typed by two only, nobody's words are told.
    others = seen_of(
        graded_file("lesson06", {"q2": {"kind": "table", "rows": {"isil": {"inside": "3"}}}}), desk
    )
    assert "alert(1)" not in class_page(added(desk, [seen, seen, *[others] * 4]))


def test_two_processes_write_the_same_bytes():
    script = (
        "import hashlib; from test_class_report_sums import *;"
        "page = class_page(added(*seen_class('lesson00', 12)));"
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_every_item_that_scoring_tells_of_is_known_to_the_report():
    for name, (desk, seen) in CLASSES.items():
        sums = added(desk, seen)
        for question in desk.exercise.question:
            known = {asked.id for asked in asked_items(question, desk.keys[question.id])}
            found = set(sums.questions[question.id].items)
            optional = {
                span.id
                for span in getattr(desk.keys[question.id].machine, "ordered", ())
                if span.status == "optional"
            }
            assert found - optional <= known, (name, question.id)


def test_an_empty_class_has_a_page():
    assert "0</strong> handed in" in class_page(ClassSums(DESKS.get("lesson03")))


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_three_to_five_things_are_to_be_taken_up_and_lead_somewhere(name):
    desk, seen = CLASSES[name]
    sums = added(desk, seen)
    taken = to_take_up(sums, question_lines(sums))
    assert 3 <= len(taken) <= 5
    assert len(set(taken)) == len(taken)
    ids = Parts(class_page(sums)).ids
    assert all(take.where in ids for take in taken)


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_a_label_that_the_teacher_accepted_is_the_key_of_this_class():
    desk = DESKS.get("ex02")
    key = desk.keys["q1"].machine
    one = next(s for s in key.sentences if s.label == "attributed" and not s.accepted and not s.run)
    here = replace(key, accepted_here={one.sentence: frozenset({"outlet"})})
    mine = replace(desk, keys={**desk.keys, "q1": replace(desk.keys["q1"], machine=here)})
    (asked,) = [
        a
        for a in asked_items(desk.exercise.questions["q1"], mine.keys["q1"])
        if a.id == one.sentence
    ]
    assert asked.right == ("attributed", "outlet")
    item = (one.sentence, Verdict.RIGHT, "outlet")
    answer = SeenQuestion(Status.MARKED, WHOLE, (item,))
    seen = [Seen("ex02", RowStatus.MARKED, {"q1": answer})] * FEW
    sums = added(mine, seen)
    (shown,) = heat_maps(desk.exercise.questions["q1"], mine.keys["q1"], sums.questions["q1"], FEW)
    told = next(p.told for p in shown.passages if p.id == one.sentence)
    assert told[0].startswith("not credited 5 (100") and told[0].endswith(", the key")


@pytest.mark.skipif(not has_solutions(), reason="needs the keys of the exercises")
@pytest.mark.parametrize("name", [f"ex0{n}" for n in range(1, 8)])
def test_no_other_answer_of_a_class_is_one_that_the_key_accepts(name):
    desk = DESKS.get(name)
    files = [grade(data, DESKS) for _, data in simulate_class(name, 120, 3)]
    lines = question_lines(
        added(desk, [seen_of(graded, desk) for graded in files if graded.results])
    )
    items = [item for line in lines for item in line.items]
    assert items
    for item in items:
        assert not {answer for answer, _ in item.wrong} & set(item.asked.right), item.asked
        if item.asked.closed and not item.asked.silence and item.asked.right:
            wrong = sum(n for _, n in item.wrong)
            assert item.right + item.partly + item.unfit + wrong == item.students, item.asked


def test_several_whole_sentences_of_a_key_stand_in_quotation_marks():
    names = {
        "a": "The outlet itself answers for the results.",
        "b": "“Nobody can tell who answers for it”",
    }
    long = AskedItem("i", "name", right=("a", "b"), names=names)
    assert long.key == (
        "“The outlet itself answers for the results” or “Nobody can tell who answers for it”"
    )
    assert AskedItem("i", "name", right=("a",), names=names).key == names["a"].rstrip(".")
    brief = AskedItem("i", "name", right=("a", "b"), names={"a": "credited", "b": "not credited"})
    assert brief.key == "credited or not credited"


@pytest.mark.parametrize(
    ("words", "most", "kept"),
    [
        ("it fits", 7, "it fits"),
        ("one two three", 10, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two, three", 12, "one two…"),
        ("abcdefghijklmnop", 10, "abcdefghi…"),
        ("a bcdefghijklmnop", 10, "a bcdefgh…"),
    ],
)
def test_words_are_cut_between_words(words, most, kept):
    assert cut(words, most) == kept
    assert len(kept) <= most
