"""A register of everything that was marked, on disk: chooses what counts, keeps the order; marks nothing.

It holds each file's record and hands them out one by one, so that a class of any size takes no more
memory than a small one. It is made anew each time from the runs' records.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct, json

from briefing.keys import exercise_names
from briefing.marking import heads
from briefing.marking.choice import placed
from briefing.marking.defences import Defence
from briefing.marking.hand_ins import Roster
from briefing.marking.hand_ins.layouts import is_called_as_none
from briefing.marking.hand_ins.names import group_key
from briefing.marking.members import Nobodys, Shared, perhaps, without_file
from briefing.marking.records import Record, Waiting, decoded, encoded
from briefing.marking.register_rows import (
    ADD_ANSWER,
    ADD_FILE,
    TABLES,
    blob,
    candidate,
    line_of,
    rows_of,
    shared_code,
    text_of,
)
from briefing.marking.row_status import NO_WORK, RowStatus
from briefing.marking.rules import Counts
from briefing.marking.totals import Earned

_ORDER = "CASE exercise WHEN '' THEN '~' ELSE exercise END, student, line.status, path, file.n"
_STATUS = {str(status): status for status in RowStatus}
_SCORED = "(" + ", ".join(f"'{status}'" for status in RowStatus if status.scored) + ")"


class Entry(Struct, frozen=True, gc=False):
    """One line of the gradebook.

    Attributes:
        record: what came of the file.
        status: the line's status; another than the record's where another hand-in counts.
        counts: whether it counts.
        said: sentences that follow from the student's other files.
        hand_in: what tells this hand-in from the student's others, where several count; or "".
        run: the run that its page lies in.
        held: whether files of several codes bear this student's name, so that nobody knows whose it is.
        in_class: whether it counts in what is told of the class; see `Register.of_list`.
    """

    record: Record
    status: RowStatus
    counts: bool
    said: tuple[str, ...]
    hand_in: str
    run: str
    held: bool = False
    in_class: bool = True


class Known(Struct, frozen=True, gc=False):
    """What is known of anybody in the class, so that the gradebook has a column for it."""

    name: bool = False
    code: bool = False
    handed_in: bool = False
    late: bool = False
    before_late: bool = False


_NAMED = "MIN(CASE WHEN named THEN n END)"
"""The number of a file that tells its student's name, if one does."""


class _Argued(Struct, frozen=True, gc=False):
    """Of a record only what `Register.argued` hands out: the rest is not made anew."""

    defences: tuple[Defence, ...] = ()


_argued = json.Decoder(_Argued)


class _Whose(Struct, frozen=True, gc=False):
    """Of a record only whose it is: likewise."""

    student: str = ""
    code: str = ""
    name: str = ""


_whose = json.Decoder(_Whose)


class Answered(Struct, frozen=True, gc=False):
    """Whose an open answer is, as `Record` has it."""

    exercise: str
    student: str
    known: bool
    code: str
    hand_in: str


