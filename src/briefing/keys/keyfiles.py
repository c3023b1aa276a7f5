"""The right answers of an exercise, made ready for scoring; reads keys, writes and scores nothing.

`solutions/keys/NAME.toml` says what a graded exercise accepts, `data/keys/NAME.toml` what a lesson
does; labels and spans come from the shared key tables. `docs/question-files.md` has the format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from briefing.corpus import Article, any_article, course_folder
from briefing.corpus.tables import TableError
from briefing.errors import BriefingError
from briefing.keys import tables
from briefing.keys.card_decisions import CardsKey
from briefing.keys.cell_keys import cards_key, sample_rows, table_key
from briefing.keys.choices import ChoiceKey, ShortKey, choice_key
from briefing.keys.definitions import (
    DefinitionError,
    Exercise,
    Question,
    definition,
    read_toml,
)
from briefing.keys.labels import LabelsKey
from briefing.keys.levels import Compared, level
from briefing.keys.marks import KeySpan, MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.matrix_key import matrix_key
from briefing.keys.own_answers import OwnShare, words_of
from briefing.keys.runs import SentenceKey
from briefing.keys.table_cells import TableKey
from briefing.keys.tokens import TokenIndex

ROLES = ("source", "cue", "content")
LINKS = {"cue": "source"}


class KeyNotHere(BriefingError):
    """The key that a question needs is not part of this copy of the course."""


class Criterion(Struct, frozen=True):
    """One yes-or-no line of a teacher's rubric and its points."""

    text: str
    points: float = 1


