"""List everything that was handed in, in a fixed order, each with whose it is; marks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefing.marking.hand_ins.folders import files_below
from briefing.marking.hand_ins.refs import Ref


def listed(source: Path, *, without: Path | None = None) -> Iterator[Ref]:
    """Yield every file that was handed in, in an order that does not depend on the system.

    Args:
        source: the folder with what was handed in.
        without: a folder that is not looked into (the output of an earlier marking).

    Raises:
        NothingToMark: `source` is missing or cannot be listed.
    """
    yield from files_below(source, without)
