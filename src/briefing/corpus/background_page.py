"""Who is who and what happened as tables for reading, sources folded below; escapes everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby

from briefing.corpus.background import Event, Person, Source, people, timeline

_KINDS = {
    "person": "Persons",
    "armed group": "Armed groups",
    "body": "Ministries, armies, offices",
    "outlet": "Outlets",
}
_CELL = "text-align: left; vertical-align: top; padding: 4px 10px 4px 0"
_SMALL = "font-size: 0.85em"


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of HTML for a notebook; its `repr` is fixed, so that stored outputs stay the same."""

    name: str
    html: str

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def _repr_html_(self) -> str:
        return self.html


def address(url: str) -> str:
    """Return an address as escaped HTML that may break and is no link."""
    # Long addresses may break after a slash; they are shown as text and lead nowhere by a click.
    return escape(url).replace("/", "/<wbr>")


def _looked_up(source: Source) -> str:
    said = [escape(source.publisher)]
    if source.title:
        said.append(f"“{escape(source.title)}”")
    said.append(address(source.url))
    if source.evidence:
        said.append(f"see also row {', '.join(source.evidence)} of data/evidence.csv")
    return f"{', '.join(said)} (looked up {escape(source.looked_up)})"


def _folded(entries: Iterable[tuple[str, Source, str]]) -> str:
    items = "".join(
        f"<li><b>{escape(name)}</b>: {_looked_up(source)}.{' ' + escape(note) if note else ''}</li>"
        for name, source, note in entries
    )
    return (
        f'<details style="{_SMALL}"><summary>Where each row was looked up</summary>'
        f"<ul>{items}</ul></details>"
    )


def table_html(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table with headed columns; its cells are HTML already."""
    heads = "".join(f'<th scope="col" style="{_CELL}">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _described(person: Person) -> str:
    used = f'<br><span style="{_SMALL}">{escape(person.names_used)}</span>'
    return escape(person.description) + (used if person.names_used else "")


def who_is_who(shown: Iterable[Person] | None = None) -> Page:
    """Return who is who, by kind; each row names the articles and, folded, its source.

    Raises:
        TableError: `data/people.csv` is missing or damaged.
    """
    found = list(people() if shown is None else shown)
    ordered = sorted(found, key=lambda person: list(_KINDS).index(person.kind))
    parts = []
    for kind, members in groupby(ordered, key=lambda person: person.kind):
        rows = (
            (f"<b>{escape(p.name)}</b>", _described(p), escape(", ".join(p.articles)))
            for p in members
        )
        parts.append(f"<h4>{_KINDS[kind]}</h4>" + table_html(("Name", "Who that is", "In"), rows))
    parts.append(_folded((p.name, p.source, "") for p in ordered))
    return Page(f"Who is who: {len(found)} names with their sources", "\n".join(parts))


def what_happened(today: date, shown: Iterable[Event] | None = None) -> Page:
    """Return the events up to `today` with who says so and, folded, the sources.

    Raises:
        TableError: `data/timeline.csv` is missing or damaged.
    """
    found = [event for event in (timeline() if shown is None else shown) if event.day <= today]
    rows = (
        (
            f'<span style="white-space: nowrap">{escape(e.when)}</span>',
            escape(e.event),
            escape(e.said_by),
        )
        for e in found
    )
    made = f"{today.day} {today:%B %Y}"
    html = "\n".join(
        (
            table_html(("When", "What happened", "Who says so"), rows),
            f'<p style="{_SMALL}">This table was made on {made}.</p>',
            _folded((f"{e.when}, {e.label}", e.source, e.note) for e in found),
        )
    )
    return Page(f"What happened: {len(found)} events to {made}", html)
