"""What was handed in, as small values that can be sent to another process; opens nothing.

A `Ref` says where one file lies and whose it is, as far as that is known without reading it. A `Found`
is what reading it gave. Neither holds a mark.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from briefing.errors import BriefingError

ToldBy = Literal["roster", "path", "group", "shared", "name", "code"]


class NothingToMark(BriefingError):
    """What is to be marked is missing, or cannot be listed."""


class What(StrEnum):
    """What a file turned out to be."""

    ANSWERS = "answers"
    NOTEBOOK = "notebook"
    LINK = "link"
    OTHER = "other"


class ByPath(StrEnum):
    """By which rule a path says whose its file is; `whose/path_rules.py` says what they are."""

    SILENT = ""
    SEVERAL_CUTS = "several cuts"
    RENAMED = "renamed"
    GROUP = "group"
    PERHAPS_GROUP = "perhaps a group"
    SEVERAL_LISTED = "several on the list"
    ID_OF_NAMESAKES = "id of namesakes"
    ID = "id"
    NAME_AND_ID_OF_TWO = "name of one, id of another"
    ID_OF_ANOTHER = "id of another"
    NAME_AMONG_GROUPS = "name among groups"
    OTHER_OF_THE_NAME = "other of the name"
    NAME_OF_NAMESAKES = "name of namesakes"
    NAME = "name"
    CALLED_AS_GROUP = "called as a group"
    STRANGER = "stranger"


class Who(Struct, frozen=True, gc=False):
    """Whose a file is.

    Attributes:
        id: what tells this student from every other: the roster's id, or the one in the path; ""
            while only the code in the file can tell (`told_by` is "code" then).
        name: the name as the roster or the path has it, or "".
        told_by: where this is known from. The roster goes before the path, both before the code. "group"
            is a group's path, whose members the roster has. "name"
            is what only the file's own name gives, which is anybody's to type, or which can be cut in
            several ways. "shared" is an id from the path that is nobody's on the roster, where the roster
            knows nobody but by a name that several people bear, or has the platform's ids: not even the
            code makes it theirs.
        by_code: the LMS's own id in the path, where only the code or the name of the file makes it this
            student's; or "".
    """

    id: str = ""
    name: str = ""
    told_by: ToldBy = "code"
    by_code: str = ""


NOT_KNOWN = Who()


class Member(Struct, frozen=True, gc=False):
    """Where an entry of a zip lies, so that it is read without listing the zip again.

    Attributes:
        at: offset of the entry's local header, in bytes.
        packed: bytes it takes in the zip.
        size: bytes it has unpacked, as the zip says.
        crc: its checksum (CRC-32), as the zip says.
        method: how it is packed (0 not at all, 8 deflated).
    """

    at: int
    packed: int
    size: int
    crc: int
    method: int


class Ref(Struct, frozen=True, gc=False):
    """One file that was handed in, not read yet.

    Attributes:
        path: where it lies below the source, `/` between the parts, as text that can be written; an
            entry of a zip stands below the zip's own name.
        file: the file on disk, which may be a zip.
        inside: the entry in it, and the entry in that one where a zip lies in a zip; () for a plain
            file.
        who: whose it is.
        handed_in: when, in UTC as `2026-11-22T19:40:00Z`, where the LMS says so with its zone; or "".
        late: whether the LMS says that it was late; None where it does not say.
        attempt: greater is later, among one student's files of one source; 0 where not known.
        problem: why it is not read, one sentence, or "".
        notes: sentences for the teacher that belong to its row.
        download: which of several downloads in the source it is from, or which assignment; "" of one alone.
        by_path: by which rule the path gave it to `who`.
    """

    path: str
    file: str
    inside: tuple[Member, ...] = ()
    who: Who = NOT_KNOWN
    handed_in: str = ""
    late: bool | None = None
    attempt: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()
    what: What = What.OTHER
    download: str = ""
    by_path: ByPath = ByPath.SILENT


class Found(Struct, frozen=True, gc=False):
    """A file that is, or was meant as, an answers file.

    Attributes:
        data: its bytes (of a file that is too large only the beginning and one byte too many); of a
            notebook, the answers file that was found in it.
        problem: why it could not be read, one sentence, or "".
        what: what the file is; only `What.ANSWERS` without a problem and a notebook without one
            hold something to mark.
        notes: sentences for the teacher that belong to its row.
    """

    data: bytes
    problem: str = ""
    what: What = What.ANSWERS
    notes: tuple[str, ...] = ()
