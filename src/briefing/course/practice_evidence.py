"""The explorer over `data/practice/evidence.csv`: records invented for the constructed texts."""

from __future__ import annotations

from datetime import date

from briefing.corpus import TableError, course_folder, practice, read_table
from briefing.corpus.lanes import LANE_NAMES, LANES, TOO_LATE, DateUnreadable, timing
from briefing.widgets.explorer import Explorer, Lane, Place, Record, Reference

COLUMNS = (
    "id", "article", "topic", "finding", "counter_position", "source_type", "source_note",
    "publisher", "title", "date",
)  # fmt: skip

ABOUT = (
    "Constructed for practice: none of these records exists. Each has its kind, whose side it is on, "
    "and who says otherwise, as the real ones have."
)


def practice_evidence(text: str) -> Explorer:
    """Return the invented records that go with a constructed text, beside its day.

    Args:
        text: the id of the constructed text, such as `"p05"`.

    Raises:
        UnknownArticle: there is no such text.
        TableError: the table is missing or damaged, or has no record for the text.
    """
    path = course_folder() / "data" / "practice" / "evidence.csv"
    article = practice[text]
    rows = [row for row in read_table(path, COLUMNS) if row["article"] == text]
    if not rows:
        raise TableError(f"The table {path} has no record for the constructed text {text!r}.")
    day = date.fromisoformat(article.published)
    try:
        records = [_record(row, text, article.published) for row in rows]
    except (DateUnreadable, ValueError) as problem:
        raise TableError(f"The table {path} is damaged: {problem}") from None
    return Explorer(
        records,
        [Reference(text, f"{text} (constructed)", f"{day.day} {day:%B %Y}")],
        lanes=[Lane(one, LANE_NAMES[one], TOO_LATE if one == "later" else "") for one in LANES],
        groups={text: f"text {text}"},
        reference=text,
        about=ABOUT,
        title=f"Invented evidence beside {text}",
        name=f"evidence-{text}",
    )


def _record(row: dict[str, str], text: str, day: str) -> Record:
    found = timing(row["date"], day)
    return Record(
        id=row["id"],
        topic=row["topic"],
        finding=row["finding"],
        counter=row["counter_position"],
        kind=row["source_type"],
        side=row["source_note"],
        date=row["date"],
        where=f"{row['publisher']}, “{row['title']}”",
        filed=text,
        places={text: Place(found.lane, found.words)},
    )
