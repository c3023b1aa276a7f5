"""The instructor's commands: `check`, `grade` and `simulate`; only reads arguments and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from briefing.marking.classroom import Summary


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(check)
    app.command()(grade)
    app.command()(simulate)


def check(
    files: Annotated[
        list[Path], typer.Argument(help="Answers files, or folders of them.", metavar="FILE...")
    ],
) -> None:
    """Say whether answers files can be marked, and what is still empty in them."""
    from briefing.marking.check import check_paths

    fine = True
    for path, checked in check_paths(files):
        fine &= checked.can_be_marked
        verdict = "can be marked" if checked.can_be_marked else "CANNOT be marked"
        typer.echo(f"{path}: {verdict}. {' '.join(checked.sentences)}")
    if not fine:
        raise typer.Exit(1)


def grade(
    folder: Annotated[Path, typer.Argument(help="The folder with what was handed in.")],
    out: Annotated[
        Path,
        typer.Option(help="The folder to write: gradebook.csv, open-answers.csv and feedback/."),
    ],
    pages: Annotated[bool, typer.Option(help="Write a feedback page for each student.")] = True,
    marks: Annotated[
        Path | None,
        typer.Option(help="An open-answers.csv that was filled in elsewhere; wins over OUT's own."),
    ] = None,
) -> None:
    """Mark every answers file below FOLDER; nothing in the files is run.

    Open answers are listed in OUT/open-answers.csv: fill in points there, and mark again.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from briefing.keys.tables import need_solutions
    from briefing.marking.classroom import grade_folder

    need_solutions("marked")
    console = Console()
    columns = (SpinnerColumn(), TextColumn("Marking: {task.completed} files"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def report(done: int) -> None:
            if done % 50 == 0:
                progress.update(task, completed=done)

        summary = grade_folder(folder, out, pages=pages, marks=marks, report=report)
    _print_summary(console, summary, out)


def _print_summary(console: Console, summary: Summary, out: Path) -> None:
    from rich.markup import escape
    from rich.table import Table

    from briefing.marking.cells import counted, points, safe
    from briefing.marking.grade import RowStatus
    from briefing.marking.gradebook import question_columns

    table = Table(title="Marked" if summary.rows else "No answers files were found")
    for heading in ("exercise", "students", "mean score", "of"):
        table.add_column(heading, justify="left" if heading == "exercise" else "right")
    scored = [line for line in summary.rows if line.score]
    # A score of 17 and one of 20 are not averaged: some open answers may still wait for their mark.
    for exercise, most in sorted({(line.exercise, float(line.max_score)) for line in scored}):
        scores = [
            float(line.score)
            for line in scored
            if line.exercise == exercise and float(line.max_score) == most
        ]
        mean = sum(scores) / len(scores)
        table.add_row(exercise, str(len(scores)), f"{mean:.1f}", points(most))
    console.print(table)
    for exercise in sorted({line.exercise for line in scored}):
        lines = [line for line in scored if line.exercise == exercise]
        means = []
        for name in question_columns(lines):
            earned = [float(e) for line in lines for q, e in line.questions if q == name and e]
            if earned:
                means.append(f"{name} {sum(earned) / len(earned):.1f}")
        console.print(f"{exercise}, mean points where answered: {', '.join(means)}")
    counts = summary.counts
    console.print(", ".join(_how_many(counts[s], s) for s in RowStatus if counts[s]) or "0 files")
    problems = [line for line in summary.rows if line.status is RowStatus.NOT_GRADABLE]
    for line in problems[:10]:
        console.print(f"[yellow]not gradable[/]: {escape(safe(line.reason))}", highlight=False)
    if len(problems) > 10:
        console.print(f"… and {len(problems) - 10} more, all in the gradebook.")
    left = summary.left.all
    if left:
        said = (
            "1 file here is no answers file"
            if left == 1
            else f"{left} files here are no answers files"
        )
        console.print(f"{said}; the gradebook says what to do.")
    if summary.by_hand:
        console.print(
            f"The gradebook had been changed by hand: that one is kept as {summary.by_hand}. Points "
            "for open answers go into open-answers.csv."
        )
    console.print(f"Gradebook: {escape(str(out / 'gradebook.csv'))}", soft_wrap=True)
    console.print(
        f"Open answers, for you to mark: {escape(str(out / 'open-answers.csv'))}", soft_wrap=True
    )
    if summary.pages:
        console.print(
            f"Feedback: {counted(summary.pages, 'page')} in {escape(str(out / 'feedback'))}",
            soft_wrap=True,
        )


def _how_many(count: int, status: str) -> str:
    plural = {"older copy": "older copies"}
    return f"{count} {status if count == 1 else plural.get(status, status)}"


def simulate(
    out: Annotated[Path, typer.Option(help="The folder to write the made-up class to.")],
    students: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many.")] = 30,
    exercise: Annotated[str, typer.Option(help="Which exercise.")] = "ex02",
    seed: Annotated[int, typer.Option(help="The same seed makes the same class.")] = 1,
) -> None:
    """Make up a class of answers files, for trying the marking out."""
    from briefing.keys.tables import need_solutions
    from briefing.marking.cells import counted
    from briefing.marking.simulate import write_class

    need_solutions("made up")
    count = write_class(exercise, students, out, seed)
    twice = ", one student's twice" if count > students else ""
    typer.echo(
        f"Wrote {counted(count, 'answers file')} of a class that does not exist to {out}{twice}."
    )
