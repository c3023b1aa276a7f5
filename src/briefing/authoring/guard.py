"""What must hold for every stored notebook; returns sentences about what does not, mends nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from briefing.authoring.store import CELL_METADATA, METADATA, WIDGET_TYPES, Notebook

CARD = ("question", "product", "minutes", "you need", "20-minute cut")
MOST_STATEMENTS = 3
MOST_CODE_CELLS = 3

_ASKED = re.compile(r"""\.ask\(\s*["']([^"']+)["']""")
_PLACE = re.compile(
    r"""(?<![\w:/.<])/(?:home|root|tmp|Users|work|usr|opt|var|mnt|srv)/|\b[A-Z]:\\\\?\w"""
)


def problems(notebook: Notebook, stem: str, asked: list[str] | None = None) -> list[str]:
    """Return what is wrong with a stored notebook, a sentence each.

    Args:
        notebook: the notebook.
        stem: its file's name without the ending; `02-…` is a lesson, `ex02-…` an exercise.
        asked: the ids of the questions that its question file holds, in order, if it has one.
    """
    return [
        *_executed(notebook),
        *_clean(notebook),
        *_portable(notebook),
        *_rhythm(notebook),
        *_opening(notebook, lesson=stem[:1].isdigit()),
        *_questions(notebook, asked),
    ]


def _code(notebook: Notebook) -> list[Notebook]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _executed(notebook: Notebook) -> Iterator[str]:
    counts = [cell.execution_count for cell in _code(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"Its code cells were not run in order: {counts}."
    for cell in _code(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"Cell {cell.id} stopped with {output.ename}."
            if output.output_type == "stream" and output.name == "stderr":
                yield f"Cell {cell.id} printed a warning: {output.text[:80]!r}."


def _clean(notebook: Notebook) -> Iterator[str]:
    if dict(notebook.metadata) != METADATA:
        yield f"Its metadata holds more or less than the kernel: {sorted(notebook.metadata)}."
    ids = [cell.get("id", "") for cell in notebook.cells]
    if len(set(ids)) < len(ids) or not all(ids):
        yield "Two of its cells have the same id, or one has none."
    for cell in notebook.cells:
        stray = set(cell.metadata) - set(CELL_METADATA)
        if stray:
            yield f"Cell {cell.get('id')} has metadata that is not stored: {sorted(stray)}."
    for cell in _code(notebook):
        for output in cell.outputs:
            for kind in set(output.get("data", {})) & set(WIDGET_TYPES):
                yield f"Cell {cell.id} holds {kind}."


def _portable(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.cells:
        texts = [cell.source]
        if cell.cell_type == "code":
            texts += [text for output in cell.outputs for text in _texts(output)]
        for text in texts:
            found = _PLACE.search(text)
            if found:
                around = text[max(0, found.start() - 20) : found.end() + 20]
                yield f"Cell {cell.get('id')} names a place on one computer: {around!r}."


def _texts(output: Notebook) -> list[str]:
    """The words of an output; pictures have none."""
    data = output.get("data", {})
    said = [output.get("text", ""), *(v for k, v in data.items() if k.startswith("text/"))]
    return [text if isinstance(text, str) else "".join(text) for text in said]


def _rhythm(notebook: Notebook) -> Iterator[str]:
    kinds = [cell.cell_type for cell in notebook.cells]
    for kind, run in groupby(kinds):
        length = len(list(run))
        if kind == "code" and length > MOST_CODE_CELLS:
            yield f"It has {length} code cells in a row; {MOST_CODE_CELLS} is the most."
    if kinds.count("markdown") < kinds.count("code"):
        yield "It has more code cells than cells of prose."
    for cell in _code(notebook):
        if not cell.source.strip():
            yield f"Cell {cell.id} is empty."
            continue
        statements = len(ast.parse(cell.source).body)
        if statements > MOST_STATEMENTS:
            yield f"Cell {cell.id} has {statements} statements; {MOST_STATEMENTS} is the most."


def _opening(notebook: Notebook, *, lesson: bool) -> Iterator[str]:
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "It does not open with its title."
        return
    opening = "\n".join(c.source for c in notebook.cells[:2] if c.cell_type == "markdown")
    missing = [field for field in CARD if field not in opening.lower()]
    if lesson and missing:
        yield f"Its card lacks: {', '.join(missing)}."


def _questions(notebook: Notebook, asked: list[str] | None) -> Iterator[str]:
    named = []
    for cell in _code(notebook):
        here = _ASKED.findall(cell.source)
        question: Any = cell.metadata.get("briefing", {}).get("question")
        if here != ([question] if question else []):
            yield f"Cell {cell.id} asks {here} and is filed under {question!r}."
        named += here
    if asked is not None and named != asked:
        yield f"It asks {named}, and its question file holds {asked}."
    if asked is None and named:
        yield f"It asks {named} and has no question file."
