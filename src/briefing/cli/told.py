"""How marking tells what it does: a progress bar, a summary in words, or one JSON object; marks nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli.hints import typed
from briefing.marking import ours
from briefing.visible import visible

if TYPE_CHECKING:
    from briefing.marking import classroom
    from briefing.marking.check import Checked
    from briefing.marking.summary import Summary

CHECKS = "reading-the-briefing/check"
LARGE = 1_000
"""Of so many files it is worth saying how many are marked in a second."""


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[classroom.Progress], None]]:
    """Show a bar on standard error; give the function that moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(f"{what}:"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} files"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, emoji=False), transient=True) as bar:
        task = bar.add_task("", total=1, visible=False, rate="")

        def report(now: classroom.Progress) -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task,
                completed=now.done,
                total=now.total,
                visible=True,
                rate=f"{speed:,.0f} a second" if speed else "",
            )

        yield report


@contextmanager
def stoppable(sentence: str) -> Iterator[None]:
    """Where somebody presses Ctrl+C, say a sentence on standard error and leave with 130."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        typer.echo(f"\nStopped. {visible(sentence)}", err=True)
        raise typer.Exit(130) from stopped


def print_object(summary: Summary, out: Path, *, part: str = "") -> None:
    """Print one JSON object on standard output and nothing else."""
    told = summary.as_object() | {"out": str(out)}
    told |= {"part": part} if part else {"gradebook": str(out / ours.GRADEBOOK)}
    typer.echo(json.dumps(told, ensure_ascii=True, indent=1))


def print_part(summary: Summary, out: Path, part: str) -> None:
    """Print what came of marking one part of a class."""
    typer.echo(
        f"Part {part}: {summary.files:,} files marked ({summary.reused:,} before). {visible(str(out))}"
    )
    for said in (summary.rules, *summary.notes):
        typer.echo(visible(said))
    typer.echo(f"When all parts are there: {typed()} merge PART… --out OUT")


def print_checks(checks: Iterable[tuple[Path, Checked]]) -> bool:
    """Print what was found out about files as one JSON object; say whether all can be marked."""
    files = [
        {"path": str(path), "can_be_marked": c.can_be_marked, "sentences": list(c.sentences)}
        for path, c in checks
    ]
    fine = all(file["can_be_marked"] for file in files)
    told = {"format": CHECKS, "version": 1, "all_can_be_marked": fine, "files": files}
    typer.echo(json.dumps(told, ensure_ascii=True, indent=1))
    return fine


def print_summary(summary: Summary, out: Path) -> None:
    """Print what came of marking a class, in words."""
    from rich.console import Console
    from rich.table import Table

    from briefing.marking.cells import counted, points
    from briefing.marking.gradebook import in_order
    from briefing.marking.row_status import RowStatus

    console = Console(emoji=False)  # a name is no emoji
    table = Table(title="Marked" if summary.files else "No answers files were found")
    for heading in ("exercise", "students", "mean score", "of"):
        table.add_column(heading, justify="left" if heading == "exercise" else "right")
    for (exercise, most), scores in sorted(summary.scores.items()):
        table.add_row(exercise, f"{scores.count:,}", f"{scores.mean:.1f}", points(most))
    console.print(table)
    for said in _several_lines(summary):
        console.print(said, highlight=False)
    for exercise, questions in sorted(summary.questions.items()):
        worth = summary.worth[exercise]
        means = [
            f"{name} {questions[name].mean:.1f} of {points(worth[name])}"
            for name in in_order(questions)
        ]
        if means:
            console.print(f"{exercise}, mean points where answered: {', '.join(means)}")
    counts = summary.counts
    told = ", ".join(_how_many(counts[s], s) for s in RowStatus if counts[s])
    fast = summary.files >= LARGE and summary.seconds
    rate = f", {summary.files / summary.seconds:,.0f} a second" if fast else ""
    console.print(f"{told or '0 files'} ({counted(summary.files, 'file')}{rate}).")
    if summary.reused:
        console.print(
            f"{counted(summary.reused, 'file')} had been marked before the last run was cut short, and "
            "nothing had changed in them."
        )
    for said in summary.by_reason.told():
        console.print(f"[yellow]not gradable[/]: {_shown(said)}", highlight=False)
    for exercise, number in sorted(summary.absentees.items()):
        names = "; ".join(summary.absent[exercise])
        others = number - len(summary.absent[exercise])
        also = f" and {others:,} more: see the status in the gradebook" if others else ""
        console.print(
            f"[yellow]handed in nothing[/] ({exercise or 'any exercise'}): {_shown(names)}{also}.",
            highlight=False,
        )
    for (exercise, why), people in sorted(summary.perhaps.items()):
        console.print(
            f"[yellow]perhaps handed in[/] ({exercise or 'any exercise'}): {_shown('; '.join(people))}. "
            f"{_shown(why)}",
            highlight=False,
        )
    others = counts[RowStatus.PERHAPS] - sum(map(len, summary.perhaps.values()))
    if others:
        console.print(f"{others:,} more perhaps handed in: see the status in the gradebook.")
    if summary.by_groups:
        console.print(
            f"[yellow]Handed in by groups[/]: {counted(summary.by_groups, 'row')}. "
            "Each member has a row as well, with the group's points; `moodle`, with the grading worksheet, gives "
            "them these and the group's page.",
            highlight=False,
        )
    if summary.strangers:
        doubt = (
            " So some of those above may have handed in after all: is it this class's list, and has it the "
            "platform's ids or names?"
            if summary.absentees
            else ""
        )
        rows = counted(summary.strangers, "row")
        out_of_it = (
            " What is told of the class (means, report, students in defended.csv) is without them."
            if summary.of_list
            else ""
        )
        console.print(
            f"[yellow]not on the class list[/]: {rows} of the gradebook.{out_of_it}{doubt}",
            highlight=False,
        )
    left = summary.left.total()
    if left:
        said = (
            "1 file here is no answers file"
            if left == 1
            else f"{left:,} files here are no answers files"
        )
        console.print(f"{said}; the gradebook says what to do.")
    if summary.by_hand:
        console.print(
            f"The gradebook had been changed by hand: that one is kept as {summary.by_hand}. Points "
            f"for open answers go into {ours.OPEN_ANSWERS}."
        )
    for said in (summary.layout, summary.rules, *summary.notes):
        if said:
            console.print(_shown(said), highlight=False, soft_wrap=said == summary.rules)
    console.print(f"Gradebook: {_shown(str(out / ours.GRADEBOOK))}", soft_wrap=True)
    console.print(
        f"Open answers, for you to mark: {_shown(str(out / ours.OPEN_ANSWERS))}", soft_wrap=True
    )
    answers = summary.open_answers
    if sum(answers[of] for of in ("marked", "waiting", "unread")):
        unread = answers["unread"]
        bad = f", {unread:,} could not be read (see the column remark)" if unread else ""
        wait = "waits" if answers["waiting"] == 1 else "wait"
        console.print(
            f"Open answers: {answers['marked']:,} marked, {answers['waiting']:,} {wait} for you{bad}."
        )
    if summary.defended:
        said = (
            f"Students defend {counted(summary.defended, 'answer')} against the key, "
            f"{summary.undecided:,} for you to decide"
        )
        console.print(f"{said}: {_shown(str(out / ours.DEFENDED))}", soft_wrap=True)
    if summary.changed:
        said = f"What you decided changed the points of {counted(summary.changed, 'answer')}"
        console.print(f"{said}: {_shown(str(out / ours.CHANGED))}", soft_wrap=True)
    for report in summary.reports:
        console.print(f"The class: {_shown(str(out / report))}", soft_wrap=True)
    if summary.pages:
        console.print(
            f"Feedback: {counted(summary.pages, 'page')} in {_shown(str(out / ours.PAGES))}",
            soft_wrap=True,
        )


def _several_lines(summary: Summary) -> Iterator[str]:
    """Yield a sentence for each exercise that has several lines because open answers wait."""
    from briefing.marking.cells import points

    for exercise, worth in sorted(summary.worth.items()):
        outs = sorted(most for name, most in summary.scores if name == exercise)
        if summary.open_answers["waiting"] and len(outs) > 1:
            whole = round(outs[-1], 6) == round(sum(worth.values()), 6)
            rest = f"; those of {points(outs[-1])} have none that waits (marked, or left empty)"
            yield (
                f"{exercise} has {len(outs)} lines: an open answer that waits for your mark is not in the points "
                f"yet{rest if whole else ''}."
            )


def _shown(text: str) -> str:
    """Return what a person or a stranger wrote so that neither the terminal nor the markup obeys it."""
    from rich.markup import escape

    return escape(visible(text))


def _how_many(count: int, status: str) -> str:
    plural = {"older copy": "older copies"}
    return f"{count:,} {status if count == 1 else plural.get(status, status)}"
