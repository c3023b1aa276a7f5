"""What is said about a matrix: the sentences and the key's words to show; decides no points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.keys.definitions import Question
from briefing.keys.matrix import YES, MatrixKey
from briefing.keys.results import ItemResult, QuestionResult, Verdict


def standing(result: QuestionResult) -> list[str]:
    """Say how a matrix stands: cells right in full, and how many lack the words that show them."""
    said = [f"You got {result.found} of {result.of} cells right."]
    near = sum(item.verdict is Verdict.NEAR for item in result.items)
    if near:
        lack = "the words for it are missing, others or too many"
        said.append(f"In {near} more your yes is right, and {lack}.")
    if result.score == 1:
        said.append("That is full marks.")
    else:
        said.append(
            "Half is for the words. Half is for yes and no: both weigh the same, and points are given "
            "only for more than the same answer in every cell would get."
        )
    return said


def opening(item: ItemResult) -> str:
    """Say what the verdict on one cell means, without its reason."""
    wanted = item.expected
    match item.verdict:
        case Verdict.RIGHT if wanted == YES:
            return "Yes, and your words show it."
        case Verdict.RIGHT:
            return "No: nothing in the text does it."
        case Verdict.NEAR if item.counted:
            return "Yes, and some of your words show it, but too many do not."
        case Verdict.NEAR if item.counted is None:
            return "Yes, but no words are attached that show it."
        case Verdict.NEAR:
            return "Yes, but the words that show it are others."
        case Verdict.MISSED:
            return f"Not decided; it is: {wanted}."
        case _:
            return f"You said {item.label}; it is {wanted}."


def kept_back(count: int) -> str:
    """Say how many cells are not decided yet; empty where all are."""
    if not count:
        return ""
    cells = "1 cell is" if count == 1 else f"{count} cells are"
    return f"{cells} not decided yet; reasons come where you have decided."


def key_marks(key: MatrixKey, payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the key's spans as marks with their article, where the student has attached words.

    One yes must not buy the places: who has only decided is told the reason, not where it stands.
    """
    cells = payload.get("cells", {})
    return [
        {"article": cell.article, "start": start, "end": end, "label": cell.function}
        for cell in key.cells
        if (cells.get(cell.id) or {}).get("spans")
        for start, end in cell.spans
    ]


def model_cells(key: MatrixKey) -> dict[str, Any]:
    """Return the cells that earn full marks."""
    return {
        cell.id: {"present": cell.present, "spans": [list(span) for span in cell.spans]}
        for cell in key.cells
    }


def unfinished(question: Question, cells: Mapping[str, Any]) -> str:
    """Say how many cells are decided, as in "3 of 8 cells"; empty where all are."""
    asked = [f"{article}/{f.id}" for article in question.articles for f in question.functions]
    done = sum((cells.get(name) or {}).get("present") is not None for name in asked)
    return f"{done} of {len(asked)} cells" if done < len(asked) else ""
