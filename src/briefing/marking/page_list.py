"""`pages.jsonl`: which feedback page is whose, written by `grade` for the commands; not for people.

Its ids are exact, unlike those in a table that a spreadsheet must not run. The name of a page is made
from its student, so a line that does not go with its page is found out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter
from pathlib import Path

import msgspec
from msgspec import Struct

from briefing.errors import BriefingError
from briefing.marking import ours
from briefing.marking.naming import page_name
from briefing.marking.register import Entry
from briefing.marking.row_status import RowStatus

NAME = ours.PAGE_LIST
FOLDER = ours.PAGES
_EXERCISE = re.compile(r"[a-z0-9]{1,20}")


class PagesUnknown(BriefingError):
    """It is not certain which page is whose."""


class Listed(Struct, frozen=True, omit_defaults=True):
    """A page and its student, or a student who has no page.

    Attributes:
        student: the student's id; exact.
        exercise: the exercise's name, or "".
        status: see `RowStatus`.
        page: name of the page's file; "" where there is none.
        known: whether the id is from a roster or a path; otherwise it is the code in the file.
        name: the student's name, where it is known, or "".
        path: where the hand-in lay below the source.
        hand_in: what tells this hand-in from the student's others, where several count; or "".
        held: whether files of several codes bear this student's name, so that nobody knows whose it is.
    """

    student: str
    exercise: str
    status: RowStatus
    page: str = ""
    known: bool = False
    name: str = ""
    path: str = ""
    hand_in: str = ""
    held: bool = False


def named(entry: Entry) -> str:
    """Return the name of an entry's page."""
    return _named(entry.record.student, entry.record.exercise, entry.record.known, entry.hand_in)


def _named(student: str, exercise: str, known: bool, hand_in: str) -> str:
    more = ("known",) if known else ()
    return page_name(student, exercise, *more, *((hand_in,) if hand_in else ()))


class PageListWriter:
    """Writes the list, line by line."""

    def __init__(self, file: BufferedWriter) -> None:
        self._file = file

    def add(self, entry: Entry, page: str) -> None:
        """Note the page of an entry, or that it has none because nothing could be marked."""
        record = entry.record
        if not page and entry.status.has_work:
            return
        line = Listed(
            record.student,
            record.exercise,
            entry.status,
            page,
            record.known,
            record.name,
            record.path,
            entry.hand_in,
            entry.held,
        )
        self._file.write(msgspec.json.encode(line) + b"\n")


@contextmanager
def writing(folder: Path) -> Iterator[PageListWriter]:
    """Give what writes the list into `folder`.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    with (folder / NAME).open("wb") as file:
        yield PageListWriter(file)


def pages_in(marked: Path, exercise: str = "") -> list[Listed]:
    """Return which page is whose, in the gradebook's order.

    Args:
        marked: the folder that `briefing grade` wrote.
        exercise: only these, and what could not be told to be of any exercise; "" for all.

    Raises:
        PagesUnknown: there are no pages, one is missing, or a line does not go with its page.
    """
    path = marked / NAME
    try:
        lines = path.read_bytes().splitlines()
        found = [msgspec.json.decode(line, type=Listed) for line in lines]
    except FileNotFoundError as problem:
        raise PagesUnknown(
            f"{marked} has no feedback pages that can be given back (no {NAME}): mark again with this "
            "version of the course, without --no-pages."
        ) from problem
    except (OSError, msgspec.MsgspecError) as problem:
        raise PagesUnknown(
            f"{path} cannot be read, so nobody knows which page is whose; mark again."
        ) from problem
    pages = [one for one in found if one.page]
    names = {one.page.casefold() for one in pages}
    for one in pages:
        right = _EXERCISE.fullmatch(one.exercise) and one.page == _named(
            one.student, one.exercise, one.known, one.hand_in
        )
        if not right or len(names) != len(pages):
            raise PagesUnknown(
                f"{path} was changed: it does not go with the pages in {FOLDER}. Nothing was written; "
                "mark again."
            )
        if not (marked / FOLDER / one.page).is_file():
            raise PagesUnknown(
                f"{marked / FOLDER / one.page} is missing. Nothing was written; mark again."
            )
    wanted = [one for one in found if not exercise or one.exercise in (exercise, "")]
    if not any(one.page for one in wanted):
        raise PagesUnknown(f"{marked} has no page of {exercise or 'any exercise'}.")
    return wanted
