"""Numbers that follow from a student's own answer to an earlier question; marks nothing.

A table may ask what share of the words each voice has *by the student's own labels*: who labelled
differently from the key and counted rightly is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.corpus import Article
from briefing.keys.tokens import TOKEN

Answers = Mapping[str, Mapping[str, Any]]
"""The other answers of the same file, in compact form, by question id."""


@dataclass(frozen=True)
class OwnShare:
    """Percent of the words of the labelled sentences that carry one of some labels.

    Attributes:
        question: the labels question whose answer is counted.
        column: the field of the labels there.
        offered: every label of that question; others are taken as none.
        share: the labels that are counted.
        words: sentence id → number of its words, for every sentence asked there.
    """

    question: str
    column: str
    offered: frozenset[str]
    share: frozenset[str]
    words: Mapping[str, int] = field(repr=False)

    def of(self, answers: Answers | None) -> float | None:
        """Return the share in percent, 0 to 100; None where nothing is labelled yet."""
        counted = self._labelled(answers)
        total = sum(self.words[name] for name in counted)
        part = sum(self.words[name] for name, label in counted.items() if label in self.share)
        return 100 * part / total if total else None

    def labelled(self, answers: Answers | None) -> int:
        """Return how many of the sentences asked there have a label."""
        return len(self._labelled(answers))

    def _labelled(self, answers: Answers | None) -> dict[str, str]:
        payload = (answers or {}).get(self.question) or {}
        if payload.get("kind") != "labels":
            return {}
        labels = payload.get("labels", {})
        given = {name: labels.get(name, {}).get(self.column, "") for name in self.words}
        return {name: label for name, label in given.items() if label in self.offered}


def words_of(article: Article, sentences: tuple[str, ...]) -> dict[str, int]:
    """Return how many words each sentence has; `Su-25SM` and `1,631` are one word each."""
    return {name: len(TOKEN.findall(article.words(name))) for name in sentences}
