"""What a feedback page shows for each question, as plain values for the template; no HTML files.

Everything a student wrote stays plain text here and is escaped where it is put into the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefing.corpus import Article, any_article, plain
from briefing.errors import BriefingError
from briefing.keys import ItemResult, Question, QuestionKey, QuestionResult, Status
from briefing.keys.choices import ChoiceKey
from briefing.keys.feedback import summary, two_readings
from briefing.keys.label_points import how_paid
from briefing.keys.marks import MarksKey
from briefing.keys.matrix import MatrixKey
from briefing.keys.remembered import Remembered
from briefing.keys.scoring import key_items
from briefing.marking.cells import points
from briefing.marking.choice_views import ChoiceGroup, ChoiceViews, ways_that_fit
from briefing.marking.grade import Change, Desk, Graded
from briefing.marking.matrix_view import CellView, cell_views
from briefing.marking.passages import Passage, Passages, legend
from briefing.marking.row_status import RowStatus
from briefing.marking.table_views import CardView, TableView, card_views, table_view
from briefing.marking.teacher import TeacherMark
from briefing.marking.verdict_lines import SIGNS, WORDS, VerdictLine, verdict_line

HIDDEN: dict[str, Any] = {"fits": (), "model": "", "note": ""}
"""What the page of an empty hand-in leaves out."""

SHOWN_TEXT = 20_000
"""Code points of a free answer that are shown on a page; the file has the rest."""

MOST_LINES = 2_000
"""How many lines are kept at most: a class has few different ones."""


class View(Struct, frozen=True):
    """One question on the page."""

    id: str
    title: str
    prompt: str
    sentence: str
    one_way: bool
    points: str
    earned: str
    status: str
    summary: str
    kind: str
    more: str = ""
    lines: tuple[VerdictLine, ...] = ()
    passages: tuple[Passage, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    cells: tuple[CellView, ...] = ()
    groups: tuple[ChoiceGroup, ...] = ()
    table: TableView | None = None
    cards: tuple[CardView, ...] = ()
    fits: tuple[str, ...] = ()
    open: bool = False
    text: str = ""
    rubric: tuple[tuple[str, str, str], ...] = ()
    said: str = ""
    overruled: bool = False
    changed: str = ""
    model: str = ""
    note: str = ""


class Views:
    """The questions of one exercise as pages show them; what never changes is looked up once."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the views of the exercise on `desk`."""
        self._desk = desk
        self._fixed = {
            question.id: _fixed(question, desk.keys[question.id])
            for question in desk.exercise.question
        }
        self._missed = {name: key_items(key) for name, key in desk.keys.items()}
        self._passages = {
            question.id: Passages(machine, question, desk.articles[question.article])
            for question in desk.exercise.question
            if isinstance(machine := desk.keys[question.id].machine, MarksKey)
            and question.article in desk.articles
        }
        self._lines = Remembered[tuple[str, ItemResult], VerdictLine](MOST_LINES)
        self._choices = ChoiceViews(MOST_LINES, self._words)
        self._sentences: dict[str, str] = {}

    def of(self, graded: Graded) -> list[View]:
        """Return what the page shows for each question of a marked file."""
        changes = {change.question: change for change in graded.changes}
        return [
            self._view(
                question,
                graded.results[question.id],
                graded.payloads.get(question.id),
                graded.teacher.get(question.id),
                changes.get(question.id),
                bare=graded.status is RowStatus.EMPTY,
            )
            for question in self._desk.exercise.question
        ]

    def _view(
        self,
        question: Question,
        result: QuestionResult,
        payload: Mapping[str, Any] | None,
        teacher: TeacherMark | None,
        change: Change | None,
        *,
        bare: bool,
    ) -> View:
        key, article = self._desk.keys[question.id], self._desk.articles.get(question.article)
        # An unanswered question shows what there was to find; an empty hand-in shows nothing, for
        # its student is asked to hand in again.
        items = result.items or (() if bare else self._missed[question.id])
        shown: dict[str, Any] = {}
        if bare:
            pass
        elif question.kind == "labels" and article:
            shown["lines"] = tuple([self._label_line(question, item, article) for item in items])
        elif question.id in self._passages:
            shown["passages"] = self._passages[question.id].of(items)
        elif isinstance(key.machine, MatrixKey):
            given = (payload or {}).get("cells", {})
            shown["cells"] = cell_views(question, key.machine, items, given, WORDS, SIGNS)
        elif isinstance(key.machine, ChoiceKey):
            chosen = (payload or {}).get("chosen", ())
            shown["groups"] = self._choices.of(question, key.machine, result.items, tuple(chosen))
        elif question.kind == "text":
            shown["text"] = _shortened(str((payload or {}).get("text", "")))
        elif question.kind in ("table", "cards"):
            fits = payload if payload and payload.get("kind") == question.kind else None
            told = replace(result, items=tuple(items))
            if question.kind == "table":
                shown["table"] = table_view(question, key, told, fits)
            else:
                shown["cards"] = card_views(question, told, fits)
        if (key.machine is None or question.kind == "text") and not bare:
            shown["open"] = True
            mark = teacher or TeacherMark()
            by_hand = change is not None and change.by_hand
            given = _adding_up(mark, change.before if change and by_hand else result.earned)
            shown["overruled"] = by_hand and any(given)
            shown["said"] = mark.note
            shown["rubric"] = tuple(
                (criterion.text, points(criterion.points), given[n] if given else "")
                for n, criterion in enumerate(key.rubric)
            )
        return View(
            earned="" if result.earned is None else points(result.earned),
            status=str(result.status),
            summary=_summary(result, question, change, bare=bare),
            more="" if change and change.by_hand else _more(result, question, key),
            changed=_changed(change) if change else "",
            **(self._fixed[question.id] | (HIDDEN if bare else {})),
            **shown,
        )

    def _label_line(self, question: Question, item: ItemResult, article: Article) -> VerdictLine:
        known = self._lines.get((question.id, item))
        if known is None:
            quote = plain(article.text[item.start or 0 : item.end or 0])
            known = verdict_line(item, question, quote, item.target)
            self._lines[question.id, item] = known
        return known

    def _words(self, sentence: str) -> str:
        if sentence not in self._sentences:
            self._sentences[sentence] = _sentence(sentence)
        return self._sentences[sentence]


