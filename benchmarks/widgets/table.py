"""Writes what was measured as Markdown; measures nothing."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

from drive import Times
from texts import KINDS
from tools import OURS, TOOLS

Found = Mapping[tuple[str, str], Times]


def middle(values: list[float]) -> str:
    """Return the median with the maximum in brackets.

    What came before the button was released has nothing to do with the mark.
    """
    if values and statistics.median(values) < 0:
        return "before it"
    return f"{statistics.median(values):,.0f} ({max(values):,.0f})" if values else "–"


def ratio(values: list[float], ours: list[float]) -> str:
    """Return how many times as long as ours, by the medians."""
    if not values or not ours or statistics.median(values) < 0:
        return ""
    return f", {statistics.median(values) / statistics.median(ours):.1f} ×"


def tables(found: Found) -> str:
    """Return the tables and the failures, in sentences."""
    names = [tool.name for tool in TOOLS if any((tool.name, kind) in found for kind in KINDS)]
    kinds = [kind for kind in KINDS if any((name, kind) in found for name in names)]
    lines = ["Mouse-up → painted: median (maximum), and the median against ours.", ""]
    lines += _head(kinds)
    for name in names:
        lines.append(_row(name, kinds, found, "painted"))
        if any(found.get((name, kind), Times()).selected for kind in kinds):
            lines.append(_row(name, kinds, found, "selected", ": the selection before it"))
    lines += ["", "Mouse-up → the work of the first frame that has the mark is done.", ""]
    lines += _head(kinds)
    lines += [_row(name, kinds, found, "framed") for name in names]
    lines += ["", "Mouse-down → the first frame after it is done.", ""]
    lines += _head(kinds)
    lines += [_row(name, kinds, found, "pressed") for name in names]
    lines += ["", "Mouse-up → the kernel has it.", ""]
    lines += _head(kinds)
    lines += [_row(name, kinds, found, "heard") for name in names]
    lines += ["", "Mouse-up → on disk, for the two that write a file by themselves.", ""]
    lines += _head(kinds)
    for name in names:
        if any(found.get((name, kind), Times()).saved for kind in kinds):
            lines.append(_row(name, kinds, found, "saved", ": the page says so"))
        if any(found.get((name, kind), Times()).written for kind in kinds):
            lines.append(_row(name, kinds, found, "written", ": the file is written"))
    failures = [f"- {n}, {k}: {t.failed}" for (n, k), t in found.items() if t.failed]
    if failures:
        lines += ["", "Not measured, or not wholly:", "", *failures]
    return "\n".join(lines)


def _head(kinds: list[str]) -> list[str]:
    return [f"| ms | {' | '.join(kinds)} |", f"|---|{'---:|' * len(kinds)}"]


def _row(name: str, kinds: list[str], found: Found, what: str, more: str = "") -> str:
    cells = []
    for kind in kinds:
        values = getattr(found.get((name, kind), Times()), what)
        ours = getattr(found.get((OURS, kind), Times()), what)
        compared = "" if name == OURS else ratio(values, ours)
        cells.append(middle(values) + compared)
    return f"| {name}{more} | {' | '.join(cells)} |"
