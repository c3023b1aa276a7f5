"""The parts that static views of questions share: prompt, quotation, written text, reasons.

Everything given is escaped here; inline styles are only of the kinds that `static` allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing.widgets.static import esc

VERDICT_WORDS = {
    "right": "✓ Right",
    "near": "≈ Nearly",
    "wrong": "✗ Not this one",
    "missed": "○ This one",
    "extra": "✗ Not asked for",
    "fine": "✓ Rightly not chosen",
    "note": "• Note",
}
"""The sign and the words of each verdict; the page uses the same."""

CELL_WORDS = {
    **VERDICT_WORDS,
    "wrong": "✗ Not right",
    "missed": "○ Still empty",
}
"""The same for a cell of a table and a decision on a card."""


def prompt_html(prompt: str, quote: str = "", *, strong: bool = False) -> str:
    """Return a prompt and the words it is about; line breaks stay."""
    parts = []
    if quote:
        parts.append(
            '<blockquote style="border-left:3px solid #8a8a8a;padding:2px 12px;margin:6px 0;'
            f'white-space:pre-wrap">{esc(quote)}</blockquote>'
        )
    if prompt:
        weight = ";font-weight:bold" if strong else ""
        parts.append(f'<div style="padding:4px 0;white-space:pre-wrap{weight}">{esc(prompt)}</div>')
    return "".join(parts)


def written_html(text: str) -> str:
    """Return what a student wrote, in a frame of its own."""
    return (
        '<div style="border:1px solid #8a8a8a;padding:8px 10px;margin:6px 0;'
        f'white-space:pre-wrap">{esc(text)}</div>'
    )


def folded_html(summary: str, inside: str) -> str:
    """Return something the reader opens; `inside` must be escaped already."""
    return (
        f'<details style="padding:4px 0"><summary>{esc(summary)}</summary>'
        f'<div style="padding:6px 0 0 14px">{inside}</div></details>'
    )


def reasons_html(
    feedback: Mapping[str, Any],
    target: str | None = None,
    names: Mapping[str, str] | None = None,
    words: Mapping[str, str] = VERDICT_WORDS,
) -> str:
    """Return what feedback says about `target`; about every part when there is none.

    `names` turns the ids that stand in labels into words; `words` has those of the verdicts.
    """
    parts = []
    for item in feedback.get("items", ()):
        if target is not None and item.get("target") != target:
            continue
        said = words.get(str(item.get("verdict")), words["note"])
        key = (names or {}).get(str(item.get("label")), item.get("label"))
        label = (
            f" Our answer: {esc(str(key).rstrip('. '))}."
            if key and item.get("verdict") != "right"
            else ""
        )
        text = str(item.get("text", "")).removeprefix(f"{said[2:]}.").lstrip()
        parts.append(
            f'<div style="padding:1px 0 1px 22px"><b>{esc(said)}.</b>{label} {esc(text)}</div>'
        )
    return "".join(parts)
