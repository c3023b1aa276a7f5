"""The class report of one exercise as one self-contained page; names no student, runs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from briefing.marking.cells import points
from briefing.marking.class_report.findings import (
    HARD,
    RULE,
    Split,
    hardest,
    label_name,
    mixed_up,
    splits,
    to_take_up,
)
from briefing.marking.class_report.heat import HeatMap, article_line, heat_maps
from briefing.marking.class_report.lines import (
    ALPHA_FROM,
    CORRELATED_FROM,
    FEW,
    QUOTED_FROM,
    STEADY_FROM,
    ItemLine,
    QuestionLine,
    agreement_lines,
    found,
    question_lines,
)
from briefing.marking.class_report.pictures import overview, scores
from briefing.marking.class_report.sums import ClassSums
from briefing.marking.page_templates import environment
from briefing.marking.row_status import RowStatus
from briefing.percent import percent

MOST_ANSWERS = 12
"""Different answers of one item that a table lists."""


class Section(Struct, frozen=True):
    """One question's part of the page."""

    line: QuestionLine
    article: str
    maps: tuple[HeatMap, ...]
    mixed: tuple[tuple[str, str, int, int], ...]
    items: tuple[tuple[object, ...], ...]
    marks: bool


def class_page(sums: ClassSums, *, absent: int | None = None) -> str:
    """Return the page as HTML, the same bytes for the same sums.

    Args:
        sums: the class; one file a student.
        absent: how many on the roster handed nothing in; None where there is no roster.
    """
    exercise = sums.desk.exercise
    lines = question_lines(sums) if sums.counted >= FEW else ()
    hard, split = hardest(lines), splits(lines)
    page = (
        environment()
        .get_template("class.html")
        .render(
            exercise=exercise.exercise,
            title=exercise.title or exercise.exercise,
            handed_in=_handed_in(sums, absent),
            students=sums.handed_in,
            counted=sums.counted,
            few=FEW,
            told=bool(lines),
            take=to_take_up(sums, lines) if lines else (),
            rule=RULE,
            scores=scores(sums) if lines else (),
            unsettled=sums.unsettled,
            waiting=sums.waiting,
            weighed=sums.weighed,
            machine_total=_total(sums, sums.by_machine),
            teacher_total=_total(sums, sums.by_teacher),
            teachers=bool(sums.by_teacher),
            questions=[_row(line) for line in lines],
            overview=overview(lines),
            correlated_from=CORRELATED_FROM,
            steady_from=STEADY_FROM,
            alpha_from=ALPHA_FROM,
            quoted_from=QUOTED_FROM,
            hard_below=_percent(HARD),
            hard=[_hard(item) for item in hard],
            talk=[_talk(one) for one in split],
            agreement=[
                (
                    f"{one.question}{f': {one.what}' if one.what else ''}",
                    one.students,
                    one.agreed.units,
                    _percent(one.agreed.pairs),
                    _two(one.agreed.alpha),
                    "–" if one.with_key is None else _percent(one.with_key),
                )
                for one in agreement_lines(sums, lines)
            ],
            sections=[_section(sums, line) for line in lines],
        )
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _handed_in(sums: ClassSums, absent: int | None) -> list[tuple[str, int, str]]:
    told = [
        ("marked", sums.files[RowStatus.MARKED], ""),
        (
            "partly marked",
            sums.files[RowStatus.PARTLY],
            "an answer in it could not be marked; the rest counts below",
        ),
        ("handed in empty", sums.files[RowStatus.EMPTY], "not counted below"),
        (
            "not accepted",
            sums.files[RowStatus.NOT_ACCEPTED],
            "later than the class's rules allow; not counted below",
        ),
        (
            "not gradable",
            sums.files[RowStatus.NOT_GRADABLE],
            "of what still tells that it is for this exercise: not zero points; ask for the file "
            "again. The gradebook has all files",
        ),
    ]
    rows = [row for row in told if row[1] or row[0] == "marked"]
    if absent is not None:
        rows.append(("nothing handed in", absent, "by the roster; not counted below"))
    return rows


def _total(sums: ClassSums, names: Sequence[str]) -> str:
    return points(sum(sums.worth[name] for name in names) / 100)


def _row(line: QuestionLine) -> tuple[str, ...]:
    """What the overview's table says of a question."""
    if line.fits is None:
        fits = "–"
    elif line.fits_of < STEADY_FROM:
        fits = f"{_two(line.fits)} (few)"
    else:
        fits = _two(line.fits)
    not_marked = [
        f"{n} {what}"
        for n, what in (
            (line.empty, "empty"),
            (line.waiting, "waiting for you"),
            (line.unmarkable, "not markable"),
        )
        if n
    ]
    few = f"fewer than {FEW}: held back"
    mean = _percent(line.mean) if line.mean is not None else few if line.students else "–"
    return (
        f"{line.asked.id} {line.asked.title}".strip(),
        "teacher" if line.by_teacher else "machine",
        str(line.students),
        ", ".join(not_marked) or "–",
        mean,
        fits,
    )


def _hard(item: ItemLine) -> dict[str, object]:
    asked = item.asked
    wrong = next(((answer, n) for answer, n in item.wrong if answer), None)
    missing = item.students - item.right if asked.silence else 0
    if asked.silence and asked.names.get("no") != "not chosen":
        said = f"{missing - sum(n for _, n in item.wrong)} did not mark it"
    else:
        said = ""
    return {
        "question": item.question,
        "name": asked.name,
        "quote": asked.quote,
        "right": item.right,
        "students": item.students,
        "share": _percent(item.share),
        "key": asked.key,
        "wrong": asked.word(wrong[0]) if wrong else "",
        "times": wrong[1] if wrong else 0,
        "missed": said,
        "partly": item.partly,
        "unfit": item.unfit,
        "why": asked.why,
        "against": asked.whys.get(wrong[0], "") if wrong else "",
    }


def _talk(split: Split) -> dict[str, object]:
    asked, n = split.line.asked, split.line.students
    return {
        "question": split.line.question,
        "name": asked.name if asked.name != asked.id else "",
        "id": asked.id if asked.name == asked.id else "",
        "quote": asked.quote,
        "counts": [
            (asked.word(answer), times, _percent(times / n)) for answer, times in split.line.answers
        ],
        "students": n,
        "first": asked.word(split.first[0]).strip("“”"),
        "second": asked.word(split.second[0]).strip("“”"),
        "labels": asked.name == asked.id,
        "both": split.both,
        "key": asked.key,
        "why": asked.why,
    }


def _section(sums: ClassSums, line: QuestionLine) -> Section:
    question, key = line.asked, sums.desk.keys[line.asked.id]
    told = line.mean is not None and not line.by_teacher
    maps = heat_maps(question, key, sums.questions[question.id], line.students) if told else ()
    mixed = tuple(
        (label_name(line, one.expected), label_name(line, one.given), one.times, one.of)
        for one in mixed_up(sums, line)
    )
    marks = question.kind == "marks"
    items = tuple(_item_row(sums, item, marks) for item in line.items)
    return Section(
        line, article_line(question), tuple(m for m in maps if m.passages), mixed, items, marks
    )


def _item_row(sums: ClassSums, item: ItemLine, marks: bool) -> tuple[object, ...]:
    asked = item.asked
    if marks:
        n = item.students - item.right if asked.look_alike else found(item, sums)
        told = [f"{n} of {item.students} marked it"]
        if not asked.look_alike and n > item.right:
            told.append(f"{item.right} of them with this label")
    else:
        told = [f"{asked.word(answer)}: {n}" for answer, n in item.answers[:MOST_ANSWERS]]
        rest = item.students - sum(n for _, n in item.answers[:MOST_ANSWERS])
        if rest > 0:
            told.append(f"other answers: {rest}")
        if item.unanswered > 0 and asked.id.rpartition(":")[2] != "gate":
            told.append(f"empty: {item.unanswered}")
        if item.partly:
            told.append(f"shown as in the key: {item.right}")
        if item.unfit:
            told.append(f"accepted alone, not with their other answers: {item.unfit}")
    key = "leave it: it only looks like it" if asked.look_alike else asked.key
    return (
        asked.name,
        asked.quote,
        key or "follows from the student’s own answer",
        tuple(told),
        f"{_percent(item.share)} of {item.students}",
        _two(item.fits),
    )


def _percent(share: float) -> str:
    return f"{percent(share)}\u00a0%"


def _two(value: float | None) -> str:
    if value is None:
        return "–"
    return "0.00" if abs(value) < 0.005 else f"{value:.2f}".replace("-", "\u2212")
