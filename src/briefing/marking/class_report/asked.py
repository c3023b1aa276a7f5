"""The items that a class report tells about: what each asks, what the key has, and in which words.

An item is a sentence, a key span, a group of options, a cell or a card. Counts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.corpus import any_article, plain
from briefing.errors import BriefingError
from briefing.keys import Question, QuestionKey
from briefing.keys.asked_cells import CardAsked, Row
from briefing.keys.asked_words import passage
from briefing.keys.card_decisions import CardsKey
from briefing.keys.cell_feedback import value_words
from briefing.keys.choices import ChoiceKey, ShortKey, option_name, options_of
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import NO, YES, MatrixKey
from briefing.keys.table_cells import TableKey
from briefing.marking.class_report.seen import OTHER

LONGEST = 320
"""Code points of a passage that are quoted."""

BRIEF = 30
"""Code points of the longest answer that needs no quotation marks beside another."""

OTHERWISE = "something that is not offered"


class AskedItem(Struct, frozen=True):
    """One item.

    Attributes:
        id: as `Seen` names it.
        name: what it is, in words.
        quote: the words of the article that it is about, or "".
        right: the answers that the key accepts, as they are stored; empty where that depends.
        names: stored answer → its words.
        why: the key's reason, or "".
        whys: stored answer → the key's reason for or against it, where it has one.
        closed: whether answers are chosen from `names`; else they are words or numbers.
        silence: whether giving nothing is an answer (a place not marked, an option not chosen).
        look_alike: whether it should have been left alone.
    """

    id: str
    name: str
    quote: str = ""
    right: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    why: str = ""
    whys: Mapping[str, str] = {}
    closed: bool = True
    silence: bool = False
    look_alike: bool = False

    def word(self, given: str) -> str:
        """Return a stored answer in words."""
        return OTHERWISE if given == OTHER else self.names.get(given, given).rstrip(".")

    @property
    def key(self) -> str:
        """What the key has, in words; several whole sentences stand in quotation marks."""
        words = [self.word(answer) for answer in self.right]
        if len(words) > 1 and any(len(one) > BRIEF for one in words):
            words = [f"“{one.strip('“”')}”" for one in words]
        return " or ".join(words)


def asked_items(question: Question, key: QuestionKey) -> tuple[AskedItem, ...]:
    """Return the items of a machine-marked question in their order; () for a teacher's."""
    match key.machine:
        case LabelsKey() as machine:
            return tuple(_labels(question, machine))
        case MarksKey() as machine:
            return tuple(_marks(question, machine))
        case MatrixKey() as machine:
            return tuple(_matrix(question, machine))
        case ChoiceKey() as machine:
            return tuple(_choices(question, machine))
        case CardsKey() as machine:
            return tuple(_cards(question, machine))
        case TableKey() as machine:
            return tuple(_cells(question, machine))
        case ShortKey() as machine:
            short = AskedItem(
                "text",
                question.title or question.id,
                sentence_words(question.sentence),
                machine.accepted[:1],
                why=machine.why,
                closed=False,
            )
            return (short,)
        case _:
            return ()


def sentence_words(name: str) -> str:
    """Return the words of a sentence of an article, shortened; "" where there is none."""
    if not name:
        return ""
    try:
        return _short(any_article(name.partition(".")[0]).words(name))
    except BriefingError:
        return ""


def _short(words: str) -> str:
    return cut(" ".join(plain(words).split()), LONGEST)


def cut(words: str, most: int) -> str:
    """Return words cut to `most` characters, after a whole word where one ends in the second half."""
    if len(words) <= most:
        return words
    kept = words[: most - 1]
    end = kept.rfind(" ") if words[most - 1] != " " else len(kept)
    return f"{(kept[:end] if end > most // 2 else kept).rstrip(' ,;:')}…"


