"""Earlier versions of an answers file: finds, reads and keeps them; brings none back.

Two kinds are kept: the last saves, which make room for later ones, and what was put aside for good
because something else took its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.answers import disk
from briefing.answers.tree import Tree, good, read_bytes

OTHER_WINDOW = "other-window"
BEFORE_RESTORE = "before-restore"


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An earlier version of the file.

    `name` is the name of its file, which nothing else has; `why` is empty for an ordinary save, else
    `other-window` or `before-restore`.
    """

    revision: int
    saved_iso: str
    path: Path
    name: str = ""
    why: str = ""


def earlier_trees(path: Path, exercise: str) -> Iterator[tuple[EarlierVersion, Tree]]:
    """Yield every earlier version of the file at `path` that can be used, oldest revision first."""
    found = [("", version) for version in disk.versions(path)]
    found += [one for one in disk.asides(path) if one[0] in (OTHER_WINDOW, BEFORE_RESTORE)]
    trees = [(why, place, tree) for why, place in found if (tree := good(place, exercise))]
    for why, place, tree in sorted(trees, key=lambda one: (one[2]["revision"], one[0])):
        saved = str(tree.get("saved", ""))
        yield EarlierVersion(tree["revision"], saved, place, place.name, why), tree


def keep_apart(path: Path, exercise: str) -> None:
    """Keep the file at `path` as it is among the earlier versions, for good.

    Raises:
        AnswersUnreadable: the system does not let it be read.
        SaveFailed: it could not be kept.
    """
    with disk.locked(path.parent, exercise):
        data = read_bytes(path)
        if data is not None:
            disk.keep_aside(path, data, BEFORE_RESTORE)
