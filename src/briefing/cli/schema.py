"""`briefing schema`: prints the JSON Schema of an answers file; writes no file."""

from __future__ import annotations

import json

import typer


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(schema)


def schema() -> None:
    """Print the JSON Schema of an answers file, as docs/answers.schema.json holds it."""
    from briefing.answers.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))