def _labels(question: Question, key: LabelsKey) -> Iterator[AskedItem]:
    names = {label.id: label.name for label in question.labels}
    for one in key.sentences:
        # What a teacher accepted for this class is right in it, so the report calls it so.
        here = sorted(key.accepted_here.get(one.sentence, ()))
        right = tuple(dict.fromkeys((one.label, *one.accepted, *here)))
        quote = sentence_words(one.sentence)
        yield AskedItem(one.sentence, one.sentence, quote, right, names, one.why)


def _marks(question: Question, key: MarksKey) -> Iterator[AskedItem]:
    names = {label.id: label.name for label in question.labels}
    for span in key.ordered:
        if span.status is SpanStatus.OPTIONAL:
            continue
        decoy = span.status is SpanStatus.LOOK_ALIKE
        name = names.get(span.label, span.label)
        yield AskedItem(
            span.id,
            f"{name}, {span.sentence}" if span.sentence else name,
            _short(key.index.text[span.start : span.end]),
            () if decoy else (span.label,),
            names,
            span.why,
            silence=True,
            look_alike=decoy,
        )


def _matrix(question: Question, key: MatrixKey) -> Iterator[AskedItem]:
    functions = {function.id: function.name for function in question.functions}
    names = {YES: "yes", NO: "no"}
    for cell in key.cells:
        name = f"{functions.get(cell.function, cell.function)}, article {cell.article}"
        yield AskedItem(cell.id, name, "", (YES if cell.present else NO,), names, cell.why)


def _choices(question: Question, key: ChoiceKey) -> Iterator[AskedItem]:
    quote = sentence_words(question.sentence)
    for group in question.choice_groups:
        names = {
            option.id: option.text or f"“{sentence_words(option.sentence)}”"
            for option in group.options
        }
        right = {option for way in key.accepted for option in options_of(way, group.id)}
        whys = {
            option.id: key.why.get(option_name(key.groups, group.id, option.id), "")
            for option in group.options
        }
        name = group.prompt or question.title or question.id
        if group.id not in key.several:
            fits = tuple(option.id for option in group.options if option.id in right)
            why = whys[fits[0]] if len(fits) == 1 else ""
            yield AskedItem(group.id, name, quote, fits, names, why, whys)
            continue
        chosen = {"yes": "chosen", "no": "not chosen"}
        for option in group.options:
            fits = ("yes",) if option.id in right else ("no",)
            what = f"{name} – {names[option.id]}"
            item = f"{group.id}:{option.id}"
            yield AskedItem(item, what, quote, fits, chosen, whys[option.id], silence=True)


def _cards(question: Question, key: CardsKey) -> Iterator[AskedItem]:
    decisions = {one.id: one.name for one in question.decisions}
    gates = {one.id: one.name for one in question.gates}
    shown = {card.id: card for card in question.cards}
    for one in key.cards:
        card = shown[one.card]
        title, quote = card.title or card.id, _passage(question, card)
        right = (one.decision, *one.also)
        yield AskedItem(one.card, title, quote, right, decisions, one.why)
        if one.gates:
            name = f"{title}: the deciding gate"
            yield AskedItem(f"{one.card}:gate", name, quote, one.gates, gates, one.gate_why)


def _cells(question: Question, key: TableKey) -> Iterator[AskedItem]:
    rows = {row.id: row for row in question.rows}
    columns = {column.id: column for column in question.columns}
    for cell in key.cells:
        row, column = rows[cell.row], columns[cell.column]
        names = {option.id: option.text or option.sentence for option in column.options}
        if column.type != "choice":
            names = {str(value): value_words(column, value) for value in cell.right}
        right = () if cell.own else tuple(str(value) for value in cell.right)
        yield AskedItem(
            cell.target,
            f"{row.name or row.id}: {column.name}",
            _passage(question, row),
            right,
            names,
            cell.why,
            closed=column.type == "choice",
        )


def _passage(question: Question, thing: Row | CardAsked) -> str:
    try:
        return _short(passage(question, thing)[1])
    except BriefingError:
        return ""
