"""Mark one file that was handed in: a record and a page out; reads that file and writes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from msgspec.structs import replace

from briefing.marking.cells import points
from briefing.marking.choice import one_code
from briefing.marking.class_report.seen import Seen, seen_of
from briefing.marking.decided import Decided
from briefing.marking.defences import Defence, defences
from briefing.marking.grade import Desk, Desks, Graded, grade, not_gradable
from briefing.marking.hand_ins import Found, Ref, Roster, read, settled
from briefing.marking.kept_rows import DIGITS
from briefing.marking.open_answers import open_answers
from briefing.marking.pages import Pages
from briefing.marking.records import Record, Waiting
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Counts
from briefing.marking.settings import Settings


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of one file: its record, its page (b"" where it has none), and what tells what was read."""

    record: Record
    page: bytes
    read: bytes


class Marker:
    """Marks the files of a class; made once in each process."""

    def __init__(self, settings: Settings) -> None:
        """Load what marking needs.

        Raises:
            BrokenKey: a key or a question file is broken.
            MarksheetUnreadable: a table that people filled in cannot be read.
            RosterUnreadable: the class list cannot be read.
        """
        self._settings = settings
        self.digest = settings.digest
        self.desks = Desks.all()
        self.decided = Decided.read(settings, self.desks)
        self.desks.change(self.decided.desk)
        self._roster = Roster.read(settings.roster) if settings.roster else None
        self._pages: dict[str, Pages] = {}

    def mark(self, ref: Ref, page: str) -> Marked:
        """Mark the file at `ref`; whatever it holds, this returns.

        Args:
            ref: the file.
            page: the name of its page.
        """
        found = read(ref)
        digest = hashlib.sha256(found.data).digest()
        graded: Graded | None = None
        try:
            graded = self._graded(found)
            return self._mark(
                self._with_whose(graded, ref, found, digest), ref, found, digest, page
            )
        except Exception as problem:
            # One strange file must never stop a class; the kind of error is for the maintainers.
            strange = not_gradable(
                found.data,
                f"The course could not deal with this file ({type(problem).__name__}); please keep it "
                "and tell the maintainers.",
            )
            if graded is not None:  # what was read is surer than what a search in the bytes finds
                strange = replace(strange, student=graded.student, exercise=graded.exercise)
        # It stays its student's, who would otherwise be told to have handed in nothing.
        strange = self._with_whose(strange, ref, found, digest)
        return Marked(_record(strange, ref, found, digest), b"", _identity(found, digest))

    def _mark(self, graded: Graded, ref: Ref, found: Found, digest: bytes, page: str) -> Marked:
        desk = self.desks.get(graded.exercise)
        if not isinstance(desk, Desk) or not graded.results:
            return Marked(_record(graded, ref, found, digest), b"", _identity(found, digest))
        graded = self.decided.settled(graded, desk, ref)
        waiting = tuple(
            Waiting(asked.question, asked.answer, asked.checked)
            for asked in open_answers(graded, desk, also_empty=True)
            if asked.answer.strip() or asked.question in graded.teacher
        )
        argued, over = defences(graded, desk)
        seen = seen_of(graded, desk) if self._settings.report else None
        told = replace(graded, reasons=(*graded.reasons, *over))
        record = _record(told, ref, found, digest, waiting, tuple(argued), seen)
        if not self._settings.pages:
            return Marked(record, b"", _identity(found, digest))
        if graded.exercise not in self._pages:
            self._pages[graded.exercise] = Pages(desk)
        shown = self._pages[graded.exercise].data(graded)
        paged = replace(record, page=page, check=hashlib.sha256(shown).hexdigest())
        return Marked(paged, shown, _identity(found, digest))

    def _graded(self, found: Found) -> Graded:
        if found.problem:
            return Graded(RowStatus.NOT_GRADABLE, reasons=(found.problem,))
        return grade(found.data, self.desks)

    def _with_whose(self, graded: Graded, ref: Ref, found: Found, digest: bytes) -> Graded:
        """Return a file's mark with whose it is."""
        who, told, standing = settled(ref.who, graded.student, self._roster, ref.by_path)
        known = who.told_by != "code"
        by_name = who.told_by == "name"
        every = self._settings.keep is Counts.ALL and graded.results
        apart = who.by_code or (graded.student if by_name else "")
        hand_in = digest.hex()[:DIGITS] if every else one_code(apart) if apart else ""
        return replace(
            graded,
            student=who.id if known else graded.student,
            known=known,
            code=graded.student if known else "",
            name=who.name,
            hand_in=hand_in,
            by_name=by_name,
            of_group=who.told_by == "group",
            by_code=who.by_code,
            standing=standing,
            reasons=(*graded.reasons, *ref.notes, *found.notes, *told),
        )


def _identity(found: Found, digest: bytes) -> bytes:
    """Return what tells one thing that was read from another; `digest` is the SHA-256 of its bytes."""
    return digest + "\0".join((found.problem, *found.notes)).encode("utf-8")


def input_of(ref: Ref) -> bytes:
    """Return the same for a file that is not marked now."""
    found = read(ref)
    return _identity(found, hashlib.sha256(found.data).digest())


def _record(
    graded: Graded,
    ref: Ref,
    found: Found,
    digest: bytes,
    waiting: tuple[Waiting, ...] = (),
    argued: tuple[Defence, ...] = (),
    seen: Seen | None = None,
) -> Record:
    scored = graded.status.scored
    refused = graded.status is RowStatus.NOT_ACCEPTED
    open_ones = [f"{name} (of {points(most)})" for name, most in graded.waiting.items() if most]
    reasons = graded.reasons
    if open_ones:
        reasons += (f"Waits for your mark in open-answers.csv: {', '.join(open_ones)}.",)
    if graded.late:
        reasons += (graded.late,)
    by_hand = [change.question for change in graded.changes if change.by_hand]
    if by_hand:
        reasons += (f"Set by hand: {', '.join(by_hand)}.",)
    earned = {name: result.earned for name, result in graded.results.items()}
    by_machine = sum(
        earned[name] or 0 for name, result in graded.results.items() if not result.by_teacher
    )
    return Record(
        path=ref.path,
        status=graded.status,
        student=graded.student,
        known=graded.known,
        by_name=graded.by_name,
        of_group=graded.of_group,
        by_code=graded.by_code,
        standing=graded.standing,
        code=graded.code,
        name=graded.name,
        exercise=graded.exercise,
        score=graded.score if scored else 0.0,
        max_score=graded.max_score if scored else 0.0,
        by_machine=round(by_machine - graded.taken, 2),
        earned=tuple(earned.items()) if scored else (),
        reasons=reasons,
        saved=graded.saved,
        revision=graded.revision,
        handed_in=ref.handed_in,
        late=ref.late if graded.was_late is None else graded.was_late,
        attempt=ref.attempt,
        download=ref.download,
        digest=digest.hex()[:DIGITS],
        what=found.what if found.problem else None,
        answers=waiting,
        seen=seen,
        hand_in=graded.hand_in,
        before_late=graded.before_late if graded.taken or refused else None,
        changes=graded.changes,
        defences=argued,
    )
