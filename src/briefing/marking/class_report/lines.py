"""A class's sums as lines about questions and items: shares, answers and how often; writes no words.

Nothing is told of fewer than `FEW` students, and no word that a student typed is told unless
`QUOTED_FROM` of them typed the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from briefing.corpus import Article
from briefing.keys import Question, QuestionKey, Status, Verdict
from briefing.keys.marks import MarksKey
from briefing.keys.results import WHOLE
from briefing.marking.class_report.alpha import ClassAgreement, agreed
from briefing.marking.class_report.asked import AskedItem, asked_items
from briefing.marking.class_report.seen import OTHER
from briefing.marking.class_report.sums import ClassSums, ItemSums, QuestionSums

FEW = 5
"""Below this many students nothing is told of a question, an item or the class."""

QUOTED_FROM = 3
"""A word or number that students typed is told where at least so many typed the same."""

CORRELATED_FROM, STEADY_FROM = 10, 20
"""An item-rest correlation is told from the first number of students; it means something from the second."""

ALPHA_FROM = 10
"""Krippendorff's α is told from this many students."""

FOUND = (Verdict.RIGHT, Verdict.NEAR, Verdict.WRONG)


class ItemLine(Struct, frozen=True):
    """One item.

    Attributes:
        question: the id of its question.
        asked: what it asks.
        students: how many answered it.
        right: how many of them rightly.
        answers: stored answer → how many, of those who gave one, the commonest first.
        wrong: the same of answers that are not right.
        partly: how many chose what the key has and did not show it as the key does.
        unfit: how many gave an answer that is accepted by itself, and not beside their others.
        unanswered: how many answered the question and not this item.
        fits: the item-rest correlation; None below `CORRELATED_FROM` or where it is not defined.
    """

    question: str
    asked: AskedItem
    students: int
    right: int
    answers: tuple[tuple[str, int], ...]
    wrong: tuple[tuple[str, int], ...]
    unanswered: int
    partly: int
    fits: float | None
    unfit: int = 0

    @property
    def share(self) -> float:
        """The share that is right, 0 to 1."""
        return self.right / self.students if self.students else 0.0


class QuestionLine(Struct, frozen=True):
    """One question.

    Attributes:
        asked: the question.
        students: how many have a mark here.
        empty: how many left it empty.
        waiting: how many wait for a teacher's mark.
        unmarkable: how many answers could not be marked.
        mean: the mean share of the points, 0 to 1; None below `FEW`.
        fits: correlation with the rest of the exercise, and its n; None as for an item.
        fits_of: of how many students it is.
        items: its items, each with at least `FEW` students.
        by_teacher: whether a teacher marks it.
    """

    asked: Question
    students: int
    empty: int
    waiting: int
    unmarkable: int
    mean: float | None
    fits: float | None
    fits_of: int
    items: tuple[ItemLine, ...]
    by_teacher: bool


class AgreedLine(Struct, frozen=True):
    """How far the class agreed on one question, or on one column of its table, and with the key."""

    question: str
    what: str
    students: int
    agreed: ClassAgreement
    with_key: float | None


def question_lines(sums: ClassSums) -> tuple[QuestionLine, ...]:
    """Return a line for each question, in their order."""
    return tuple(_line(sums, question) for question in sums.desk.exercise.question)


def _line(sums: ClassSums, question: Question) -> QuestionLine:
    one, key = sums.questions[question.id], sums.desk.keys[question.id]
    n, told = one.answered, one.answered >= FEW
    items = tuple(_items(question, key, one)) if told else ()
    return QuestionLine(
        asked=question,
        students=n,
        empty=one.statuses[Status.EMPTY],
        waiting=one.statuses[Status.TEACHER],
        unmarkable=one.statuses[Status.NOT_GRADABLE],
        mean=one.shares / (n * WHOLE) if told else None,
        fits=one.rest.correlation if one.rest.n >= CORRELATED_FROM else None,
        fits_of=one.rest.n,
        items=items,
        by_teacher=key.machine is None,
    )


def _items(question: Question, key: QuestionKey, one: QuestionSums) -> Iterator[ItemLine]:
    for asked in asked_items(question, key):
        item = one.items.get(asked.id, ItemSums())
        line = _item(question.id, asked, item, one.answered)
        if line.students >= FEW:
            yield line


