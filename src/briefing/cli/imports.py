"""`canvas` and `moodle`: points into the list that the platform exported; reads arguments and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from briefing.marking.imports import Made, ZeroFor

Marked = Annotated[Path, typer.Option(help="The folder that `grade` has written.")]
Out = Annotated[Path, typer.Option(help="The file to write, for importing it.")]
Which = Annotated[str, typer.Option(help="Which exercise, where MARKED has several.")]
MissingZero = Annotated[bool, typer.Option(help="0 for those who handed in nothing.")]
BadZero = Annotated[bool, typer.Option(help="0 for what could not be marked.")]
Unfinished = Annotated[bool, typer.Option(help="Points also while open answers wait for you.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(canvas)
    app.command()(moodle)


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
) -> None:
    """Fill one column of the gradebook that Canvas exported, for importing it there."""
    from briefing.marking.imports import canvas_import, results_in

    results = results_in(marked, exercise, ("id", "sis id", "user name"))
    made = canvas_import(
        export,
        results.rows,
        item or exercise or results.exercise,
        points=results.points,
        zero_for=_zeros(zero_for_missing, zero_for_not_gradable),
        unfinished=unfinished,
    )
    _write(made, out)


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
    zero_for_missing: MissingZero = False,
    zero_for_not_gradable: BadZero = False,
    unfinished: Unfinished = False,
) -> None:
    """Fill the grading worksheet that Moodle gave, for uploading it there."""
    from briefing.marking.imports import moodle_gradebook, moodle_worksheet, results_in

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
        )
    _write(made, out)


def _zeros(missing: bool, bad: bool) -> set[ZeroFor]:
    wanted: set[ZeroFor] = set()
    if missing:
        wanted.add("missing")
    if bad:
        wanted.add("not gradable")
    return wanted


def _write(made: Made, out: Path) -> None:
    from briefing.marking.cells import counted
    from briefing.marking.imports import ImportRefused

    try:
        with out.open("xb") as file:
            file.write(made.data)
    except FileExistsError:
        raise ImportRefused(
            f"{out} is there already; move it away or give another --out."
        ) from None
    except OSError as problem:
        raise ImportRefused(f"{out} cannot be written ({problem.strerror}).") from problem
    for sentence in made.sentences:
        typer.echo(sentence)
    typer.echo(f"Points for {counted(made.filled, 'student')} in {out}: import it there now.")
