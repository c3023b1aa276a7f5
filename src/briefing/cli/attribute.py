"""`briefing attribute FILE`: prints who says what in a text, as the finder sees it; writes no file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.errors import BriefingError

COLUMNS = ("start", "end", "mode", "source", "cue", "content_start", "content_end")


class NotReadable(BriefingError):
    """The text that is to be searched cannot be read."""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(attribute)


def attribute(
    file: Annotated[str, typer.Argument(help="A text in UTF-8; - reads standard input.")] = "",
    report: Annotated[
        bool, typer.Option("--report", help="Print how well the finder does on texts with a key.")
    ] = False,
) -> None:
    """Find who says what in an English news text, and print it as CSV.

    Offsets count Unicode code points. The finder works by rules and makes mistakes: its answer is no
    evidence.
    """
    from briefing.analysis import find_attributions
    from briefing.corpus import plain
    from briefing.keys.tables import write_table

    if report:
        from briefing.analysis.finder_report import report as made

        _write(made())
        return
    if not file:
        raise NotReadable(
            "Say which text to search: briefing attribute FILE, or - for standard input."
        )
    text = read_text(file)
    rows: list[dict[str, object]] = [
        {
            "start": one.start,
            "end": one.end,
            "mode": one.mode,
            "source": plain(one.source.of(text)) if one.source else "",
            "cue": plain(one.cue.of(text)) if one.cue else "",
            "content_start": one.content.start,
            "content_end": one.content.end,
        }
        for one in find_attributions(text)
    ]
    _write(write_table(COLUMNS, rows))


def read_text(file: str) -> str:
    """Return the text of a file, or of standard input for `-`, with its line ends untouched.

    Raises:
        NotReadable: there is no such file, it is a folder, or it is not in UTF-8.
    """
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except FileNotFoundError:
        raise NotReadable(f"There is no file {name}; check its name.") from None
    except (IsADirectoryError, PermissionError) as problem:
        if Path(file).is_dir():
            raise NotReadable(f"{name} is a folder; name one text file in it.") from None
        raise NotReadable(f"{name} cannot be read ({problem.strerror}).") from None
    except (OSError, ValueError) as problem:
        raise NotReadable(f"{name} cannot be read ({problem}).") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise NotReadable(
            f"{name} is not in UTF-8 (byte {problem.start}); save it as UTF-8 and try again."
        ) from None


def _write(text: str) -> None:
    """Write UTF-8 with plain line ends, whatever the terminal's own habits are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
