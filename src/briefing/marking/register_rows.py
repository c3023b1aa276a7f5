"""How files and what becomes of them lie in the register's tables; opens no database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Raw, Struct, json

from briefing.marking.choice import Candidate, Place
from briefing.marking.records import Waiting
from briefing.marking.row_status import RowStatus
from briefing.visible import MOST_OF_A_NAME, quoted

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -8000;
CREATE TABLE file (
    n INTEGER PRIMARY KEY, run TEXT, exercise TEXT, known INT, student BLOB, code BLOB, status TEXT,
    late INT, by_machine REAL, handed_in TEXT, attempt INT, saved TEXT, revision INT, path BLOB,
    digest TEXT, named INT, score REAL, of REAL, before INT, decided INT, argued INT, by_name INT,
    apart TEXT, of_group INT, by_code TEXT, download BLOB, body BLOB
);
CREATE TABLE line (
    n INTEGER PRIMARY KEY, status TEXT, counts INT, said TEXT, hand_in TEXT, held INT
);
CREATE TABLE answer (n INT, question TEXT, words TEXT, checked TEXT);
"""
ADD_FILE = f"INSERT INTO file VALUES ({','.join('?' * 27)})"
ADD_ANSWER = "INSERT INTO answer VALUES (?, ?, ?, ?)"
MOST_SAID = 5
"""Sentences on codes that others use, too: two students may hand in thousands of files."""


def blob(text: str) -> bytes:
    """Return text in the order of its code points, whatever characters are in it."""
    return text.encode("utf-8", "surrogatepass")


def text_of(blob: bytes) -> str:
    """Return the text that `blob` kept."""
    return blob.decode("utf-8", "surrogatepass")


class _Filed(Struct, frozen=True, gc=False):
    """Of a `Record` what the register goes by; the rest is not made anew."""

    path: str
    status: str
    student: str = ""
    known: bool = False
    code: str = ""
    name: str = ""
    exercise: str = ""
    score: float = 0.0
    max_score: float = 0.0
    by_machine: float = 0.0
    saved: str = ""
    revision: int = 0
    handed_in: str = ""
    late: bool | None = None
    attempt: int = 0
    digest: str = ""
    answers: tuple[Waiting, ...] = ()
    hand_in: str = ""
    before_late: float | None = None
    changes: tuple[Raw, ...] = ()
    defences: tuple[Raw, ...] = ()
    by_name: bool = False
    of_group: bool = False
    by_code: str = ""
    download: str = ""


_filed = json.Decoder(_Filed)


def rows_of(n: int, run: str, line: bytes) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    """Return a file as a row of the table `file`, and its open answers as rows of the table `answer`.

    Args:
        n: its number.
        run: the run that it is in.
        line: its record, as `records.encoded` made it.
    """
    one = _filed.decode(line)
    row = (
        n,
        run,
        one.exercise,
        one.known,
        blob(one.student),
        blob(one.code if one.known else one.student),
        one.status,
        one.late,
        one.by_machine,
        one.handed_in,
        one.attempt,
        one.saved,
        one.revision,
        blob(one.path),
        one.digest,
        bool(one.name),
        one.score,
        one.max_score,
        one.before_late is not None,
        bool(one.changes),
        bool(one.defences),
        one.by_name,
        one.hand_in,
        one.of_group,
        one.by_code,
        blob(one.download),
        line,  # last: what stands behind thousands of bytes is slow to find
    )
    return row, [(n, asked.question, asked.answer, asked.checked) for asked in one.answers]


def candidate(row: Sequence[Any], astray: str = "") -> Candidate:
    """Return what the choice among a student's files needs of a row; `astray` is that of `Candidate`."""
    _, _, _, code, n, path, digest, status, late = row[:9]
    by_machine, handed_in, attempt, saved, revision, by_name, by_code = row[9:16]
    return Candidate(
        n,
        path.decode("utf-8", "surrogatepass"),
        digest,
        status,
        status != RowStatus.NOT_ACCEPTED,
        None if late is None else bool(late),
        by_machine,
        handed_in,
        attempt,
        saved,
        revision,
        text_of(code),
        bool(by_name),
        by_code,
        astray,
    )


def line_of(place: Place, said: Sequence[str]) -> tuple[object, ...]:
    """Return what becomes of a file as a row of the table `line`, with further sentences, few of them."""
    more = len(said) - MOST_SAID
    if more > 0:
        said = [*said[:MOST_SAID], f"… and {more:,} more codes in this student's files."]
    sentences = (*place.said, *said)
    told = json.encode(sentences).decode() if sentences else ""
    return (place.n, place.status, place.counts, told, place.hand_in, place.held)


def shared_code(code: bytes, people: int) -> str:
    """Return what is said where one code stands in the files of several students."""
    shown = quoted(code.decode("utf-8", "replace"), MOST_OF_A_NAME)
    return (
        f"The code {shown} stands in the files of {people} students; each has a line of their own."
    )
