"""How far the student is in the whole course: reads answer files and changes nothing.

It never opens a file as the widgets do (which mends what is damaged), runs nothing that stands in
one, and knows no points.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.answers import work_folder
from briefing.answers.payload import is_empty, to_compact
from briefing.answers.read import NewerVersion, NotGradable, read_tree, typed
from briefing.answers.student import read_code
from briefing.answers.tree import AnswersUnreadable, read_bytes
from briefing.corpus import any_article, course_folder
from briefing.errors import BriefingError
from briefing.keys import Exercise, Question, definition, exercise_names
from briefing.keys.progress import unfinished

if TYPE_CHECKING:
    from briefing.widgets.board import BoardQuestion, BoardRow, ProgressBoard


def progress() -> ProgressBoard:
    """Return the board of the whole course, with a link to each notebook.

    Raises:
        NoWorkFolder: no folder can be written to.
    """
    from briefing.widgets.board import ProgressBoard

    folder = work_folder()
    here = Path.cwd()
    return ProgressBoard(
        lambda: rows(folder, here),
        question="course/progress",
        title="How far you are",
        student=read_code(folder) or "",
    )


def rows(folder: Path, here: Path) -> list[BoardRow]:
    """Return a row for each lesson and exercise that has questions, in the course's order.

    Args:
        folder: the work folder.
        here: the folder of the notebook that shows them; links are relative to it.
    """
    names = sorted(exercise_names(), key=_place)
    return [_row(name, folder / f"{name}.answers.json", here) for name in names]


def _place(name: str) -> tuple[str, bool, str]:
    """Lesson 02 before exercise 02."""
    return re.sub(r"\D", "", name), not name.startswith("lesson"), name


def _row(name: str, path: Path, here: Path) -> BoardRow:
    from briefing.widgets.board import BoardRow

    try:
        asked = definition(name)
    except BriefingError as problem:
        return BoardRow(name, name, problem=str(problem))
    notebook = _notebook(asked)
    link = Path(os.path.relpath(notebook, _base(here))).as_posix() if notebook else ""
    title = f"{_called(name)} · {asked.title}" if asked.title else _called(name)
    answers, saved, wrong = _read(path, name)
    questions = tuple(_question(one, answers.get(one.id)) for one in asked.question)
    return BoardRow(name, title, link, saved, () if wrong else questions, wrong)


def _called(name: str) -> str:
    number = re.sub(r"\D", "", name)
    return f"{'Lesson' if name.startswith('lesson') else 'Exercise'} {number}"


def _base(here: Path) -> Path:
    """The folder that links start from: the notebook's, or that of the lessons for one elsewhere."""
    course = course_folder()
    return here if here.is_relative_to(course) else course / "notebooks"


def _notebook(asked: Exercise) -> Path | None:
    course = course_folder()
    if asked.exercise.startswith("lesson"):
        found = [course / "notebooks" / f"{asked.lesson}.ipynb"]
    else:
        found = sorted((course / "exercises").glob(f"{asked.exercise}-*.ipynb"))
    return next((path for path in found if path.is_file()), None)


def _read(path: Path, name: str) -> tuple[Mapping[str, Any], str, str]:
    """Return the file's answers as they stand in it, when it was saved, and what is wrong."""
    try:
        data = read_bytes(path)
        if data is None:
            return {}, "", ""
        tree = read_tree(data)
        typed(tree)
    except NewerVersion as problem:
        return {}, "", f"{path.name} cannot be read here. {problem.reason}"
    except NotGradable:
        damaged = (
            f"{path.name} in your work folder is damaged: it was cut short or changed. Open the "
            "notebook and run it; what was last saved comes back."
        )
        return {}, "", damaged
    except AnswersUnreadable as problem:
        return {}, "", str(problem)
    if tree["exercise"] != name:
        return {}, "", f"{path.name} in your work folder holds answers to {tree['exercise']}."
    return tree["answers"], str(tree.get("saved", "")), ""


def _question(asked: Question, raw: Mapping[str, Any] | None) -> BoardQuestion:
    from briefing.widgets.board import BoardQuestion

    title = asked.title
    if raw is None or raw.get("kind") != asked.kind:
        return BoardQuestion(asked.id, title, "empty", "empty")
    payload = to_compact(dict(raw), _text(asked, raw))
    tries = int(raw.get("attempts", 0) or 0)
    tried = "" if not tries else ", checked once" if tries == 1 else f", checked {tries} times"
    if is_empty(payload):
        return BoardQuestion(asked.id, title, "empty", f"empty{tried}")
    how_far = unfinished(asked, payload)
    if how_far:
        return BoardQuestion(asked.id, title, "begun", f"begun: {how_far}{tried}")
    return BoardQuestion(asked.id, title, "answered", f"answered{tried}")


def _text(asked: Question, raw: Mapping[str, Any]) -> str | None:
    about = raw.get("article", asked.article)
    try:
        return any_article(about).text if about else None
    except BriefingError:
        return None
