"""What a teacher does next when a class is marked, as a line that can be pasted; changes nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.hints import quoted, typed
from briefing.errors import BriefingError
from briefing.visible import visible

if TYPE_CHECKING:
    from briefing.marking.imports import Made
    from briefing.marking.summary import Summary

_ONCE = {"--replace": 0, "--marks": 1}
"""Options that are for one time, and how many words follow: what they brought in stands in OUT by then."""


def next_step(summary: Summary, out: Path, roster: Path | None, given: Sequence[str]) -> str:
    """Return what to do next, or "" where nothing better is known than what the summary says.

    Args:
        summary: what came of marking the class.
        out: the folder that was written.
        roster: the class list.
        given: the words of the command, as they were typed; none where that is not known.
    """
    answers = summary.open_answers
    if answers["waiting"] or answers["unread"]:
        line = _line(_to_repeat(given)) if given else ""
        again = f"give the same line again: {line}" if line else "give the same line again."
        return (
            "Next: mark the open answers, in open-answers.csv or in the notebook "
            f"solutions/grade-a-class.ipynb, then {again}"
        )
    if roster is None or not summary.scores:
        return ""
    for platform, fits in (("moodle", _fits_moodle), ("canvas", _fits_canvas)):
        if summary.platform == platform and fits(roster, out):
            pages = ["--pages", "FEEDBACK.zip"] if platform == "moodle" and summary.pages else []
            line = _line([platform, str(roster), "--marked", str(out), *pages])
            what = "points and pages" if pages else "points"
            return f"Next: {what} back into {platform.title()}: {line}" if line else ""
    return ""


def _to_repeat(given: Sequence[str]) -> list[str]:
    words, passed = list[str](), 0
    for word in given:
        name, is_set, _ = word.partition("=")
        if passed:
            passed -= 1
        elif name in _ONCE:
            passed = 0 if is_set else _ONCE[name]
        else:
            words.append(word)
    return words


def _line(words: Sequence[str]) -> str:
    """Return the words as this system's command line takes them; "" where they cannot be shown as they are."""
    if any(visible(word) != word for word in words):
        return ""
    return " ".join([typed(), *map(quoted, words)])


def _fits_moodle(roster: Path, out: Path) -> bool:
    from briefing.marking.imports import moodle_worksheet, results_in

    def made() -> Made:
        results = results_in(out, "", ("identifier", "email", "id number", "user name"))
        return moodle_worksheet(roster, results.rows, points=results.points, absent=results.absent)

    return _fits(made)


def _fits_canvas(roster: Path, out: Path) -> bool:
    from briefing.marking.imports import canvas_import, results_in

    def made() -> Made:
        results = results_in(out, "", ("id", "sis id", "user name"))
        return canvas_import(roster, results.rows, results.exercise, points=results.points)

    return _fits(made)


def _fits(made: Callable[[], Made]) -> bool:
    """Say whether a list takes the points: the surest way is to do it, and write nothing."""
    with contextlib.suppress(BriefingError):
        return made().filled > 0
    return False
