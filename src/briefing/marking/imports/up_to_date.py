"""Points and pages go back as a class was marked: look that nobody has entered anything since; sends nothing."""

from __future__ import annotations

from pathlib import Path

from briefing.marking.entered import entered_since
from briefing.marking.imports.rows import ImportRefused
from briefing.marking.ours import NOTES


def need_marked_again(marked: Path, *, pages: bool = False) -> None:
    """Look whether what stands in `marked` is what its tables say.

    Args:
        marked: the folder that `grade` wrote, or the gradebook in it.
        pages: whether pages go back as well. A note stands on them as it was when they were written;
            without pages it is taken from its table, as it is now.

    Raises:
        ImportRefused: somebody has entered something since.
        MarksheetUnreadable: a table is still open in a spreadsheet, or cannot be read.
    """
    folder = marked if marked.is_dir() else marked.parent
    tables = [name for name in entered_since(folder) if pages or name != NOTES]
    if tables:
        what = "pages" if tables == [NOTES] else "points"
        raise ImportRefused(
            f"You entered or changed something in {' and '.join(tables)} after {marked} was made: give the "
            f"`grade` line again first, or the {what} of before go back. (If that is meant, add --as-marked.) "
            "Nothing was written."
        )