class SpanEntry(Struct, frozen=True):
    """A key span written out in a key file (for constructed texts); offsets in code points."""

    start: int
    end: int
    label: str
    status: str = "required"
    sentence: str = ""
    who: str = ""
    why: str = ""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key file says about one question."""

    labels: dict[str, str] = {}
    also: dict[str, list[str]] = {}
    runs: dict[str, list[str]] = {}
    together: list[str] = []
    roles: list[str] = []
    spans: list[SpanEntry] = []
    right: str | list[str] = ""
    accepted: list[dict[str, str | list[str]]] = []
    answers: list[str] = []
    cells: dict[str, dict[str, Any]] = {}
    cards: dict[str, dict[str, Any]] = {}
    why: dict[str, str] = {}
    rubric: list[Criterion] = []
    model: str = ""
    note: str = ""


Machine = LabelsKey | MarksKey | ChoiceKey | ShortKey | TableKey | CardsKey | MatrixKey


@dataclass(frozen=True)
class QuestionKey:
    """Everything known about the right answer to one question.

    Attributes:
        machine: what a machine compares with; None where a teacher marks.
        level: the score of one key-maker's work against the other's, 1 where unknown.
        compared: how the key-makers compare on what is asked; None where unknown.
        rubric: the teacher's criteria.
        model: a good answer to an open question, or "".
        note: a remark to show beside the key, or "".
        sample: rows of a good answer to a table, as far as the key file has them.
    """

    machine: Machine | None
    level: float = 1.0
    compared: Compared | None = None
    rubric: tuple[Criterion, ...] = ()
    model: str = ""
    note: str = ""
    sample: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def exercise_key(exercise: str) -> Mapping[str, QuestionKey]:
    """Return the key of every question of an exercise, by question id.

    Raises:
        KeyNotHere: this copy of the course does not hold the key (a student's version).
        DefinitionError: the exercise does not exist, or one of its files is wrong.
    """
    return _exercise_key(course_folder(), exercise)


@cache
def _exercise_key(course: Path, exercise: str) -> Mapping[str, QuestionKey]:
    asked = definition(exercise)
    path, entries = _entries(course, exercise)
    stray = set(entries) - set(asked.questions)
    if stray:
        raise DefinitionError(
            f"The key of {exercise} has {', '.join(sorted(stray))}, which the exercise does not ask."
        )
    found = {}
    for question in asked.question:
        entry = entries.get(question.id, Entry())
        machine, sample = None, dict[str, dict[str, Any]]()
        try:
            if question.marked == "machine":
                machine = _machine(question, entry, asked)
            if question.kind == "table":
                sample = sample_rows(question, entry.cells)
        except DefinitionError as problem:
            if question.kind not in ("table", "cards"):
                raise
            raise DefinitionError(
                f"The key file {path} is wrong, question {question.id}: {problem}"
            ) from problem
        how_high, compared = level(question, machine)
        found[question.id] = QuestionKey(
            machine, how_high, compared, tuple(entry.rubric), entry.model, entry.note, sample
        )
    return found


def _entries(course: Path, exercise: str) -> tuple[Path, dict[str, Entry]]:
    paths = [course / folder / "keys" / f"{exercise}.toml" for folder in ("solutions", "data")]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise KeyNotHere(
            f"The key of {exercise} is not part of this copy of the course; use the full version, "
            "which has a folder called solutions."
        )
    raw = {name: value for name, value in read_toml(path).items() if name != "exercise"}
    try:
        return path, msgspec.convert(raw, dict[str, Entry])
    except msgspec.ValidationError as problem:
        raise DefinitionError(f"The key file {path} is wrong: {problem}.") from problem


def _machine(question: Question, entry: Entry, asked: Exercise) -> Machine:
    match question.kind:
        case "labels":
            return _labels_key(question, entry)
        case "marks":
            return _marks_key(question, entry)
        case "choice":
            return choice_key(question, entry.right, entry.accepted, entry.why)
        case "table":
            return table_key(question, entry.cells, partial(_own_share, asked))
        case "cards":
            return cards_key(question, entry.cards)
        case "matrix":
            return matrix_key(question, entry.cells)
        case "text" if entry.answers:
            return ShortKey(tuple(entry.answers), entry.why.get("text", ""))
        case _:
            raise DefinitionError(
                f"Question {question.id} is of the kind {question.kind!r} and has no machine key; "
                'give it one, or say marked = "teacher".'
            )


def asked_sentences(question: Question, article: Article) -> tuple[str, ...]:
    """Return the ids of the sentences that a question asks about; () for the whole text."""
    if question.sentences == "counted":
        return tuple(segment.id for segment in article.sentences)
    return tuple(article.segment(name).id for name in question.sentences or ())


def _check_labels(question: Question, sentence: str, labels: tuple[str, ...]) -> None:
    """Refuse a key that nobody could answer, instead of marking everybody down by it."""
    offered = {label.id for label in question.labels}
    unknown = next((label for label in labels if offered and label not in offered), None)
    if unknown is not None:
        raise DefinitionError(
            f"The key of question {question.id} labels {sentence} {unknown!r}, which the question "
            f"does not offer (it offers {', '.join(sorted(offered))}); correct the key."
        )


def _labels_key(question: Question, entry: Entry) -> LabelsKey:
    article = any_article(question.article)
    rows: dict[str, tables.AttributionRow] = {}
    wanted = asked_sentences(question, article) or tuple(s.id for s in article.sentences)
    if not set(wanted) <= set(entry.labels):
        rows = {row.sentence: row for row in _rows(question.article, wanted)}
    whys = tables.reasons() | entry.why
    runs = {sentence: run for run, members in entry.runs.items() for sentence in members}
    keys = []
    for name in wanted:
        row, span = rows.get(name), article.segment(name).span
        label = entry.labels.get(name) or (row.label(question.field) if row else "")
        if not label:
            continue
        also = entry.also.get(name) or (row.also(question.field) if row else ())
        run = runs.get(name) or (row.run if row else "")
        _check_labels(question, name, (label, *also))
        keys.append(
            SentenceKey(name, label, tuple(also), run, span.start, span.end, whys.get(name, ""))
        )
    key = LabelsKey(tuple(keys), frozenset(entry.together))
    stray = key.together - set(key.classes)
    if stray:
        raise DefinitionError(
            f"The key of question {question.id} weighs {sorted(stray)[0]!r} together with others, "
            "but no sentence has that label; correct `together`."
        )
    if len(set(key.place.values())) < 2:
        raise DefinitionError(
            f"Question {question.id} can be answered with one label throughout; ask about sentences "
            "of at least two kinds."
        )
    return key


def _rows(article: str, wanted: tuple[str, ...]) -> list[tables.AttributionRow]:
    try:
        constructed = any_article(article).constructed
        table = tables.practice_attribution() if constructed else tables.attribution()
        rows = [row for row in table if row.article == article]
    except TableError as problem:
        raise KeyNotHere(str(problem)) from problem
    if not set(wanted) <= {row.sentence for row in rows}:
        raise KeyNotHere(
            f"The attribution key of article {article} is not part of this copy of the course; use "
            "the full version, which has a folder called solutions."
        )
    return rows


def _marks_key(question: Question, entry: Entry) -> MarksKey:
    article = any_article(question.article)
    names = asked_sentences(question, article)
    offered = [label.id for label in question.labels]
    spans = (
        _spans_written_out(entry)
        if entry.spans
        else _spans_of_table(question, entry.roles or [r for r in offered if r in ROLES], names)
    )
    index = TokenIndex(article.text)
    key = MarksKey(
        index=index,
        spans=tuple(spans),
        asked=tuple((s.start, s.end) for s in (article.segment(name).span for name in names)),
        links=LINKS if question.linked else None,
        extent_marked=question.extent == "marked",
        sentences_count=question.extent == "free",
    )
    if not key.required:
        raise KeyNotHere(
            f"The spans key holds nothing for question {question.id} on article "
            f"{question.article}; use the full version of the course, which has solutions."
        )
    if len(set(key.positions)) < len(key.positions):
        raise DefinitionError(
            f"Two key spans of question {question.id} cover the same words of {question.article}."
        )
    return key


def _spans_written_out(entry: Entry) -> list[KeySpan]:
    return [
        KeySpan(f"k{number}", s.start, s.end, s.label, _status(s.status), s.sentence, s.who, s.why)
        for number, s in enumerate(entry.spans, 1)
    ]


def _status(written: str) -> SpanStatus:
    try:
        return SpanStatus(written.replace("-", "_"))
    except ValueError:
        raise DefinitionError(
            f"A key span has the status {written!r}; it must be required, optional or look-alike."
        ) from None


def _spans_of_table(question: Question, roles: list[str], names: tuple[str, ...]) -> list[KeySpan]:
    offered = {label.id for label in question.labels}
    try:
        table = tables.spans()
    except TableError as problem:
        raise KeyNotHere(str(problem)) from problem
    rows = [
        row
        for row in table
        if row.article == question.article
        and (not names or row.sentence in names)
        and (not roles or row.role in roles)
    ]
    # Where the span table tells whose words they are, sources and cues of one sentence are told
    # apart by it; where it does not, one sentence is taken to have one speaker.
    named = {(row.sentence, row.label) for row in rows if row.role == "source" and row.label}
    return [
        KeySpan(
            id=row.id,
            start=row.start,
            end=row.end,
            label=row.role if row.role in offered else row.label,
            status=_status(row.status or "required"),
            sentence=row.sentence,
            who=row.label if (row.sentence, row.label) in named else "",
            why=row.why,
        )
        for row in rows
    ]


def _own_share(asked: Exercise, name: str, share: list[str]) -> OwnShare:
    """Return how a number follows from the answer to the labels question `name`."""
    other = asked.questions.get(name)
    if other is None or other.kind != "labels":
        raise DefinitionError(f"a number follows from {name!r}, which is no labels question here.")
    offered = frozenset(label.id for label in other.labels)
    stray = next((label for label in share if label not in offered), None)
    if stray is not None or not share:
        raise DefinitionError(
            f"a number is the share of {stray!r} in {name}, which offers "
            f"{', '.join(sorted(offered))}."
        )
    article = any_article(other.article)
    sentences = asked_sentences(other, article) or tuple(s.id for s in article.sentences)
    words = words_of(article, sentences)
    return OwnShare(name, other.field, offered, frozenset(share), words)
