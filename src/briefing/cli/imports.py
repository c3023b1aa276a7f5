"""`canvas`, `moodle`, `pages`: points and pages back to a platform; only reads arguments and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.visible import visible

if TYPE_CHECKING:
    from briefing.marking.imports import Made, ZeroFor
    from briefing.marking.imports.pages_back import Parcel

Marked = Annotated[Path, typer.Option(help="The folder that `grade` has written.")]
Out = Annotated[Path, typer.Option(help="The file to write, for importing it.")]
Which = Annotated[str, typer.Option(help="Which exercise, where MARKED has several.")]
MissingZero = Annotated[bool, typer.Option(help="0 for those who handed in nothing.")]
BadZero = Annotated[bool, typer.Option(help="0 for what could not be marked.")]
Unfinished = Annotated[bool, typer.Option(help="Points also while open answers wait for you.")]
ByName = Annotated[
    bool,
    typer.Option(
        "--by-name", help="Find students by their names where the list has other ids than MARKED."
    ),
]

AsMarked = Annotated[
    bool,
    typer.Option(
        "--as-marked", help="Also where something was entered in MARKED since: as it was marked."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(canvas)
    app.command()(moodle)
    app.command()(pages)


def canvas(
    export: Annotated[Path, typer.Argument(help="The gradebook that Canvas exported, a CSV file.")],
    marked: Marked,
    out: Out = Path("canvas-import.csv"),
    exercise: Which = "",
    item: Annotated[
        str, typer.Option(help="Which column: its number, heading or a word. Default: EXERCISE.")
    ] = "",
    zero_for_missing: MissingZero = False,
    zero_for_not_gradable: BadZero = False,
    unfinished: Unfinished = False,
    by_name: ByName = False,
    as_marked: AsMarked = False,
) -> None:
    """Fill one column of the gradebook that Canvas exported, for importing it there."""
    from briefing.marking.imports import canvas_import, need_marked_again, results_in

    if not as_marked:
        need_marked_again(marked)
    results = results_in(marked, exercise, ("id", "sis id", "user name"))
    made = canvas_import(
        export,
        results.rows,
        item or exercise or results.exercise,
        points=results.points,
        zero_for=_zeros(zero_for_missing, zero_for_not_gradable),
        unfinished=unfinished,
        by_name=by_name,
        absent=results.absent,
    )
    _write(made, results.exercise, out, "Canvas: Grades, Import")


def moodle(
    export: Annotated[
        Path,
        typer.Argument(help="The grading worksheet (or list of participants) that Moodle gave."),
    ],
    marked: Marked,
    out: Out = Path("moodle-import.csv"),
    exercise: Which = "",
    grade: Annotated[str, typer.Option(help="The grades' heading, if not recognised.")] = "",
    feedback: Annotated[str, typer.Option(help="The comments' heading, likewise.")] = "",
    gradebook: Annotated[
        str,
        typer.Option(
            metavar="ITEM",
            help="Make a table for Moodle's gradebook instead, for the grade item of that name; "
            "EXPORT is then the list of participants.",
        ),
    ] = "",
    pages: Annotated[
        Path | None,
        typer.Option(
            metavar="ZIP",
            help="Write the feedback pages, too, for Moodle's “Upload multiple feedback files in a zip”.",
        ),
    ] = None,
    zero_for_missing: MissingZero = False,
    zero_for_not_gradable: BadZero = False,
    unfinished: Unfinished = False,
    by_name: ByName = False,
    as_marked: AsMarked = False,
) -> None:
    """Fill the grading worksheet that Moodle gave, for uploading it there."""
    from briefing.marking.hand_ins.roster import Roster
    from briefing.marking.imports import (
        ImportRefused,
        moodle_gradebook,
        moodle_pages,
        moodle_worksheet,
        need_marked_again,
        results_in,
    )
    from briefing.marking.page_list import pages_in

    if pages and gradebook:
        raise ImportRefused("Pages need the grading worksheet: leave out --gradebook or --pages.")
    if not as_marked:
        need_marked_again(marked, pages=pages is not None)
    kinds = ("identifier", "email", "id number", "user name")
    results = results_in(marked, exercise, kinds)
    zeros = _zeros(zero_for_missing, zero_for_not_gradable)
    if gradebook:
        made = moodle_gradebook(
            export,
            results.rows,
            gradebook,
            points=results.points,
            zero_for=zeros,
            unfinished=unfinished,
            by_name=by_name,
            absent=results.absent,
        )
    else:
        made = moodle_worksheet(
            export,
            results.rows,
            points=results.points,
            grade=grade,
            feedback=feedback,
            zero_for=zeros,
            unfinished=unfinished,
            by_name=by_name,
            absent=results.absent,
        )
    parcel = (
        moodle_pages(pages_in(marked, results.exercise), Roster.read(export)) if pages else None
    )
    way = "Grades, Import, CSV file" if gradebook else "Upload grading worksheet"
    _write(made, results.exercise, out, f"Moodle: {way}")
    if parcel and pages:
        _send(parcel, marked, pages, "Moodle: Upload multiple feedback files in a zip")


def pages(
    marked: Annotated[Path, typer.Argument(help="The folder that `grade` has written.")],
    out: Annotated[Path, typer.Option(help="The zip to write.")] = Path("pages.zip"),
    roster: Annotated[
        Path | None, typer.Option(help="A class list with e-mail addresses, a CSV file.")
    ] = None,
    exercise: Which = "",
    as_marked: AsMarked = False,
) -> None:
    """Put the feedback pages into a zip, named by student, with a table for mail-merge."""
    from briefing.marking.hand_ins.roster import Roster
    from briefing.marking.imports import need_marked_again, plain_pages
    from briefing.marking.page_list import pages_in

    if not as_marked:
        need_marked_again(marked, pages=True)
    people = Roster.read(roster) if roster else None
    _send(plain_pages(pages_in(marked, exercise), people), marked, out)


def _send(parcel: Parcel, marked: Path, out: Path, way: str = "") -> None:
    from briefing.marking.cells import counted
    from briefing.marking.imports import write_parcel

    done = write_parcel(parcel, marked, out)
    for sentence in (*parcel.sentences, done.sentence):
        if sentence:
            typer.echo(visible(sentence))
    way = f" Give it to {way}." if way and parcel.files else ""
    typer.echo(f"{counted(len(parcel.files), 'page')} in {visible(str(done.path))}.{way}")


def _zeros(missing: bool, bad: bool) -> set[ZeroFor]:
    wanted: set[ZeroFor] = set()
    if missing:
        wanted.add("missing")
    if bad:
        wanted.add("not gradable")
    return wanted


def _write(made: Made, exercise: str, out: Path, way: str) -> None:
    from briefing.marking.cells import counted
    from briefing.marking.imports import put

    done = put(out, lambda path: path.write_bytes(made.data))
    for sentence in made.sentences:
        typer.echo(visible(sentence))
    how = [
        f"{made.by[by]:,} found by {by}"
        for by in ("id", "code", "name", "group")
        if made.by.get(by)
    ]
    how += [f"{made.by['']:,} with a zero for handing in nothing"] if made.by.get("") else []
    column = visible(made.column)
    typer.echo(f"{exercise} goes into the column “{column}”: {', '.join(how) or 'nobody'}.")
    if done.sentence:
        typer.echo(visible(done.sentence))
    where = visible(str(done.path))
    typer.echo(f"Points for {counted(made.filled, 'student')} in {where}. Give it to {way}.")
