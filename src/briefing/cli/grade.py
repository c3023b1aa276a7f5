"""The instructor's commands: `check`, `grade` and `simulate`; only reads arguments and prints."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from briefing.visible import visible


# The words of the options are listed here once more: the enums of `marking` would load all of it, and
# with it the keys, whenever a command line starts. A test holds them together.
class Keep(StrEnum):
    """Which of several hand-ins of one student counts."""

    LATEST = "latest"
    BEST = "best"
    ALL = "all"
    BEFORE_DUE = "before-due"


KEPT = {Keep.BEFORE_DUE: "latest before due"}
"""What the rules call it, where that is more than one word."""


class GradedLayout(StrEnum):
    """How a folder or zip is laid out."""

    PLAIN = "plain"
    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GOOGLE = "google"
    NBGRADER = "nbgrader"
    FOLDERS = "folders"


class SimulatedLayout(StrEnum):
    """How a made-up class is laid out."""

    PLAIN = "plain"
    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GOOGLE = "google"
    NBGRADER = "nbgrader"


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(check)
    app.command()(grade)
    app.command()(merge)
    app.command()(simulate)


def check(
    files: Annotated[
        list[Path],
        typer.Argument(help="Answers files, or folders and zips of them.", metavar="FILE..."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for machines.")
    ] = False,
) -> None:
    """Say whether answers files can be marked, and what is still empty in them."""
    from briefing.cli.told import print_checks
    from briefing.marking.check import check_paths

    if as_json:
        fine = print_checks(check_paths(files))
    else:
        fine = True
        for path, checked in check_paths(files):
            fine &= checked.can_be_marked
            verdict = "can be marked" if checked.can_be_marked else "CANNOT be marked"
            typer.echo(f"{visible(str(path))}: {verdict}. {visible(' '.join(checked.sentences))}")
    if not fine:
        raise typer.Exit(1)


def grade(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="The folder or zip with what was handed in.", metavar="HAND-INS")
    ],
    out: Annotated[
        Path,
        typer.Option(help="The folder to write: gradebook.csv, open-answers.csv and feedback/."),
    ],
    pages: Annotated[bool, typer.Option(help="Write a feedback page for each student.")] = True,
    marks: Annotated[
        Path | None,
        typer.Option(help="An open-answers.csv that was filled in elsewhere; wins over OUT's own."),
    ] = None,
    keep: Annotated[
        Keep | None,
        typer.Option(
            help="Which counts where a student handed in several times. Default: as in the rules, "
            "else the latest."
        ),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="The class list, as CSV: who handed in nothing is said.")
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(help="Due times, late rules, points. Default: marking.toml beside HAND-INS."),
    ] = None,
    layout: Annotated[
        GradedLayout | None, typer.Option(help="How HAND-INS is laid out, if the guess is wrong.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=512, help="Processes that mark. Default: all cores for a large class."
        ),
    ] = None,
    report: Annotated[
        bool, typer.Option(help="Write a report on the whole class: OUT/class/EXERCISE.html.")
    ] = True,
    shard: Annotated[
        str,
        typer.Option(
            help="Mark one part only, such as 1/4; `briefing merge` puts the parts together."
        ),
    ] = "",
    earlier: Annotated[
        Path | None,
        typer.Option(help="With --shard: the class's earlier OUT, for what was entered there."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace OUT even if it holds another class or another exercise."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for machines.")
    ] = False,
) -> None:
    """Mark every answers file in HAND-INS; nothing in the files is run.

    Open answers are listed in OUT/open-answers.csv: fill in points there, and mark again. If marking is
    cut short, the same command goes on where it stopped.
    """
    from briefing.cli.next_step import next_step
    from briefing.cli.told import print_object, print_part, print_summary, progress_bar, stoppable
    from briefing.keys.tables import need_solutions
    from briefing.marking.classroom import Wanted, grade_folder
    from briefing.marking.hand_ins import Layout
    from briefing.marking.part_note import Shard
    from briefing.marking.parts import grade_shard
    from briefing.marking.rules import Counts

    counts = Counts(KEPT.get(keep, keep)) if keep else None
    laid_out = Layout(layout) if layout else None
    need_solutions("marked")
    if earlier and not shard:
        raise typer.BadParameter(
            "--earlier goes with --shard; without it OUT's own tables are read."
        )
    part = Shard.read(shard) if shard else None
    again = f"{out} is as it was; the same line again goes on where it stopped."
    with stoppable(again), progress_bar("Marking") as moved:
        if part:
            wanted = Wanted(pages, counts, marks, roster, rules, laid_out)
            summary = grade_shard(
                folder, out, part, wanted, earlier=earlier, jobs=jobs, report=moved
            )
        else:
            summary = grade_folder(
                folder,
                out,
                pages=pages,
                marks=marks,
                keep=counts,
                roster=roster,
                rules=rules,
                layout=laid_out,
                jobs=jobs,
                class_report=report,
                anew=replace,
                report=moved,
            )
    if as_json:
        print_object(summary, out, part=shard)
    elif part:
        print_part(summary, out, shard)
    else:
        print_summary(summary, out)
        step = next_step(summary, out, roster, context.obj or ())
        if step:
            typer.echo(visible(step))


def merge(
    parts: Annotated[
        list[Path],
        typer.Argument(help="The folders that --shard made, all of them.", metavar="PART..."),
    ],
    out: Annotated[Path, typer.Option(help="The folder to write, as `grade` writes it.")],
    report: Annotated[
        bool, typer.Option(help="Write a report on the whole class: OUT/class/EXERCISE.html.")
    ] = True,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace OUT even if it holds another class or another exercise."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for machines.")
    ] = False,
) -> None:
    """Put the parts of a class together: the same files as if it had been marked in one piece."""
    from briefing.cli.told import print_object, print_summary, progress_bar, stoppable
    from briefing.marking.parts import merge_parts

    again = f"{out} is as it was; the same line again begins anew."
    with stoppable(again), progress_bar("Merging") as moved:
        summary = merge_parts(parts, out, class_report=report, anew=replace, report=moved)
    if as_json:
        print_object(summary, out)
    else:
        print_summary(summary, out)


def simulate(
    out: Annotated[Path, typer.Option(help="The folder to write the made-up class to.")],
    students: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many.")] = 30,
    exercise: Annotated[str, typer.Option(help="Which exercise.")] = "ex02",
    seed: Annotated[int, typer.Option(help="The same seed makes the same class.")] = 1,
    layout: Annotated[
        SimulatedLayout,
        typer.Option(help="Files alone, or the zip and class list of a learning platform."),
    ] = SimulatedLayout.PLAIN,
    groups: Annotated[
        bool, typer.Option("--groups", help="With --layout moodle: one hand-in for each group.")
    ] = False,
) -> None:
    """Make up a class of answers files, for trying the marking out."""
    from briefing.cli.hints import quoted, typed
    from briefing.keys.tables import need_solutions
    from briefing.marking.cells import counted
    from briefing.marking.hand_ins.layouts import Layout
    from briefing.marking.simulate import write_class, write_layout
    from briefing.marking.simulate_layouts import CLASS_LIST, HAND_INS

    if groups and layout is not SimulatedLayout.MOODLE:
        raise typer.BadParameter("--groups goes with --layout moodle: no other has such downloads.")
    need_solutions("made up")
    words = [str(out)]
    if layout is SimulatedLayout.PLAIN:
        count = write_class(exercise, students, out, seed)
    else:
        count = write_layout(exercise, students, out, seed, Layout(layout), groups=groups)
        words = [str(out / HAND_INS), "--roster", str(out / CLASS_LIST)]
    twice = ", one student's twice" if count > students else ""
    typer.echo(
        f"Wrote {counted(count, 'answers file')} of a class that does not exist to {visible(str(out))}{twice}."
    )
    if all(
        visible(word) == word for word in words
    ):  # otherwise it could not be pasted as it is shown
        line = [typed(), "grade", *map(quoted, words), "--out", "MARKED"]
        typer.echo(f"To mark it, type: {' '.join(line)}")
