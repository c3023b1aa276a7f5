"""The file of one answer that a widget offers when it cannot save; reads it, keeps nothing.

The browser writes it without Python, so it holds the compact form that widgets use. It is as hostile
as any other file until it has come through here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from briefing.answers.read import NotGradable, read_json, read_tree
from briefing.answers.schema import Line, Student

FORMAT = "reading-the-briefing/unsaved-answer"


class UnsavedAnswer(Struct, frozen=True):
    """One answer that Python may never have had, in compact form."""

    format: Literal["reading-the-briefing/unsaved-answer"]
    version: Literal[1]
    question: Annotated[str, Meta(pattern="^[a-z]{1,20}[0-9]{2}/[a-z][a-z0-9_-]{0,39}$")]
    answer: dict[str, Any]
    student: Student | Literal[""] = ""
    when: Line = ""

    @property
    def place(self) -> tuple[str, str]:
        """The exercise and the question's id in it."""
        exercise, _, question = self.question.partition("/")
        return exercise, question


def is_unsaved(data: bytes) -> bool:
    """Say whether `data` calls itself the file of one unsaved answer.

    Raises:
        NotGradable: the bytes are no JSON that may be read.
    """
    tree = read_json(data)
    return isinstance(tree, dict) and tree.get("format") == FORMAT


def parse_unsaved(data: bytes) -> UnsavedAnswer:
    """Return the answer in `data`; whether it fits its question is for the store to say.

    Raises:
        NewerVersion: a later version of the course has written it.
        NotGradable: anything else that keeps it from being read, in one sentence.
    """
    try:
        return msgspec.convert(read_tree(data, FORMAT), UnsavedAnswer)
    except msgspec.ValidationError as error:
        words = str(error).replace("`", "").replace(" - at $.", " in ").replace(" - at $", "")
        raise NotGradable(
            f"The file of one answer cannot be read: {words[:300]}; it was changed by hand."
        ) from None
