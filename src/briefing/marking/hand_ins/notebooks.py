"""Find answers in a notebook that was handed in instead of an answers file; runs nothing in it.

Two places can hold them. The hand-in cell stores the answers file, as it stood when the cell was last
run, as an output of its own kind (`MIME`) beside what it shows. And where JupyterLab was told to save
widget state, each question's widget stands in the notebook's metadata. Whatever is found goes through
`parse_answers` like any other file: that it came in a notebook vouches for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from briefing.answers.payload import to_file
from briefing.answers.read import NotGradable, parse_answers
from briefing.answers.saved_time import believable
from briefing.answers.schema import FORMAT, MAX_BYTES, MIME, VERSION
from briefing.corpus import any_article
from briefing.errors import BriefingError
from briefing.keys import definition, exercise_names
from briefing.marking.hand_ins.foreign import ASK
from briefing.marking.hand_ins.refs import Found, What

LARGEST_NOTEBOOK = 16_000_000
"""Bytes of a notebook that is read."""
MOST_PARTS = 20_000
"""Cells, outputs and widgets that are looked at."""
MOST_REFUSED = 20
"""Outputs that say they are answers files and cannot be read; to say why of thousands would take long."""
_STATE = "application/vnd.jupyter.widget-state+json"

_NONE = (
    "Not an answers file: a notebook, and it holds no answers (its hand-in cell was not run after "
    f"something was answered); {ASK}, which the hand-in cell downloads."
)
_TOO_LARGE = f"Not an answers file: a notebook of more than {LARGEST_NOTEBOOK:,} bytes, which is not read; {ASK}."
_BROKEN = f"Not an answers file: a notebook that cannot be read; {ASK}."


@dataclass(frozen=True, slots=True)
class _Held:
    """Answers found in a notebook.

    `sayable` is how the row tells where they stood.
    """

    data: bytes
    exercise: str
    revision: int
    saved: str
    sayable: str
    lost: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """Exercises go before lessons, then the later revision, then the answers file itself."""
        return (self.exercise.startswith("ex"), self.revision, not self.lost)


class _Cell(msgspec.Struct):
    outputs: list[msgspec.Raw] = []


class _Output(msgspec.Struct):
    data: dict[str, msgspec.Raw] = {}


class _Notebook(msgspec.Struct):
    cells: list[msgspec.Raw]
    metadata: dict[str, msgspec.Raw] = {}


def from_notebook(data: bytes) -> Found:
    """Return the answers file that a notebook holds, or in one sentence why there is none.

    Args:
        data: the notebook's bytes.
    """
    if len(data) > LARGEST_NOTEBOOK:
        return Found(b"", _TOO_LARGE, What.NOTEBOOK)
    try:
        notebook = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
        held = [*_from_outputs(notebook), *_from_widgets(notebook)]
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Found(b"", _BROKEN, What.NOTEBOOK)
    good = [one for one in held if one.exercise]
    if not good:
        # Something that says it is an answers file and cannot be read is told as any such file is.
        return (
            Found(held[0].data, "", What.NOTEBOOK, (_said(held[0]),))
            if held
            else Found(b"", _NONE, What.NOTEBOOK)
        )
    best = max(good, key=lambda one: one.rank)
    others = sorted({one.exercise for one in good} - {best.exercise})
    notes = [_said(best), *best.lost]
    if others:
        notes.append(
            f"The notebook also holds answers to {', '.join(others)}, which wait for a file."
        )
    return Found(best.data, "", What.NOTEBOOK, tuple(notes))


def _said(held: _Held) -> str:
    if not held.exercise:
        return "Read from a notebook."
    time = believable(held.saved)
    when = f", saved {time.replace('T', ' ').replace('Z', ' UTC')}" if time else ""
    return f"Read from a notebook: the answers {held.sayable} (revision {held.revision}{when})."


def _decoded(raw: msgspec.Raw, kind: Any) -> Any:
    """Return one part, or None where it has another form: the rest may still hold answers."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _from_outputs(notebook: _Notebook) -> Iterator[_Held]:
    left, refused = MOST_PARTS, 0
    for raw_cell in notebook.cells[:MOST_PARTS]:
        cell = _decoded(raw_cell, _Cell)
        for raw in cell.outputs if cell else ():
            left -= 1
            if left < 0:
                return
            if MIME.encode() not in bytes(raw):
                continue
            output = _decoded(raw, _Output)
            if output and MIME in output.data:
                held = _parsed(
                    bytes(output.data[MIME]), "as they stood when its hand-in cell was last run"
                )
                refused += not held.exercise
                if refused > MOST_REFUSED:
                    return
                yield held


