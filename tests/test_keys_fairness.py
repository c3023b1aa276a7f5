"""Every machine-marked question of every exercise: answers without reading earn next to nothing.

Driven by the exercises and keys that exist, so a new question is covered when its files are added.
"""

import itertools

import pytest
from thoughtless_matrix import right_and_wrong, thoughtless_matrices

from briefing.corpus import any_article
from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key, exercise_names, score_question
from briefing.keys.attribution_report import agreement_lines
from briefing.keys.card_decisions import CardsKey
from briefing.keys.choices import ChoiceKey, option_name
from briefing.keys.keyfiles import KeyNotHere
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.report_lines import TRUSTED
from briefing.keys.table_cells import TableKey
from briefing.keys.tokens import tokens

MOST = 0.2


def machine_questions(graded_only=False):
    found = []
    for name in exercise_names():
        exercise = definition(name)
        if graded_only and not exercise.graded:
            continue
        try:
            keys = exercise_key(name)
        except KeyNotHere:
            continue
        found += [
            pytest.param(question, keys[question.id], id=f"{name}/{question.id}")
            for question in exercise.question
            if keys[question.id].machine is not None
        ]
    return found


GRADED = machine_questions(graded_only=True)
pytestmark = pytest.mark.skipif(not GRADED, reason="no graded key in this copy of the course")


def labelled(question, labels):
    return {"kind": "labels", "article": question.article, "labels": labels}


def marked(question, spans, labels, link=False):
    marks = [
        {"id": f"m{n}", "start": start, "end": end, "label": label}
        for n, ((start, end), label) in enumerate(itertools.product(spans, labels))
    ]
    if link:
        for mark in marks:
            mark["source"] = "m0"
    return {"kind": "marks", "article": question.article, "marks": marks}


def answers_of(question):
    """The model answers of the exercise that asks a question: numbers may follow from one."""
    for name in exercise_names():
        exercise = definition(name)
        if question in exercise.question:
            return model_answers(exercise, exercise_key(name))
    return {}


def table(cells, value):
    rows = {}
    for cell in cells:
        given = value(cell) if callable(value) else value
        rows.setdefault(cell.row, {})[cell.column] = given
    return {"kind": "table", "rows": rows}


def thoughtless_tables(machine):
    yield "no cell", table(machine.cells, "")
    options = {option for cell in machine.cells for option in cell.options}
    for option in sorted(options):
        yield f"option {option} everywhere", table(machine.cells, option)
    longest = max((len(cell.options) for cell in machine.cells), default=0)
    for place in (*range(longest), -1):

        def at(cell, place=place):
            return cell.options[min(place, len(cell.options) - 1)] if cell.options else 0

        yield f"option {place} everywhere, and 0", table(machine.cells, at)
    values = [value for cell in machine.cells for value in cell.right if cell.type != "choice"]
    for value in (0, 1, 100, "0", "yes", *{v for v in values if values.count(v) > 1}):
        yield f"always {value!r}", table(machine.cells, value)


def thoughtless_cards(question, machine):
    for decision in question.decisions:
        for gate in [*question.gates, None]:
            cards = {
                card.card: {"decision": decision.id, "gate": gate.id if gate else ""}
                for card in machine.cards
            }
            yield f"{decision.id}, {gate and gate.id}", {"kind": "cards", "cards": cards}


def thoughtless(question, key):
    """Yield answers that need no reading, each with its name."""
    yield "empty", None
    machine = key.machine
    if isinstance(machine, LabelsKey):
        sentences = [s.sentence for s in machine.sentences]
        offered = {label.id for label in question.labels} | set(machine.classes)
        for label in sorted(offered):
            answer = {s: {question.field: label} for s in sentences}
            yield f"constant {label}", labelled(question, answer)
        majority = max(machine.classes, key=[s.label for s in machine.sentences].count)
        answer = {s: {question.field: majority} for s in sentences}
        yield "majority", labelled(question, answer)
        yield "no label", labelled(question, {s: {} for s in sentences})
    elif isinstance(machine, MarksKey):
        article = any_article(question.article)
        labels = [label.id for label in question.labels]
        sentences = list(machine.asked) or [(s.span.start, s.span.end) for s in article.sentences]
        for name, spans in {
            "the whole text": [(0, len(article.text))],
            "every sentence": sentences,
            "every token": tokens(article.text),
        }.items():
            for label in labels:
                yield f"{name} as {label}", marked(question, spans, [label])
            yield f"{name} as everything, linked", marked(question, spans, labels, link=True)
        yield "no mark", marked(question, [], labels)
    elif isinstance(machine, MatrixKey):
        yield from thoughtless_matrices(question, machine)
    elif isinstance(machine, ChoiceKey):
        shortest = min(len(options) for options in machine.groups.values())
        for place in (*range(shortest), -1):
            chosen = [
                option_name(machine.groups, group, options[place])
                for group, options in machine.groups.items()
            ]
            yield f"option {place} everywhere", {"kind": "choice", "chosen": chosen}
        for letter in set.intersection(*(set(options) for options in machine.groups.values())):
            chosen = [option_name(machine.groups, group, letter) for group in machine.groups]
            yield f"letter {letter} everywhere", {"kind": "choice", "chosen": chosen}
        yield "nothing chosen", {"kind": "choice", "chosen": []}
        everything = [
            option_name(machine.groups, group, option)
            for group, options in machine.groups.items()
            for option in options
        ]
        yield "everything chosen", {"kind": "choice", "chosen": everything}
    elif isinstance(machine, TableKey):
        yield from thoughtless_tables(machine)
    elif isinstance(machine, CardsKey):
        yield from thoughtless_cards(question, machine)
    else:
        for words in ("", "yes", "0", "no"):
            yield f"always {words!r}", {"kind": "text", "text": words}


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_an_answer_without_reading_earns_at_most_a_fifth(question, key):
    tried, answers = 0, answers_of(question)
    for name, payload in thoughtless(question, key):
        score = score_question(question, key, payload, answers).score or 0
        assert score <= MOST, f"{name} earns {score:.2f}"
        tried += 1
    assert tried > 2


