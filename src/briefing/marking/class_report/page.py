"""The class report of one exercise as one self-contained page; names no student, runs nothing."""

from __future__ import annotations

from briefing.marking.class_report.sums import ClassSums


def class_page(sums: ClassSums, *, absent: int | None = None) -> str:
    """Return the page as HTML, the same bytes for the same sums.

    Args:
        sums: the class; one file a student.
        absent: how many on the roster handed nothing in; None where there is no roster.
    """
    name = sums.desk.exercise.exercise
    return f"<!DOCTYPE html>\n<html lang=en><title>{name}</title><p>{sums.handed_in} handed in"
