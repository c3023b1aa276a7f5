"""Four questions asked alike of every outlet: the answers of `data/ownership.csv`; invents none.

Every answer names the rows of `data/evidence.csv` that it rests on. An answer without a row says
that the rows do not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from briefing.corpus.background_page import Page, table_html
from briefing.corpus.tables import data_table
from briefing.errors import BriefingError

QUESTIONS = {
    "owns": "Who owns it?",
    "pays": "Who pays?",
    "appoints": "Who appoints?",
    "stops": "Who can stop a story, and what protects the newsroom?",
}
"""The four questions by the id that the table uses for them."""


class UnknownOutlet(BriefingError):
    """The table has no answers for that outlet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `rows` are ids of `data/evidence.csv`, none where the rows do not say."""

    outlet: str
    question: str
    answer: str
    rows: tuple[str, ...]


def ownership() -> tuple[Answer, ...]:
    """Return all answers, outlet by outlet, in the order of the table.

    Raises:
        TableError: `data/ownership.csv` is missing or damaged.
    """
    return tuple(
        Answer(
            row["outlet"],
            row["question"],
            row["answer"],
            tuple(name for name in row["rows"].split("|") if name),
        )
        for row in data_table("ownership", ("outlet", "question", "answer", "rows"))
    )


def who_stands_behind(*outlets: str, folded: str = "") -> Page:
    """Return the four questions and their answers as tables, two outlets side by side.

    Args:
        *outlets: names as in the table; none for every outlet.
        folded: a line under which the table is folded away; empty to show it at once.

    Raises:
        UnknownOutlet: the table does not hold one of the outlets.
        TableError: `data/ownership.csv` is missing or damaged.
    """
    found = {(one.outlet, one.question): one for one in ownership()}
    known = tuple(dict.fromkeys(outlet for outlet, _ in found))
    unknown = [name for name in outlets if name not in known]
    if unknown:
        raise UnknownOutlet(
            f"data/ownership.csv has no answers for {unknown[0]!r}; it has {', '.join(known)}."
        )
    # Two outlets side by side: a column for each question would be wider than half a screen.
    shown = outlets or known
    table = "".join(
        table_html(
            ("", *pair),
            (
                (escape(words), *(_cell(found[outlet, question]) for outlet in pair))
                for question, words in QUESTIONS.items()
            ),
        )
        for pair in (shown[n : n + 2] for n in range(0, len(shown), 2))
    )
    html = f"<details><summary>{escape(folded)}</summary>{table}</details>" if folded else table
    return Page(f"Four questions: {', '.join(outlets or known)}", html)


def _cell(one: Answer) -> str:
    rows = f' <span style="white-space: nowrap">({escape(", ".join(one.rows))})</span>'
    return escape(one.answer) + (rows if one.rows else "")