def _summary(
    result: QuestionResult,
    question: Question,
    change: Change | None,
    *,
    bare: bool,
) -> str:
    by_hand = change is not None and change.by_hand
    if (result.by_teacher or by_hand) and result.earned is not None:
        most = points(result.points)
        return f"Your teacher gave you {points(result.earned)} of {most} points here."
    if result.status is not Status.EMPTY:
        return summary(result, question)
    shown = not (bare or result.by_teacher)
    return "Nothing was answered here." + (" This is the key." if shown else "")


def _more(result: QuestionResult, question: Question, key: QuestionKey) -> str:
    """Say beside a question, not in the table above, how its points follow from what was said of it."""
    if result.status is not Status.MARKED:
        return ""
    return " ".join(filter(None, (how_paid(result, key), two_readings(result, question, key))))


def _adding_up(mark: TeacherMark, whole: float | None) -> tuple[str, ...]:
    """Return what a teacher gave for each criterion, where that makes up the points beside it."""
    if mark.points is None or whole is None:
        return ()
    added = sum(float(part or 0) for part in mark.given)
    return mark.given if round(added - whole, 2) == 0 else ()


def _changed(change: Change) -> str:
    """Say what a person's decision made of the points of a question, and why."""
    if not change.by_hand:
        before, after = points(change.before or 0), points(change.after or 0)
        return f"{change.why} Before: {before} points. Now: {after}."
    before = "none" if change.before is None else points(change.before)
    said = f"Your teacher set these points by hand (before: {before})."
    return f"{said} The reason: {change.why}" if change.why else said


def _fixed(question: Question, key: QuestionKey) -> dict[str, Any]:
    """Return the part of a view that is the same for every student."""
    choice = key.machine if isinstance(key.machine, ChoiceKey) else None
    return {
        "id": question.id,
        "title": question.title or question.id,
        "prompt": question.prompt,
        "sentence": _sentence(question.sentence),
        "one_way": choice is not None and len(choice.accepted) == 1,
        "points": points(question.points),
        "kind": question.kind,
        "fits": ways_that_fit(question, choice) if choice else (),
        "legend": legend(question),
        "model": key.model,
        "note": key.note,
    }


def _sentence(name: str) -> str:
    if not name:
        return ""
    try:
        return plain(any_article(name.partition(".")[0]).words(name))
    except BriefingError:
        return ""


def _shortened(text: str) -> str:
    if len(text) <= SHOWN_TEXT:
        return text
    return f"{text[:SHOWN_TEXT]}… ({len(text):,} characters in all)"