def _parsed(data: bytes, sayable: str, lost: tuple[str, ...] = ()) -> _Held:
    try:
        file = parse_answers(data)
    except NotGradable:
        return _Held(data, "", -1, "", sayable)
    return _Held(data, file.exercise, file.revision, file.saved, sayable, lost)


class _Model(msgspec.Struct):
    state: dict[str, msgspec.Raw] = {}


class _States(msgspec.Struct):
    state: dict[str, msgspec.Raw] = {}


class _Ack(msgspec.Struct):
    revision: int = 0
    saved: str = ""


@dataclass(frozen=True, slots=True)
class _Answered:
    question: str
    student: str
    revision: int
    saved: str
    answer: dict[str, Any]


def _from_widgets(notebook: _Notebook) -> Iterator[_Held]:
    """Yield an answers file for each exercise whose widgets are kept with their state."""
    widgets = _decoded(notebook.metadata.get("widgets", msgspec.Raw(b"{}")), dict[str, msgspec.Raw])
    states = _decoded(widgets[_STATE], _States) if widgets and _STATE in widgets else None
    found: dict[str, dict[str, _Answered]] = {}
    left, ours = MAX_BYTES, frozenset(exercise_names())
    for raw in list(states.state.values())[:MOST_PARTS] if states else ():
        model = _decoded(raw, _Model)
        # No answers file is larger, so more than that is nobody's widgets.
        size = len(bytes(model.state.get("answer", b""))) if model else 0
        one = _answered(model) if size <= left else None
        left -= size if size <= left else 0
        if one is None or one.question.partition("/")[0] not in ours:
            continue
        exercise, _, question = one.question.partition("/")
        known = found.setdefault(exercise, {}).get(question)
        if known is None or one.revision > known.revision:
            found[exercise][question] = one
    for exercise, answers in sorted(found.items()):
        held = _put_together(exercise, answers)
        if held is not None:
            yield held


def _answered(model: _Model | None) -> _Answered | None:
    if model is None or not {"question", "answer"} <= model.state.keys():
        return None
    question = _decoded(model.state["question"], str)
    answer = _decoded(model.state["answer"], dict[str, Any])
    ack = _decoded(model.state.get("ack", msgspec.Raw(b"{}")), _Ack) or _Ack()
    student = _decoded(model.state.get("student", msgspec.Raw(b'""')), str) or ""
    if not question or not answer or not 0 <= ack.revision < 1_000_000_000:
        return None
    return _Answered(question, student, ack.revision, ack.saved, answer)


def _put_together(exercise: str, found: dict[str, _Answered]) -> _Held | None:
    try:
        asked = definition(exercise).questions
    except BriefingError:
        return None
    answers, lost = dict[str, Any](), list[str]()
    for name, one in found.items():
        question = asked.get(name)
        if question is None or one.answer.get("kind") != question.kind:
            continue
        try:
            article = any_article(question.article) if question.article else None
            answers[name] = to_file(one.answer, article)
        except (BriefingError, LookupError, TypeError, ValueError):
            lost.append(f"{name}: its state in the notebook cannot be read.")
    if not answers:
        return None
    last = max((found[name] for name in answers), key=lambda one: (one.revision, one.saved))
    tree = {
        "format": FORMAT,
        "version": VERSION,
        "exercise": exercise,
        "student": last.student or "not named",
        "revision": last.revision,
        "saved": last.saved[:300],
        "answers": answers,
    }
    try:
        data = json.dumps(tree, ensure_ascii=False).encode()
    except (ValueError, UnicodeError):
        return None
    return _parsed(data, "as its widgets held them when it was last saved", tuple(lost))
