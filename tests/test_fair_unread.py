"""More answers that need no reading, on every machine-marked question of every graded exercise.

`test_keys_fairness` tries the same answer throughout; here are the habits of people who guess well: the
longest option, words of the question, every other card, pieces of the page, the opening of each text.
"""

import itertools
import re

import pytest
from test_keys_fairness import GRADED, MOST, answers_of, labelled, machine_questions, marked, table
from thoughtless_matrix import filled

from briefing.corpus import any_article
from briefing.keys import score_question
from briefing.keys.asked_words import passage
from briefing.keys.card_decisions import CardsKey
from briefing.keys.choices import ChoiceKey, ShortKey, option_name
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.table_cells import TableKey

pytestmark = pytest.mark.skipif(not GRADED, reason="no graded key in this copy of the course")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def words_of(option):
    article = option.sentence.partition(".")[0]
    return option.text or any_article(article).words(option.sentence)


def choices(question, machine):
    """One rule in every group: by length; all that may be chosen; what nobody offered."""
    groups = question.choice_groups
    rules = {
        "the longest": lambda g: max(g.options, key=lambda o: len(words_of(o))),
        "the shortest": lambda g: min(g.options, key=lambda o: len(words_of(o))),
    }
    for name, rule in rules.items():
        picked = [option_name(machine.groups, g.id, rule(g).id) for g in groups]
        yield name, {"kind": "choice", "chosen": picked}
    everything = [
        option_name(machine.groups, g.id, option.id)
        for g in groups
        for option in (g.options if g.id in machine.several else g.options[:1])
    ]
    yield (
        "all where several may be chosen, else the first",
        {"kind": "choice", "chosen": everything},
    )
    yield (
        "nothing of the kind",
        {"kind": "choice", "chosen": ["zz", ":", "a:b:c", *everything, "zz"]},
    )


def tables(question, machine):
    """Numbers and words that stand in the question itself; the longest and the shortest option."""
    columns = {column.id: column for column in question.columns}
    rows = {row.id: row for row in question.rows}

    def shown(cell):
        row = rows[cell.row]
        return f"{row.name} {passage(question, row)[1]}"

    def by_length(pick):
        def value(cell):
            options = columns[cell.column].options
            return pick(options, key=lambda o: len(words_of(o))).id if options else ""

        return value

    yield "the longest", table(machine.cells, by_length(max))
    yield "the shortest", table(machine.cells, by_length(min))
    for place in (0, -1):
        of_prompt = NUMBER.findall(question.prompt) or ["7"]
        yield f"number {place} of the prompt", table(machine.cells, of_prompt[place])
    of_prompt = question.prompt.split()
    for word in (of_prompt[0], of_prompt[-1], question.prompt, question.title):
        yield f"{word[:20]!r} throughout", table(machine.cells, word)
    yield "the row's own name", table(machine.cells, lambda cell: rows[cell.row].name)
    yield "the row's own words", table(machine.cells, lambda cell: shown(cell)[:200])


def copied_numbers(question, machine):
    """The figure that a row shows, written into every cell of the row."""
    rows = {row.id: row for row in question.rows}
    for place in (0, -1):

        def value(cell, place=place):
            numbers = NUMBER.findall(passage(question, rows[cell.row])[1]) or [""]
            return numbers[place]

        yield table(machine.cells, value)


def cards(question, machine):
    """Decisions and gates in turn, whatever stands on the cards."""
    gates = [gate.id for gate in question.gates] or [""]
    for start, step in itertools.product(range(len(question.decisions)), range(len(gates))):
        decided = {
            card.card: {
                "decision": question.decisions[(n + start) % len(question.decisions)].id,
                "gate": gates[(n * step) % len(gates)],
                "reason": card.card,
            }
            for n, card in enumerate(machine.cards)
        }
        yield f"in turn from {start}, gates by {step}", {"kind": "cards", "cards": decided}


