"""Feedback pages: one self-contained HTML page a student and exercise; never runs anything in it.

The templates escape everything (autoescape); a page has no scripts, asks nothing of any network,
prints, and follows the reader's light or dark setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from briefing.keys import Status
from briefing.marking.grade import Desk, Graded
from briefing.marking.gradebook import points
from briefing.marking.views import views


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("feedback.html")


def feedback_page(graded: Graded, desk: Desk, *, remarks: Sequence[str] = ()) -> str:
    """Return the page of a marked file.

    Args:
        graded: the file's mark; not one that is not gradable.
        desk: the exercise.
        remarks: sentences to show at the top, such as that an older copy was left out.
    """
    waiting = sum(result.points for result in graded.results.values() if result.by_teacher)
    compared = any(result.agreed is not None for result in graded.results.values())
    page = _template().render(
        student=_visible(graded.student),
        exercise=desk.exercise.exercise,
        title=desk.exercise.title,
        score=points(graded.score),
        max_score=points(graded.max_score),
        waiting=points(waiting) if waiting else "",
        unmarked=any(r.status is Status.NOT_GRADABLE for r in graded.results.values()),
        compared=compared,
        questions=views(graded, desk),
        remarks=list(remarks),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _visible(code: str) -> str:
    """Return a student's code with control characters made visible and its length bounded."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in code)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
