"""Feedback pages: one self-contained HTML page a student and exercise; never runs anything in it.

The templates escape everything (autoescape); a page has no scripts, asks nothing of any network,
prints, and follows the reader's light or dark setting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from briefing.keys import Status
from briefing.keys.remembered import Remembered
from briefing.marking.cells import points
from briefing.marking.grade import Desk, Graded
from briefing.marking.numbered import Numbered
from briefing.marking.page_templates import Piece, environment
from briefing.marking.passages import Shape
from briefing.marking.row_status import RowStatus
from briefing.marking.views import View, Views
from briefing.visible import visible

NOTHING = (
    "The file that was handed in holds no answers. If you did answer, it was the wrong file: hand in "
    "the right one and tell your teacher."
)

MOST_PIECES = 3_000
"""How many rendered pieces are kept at most, 1 KB or so each: a class has few different ones."""


class Pages:
    """The pages of one exercise: what is the same on many of them is rendered once."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the pages of the exercise on `desk`."""
        self._desk = desk
        self._views = Views(desk)
        self._template = environment().get_template("feedback.html")
        self._pieces: Any = environment().get_template("pieces.html").module
        self._style = Piece(environment().get_template("feedback.css").render())
        self._kept = Remembered[Any, Markup](MOST_PIECES)
        self._shapes = Remembered[Shape, Numbered](MOST_PIECES)

    def page(self, graded: Graded, *, remarks: Sequence[str] = ()) -> str:
        """Return the page of a marked file; see `data`."""
        return self.data(graded, remarks=remarks).decode("utf-8")

    def data(self, graded: Graded, *, remarks: Sequence[str] = ()) -> bytes:
        """Return the page of a marked file, as UTF-8.

        Args:
            graded: the file's mark; not one that is not gradable.
            remarks: sentences to show at the top.
        """
        results = graded.results.values()
        waiting = sum(graded.waiting.values())
        views = self._views.of(graded)
        page = self._template.render(
            student=_bounded(graded.student),
            name=_name(graded),
            exercise=self._desk.exercise.exercise,
            title=self._desk.exercise.title,
            score=points(graded.score),
            before_late=points(graded.before_late) if graded.late else "",
            accepted=graded.status is not RowStatus.NOT_ACCEPTED,
            late=graded.late,
            note=graded.note,
            empty=graded.status is RowStatus.EMPTY,
            max_score=points(graded.max_score),
            waiting=points(waiting) if waiting else "",
            unmarked=sum(result.status is Status.NOT_GRADABLE for result in results),
            compared=any(result.agreed is not None for result in results),
            style=self._style,
            rows=_together(map(self._row, views)),
            sections=_together(map(self._section, views)),
            marks=any(view.passages for view in views),
            remarks=[*remarks, *([NOTHING] if graded.status is RowStatus.EMPTY else [])],
        )
        return page.encode("utf-8", "replace")

    def _row(self, q: View) -> Markup:
        return self._once(("row", q.id, q.earned, q.status, q.summary), self._pieces.row, q)

    def _opening(self, q: View) -> Markup:
        name = ("opening", q.id, q.earned, q.summary, q.more, q.changed)
        return self._once(name, self._pieces.opening, q)

    def _closing(self, q: View) -> Markup:
        told = (q.rubric, q.overruled, q.said, q.model, q.note)
        name = ("closing", q.id, q.open, q.status, *told)
        return self._once(name, self._pieces.closing, q)

    def _section(self, q: View) -> Markup:
        """Return what the page says of one question, put together from pieces: a template is slower."""
        parts = [self._opening(q)]
        if q.lines:
            lines = [self._once(line, self._pieces.label_line, line) for line in q.lines]
            parts.append(self._pieces.sentences(_together(lines, "\n")))
        elif q.passages:
            shown = [self._shape(one.shape).counted_from(one.first) for one in q.passages]
            parts.append(self._pieces.marked(q, _together(shown, "\n")))
        elif q.groups:
            name = ("choice", q.groups, q.one_way, q.fits)
            parts.append(self._once(name, self._pieces.rest, q))
        else:
            parts.append(self._pieces.rest(q))
        return _together([*parts, self._closing(q)])

    def _shape(self, shape: Shape) -> Numbered:
        known = self._shapes.get(shape)
        if known is None:
            known = self._shapes[shape] = Numbered(self._pieces.passage_view(shape))
        return known

    def _once(self, name: Any, render: Callable[..., Markup], *values: Any) -> Markup:
        piece = self._kept.get(name)
        if piece is None:
            piece = self._kept[name] = Piece(render(*values))
        return piece


def _together(pieces: Iterable[str], end: str = "") -> Markup:
    """Return rendered pieces as one, each with `end` behind it: all of them are escaped already."""
    return Piece("".join([f"{piece}{end}" for piece in pieces] if end else pieces))


def feedback_page(graded: Graded, desk: Desk, *, remarks: Sequence[str] = ()) -> str:
    """Return one page; `Pages` is quicker where there are many."""
    return Pages(desk).page(graded, remarks=remarks)


def _name(graded: Graded) -> str:
    """Return the student's name as the class list or the platform has it; never one anybody could type."""
    sure = graded.known and not graded.by_name and graded.name.strip() != graded.student
    return _bounded(graded.name.strip()) if sure else ""


def _bounded(name: str) -> str:
    """Return a student's code or name with its length bounded and what cannot be seen shown as a sign."""
    shown = visible(name)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
