"""What the solutions say about graded questions, made ready to be searched for; searches nothing.

`solutions/graded.csv` is the list: an article counts as graded in what it is listed for, an exercise
in all of its questions. Everything is read from the course that the command runs in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.corpus import articles, course_folder, read_table
from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key
from briefing.keys.definitions import read_toml
from briefing.keys.tables import SolutionsNotHere

RUN = 10  # words in a row; whoever has that many has copied them
SHORTEST = 6  # words; a shorter remark may well stand elsewhere by chance

# Which tables of keys are about what is graded; the passes carry the same words in their names.
TABLES = {
    "attribution": ("attribution", "spans", "reasons", "a", "b"),
    "numbers": ("numbers", "numbers-a", "numbers-b"),
    "omission": ("omissions", "omissions-a", "omissions-b", "omissions-judged"),
    "naming": ("naming", "naming-mentions", "naming-a", "naming-b"),
    "frames": ("frames", "frames-a", "frames-b"),
    "provenance": (),
}
# Columns that say what a question asks, or repeat an article: they are shown to students.
ASKED = {
    *("missing", "relevance", "rival", "absence_terms", "materiality_with", "materiality_without"),
    *("content", "written", "what", "cue", "term", "chain"),
}
WORDS = re.compile(r"\w+")


class NothingGraded(SolutionsNotHere):
    """This copy of the course does not say what is graded."""


@dataclass(frozen=True)
class Answer:
    """The right answer to one graded question, as data.

    Attributes:
        exercise: the exercise.
        question: the question's id.
        pairs: each item beside each thing the key says of it, as `(item, field, value)`.
        spans: the key's marks, as start and end in code points.
        chosen: the options, as a choice writes them; `("b",)` or `("day:a", "proof:b")`.
    """

    exercise: str
    question: str
    pairs: tuple[tuple[str, str, str], ...] = ()
    spans: frozenset[tuple[int, int]] = frozenset()
    chosen: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        """What to call it, such as `ex02 q1`."""
        return f"{self.exercise} {self.question}"


@dataclass(frozen=True)
class Graded:
    """Everything that must not be in the students' version.

    Attributes:
        articles: what is graded → the articles.
        exercises: the graded exercises.
        runs: words in a row that only the solutions have → the file and place they are from.
        lines: whole rows of keys → the table.
        answers: the right answers.
        sums: SHA-256 of a file in `solutions/` → its path.
    """

    articles: Mapping[str, tuple[str, ...]]
    exercises: tuple[str, ...]
    runs: Mapping[tuple[str, ...], str] = field(repr=False)
    lines: Mapping[str, str] = field(repr=False)
    answers: tuple[Answer, ...] = field(repr=False)
    sums: Mapping[str, str] = field(repr=False)


def graded() -> Graded:
    """Return what the solutions of this course say about graded questions.

    Raises:
        NothingGraded: there are no solutions here.
        BriefingError: one of their files is missing or wrong.
    """
    course = course_folder()
    solutions = course / "solutions"
    if not (solutions / "graded.csv").is_file():
        raise NothingGraded(
            "This copy of the course has no solutions, so nothing can be taken out of it; make the "
            "students' version from the full course."
        )
    listed = read_table(solutions / "graded.csv", ("exercise", "question", "article", "what"))
    whats = {
        what: tuple(sorted({row["article"] for row in listed if row["what"] == what}))
        for what in sorted({row["what"] for row in listed})
    }
    unknown = set(whats) - set(TABLES)
    if unknown:
        raise NothingGraded(
            f"solutions/graded.csv lists {sorted(unknown)[0]!r}, which the search for leaks does "
            "not know; add it to src/briefing/release/graded.py."
        )
    exercises = tuple(sorted({row["exercise"] for row in listed}))
    secret = [*_remarks_of_tables(solutions, whats), *_remarks_of_keys(solutions, exercises)]
    return Graded(
        articles=whats,
        exercises=exercises,
        runs=_runs(secret, _public(course, solutions)),
        lines=dict(_lines(solutions, whats, _public_lines(course))),
        answers=tuple(_answers(exercises)),
        sums={
            hashlib.sha256(path.read_bytes()).hexdigest(): path.relative_to(course).as_posix()
            for path in sorted(solutions.rglob("*"))
            if path.is_file() and path.stat().st_size
        },
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text as runs count them: in small letters, no punctuation."""
    return WORDS.findall(text.lower().replace("_", " "))