@pytest.mark.parametrize(("question", "key"), machine_questions())
def test_the_key_itself_is_full_marks_and_a_wrong_answer_is_not(question, key):
    machine = key.machine
    if isinstance(machine, LabelsKey):
        right = labelled(
            question, {s.sentence: {question.field: s.label} for s in machine.sentences}
        )
        one = machine.sentences[0]
        other = next(c for c in machine.classes if c not in (one.label, *one.accepted))
        wrong = labelled(question, right["labels"] | {one.sentence: {question.field: other}})
    elif isinstance(machine, MarksKey):
        required = [s for s in machine.ordered if s.status is SpanStatus.REQUIRED]
        right = marked(question, [], [])
        right["marks"] = [
            {"id": s.id, "start": s.start, "end": s.end, "label": s.label} for s in required
        ]
        for mark, span in zip(right["marks"], required, strict=True):
            wanted = (machine.links or {}).get(span.label)
            same = [o for o in required if o.label == wanted and o.sentence == span.sentence]
            if same:
                mark["source"] = same[0].id
        wrong = marked(question, [], []) | {"marks": right["marks"][: len(required) // 2]}
    elif isinstance(machine, MatrixKey):
        right, wrong = right_and_wrong(machine)
    elif isinstance(machine, ChoiceKey):
        right = {"kind": "choice", "chosen": machine.names(machine.accepted[0])}
        wrong = {"kind": "choice", "chosen": right["chosen"][:-1]}
    elif isinstance(machine, TableKey | CardsKey):
        right = answers_of(question)[question.id]
        what = "rows" if isinstance(machine, TableKey) else "cards"
        wrong = right | {what: dict(list(right[what].items())[1:])}
    else:
        right = {"kind": "text", "text": machine.accepted[0]}
        wrong = {"kind": "text", "text": "something else"}
    answers = answers_of(question)
    assert score_question(question, key, right, answers).score == pytest.approx(1)
    assert (score_question(question, key, wrong, answers).score or 0) < 1


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_painting_everything_never_scores_above_any_single_right_mark(question, key):
    if not isinstance(key.machine, MarksKey):
        pytest.skip("no marks")
    article = any_article(question.article)
    labels = [label.id for label in question.labels]
    required = [s for s in key.machine.ordered if s.status is SpanStatus.REQUIRED]
    singles = [
        score_question(question, key, marked(question, [(s.start, s.end)], [s.label])).score
        for s in required
    ]
    paint = {
        "whole text": [(0, len(article.text))],
        "sentences": list(key.machine.asked),
        "lines": [(s.span.start, s.span.end) for s in article.segments],
    }
    for name, spans in paint.items():
        painted = score_question(question, key, marked(question, spans, labels)).score or 0
        assert painted <= min(singles), name


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_the_level_is_computed_and_within_reach(question, key):
    assert 0 < key.level <= 1
    if isinstance(key.machine, ChoiceKey):
        assert (key.level, key.compared) == (1, None)


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_a_column_on_which_the_key_makers_disagreed_is_not_marked_by_machine(question, key):
    if not isinstance(key.machine, LabelsKey):
        pytest.skip("no labels")
    if question.field == "page":
        pytest.skip("the parts of a page stand in data/sentences.csv; no pass labelled them")
    (line,) = [line for line in agreement_lines() if line.column == question.field]
    assert line.agreement.alpha >= TRUSTED
