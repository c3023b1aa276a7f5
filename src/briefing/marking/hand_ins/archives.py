"""List the files in a zip, and in the zips that lie in it, one level deep; never unpacks to disk."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from briefing.marking.hand_ins.budget import MOST_LISTED, MOST_ZIPS, within_budget
from briefing.marking.hand_ins.cautious import NoFile, opened_file
from briefing.marking.hand_ins.folders import is_hidden, is_litter
from briefing.marking.hand_ins.refs import Member, Ref, What
from briefing.marking.hand_ins.zip_directory import MOST_ENTRIES, BrokenZip, entries
from briefing.marking.hand_ins.zip_members import MemberUnreadable, inner_zip

_ASK = "ask the student for the file that ends in .answers.json"


def is_zip(name: str) -> bool:
    """Say whether a file of that name is looked into."""
    return name.lower().endswith(".zip")


def files_in_zip(
    path: str, shown: str = "", *, most: int = MOST_ENTRIES, zips: int = MOST_ENTRIES
) -> Iterator[Ref]:
    """Yield the files in the zip at `path`; what cannot be read comes with the reason.

    Args:
        path: the zip.
        shown: what stands before the entries' names in `Ref.path`; "" where the zip is the source.
        most: how many entries are read; of a zip with more, none is.
        zips: how many zips that lie in it are looked into; each of the others is one file.

    Raises:
        BrokenZip: its table of contents cannot be read.
        NoFile: it has become another thing since it was listed.
        OSError: it cannot be read.
    """
    with opened_file(path) as file:
        yield from _files(file, path, shown, (), zips, most)


def files_in_zip_or_reason(
    path: str, shown: str, *, inner: bool = True, one_students: bool = False
) -> Iterator[Ref]:
    """Yield the same; a zip that cannot be read is one file with the reason.

    Args:
        path: the zip.
        shown: what stands before the entries' names.
        inner: look into zips that lie in it, too; otherwise each is one file.
        one_students: the zip is a single student's, so that only so much in it is looked at (see
            `within_budget`): nobody floods a class's gradebook.
    """
    empty = True
    try:
        most = MOST_LISTED if one_students else MOST_ENTRIES
        zips = (MOST_ZIPS if one_students else MOST_ENTRIES) if inner else 0
        refs = files_in_zip(path, shown, most=most, zips=zips)
        for ref in within_budget(refs, Ref(shown, path)) if one_students else refs:
            empty = False
            yield ref
    except BrokenZip as problem:
        yield Ref(shown, path, problem=broken(str(problem)))
        return
    except NoFile as problem:
        yield Ref(shown, path, problem=str(problem))
        return
    except OSError as problem:
        yield Ref(shown, path, problem=f"It cannot be read ({problem.strerror}).")
        return
    if empty:
        yield Ref(shown, path, problem=f"Not an answers file: an empty zip; {_ASK}.")


def broken(why: str) -> str:
    """Return the sentence about a zip that cannot be read."""
    return f"Not an answers file: a compressed folder that cannot be read ({why}); {_ASK}."


def _files(
    file: BinaryIO, path: str, shown: str, outer: tuple[Member, ...], zips: int, most: int
) -> Iterator[Ref]:
    for entry in entries(file, most):
        *folders, name = entry.name.split("/")
        if is_litter(name) or any(is_hidden(folder) for folder in folders if folder != ".."):
            continue
        below = f"{shown}/{entry.name}" if shown else entry.name
        here = (*outer, entry.member)
        what = What.LINK if entry.link else What.OTHER
        if entry.problem or not is_zip(name):
            yield Ref(below, path, here, problem=entry.problem, what=what)
        elif outer:
            yield Ref(
                below,
                path,
                here,
                problem="Not looked into: a zip within two others; unpack it first.",
            )
        elif zips:
            zips -= 1
            yield from _inside(path, below, entry.member)
        else:
            yield Ref(below, path, here)


def _inside(path: str, shown: str, member: Member) -> Iterator[Ref]:
    empty = True
    try:
        refs = _files(BytesIO(inner_zip(path, member)), path, shown, (member,), 0, MOST_LISTED)
        for ref in within_budget(refs, Ref(shown, path, (member,))):
            empty = False
            yield ref
    except BrokenZip as problem:
        yield Ref(shown, path, (member,), problem=broken(str(problem)))
    except MemberUnreadable as problem:
        yield Ref(shown, path, (member,), problem=f"Not an answers file: {problem}")
    else:
        if empty:
            yield Ref(shown, path, (member,), problem=f"Not an answers file: an empty zip; {_ASK}.")
