"""Count who handed in, so that no student can be many of them; on the register's tables, marks nothing.

Codes are anybody's to make up. Where at least half of a class list handed in, only who is on it counts;
otherwise everybody, and of those whom only a code or a file's name tells apart, all that share one zip or
folder count as one, unless they have one that is theirs alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from briefing.marking.row_status import RowStatus

TABLES = """
CREATE TABLE listed (id BLOB PRIMARY KEY);
CREATE TABLE person (
    n INTEGER PRIMARY KEY, exercise TEXT, download BLOB, part BLOB, of_group INT, who TEXT, code BLOB, sure INT,
    on_it INT
);
CREATE TABLE head (n INTEGER PRIMARY KEY, exercise TEXT, download BLOB, of_group INT, who TEXT, head TEXT);
CREATE TABLE meant (n INTEGER PRIMARY KEY);
CREATE TABLE counted (of_list INT, apart INT);
"""
ON_IT = "(of_group OR (known AND student IN listed))"
"""Of the table `file`: whether it is of somebody on the class list, or of a group."""
_PEOPLE = "COUNT(DISTINCT who) AS people FROM person GROUP BY download"
_PATHS = "SELECT download, path FROM file"
_MOSTLY_ONES = "2 * SUM(people = 1) > COUNT(*)"
"""Of what lies in one place: then these are hand-ins, and not what a teacher keeps several people's in."""
_HEADS = "MIN(COUNT(DISTINCT who), COUNT(DISTINCT head)) AS heads FROM head"


def is_of_list(db: sqlite3.Connection, listed: Iterable[bytes]) -> bool:
    """Say whether only who is on the class list counts, once all files are in.

    Args:
        db: the register's database.
        listed: the ids of everybody on the class list.
    """
    db.executemany("INSERT INTO listed VALUES (?)", ((own,) for own in listed))
    whole = _one(db, "SELECT COUNT(*) FROM listed")
    found = db.execute(
        "SELECT COUNT(DISTINCT student) FROM file WHERE known AND NOT of_group AND student IN listed"
        " AND status != ?",
        (str(RowStatus.NOT_GRADABLE),),
    )
    (handed_in,) = found.fetchone()
    return whole > 0 and 2 * handed_in >= whole


def count(db: sqlite3.Connection, *, of_list: bool) -> None:
    """Count the heads of a class, once all files are in; of one exercise nobody asks.

    Args:
        db: the register's database.
        of_list: see `is_of_list`.
    """
    if _one(db, "SELECT COUNT(DISTINCT exercise) FROM file WHERE exercise != ''") < 2:
        return
    unread = (str(RowStatus.NOT_GRADABLE),)
    db.create_function("part_of", 2, _parts(db.execute(f"{_PATHS} WHERE status != ?", unread)))
    db.execute(
        "INSERT INTO person SELECT n, exercise, download, part_of(download, path), of_group,"
        f" known || hex(student), code, known AND NOT by_name AND by_code = '', {ON_IT}"
        " FROM file WHERE status != ?",
        unread,
    )
    if of_list:
        db.execute("DELETE FROM person WHERE NOT on_it")
    alone = bool(_one(db, f"SELECT {_MOSTLY_ONES} FROM (SELECT {_PEOPLE})"))
    apart = not alone and _one(db, "SELECT COUNT(DISTINCT download) FROM person") > 1
    db.execute("INSERT INTO counted VALUES (?, ?)", (of_list, apart))
    within = (
        f"SELECT download FROM (SELECT download, {_PEOPLE}, part)"
        f" GROUP BY download HAVING {_MOSTLY_ONES}"
    )
    place = (
        "'/' || hex(download)"
        if alone
        else f"CASE WHEN download IN ({within}) THEN '/' || hex(download) || '/' || hex(part) END"
    )
    db.execute(
        f"WITH placed AS (SELECT *, {place} AS place FROM person),"
        " ones AS (SELECT place FROM placed GROUP BY place HAVING COUNT(DISTINCT who) = 1),"
        " own AS (SELECT code FROM placed WHERE place IN ones)"
        " INSERT INTO head SELECT n, exercise, download, of_group, who, CASE"
        " WHEN sure OR place IS NULL THEN who WHEN code IN own THEN hex(code) ELSE place END FROM placed"
    )


