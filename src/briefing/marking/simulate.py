"""Make up a class to try the marking out: answers from the key, with errors as students make them.

Nobody real is in it. The same seed makes the same class, byte for byte.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.answers.payload import to_file
from briefing.answers.schema import FORMAT, VERSION
from briefing.corpus import Article, any_article
from briefing.keys import Question, QuestionKey, definition, exercise_key
from briefing.keys.card_decisions import CardsKey
from briefing.keys.choices import ChoiceKey, option_name, options_of
from briefing.keys.labels import LabelsKey
from briefing.keys.marks import MarksKey, SpanStatus
from briefing.keys.matrix import MatrixKey
from briefing.keys.own_answers import Answers
from briefing.keys.table_cells import TableKey
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.output import fresh_folder
from briefing.marking.simulate_cells import made_up_cards, made_up_table
from briefing.marking.simulate_defences import defended
from briefing.marking.simulate_layouts import (
    CLASS_LIST,
    HAND_INS,
    class_list,
    laid_out,
    zipped,
)
from briefing.marking.simulate_matrix import matrix_answer

SENTENCE = "Made by `briefing simulate`: a class that does not exist."
ANIMALS = ("fox", "owl", "elk", "bee", "cat", "jay", "ram", "yak", "eel", "ant", "bat", "hen")
ODD_NAMES = (
    "O'Neill, Róisín",
    '"Ada" Ł.',
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "🦊 فهد",
)
DEFENDS = 2
"""Which of ten students gives reasons for what the key does not have."""
FIRST_DAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Habit:
    """How a kind of student answers, as chances from 0 to 1.

    Attributes:
        knows: an item is answered as the key has it.
        skips: a question, or one item of it, is left empty.
        slips: a mark begins or ends a word too early or too late.
        paints: a whole sentence is marked instead of the words asked for.
    """

    knows: float
    skips: float
    slips: float
    paints: float


HABITS = (
    (6, Habit(0.97, 0.0, 0.10, 0.0)),  # strong
    (9, Habit(0.85, 0.02, 0.25, 0.02)),  # good
    (6, Habit(0.62, 0.08, 0.35, 0.15)),  # weak
    (3, Habit(0.80, 0.30, 0.60, 0.10)),  # careless
    (1, Habit(0.0, 1.0, 0.0, 0.0)),  # handed in empty
)


def simulate_class(exercise: str, students: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield a made-up class as (path below the folder, bytes of the file).

    From twelve students on, one file is cut short and one student hands in twice, as in any class. Every
    tenth defends an answer against the key. A seed's students have the same codes in every exercise, and
    other ones than any other seed's.

    Raises:
        KeyNotHere: this copy of the course has no key for the exercise.
        DefinitionError: there is no such exercise.
    """
    asked = definition(exercise)
    keys = exercise_key(exercise)
    for number in range(students):
        rng = random.Random(f"{seed}/{exercise}/{number}")  # noqa: S311 (a made-up class)
        rng.choice(ANIMALS)  # not used; without this draw a seed would make another class than ever
        code = _code(seed, number)
        habit = rng.choices([h for _, h in HABITS], [weight for weight, _ in HABITS])[0]
        answers: dict[str, Any] = {}
        payloads: dict[str, dict[str, Any]] = {}
        for question in asked.question:
            payload = _answer(question, keys[question.id], habit, rng, payloads)
            if payload is not None and number % 10 == DEFENDS:
                payload = defended(question, keys[question.id], payload)
            if payload is not None:
                payloads[question.id] = payload
                article = any_article(question.article) if question.article else None
                answers[question.id] = to_file(payload, article)
        revision = 1 + rng.randrange(15, 60) if answers else 1
        saved = FIRST_DAY + timedelta(minutes=rng.randrange(60 * 24 * 5))
        data = _file(exercise, code, revision, saved, answers)
        folder = f"{number:05d}-hand-in"
        name = f"{exercise}.student-{number:05d}.answers.json"
        if students >= 12 and number == 5:
            data = data[: len(data) // 2]
        if students >= 12 and number == 8:
            early = dict(list(answers.items())[:2])
            before = _file(exercise, code, 1, saved - timedelta(hours=3), early)
            yield f"{folder}/first-try/{name}", before
        yield f"{folder}/{name}", data


def write_class(exercise: str, students: int, out: Path, seed: int) -> int:
    """Write a made-up class to `out` and return the number of files.

    Raises:
        OutputRefused: `out` cannot be written, or holds what this command did not make.
    """
    count = 0
    with fresh_folder(out, SENTENCE, lambda path: path.endswith(".answers.json")) as target:
        for path, data in simulate_class(exercise, students, seed):
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            count += 1
    return count


def write_layout(
    exercise: str, students: int, out: Path, seed: int, layout: Layout, *, groups: bool = False
) -> int:
    """Write a made-up class as a platform's download and class list; return the number of files.

    Args:
        exercise: the exercise.
        students: how many they are.
        out: the folder to make.
        seed: the class.
        layout: the platform.
        groups: whether it is Moodle's assignment for groups.

    Raises:
        OutputRefused: `out` cannot be written, or holds what this command did not make.
    """
    made = simulate_class(exercise, students, seed)
    files = list(laid_out(layout, made, exercise, seed=seed, groups=groups))
    with fresh_folder(out, SENTENCE, lambda path: path in (HAND_INS, CLASS_LIST)) as target:
        (target / HAND_INS).write_bytes(zipped(files))
        points = definition(exercise).points
        listed = class_list(layout, students, exercise, points, seed, groups=groups)
        (target / CLASS_LIST).write_bytes(listed)
    return sum(path.endswith(".json") for path, _ in files)


def _code(seed: int, number: int) -> str:
    if number % 10 == 3 and number // 10 < len(ODD_NAMES):
        return ODD_NAMES[number // 10] + (f" {seed}" if seed != 1 else "")
    animal = random.Random(f"{seed}/{number}").choice(ANIMALS)  # noqa: S311 (a made-up class)
    return f"{animal}-{1000 + (number * 7919 + seed * 4001) % 9000:04d}-{number}"


def _file(
    exercise: str, code: str, revision: int, saved: datetime, answers: dict[str, Any]
) -> bytes:
    content = {
        "format": FORMAT,
        "version": VERSION,
        "course": "1.0.0",
        "exercise": exercise,
        "student": code,
        "revision": revision,
        "saved": saved.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "answers": answers,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")


def _answer(
    question: Question, key: QuestionKey, habit: Habit, rng: random.Random, answers: Answers
) -> dict[str, Any] | None:
    if rng.random() < habit.skips / 2 or habit.skips == 1:
        return None
    match key.machine:
        case LabelsKey() as machine:
            return _labels(question, machine, habit, rng)
        case MarksKey() as machine:
            return _marks(question, machine, habit, rng)
        case MatrixKey() as machine:
            return matrix_answer(machine, habit.knows, habit.skips, habit.slips, rng)
        case ChoiceKey() as machine:
            return _choice(machine, habit, rng)
        case TableKey() | None as machine if question.kind == "table":
            return made_up_table(question, machine, answers, habit.knows, habit.skips, rng)
        case CardsKey() | None as machine if question.kind == "cards":
            return made_up_cards(question, machine, habit.knows, habit.skips, rng)
        case _:
            return _text(question, habit, rng)


def _labels(question: Question, key: LabelsKey, habit: Habit, rng: random.Random) -> dict[str, Any]:
    offered = [label.id for label in question.labels] or list(key.classes)
    inherits = rng.random() < 0.5
    labels = {}
    for sentence in key.sentences:
        if rng.random() < habit.skips / 3:
            continue
        right = sentence.accepted[0] if inherits and sentence.accepted else sentence.label
        # The label that most sentences have is the one that is given without thinking.
        common = max(key.classes, key=[s.label for s in key.sentences].count)
        wrong = common if rng.random() < 0.6 else rng.choice(offered)
        label = right if rng.random() < habit.knows else wrong
        labels[sentence.sentence] = {question.field: label}
    return {"kind": "labels", "article": question.article, "attempts": 0, "labels": labels}


def _marks(question: Question, key: MarksKey, habit: Habit, rng: random.Random) -> dict[str, Any]:
    text, marks = key.index.text, list[dict[str, Any]]()
    ids: dict[tuple[str, str], str] = {}
    for span in key.ordered:
        wanted = {
            SpanStatus.REQUIRED: habit.knows,
            SpanStatus.OPTIONAL: 0.2,
            SpanStatus.LOOK_ALIKE: (1 - habit.knows) / 2,
        }[span.status]
        if rng.random() > wanted or rng.random() < habit.skips / 2:
            continue
        start, end = span.start, span.end
        if rng.random() < habit.slips:
            start, end = _slip(key, start, end, rng)
        if rng.random() < habit.paints:
            start, end = next(((a, b) for a, b in key.asked if a <= start < b), (start, end))
        swapped = rng.random() > habit.knows + (1 - habit.knows) * 0.6
        others = [label.id for label in question.labels if label.id != span.label]
        label = rng.choice(others) if swapped and others else span.label
        ids.setdefault((span.sentence, span.label), f"m{len(marks) + 1}")
        marks.append(
            {
                "id": f"m{len(marks) + 1}",
                "start": start,
                "end": min(end, len(text)),
                "label": label,
                "note": "",
                "sentence": span.sentence,
                "role": span.label,
            }
        )
    for mark in marks:
        sentence, role = mark.pop("sentence"), mark.pop("role")
        target = ids.get((sentence, (key.links or {}).get(role, "")))
        if target and target != mark["id"] and rng.random() < habit.knows:
            mark["source"] = target
    return {"kind": "marks", "article": question.article, "attempts": 0, "marks": marks}


def _slip(key: MarksKey, start: int, end: int, rng: random.Random) -> tuple[int, int]:
    """Begin or end one word too early or too late."""
    covered = key.index.positions(start, end)
    if rng.random() < 0.5 and covered.stop < len(key.index.ends):
        return start, key.index.ends[covered.stop]
    if len(covered) > 1:
        return key.index.starts[covered.start + 1], end
    return key.index.starts[max(0, covered.start - 1)], end


def _choice(key: ChoiceKey, habit: Habit, rng: random.Random) -> dict[str, Any]:
    way = rng.choice(key.accepted)
    chosen = [
        option_name(key.groups, group, option)
        for group, options in key.groups.items()
        for option in (
            options_of(way, group) if rng.random() < habit.knows else (rng.choice(options),)
        )
    ]
    return {"kind": "choice", "attempts": 0, "chosen": chosen}


def _text(question: Question, habit: Habit, rng: random.Random) -> dict[str, Any]:
    words = _words(question.sentence)
    endings: tuple[Callable[[str], str], ...] = (
        lambda s: (
            f"{s}, according to the general." if s else "The general says so, so I wrote that."
        ),
        lambda s: f"{s}, the ministry said." if s else "I credited the ministry.",
    )
    weak: tuple[Callable[[str], str], ...] = (
        lambda s: f"They claim that {s}." if s else "i dont know",
        lambda s: "The sentence has no source, so it is fake.",
        lambda s: "",
    )
    options = endings if rng.random() < habit.knows else weak
    return {"kind": "text", "text": rng.choice(options)(words)}


def _words(sentence: str) -> str:
    if not sentence:
        return ""
    article: Article = any_article(sentence.partition(".")[0])
    return article.words(sentence).rstrip(". ")
