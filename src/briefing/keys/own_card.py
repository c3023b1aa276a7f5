"""A student's own omission card: what it asks, and the gates that a machine can try; never marks it.

The card is a table with one row (`kind = "table"`, `widget = "omission"`), so that it is saved, shown
and marked like every other. Its columns follow from the article and are not written in the question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from msgspec.structs import replace

from briefing.corpus import (
    LANES,
    Article,
    any_article,
    categories,
    evidence,
    find_words,
    plain,
    timing,
)
from briefing.corpus.absence import SEARCHED_PARTS, Found, WordUnsearchable
from briefing.corpus.folding import folded
from briefing.corpus.lanes import TOO_LATE, Lane
from briefing.keys.asked_cells import Column, Option, Row
from briefing.keys.definitions import Question
from briefing.visible import quoted

WIDGET = "omission"
CARD = "card"
"""The id of the only row."""
NOTHING = "nothing"
"""What is chosen where the text says nothing near it."""
LEAST_OWN = 2
"""How many words of one's own are searched for, at least."""
MOST_OWN = 30
"""And at most: a file may hold thousands, and each is looked for in the whole text."""
LONGEST_OWN = 2_000
"""Code points of one's own words that are looked at; 200 are asked for."""
VERDICTS = {"established": "established", "plausible": "plausible", "not_shown": "not shown"}

SIGNS: dict[str, tuple[str, str]] = {
    "open": ("○", "not yet"),
    "holds": ("✓", "holds"),
    "limits": ("≈", "with a limit"),
    "fails": ("✗", "does not hold"),
    "later": ("→", "too late for this test"),
}
"""The sign and the words of each state, as the widget shows them."""

