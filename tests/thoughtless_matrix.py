"""Answers to a matrix that need no reading, and its right and a wrong one; asserts nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from briefing.corpus import any_article
from briefing.keys import Question
from briefing.keys.matrix import MatrixKey
from briefing.keys.matrix_words import model_cells
from briefing.keys.tokens import tokens


def filled(key: MatrixKey, present: bool | None, spans: dict[str, Any] | None = None) -> dict:
    """Return an answer that says the same in every cell, with `spans` by article."""
    return {
        "kind": "matrix",
        "cells": {
            cell.id: {"present": present, "spans": list((spans or {}).get(cell.article, ()))}
            for cell in key.cells
        },
    }


def thoughtless_matrices(question: Question, key: MatrixKey) -> Iterator[tuple[str, Any]]:
    """Yield answers without reading, each with its name."""
    articles = {name: any_article(name) for name in question.articles}
    whole = {name: [[0, len(a.text)]] for name, a in articles.items()}
    sentences = {
        name: [[s.span.start, s.span.end] for s in a.sentences][:200]
        for name, a in articles.items()
    }
    lines = {n: [[s.span.start, s.span.end] for s in a.segments] for n, a in articles.items()}
    words = {name: [list(s) for s in tokens(a.text)][:200] for name, a in articles.items()}
    yield "nothing decided", filled(key, None)
    for present in (True, False):
        said = "yes" if present else "no"
        yield f"all {said}", filled(key, present)
        for painted, spans in {
            "the whole text": whole,
            "every sentence": sentences,
            "every line": lines,
            "every word": words,
        }.items():
            yield f"all {said}, {painted}", filled(key, present, spans)
    functions = list(dict.fromkeys(cell.function for cell in key.cells))
    first = {name: some[:2] for name, some in sentences.items()}
    for said in product((True, False), repeat=len(functions)):
        answer = filled(key, None)
        for cell in key.cells:
            answer["cells"][cell.id]["present"] = said[functions.index(cell.function)]
        yield f"the same of every text: {said}", answer
    for size in (20, 40, 60):
        yield from _one_left_out(key, functions, _cut(articles, size), f"every {size} words")
    for painted, spans in {"two sentences": first, "every sentence": sentences}.items():
        yield from _one_left_out(key, functions, spans, painted)
    for size in (8, 12, 20, 30, 40, 60):
        answer = filled(key, True)
        for number, (name, cell) in enumerate(answer["cells"].items()):
            found = tokens(articles[name.partition("/")[0]].text)
            cell["spans"] = [
                [found[at][0], found[min(at + size, len(found)) - 1][1]]
                for at in range(number % 4, len(found), size)
            ][:200]
        yield f"all yes, every {size} words, moved by a word from cell to cell", answer


def _cut(articles: dict[str, Any], size: int) -> dict[str, Any]:
    """Return each text in pieces of so many words."""
    found = {name: tokens(article.text) for name, article in articles.items()}
    return {
        name: [
            [some[at][0], some[min(at + size, len(some)) - 1][1]]
            for at in range(0, len(some), size)
        ][:200]
        for name, some in found.items()
    }


def _one_left_out(
    key: MatrixKey, functions: list[str], spans: dict[str, Any], painted: str
) -> Iterator[tuple[str, Any]]:
    """Yield all yes and painted, but for one function of each text, so that no word stands in all."""
    texts = list(dict.fromkeys(cell.article for cell in key.cells))
    for turn in range(len(functions)):
        for by_turns in (False, True):
            answer = filled(key, True, spans)
            for cell in key.cells:
                number = turn + (texts.index(cell.article) if by_turns else 0)
                if cell.function == functions[number % len(functions)]:
                    answer["cells"][cell.id] = {"present": True, "spans": []}
            said = "another one" if by_turns else "one"
            yield f"all yes, {painted}, {said} left out ({turn})", answer


def right_and_wrong(key: MatrixKey) -> tuple[dict, dict]:
    """Return the answer that the key stands for, and one with one cell turned round."""
    cells = model_cells(key)
    first = key.cells[0]
    turned = {**cells, first.id: {"present": not first.present, "spans": []}}
    return {"kind": "matrix", "cells": cells}, {"kind": "matrix", "cells": turned}
