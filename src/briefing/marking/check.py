"""Say in plain words whether a file can be marked and what is still empty; shows no scores."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.answers.payload import is_empty
from briefing.answers.read import NotGradable, parse_answers
from briefing.corpus import any_article
from briefing.errors import BriefingError
from briefing.keys import Question, definition
from briefing.marking.compact import compact
from briefing.marking.hand_ins import NothingToMark, Ref, listed, read
from briefing.marking.hand_ins.archives import is_zip
from briefing.marking.hand_ins.folders import shown
from briefing.visible import visible


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a file can be marked, and the sentences that say so."""

    can_be_marked: bool
    sentences: tuple[str, ...]


def check_paths(paths: Iterable[Path]) -> Iterator[tuple[Path, Checked]]:
    """Look at files, and at every file in the folders and zips among them, as the marker would."""
    for path in paths:
        if not (path.is_dir() or (is_zip(path.name) and path.is_file())):
            yield path, check_file(path)
            continue
        empty = True
        try:
            refs = list(listed(path))
        except NothingToMark as problem:
            yield path, Checked(False, (str(problem),))
            continue
        for ref in refs:
            empty = False
            yield path / ref.path, _found(ref)
        if empty:
            yield (
                path,
                Checked(
                    False, (f"There is no file in this {'folder' if path.is_dir() else 'zip'}.",)
                ),
            )


def check_file(path: Path) -> Checked:
    """Look at one file as the marker would; needs no key, so that students can use it, too."""
    try:
        if path.is_dir():
            return Checked(False, ("It is a folder; give the answers file itself.",))
        if not path.exists():
            return Checked(False, ("There is no such file.",))
        if not path.is_file():  # a pipe or a device: it could be read for ever
            return Checked(False, ("It is not an ordinary file; give the answers file itself.",))
    except OSError as problem:
        return Checked(False, (f"It cannot be read ({problem.strerror}).",))
    # The marker follows no link in a folder; a file that somebody names may be one.
    return _found(Ref(shown(path.name), os.path.realpath(path)))


def _found(ref: Ref) -> Checked:
    """Look at a file of any kind: what is no answers file may hold one, or has a sentence of its own."""
    found = read(ref)
    checked = Checked(False, (found.problem,)) if found.problem else check_bytes(found.data)
    return Checked(checked.can_be_marked, (*checked.sentences, *found.notes))


def check_bytes(data: bytes) -> Checked:
    """Look at the bytes of one answers file. What cannot be seen is shown as a sign."""
    checked = _check(data)
    return Checked(checked.can_be_marked, tuple(visible(said) for said in checked.sentences))


def _check(data: bytes) -> Checked:
    try:
        file = parse_answers(data)
    except NotGradable as problem:
        return Checked(False, (problem.reason,))
    try:
        asked = definition(file.exercise)
        articles = {q.article: any_article(q.article) for q in asked.question if q.article}
    except BriefingError as problem:  # the course is to blame here, and the sentence says so
        return Checked(False, (str(problem),))
    said = [
        f"{file.exercise} by {file.student[:60]}, revision {file.revision}"
        + (f", saved {file.saved[:40]}" if file.saved else "")
        + "."
    ]
    empty, notes = [], []
    for question in asked.question:
        answer = file.answers.get(question.id)
        payload = None if answer is None else compact(answer, articles.get(question.article))
        if is_empty(payload) and not (payload or {}).get("given"):
            empty.append(question.id)
        elif payload is not None:
            notes += [f"{question.id}: {note}" for note in payload.get("notes", ())[:5]]
            notes += _unknown_labels(question, payload)
            if payload["kind"] != question.kind:
                notes.append(f"{question.id}: the answer is of another kind than the question.")
    stray = [name for name in file.answers if name not in asked.questions]
    if stray:
        notes.append(f"Not questions of {file.exercise}: {', '.join(stray[:5])}.")
    if len(empty) == len(asked.question):
        said.append("Nothing is answered yet.")
    elif empty:
        said.append(f"Still empty: {', '.join(empty)}.")
    else:
        said.append("Every question is answered.")
    return Checked(True, (*said, *notes))


def _unknown_labels(question: Question, payload: Mapping[str, Any]) -> list[str]:
    offered = {label.id for label in question.labels}
    given = [labels.get(question.field, "") for labels in payload.get("labels", {}).values()]
    given += [mark["label"] for mark in payload.get("marks", ())]
    unknown = sorted({label for label in given if label and offered and label not in offered})
    return [f"{question.id}: {label[:40]!r} is not one of the labels." for label in unknown[:5]]
