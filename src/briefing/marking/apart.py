"""Look that the output does not lie where students' files come in; moves and writes nothing.

What is entered in the output's tables counts when the class is marked again. In the folder with the
hand-ins, whoever hands in could have put such tables there, and no sign tells them from a teacher's.
"""

from __future__ import annotations

from pathlib import Path

from briefing.corpus import is_course
from briefing.marking.output import OutputRefused, whole_path


def need_apart(folder: Path, out: Path, option: str = "--out") -> None:
    """Look that `out` does not lie in `folder`, where what was handed in is.

    Args:
        folder: what was handed in: a folder, or a zip.
        out: the output, or an earlier one.
        option: how the command line names it.

    Raises:
        OutputRefused: it lies there, or one of the two cannot be used.
    """
    whole, inside = whole_path(folder), whole_path(out)
    if is_course(folder):
        return  # that is refused as soon as it is read, and by a better sentence
    if not whole.is_dir() or not any(_same(whole, one) for one in (inside, *inside.parents)):
        return
    said = (
        f"{out} lies in {folder}, where the files come in that are to be marked: whoever hands in could "
        "put tables there, and what stands in them would count."
    )
    beside = whole.with_name(inside.name) if whole.name else whole
    if beside == whole:
        raise OutputRefused(f"{said} Give another {option}, in a folder without hand-ins.")
    if beside.exists():
        beside = whole.with_name(f"{whole.name}-{inside.name}")
    typed = f'{option} "{_short(beside)}"'
    if not inside.exists():
        raise OutputRefused(f"{said} End the line with {typed} instead.")
    raise OutputRefused(
        f"{said} Nothing was changed. If you marked into {inside.name} before, see that all that is entered "
        f"in its tables is yours, move the whole folder to {_short(beside)}, and end the line with {typed}: what you "
        "entered goes along."
    )


def _same(one: Path, other: Path) -> bool:
    """Say whether two paths are one folder, also where a disk does not tell `A` from `a`."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _short(path: Path) -> str:
    """Return a path as it can be typed here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
