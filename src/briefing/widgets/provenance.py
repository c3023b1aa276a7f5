"""A provenance card: where a text comes from and how that is known, as plain HTML without a kernel.

It takes plain values and shows them; it never looks anything up and judges no outlet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.widgets.static import apart, page, static_id

UNKNOWN = "not known"
"""What stands where a fact was not found: a box is never left out, so that the gap is seen."""


@dataclass(frozen=True, slots=True)
class ProvenanceCard:
    """What is known about one text before it is read.

    Attributes:
        outlet: who published it.
        owner: who owns the outlet.
        title: the headline.
        published: the day on which it was published; an ISO date is written out with its weekday.
        known_by: how that day is known.
        printed: what the page prints as a date instead.
        address: where it stood, shown as text and never as a link.
        speaker: who speaks in it.
        name: the name of the text, such as `000`; it stands in the card's heading.
        title_remark: a remark on the title, such as that it is not the page's own.
    """

    outlet: str
    owner: str = ""
    title: str = ""
    published: str = ""
    known_by: str = ""
    printed: str = ""
    address: str = ""
    speaker: str = ""
    name: str = ""
    title_remark: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The boxes of the card in order: what each is called, and what stands in it."""
        title = f"{self.title} ({self.title_remark})" if self.title_remark else self.title
        rows = (
            ("Outlet", self.outlet),
            ("Owner", self.owner),
            ("Title", title),
            ("Published", day_in_words(self.published)),
            ("How we know", self.known_by),
            ("What the page prints", self.printed),
            ("Address", self.address),
            ("Who speaks", self.speaker),
        )
        return tuple((name, value or UNKNOWN) for name, value in rows)

    def static_html(self) -> str:
        """Return the card as escaped HTML: deterministic, inline styles only, no kernel needed."""
        cell = "padding:3px 12px 3px 0;text-align:left;vertical-align:top"
        rows = "".join(
            f'<tr><th scope="row" style="{cell};white-space:nowrap">{apart(name)}</th>'
            f'<td style="{cell};overflow-wrap:anywhere">{apart(value)}</td></tr>'
            for name, value in self.facts
        )
        heading = f"Where {self.name or 'this text'} comes from"
        table = (
            f'<table style="border-collapse:collapse;max-width:46em"><tbody>{rows}</tbody></table>'
        )
        return page(static_id(f"provenance-{self.name or self.outlet}"), heading, table)

    def _repr_html_(self) -> str:
        return self.static_html()

    def __repr__(self) -> str:
        """Return the card as lines of text, for a terminal."""
        return "\n".join(f"{name}: {value}" for name, value in self.facts)


def day_in_words(written: str) -> str:
    """Return an ISO date as in "Sunday, 11 October 2015"; anything else as it is."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{weekdays[day.weekday()]}, {day.day} {months[day.month - 1]} {day.year}"
