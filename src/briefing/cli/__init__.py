"""The command line: gathers the command groups and prints expected failures; does no work itself.

Each group is a module of this package with `register(app)`. Importing a group stays cheap: what a
command needs is imported when the command runs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from briefing import __version__
from briefing.cli.hints import meant, typed
from briefing.errors import BriefingError

GROUPS = (
    "attribute",
    "grade",
    "imports",
    "key",
    "notebooks",
    "release",
    "schema",
)  # fmt: skip

app = typer.Typer(
    name="briefing",
    help="Reading the Briefing: commands for instructors and maintainers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Reading the Briefing {__version__}")
        raise typer.Exit


@app.callback()
def _briefing(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Reading the Briefing: commands for instructors and maintainers."""


for _group in GROUPS:
    import_module(f"briefing.cli.{_group}").register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process: 0 done, 130 stopped, 2 could not be done.

    An expected failure (`BriefingError`) is one sentence on standard error, never a traceback.

    Args:
        arguments: the words after `briefing`; those of the process where none are given.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a file on Windows may lack a name's letters
    try:
        app(args=words, prog_name=typed(), obj=words)
    except BriefingError as error:
        print(error, file=sys.stderr)
        _hint(words)
        sys.exit(2)
    except SystemExit as ended:
        if ended.code == 2:
            _hint(words)
        raise
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)


def _hint(words: Sequence[str]) -> None:
    line = meant(words)
    if line:
        print(f"Perhaps you meant (copy this line):\n\n    {line}\n", file=sys.stderr)
