"""Handing in: the file as it goes to the teacher, and a receipt; sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.answers.payload import is_empty
from briefing.answers.store import AnswersStore


@dataclass(frozen=True, slots=True)
class HandInFile:
    """A file to download, and what its receipt says.

    `empty` holds the titles of the questions that hold no answer yet.
    """

    name: str
    data: bytes
    revision: int
    saved_iso: str
    empty: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The receipt in words."""
        when = self.saved_iso.replace("T", " ").replace("Z", " UTC") or "not saved yet"
        left = f"Still empty: {', '.join(self.empty)}." if self.empty else "Nothing is empty."
        return f"{self.name}: revision {self.revision}, {when}. {left}"


def hand_in(store: AnswersStore, questions: Mapping[str, str]) -> HandInFile:
    """Return the file to hand in, fresh from the disk.

    Args:
        store: the exercise's answers.
        questions: question id → title, of every question that asks for an answer.

    Raises:
        AnswersUnreadable: the file on disk cannot be read.
    """
    store.reload()
    answers = store.answers()
    return HandInFile(
        name=store.download_name(),
        data=store.file_bytes(),
        revision=store.revision,
        saved_iso=store.saved_iso,
        empty=tuple(title for q, title in questions.items() if is_empty(answers.get(q))),
    )