class Register:
    """The register of one class; every method raises OSError where the disk is full or unwritable."""

    def __init__(self, path: Path) -> None:
        """Make a new register at `path`; one that is there is removed."""
        path.unlink(missing_ok=True)
        with _disk():
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.executescript(f"{TABLES}{heads.TABLES}")
            self._db.execute("BEGIN")
        self._files = self.astray = 0
        self.of_list = False
        """Whether only who is on the class list counts in what is told of the class, or a group's hand-in."""

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, run: str, lines: Iterable[bytes]) -> None:
        """Take in the records of a run, each as a line."""
        rows, answers = [], []
        for line in lines:
            self._files += 1
            row, own = rows_of(self._files, run, line)
            rows.append(row)
            answers += own
        with _disk():
            self._db.executemany(ADD_FILE, rows)
            self._db.executemany(ADD_ANSWER, answers)

    def choose(self, keep: Counts, roster: Roster | None = None) -> None:
        """Decide what becomes of every file; once, when all are in.

        Args:
            keep: which of several hand-ins of one student counts.
            roster: the class list: who handed in nothing, or with a group, gets a line as well.
        """
        with _disk():
            shared = self._shared()
            listed = (blob(one.id) for one in roster.people) if roster else ()
            self.of_list = heads.is_of_list(self._db, listed)
            heads.count(self._db, of_list=self.of_list)
            astray = {
                (name, where): text_of(where) or "the others"
                for name, where in heads.astray(self._db)
            }
            self._db.execute(
                "INSERT INTO line SELECT n, status, 0, '', '', 0 FROM file WHERE status = ?",
                (str(RowStatus.NOT_GRADABLE),),
            )
            found = self._db.execute(
                "SELECT exercise, known, student, code, n, path, digest, status, late, by_machine,"
                " handed_in, attempt, saved, revision, by_name, by_code, download FROM file WHERE status != ?"
                " ORDER BY exercise, known, student, n",
                (str(RowStatus.NOT_GRADABLE),),
            )

            def lines() -> Iterator[tuple[object, ...]]:
                for (exercise, known, _), rows in groupby(found, key=lambda row: row[:3]):
                    files = list(rows)
                    codes = {row[3]: shared.get((exercise, row[3]), 0) for row in files}
                    said = [shared_code(code, n) for code, n in codes.items() if n > 1]
                    ones = [candidate(row, astray.get((exercise, row[-1]), "")) for row in files]
                    self.astray += sum(bool(one.astray) for one in ones)
                    for place in placed(ones, keep, known=bool(known)):
                        yield line_of(place, said if place.counts else [])

            self._db.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", lines())
            if roster is not None:
                self._add_missing(roster)

    def _shared(self) -> dict[tuple[str, bytes], int]:
        """Return how many students a code belongs to, where that is more than one."""
        found = self._db.execute(
            "SELECT exercise, code, COUNT(DISTINCT known || hex(student)) AS people FROM file"
            " WHERE status != ? AND code != x'' GROUP BY exercise, code HAVING people > 1",
            (str(RowStatus.NOT_GRADABLE),),
        )
        return {(exercise, code): people for exercise, code, people in found}

    def _add_missing(self, roster: Roster) -> None:
        """Give everybody on the class list of whom no file is a line for each exercise."""
        exercises = self._exercises()
        for exercise in exercises or [""]:
            heads.fill_meant(self._db, exercise, exercises)
            found = self._db.execute("SELECT DISTINCT student FROM file JOIN meant USING (n)")
            seen = {student for (student,) in found}
            groups = self._groups()
            could_be = perhaps(self._nobodys(exercise, exercises, roster), roster)
            for person in roster.people:
                if blob(person.id) in seen:
                    continue
                others = could_be.get(person.id, ())
                one, sure = without_file(person, exercise, groups, roster, others)
                self._files += 1
                row, _ = rows_of(self._files, "", encoded(one))
                self._db.execute(ADD_FILE, row)
                self._db.execute(
                    "INSERT INTO line VALUES (?, ?, 0, '', '', ?)",
                    (self._files, str(one.status), not sure),
                )

    def _nobodys(
        self, exercise: str, exercises: Sequence[str], roster: Roster
    ) -> Iterator[Nobodys]:
        """Yield who handed in something for an exercise and is not on the class list; once each."""
        found = self._db.execute(
            "SELECT MIN(n), known, student FROM file WHERE NOT of_group AND path != x''"
            f" AND (exercise = ? OR exercise NOT IN ({', '.join('?' * len(exercises))}))"
            " GROUP BY known, student, named",
            (exercise, *exercises),
        )
        for n, known, student in found.fetchall():
            if not (known and roster.person(text_of(student))):
                whose = _whose.decode(self._body(n))
                yield Nobodys(whose.student, whose.name, bool(known))

    def _exercises(self) -> list[str]:
        """Return what the class handed in: a file that cannot be read may name whatever its writer likes."""
        found = self._db.execute(
            "SELECT exercise, MAX(status != ?) FROM file GROUP BY exercise",
            (str(RowStatus.NOT_GRADABLE),),
        ).fetchall()
        read = sorted(exercise for exercise, readable in found if readable)
        named = {exercise for exercise, _ in found}
        return read or sorted(named.intersection(exercise_names()))

    def _groups(self) -> dict[str, list[Shared]]:
        """Return what groups handed in for what is meant, by their names as `group_key` has them."""
        found = self._db.execute(
            f"SELECT n, counts, counts AND NOT held AND line.status IN {_SCORED}, score, of"
            " FROM file JOIN meant USING (n) JOIN line USING (n) WHERE of_group ORDER BY n",
        )
        groups = defaultdict[str, list[Shared]](list)
        for n, counts, scored, score, most in found.fetchall():
            whose = _whose.decode(self._body(n))
            earned = Earned(score, most) if scored else None
            as_none = is_called_as_none(whose.name, whose.student)
            shared = Shared(whose.name, bool(counts), earned, as_none)
            groups[group_key(whose.name)].append(shared)
        return groups

    def entries(self) -> Iterator[Entry]:
        """Yield the gradebook's lines in their order."""
        with _disk():
            found = self._db.execute(
                f"SELECT n, line.status, counts, said, hand_in, run, held, {heads.ON_IT}"
                f" FROM line JOIN file USING (n) ORDER BY {_ORDER}"
            )
            for n, status, counts, said, hand_in, run, held, on_it in found:
                record = decoded(self._body(n))
                sentences = tuple(json.decode(said)) if said else ()
                yield Entry(
                    record,
                    _STATUS[status],
                    bool(counts),
                    sentences,
                    hand_in,
                    run,
                    bool(held),
                    in_class=bool(on_it) or not self.of_list,
                )

    def _body(self, n: int) -> bytes:
        """Return a file's record: by its number, for to sort records with the rest would be slow."""
        (body,) = self._db.execute("SELECT body FROM file WHERE n = ?", (n,)).fetchone()
        assert isinstance(body, bytes)
        return body

    def _words(self, row: int) -> tuple[str, str]:
        """Return an open answer's words and what was checked of it, for the same reason."""
        found = self._db.execute("SELECT words, checked FROM answer WHERE rowid = ?", (row,))
        words, checked = found.fetchone()
        return words, checked

    def answers(self) -> Iterator[tuple[Answered, Waiting]]:
        """Yield the open answers that count with their files, by exercise, question and student."""
        with _disk():
            found = self._db.execute(
                "SELECT answer.rowid, exercise, question, student, known, code, apart FROM answer"
                " JOIN line USING (n) JOIN file USING (n)"
                " WHERE counts ORDER BY exercise, question, student, path, n"
            )
            for row, exercise, question, student, known, code, apart in found:
                own = text_of(code) if known else ""
                whose = Answered(exercise, text_of(student), bool(known), own, apart)
                yield whose, Waiting(question, *self._words(row))

    def marked(self) -> Iterator[tuple[str, str, bool]]:
        """Yield exercise, student and `known` of all that counts and could be marked, once each."""
        with _disk():
            found = self._db.execute(
                "SELECT DISTINCT exercise, student, known FROM file JOIN line USING (n) WHERE counts"
                " ORDER BY exercise, student, known DESC"
            )
            for exercise, student, known in found:
                yield exercise, text_of(student), bool(known)

    def pages(self) -> Iterator[tuple[str, str, bool, str]]:
        """Yield the same with the name of each, or ""."""
        with _disk():
            found = self._db.execute(
                f"SELECT exercise, student, known, {_NAMED} FROM file JOIN line USING (n) WHERE counts"
                " GROUP BY exercise, student, known ORDER BY exercise, student, known DESC"
            )
            for exercise, student, known, n in found:
                yield exercise, text_of(student), bool(known), self._name(n)

    def _name(self, n: int | None) -> str:
        return "" if n is None else _whose.decode(self._body(n)).name

    def unmarked(self) -> Iterator[tuple[str, str, RowStatus]]:
        """Yield exercise, student and status where there is nothing to give points for, in no order."""
        states = sorted(NO_WORK)
        with _disk():
            found = self._db.execute(
                "SELECT DISTINCT exercise, student, line.status FROM file JOIN line USING (n)"
                f" WHERE line.status IN ({', '.join('?' * len(states))})",
                tuple(map(str, states)),
            )
            for exercise, student, status in found:
                yield exercise, text_of(student), _STATUS[status]

    def decided(self) -> Iterator[Record]:
        """Yield the files that count in which a person's decision changed a mark."""
        return map(decoded, self._bodies("decided", "exercise, student, path, n"))

    def argued(self) -> Iterator[tuple[Defence, ...]]:
        """Yield, of the files that count in the class, the marks and labels that the key does not have."""
        for body in self._bodies(f"argued AND {heads.ON_IT}" if self.of_list else "argued", "n"):
            yield _argued.decode(body).defences

    def _bodies(self, which: str, order: str) -> Iterator[bytes]:
        with _disk():
            found = self._db.execute(
                f"SELECT n FROM file JOIN line USING (n) WHERE counts AND {which} ORDER BY {order}"
            )
            for (n,) in found:
                yield self._body(n)

    def totals(self) -> Iterator[tuple[str, str, dict[str, Earned | None]]]:
        """Yield each student, the name, or "", and the points that count, by exercise.

        Several files of one are added up. Where it is not certain whose something is, and nothing else of
        theirs counts, it is None.
        """
        with _disk():
            found = self._db.execute(
                "SELECT known, student, exercise, NOT held AND"
                f" (counts AND line.status IN {_SCORED} OR line.status = ?), held, score, of,"
                " CASE WHEN named THEN n END"
                " FROM file JOIN line USING (n) WHERE line.status != ? ORDER BY student, known, exercise",
                (str(RowStatus.BY_GROUP), str(RowStatus.NOT_GRADABLE)),
            )
            for (_, student), rows in groupby(found, key=lambda row: row[:2]):
                earned: dict[str, Earned | None] = {}
                named = None
                for _, _, exercise, counts, held, score, most, n in rows:
                    named = n if named is None else named
                    if held:
                        earned.setdefault(exercise, None)
                    if counts:
                        own = earned.get(exercise) or Earned(0, 0)
                        earned[exercise] = Earned(own.score + score, own.of + most)
                yield text_of(student), self._name(named), earned

    def people(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, code and name of everybody who is known by more than the code in a file."""
        with _disk():
            found = self._db.execute("SELECT body FROM file WHERE known ORDER BY n")
            for (body,) in found:
                whose = _whose.decode(body)
                yield whose.student, whose.code, whose.name

    def has(self, student: str) -> bool:
        """Say whether anything was handed in by a student."""
        with _disk():
            found = self._db.execute(
                "SELECT 1 FROM file WHERE student = ? LIMIT 1", (blob(student),)
            )
            return found.fetchone() is not None

    def open_questions(self) -> list[tuple[str, str]]:
        """Return exercise and question of every open answer that counts."""
        with _disk():
            return self._db.execute(
                "SELECT DISTINCT exercise, question FROM answer JOIN line USING (n)"
                " JOIN file USING (n) WHERE counts ORDER BY exercise, question"
            ).fetchall()

    def scored_exercises(self) -> list[str]:
        """Return the exercises in which a line has a score that counts."""
        with _disk():
            found = self._db.execute(
                "SELECT DISTINCT exercise FROM line JOIN file USING (n)"
                f" WHERE counts AND line.status IN {_SCORED} ORDER BY exercise"
            )
            return [exercise for (exercise,) in found]

    def scored_heads(self) -> dict[str, int]:
        """Return, for each of several exercises, of how many students (see `heads`) a score counts."""
        with _disk():
            return heads.scored(self._db, _SCORED)

    def known(self) -> Known:
        """Return what is known of anybody."""
        with _disk():
            (found,) = self._db.execute(
                "SELECT MAX(named), MAX(known AND code != x''), MAX(handed_in != ''),"
                " MAX(late IS NOT NULL), MAX(before) FROM file"
            )
        return Known(*map(bool, found))


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as problem:
        raise OSError(errno.ENOSPC, str(problem)) from problem