def _parts(paths: Iterable[tuple[bytes, bytes]]) -> Callable[[bytes, bytes], bytes]:
    """Return what says in which part of a download a path lies: one student's, where it has one for each.

    That is what stands first below the folder in which all of the download lies, for whoever packs a
    folder packs its name as well. A zip in it is no such folder: it can be a student's.

    Args:
        paths: each file's download and path.
    """
    common: dict[bytes, list[bytes]] = {}
    for download, path in paths:
        *folders, _ = _below(download, path)
        packed = (at for at, one in enumerate(folders) if one.lower().endswith(b".zip"))
        folders = folders[: next(packed, len(folders))]
        known = common.setdefault(download, folders)
        if known != folders:
            alike = takewhile(lambda two: two[0] == two[1], zip(known, folders, strict=False))
            common[download] = [one for one, _ in alike]

    def part_of(download: bytes, path: bytes) -> bytes:
        return _below(download, path)[len(common[download])]

    return part_of


def _below(download: bytes, path: bytes) -> list[bytes]:
    return path.removeprefix(download + b"/" if download else b"").split(b"/")


def astray(db: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """Return the exercises of which a few files lie in a download of others, with that download.

    Where most of the students of a download handed in other exercises, and an exercise has a download in
    which half of them or more handed it in, that one is its own. Where most of what lies at the top is one
    student's each, nothing there is a download, though somebody handed in a zip or a folder.
    """
    return db.execute(
        f"WITH each AS (SELECT download, exercise, {_HEADS} GROUP BY download, exercise),"
        f" whole AS (SELECT download, {_HEADS} GROUP BY download),"
        " share AS (SELECT exercise, download, 2 * each.heads >= whole.heads AS at_home"
        " FROM each JOIN whole USING (download))"
        " SELECT exercise, download FROM share WHERE NOT at_home AND (SELECT MAX(apart) FROM counted)"
        " AND exercise IN (SELECT exercise FROM share WHERE at_home)"
    ).fetchall()


def fill_meant(db: sqlite3.Connection, exercise: str, exercises: Sequence[str]) -> None:
    """Put into the table `meant` what is for an exercise, of those who are known by more than a code.

    What cannot be read may be so for any: it is for what at least half handed in where it lies, if there is
    such an exercise.

    Args:
        db: the register's database.
        exercise: the exercise.
        exercises: all that the class handed in: what names another one cannot be read.
    """
    place = "download" if _one(db, "SELECT MAX(apart) FROM counted") else "x''"
    db.execute("DELETE FROM meant")
    db.execute(
        f"WITH each AS (SELECT {place} AS place, exercise, {_HEADS} GROUP BY place, exercise),"
        f" whole AS (SELECT {place} AS place, {_HEADS} GROUP BY place),"
        " home AS (SELECT place, exercise FROM each JOIN whole USING (place)"
        " WHERE 2 * each.heads >= whole.heads)"
        " INSERT INTO meant SELECT n FROM file WHERE known AND (exercise = ?"
        f" OR exercise NOT IN ({', '.join('?' * len(exercises))}) AND ({place} NOT IN (SELECT place FROM home)"
        f" OR {place} IN (SELECT place FROM home WHERE exercise = ?)))",
        (exercise, *exercises, exercise),
    )


def scored(db: sqlite3.Connection, statuses: str) -> dict[str, int]:
    """Return, for each of several exercises, how many have a score that counts, once what counts is chosen.

    Args:
        db: the register's database.
        statuses: those of lines with a score, as SQL has a list.
    """
    of_list = bool(_one(db, "SELECT MAX(of_list) FROM counted"))
    found = db.execute(
        f"SELECT exercise, {_HEADS} JOIN line USING (n) WHERE counts AND line.status IN {statuses}"
        " AND NOT (of_group AND ?) GROUP BY exercise",
        (of_list,),
    )
    heads = dict(found.fetchall())
    if of_list:  # of a group its members, for another exercise each of them may hand in alone
        found = db.execute(
            "SELECT exercise, COUNT(*) FROM line JOIN file USING (n) WHERE line.status = ? GROUP BY exercise",
            (str(RowStatus.BY_GROUP),),
        )
        for exercise, members in found:
            heads[exercise] = heads.get(exercise, 0) + members
    return heads


def _one(db: sqlite3.Connection, query: str) -> int:
    (found,) = db.execute(query).fetchone()
    return found or 0
