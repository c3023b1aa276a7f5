"""How a made-up student fills a matrix: from the key, with errors; nobody real is in it."""

from __future__ import annotations

import random
from typing import Any

from briefing.keys.matrix import MatrixCell, MatrixKey


def matrix_answer(
    key: MatrixKey, knows: float, skips: float, slips: float, rng: random.Random
) -> dict[str, Any]:
    """Return an answer in compact form; the chances are those of a `Habit`, from 0 to 1."""
    cells = {}
    for cell in key.cells:
        if rng.random() < skips / 2:
            continue
        present = cell.present if rng.random() < knows else rng.random() < 0.5
        spans = [_words(key, cell, knows, slips, rng)] if present else []
        cells[cell.id] = {"present": present, "spans": spans}
    return {"kind": "matrix", "attempts": 0, "cells": cells}


def _words(
    key: MatrixKey, cell: MatrixCell, knows: float, slips: float, rng: random.Random
) -> list[int]:
    index = key.index[cell.article]
    if cell.spans and rng.random() < knows:
        covered = index.positions(*rng.choice(cell.spans))
    else:
        first = rng.randrange(len(index.starts))
        covered = range(first, min(first + rng.randrange(3, 20), len(index.starts)))
    last = min(covered.stop, len(index.starts) - 1) if rng.random() < slips else covered.stop - 1
    return [index.starts[covered.start], index.ends[last]]
