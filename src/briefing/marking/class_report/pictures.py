"""The pictures of a class report with the numbers behind them; imports matplotlib only when it draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from briefing.marking.cells import points, shown_points
from briefing.marking.class_report.lines import FEW, QuestionLine
from briefing.marking.class_report.sums import ClassSums


class Scores(Struct, frozen=True):
    """One distribution: what of, its numbers in words, its bars, and the figure."""

    name: str
    students: int
    total: str
    mean: str
    median: str
    middle: tuple[str, ...]
    rows: tuple[tuple[str, int], ...]
    figure: Markup


def scores(sums: ClassSums) -> list[Scores]:
    """Return the distributions that are told: the machine's part, and the teacher's."""
    parts = (
        ("machine", "Marked by machine", sums.machine, sums.by_machine),
        ("teacher", "Marked by the teacher", sums.teacher, sums.by_teacher),
    )
    shown = []
    for name, title, scores, questions in parts:
        students = sum(scores.values())
        total = sum(sums.worth[question] for question in questions)
        if students >= FEW and total:
            shown.append(_distribution(name, title, scores, total, sums.weighed))
    return shown


def _distribution(name: str, title: str, scores: Counter[int], total: int, weighed: bool) -> Scores:
    from briefing.figures.class_scores import class_scores, class_scores_in_words, score_bins
    from briefing.figures.inline import inline_svg, own_settings

    students = sum(scores.values())
    bins = score_bins(scores, total)
    median = _quantile(scores, 1, 2)
    thing = "points" if weighed else "questions’ worth"
    label = f"{thing} of {points(total / 100)} · n = {students} · triangle: median"
    words = class_scores_in_words(bins, students, median=median, total=total)
    with own_settings():
        figure = inline_svg(class_scores(bins, label, median=median), f"scores-{name}", words)
    return Scores(
        name=title,
        students=students,
        total=points(total / 100),
        mean=shown_points(sum(score * n for score, n in scores.items()) / students / 100),
        median=shown_points(median / 100),
        middle=tuple(shown_points(_quantile(scores, part, 4) / 100) for part in (1, 3)),
        rows=tuple(
            (
                points(start / 100)
                if start == total
                else f"{points(start / 100)} to under {points(below / 100)}"
                if below <= total
                else f"{points(start / 100)} to {points(total / 100)}",
                n,
            )
            for start, below, n in bins
        ),
        figure=Markup(figure),
    )


def _quantile(scores: Counter[int], part: int, of: int) -> float:
    """The score below which the part lies; half-way between two where it falls between them."""
    place = sum(scores.values()) * part
    passed, order = 0, sorted(scores)
    for at, score in enumerate(order):
        passed += scores[score]
        if passed * of > place:
            return score
        if passed * of == place:
            return (score + order[at + 1]) / 2 if at + 1 < len(order) else score
    return order[-1]


def overview(lines: Sequence[QuestionLine]) -> Markup:
    """Return the picture of all questions; "" where none may be told of."""
    from briefing.figures.class_questions import Lane, class_questions, class_questions_in_words
    from briefing.figures.inline import inline_svg, own_settings

    lanes = [
        Lane(
            line.asked.id,
            line.students,
            line.mean,
            tuple(item.share for item in line.items) if len(line.items) > 1 else (),
        )
        for line in lines
        if line.mean is not None
    ]
    if not lanes:
        return Markup("")
    with own_settings():
        words = class_questions_in_words(lanes)
        return Markup(inline_svg(class_questions(lanes), "questions", words))
