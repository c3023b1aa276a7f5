"""Reading the five articles byte for byte, and refusing changed or missing ones; never writes.

A seed file is decoded as UTF-8 and otherwise left alone: every span of the course counts code
points of exactly this text, so a changed file would move them all without a word.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from briefing.errors import BriefingError


class SeedMissing(BriefingError):
    """A seed file is not in `seeds/`."""


class SumsUnreadable(BriefingError):
    """`SHA256SUMS` cannot be read."""


class SeedChanged(BriefingError):
    """A seed file does not have the bytes that the course was made with."""


@cache
def _sums(folder: Path) -> dict[str, str]:
    path = folder / "SHA256SUMS"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {name.strip(): digest for digest, name in (line.split(None, 1) for line in lines)}
    except (OSError, ValueError) as problem:
        raise SumsUnreadable(
            f"The list of sums {path} cannot be read; restore it from the course's original "
            "(seeds/README.md says how)."
        ) from problem


def read_seed(folder: Path, name: str) -> tuple[str, str]:
    """Return the text of `folder/name` and its SHA-256.

    Raises:
        SeedMissing: there is no such file.
        SeedChanged: its bytes are not those that `SHA256SUMS` promises.
        SumsUnreadable: `SHA256SUMS` is missing, or is no list of sums.
    """
    path = folder / name
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise SeedMissing(
            f"The article file {path} cannot be read ({problem.strerror}); "
            "copy it back from the course's original (seeds/README.md says how)."
        ) from problem
    digest = hashlib.sha256(raw).hexdigest()
    wanted = _sums(folder).get(name)
    if digest != wanted:
        raise SeedChanged(
            f"The article file {path} has changed: its SHA-256 is not the one in seeds/SHA256SUMS. "
            "Every span of the course counts characters of the original; restore the file "
            "(seeds/README.md says how)."
        )
    return raw.decode("utf-8"), digest
