"""What is said of each mark; counts nothing."""

from __future__ import annotations

from briefing.keys.marks_key import KeySpan, SpanStatus, StudentMark
from briefing.keys.paid_marks import AcceptedSpan, Spared
from briefing.keys.results import ItemResult, Verdict


def item(
    mark: StudentMark,
    span: KeySpan | None,
    extent: float | None,
    earned: float,
    counted: float | None,
    *,
    label_too: bool = False,
) -> ItemResult:
    """Say what became of a mark: its verdict, and the key span it was paired with.

    `label_too` where its label is not the key's, and a teacher accepted it.
    """
    expected, why, look_alike = "", "", False
    verdict = Verdict.EXTRA
    if span is not None:
        expected, why = span.label, span.why
        if span.status is SpanStatus.LOOK_ALIKE:
            look_alike, expected = True, ""
        elif span.status is SpanStatus.OPTIONAL:
            verdict = Verdict.FINE
        else:
            verdict = (
                Verdict.RIGHT if earned == 1 else Verdict.NEAR if earned > 0 else Verdict.WRONG
            )
    return ItemResult(
        target=mark.id,
        verdict=verdict,
        label=mark.label,
        expected=expected,
        why=why,
        start=mark.start,
        end=mark.end,
        extent=extent,
        key_start=span.start if span else None,
        key_end=span.end if span else None,
        counted=counted,
        look_alike=look_alike,
        accepted_here=label_too,
    )


def accepted_item(
    mark: StudentMark, span: AcceptedSpan, pair: Spared, counted: float | None
) -> ItemResult:
    """Say of a mark that a teacher's decision made it right, or not wrong."""
    return ItemResult(
        target=mark.id,
        verdict=Verdict.FINE if counted is None else Verdict.RIGHT,
        label=mark.label,
        expected=span.label,
        start=mark.start,
        end=mark.end,
        extent=pair.weight,
        key_start=span.start,
        key_end=span.end,
        counted=counted,
        accepted_here=True,
    )


def outside(mark: StudentMark) -> ItemResult:
    """Say of a mark that it stands where nothing was asked for."""
    return ItemResult(
        target=mark.id,
        verdict=Verdict.NOTE,
        label=mark.label,
        start=mark.start,
        end=mark.end,
        why="This sentence was not asked for, so the mark does not count either way.",
    )
