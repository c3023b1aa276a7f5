"""Turn an answer between the compact form widgets hold and the form of the file; reads no file.

The compact form of marks is `{"id", "start", "end", "label", "note", "source"}`; everything else is
alike in both forms but for the article's SHA-256, which only the file carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, get_args

import msgspec

from briefing.answers.read import check_answer, is_deep
from briefing.answers.schema import MAX_DEPTH, MOST_MARKS, Answer, Marks
from briefing.answers.tree import AROUND
from briefing.answers.w3c import HasText, Mark, MarkNotPlaced, mark_from_w3c, mark_to_w3c
from briefing.errors import BriefingError

DEEPEST = MAX_DEPTH - AROUND
"""How deep an answer may be nested that is to be saved; what is unknown in a file may be deeper."""
_OF_AN_ANSWER = {name for kind in get_args(Answer) for name in ("kind", *kind.__struct_fields__)}
_OF_A_MARK = {"id", "start", "end", "label", "note", "source"}


class WrongAnswer(BriefingError):
    """An answer that the answers file cannot hold."""


class HasSum(HasText, Protocol):
    """An article with the SHA-256 of its file."""

    @property
    def sha256(self) -> str:
        """The sum, in hexadecimal."""


Made = tuple[dict[str, Any], dict[str, Any]]
"""An answer in the file's form, and the compact one that it was made from; neither is changed."""


def to_file(
    payload: dict[str, Any],
    article: HasSum | None = None,
    before: dict[str, Any] | None = None,
    last: Made | None = None,
) -> dict[str, Any]:
    """Return a compact answer in the file's form.

    Args:
        payload: the compact answer.
        article: the text it is about; needed for labels and marks.
        before: what the file holds for the question now; fields unknown to us are kept from it, and
            marks that cannot be placed in the text are kept aside under `unplaced`.
        last: what this function has returned last, and for what. Where `before` is that very object
            only the marks that differ are made and checked anew: of a thousand it is mostly one.

    Raises:
        WrongAnswer: the payload breaks the schema or marks words outside the text.
    """
    kind = payload.get("kind")
    if before is None or before.get("kind") != kind:
        before = {}
    known = payload.keys()
    answer = {**{k: v for k, v in before.items() if k not in known}, **payload}
    if kind in ("labels", "marks"):
        if article is None or payload.get("article") != article.id:
            raise WrongAnswer(f"The answer is about {payload.get('article')!r}, which is unknown.")
        answer["sha256"] = article.sha256
    checked = answer
    if kind == "marks" and article is not None:
        standing = last if last and _same(last[0], before, article) else None
        marks, new = _marks_to_file(payload, article, before, _known(standing) if standing else {})
        answer["marks"] = marks
        unplaced = [] if standing else _unplaced(before, article.text)
        aside = before.get("unplaced", [])
        lost = [*(aside if isinstance(aside, list) else [aside]), *unplaced]
        if lost:
            answer["unplaced"] = lost
        if len(marks) <= MOST_MARKS:
            checked = {**answer, "marks": new}
    wrong = check_answer(checked)
    if wrong:
        raise WrongAnswer(f"The answer cannot be kept: {wrong}")
    return answer


def to_compact(answer: Answer | dict[str, Any], text: str | None = None) -> dict[str, Any]:
    """Return an answer of the file in compact form.

    Args:
        answer: the answer, typed or as the file holds it.
        text: the article's text; needed for marks.

    Raises:
        MarkNotPlaced: a mark of a *typed* answer has no place in the text. From a plain dict such
            marks are left out, as the store keeps them aside.
    """
    if isinstance(answer, dict):
        compact = {k: v for k, v in answer.items() if k not in ("sha256", "unplaced", "changed")}
        if is_deep(compact, DEEPEST):
            compact = {
                k: v
                for k, v in compact.items()
                if k in _OF_AN_ANSWER or not is_deep(v, DEEPEST - 1)
            }
        if answer.get("kind") == "marks":
            compact["marks"] = [
                {**_extras(raw), **_compact_mark(mark)}
                for raw, mark in _placed(answer, text or "")
                if mark
            ]
        return compact
    if isinstance(answer, Marks):
        return {
            "kind": "marks",
            "article": answer.article,
            "attempts": answer.attempts,
            "marks": [_compact_mark(mark_from_w3c(mark, text or "")) for mark in answer.marks],
        }
    plain: dict[str, Any] = msgspec.to_builtins(answer)
    plain.pop("sha256", None)
    return plain


