"""What is said of tables and cards: how they stand, and a sentence for each cell; decides no points.

The words are for a 16-year-old; ids become the names that the student saw.
"""

from __future__ import annotations

from typing import Any

from briefing.keys.asked_cells import Column
from briefing.keys.definitions import Question
from briefing.keys.results import ItemResult, QuestionResult, Verdict
from briefing.keys.table_cells import shown_value

GATE = ":gate"
BEYOND = (
    "Each kind of answer weighs the same, and points are given only for more than the same answer in "
    "every place would get."
)
ROUNDING = 0.005


def standing(result: QuestionResult, definition: Question) -> list[str]:
    """Say in sentences how many cells, or decisions and gates, are right."""
    if definition.kind == "table":
        noun = "cell" if result.of == 1 else "cells"
        said = [f"You got {result.found} of {result.of} {noun} right."]
    else:
        noun = "decision" if result.of == 1 else "decisions"
        said = [f"You got {result.found} of {result.of} {noun} right."]
        gates = [item for item in result.items if item.target.endswith(GATE)]
        if gates:
            right = sum(item.verdict is Verdict.RIGHT for item in gates)
            said.append(f"Gates right, where the decision is right, too: {right} of {len(gates)}.")
    if result.score == 1:
        said.append("That is full marks.")
    elif not result.score and result.found:
        said.append("No points yet: the same answer in every place would have got as many.")
    elif result.score and (definition.kind == "cards" or not _plain(result)):
        said.append(BEYOND)
    if _has_unchecked_words(result, definition):
        said.append("What you wrote in words is not checked here.")
    return said


def _has_unchecked_words(result: QuestionResult, definition: Question) -> bool:
    """Say whether the table has a column for words in which no cell has a key."""
    checked = {item.target.rpartition(":")[2] for item in result.items}
    return any(one.type == "text" and one.id not in checked for one in definition.columns)


def _plain(result: QuestionResult) -> bool:
    """Say whether the points follow from the count of right cells alone."""
    return abs((result.score or 0) - result.found / max(result.of, 1)) < ROUNDING


def named(item: ItemResult, definition: Question) -> tuple[str, str]:
    """Return what was given and what is right, as the student saw it."""
    if definition.kind == "cards":
        offered = definition.gates if item.target.endswith(GATE) else definition.decisions
        names = {one.id: one.name for one in offered}
        return names.get(item.label, item.label), names.get(item.expected, item.expected)
    column = column_of(item.target, definition)
    if column is None:
        return item.label, item.expected
    return tuple(value_words(column, value) for value in (item.label, item.expected))  # type: ignore[return-value]


def column_of(target: str, definition: Question) -> Column | None:
    """Return the column of a cell that feedback is about."""
    name = target.rpartition(":")[2]
    return next((column for column in definition.columns if column.id == name), None)


def value_words(column: Column, value: Any) -> str:
    """Return a cell's value as a student saw it: an option's words, a number with its unit."""
    if value is None or value == "":
        return ""
    if column.type == "choice":
        option = next((option for option in column.options if option.id == value), None)
        return (option.text or option.sentence) if option else str(value)[:200]
    shown = shown_value(column.type, value)
    if column.type == "number" and column.unit and shown[-1:].isdigit():
        return f"{shown}\u00a0{column.unit}"
    return shown


def opening(item: ItemResult) -> str:
    """Say what a verdict on one cell, decision or gate means."""
    match item.verdict:
        case Verdict.RIGHT:
            return "Right."
        case Verdict.NEAR:
            return "Nearly."
        case Verdict.MISSED:
            return "Still empty."
        case Verdict.NOTE:
            return ""
        case _:
            return "Not right."
