"""Rows of `data/evidence.csv` as a page for reading, each with its other side; judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from briefing.corpus.background_page import Page, address
from briefing.corpus.tables import evidence
from briefing.errors import BriefingError

_BOX = (
    "max-width: 42em; margin: 0 0 0.8em 0; padding: 4px 10px; border: 1px solid #8a8a8a; "
    "line-height: 1.5"
)
_SMALL = "font-size: 0.85em"


class UnknownRow(BriefingError):
    """The table of evidence has no row of that id."""


def evidence_rows(*ids: str, folded: str = "") -> Page:
    """Return rows of the evidence: what each says, of what kind it is, and who says otherwise.

    Args:
        *ids: row ids such as `"E01"`, in the order in which they are to be shown.
        folded: a line under which the rows are folded away; empty to show them at once.

    Raises:
        UnknownRow: there is no row of one of the ids.
        TableError: `data/evidence.csv` is missing or damaged.
    """
    known = {row["id"]: row for row in evidence()}
    missing = [name for name in ids if name not in known]
    if missing:
        raise UnknownRow(
            f"data/evidence.csv has no row {missing[0]!r}; its rows run from {min(known)} to "
            f"{max(known)}."
        )
    rows = "\n".join(_row(known[name]) for name in ids)
    html = f"<details><summary>{escape(folded)}</summary>{rows}</details>" if folded else rows
    return Page(f"Evidence: {', '.join(ids)}", html)


def _row(row: Mapping[str, str]) -> str:
    kind = row["source_type"] + (f" ({row['source_note']})" if row["source_note"] else "")
    where = (row["publisher"], f"“{row['title']}”", row["date"])
    doubt = "" if row["confirmed"] == "yes" else " Not every detail of it could be confirmed."
    return (
        f'<div style="{_BOX}"><b>{escape(row["id"])}</b> · {escape(row["topic"])}<br>'
        f"{escape(row['finding'])}<br>"
        f"<i>The other side, and limits:</i> {escape(row['counter_position'])}<br>"
        f'<span style="{_SMALL}"><i>Kind:</i> {escape(kind)}.{doubt} '
        f"<i>Where:</i> {escape(', '.join(where))}, {address(row['url'])}</span></div>"
    )
