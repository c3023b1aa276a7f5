"""Make the key of a matrix ready from its question and its key file; scores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from briefing.corpus import any_article
from briefing.keys.definitions import DefinitionError, Question
from briefing.keys.matrix import MatrixCell, MatrixEntry, MatrixKey
from briefing.keys.tokens import TokenIndex


def matrix_key(question: Question, cells: Mapping[str, Any]) -> MatrixKey:
    """Return the key of a matrix question.

    Args:
        question: what is asked: `articles` and `functions`.
        cells: what the key file holds under `cells`: cell id → `present`, `spans`, `why`.

    Raises:
        DefinitionError: a cell is missing, unknown or wrong, or one answer throughout would do.
    """
    articles = {name: any_article(name) for name in question.articles}
    asked = [(a, f.id) for a in question.articles for f in question.functions]
    ids = [f"{article}/{function}" for article, function in asked]
    if set(ids) != set(cells) or not ids:
        odd = ", ".join(sorted(set(ids) ^ set(cells))) or "no cell at all"
        raise DefinitionError(
            f"The key of question {question.id} must hold each cell of its matrix once and no "
            f"other; look at {odd}."
        )
    keys = []
    for (article, function), name in zip(asked, ids, strict=True):
        try:
            entry = msgspec.convert(cells[name], MatrixEntry)
        except msgspec.ValidationError as problem:
            raise DefinitionError(
                f"The key of question {question.id} is wrong at {name}: {problem}."
            ) from problem
        length = len(articles[article].text)
        if any(not 0 <= start < end <= length for start, end in entry.spans):
            raise DefinitionError(f"A span of {question.id} {name} lies outside article {article}.")
        if entry.present is not bool(entry.spans):
            raise DefinitionError(
                f"The cell {name} of question {question.id} needs spans where it says yes, and none "
                "where it says no."
            )
        spans = tuple(sorted(entry.spans))
        keys.append(MatrixCell(name, article, function, entry.present, spans, entry.why))
    if len({cell.present for cell in keys}) < 2:
        raise DefinitionError(
            f"Question {question.id} can be answered with one word throughout; ask for cells of "
            "both kinds."
        )
    index = {name: TokenIndex(article.text) for name, article in articles.items()}
    return MatrixKey(tuple(keys), index)