def is_empty(payload: Mapping[str, Any] | None) -> bool:
    """Say whether an answer holds nothing yet: the one judge for the board, the receipt and the marker.

    A blank label, a cell of spaces and a bare "cannot say yet" are nothing; a nought is something. An
    answer of a kind that is not known here may hold something.
    """
    if not payload:
        return True
    match payload.get("kind"):
        case "labels":
            return not any(
                value for labels in payload.get("labels", {}).values() for value in labels.values()
            )
        case "marks":
            return not payload.get("marks")
        case "choice":
            return not payload.get("chosen")
        case "text":
            return not str(payload.get("text", "")).strip()
        case "table":
            return not _anything(payload.get("rows", {}))
        case "cards":
            return not _anything(payload.get("cards", {}))
        case "matrix":
            cells = payload.get("cells", {}).values()
            return not any(
                cell and (cell.get("present") is not None or cell.get("spans")) for cell in cells
            )
        case _:
            return False


def _anything(entered: Mapping[str, Mapping[str, Any]]) -> bool:
    values = (value for cells in entered.values() for value in cells.values())
    return any(value is not None and str(value).strip() for value in values)


def _same(last: dict[str, Any], before: dict[str, Any], article: HasSum) -> bool:
    """Say whether the file still holds what was made last, for the text as it is."""
    return last is before and last.get("sha256") == article.sha256


def _known(last: Made) -> dict[str, Made]:
    """The marks that were made last, by id: each in the file's form and as it was given."""
    made, given = last
    known = {
        str(compact["id"]): (raw, compact)
        for raw, compact in zip(made["marks"], given["marks"], strict=True)
    }
    return known if len(known) == len(made["marks"]) else {}


def _marks_to_file(
    payload: dict[str, Any], article: HasSum, before: dict[str, Any], known: dict[str, Made]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return all marks in the file's form, and those of them that are new or changed."""
    marks = payload.get("marks")
    if not isinstance(marks, list):
        raise WrongAnswer("The answer cannot be kept: its marks are not a list.")
    old = {str(raw.get("id", "")): raw for raw in before.get("marks", [])}
    kept, new = [], []
    for raw in marks:
        made = _made(raw, article, old, known)
        kept.append(made[0])
        if made[1]:
            new.append(made[0])
    return kept, new


def _made(
    raw: Any, article: HasSum, old: dict[str, dict[str, Any]], known: dict[str, Made]
) -> tuple[dict[str, Any], bool]:
    """Return one mark in the file's form, and whether it had to be made anew."""
    try:
        name = str(raw["id"])
        before = known.get(name)
        if before and before[1] == raw:
            return before[0], False
        mark = Mark(
            id=name,
            start=_offset(raw["start"]),
            end=_offset(raw["end"]),
            label=str(raw.get("label", "")),
            note=str(raw.get("note") or ""),
            source=str(raw["source"]) if raw.get("source") else None,
        )
        made = mark_to_w3c(mark, article)
    except MarkNotPlaced as problem:
        raise WrongAnswer(str(problem)) from None
    except (KeyError, TypeError, AttributeError):
        raise WrongAnswer(
            "A mark cannot be kept: it needs an id, a start and an end in whole numbers."
        ) from None
    extras = {k: v for k, v in raw.items() if k not in _OF_A_MARK}
    return {**old.get(made["id"], {}), **extras, **made}, True


def _offset(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is no place in a text.")
    return value


def _placed(answer: dict[str, Any], text: str) -> list[tuple[dict[str, Any], Mark | None]]:
    pairs: list[tuple[dict[str, Any], Mark | None]] = []
    for raw in answer.get("marks", []):
        try:
            pairs.append((raw, mark_from_w3c(raw, text)))
        except MarkNotPlaced:
            pairs.append((raw, None))
    return pairs


def _unplaced(answer: dict[str, Any], text: str) -> list[dict[str, Any]]:
    return [raw for raw, mark in _placed(answer, text) if mark is None]


def _extras(raw: dict[str, Any]) -> dict[str, Any]:
    """What another tool says of a mark; its own word for one of our parts stays in the file alone.

    So does what it has put one into the other so often that it could not be written from here.
    """
    ours = {"@context", "type", "body", "target", *_OF_A_MARK}
    return {k: v for k, v in raw.items() if k not in ours and not is_deep(v, DEEPEST - 3)}


def _compact_mark(mark: Mark) -> dict[str, Any]:
    compact: dict[str, Any] = {
        "id": mark.id,
        "start": mark.start,
        "end": mark.end,
        "label": mark.label,
        "note": mark.note,
    }
    if mark.source:
        compact["source"] = mark.source
    return compact