State = Literal["open", "holds", "limits", "fails", "later"]
_SHOWN_HITS = 6
_AROUND = " \t\r\f\v\u00a0'\"‘’“”„«»….:!?()[]"
"""Signs at both ends of a word that are not searched for."""
_ROW = re.compile(r"[A-Za-z]\d{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate of a card, as far as a machine can tell.

    Attributes:
        id: `sentence`, `absent`, `date` or `verdict`.
        name: the gate in words.
        state: `open` (something is still to be written), `holds`, `limits` (holds with a limit),
            `fails`, or `later` (too late for this test).
        words: what was found, in a sentence or two.
    """

    id: str
    name: str
    state: State
    words: str

    @property
    def told(self) -> str:
        """The gate on one line, for a table or a page."""
        sign, words = SIGNS[self.state]
        return f"{sign} {self.name} ({words}): {self.words}"


def asked_in_full(question: Question) -> Question:
    """Return an own card with its columns; any other question as it is.

    Raises:
        UnknownArticle: its article does not exist.
        TableError: the list of words is missing or damaged.
    """
    if question.widget != WIDGET or question.kind != "table" or question.columns:
        return question
    row = Row(CARD, name=f"My card on article {question.article}")
    return replace(question, columns=_columns(any_article(question.article)), rows=[row])


def _columns(article: Article) -> list[Column]:
    story = [s for s in article.segments if s.part in SEARCHED_PARTS]
    sentences = [Option(s.id, f"{s.id}: {plain(s.span.of(article.text))}") for s in story]
    kinds = [Option(one.id, f"{one.name}: {one.question}") for one in categories().values()]
    return [
        Column("sentence", "1 · The sentence", "choice", sentences),
        Column("missing", "2 · What is missing, in one sentence", most=300),
        Column("category", "3 · Searched for: the words of which list", "choice", kinds),
        Column("words", "3 · Searched for: two or more words of your own", most=200,
               hint="A comma between them; * at the end means “and what begins with it”."),
        Column("nearest", "3 · The nearest thing that the text does say", "choice",
               [Option(NOTHING, "nothing near it"), *sentences]),
        Column("row", "4 · Known before: the row", most=40, hint="Its number, such as E01."),
        Column("without", "5 · A reader of this text would think", most=300),
        Column("with", "5 · With what is missing, a reader would think", most=300),
        Column("rival", "6 · Another reason for the silence", most=300),
        Column("verdict", "Your verdict", "choice",
               [Option(key, name) for key, name in VERDICTS.items()]),
    ]  # fmt: skip


def card_gates(article: Article, cells: Mapping[str, Any]) -> tuple[Gate, ...]:
    """Return how the gates stand for what a student has written so far.

    Args:
        article: the article that the card is about.
        cells: column → what was entered; what is missing is empty.
    """
    entered = {name: str(value).strip() for name, value in cells.items() if value is not None}
    known, lane = _known(article, entered)
    absent = _absent(article, entered)
    return (_sentence(article, entered), absent, known, _verdict(entered, absent, lane))


def gates_of(question: Question, payload: Mapping[str, Any] | None) -> tuple[Gate, ...]:
    """Return how the gates of an own card stand; none for other questions and empty answers.

    Args:
        question: what was asked.
        payload: the answer in compact form, or None.
    """
    if question.widget != WIDGET or question.kind != "table":
        return ()
    rows = (payload or {}).get("rows", {})
    cells = rows.get(CARD, {}) if isinstance(rows, Mapping) else {}
    return card_gates(any_article(question.article), cells) if cells else ()


def _sentence(article: Article, entered: Mapping[str, str]) -> Gate:
    name, chosen = "The sentence is there", entered.get("sentence", "")
    known = {s.id for s in article.segments if s.part in SEARCHED_PARTS}
    if not chosen:
        return Gate("sentence", name, "open", "Choose the sentence on which your card hangs.")
    if chosen not in known:
        said = f"{quoted(chosen)} is no sentence of this story; choose one from the list."
        return Gate("sentence", name, "fails", said)
    return Gate("sentence", name, "holds", f"{chosen} stands in the story.")


def own_words(written: str) -> tuple[str, ...]:
    """Return the words of a student's own, as they stand between commas, semicolons or lines.

    Quotation marks, brackets and full stops around a word fall away: with them it stands nowhere. A
    word that can only be told from another by its case, or by what cannot be seen, is the same one.
    """
    words = (word.strip(_AROUND) for word in re.split(r"[,;|\n]", written))
    return tuple({_compared(word): word for word in words if word}.values())


def _compared(word: str) -> str:
    return " ".join(folded(word).casefold().split())


def _absent(article: Article, entered: Mapping[str, str]) -> Gate:
    def gate(state: State, said: str) -> Gate:
        return Gate("absent", "The text does not say it", state, said)

    category = categories().get(entered.get("category", ""))
    if category is None:
        return gate("open", "Choose a list of words in box 3; it is searched for in the story.")
    written = entered.get("words", "")
    if len(written) > LONGEST_OWN or len(own_words(written)) > MOST_OWN:
        return gate("open", f"Too many words in box 3: write {MOST_OWN} of your own at most.")
    listed = {_compared(word) for word in category.words}
    own = tuple(word for word in own_words(written) if _compared(word) not in listed)
    if len(own) < LEAST_OWN:
        missing = LEAST_OWN - len(own)
        more = "1 more word" if missing == 1 else f"{missing} words"
        return gate(
            "open", f"Write {more} of your own in box 3: not on the list of {category.name}."
        )
    try:
        found = find_words(article, (*category.words, *own))
    except WordUnsearchable as problem:
        return gate("open", str(problem))
    number = len(category.words) + len(own)
    if not found:
        said = f"None of {number} words stands in the story: {len(own)} of them are yours."
        return gate("holds", said)
    places = _places(article, found)
    if entered.get("nearest", "") in {one.segment for one in found}:
        said = (
            f"{places} You show the nearest place. Whether it says what you miss, a reader decides."
        )
        return gate("limits", said)
    return gate(
        "open",
        f"{places} Read them, and choose the nearest in box 3. If one of them says it, nothing is "
        "missing.",
    )


def _places(article: Article, found: tuple[Found, ...]) -> str:
    by_sentence: dict[str, list[str]] = {}
    for one in found:
        words = by_sentence.setdefault(one.segment, [])
        written = f"“{plain(one.span.of(article.text))}”"
        if written not in words:
            words.append(written)
    told = [f"{', '.join(words)} in {name}" for name, words in by_sentence.items()]
    rest = f" and in {len(told) - _SHOWN_HITS} more sentences" if len(told) > _SHOWN_HITS else ""
    return f"Searched words stand in the story: {'; '.join(told[:_SHOWN_HITS])}{rest}."


def _known(article: Article, entered: Mapping[str, str]) -> tuple[Gate, Lane | None]:
    def gate(state: State, said: str) -> Gate:
        return Gate("date", "It was known before", state, said)

    names = list(dict.fromkeys(name.upper() for name in _ROW.findall(entered.get("row", ""))))
    if not names:
        said = "Write the number of a row of the evidence. Without one the omission is not shown."
        return gate("open", said), None
    rows = {row["id"]: row for row in evidence()}
    unknown = [name for name in names if name not in rows]
    if unknown:
        return gate("fails", f"The evidence has no row {unknown[0]}; look its number up."), None
    places = {name: timing(rows[name]["date"], article.published) for name in names}
    lane = min((place.lane for place in places.values()), key=LANES.index)
    told = "; ".join(
        f"{name} ({rows[name]['source_type']}, {rows[name]['date']}): {place.words}"
        for name, place in places.items()
    )
    match lane:
        case "before":
            return gate("holds", f"{told}."), lane
        case "same_day":
            return gate("limits", f"{told}. At most plausible."), lane
    return gate("later", f"{told}. {TOO_LATE} It belongs on a later finding card."), lane


def _verdict(entered: Mapping[str, str], absent: Gate, lane: Lane | None) -> Gate:
    def gate(state: State, said: str) -> Gate:
        return Gate("verdict", "The verdict fits the gates", state, said)

    verdict = entered.get("verdict", "")
    if verdict not in VERDICTS:
        return gate("open", "Choose a verdict when the boxes are filled.")
    if verdict == "not_shown":
        return gate("holds", "“Not shown” is a good answer where a gate does not hold.")
    if lane is None or lane == "later":
        return gate("fails", "No row from before or of the same day: then it is not shown.")
    if verdict == "established" and lane == "same_day":
        return gate("fails", "A row of the same day makes it plausible at most.")
    if absent.state not in ("holds", "limits"):
        return gate("open", "First finish box 3: is it really absent?")
    return gate("holds", "Sentence, search and date allow it. The rest is for a reader to judge.")
