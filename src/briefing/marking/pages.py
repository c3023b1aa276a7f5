"""Feedback pages: one self-contained HTML page a student and exercise; never runs anything in it.

The templates escape everything (autoescape); a page has no scripts, asks nothing of any network,
prints, and follows the reader's light or dark setting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefing.keys import Status
from briefing.keys.remembered import Remembered
from briefing.marking.cells import points
from briefing.marking.choice_views import ChoiceGroup
from briefing.marking.grade import Desk, Graded, RowStatus
from briefing.marking.lines import Line
from briefing.marking.passages import Passage
from briefing.marking.views import View, Views
from briefing.visible import visible

NOTHING = (
    "The file that was handed in holds no answers. If you did answer, it was the wrong file: hand in "
    "the right one and tell your teacher."
)

MOST_PIECES = 3_000
"""How many rendered pieces are kept at most, 1 KB or so each: a class has few different ones."""

_SIGNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DIRECTION = re.compile(f"[{_SIGNS}]")


class _Piece(Markup):
    """A part of a page that has been rendered already, so that nothing in it turns directions."""

    __slots__ = ()


def _in_order(value: object) -> object:
    """Return words with U+FFFD for each sign of direction, or they could turn what stands around."""
    # Nine searches for one sign are many times quicker than one of a pattern through a whole page.
    if isinstance(value, str) and not value.isascii() and type(value) is not _Piece:
        for sign in _SIGNS:
            if sign in value:
                return type(value)(_DIRECTION.sub("\ufffd", value))
    return value


@cache
def environment() -> Environment:
    """Return the environment of all pages: what is put in is escaped, and turns no direction."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_in_order,
        undefined=StrictUndefined,
        auto_reload=False,  # or every page asks the disk whether the templates have changed
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Pages:
    """The pages of one exercise: what is the same on many of them is rendered once."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the pages of the exercise on `desk`."""
        self._desk = desk
        self._views = Views(desk)
        self._template = environment().get_template("feedback.html")
        self._pieces: Any = environment().get_template("pieces.html").module
        self._kept = Remembered[Any, Markup](MOST_PIECES)

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
            questions=views,
            marks=any(view.passages for view in views),
            row=self._row,
            opening=self._opening,
            closing=self._closing,
            remarks=[*remarks, *([NOTHING] if graded.status is RowStatus.EMPTY else [])],
            label_lines=self._label_lines,
            passages=self._passages,
            matrix_cell=self._pieces.matrix_cell,
            choice_groups=self._choice_groups,
            table_view=self._pieces.table_view,
            card_view=self._pieces.card_view,
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

    def _label_lines(self, lines: Sequence[Line]) -> Markup:
        return self._joined(self._pieces.label_line, lines)

    def _passages(self, passages: Sequence[Passage]) -> Markup:
        return self._joined(self._pieces.passage_view, passages)

    def _joined(self, render: Callable[..., Markup], things: Sequence[Line | Passage]) -> Markup:
        """Return rendered pieces together: a template takes longer to put them in one by one."""
        pieces = [self._once(thing, render, thing) for thing in things]
        return _Piece("\n".join([*pieces, ""]))  # every piece is escaped

    def _choice_groups(self, groups: tuple[ChoiceGroup, ...], one_way: bool) -> Markup:
        return self._once(("choice", groups, one_way), self._pieces.choice_groups, groups, one_way)

    def _once(self, name: Any, render: Callable[..., Markup], *values: Any) -> Markup:
        piece = self._kept.get(name)
        if piece is None:
            piece = self._kept[name] = _Piece(render(*values))
        return piece


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
