"""The students' version: `release` makes it, `launch-links` writes Binder's links; only prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.visible import visible


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(release)
    app.command(name="launch-links")(launch_links)


def release(
    out: Annotated[Path, typer.Option(help="The folder to write.")],
    repository: Annotated[
        str,
        typer.Option(
            help="OWNER/NAME on GitHub that it will be published as, for its Binder link."
        ),
    ] = "",
) -> None:
    """Make the students' version: no solutions, and nothing in it that is graded."""
    from briefing.release import make_release

    made = make_release(out, repository, report=lambda words: typer.echo(words, err=True))
    typer.echo(
        f"Made the students' version in {visible(str(out))}: {len(made.files)} files, {len(made.left)} left behind."
        " Searched for everything graded: found nothing."
    )
    if made.undecided:
        typer.echo(
            f"No rule names {visible(', '.join(made.undecided[:5]))}"
            f"{' …' if len(made.undecided) > 5 else ''}; left behind, too.",
            err=True,
        )


def launch_links() -> None:
    """Write the launch links of README.md anew from binder/repositories.toml."""
    from briefing.corpus import course_folder
    from briefing.release.launch import repositories, with_links

    course = course_folder()
    page = course / "README.md"
    old = page.read_text(encoding="utf-8")
    new = with_links(old, repositories(course))
    if new != old:
        page.write_text(new, encoding="utf-8", newline="\n")
    typer.echo("README.md: " + ("launch links written." if new != old else "as it was."))
