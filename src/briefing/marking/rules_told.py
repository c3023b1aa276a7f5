"""Say which file of rules a class is marked by, and which one lies where it does not count; reads none."""

from __future__ import annotations

from pathlib import Path

from briefing.corpus import course_folder
from briefing.marking.rules_file import NAME


def rules_told(source: Path, used: Path | None) -> str:
    """Return one line that names the rules by which `source` is marked.

    Args:
        source: the folder or the zip with what was handed in.
        used: the file of rules that counts, if there is one.
    """
    if used is None:
        named = source.name or source.resolve().name
        return f"Rules: none (no {NAME} beside {named}), so being late takes nothing."
    return f"Rules: {_short(used)}."


def stray_rules(source: Path, used: Path | None) -> list[str]:
    """Return a sentence for each file that looks like rules and does not count where it lies.

    Args:
        source: the folder or the zip with what was handed in.
        used: the file of rules that counts, if there is one.
    """
    beside = source.resolve().parent
    how = f"It must lie beside {source.name or source.resolve().name}, in {beside}, or be named with --rules."
    looked = [
        (
            source.resolve() / NAME,
            "lies in what was handed in and does not count there: whoever hands in could put it there. If it is "
            f"yours: {how[0].lower()}{how[1:]}",
        ),
        (
            course_folder().resolve() / NAME,
            f"lies in the course's folder and does not count. {how}",
        ),
        (beside / f"{NAME}.txt", f"is not called {NAME}, so it does not count. Rename it."),
    ]
    own = used.resolve() if used else None
    return [f"{_short(path)} {why}" for path, why in looked if path != own and path.is_file()]


def _short(path: Path) -> str:
    """Return a path as it is seen from where the command was given."""
    here = Path.cwd()
    full = path.resolve()
    return str(full.relative_to(here) if full.is_relative_to(here) else path)