def runs_of(words: list[str], length: int = RUN) -> Iterator[tuple[str, ...]]:
    """Yield every `length` words in a row; all of them where there are fewer, from `SHORTEST` on."""
    if SHORTEST <= len(words) < length:
        yield tuple(words)
    for at in range(len(words) - length + 1):
        yield tuple(words[at : at + length])


def _runs(
    secret: Iterable[tuple[str, str]], public: frozenset[tuple[str, ...]]
) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for where, text in secret:
        for run in runs_of(words_of(text)):
            if run not in public:
                found.setdefault(run, where)
    return found


def _public(course: Path, solutions: Path) -> frozenset[tuple[str, ...]]:
    """What lessons teach or an article says, a key may say again; what is told on purpose, too."""
    said = [article.text for article in articles.values()]
    said += [
        path.read_text(encoding="utf-8")
        for folder in ("data/keys", "data/practice/keys")
        for path in sorted((course / folder).iterdir())
        if path.suffix in (".csv", ".toml")
    ]
    said += [row["words"] for row in read_table(solutions / "told-anyway.csv", ("words", "why"))]
    words = [words_of(text) for text in said]
    lengths = range(SHORTEST, RUN + 1)
    return frozenset(run for some in words for length in lengths for run in runs_of(some, length))


def _rows(
    solutions: Path, whats: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of key tables on graded articles, with their table's path."""
    tables = {
        name: whats[what] for what, names in TABLES.items() if what in whats for name in names
    }
    for path in sorted((solutions / "keys").rglob("*.csv")):
        for row in read_table(path, ()):
            article = row.get("article") or row.get("id", "").lstrip("ab").split(".")[0]
            if article in tables.get(path.stem, ()):
                yield path.relative_to(solutions.parent).as_posix(), row


def _remarks_of_tables(
    solutions: Path, whats: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    for where, row in _rows(solutions, whats):
        for column, cell in row.items():
            if column not in ASKED:
                yield where, cell
    for row in read_table(solutions / "evidence-remarks.csv", ("remark",)):
        yield "solutions/evidence-remarks.csv", row["remark"]


def _remarks_of_keys(solutions: Path, exercises: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Reasons, notes, sample answers, rubrics, and tempting answers with what each earns."""
    for exercise in exercises:
        for name in (f"{exercise}.toml", f"{exercise}-tempting.toml"):
            path = solutions / "keys" / name
            if path.is_file():
                for question, entry in read_toml(path).items():
                    for text in _strings(entry):
                        yield f"solutions/keys/{name} {question}", text


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for child in tree.values() if isinstance(tree, dict) else tree:
            yield from _strings(child)


def _public_lines(course: Path) -> frozenset[str]:
    return frozenset(
        ",".join(row.values())
        for path in (course / "data").rglob("*.csv")
        for row in read_table(path, ())
    )


def _lines(
    solutions: Path, whats: Mapping[str, tuple[str, ...]], public: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Rows as a table has them, without quotation marks; those of segments alone are public."""
    for where, row in _rows(solutions, whats):
        line = ",".join(row.values())
        if line not in public and len([cell for cell in row.values() if cell]) > 3:
            yield line.replace('"', ""), where


def _answers(exercises: Iterable[str]) -> Iterator[Answer]:
    for exercise in exercises:
        asked, keys = definition(exercise), exercise_key(exercise)
        for question, model in model_answers(asked, keys).items():
            yield Answer(
                exercise,
                question,
                pairs=tuple(_pairs(model)),
                spans=frozenset((m["start"], m["end"]) for m in model.get("marks", ())),
                chosen=(tuple(model["chosen"]),) if model.get("chosen") else (),
            )


def _pairs(model: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for part in ("labels", "rows", "cards", "cells"):
        for item, told in model.get(part, {}).items():
            for name, value in told.items():
                if isinstance(value, bool | int | float) or (
                    isinstance(value, str) and value and len(value) < 30
                ):
                    yield item, name, str(value).lower() if isinstance(value, bool) else str(value)
