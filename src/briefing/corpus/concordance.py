"""A concordance: every place of a word in a story, one line each, with the words around it.

The words come from the article by span each time. It counts nothing and judges nothing; whether a
place stands inside quotation marks is for the reader to see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from briefing.corpus.absence import find_words
from briefing.corpus.articles import LABELLED_PARTS, Article, any_article
from briefing.corpus.spans import Span, plain

AROUND = 60
"""How many code points are shown on each side, at most."""

_CELL = "padding: 1px 6px; white-space: pre-wrap; vertical-align: top"


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the sentence it stands in, the words to its left, the word, those to its right."""

    sentence: str
    left: str
    word: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """Every place of a word in an article, in the text's order.

    Attributes:
        word: what was looked for.
        article: the id of the text.
        constructed: whether we wrote the text for this course.
        lines: one for each place. `pandas.DataFrame(found.lines)` makes a table of them.
    """

    word: str
    article: str
    constructed: bool
    lines: tuple[Line, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def __repr__(self) -> str:
        width = max((len(line.left) for line in self.lines), default=0)
        return "\n".join(
            [
                self._head(),
                *(
                    f"{line.sentence}  {line.left:>{width}}[{line.word}]{line.right}"
                    for line in self.lines
                ),
            ]
        )

    def _head(self) -> str:
        places = "1 place" if len(self) == 1 else f"{len(self)} places"
        made = " (constructed)" if self.constructed else ""
        return f"“{self.word}” in article {self.article}{made}: {places}"

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="{_CELL}"><code>{escape(line.sentence)}</code></td>'
            f'<td style="{_CELL}; text-align: right">{escape(line.left)}</td>'
            f'<td style="{_CELL}; text-align: center"><b>{escape(line.word)}</b></td>'
            f'<td style="{_CELL}; text-align: left">{escape(line.right)}</td></tr>'
            for line in self.lines
        )
        head = "".join(
            f'<th style="{_CELL}; text-align: {side}">{name}</th>'
            for name, side in (
                ("sentence", "left"), ("before it", "right"), ("word", "center"),
                ("after it", "left"),
            )
        )  # fmt: skip
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return f"<p>{escape(self._head())}</p>" + (table if self.lines else "")


def concordance(word: str | Sequence[str], article: str, around: int = AROUND) -> Concordance:
    """Return every place of a word in the story of an article, with the words around it.

    The plural in -s is found, too; `*` at the end means "and what begins with it". A word in
    capital letters, such as IS, is found in capital letters only. Headline, deck, lead, body and
    subheadings are searched, never captions, page furniture or a second printing.

    Args:
        word: a word, words side by side (`"armed groups"`), or several of them in a list.
        article: the id of a text.
        around: how many code points of the same paragraph to show on each side, at most.

    Raises:
        UnknownArticle: there is no such text.
        WordUnsearchable: a word is empty, or its `*` stands elsewhere than after two letters.
    """
    text = any_article(article)
    words = [word] if isinstance(word, str) else list(word)
    wanted = [form for one in words for form in (one, *_plural(one))]
    places: dict[Span, str] = {}
    for found in find_words(text, wanted):
        shown = found.span.of(text.text)
        if text.segment(found.segment).part not in LABELLED_PARTS:
            continue
        if found.word.rstrip("s").isupper() and not shown.rstrip("s").isupper():
            continue
        places[found.span] = found.segment
    return Concordance(
        ", ".join(words),
        article,
        text.constructed,
        tuple(_line(text, span, segment, around) for span, segment in sorted(places.items())),
    )


def _plural(word: str) -> tuple[str, ...]:
    return () if word.endswith("*") or not word.strip() else (f"{word}s",)


def _line(article: Article, span: Span, sentence: str, around: int) -> Line:
    text = article.text
    top = text.rfind("\n", 0, span.start) + 1
    bottom = text.find("\n", span.end)
    left = plain(text[top : span.start]).lstrip()
    right = plain(text[span.end : bottom if bottom >= 0 else len(text)]).rstrip()
    if len(left) > around:
        left = "… " + re.sub(r"^\S*\s", "", left[-around:])
    if len(right) > around:
        right = re.sub(r"\s\S*$", "", right[:around]) + " …"
    return Line(sentence, left, plain(span.of(text)), right)
