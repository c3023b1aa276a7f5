"""A student's own ledger as a picture, taken from the answer; shows no key and saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.answers.written_numbers import read_number
from briefing.corpus import any_article, course_folder, read_table
from briefing.course.solved import model_answer
from briefing.errors import BriefingError
from briefing.keys import exercise_key

if TYPE_CHECKING:
    from briefing.analysis.own_ledger import OwnLine
    from briefing.course.exercises import Exercise
    from briefing.figures.described import DescribedFigure
    from briefing.keys import Question

_SPECIMEN = "data/practice/specimen-ledger.csv"
_COLUMNS = ("counted", "said", "since", "who")
OWN = "Article {article}: your own lines of the ledger"
KEY = "Article {article}: the lines of the key"
LENT = "A specimen, not yours: somebody's unfinished ledger of the constructed text p02"


class NoLedger(BriefingError):
    """The question does not ask for lines of a ledger."""


def my_ledger(exercise: Exercise, question: str) -> DescribedFigure:
    """Return the picture of the lines that a student filled in, right or wrong.

    Where no cell is filled in yet, a specimen says that it is one: an invented reader's unfinished
    and imperfect lines about a constructed text. A solved exercise shows the key's lines instead.

    Raises:
        NoLedger: the exercise has no such question, or it asks for something else.
        AnswersUnreadable: the answers file comes from a newer version of the course.
    """
    from briefing.figures.own_ledger import own_ledger

    asked = exercise.definition.questions.get(question)
    if asked is None or not set(_COLUMNS) <= {column.id for column in asked.columns}:
        raise NoLedger(f"{exercise.name} has no question {question[:40]!r} that asks for a ledger.")
    if exercise.solved:
        answer = model_answer(asked, exercise_key(exercise.name)[asked.id])
    else:
        exercise.store.reload()
        answer = exercise.store.answer(asked.id) or {}
    mine = _lines(asked, answer.get("rows"))
    if any(line.answered for line in mine):
        title = KEY if exercise.solved else OWN
        return own_ledger(mine, title.format(article=asked.article))
    return own_ledger(_lent(), LENT)


def _line(article: str, start: int, end: int, value: float, told: dict[str, str]) -> OwnLine:
    from briefing.analysis.own_ledger import OwnLine

    text = any_article(article)
    place = next(s for s in text.sentences if s.span.start <= start < s.span.end)
    return OwnLine(f"{place.id.partition('.')[2]}: {text.text[start:end]}", value, **told)


def _lines(asked: Question, rows: Any) -> list[OwnLine]:
    """The lines of an answer in compact form; what is no option of its column is no answer."""
    given = rows if isinstance(rows, dict) else {}
    found = []
    for row in asked.rows:
        cells = given.get(row.id)
        cells = cells if isinstance(cells, dict) else {}
        names = {
            column.id: {option.id: option.text for option in column.options}
            for column in asked.columns
        }
        told = {name: names[name].get(str(cells.get(name)), "") for name in _COLUMNS}
        article, (start, end) = row.article or asked.article, row.span
        value = read_number(any_article(article).text[start:end])
        found.append(_line(article, start, end, float(value or 0), told))
    return found


def _lent() -> list[OwnLine]:
    rows = read_table(course_folder() / _SPECIMEN, ("article", "start", "end", "value", *_COLUMNS))
    return [
        _line(
            row["article"], int(row["start"]), int(row["end"]), float(row["value"]),
            {column: row[column] for column in _COLUMNS},
        )
        for row in rows
    ]  # fmt: skip
