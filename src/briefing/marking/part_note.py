"""What a part of a class says of itself, and whether parts make up one class; marks and writes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct

from briefing.errors import BriefingError
from briefing.marking.output import MARK
from briefing.marking.records import fingerprint
from briefing.marking.rules import Counts

PART_SENTENCE = "Made by `briefing grade --shard`: a part of a class, for `briefing merge`."
NOTE = "part.json"
FORMAT = "reading-the-briefing/part"
_RUN = re.compile(r"[0-9a-f]{32}")
PAGE = re.compile(r"[0-9]{3}\.html")
_INPUT = re.compile(r"[0-9]{2}(\.[a-z]{1,10})?")


class PartsDoNotFit(BriefingError):
    """Parts of a class that do not make up one class."""


class Part(Struct, frozen=True):
    """What a part says of itself.

    Attributes:
        format: `FORMAT`.
        shard: which part it is, from 1.
        of: of how many.
        settings: digest of the settings, the course and its keys.
        listing: digest of the names of all runs of the class.
        runs: how many runs the class has.
        own: the names of this part's runs: the `shard`-th and every `of`-th after it.
        files: how many files the class has.
        pages: whether there are pages.
        keep: which of several hand-ins counts.
        tables: kind and file name of what people had filled in.
        layout: how the class was read, one sentence.
    """

    format: str
    shard: int
    of: int
    settings: str
    listing: str
    runs: int
    own: tuple[str, ...]
    files: int
    pages: bool
    keep: Counts
    tables: tuple[tuple[str, str], ...]
    layout: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Which part of a class: the `number`-th of `of`, from 1."""

    number: int
    of: int

    @classmethod
    def read(cls, written: str) -> Shard:
        """Return the shard in words such as `2/5`.

        Raises:
            PartsDoNotFit: it is none.
        """
        found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", written.strip(), re.ASCII)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise PartsDoNotFit(
                f"“{written[:40]}” is no part: write 1/3 for the first of three, then 2/3 and 3/3."
            )
        return cls(int(found[1]), int(found[2]))


def is_part(path: str) -> bool:
    """Say whether a path below a part is one that `grade_shard` writes."""
    folder, _, name = path.partition("/")
    run, _, page = name.partition("/")
    return (
        path == NOTE
        or (folder == "records" and bool(re.fullmatch(r"[0-9a-f]{32}\.jsonl", name)))
        or (folder == "inputs" and bool(_INPUT.fullmatch(name)))
        or (folder == "pages" and bool(_RUN.fullmatch(run) and PAGE.fullmatch(page)))
    )


def read_part(folder: Path) -> Part:
    """Return what a part says of itself.

    Raises:
        PartsDoNotFit: it is none, or cannot be read.
    """
    try:
        made = (folder / MARK).read_text(encoding="utf-8").split("\n")[0]
        part = msgspec.json.decode((folder / NOTE).read_bytes(), type=Part)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as problem:
        raise PartsDoNotFit(
            f"{folder} is no part of a class that `briefing grade --shard` made; give those folders."
        ) from problem
    names = [name for _, name in part.tables]
    own = len(range(part.shard - 1, part.runs, part.of)) if part.of > 0 else -1
    if (
        made != PART_SENTENCE
        or part.format != FORMAT
        or not 1 <= part.shard <= part.of
        or len(part.own) != own
        or not all(map(_RUN.fullmatch, part.own))
        or not all(map(_INPUT.fullmatch, names))
    ):
        raise PartsDoNotFit(f"The part {folder} is damaged; copy it again.")
    return part


def fitting(parts: Sequence[tuple[Path, Part]]) -> list[tuple[Path, Part]]:
    """Return the parts in their order, once it is certain that they make up one class.

    Raises:
        PartsDoNotFit: they do not.
    """
    if not parts:
        raise PartsDoNotFit("No parts were given; give the folders that --shard made.")
    folder, first = parts[0]
    by_number: dict[int, tuple[Path, Part]] = {}
    for other, part in parts:
        if part.of != first.of:
            raise PartsDoNotFit(
                f"{folder} is one of {first.of} parts and {other} one of {part.of}: give the parts of one "
                "division."
            )
        if part.shard in by_number:
            raise PartsDoNotFit(
                f"Part {part.shard} of {part.of} is there twice: {by_number[part.shard][0]} and {other}. "
                "Give each once."
            )
        if part.settings != first.settings:
            raise PartsDoNotFit(
                f"{folder} and {other} were marked differently: with other options, other tables (open "
                "answers, rules, class list) or another version of the course. Mark one of them again."
            )
        if part.listing != first.listing or part.runs != first.runs:
            raise PartsDoNotFit(
                f"{folder} and {other} are parts of different classes, or something was handed in between "
                "the two. Mark one of them again from the same files."
            )
        by_number[part.shard] = (other, part)
    missing = [str(n) for n in range(1, first.of + 1) if n not in by_number]
    if missing:
        raise PartsDoNotFit(
            f"Of {first.of} parts, {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        )
    found = [by_number[number] for number in range(1, first.of + 1)]
    names = (
        part.own[number // first.of].encode()
        for number in range(first.runs)
        for part in [found[number % first.of][1]]
    )
    if fingerprint(names) != first.listing:
        raise PartsDoNotFit("The parts do not hold the class's runs of files; mark them again.")
    return found