def by_length(question, machine):
    """The longer half of the cards, or the shorter, by the title, by one box, or by all that stands on them."""
    shown = {
        card.id: [
            card.title,
            *(box.text for box in card.boxes),
            " ".join(b.text for b in card.boxes),
        ]
        for card in question.cards
    }
    for place in range(min(map(len, shown.values()))):
        lengths = {card: len(parts[place]) for card, parts in shown.items()}
        # Cards of one length: whichever of them is taken.
        for half in itertools.combinations(lengths, len(lengths) // 2):
            rest = [lengths[card] for card in lengths if card not in half]
            if min(lengths[card] for card in half) >= max(rest):
                yield place, half


def pieces(machine, asked, size):
    for start, end in asked:
        covered = machine.index.positions(start, end)
        for first in range(covered.start, covered.stop, size):
            last = min(first + size, covered.stop) - 1
            yield machine.index.starts[first], machine.index.ends[last]


def marks(question, machine):
    """The page cut into pieces of equal length; every sentence under every label at once."""
    article = any_article(question.article)
    asked = list(machine.asked) or [(s.span.start, s.span.end) for s in article.sentences]
    labels = [label.id for label in question.labels]
    for size, label in itertools.product(range(1, 25), labels):
        spans = list(pieces(machine, asked, size))
        yield f"pieces of {size} as {label}", marked(question, spans, [label])
    yield "every sentence as everything", marked(question, asked, labels, link=True)
    lines = [(s.span.start, s.span.end) for s in article.segments]
    yield "every line as everything", marked(question, lines, [*labels, ""])


def matrices(question, machine):
    """The same words for every function: the opening, the end, or any one or two sentences."""
    articles = {name: any_article(name) for name in question.articles}
    stories = {n: [[s.span.start, s.span.end] for s in a.sentences] for n, a in articles.items()}
    for size in (1, 2, 3):
        for name, cut in {"first": slice(0, size), "last": slice(-size, None)}.items():
            spans = {article: story[cut] for article, story in stories.items()}
            yield f"the {name} {size} throughout", filled(machine, True, spans)
    for first in range(max(map(len, stories.values())) - 1):
        spans = {n: story[first : first + 2] for n, story in stories.items()}
        yield f"sentences {first} and {first + 1} throughout", filled(machine, True, spans)


def labels(question, machine):
    offered = [label.id for label in question.labels] or list(machine.classes)
    names = [s.sentence for s in machine.sentences]
    yield (
        "labels that nobody offered",
        labelled(question, {name: {question.field: "x"} for name in names}),
    )
    yield "another field", labelled(question, {n: {"zz": machine.classes[0]} for n in names})
    for label in offered:
        given = {
            name: {question.field: label, "voice": offered[0], "mode": label} for name in names
        }
        given |= {f"{name}x": {question.field: label} for name in names}
        yield f"{label}, and sentences that do not exist", labelled(question, given)


def unread(question, key):
    match key.machine:
        case ChoiceKey():
            yield from choices(question, key.machine)
        case TableKey():
            yield from tables(question, key.machine)
        case CardsKey():
            yield from cards(question, key.machine)
        case MarksKey():
            yield from marks(question, key.machine)
        case MatrixKey():
            yield from matrices(question, key.machine)
        case LabelsKey():
            yield from labels(question, key.machine)
        case ShortKey():
            for words in (question.prompt, question.title, *question.prompt.split()):
                yield words, {"kind": "text", "text": words}


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_guessing_well_earns_at_most_a_fifth(question, key):
    tried, answers = 0, answers_of(question)
    for name, payload in unread(question, key):
        score = score_question(question, key, payload, answers).score or 0
        assert score <= MOST, f"{name} earns {score:.2f}"
        tried += 1
    assert tried > 3


TABLES = [case for case in GRADED if isinstance(case.values[1].machine, TableKey)]


@pytest.mark.parametrize(("question", "key"), TABLES)
def test_copying_the_figures_that_a_row_shows_earns_at_most_a_fifth(question, key):
    for payload in copied_numbers(question, key.machine):
        score = score_question(question, key, payload, answers_of(question)).score or 0
        assert score <= MOST, score


def test_every_kind_of_question_was_tried():
    kinds = {type(case.values[1].machine) for case in GRADED}
    assert kinds >= {LabelsKey, MarksKey, ChoiceKey, TableKey, CardsKey, MatrixKey}


@pytest.mark.parametrize(("question", "key"), machine_questions())
def test_half_of_the_cards_are_accepted(question, key):
    if not isinstance(key.machine, CardsKey):
        pytest.skip("no cards")
    decisions = [card.decision for card in key.machine.cards]
    assert decisions.count("accept") * 2 == decisions.count("reject") * 2 == len(decisions)


@pytest.mark.parametrize(("question", "key"), GRADED)
def test_the_length_of_a_card_does_not_tell_which_is_accepted(question, key):
    if not isinstance(key.machine, CardsKey):
        pytest.skip("no cards")
    accepted = {card.card for card in key.machine.cards if card.decision == "accept"}
    for place, longer in by_length(question, key.machine):
        right = len(accepted & set(longer)) / len(accepted)
        assert 0 < right < 1, f"by the length of part {place}, {', '.join(longer)}"


@pytest.mark.parametrize(("question", "key"), machine_questions())
def test_painting_in_one_piece_is_never_above_any_single_right_mark(question, key):
    if not isinstance(key.machine, MarksKey):
        pytest.skip("no marks")
    machine, article = key.machine, any_article(question.article)
    required = [s for s in machine.ordered if s.status is SpanStatus.REQUIRED]
    single = min(
        score_question(question, key, marked(question, [(s.start, s.end)], [s.label])).score
        for s in required
    )
    labels = [label.id for label in question.labels]
    for some in (*([label] for label in labels), labels):
        painted = marked(question, [(0, len(article.text))], some)
        assert (score_question(question, key, painted).score or 0) <= single