def _item(question: str, asked: AskedItem, item: ItemSums, answered: int) -> ItemLine:
    given, wrong = Counter[str](), Counter[str]()
    for (verdict, answer), n in item.given.items():
        if answer and (asked.closed or answer in asked.names or n >= QUOTED_FROM):
            given[answer] += n
            # The right label without its link, the right yes with other words, or an option that
            # only does not go with the one beside it, is no wrong answer.
            chosen = asked.closed and answer in asked.right
            if verdict not in (Verdict.RIGHT, Verdict.NOTE, Verdict.FINE) and not chosen:
                wrong[answer] += n
    total = sum(item.verdicts.values())
    if asked.look_alike:
        students = answered
        right = answered - item.verdicts[Verdict.EXTRA]
    elif asked.silence:
        students = total
        # A mark with the right label counts here whether or not it is linked as it should be.
        right = item.verdicts[Verdict.RIGHT] + item.verdicts[Verdict.FINE]
        right += sum(
            n
            for (verdict, answer), n in item.given.items()
            if verdict in (Verdict.NEAR, Verdict.WRONG) and answer in asked.right
        )
    else:
        students = total - item.verdicts[Verdict.MISSED] - item.verdicts[Verdict.NOTE]
        right = item.verdicts[Verdict.RIGHT]
    partly = unfit = 0
    if not asked.silence:
        unfit = sum(item.given[Verdict.WRONG, answer] for answer in asked.right)
        partly = sum(item.given[Verdict.NEAR, answer] for answer in asked.right)
    fits = item.rest.correlation if item.rest.n >= CORRELATED_FROM else None
    return ItemLine(
        question, asked, students, right, _commonest(given), _commonest(wrong),
        answered - students, partly, None if asked.look_alike else fits, unfit,
    )  # fmt: skip


def _commonest(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The commonest first; of equal ones by name, and what is not offered last."""
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] == OTHER, pair[0]))
    return tuple(order)


def found(line: ItemLine, sums: ClassSums) -> int:
    """How many marked a key span, under whatever label."""
    item = sums.questions[line.question].items.get(line.asked.id, ItemSums())
    return sum(item.verdicts[verdict] for verdict in FOUND)


def agreement_lines(sums: ClassSums, lines: tuple[QuestionLine, ...]) -> tuple[AgreedLine, ...]:
    """Return how far the class agreed with itself and with the key, where labels can be compared."""
    told = []
    for line in lines:
        if line.mean is None or line.by_teacher:
            continue
        key, one = sums.desk.keys[line.asked.id], sums.questions[line.asked.id]
        if isinstance(key.machine, MarksKey):
            article = sums.desk.articles[line.asked.article]
            units = list(_token_units(key.machine, one, article))
            told += _agreed(line, "each word: marked or not", units, None)
            continue
        for what, items in _comparable(line).items():
            units = [dict(item.answers) for item in items]
            right = sum(item.right for item in items)
            given = sum(item.students for item in items)
            told += _agreed(line, what, units, right / given)
    return tuple(told)


def _agreed(
    line: QuestionLine, what: str, units: list[dict[str, int]], with_key: float | None
) -> list[AgreedLine]:
    found = agreed(units)
    if found is None:
        return []
    if line.students < ALPHA_FROM:
        found = ClassAgreement(found.units, found.pairs, None)
    return [AgreedLine(line.asked.id, what, line.students, found, with_key)]


def _comparable(line: QuestionLine) -> dict[str, list[ItemLine]]:
    """Items that share one set of answers: sentences, cells of a matrix, cards, a table's column."""
    groups: dict[str, list[ItemLine]] = {}
    for item in line.items:
        if not item.asked.closed or item.asked.silence:
            continue
        match line.asked.kind:
            case "labels" | "matrix":
                groups.setdefault("", []).append(item)
            case "cards":
                gate = item.asked.id.endswith(":gate")
                groups.setdefault("the gate" if gate else "the decision", []).append(item)
            case "table":
                column = item.asked.id.rpartition(":")[2]
                names = {column.id: column.name for column in line.asked.columns}
                groups.setdefault(names.get(column, column), []).append(item)
    return {what: items for what, items in groups.items() if len(items) > 1}


def _token_units(key: MarksKey, one: QuestionSums, article: Article) -> Iterator[dict[str, int]]:
    asked = key.asked or tuple((s.span.start, s.span.end) for s in article.sentences)
    for token, start in enumerate(key.index.starts):
        if any(a <= start < b for a, b in asked):
            marked = one.covered[token]
            counts = {"marked": marked, "not": one.answered - marked}
            yield {label: n for label, n in counts.items() if n}
