"""Choose among several hand-ins of one student; knows neither files nor marks, only what is told of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefing.marking.kept_rows import DIGITS
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Counts
from briefing.visible import quoted, visible


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file of a student, as far as the choice goes; the fields are those of `Record`.

    Attributes:
        n: its place in the listing.
        status: its own status.
        accepted: whether it is accepted at all.
        late: whether it was late; None where nothing says so.
        code: the code in it.
        by_name: whether only its own name says whose it is.
        by_code: the LMS's own id in the path, where only the file's code or name says whose it is; or "".
        astray: the download it lies in, where that is one of another exercise and its own has one, too; or "".
    """

    n: int
    path: str
    digest: str
    status: str
    accepted: bool
    late: bool | None
    by_machine: float
    handed_in: str
    attempt: int
    saved: str
    revision: int
    code: str = ""
    by_name: bool = False
    by_code: str = ""
    astray: str = ""

    @property
    def sure(self) -> bool:
        """Whether more than its own name and code says whose it is."""
        return not (self.by_name or self.by_code)

    @property
    def bearer(self) -> str:
        """What tells its bearer from others of whom the same is said: the LMS's own id, or the code."""
        return self.by_code or self.code


@dataclass(frozen=True, slots=True)
class Place:
    """What becomes of one file.

    Attributes:
        n: the file.
        status: what its line of the gradebook says.
        counts: whether it counts.
        said: sentences for its line.
        hand_in: what tells it from the student's other files, where several count; or "".
        held: whether it is not certain whose it is, so that it goes into no total.
    """

    n: int
    status: str
    counts: bool
    said: tuple[str, ...] = ()
    hand_in: str = ""
    held: bool = False


def placed(files: Sequence[Candidate], keep: Counts, *, known: bool) -> list[Place]:
    """Return what becomes of the files of one student for one exercise, as far as they are one's.

    Where only a file's own name says whose it is, and the codes differ, nobody knows who is who: then
    the files of each code are chosen among themselves, and no code's file takes another's place. So are
    those of each of the LMS's ids, where only the code in the files makes several of them one student's.

    Args:
        files: as for `chosen`.
        keep: likewise.
        known: likewise.
    """
    sure = {one.code for one in files if one.sure}
    groups = defaultdict[tuple[str, str], list[Candidate]](list)
    for one in files:
        certain = one.sure or (not one.by_code and one.code in sure)
        groups[("", "") if certain else (one.by_code, one.bearer)].append(one)
    if len(groups) < 2:
        return chosen(files, keep, known=known)
    said = _held(files)
    places = []
    for (_, bearer), own in sorted(groups.items()):
        for place in chosen(own, keep, known=known):
            hand_in = place.hand_in or (one_code(bearer) if bearer else "")
            more = (*place.said, said) if place.counts else place.said
            places.append(replace(place, said=more, hand_in=hand_in, held=bool(bearer)))
    return places


def one_code(code: str) -> str:
    """Return what tells the files of one code from those of others that bear the same name.

    A code is anybody's to type: with fewer digits somebody could look for one that has a classmate's.
    """
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def _held(files: Sequence[Candidate]) -> str:
    ids = sorted({one.by_code for one in files if one.by_code})
    if ids:
        return (
            f"Only its name or the code in it makes what {', '.join(quoted(one) for one in ids[:3])}"
            f"{f' and {len(ids) - 3} more' if len(ids) > 3 else ''} handed in this student's, and both are "
            "anybody's to type: that has a line of its own and goes into no total, until you take away the wrong one or "
            "put the platform's ids into the class list."
        )
    codes = sorted({one.code for one in files})
    shown = ", ".join(quoted(code) for code in codes[:3])
    more = f" and {len(codes) - 3} more" if len(codes) > 3 else ""
    return (
        f"Files with different codes ({shown}{more}) are named for this student, and a file's name is "
        "anybody's to type: each has a line of its own and none of them goes into a total, until you take "
        "away the wrong one or put the codes into the class list."
    )


