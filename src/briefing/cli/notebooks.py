"""The maintainer's commands for the notebooks: `refresh` and `exercises`; only reads arguments."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this group to `app`."""
    app.command()(refresh)
    app.command()(exercises)


def refresh(
    names: Annotated[
        list[str] | None, typer.Argument(help="Notebooks, for example 02 or ex02; all of none.")
    ] = None,
) -> None:
    """Run notebooks from first to last cell and store them with their outputs."""
    from briefing.authoring import refresh_notebooks

    refresh_notebooks(names or [], report=typer.echo)


def exercises() -> None:
    """Make each exercise from its solved notebook."""
    from briefing.authoring import write_exercises

    for path in write_exercises():
        typer.echo(f"Wrote {path.parent.name}/{path.name}.")
