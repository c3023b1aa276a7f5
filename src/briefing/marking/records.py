"""What is kept of one marked file: a line of JSON that the gradebook and the report are made from.

A run of files is kept as one file of such lines, its first line saying what they were made from. The
file is put in place whole, so that what stands there is either complete or absent.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from briefing.marking.class_report.seen import Seen
from briefing.marking.defences import Defence
from briefing.marking.grade import Change
from briefing.marking.hand_ins import What
from briefing.marking.row_status import RowStatus, Standing


class Waiting(Struct, frozen=True, array_like=True, gc=False):
    """An open answer that stands in the teacher's table.

    Attributes:
        question: its id.
        answer: the answer in words.
        checked: what a machine could say of it.
    """

    question: str
    answer: str
    checked: str = ""


class Record(Struct, frozen=True, omit_defaults=True, gc=False):
    """What came of one file.

    Attributes:
        path: where it lies below the source.
        status: see `RowStatus`.
        student: what tells its student from all others.
        known: whether that is from a roster or a path; otherwise it is the code in the file.
        code: the code in the file where the student is known otherwise, or "".
        name: the student's name, where it is known, or "".
        exercise: the exercise's name, or "".
        score: points that count so far.
        max_score: of how many.
        by_machine: points that do not hang on an open answer, less what a late rule takes: what
            tells the best of several hand-ins.
        earned: question → points; None where it has none.
        reasons: sentences for the teacher.
        saved: when it was saved, as the file says, in UTC; or "".
        revision: how often it had been saved.
        handed_in: when, as the LMS says, in UTC; or "".
        late: whether it was late; None where nothing says so.
        attempt: greater is later.
        digest: SHA-256 of the file's bytes, the first 32 digits.
        what: what the file turned out to be, where it holds no answers; otherwise None.
        answers: its open answers.
        seen: what the class report needs of it; None where it could not be marked, or no report is
            wanted.
        hand_in: what tells it from the student's other files in the table of open answers, where all
            count or only its name or its code says whose it is; or "".
        before_late: points before a late rule; None where none has acted.
        changes: marks that a person's decision changed.
        defences: its marks and labels that the key does not have, and the arguments for them.
        page: name of its feedback page in the run's folder, or "".
        check: SHA-256 of that page.
        by_name: whether only the file's own name says whose it is, which is anybody's to type.
        of_group: whether it is a group's, whose members get what it earned.
        by_code: the LMS's own id in the path, where only the file's code or name makes it this student's; or "".
        download: see `Ref`.
        standing: how it stands to the class list.
    """

    path: str
    status: RowStatus
    student: str = ""
    known: bool = False
    code: str = ""
    name: str = ""
    exercise: str = ""
    score: float = 0.0
    max_score: float = 0.0
    by_machine: float = 0.0
    earned: tuple[tuple[str, float | None], ...] = ()
    reasons: tuple[str, ...] = ()
    saved: str = ""
    revision: int = 0
    handed_in: str = ""
    late: bool | None = None
    attempt: int = 0
    digest: str = ""
    what: What | None = None
    answers: tuple[Waiting, ...] = ()
    seen: Seen | None = None
    hand_in: str = ""
    before_late: float | None = None
    changes: tuple[Change, ...] = ()
    defences: tuple[Defence, ...] = ()
    page: str = ""
    check: str = ""
    by_name: bool = False
    of_group: bool = False
    by_code: str = ""
    download: str = ""
    standing: Standing = Standing.LISTED

    @property
    def gradable(self) -> bool:
        """Whether the file could be marked at all."""
        return self.status is not RowStatus.NOT_GRADABLE

    @property
    def scored(self) -> bool:
        """Whether it has a score."""
        return self.status.scored


class Head(Struct, frozen=True, gc=False):
    """The first line of a run's file.

    Attributes:
        made_from: digest of the settings and of everything that was read.
        files: how many lines follow.
        sum: SHA-256 of those lines.
        seal: what only the holder of the key can say of all this; "" where there is no key.
    """

    made_from: str
    files: int
    sum: str
    seal: str = ""


_encoder = msgspec.json.Encoder()
_heads = msgspec.json.Decoder(Head)
_records = msgspec.json.Decoder(Record)


def encoded(record: Record) -> bytes:
    """Return a record as one line."""
    return _encoder.encode(record)


def decoded(line: bytes) -> Record:
    """Return the record in a line that `encoded` made."""
    return _records.decode(line)


def write_run(path: Path, made_from: str, lines: list[bytes], key: bytes = b"") -> None:
    """Keep the records of a run of files, sealed with a key where there is one.

    Raises:
        OSError: they could not be written; nothing stands at `path` then that did not before.
    """
    body = b"\n".join(lines) + b"\n" if lines else b""
    total = hashlib.sha256(body).hexdigest()
    seal = _seal(key, path.name, made_from, total) if key else ""
    head = Head(made_from, len(lines), total, seal)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(_encoder.encode(head) + b"\n" + body)
    part.replace(path)


def read_run(path: Path) -> tuple[Head, list[bytes]] | None:
    """Return what is kept of a run of files; None where it is absent or damaged."""
    try:
        first, _, body = path.read_bytes().partition(b"\n")
        head = _heads.decode(first)
    except (OSError, msgspec.MsgspecError):
        return None
    lines = body.splitlines()
    whole = hashlib.sha256(body).hexdigest() == head.sum and len(lines) == head.files
    return (head, lines) if whole else None


def _seal(key: bytes, name: str, made_from: str, total: str) -> str:
    return hashlib.blake2b(f"{name} {made_from} {total}".encode(), key=key).hexdigest()


def is_sealed(path: Path, head: Head, key: bytes) -> bool:
    """Say whether what `read_run` returned for `path` was written with this key; never without one."""
    return bool(key) and hmac.compare_digest(
        head.seal.encode(), _seal(key, path.name, head.made_from, head.sum).encode()
    )


def lines_of(path: Path) -> list[bytes]:
    """Return the records in a run's file that has been checked before, each as its line."""
    return path.read_bytes().splitlines()[1:]


def fingerprint(parts: Iterable[bytes]) -> str:
    """Return a digest of parts, each told from the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.hexdigest()