def chosen(files: Sequence[Candidate], keep: Counts, *, known: bool) -> list[Place]:
    """Return what becomes of the files of one student for one exercise; copies get no line.

    Args:
        files: those that could be marked, one or more.
        keep: which of them counts. The latest is the one that the LMS got last; where it does not
            say when, the one saved last. The best has the most points that a machine gave.
        known: whether the student is known by more than the code in the files.
    """
    if len(files) == 1:
        return [Place(one.n, one.status, True, _elsewhere(one)) for one in files]
    ranked = sorted(files, key=lambda one: _rank(one, keep))
    copies = Counter(one.digest for one in files)
    if keep is Counts.ALL:
        return _all(ranked, copies)
    # The same file handed in again at the end has counted since its first time.
    at = len(ranked) - 1
    while at and ranked[at - 1].digest == ranked[-1].digest:
        at -= 1
    winner = ranked[at]
    others = _distinct(one for one in ranked if one.digest != winner.digest)
    status = RowStatus.OLDER if keep is Counts.LATEST else RowStatus.OTHER
    which = "A newer hand-in" if keep is Counts.LATEST else "Another hand-in"
    whose = "of this student" if known else "with this code"
    places = [
        Place(one.n, str(RowStatus.OTHER), False, (f"{_with_others(one)} {_OWN_COUNTS}",))
        if one.astray and not winner.astray
        else Place(one.n, str(status), False, (f"{which} {whose} counts instead.",))
        for one in others
    ]
    said = [*_about(winner, others, keep, known=known), *_elsewhere(winner)]
    if copies[winner.digest] > 1:
        said.append("The same file was handed in more than once.")
    return [*places, Place(winner.n, winner.status, True, tuple(said))]


_OWN_COUNTS = (
    "What came with its own exercise counts instead. If this one is meant, take the other away."
)


def _with_others(one: Candidate) -> str:
    return f"It was handed in with another exercise ({visible(one.astray[:80])})."


def _elsewhere(one: Candidate) -> tuple[str, ...]:
    """Return what is said of a file that counts though it came with another exercise."""
    said = f"{_with_others(one)} What the platform says of its time is not about this exercise."
    return (said,) if one.astray else ()


def _rank(one: Candidate, keep: Counts) -> tuple[Any, ...]:
    # By the time of another exercise pages with the answers may be out, and its due time is another one.
    return (not one.astray, *_rank_by(one, keep))


def _rank_by(one: Candidate, keep: Counts) -> tuple[Any, ...]:
    last = (one.handed_in, one.attempt, one.saved, one.revision, one.path)
    if keep is Counts.BEST:
        return (one.accepted, one.by_machine, *last)
    if keep is Counts.BEFORE_DUE:
        return (one.accepted, one.late is not True, *last)
    return (one.accepted, *last)


def _distinct(files: Iterable[Candidate]) -> list[Candidate]:
    """Return the first of all files that hold the same."""
    found: dict[str, Candidate] = {}
    for one in files:
        found.setdefault(one.digest, one)
    return list(found.values())


def _about(
    winner: Candidate, others: Sequence[Candidate], keep: Counts, *, known: bool
) -> list[str]:
    if not others:
        return []
    whose = "are from this student" if known else "carry this code"
    timed = known and any(one.handed_in or one.attempt for one in (winner, *others))
    which = {
        Counts.BEST: "the one with the most points counts",
        Counts.BEFORE_DUE: "the last one before it was due counts",
    }.get(keep, "the last one handed in counts" if timed else "the last saved one counts")
    own = [one for one in others if winner.astray or not one.astray]
    if len(own) < len(others):
        which = f"{which}, of those that came with their own exercise"
    said = [
        f"{len(others) + 1} different files {whose}; {which} ({winner.path}, revision "
        f"{winner.revision})."
    ]
    if not known:
        said[0] += (
            " If they are from different people, mark each one's file in a folder of its own."
        )
    elif not timed:  # the code may be all that says whose they are, and the time is the files' own
        said[0] += (
            " If one of them is not this student's own, take it away: a code and a time in a file are "
            "anybody's to type."
        )
    higher = max((one.revision for one in own), default=0)
    if higher > winner.revision and keep is not Counts.BEST:
        said.append(
            f"An older file has been saved more often (revision {higher}): ask which is meant."
        )
    return said


def _all(ranked: Sequence[Candidate], copies: Counter[str]) -> list[Place]:
    distinct = _distinct(ranked)
    places = []
    for number, one in enumerate(distinct, 1):
        said = []
        if len(distinct) > 1:
            said.append(f"Hand-in {number} of {len(distinct)}; all count. File: {one.path}.")
        if copies[one.digest] > 1:
            said.append("The same file was handed in more than once.")
        said += _elsewhere(one)
        hand_in = one.digest if len(distinct) > 1 else ""
        places.append(Place(one.n, one.status, True, tuple(said), hand_in))
    return places
